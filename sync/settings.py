"""The settings of `config/sync.toml`."""

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """See `config/sync.toml`; times are in seconds, rates in bytes a second."""

    repository_url: str
    interval: float
    jitter: float
    longest_interval: float
    outbox_interval: float
    request_timeout: float
    breaks: int
    longest_sync: float
    reserve_mb: int
    minimum_rate: int
    proxy: str
    ca_file: str
