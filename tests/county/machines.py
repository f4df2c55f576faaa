"""Running state machines against a database, which takes its time."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def prove_machine(
    machine: type[RuleBasedStateMachine], examples: int, steps: int, shrinking: bool = True
) -> None:
    """Run `examples` sequences of `steps` rules. A failure is cut down to the least that fails if `shrinking`."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=list(Phase) if shrinking else [Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
        ),
    )
