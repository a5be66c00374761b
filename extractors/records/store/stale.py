"""Blocks whose deals wait to be made anew, because records in them came, went or changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from extractors.model import COLUMNS
from extractors.records.store.batches import batches
from extractors.records.store.tables import RECORD_DEALS, RECORDS, STALE_BLOCKS


def mark(connection: sa.Connection, blocks: Iterable[str]) -> None:
    """Notes blocks as changed; those that are noted already stay so."""
    for part in batches(sorted(set(blocks))):
        held = set(connection.execute(sa.select(STALE_BLOCKS.c.block).where(STALE_BLOCKS.c.block.in_(part))).scalars())
        fresh = [{"block": one} for one in part if one not in held]
        if fresh:
            connection.execute(STALE_BLOCKS.insert(), fresh)


def mark_all(connection: sa.Connection) -> None:
    """Notes every block that holds a record."""
    mark(connection, connection.execute(sa.select(RECORDS.c.block).distinct()).scalars())


def mark_unlinked(connection: sa.Connection) -> None:
    """Notes every block with a record that is of no deal."""
    linked = sa.select(RECORD_DEALS.c.record_id)
    mark(
        connection, connection.execute(sa.select(RECORDS.c.block).where(RECORDS.c.record_id.not_in(linked)).distinct()).scalars()
    )


def blocks(connection: sa.Connection) -> list[str]:
    """The blocks that wait, in order."""
    return list(connection.execute(sa.select(STALE_BLOCKS.c.block).order_by(STALE_BLOCKS.c.block)).scalars())


def groups(connection: sa.Connection, waiting: Iterable[str], most: int) -> Iterator[list[str]]:
    """The waiting blocks in groups of up to `most` records; a larger block is a group of its own."""
    counted = sa.select(RECORDS.c.block, sa.func.count().label("records")).group_by(RECORDS.c.block)
    sizes = {row.block: row.records for row in connection.execute(counted)}
    group: list[str] = []
    held = 0
    for block in waiting:
        size = sizes.get(block, 0)
        if group and held + size > most:
            yield group
            group, held = [], 0
        group.append(block)
        held += size
    if group:
        yield group


def rows(connection: sa.Connection, waiting: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The records of blocks as plain values, by article and place in it within some hundreds of blocks."""
    names = [c.name for c in COLUMNS]
    fields = [RECORDS.c[name] for name in names]
    for part in batches(waiting):
        query = sa.select(*fields).where(RECORDS.c.block.in_(part)).order_by(RECORDS.c.article_id, RECORDS.c.position)
        for row in connection.execute(query, execution_options={"yield_per": 1_000}):
            yield dict(zip(names, row, strict=True))


def clear(connection: sa.Connection) -> None:
    connection.execute(STALE_BLOCKS.delete())
