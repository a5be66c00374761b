"""Reviews in the tables: added, taken back, never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import orjson
import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS
from extractors.records.reviews import Review, ReviewError, check, split_off
from extractors.records.store import deals, meta, runs
from extractors.records.store.articles import RECORD_FIELDS
from extractors.records.store.tables import DEALS, RECORD_DEALS, RECORDS, REVIEW_COLUMNS, REVIEWS, rows_of

JSON_COLUMNS = tuple(c.name for c in REVIEW_COLUMNS if c.dtype == "JSON")


def row_of(review: Review) -> dict[str, Any]:
    """A review as plain values; JSON columns as compact JSON text."""
    row = {c.name: getattr(review, c.name) for c in REVIEW_COLUMNS}
    return {**row, **{name: orjson.dumps(row[name], default=str).decode() for name in JSON_COLUMNS}}


def review_of(row: dict[str, Any]) -> Review:
    return Review(**{**row, **{name: orjson.loads(row[name]) for name in JSON_COLUMNS}})


def rows(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Reviews as plain values, earliest first."""
    yield from rows_of(connection, REVIEWS, REVIEW_COLUMNS, REVIEWS.c.id)


def add(connection: sa.Connection, review: Review) -> Review:
    """Stores a review with the machine's reading of its target; raises `ReviewError` where it makes no sense."""
    check(review)
    seen = with_reading(connection, review)
    stored = replace(seen, id=runs.next_id(connection, REVIEWS), made_at=review.made_at or runs.moment(runs.now()))
    connection.execute(REVIEWS.insert(), row_of(stored))
    meta.count_change(connection, content=False)
    return stored


def with_reading(connection: sa.Connection, review: Review) -> Review:
    """The review with what the machine says of its target now."""
    if review.target == "record":
        row = connection.execute(sa.select(*RECORD_FIELDS).where(RECORDS.c.record_id == review.target_id)).mappings().first()
        if row is None:
            raise ReviewError(f"there is no record {review.target_id}")
        reading = {c.name: row[c.name] for c in COLUMNS if c.dtype != "JSON"}
        reading["events"] = orjson.loads(row["events"] or "[]")
        return replace(
            review, machine=plain(reading), article_id=row["article_id"], record_spans=orjson.loads(row["spans"] or "{}")
        )
    deal_id = deals.redirects(connection).get(review.target_id, review.target_id)
    made = split_deals(connection)
    named = []
    if review.target == "cluster":
        for one in [*review.value.get("with", ()), *filter(None, [review.value.get("to")])]:
            if one not in made and not is_deal(connection, one):
                raise ReviewError(f"there is no deal {one}")
        named = named_records(connection, review.value.get("records", ()))
    if deal_id in made:
        return replace(review, machine={"named": named})
    row = connection.execute(sa.select(DEALS).where(DEALS.c.deal_id == deal_id)).mappings().first()
    if row is None:
        raise ReviewError(f"there is no deal {review.target_id}")
    members = connection.execute(
        sa.select(RECORD_DEALS.c.record_id).where(RECORD_DEALS.c.deal_id == deal_id).order_by(RECORD_DEALS.c.record_id)
    ).scalars()
    reading = {c.name: row[c.name] for c in DEAL_COLUMNS if c.dtype != "JSON"}
    return replace(review, target_id=deal_id, machine=plain({**reading, "records": list(members), "named": named}))


def is_deal(connection: sa.Connection, deal_id: str) -> bool:
    held = sa.select(DEALS.c.deal_id).where(DEALS.c.deal_id == deal_id)
    return connection.execute(held).first() is not None or deal_id in deals.redirects(connection)


def split_deals(connection: sa.Connection) -> set[str]:
    """Ids of the deals that reviews split off."""
    query = sa.select(REVIEWS.c.id, REVIEWS.c.target_id).where(REVIEWS.c.action == "split", REVIEWS.c.undone_at == "")
    return {split_off(row.id, row.target_id) for row in connection.execute(query)}


def named_records(connection: sa.Connection, record_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Records that a review of a cluster names, with what finds them again when they get other ids. Raises `ReviewError`."""
    found = []
    for one in record_ids:
        row = connection.execute(sa.select(*RECORD_FIELDS).where(RECORDS.c.record_id == one)).mappings().first()
        if row is None:
            raise ReviewError(f"there is no record {one}")
        said = {name: row[name] for name in ("record_id", "article_id", "buyer", "system", "system_id")}
        found.append({**said, "spans": orjson.loads(row["spans"] or "{}")})
    return found


def plain(reading: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from JSON: dates as text."""
    found: dict[str, Any] = orjson.loads(orjson.dumps(reading))
    return found


def undo(connection: sa.Connection, number: int, who: str) -> None:
    """Takes a review back; it stays, and says who did. Raises `ReviewError`."""
    held = connection.execute(sa.select(REVIEWS.c.undone_at).where(REVIEWS.c.id == number)).first()
    if held is None:
        raise ReviewError(f"there is no review {number}")
    if held.undone_at:
        raise ReviewError(f"review {number} was taken back already")
    connection.execute(REVIEWS.update().where(REVIEWS.c.id == number).values(undone_by=who, undone_at=runs.moment(runs.now())))
    meta.count_change(connection, content=False)
