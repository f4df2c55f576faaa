"""What one server of two cores carries: looks at files through nginx, boxes that wait, signed heartbeats.

nginx runs with deploy/nginx.conf, its names changed. Looks are counted as 20,000 kiosks do them that look every 30 s
and find nothing new: a connection of their own each, one request for the timestamp. The requests come from this
machine too, so server and kiosks share the cores.

    python -m bench.polling [--kiosks 20000] [--every 30] [--seconds 30]
"""

import argparse
import asyncio
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog import fleet
from catalog.enrolment import proof
from catalog.fleet import Enrolment, Report
from catalog.text import encode
from county.database.engine import open_database, writing
from county.fleet import kiosks
from county.fleet.kiosks import Kiosk
from county.founding import found
from county.repository import Repository
from county.settings import Settings, read_settings

CONFIGURATION = Path(__file__).parent.parent / "deploy" / "nginx.conf"
WAITING, REPORTS, SPEAKERS = 2_000, 2_000, 32
SLOWEST = 1.0
"""Seconds that 99 of 100 looks may take."""


def main() -> int:
    """Prints the measurements. Returns 1 when looks failed or were slow, 3 without nginx."""
    parser = argparse.ArgumentParser(prog="python -m bench.polling")
    parser.add_argument("--kiosks", type=int, default=20_000)
    parser.add_argument("--every", type=float, default=30.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Path(folder) / "county", title="测试县")
        found(settings, {}, "bench", datetime.now(UTC)).engine.dispose()
        os.chmod(folder, 0o755)
        settings.folder.chmod(0o755)
        try:
            with _served(settings) as (server, port), _nginx(Path(folder), settings, port) as (nginx, front):
                fine = asyncio.run(_measure(options, settings, (server, nginx), front))
        except FileNotFoundError as error:
            print(f"{error.filename} is not installed", file=sys.stderr)
            return 3
    return int(not fine)


async def _measure(options: argparse.Namespace, settings: Settings, pids: tuple[int, int], port: int) -> bool:
    rate = options.kiosks / options.every
    fine = await _look(rate, options.seconds, pids[1], port, options)
    await _wait(pids[0], port)
    await _report(settings, pids[0], port)
    return fine


async def _look(rate: float, seconds: float, nginx: int, port: int, options: argparse.Namespace) -> bool:
    """So many looks a second, each on a connection of its own, begun on time whether or not others are done."""
    request = b"GET /repository/metadata/timestamp.json HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n"
    times: list[float] = []
    failed = [0]

    async def one() -> None:
        began = time.perf_counter()
        answer = await _exchange(port, request)
        times.append(time.perf_counter() - began)
        failed[0] += not answer.startswith(b"HTTP/1.1 200")

    used, began = _used(nginx), time.perf_counter()
    tasks = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(one()))
    await asyncio.gather(*tasks)
    elapsed = time.perf_counter() - began
    cores = (_used(nginx) - used) / elapsed
    ordered = sorted(times)
    p99 = ordered[int(0.99 * len(ordered))]
    print(f"looks: {options.kiosks:,} kiosks every {options.every:.0f} s are {rate:.0f} a second")
    print(
        f"  {len(times) / elapsed:.0f} a second for {elapsed:.0f} s, {failed[0]} failed, "
        f"median {ordered[len(ordered) // 2] * 1000:.1f} ms, p99 {p99 * 1000:.0f} ms"
    )
    print(f"  nginx used {cores:.2f} cores: {cores / (len(times) / elapsed) * 1e6:.0f} µs a look")
    return failed[0] == 0 and p99 <= SLOWEST


async def _wait(server: int, port: int) -> None:
    """Boxes that wait for the bell: what each costs the server in memory."""
    request = f"GET {fleet.WAIT}?version=1 HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n".encode()
    before, used = psutil.Process(server).memory_info().rss, _used(server)
    began = time.perf_counter()
    waiting = [asyncio.create_task(_exchange(port, request)) for _ in range(WAITING)]
    await asyncio.sleep(10)
    after, cores = psutil.Process(server).memory_info().rss, (_used(server) - used) / 10
    held = sum(not task.done() for task in waiting)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    print(f"waiting: {held:,} of {WAITING:,} boxes held for {time.perf_counter() - began:.0f} s")
    print(f"  {(after - before) / max(held, 1) / 1024:.0f} KB each in the server, {cores:.2f} cores in all")


