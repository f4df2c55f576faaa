"""The table of the guide's desk: which calls somebody has taken. The calls themselves are rows of `report`."""

from sqlalchemy import Column, String, Table

from county.database.tables import Moment, metadata

guide_call = Table(
    "guide_call",
    metadata,
    Column("kiosk", String(64), primary_key=True),
    Column("call", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("taken", Moment, nullable=False),
    Column("finished", Moment),
)
"""A call is taken once, by the first; `finished` is when whoever called had been helped."""
