"""Reading settings: the defaults in `config/`, then the file the operator names, then the command line."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class BadSettings(Exception):
    """A settings file cannot be used; the message says which and why."""


def load(settings: type[T], default: str, override: Path | None = None, **given: Any) -> T:
    """Settings as a frozen struct: `config/<default>`, then the file `override`, then the values `given`.

    Raises BadSettings for unreadable files, unknown names and wrong types.
    """
    values = _read(default, files("config").joinpath(default).read_bytes())
    if override is not None:
        try:
            values |= _read(str(override), override.read_bytes())
        except OSError as error:
            raise BadSettings(f"{override}: {error.strerror}") from error
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        return msgspec.convert(values, settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings(f"{override or default}: {error}") from error


def _read(name: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{name}: {error}") from error
