"""A private PostgreSQL for tests: a cluster of its own in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "30",
    "autovacuum": "off",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Cluster:
    """A running cluster; `database()` makes a new database and returns its URL for SQLAlchemy."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = count(1)

    def database(self, template: str = "template1") -> str:
        """A new database, empty or a copy of the one of this name."""
        name = f"openhall{next(self._numbers)}"
        self._carry_out(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"

    def drop(self, url: str) -> None:
        """Do away with a database before the disk has taken its 300 files; what is connected to it is cut off."""
        self._carry_out(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _carry_out(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self._port} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster, stop it at the end. As root it runs as the user `nobody`, for PostgreSQL refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="openhall-postgres-"))
    port = _free_port()
    try:
        _give_away(folder)
        data = str(folder / "data")
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}={value or repr('')}" for name, value in SETTINGS.items())
        _run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-p {port} {options}", "start")
        try:
            yield Cluster(port)
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [_binaries() / program, *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd="/",
        **user,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, f"{program}: {done.stdout}"


def _binaries() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert folders, "PostgreSQL is missing: apt-get install postgresql"
    return folders[-1]


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
