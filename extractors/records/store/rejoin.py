"""Keeps deals in step with records: blocks that changed are joined anew, the others stay as they are stored."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from extractors.records.joined import Joined, join
from extractors.records.store import deals, meta, stale
from extractors.records.store.batches import batches
from extractors.records.store.tables import DEALS, RECORD_DEALS

# The rules that the stored deals were made by.
MADE_BY = "deals_made_by"
# Blocks are joined together up to so many records, so that the largest block bounds the memory, not the register.
MOST_RECORDS = 20_000


def rejoin(connection: sa.Connection, rules_version: str) -> bool:
    """`settle`, for all blocks where other rules made the deals."""
    if meta.get(connection, MADE_BY) != rules_version:
        stale.mark_all(connection)
        meta.put(connection, MADE_BY, rules_version)
    return settle(connection)


def settle(connection: sa.Connection) -> bool:
    """Joins the records of changed blocks anew and stores their deals; says whether there was anything to do."""
    waiting = stale.blocks(connection)
    if not waiting:
        return False
    for blocks in stale.groups(connection, waiting, MOST_RECORDS):
        made, gone = anew(connection, blocks)
        deals.put(connection, made.deals, made.home, made.redirects, gone)
    stale.clear(connection)
    return True


def standing(connection: sa.Connection) -> Joined:
    """Every deal as it stands now: the stored ones, and those of changed blocks joined in memory. Deals by id."""
    stored, home, moved = list(deals.rows(connection)), deals.links(connection), deals.redirects(connection)
    waiting = stale.blocks(connection)
    if not waiting:
        return Joined(stored, home, moved)
    made, gone = anew(connection, waiting)
    kept = [deal for deal in stored if deal["deal_id"] not in gone]
    together = sorted([*kept, *made.deals], key=lambda deal: str(deal["deal_id"]))
    ids = {str(deal["deal_id"]) for deal in together}
    return Joined(together, {**home, **made.home}, deals.followed({**moved, **made.redirects}, ids))


def anew(connection: sa.Connection, blocks: Iterable[str]) -> tuple[Joined, set[str]]:
    """The deals of blocks joined anew, which keep their ids, and the ids that they had before."""
    rows = list(stale.rows(connection, blocks))
    before = links_of(connection, (row["record_id"] for row in rows))
    gone = set(before.values())
    elsewhere = set(connection.execute(sa.select(DEALS.c.deal_id)).scalars()) - gone
    return join(rows, before, elsewhere), gone


def links_of(connection: sa.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Record id -> deal id, of these records."""
    found = {}
    for part in batches(record_ids):
        query = sa.select(RECORD_DEALS.c.record_id, RECORD_DEALS.c.deal_id).where(RECORD_DEALS.c.record_id.in_(part))
        found.update({row.record_id: row.deal_id for row in connection.execute(query)})
    return found
