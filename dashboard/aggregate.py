"""Pure counting: data and a row mask in, small tables out. Unknown values are rows like any other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.data import NO_YEAR, UNKNOWN, Data
from extractors import STATUSES, WEAPON_TYPES

OTHERS = "others"
# The values of a facet that a timeline can be stacked by, in the order of the stack.
STACKS = {"type": WEAPON_TYPES, "status": STATUSES}


@dataclass(frozen=True, slots=True)
class Headline:
    """Counts over the rows of a view; states and groups are counted once each, unknown ones not at all."""

    count: int
    buyers: int
    sellers: int
    systems: int
    articles: int


def headline(data: Data, rows: np.ndarray) -> Headline:
    """The figures at the top of the overview."""

    def known(key: str) -> int:
        counts = data.facets[key].counts(rows)
        return int(np.count_nonzero(counts)) - int(
            UNKNOWN in data.facets[key].index and counts[data.facets[key].index[UNKNOWN]] > 0
        )

    claims = data.claims or data
    articles = np.count_nonzero(np.bincount(claims.coded("article_id").codes[data.claim_rows(rows)]))
    return Headline(int(rows.sum()), known("buyer"), known("seller"), known("system"), int(articles))


def ranked(data: Data, rows: np.ndarray, key: str) -> pd.DataFrame:
    """`key`, `name`, `count` of a facet's values that occur, most first, then by name."""
    facet = data.facets[key]
    counts = facet.counts(rows)
    table = pd.DataFrame({"key": facet.keys, "name": facet.names, "count": counts})
    return table[table["count"] > 0].sort_values(["count", "name"], ascending=[False, True], ignore_index=True)


def by_year_and_type(data: Data, rows: np.ndarray) -> pd.DataFrame:
    """`by_year` over weapon types."""
    return by_year(data, rows, "type")


def by_year(data: Data, rows: np.ndarray, key: str) -> pd.DataFrame:
    """One row per year, without gaps, the unknown year (0) last if it occurs; one column per value of a facet of `STACKS` that occurs."""
    facet, years = data.facets[key], data.years[rows]
    columns = [value for value in (*STACKS[key], UNKNOWN) if value in facet.index]
    if not len(years):
        return pd.DataFrame(columns=columns, index=pd.Index([], name="year"))
    known = years[years != NO_YEAR]
    first = int(known.min()) if len(known) else 0
    span = int(known.max()) - first + 1 if len(known) else 0
    place = np.where(years == NO_YEAR, span, years - first)
    wide = len(facet.keys)
    grid = np.bincount(place * wide + facet.codes[rows], minlength=(span + 1) * wide).reshape(span + 1, wide)
    index = [*range(first, first + span), NO_YEAR]
    table = pd.DataFrame(grid[:, [facet.index[t] for t in columns]], index=pd.Index(index, name="year"), columns=columns)
    if not (years == NO_YEAR).any():
        table = table.drop(index=NO_YEAR)
    return table.loc[:, table.sum() > 0]


def flows(data: Data, rows: np.ndarray, top: int) -> pd.DataFrame:
    """`seller`, `buyer` (keys, or `others`), `count`: the `top` of either side by name, the rest together as others."""
    sides = {}
    for key in ("seller", "buyer"):
        facet = data.facets[key]
        leading = set(ranked(data, rows, key)["key"].head(top))
        sides[key] = pd.Series([k if k in leading else OTHERS for k in facet.keys], dtype="str").to_numpy()[facet.codes[rows]]
    table = pd.DataFrame(sides, dtype="str")
    return (
        table.groupby(["seller", "buyer"], sort=False)
        .size()
        .reset_index(name="count")
        .sort_values("count", ascending=False, ignore_index=True)
    )
