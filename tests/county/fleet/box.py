"""A box as the county's application sees it: its key, its signed requests, without a network or a disk."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp, Message

from catalog import fleet
from catalog.enrolment import Code, proof
from catalog.fleet import Enrolled, Enrolment
from catalog.text import encode
from tests.county.web.client import Answer


def post(app: ASGIApp, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send one request with a body, in this process."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("county.example", 80),
        "client": ("192.0.2.1", 50000),
    }
    answer = Answer()
    parts = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    async def call() -> None:
        await app(scope, receive, send)

    asyncio.run(call())
    return answer


@dataclass
class TalkingBox:
    """A box that was, or is about to be, taken in."""

    app: ASGIApp
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    kiosk: str = "0" * 16
    number: int = 0

    @property
    def public_key(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def enrol(self, code: Code) -> Answer:
        """Ask to be taken in, and remember as whom."""
        proven = proof(code.key, self.public_key)
        asked = Enrolment(name=code.name, public_key=self.public_key, proof=proven)
        answer = post(self.app, fleet.ENROL, encode(asked), {})
        if answer.status == 200:
            self.kiosk = decoded(answer, Enrolled).kiosk
        return answer

    def send(self, path: str, body: Any, **wrong: str) -> Answer:
        """Send a signed request; `wrong` replaces headers."""
        data = body if isinstance(body, bytes) else encode(body)
        self.number += 1
        return post(self.app, path, data, self.signed(path, data) | wrong)

    def signed(self, path: str, body: bytes) -> dict[str, str]:
        """The headers of a request."""
        text = fleet.signed_text("POST", path, self.kiosk, self.number, body)
        return {
            fleet.KIOSK: self.kiosk,
            fleet.NUMBER: str(self.number),
            fleet.SIGNATURE: self.key.sign(text).hex(),
        }


def decoded(answer: Answer, shape: Any) -> Any:
    """What the answer says."""
    assert answer.status == 200, answer.body
    return msgspec.json.decode(answer.body, type=shape)
