"""The settings of `config/sync.toml`."""

from typing import Annotated

from msgspec import Meta, Struct

Seconds = Annotated[float, Meta(ge=0.1)]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """See `config/sync.toml`; times are in seconds, rates in bytes a second."""

    repository_url: str
    interval: Seconds
    jitter: Annotated[float, Meta(ge=0, le=1)]
    longest_interval: Seconds
    outbox_interval: Seconds
    request_timeout: Seconds
    breaks: Annotated[int, Meta(ge=0)]
    longest_sync: Seconds
    reserve_mb: Annotated[int, Meta(ge=0)]
    minimum_rate: Annotated[int, Meta(ge=0)]
    proxy: str
    ca_file: str
