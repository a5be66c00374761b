"""What was run on a register, when, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from extractors.records.store.tables import RECORDS, RUN_COLUMNS, RUNS, rows_of, typed

COUNTED = ("added", "changed", "unchanged", "removed")


def now() -> datetime:
    return datetime.now(UTC)


def moment(when: datetime) -> str:
    """`2026-01-31T12:00:00.123Z`"""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def next_id(connection: sa.Connection, table: sa.Table) -> int:
    """The number after the highest; only the one writer asks."""
    return int(connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0) + 1


def begin(connection: sa.Connection, command: str, rules_version: str, started: datetime) -> int:
    """Notes a run that begins; a run that is cut off stays without an end."""
    number = next_id(connection, RUNS)
    row = {"id": number, "command": command, "started": moment(started), "rules_version": rules_version}
    connection.execute(RUNS.insert(), typed(RUN_COLUMNS, row))
    return number


def end(connection: sa.Connection, number: int, counts: Mapping[str, int], started: datetime, ended: datetime) -> None:
    """Notes how a run ended: articles by what became of them, and the records there are."""
    values: dict[str, Any] = {name: counts.get(name, 0) for name in COUNTED}
    values["records"] = connection.execute(sa.select(sa.func.count()).select_from(RECORDS)).scalar_one()
    values["finished"] = moment(ended)
    values["seconds"] = round((ended - started).total_seconds(), 3)
    connection.execute(RUNS.update().where(RUNS.c.id == number).values(**values))


def rows(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Runs, earliest first."""
    yield from rows_of(connection, RUNS, RUN_COLUMNS, RUNS.c.id)
