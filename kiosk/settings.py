"""The kiosk's settings; defaults and explanations are in config/kiosk.toml."""

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
