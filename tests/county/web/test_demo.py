from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from county.web.app import create_app
from tests.county.web.client import ask


def _app(state: Path, picture: Path | None) -> Starlette:
    return create_app(state, lambda: datetime.now(UTC), picture)


def test_the_live_picture_is_shown_and_never_kept(tmp_path: Path) -> None:
    app = _app(tmp_path, tmp_path / "screen.png")
    assert ask(app, "/demo/picture").status == 404
    (tmp_path / "screen.png").write_bytes(b"\x89PNG")
    page, image = ask(app, "/demo"), ask(app, "/demo/picture")
    assert "/demo/picture" in page.text
    assert page.headers["refresh"] == "1"
    assert image.body == b"\x89PNG"
    assert image.headers["cache-control"] == "no-store"


def test_without_a_picture_there_is_no_such_page(tmp_path: Path) -> None:
    assert ask(_app(tmp_path, None), "/demo").status == 404


def test_files_of_the_repository_carry_no_needless_headers(tmp_path: Path) -> None:
    metadata = tmp_path / "repository" / "metadata"
    metadata.mkdir(parents=True)
    (metadata / "timestamp.json").write_bytes(b"{}")
    answer = ask(_app(tmp_path, None), "/repository/metadata/timestamp.json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in answer.headers
