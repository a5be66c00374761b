"""Connections to a register's database: one reader sees one state, one writer at a time writes whole changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from extractors.records.store.errors import said
from extractors.records.store.place import Place

BUSY_SECONDS = 60
CONNECT_SECONDS = 10
# Names the lock that writers of one database take; any number that no other program uses there.
LOCK = 7_262_031_150


def engine_of(place: Place) -> sa.Engine:
    """An engine over the place; connects when it is first used."""
    if place.path is None:
        settings: dict[str, Any] = {"client_encoding": "utf8"}
        if "connect_timeout" not in place.url.query:
            settings["connect_timeout"] = CONNECT_SECONDS
        return sa.create_engine(place.url, connect_args=settings, pool_pre_ping=True)
    # No file stays open between transactions: it can be moved or replaced, on Windows too.
    engine = sa.create_engine(place.url, connect_args={"timeout": BUSY_SECONDS}, poolclass=sa.NullPool)
    sa.event.listen(engine, "connect", begun_by_hand)
    sa.event.listen(engine, "begin", begin)
    return engine


def begun_by_hand(connection: sqlite3.Connection, _: Any) -> None:
    """Python's own way of beginning transactions leaves table definitions outside of them."""
    connection.isolation_level = None


def begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("register_begin", "BEGIN"))


@contextmanager
def reading(engine: sa.Engine, place: Place) -> Iterator[sa.Connection]:
    """A transaction in which every statement sees the same state. Raises `RegisterError`."""
    with said(place), engine.connect() as connection:
        if place.path is None:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: sa.Engine, place: Place) -> Iterator[sa.Connection]:
    """A transaction of the only writer: kept as a whole at the end, or not at all. Raises `RegisterError`."""
    with said(place), engine.connect() as connection:
        connection.execution_options(register_begin="BEGIN IMMEDIATE")
        with connection.begin():
            if place.path is None:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield connection
