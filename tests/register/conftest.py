"""Every test that asks for `place` runs twice: over a SQLite file and over a database of a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.server import Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL server for the run."""
    with running() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database `place` is of."""
    return str(request.param)


@pytest.fixture
def place(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The path or URL of a register that is not there yet."""
    if database == "sqlite":
        return str(tmp_path / "test.sqlite")
    started: Server = request.getfixturevalue("server")
    return started.fresh()


@pytest.fixture
def other_place(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The path or URL of another one."""
    if database == "sqlite":
        return str(tmp_path / "other.sqlite")
    started: Server = request.getfixturevalue("server")
    return started.fresh()
