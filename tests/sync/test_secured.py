"""Through a proxy, and to a county whose certificate comes from an authority of its own."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from msgspec.structs import replace

from sync.errors import Unreachable
from sync.fetcher import Fetcher
from sync.settings import Settings
from tests.sync.double import SETTINGS

pytestmark = pytest.mark.slow
BODY = b"signed"


class _Answers(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def _serving(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []

    class Handler(_Answers):
        pass

    Handler.asked = asked
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1], asked
        finally:
            server.shutdown()
            thread.join()


def _authority(folder: Path, name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(name, name, key, key, authority=True)
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return certificate, key


def _certificate(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, word)]) for word in (subject, issuer)]
    usage = x509.KeyUsage(True, False, False, False, False, authority, authority, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[int]:
    """A server of the county's own authority `county.pem`; `stranger.pem` is another one."""
    _, signer = _authority(tmp_path, "county")
    _authority(tmp_path, "stranger")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate("server", "county", key, signer, authority=False)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with _serving(context) as (port, _):
        yield port


def _fetch(settings: Settings, url: str) -> bytes:
    with closing(Fetcher(settings)) as fetcher:
        return b"".join(fetcher.stream(url))


def test_the_countys_own_authority_is_trusted_when_named(secured: int, tmp_path: Path) -> None:
    settings = replace(SETTINGS, ca_file=str(tmp_path / "county.pem"))
    assert _fetch(settings, f"https://127.0.0.1:{secured}/file") == BODY


@pytest.mark.parametrize("authority", ["", "stranger.pem"])
def test_no_other_authority_will_do(secured: int, tmp_path: Path, authority: str) -> None:
    settings = replace(SETTINGS, ca_file=str(tmp_path / authority) if authority else "")
    with pytest.raises(Unreachable, match="certificate"):
        _fetch(settings, f"https://127.0.0.1:{secured}/file")


def test_a_proxy_is_asked_for_the_whole_address() -> None:
    with _serving() as (port, asked):
        settings = replace(SETTINGS, proxy=f"http://127.0.0.1:{port}")
        assert _fetch(settings, "http://county.example/repository/file") == BODY
    assert asked == ["http://county.example/repository/file"]


def test_a_proxy_of_the_environment_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with _serving() as (port, _):
        assert _fetch(SETTINGS, f"http://127.0.0.1:{port}/file") == BODY


def test_a_certificate_file_that_is_missing_is_said(tmp_path: Path) -> None:
    settings = replace(SETTINGS, ca_file=str(tmp_path / "missing.pem"))
    with pytest.raises(Unreachable, match=r"missing\.pem"):
        _fetch(settings, "https://127.0.0.1:1/file")


def test_an_attempt_has_an_end() -> None:
    with _serving() as (port, asked), pytest.raises(Unreachable) as caught:
        _fetch(replace(SETTINGS, longest_sync=-1), f"http://127.0.0.1:{port}/file")
    assert caught.value.event == "out_of_time"
    assert asked == []
