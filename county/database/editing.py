"""Tables of editing: a line per record for lists, what checks said, unsaved forms, who is editing, sensitive words,
templates.

None of them holds content of its own but `sensitive_word` and `template`: `record_summary` and `record_finding` are
made from the revisions and could be made again.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from county.database.tables import NUMBER, Moment, metadata

record_summary = Table(
    "record_summary",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("record", String(96), primary_key=True),
    Column("current", NUMBER, ForeignKey("revision.number"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("published", NUMBER, ForeignKey("revision.number")),
    Column("title", Text, nullable=False),
    Column("organisations", Text, nullable=False),
    Column("area", String(96), nullable=False),
    Column("words", Text, nullable=False),
    Column("author", String(64), nullable=False),
    Column("updated", Moment, nullable=False),
    Index("ix_record_summary_current", "current"),
    Index("ix_record_summary_updated", "updated", "kind", "record"),
    Index("ix_record_summary_title", "title", "kind", "record"),
    Index("ix_record_summary_kind_updated", "kind", "updated", "record"),
)
"""`current` is the newest revision that was not replaced and `state` its state; `published` the newest approved one.
`organisations` are ids between spaces, ` a b `; `words` is what a search looks through, in small letters."""

record_finding = Table(
    "record_finding",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("record", String(96), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("code", String(64), nullable=False),
    Column("field", String(200), nullable=False),
    Column("message", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("place", Text, nullable=False),
    Index("ix_record_finding_kind_record", "kind", "record"),
)
"""What the checks said about the whole catalogue when they last ran; `record` is empty for the county as a whole."""

check_run = Table(
    "check_run",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("state", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint('"only" = 1', name="only"),
)
"""When `record_finding` was made; `state` names the texts, rules and day that it is true of."""

unsaved_form = Table(
    "unsaved_form",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("record", String(96), primary_key=True),
    Column("form", Text, nullable=False),
    Column("based_on", NUMBER, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a person has typed and not saved; `based_on` is the revision that was edited, 0 for a new record."""

presence = Table(
    "presence",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("record", String(96), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("seen", Moment, nullable=False),
)
"""Who has a record open for editing, and when that was last heard."""

sensitive_word = Table(
    "sensitive_word",
    metadata,
    Column("word", String(64), primary_key=True),
    Column("severity", String(8), nullable=False),
    Column("advice", Text, nullable=False),
    Column("author", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    CheckConstraint("severity IN ('error', 'warning', 'info')", name="severity"),
)
"""The county's own words that must not stand in a public text, beside the patterns of config/rules.toml."""

template = Table(
    "template",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("title", String(120), nullable=False, unique=True),
    Column("contact_only", Boolean, nullable=False),
    Column("cells", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""A workbook that texts are held against; `body` is JSON: sheet → cells with texts, of which there are `cells`."""
