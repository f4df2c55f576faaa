import hashlib
from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.county.web.client import ask

OBJECT = bytes(range(256)) * 40
DIGEST = hashlib.sha256(OBJECT).hexdigest()
OBJECT_PATH = f"/repository/objects/{DIGEST[:2]}/{DIGEST}"


@pytest.fixture(autouse=True)
def _files(state: Path) -> None:
    for name, data in {
        "metadata/timestamp.json": b"{}",
        "metadata/3.snapshot.json": b"{}",
        "metadata/1.root.json": b"{}",
        "metadata/timestamp.json.new": b"half",
        f"objects/{DIGEST[:2]}/{DIGEST}": OBJECT,
        f"objects/00/{DIGEST}": OBJECT,
        "notes.txt": b"private",
    }.items():
        path = state / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_only_the_timestamp_may_change_under_its_name(app: Starlette) -> None:
    assert ask(app, "/repository/metadata/timestamp.json").headers["cache-control"] == "no-cache"
    for path in ("/repository/metadata/3.snapshot.json", "/repository/metadata/1.root.json", OBJECT_PATH):
        assert "immutable" in ask(app, path).headers["cache-control"]


def test_a_manifest_is_found_by_digest_and_number(app: Starlette, state: Path) -> None:
    (manifest,) = (state / "repository" / "targets" / "editions").iterdir()
    answer = ask(app, f"/repository/targets/editions/{manifest.name}")
    assert (answer.status, answer.body) == (200, manifest.read_bytes())


def test_an_object_can_be_asked_for_again_and_in_parts(app: Starlette) -> None:
    whole = ask(app, OBJECT_PATH)
    assert (whole.status, whole.body) == (200, OBJECT)
    assert ask(app, OBJECT_PATH, if_none_match=whole.headers["etag"]).status == 304
    part = ask(app, OBJECT_PATH, range="bytes=100-199")
    assert (part.status, part.body) == (206, OBJECT[100:200])


def test_objects_are_sent_as_they_are(app: Starlette) -> None:
    assert "content-encoding" not in ask(app, OBJECT_PATH, accept_encoding="gzip").headers


def test_head_tells_the_size(app: Starlette) -> None:
    answer = ask(app, OBJECT_PATH, "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(OBJECT)))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(app: Starlette, method: str) -> None:
    assert ask(app, OBJECT_PATH, method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "",
        "objects/",
        f"objects/{DIGEST[:2]}/",
        f"objects/00/{DIGEST}",
        "notes.txt",
        "metadata/timestamp.json.new",
        "../active.json",
        "..%2Factive.json",
        "%2e%2e/active.json",
        "metadata/../../active.json",
        "metadata/%2e%2e/notes.txt",
        "//etc/passwd",
        "%00",
        "metadata/9.targets.json",
    ],
)
def test_nothing_else_is_answered(app: Starlette, path: str) -> None:
    answer = ask(app, f"/repository/{path}")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