async def _report(settings: Settings, server: int, port: int) -> None:
    """Signed heartbeats, as fast as they are taken."""
    speakers = _enrolled(settings)
    body = encode(Report(at=datetime.now(UTC), program="1", edition=1, digest="a" * 64))
    statuses: list[bytes] = []

    async def speak(kiosk: str, key: Ed25519PrivateKey) -> None:
        for number in range(1, REPORTS // SPEAKERS + 1):
            text = fleet.signed_text("POST", fleet.REPORT, kiosk, number, body)
            head = (
                f"POST {fleet.REPORT} HTTP/1.1\r\nHost: c\r\nConnection: close\r\n{fleet.KIOSK}: {kiosk}\r\n"
                f"{fleet.NUMBER}: {number}\r\n{fleet.SIGNATURE}: {key.sign(text).hex()}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            statuses.append((await _exchange(port, head.encode() + body))[9:12])

    used, began = _used(server), time.perf_counter()
    await asyncio.gather(*(speak(*speaker) for speaker in speakers))
    elapsed = time.perf_counter() - began
    good = statuses.count(b"200")
    print(f"heartbeats: {good / elapsed:.0f} a second taken into SQLite, {len(statuses) - good} refused")
    print(f"  {(_used(server) - used) / max(good, 1) * 1000:.1f} ms of one core each")


def _enrolled(settings: Settings) -> list[tuple[str, Ed25519PrivateKey]]:
    engine, now = open_database(settings.database_url), datetime.now(UTC)
    root = (1, Repository(settings.repository).metadata("1.root.json").read_bytes())
    speakers = []
    with writing(engine) as connection:
        for number in range(SPEAKERS):
            place = Kiosk("", f"{number}", "", "", "", "")
            code = kiosks.make_code(connection, place, root, "bench", now, os.urandom)
            key = Ed25519PrivateKey.generate()
            public = key.public_key().public_bytes_raw().hex()
            asked = Enrolment(name=code.name, public_key=public, proof=proof(code.key, public))
            kiosk, _ = kiosks.enrol(connection, asked, os.urandom(8).hex(), now)
            speakers.append((kiosk.id, key))
    engine.dispose()
    return speakers


async def _exchange(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await reader.read()
    finally:
        writer.close()


@contextmanager
def _served(settings: Settings) -> Iterator[tuple[int, int]]:
    """`county serve`; its process and its port."""
    command = [sys.executable, "-m", "county", "serve", "--state", str(settings.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found_port = re.search(r":(\d+)/", process.stdout.readline())
        assert found_port
        try:
            yield process.pid, int(found_port[1])
        finally:
            process.terminate()


@contextmanager
def _nginx(folder: Path, settings: Settings, upstream: int) -> Iterator[tuple[int, int]]:
    """nginx with deploy/nginx.conf; its master process and its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    text = CONFIGURATION.read_text(encoding="utf-8")
    changes = {
        "/VAR/LIB/OPENHALL/COUNTY": str(settings.folder),
        "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        "listen 80 ": f"listen 127.0.0.1:{port} ",
        "/run/nginx.pid": str(folder / "nginx.pid"),
        "/var/log/nginx/error.log": str(folder / "error.log"),
        "user www-data;": f"user {'root' if os.getuid() == 0 else 'www-data'};",
    }
    for name, value in changes.items():
        assert name in text, name
        text = text.replace(name, value)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = ["/usr/sbin/nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen([*command, "-g", "daemon off;"]) as process:
        try:
            _until_open(port)
            yield process.pid, port
        finally:
            process.send_signal(signal.SIGTERM)


def _until_open(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")


def _used(pid: int) -> float:
    """Seconds of processor time that a process and those below it have used."""
    whole = psutil.Process(pid)
    times = [process.cpu_times() for process in (whole, *whole.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


if __name__ == "__main__":
    sys.exit(main())
