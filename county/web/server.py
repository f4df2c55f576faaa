"""The web server, which ends at once: boxes that wait for the bell are sent home, other requests are answered."""

import socket

import uvicorn
from starlette.applications import Starlette

GRACE = 10
"""Seconds in which requests under way may come to their end."""


class Server(uvicorn.Server):
    """Serves an application of `county.web.app`."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_graceful_shutdown=GRACE
        )
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._app.state.let_go()
        await super().shutdown(sockets)
