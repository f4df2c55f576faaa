"""Entries of the audit log in words."""

import json
from typing import Any

from county.audit import Entry
from county.web.admin.words import Words

_NAMED = {"roles": "account.role-", "kind": "fields.kind.", "verdict": "records.verdict-"}
"""Details whose values have words."""


def action_words(action: str, say: Words) -> str:
    """What was done; an action without words as the log has it."""
    return say.texts.get(f"log.did-{action.replace(' ', '-')}", action)


def detail_words(entry: Entry, say: Words) -> list[tuple[str, str]]:
    """The details that say something, each with its name."""
    return [
        (say.texts.get(f"log.detail-{name}", name), _value(name, value, say))
        for name, value in json.loads(entry.detail).items()
        if value not in ("", None, [], {})
    ]


def _value(name: str, value: Any, say: Words) -> str:
    if isinstance(value, list):
        return say("records.comma").join(_value(name, one, say) for one in value)
    if isinstance(value, dict):
        return say("records.comma").join(f"{key} {_value(key, one, say)}" for key, one in value.items())
    return say.texts.get(f"{_NAMED[name]}{value}", str(value)) if name in _NAMED else str(value)
