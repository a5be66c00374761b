"""The few words that a register says of itself: label, id, number of changes."""

from __future__ import annotations

import sqlalchemy as sa

from extractors.records.store.tables import META


def get(connection: sa.Connection, name: str) -> str:
    """A value by its name; empty where there is none."""
    return connection.execute(sa.select(META.c.value).where(META.c.name == name)).scalar() or ""


def put(connection: sa.Connection, name: str, value: str) -> None:
    if connection.execute(META.update().where(META.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(META.insert().values(name=name, value=value))


def count_change(connection: sa.Connection, *, content: bool = True) -> None:
    """Makes the register's version another one, and that of its `content` (articles, records and deals) unless only a review came."""
    for name in ("changes", "content") if content else ("changes",):
        put(connection, name, str(int(get(connection, name) or 0) + 1))
