"""Settings of the county server and the layout of its state folder."""

import os
from pathlib import Path

import msgspec

from catalog.settings import BadSettings, load


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting of `config/county.toml`, and the state folder."""

    state: str
    database: str
    host: str
    port: int
    title: str
    title_en: str
    zone_title: str
    zone_title_en: str
    area_code: str
    demonstration: bool
    public_url: str
    root_keys: int
    root_threshold: int
    targets_keys: int
    targets_threshold: int
    root_days: int
    targets_days: int
    snapshot_days: int
    timestamp_days: int
    coordinators: tuple[str, ...]
    rings_days: int

    def __post_init__(self) -> None:
        for role in ("root", "targets"):
            keys, threshold = getattr(self, f"{role}_keys"), getattr(self, f"{role}_threshold")
            if not 1 <= threshold <= keys:
                raise ValueError(f"{role}_threshold must lie between 1 and {role}_keys")

    @property
    def folder(self) -> Path:
        """The state folder."""
        return Path(self.state)

    @property
    def database_url(self) -> str:
        """The database's URL for SQLAlchemy."""
        return self.database or f"sqlite+pysqlite:///{self.folder.absolute() / 'county.db'}"

    @property
    def keys(self) -> Path:
        """Private keys, one PEM file each."""
        return self.folder / "keys"

    @property
    def repository(self) -> Path:
        """What is published: static files."""
        return self.folder / "repository"

    @property
    def candidate(self) -> Path:
        """What was built and is not yet published."""
        return self.folder / "build"


def read_settings(state: Path | None = None, override: Path | None = None, **given: object) -> Settings:
    """Defaults, then the file `override`, then what is `given` (None means not given). Raises BadSettings."""
    folder = (state or default_state()).expanduser()
    return load(Settings, "county.toml", override, state=str(folder), **given)


def default_state() -> Path:
    """Where the state is kept when nobody says otherwise: the user's data folder."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "openhall" / "county"


__all__ = ["BadSettings", "Settings", "default_state", "read_settings"]
