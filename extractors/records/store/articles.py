"""Articles and their records in the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from extractors.model import COLUMNS, Article
from extractors.records.deal_claims import block_of
from extractors.records.reviews import heirs
from extractors.records.store import meta, stale
from extractors.records.store.tables import ARTICLES, DEALS, RECORD_DEALS, RECORDS

PAGE = 200
RECORD_FIELDS = tuple(RECORDS.c[c.name] for c in COLUMNS)
LISTED = ("id", "published", "source", "title", "records")


def values_of(article: Article) -> dict[str, str | date | None]:
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "id": article.id, "text": article.text, "title": article.title, "published": article.published,
        "source": article.source, "url": article.url, "sha256": digest,
    }  # fmt: skip


def article_of(row: Mapping[Any, Any]) -> Article:
    return Article(row["id"], row["text"], row["title"], row["published"], row["source"], row["url"])


def get(connection: sa.Connection, article_id: str) -> Article | None:
    row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).mappings().first()
    return article_of(row) if row else None


def page(connection: sa.Connection, after: str | None) -> list[Article]:
    """The next articles in the order of their ids."""
    query = sa.select(ARTICLES).order_by(ARTICLES.c.id).limit(PAGE)
    if after is not None:
        query = query.where(ARTICLES.c.id > after)
    return [article_of(row) for row in connection.execute(query).mappings()]


def listed(connection: sa.Connection) -> list[dict[str, Any]]:
    """Id, published, source, title and number of records of every article, in the order of their ids."""
    counted = sa.select(RECORDS.c.article_id, sa.func.count().label("records")).group_by(RECORDS.c.article_id).subquery()
    query = (
        sa.select(
            ARTICLES.c.id,
            ARTICLES.c.published,
            ARTICLES.c.source,
            ARTICLES.c.title,
            sa.func.coalesce(counted.c.records, 0).label("records"),
        )
        .select_from(ARTICLES.outerjoin(counted, counted.c.article_id == ARTICLES.c.id))
        .order_by(ARTICLES.c.id)
    )
    return [dict(zip(LISTED, row, strict=True)) for row in connection.execute(query)]


def rows(connection: sa.Connection, article_id: str | None = None) -> Iterator[dict[str, Any]]:
    """Records (of one article) as plain values, by article and place in it."""
    query = sa.select(*RECORD_FIELDS).order_by(RECORDS.c.article_id, RECORDS.c.position)
    if article_id is not None:
        query = query.where(RECORDS.c.article_id == article_id)
    names = [c.name for c in COLUMNS]
    for row in connection.execute(query):
        yield dict(zip(names, row, strict=True))


def put(connection: sa.Connection, article: Article, records: Sequence[Mapping[str, Any]]) -> str:
    """Stores an article with its records; says whether it was `added`, `changed` or `unchanged`."""
    values = values_of(article)
    placed = [{**row, "position": place, "block": block_of(row)} for place, row in enumerate(records)]
    before = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article.id)).mappings().first()
    ours = RECORDS.c.article_id == article.id
    held = connection.execute(sa.select(RECORDS).where(ours).order_by(RECORDS.c.position)).mappings().all()
    if before is not None and dict(before) == values and [dict(row) for row in held] == placed:
        return "unchanged"
    connection.execute(RECORDS.delete().where(ours))
    connection.execute(ARTICLES.delete().where(ARTICLES.c.id == article.id))
    connection.execute(ARTICLES.insert(), values)
    if placed:
        connection.execute(RECORDS.insert(), placed)
    hand_over(connection, heirs([dict(row) for row in held], records))
    unlink(connection, {row["record_id"] for row in held} - {row["record_id"] for row in records})
    stale.mark(connection, {str(row["block"]) for rows in (held, placed) for row in rows})
    meta.count_change(connection)
    return "added" if before is None else "changed"


def remove(connection: sa.Connection, article_ids: Iterable[str]) -> list[str]:
    """Takes articles out with their records, unless one of them is not held: gives the ids that are not, having done nothing."""
    ids = sorted(set(article_ids))
    unknown = [one for one in ids if get(connection, one) is None]
    if unknown or not ids:
        return unknown
    for one in ids:
        held = list(rows(connection, one))
        unlink(connection, {row["record_id"] for row in held})
        stale.mark(connection, {block_of(row) for row in held})
        connection.execute(RECORDS.delete().where(RECORDS.c.article_id == one))
        connection.execute(ARTICLES.delete().where(ARTICLES.c.id == one))
    meta.count_change(connection)
    return []


def hand_over(connection: sa.Connection, heirs: Mapping[str, str]) -> None:
    """Lets a record that has another id now stay in its deal, so that the deal keeps its own id."""
    for old, new in heirs.items():
        connection.execute(RECORD_DEALS.update().where(RECORD_DEALS.c.record_id == old).values(record_id=new))


def unlink(connection: sa.Connection, record_ids: Iterable[str]) -> None:
    """Takes records that are no more out of their deals, and deals that have no record left out of the register."""
    for one in sorted(record_ids):
        deal = connection.execute(sa.select(RECORD_DEALS.c.deal_id).where(RECORD_DEALS.c.record_id == one)).scalar()
        if deal is None:
            continue
        connection.execute(RECORD_DEALS.delete().where(RECORD_DEALS.c.record_id == one))
        left = sa.select(RECORD_DEALS.c.record_id).where(RECORD_DEALS.c.deal_id == deal)
        connection.execute(DEALS.delete().where(DEALS.c.deal_id == deal, ~left.exists()))
