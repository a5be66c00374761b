"""What stands over the stored records and deals: blocks that wait to be joined anew, and reviews. As patches, so that a register of any
size need not be in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS, Column
from extractors.records.deal_claims import block_of
from extractors.records.export import frame_of
from extractors.records.joined import Joined, plain_rows
from extractors.records.judged import Judged, judge
from extractors.records.reviews import Review, attach, outcome
from extractors.records.store import deals, rejoin, stale
from extractors.records.store import reviews as reviews_table
from extractors.records.store.arrow import DEAL_SCHEMA, RECORD_SCHEMA, table_of
from extractors.records.store.batches import batches
from extractors.records.store.tables import DEALS, RECORD_DEALS, RECORDS


@dataclass(frozen=True, slots=True)
class Patch:
    """Rows of `RECORD_SCHEMA` and `DEAL_SCHEMA` that stand in place of the stored rows of `record_ids` and `deal_ids`."""

    records: Any
    deals: Any
    record_ids: frozenset[str]
    deal_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The machine's reading and the reviewed one as patches over what is stored; they are one where no review stands.

    `reviews` are all that were ever made; of `said`, `redirects` and `unattached` see `Judged`.
    """

    machine: Patch
    reviewed: Patch
    reviews: tuple[Review, ...]
    said: Mapping[str, tuple[Review, ...]]
    redirects: Mapping[str, str]
    unattached: tuple[Review, ...]


def standing(connection: sa.Connection) -> Standing:
    """What stands over the stored records and deals."""
    said = tuple(reviews_table.review_of(row) for row in reviews_table.rows(connection))
    waiting = set(stale.blocks(connection))
    rows, joined, stored = around(connection, waiting)
    machine = patch([{**row, "deal_id": joined.home[row["record_id"]]} for row in rows], joined.deals, rows, stored)
    redirects = joined.redirects
    if not any(review.stands for review in said):
        return Standing(machine, machine, said, {}, redirects, ())
    rows, joined, stored = around(connection, waiting | concerned(connection, said, redirects))
    judged = judge(frame_of(rows, COLUMNS), joined, said)
    return Standing(machine, reviewed_patch(judged, rows, stored), said, judged.said, judged.redirects, judged.unattached)


def around(connection: sa.Connection, blocks: Collection[str]) -> tuple[list[dict[str, Any]], Joined, set[str]]:
    """The records of blocks, the deals that stand of them (those of changed blocks joined in memory), and the ids of the stored ones."""
    waiting = set(stale.blocks(connection)) & set(blocks)
    made, gone = rejoin.anew(connection, sorted(waiting)) if waiting else (Joined([], {}, {}), set())
    rows = list(stale.rows(connection, sorted(blocks)))
    links = rejoin.links_of(connection, (row["record_id"] for row in rows if block_of(row) not in waiting))
    settled = selected(connection, DEALS, DEAL_COLUMNS, "deal_id", set(links.values()), "deal_id")
    every = [*settled, *made.deals]
    redirects = deals.followed({**deals.redirects(connection), **made.redirects}, {str(d["deal_id"]) for d in made.deals})
    return rows, Joined(every, {**links, **made.home}, redirects), {*links.values(), *gone}


def concerned(connection: sa.Connection, reviews: Sequence[Review], redirects: Mapping[str, str]) -> set[str]:
    """The blocks that reviews which stand can change: of the records and deals they speak of, and of buyers and sellers they name."""
    live = [review for review in reviews if review.stands]
    articles = {review.article_id for review in live} | {one["article_id"] for r in live for one in r.machine.get("named", ())}
    rows = selected(connection, RECORDS, COLUMNS, "article_id", articles - {""}, "article_id", "position")
    found = {block_of(row) for row in rows}
    by_id = {row["record_id"]: row for row in rows}
    for one, said in attach(live, rows).by_id.items():
        found.add(block_of({**by_id[one], **outcome(said)[1]}))
    others = [
        other for r in live if r.target == "cluster" for other in (*r.value.get("with", ()), *filter(None, [r.value.get("to")]))
    ]
    wanted = {redirects.get(one, one) for one in (*(r.target_id for r in live if r.target != "record"), *others)}
    wanted |= {*others, *(r.target_id for r in live)}
    for part in batches(sorted(wanted)):
        query = (
            sa.select(RECORDS.c.block)
            .join(RECORD_DEALS, RECORD_DEALS.c.record_id == RECORDS.c.record_id)
            .where(RECORD_DEALS.c.deal_id.in_(part))
            .distinct()
        )
        found |= set(connection.execute(query).scalars())
    return found


def selected(
    connection: sa.Connection, table: sa.Table, columns: Sequence[Column], by: str, values: Collection[str], *order: str
) -> list[dict[str, Any]]:
    """Rows of a table as plain values, those whose `by` is one of the values."""
    names = [c.name for c in columns]
    found = []
    for part in batches(sorted(values)):
        query = sa.select(*(table.c[name] for name in names)).where(table.c[by].in_(part)).order_by(*(table.c[n] for n in order))
        found += [dict(zip(names, row, strict=True)) for row in connection.execute(query)]
    return found


def reviewed_patch(judged: Judged, rows: Sequence[Mapping[str, Any]], stored: Collection[str]) -> Patch:
    """What people say in place of the stored rows; what was rejected, and what belongs to a rejected deal, is in neither."""
    kept = judged.deals[judged.deals["review"] != "rejected"]
    ids = set(kept["deal_id"])
    said = [
        {**row, "deal_id": judged.home[row["record_id"]]}
        for row in plain_rows(judged.records)
        if judged.home.get(row["record_id"]) in ids
    ]
    return patch(said, plain_rows(kept), rows, stored)


def patch(
    records: Sequence[Mapping[str, Any]],
    deals: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    stored: Collection[str],
) -> Patch:
    return Patch(
        table_of(records, RECORD_SCHEMA),
        table_of(deals, DEAL_SCHEMA),
        frozenset(row["record_id"] for row in rows),
        frozenset(stored),
    )
