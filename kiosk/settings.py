"""The kiosk's settings; defaults and explanations are in config/kiosk.toml."""

from typing import Literal

import msgspec

from kiosk.profile import Name


class Position(msgspec.Struct, frozen=True):
    """Where the kiosk stands: WGS-84 degrees, both 0 when nobody said; its floor in the service hall, 0 for none, and
    metres from the hall's north-west corner.
    """

    latitude: float = 0.0
    longitude: float = 0.0
    floor: int = 0
    x: float = 0.0
    y: float = 0.0


NOWHERE = Position()


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths of time in the unit of the name, the panel's diagonal in inches, its height above the floor in
    millimetres.
    """

    panel_diagonal_inch: float
    panel_floor_mm: float
    language: str
    profile: Name
    idle_seconds: float
    countdown_seconds: float
    stale_hours: float
    latitude: float
    longitude: float
    hall_floor: int
    hall_x: float
    hall_y: float
    louder: tuple[str, ...]
    quieter: tuple[str, ...]
    printer: str
    paper: Literal["a4", "80mm"]
    print_options: tuple[str, ...]
    print_seconds: float

    @property
    def position(self) -> Position:
        """Where the kiosk stands."""
        return Position(self.latitude, self.longitude, self.hall_floor, self.hall_x, self.hall_y)
