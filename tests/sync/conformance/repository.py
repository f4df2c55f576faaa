"""A repository that tests change at will, and a web server for it: for the cases of the tuf-conformance suite."""

import hashlib
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

FAR = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
ALL = ("targets", "snapshot", "timestamp")


class Repository:
    """`roles` is what will be signed next, `signed` every version of what was; `asked` what the client asked for."""

    def __init__(self) -> None:
        self.roles: dict[str, Any] = {
            "root": Root(expires=FAR, consistent_snapshot=True),
            "timestamp": Timestamp(expires=FAR),
            "snapshot": Snapshot(expires=FAR),
            "targets": Targets(expires=FAR),
        }
        self.signers: dict[str, list[CryptoSigner]] = {role: [] for role in self.roles}
        self.signed: dict[str, list[bytes]] = {}
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, int | None]] = []
        self.fetched: list[str] = []
        self.hashes = False
        for role in self.roles:
            self.add_key(role)
        self.publish("targets", "snapshot", "timestamp", "root")

    def __getattr__(self, role: str) -> Any:
        return self.roles[role]

    def add_key(self, role: str, signer: CryptoSigner | None = None) -> CryptoSigner:
        """Give a role of root one more key."""
        signer = signer or CryptoSigner.generate_ed25519()
        self.root.add_key(signer.public_key, role)
        self.signers[role].append(signer)
        return signer

    def rotate(self, role: str) -> None:
        """Replace all keys of a role."""
        count = len(self.signers[role])
        self.root.roles[role].keyids.clear()
        self.signers[role].clear()
        for _ in range(count):
            self.add_key(role)

    def publish(self, *roles: str) -> None:
        """Sign the next version of these roles, in this order, and enter them where they are referred to."""
        for role in roles:
            if role in self.signed:
                self.roles[role].version += 1
            self.put(role)

    def put(self, role: str) -> None:
        """Sign and serve a role at its present version."""
        metadata = Metadata(self.roles[role])
        for signer in self.signers[role]:
            metadata.sign(signer, append=True)
        data = metadata.to_bytes()
        self.signed.setdefault(role, []).append(data)
        self.serve(role, self.roles[role].version, data)
        hashes = {"sha256": hashlib.sha256(data).hexdigest()} if self.hashes else None
        meta = MetaFile(self.roles[role].version, len(data) if self.hashes else None, hashes)
        if role == "snapshot":
            self.timestamp.snapshot_meta = meta
        elif role not in ("root", "timestamp"):
            self.snapshot.meta[f"{role}.json"] = meta

    def serve(self, role: str, version: int, data: bytes) -> None:
        """Answer with `data` when this version is asked for."""
        self.files[f"metadata/{role}.json" if role == "timestamp" else f"metadata/{version}.{role}.json"] = (
            data
        )

    def add_target(
        self, path: str, data: bytes, role: str = "targets", hashes: Iterable[str] = ("sha256",)
    ) -> None:
        """Enter a target and serve it."""
        target = TargetFile.from_data(path, data, list(hashes))
        self.roles[role].targets[path] = target
        folder, slash, name = path.rpartition("/")
        for found in target.hashes.values():
            self.files[f"targets/{folder}{slash}{found}.{name}"] = data

    def delegate(
        self,
        parent: str,
        child: str,
        paths: list[str] | None = None,
        terminating: bool = False,
        threshold: int = 1,
    ) -> None:
        """Have `parent` delegate to `child`, which gets a key of its own."""
        delegator: Targets = self.roles[parent]
        if delegator.delegations is None:
            delegator.delegations = Delegations({}, roles={})
        assert delegator.delegations.roles is not None
        delegator.delegations.roles[child] = DelegatedRole(child, [], threshold, terminating, paths or ["*"])
        signers = self.signers.setdefault(child, [CryptoSigner.generate_ed25519()])
        for signer in signers:
            delegator.add_key(signer.public_key, child)
        self.roles.setdefault(child, Targets(expires=FAR))

    def answer(self, path: str) -> bytes | None:
        """What is served below this path, or None."""
        plain = unquote(path)
        if plain.startswith("metadata/"):
            name = plain.removeprefix("metadata/").removesuffix(".json")
            version, dot, role = name.partition(".")
            numbered = dot and version.isdigit()
            self.asked.append((role, int(version)) if numbered else (name, None))
        else:
            self.fetched.append(plain)
        return self.files.get(plain)


class Server:
    """Serves one repository on loopback."""

    def __init__(self, repository: Repository) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = repository.answer(self.path.lstrip("/"))
                if data is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
