"""What a package holds: each table of the register, its columns, order and ties. The files, their description and the way back follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS, Column
from extractors.records.store.tables import (
    ARTICLE_COLUMNS,
    ARTICLES,
    DEAL_REDIRECTS,
    DEALS,
    LINK_COLUMNS,
    RECORD_DEALS,
    RECORDS,
    REDIRECT_COLUMNS,
    REVIEW_COLUMNS,
    REVIEWS,
    RUN_COLUMNS,
    RUNS,
    rows_of,
)

DESCRIPTOR = "datapackage.json"
DICTIONARY = "data-dictionary.md"


@dataclass(frozen=True, slots=True)
class Part:
    """One table in the package. `ties` are (column, other part, its column); `lines` writes JSON Lines instead of CSV."""

    name: str
    title: str
    table: sa.Table
    columns: Sequence[Column]
    key: str
    order: Sequence[str]
    ties: Sequence[tuple[str, str, str]] = ()
    parquet: bool = False
    lines: bool = False

    @property
    def file(self) -> str:
        """The file that is read back."""
        return f"{self.name}.{'jsonl' if self.lines else 'csv'}"

    def rows(self, connection: sa.Connection) -> Iterator[dict[str, Any]]:
        return rows_of(connection, self.table, self.columns, *(self.table.c[name] for name in self.order))


# In an order in which each part comes after those that it is tied to.
PARTS = (
    Part("articles", "Articles, with their text", ARTICLES, ARTICLE_COLUMNS, "id", ("id",), parquet=True),
    Part(
        "records",
        "Records: one transfer claimed by one article each",
        RECORDS,
        COLUMNS,
        "record_id",
        ("article_id", "position"),
        (("article_id", "articles", "id"),),
        parquet=True,
    ),
    Part("deals", "Deals: what the records tell of", DEALS, DEAL_COLUMNS, "deal_id", ("deal_id",), parquet=True),
    Part(
        "record_deals",
        "Which deal a record tells of",
        RECORD_DEALS,
        LINK_COLUMNS,
        "record_id",
        ("record_id",),
        (("record_id", "records", "record_id"), ("deal_id", "deals", "deal_id")),
    ),
    Part("deal_redirects", "Ids of deals that are no more", DEAL_REDIRECTS, REDIRECT_COLUMNS, "old_id", ("old_id",)),
    Part("reviews", "What people said of records and deals", REVIEWS, REVIEW_COLUMNS, "id", ("id",), lines=True),
    Part("runs", "What was run on the register", RUNS, RUN_COLUMNS, "id", ("id",)),
)
