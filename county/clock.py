"""The county's own time."""

from datetime import datetime, timedelta, timezone

COUNTY_TIME = timezone(timedelta(hours=8))
"""All of China keeps one time, without summer time."""


def local(moment: datetime) -> datetime:
    """A moment on the county's clocks; one without a zone was written by such a clock."""
    return moment.astimezone(COUNTY_TIME) if moment.tzinfo else moment.replace(tzinfo=COUNTY_TIME)
