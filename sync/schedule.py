"""When to look again. Pure: the failures so far and the chance are given."""


def wait(interval: float, jitter: float, longest: float, failures: int, chance: float) -> float:
    """Seconds until the next attempt after `failures` failures in a row.

    The interval doubles with every failure up to `longest`; `chance` in [0, 1) then moves it by at most the
    fraction `jitter` to either side.
    """
    doubled = interval * 2.0 ** min(failures, 30)
    return min(doubled, max(longest, interval)) * (1 + jitter * (2 * chance - 1))
