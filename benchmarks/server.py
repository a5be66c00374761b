"""The dashboard as a user runs it: a process of its own on loopback, stopped by its own id, and the memory that it took."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address and process id."""

    address: str
    pid: int

    def megabytes(self) -> dict[str, float]:
        """Its peak resident set, and what of the present one is its own (`anon`) or mapped files (`file`); empty off Linux."""
        status = Path(f"/proc/{self.pid}/status")
        told = status.read_text(encoding="ascii", errors="replace") if status.exists() else ""
        names = {"VmHWM": "peak", "RssAnon": "anon", "RssFile": "file"}
        return {names[name]: int(size) / 1024 for name, size in re.findall(r"^(\w+):\s+(\d+) kB$", told, re.M) if name in names}


@contextmanager
def serving(register: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--register", str(register), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = f"http://127.0.0.1:{port}"
            if address not in line:
                raise RuntimeError(f"the server did not start: {line}")
            yield Served(address, process.pid)
        finally:
            process.terminate()
