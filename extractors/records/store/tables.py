"""The register's tables, made from column definitions; `extractors/records/migrations` brings older registers to this form.

Columns of dtype JSON hold compact JSON text, so that both databases give back what was stored. Text sorts by code point in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS, Column

# Rows that are fetched at a time.
PAGE = 1_000
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SQL_TYPES: dict[str, Any] = {
    "string": TEXT, "category": TEXT, "JSON": TEXT, "Int64": sa.BigInteger(), "Float64": sa.Double(), "boolean": sa.Boolean(), "date": sa.Date(),
}  # fmt: skip

ARTICLE_COLUMNS = (
    Column("id", "string", "the article's id"),
    Column("text", "string", "the text, exactly as read: offsets point into it"),
    Column("title", "string", "the title, exactly as read"),
    Column("published", "date", "publication date"),
    Column("source", "string", "who published it"),
    Column("url", "string", "its address"),
    Column("sha256", "string", "sha256 of the text in UTF-8, in hex digits"),
)
RUN_COLUMNS = (
    Column("id", "Int64", "number of the run, counted from 1"),
    Column("command", "string", "what was run"),
    Column("started", "string", "when it began, UTC"),
    Column("finished", "string", "when it ended, UTC; empty for a run that was cut off"),
    Column("seconds", "Float64", "how long it took"),
    Column("rules_version", "string", "version of the rules and tables"),
    Column("added", "Int64", "articles that were new"),
    Column("changed", "Int64", "articles whose text, dates or records changed"),
    Column("unchanged", "Int64", "articles read that changed nothing"),
    Column("removed", "Int64", "articles taken out"),
    Column("records", "Int64", "records in the register after the run"),
)
LINK_COLUMNS = (
    Column("record_id", "string", "a record"),
    Column("deal_id", "string", "the deal that it tells of"),
)
REDIRECT_COLUMNS = (
    Column("old_id", "string", "id of a deal that is no more"),
    Column("new_id", "string", "the deal that has its records now"),
)
REVIEW_COLUMNS = (
    Column("id", "Int64", "number of the review: later ones stand over earlier ones"),
    Column("target", "category", "what was judged: record, deal or cluster"),
    Column("target_id", "string", "id of the record or deal, as it was then"),
    Column("action", "category", "confirm, reject, correct, move, merge or split"),
    Column("field", "string", "the column that was corrected; empty for the whole"),
    Column("value", "JSON", "what the reviewer says; null where the action needs none"),
    Column("machine", "JSON", "the machine's reading at the time, by column"),
    Column("note", "string", "the reviewer's words"),
    Column("who", "string", "who judged"),
    Column("made_at", "string", "when, UTC"),
    Column("undone_by", "string", "who took it back; empty while it stands"),
    Column("undone_at", "string", "when it was taken back, UTC; empty while it stands"),
    Column("article_id", "string", "the record's article; empty for a deal"),
    Column("record_spans", "JSON", "the record's spans at the time: they find the record when it gets another id"),
)

METADATA = sa.MetaData()


def table(name: str, columns: Sequence[Column], key: str, *more: Any, required: bool = False) -> sa.Table:
    """A table of these columns; with `required`, text must be there (it may be empty)."""
    made = [
        sa.Column(
            c.name,
            SQL_TYPES[c.dtype],
            primary_key=c.name == key,
            nullable=c.name != key and not (required and SQL_TYPES[c.dtype] is TEXT),
            autoincrement=False,
        )
        for c in columns
    ]
    return sa.Table(name, METADATA, *made, *more)


META = sa.Table("meta", METADATA, sa.Column("name", TEXT, primary_key=True), sa.Column("value", TEXT, nullable=False))
ARTICLES = table("articles", ARTICLE_COLUMNS, "id", required=True)
RECORDS = table(
    "records",
    COLUMNS,
    "record_id",
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("block", TEXT, nullable=False),
    sa.Index("records_by_article", "article_id", "position"),
    sa.Index("records_by_block", "block"),
)
RUNS = table("runs", RUN_COLUMNS, "id", required=True)
DEALS = table("deals", DEAL_COLUMNS, "deal_id")
RECORD_DEALS = table("record_deals", LINK_COLUMNS, "record_id", sa.Index("record_deals_by_deal", "deal_id"), required=True)
DEAL_REDIRECTS = table("deal_redirects", REDIRECT_COLUMNS, "old_id", required=True)
# Blocks whose records changed since their deals were made.
STALE_BLOCKS = sa.Table("stale_blocks", METADATA, sa.Column("block", TEXT, primary_key=True))
REVIEWS = table("reviews", REVIEW_COLUMNS, "id", sa.Index("reviews_by_target", "target", "target_id"), required=True)


def typed(columns: Sequence[Column], row: dict[str, Any]) -> dict[str, Any]:
    """A row with every column: missing text as '', other missing values as `None`."""
    return {c.name: ("" if SQL_TYPES[c.dtype] is TEXT else None) if row.get(c.name) is None else row[c.name] for c in columns}


def rows_of(connection: sa.Connection, held: sa.Table, columns: Sequence[Column], *order: Any) -> Iterator[dict[str, Any]]:
    """A table's rows as plain values under plain names (SQLAlchemy's own are a kind of text that JSON writers refuse)."""
    names = [c.name for c in columns]
    query = sa.select(*(held.c[name] for name in names)).order_by(*order)
    for row in connection.execute(query, execution_options={"yield_per": PAGE}):
        yield dict(zip(names, row, strict=True))
