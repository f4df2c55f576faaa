"""The county's own rules of the review, by organisation, in place of the default."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from county import audit
from county.database.reviewing import review_rule
from county.errors import Refused
from county.reviewing.steps import DEFAULT, STEPS, Rule, Rules


def rules(connection: Connection) -> Rules:
    """The default with what the county has set."""
    rows = connection.execute(select(review_rule))
    own = {
        (row.organisation, row.step): Rule(row.step, row.role, row.own, tuple(row.people.split()), row.days)
        for row in rows
    }
    return {**DEFAULT, **own}


def set_rules(
    connection: Connection, organisation: str, wanted: Sequence[Rule], person: str, now: datetime
) -> None:
    """Replace an organisation's rules; none removes them, so that the default holds. Inside `writing`.

    Raises Refused for a rule that nobody could meet or that misses a step.
    """
    if wanted and tuple(rule.step for rule in wanted) != STEPS:
        raise Refused("每一级审核都要有规则")
    named = [rule.people[0] for rule in wanted if len(rule.people) == 1]
    if len(named) != len(set(named)):
        raise Refused("三级审核须由三个人完成，不能把两级都只指定给同一个人")
    if any(not 1 <= rule.days <= 60 for rule in wanted):
        raise Refused("每级审核的时限为 1 至 60 个工作日")
    connection.execute(delete(review_rule).where(review_rule.c.organisation == organisation))
    rows = [
        {
            "organisation": organisation,
            "step": rule.step,
            "role": rule.role,
            "own": rule.own,
            "people": "\n".join(rule.people),
            "days": rule.days,
        }
        for rule in wanted
    ]
    if rows:
        connection.execute(insert(review_rule), rows)
    audit.append(connection, person, "review rules", now, organisation=organisation, rules=rows)
