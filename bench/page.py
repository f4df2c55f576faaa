"""The kiosk's home as a web page, served on loopback; the page says when it was painted."""

import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jinja2

from catalog.records import Bulletin, County, LifeStage, Record
from screens.frame.page import FramePage, bottom_bar, clock_text, title_of, updated
from screens.home.page import home_page
from screens.shared import palette
from screens.shared.words import load_words

ICONS = Path(__file__).parent.parent / "assets" / "icons"


def home_html(records: tuple[Record, ...], now: datetime) -> str:
    """Home of a person at `now`, in Chinese, with the kiosk's texts, icons and colours."""
    words = load_words("zh")
    codes = tomllib.loads((ICONS / "codepoints.toml").read_text())
    frame = FramePage(
        title=title_of(next(r for r in records if isinstance(r, County)), words),
        clock=clock_text(now, words),
        updated=updated(now - timedelta(hours=1), now, words),
        notice=words("demonstration"),
        buttons=bottom_bar(0, False, words),
    )
    stages = [r for r in records if isinstance(r, LifeStage)]
    page = home_page("person", stages, [r for r in records if isinstance(r, Bulletin)], now, words)
    template = jinja2.Template(Path(__file__).with_name("home.html").read_text(), autoescape=True)
    html: str = template.render(
        page=page, frame=frame, colours=vars(palette), icon=lambda name: chr(codes.get(name, 32))
    )
    return html


@contextmanager
def serving(html: str) -> Iterator[tuple[str, threading.Event]]:
    """Serve the page: (its address, an event that is set whenever it was painted)."""
    painted = threading.Event()
    files = {
        "/": (html.encode(), "text/html"),
        "/icons.ttf": ((ICONS / "materialdesignicons.ttf").read_bytes(), "font/ttf"),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = files.get(self.path, (b"", "text/plain"))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            painted.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", painted
    finally:
        server.shutdown()
        server.server_close()
