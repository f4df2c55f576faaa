"""HTTP connections as the settings want them, proxy and certificates, with nothing from the environment."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import requests
from requests.adapters import HTTPAdapter

from sync.settings import Settings


def opened(settings: Settings) -> requests.Session:
    """A session that asks for no compression. End it with `closed`."""
    session = requests.Session()
    adapter = HTTPAdapter()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.trust_env = False
    session.headers.clear()
    session.headers.update({"User-Agent": "openhall", "Accept-Encoding": "identity"})
    session.verify = settings.ca_file or True
    if settings.proxy:
        session.proxies = {"http": settings.proxy, "https": settings.proxy}
    return session


def closed(session: requests.Session) -> None:
    """Close its connections, though an error that is still being looked at may refer to them."""
    for adapter in session.adapters.values():
        if isinstance(adapter, HTTPAdapter):
            for manager in (adapter.poolmanager, *adapter.proxy_manager.values()):
                for key in manager.pools.keys():  # noqa: SIM118 it is no dict
                    manager.pools[key].close()
    session.close()


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Bounds one blocking call, headers sent byte by byte included; a socket's own time-out does not.

    For the main thread only. Raises TimeoutError.
    """

    def expire(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no answer within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
