"""The kiosk's pages as web pages, served on loopback, where a page can say what it saw."""

import json
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import jinja2

from catalog.records import Bulletin, County, LifeEvent, LifeStage, PublicOrganisation, PublicService, Record
from screens.frame.page import FramePage, bottom_bar, clock_text, title_of, updated
from screens.home.page import home_page
from screens.shared.palette import STANDARD
from screens.shared.words import load_words
from screens.stage.page import stage_page

ICONS = Path(__file__).parent.parent / "assets" / "icons"


def home_html(records: tuple[Record, ...], now: datetime) -> str:
    """Home of a person at `now`, in Chinese, with the kiosk's texts, icons and colours."""
    words = load_words("zh")
    stages = [r for r in records if isinstance(r, LifeStage)]
    page = home_page("person", stages, [r for r in records if isinstance(r, Bulletin)], now, words)
    return _rendered("home.html", records, now, page=page)


def list_html(records: tuple[Record, ...], stage: str, now: datetime) -> str:
    """The events and services of one life stage, as the kiosk lists them."""
    words = load_words("zh")
    (asked,) = (r for r in records if isinstance(r, LifeStage) and r.id == stage)
    events = [r for r in records if isinstance(r, LifeEvent)]
    services = [r for r in records if isinstance(r, PublicService)]
    offices = [r for r in records if isinstance(r, PublicOrganisation)]
    page = stage_page(asked, events, services, offices, words)
    return _rendered("list.html", records, now, page=page)


def _rendered(template: str, records: tuple[Record, ...], now: datetime, **given: object) -> str:
    words = load_words("zh")
    codes = tomllib.loads((ICONS / "codepoints.toml").read_text())
    frame = FramePage(
        title=title_of(next(r for r in records if isinstance(r, County)), words),
        clock=clock_text(now, words),
        updated=updated(now - timedelta(hours=1), now, words),
        notice=words("demonstration"),
        buttons=bottom_bar(0, False, words),
    )
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    icon = lambda name: chr(codes.get(name, 32))  # noqa: E731
    return environment.get_template(template).render(frame=frame, colours=STANDARD, icon=icon, **given)


@contextmanager
def serving(html: str) -> Iterator[tuple[str, Queue[Any]]]:
    """Serve the page: (its address, the values that it posts as JSON)."""
    said: Queue[Any] = Queue()
    files = {
        "/": (html.encode(), "text/html; charset=utf-8"),
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
            said.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", said
    finally:
        server.shutdown()
        server.server_close()
