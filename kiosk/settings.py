"""The kiosk's settings; defaults and explanations are in config/kiosk.toml."""

from typing import Literal

import msgspec


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths of time in the unit of the name, the panel's diagonal in inches."""

    panel_diagonal_inch: float
    language: str
    idle_seconds: float
    countdown_seconds: float
    stale_hours: float
    louder: tuple[str, ...]
    quieter: tuple[str, ...]
    printer: str
    paper: Literal["a4", "80mm"]
    print_options: tuple[str, ...]
    print_seconds: float
