"""county serve"""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from county.commands.session import Session

NAME = "serve"
SUMMARY = "serve the signed repository and the phone pages"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="live picture to show at /demo")


def run(session: Session, arguments: Namespace) -> int:
    """Serve until interrupted; requests under way are answered first."""
    import uvicorn

    from county.web.app import create_app

    settings = session.settings
    address = f"http://{settings.host}:{settings.port}"
    print(f"签名仓库:{address}/repository/", flush=True)
    print(f"手机页面:{address}/m/(对外地址 {settings.public_url})", flush=True)
    uvicorn.run(
        create_app(settings.folder, lambda: datetime.now(UTC), arguments.picture),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return 0
