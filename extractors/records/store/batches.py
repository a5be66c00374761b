"""Rows and keys a few hundred at a time: databases take only so many values in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")
BATCH = 500


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows into a table, some hundreds at a time."""
    for part in batches(rows):
        connection.execute(table.insert(), part)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    part: list[T] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
