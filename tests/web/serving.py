"""A real server on loopback, in a thread, for tests with a real browser."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """Says when it has begun to answer."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answering.set()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve `app` on a free port; gives its address without a final slash.

    The server makes the socket itself: on one that is made for it, asyncio leaves TCP to wait 40 ms for the second
    part of every answer.
    """
    server = _Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    assert server.answering.wait(10)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
