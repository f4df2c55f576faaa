"""What the server does for the fleet every few seconds, unasked: alerts, rings, signatures that run out."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from county.database.engine import writing
from county.fleet import alerts, rollouts
from county.publishing import refresh, spread
from county.repository import Repository
from county.settings import Settings

RENEWED = timedelta(hours=12)
"""So old the timestamp becomes before it is signed anew."""


def tend(engine: Engine, settings: Settings, now: datetime) -> None:
    """Do what is due. Raises Unready when another publisher is at work; the next look makes it good."""
    with writing(engine) as connection:
        alerts.look(connection, now)
        rollouts.look(connection, now)
    spread(engine, settings, now)
    expires = Repository(settings.repository).timestamp().signed.expires
    if expires - now < timedelta(days=settings.timestamp_days) - RENEWED:
        refresh(settings, now)
