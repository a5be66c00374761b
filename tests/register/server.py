"""A PostgreSQL server of the tests' own: private data folder, loopback only, gone with the run; fails with the remedy where there is none."""

from __future__ import annotations

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Library/PostgreSQL/*/bin",
)
UNPRIVILEGED = ("postgres", "nobody")
USER = "tests"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB", "max_connections=20")
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; `url` names a database of it, `fresh` makes one."""

    port: int
    password: str
    sockets: Path
    numbers: Iterator[int]

    def url(self, database: str, user: str = USER, password: str | None = None) -> str:
        return f"postgresql://{user}:{self.password if password is None else password}@127.0.0.1:{self.port}/{database}"

    def fresh(self, more: str = "") -> str:
        """The URL of a database that is empty."""
        name = f"register{next(self.numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {more}".encode())
        return self.url(name)


def programs() -> Path:
    """The folder with `postgres` and `initdb`."""
    given = os.environ.get("POSTGRESQL_BIN")
    on_path = shutil.which("postgres")
    folders = [
        given,
        on_path and str(Path(on_path).parent),
        *(one for many in FOLDERS for one in sorted(glob.glob(many), reverse=True)),
    ]
    for folder in folders:
        if folder and all((Path(folder) / name).exists() for name in ("postgres", "initdb")):
            return Path(folder)
    pytest.fail("no PostgreSQL server: run scripts/ensure_postgresql, or set POSTGRESQL_BIN to its folder", pytrace=False)


def unprivileged() -> dict[str, Any]:
    """As whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.fail(f"the tests' PostgreSQL cannot run as root, and there is no user {' or '.join(UNPRIVILEGED)}", pytrace=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """A server from its birth to its end."""
    where = programs()
    who = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        data, secret, log = folder / "data", folder / "secret", folder / "log"
        password = secrets.token_urlsafe(12)
        secret.write_text(password)
        if who:
            for path in (folder, secret):
                os.chown(path, who["user"], who["group"])
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}
        made = subprocess.run(
            [where / "initdb", "-D", data, "-U", USER, f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"],
            cwd=folder, env=environment, capture_output=True, text=True, **who,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        port = free_port()
        settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *QUICK]
        command = [where / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **who
            ) as process,
        ):
            try:
                server = Server(port, password, folder, count(1))
                wait(server, process, log)
                yield server
            finally:
                # fast shutdown: open connections are closed
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            # it ends by itself where it cannot start: that is what is waited for between two tries
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
