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
    used = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], facet.names[code]))
    return pd.DataFrame(
        {
            "key": pd.Series([facet.keys[code] for code in used], dtype="str"),
            "name": pd.Series([facet.names[code] for code in used], dtype="str"),
            "count": counts[used],
        }
    )


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


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts of rows that two things have in common: `counts[i, j]` of `down[i]` and `across[j]` (keys of a facet, `others`, or years)."""

    down: tuple[str, ...]
    across: tuple[str, ...]
    counts: np.ndarray

    def cells(self) -> list[tuple[str, str, int]]:
        """What occurs, most first; of equals the one further up and to the left."""
        found = [(int(self.counts[i, j]), -i, -j) for i, j in np.argwhere(self.counts)]
        return [(self.down[-i], self.across[-j], n) for n, i, j in sorted(found, reverse=True)]


def grouped(data: Data, key: str, shown: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Per key of a facet its place among `shown`, then `others`, then `unknown`; and these as one tuple."""
    facet = data.facets[key]
    places = {one: i for i, one in enumerate((*shown, OTHERS, UNKNOWN))}
    return np.array([places.get(one, len(shown)) for one in facet.keys], dtype=np.int64), (*shown, OTHERS, UNKNOWN)


def pairs(data: Data, rows: np.ndarray, sellers: tuple[str, ...], buyers: tuple[str, ...]) -> Grid:
    """Sellers down, buyers across: these, the rest of either side as `others`, and the unknown ones; no row is lost."""
    down, names_down = grouped(data, "seller", sellers)
    across, names_across = grouped(data, "buyer", buyers)
    width = len(names_across)
    codes = down[data.facets["seller"].codes[rows]] * width + across[data.facets["buyer"].codes[rows]]
    counts = np.bincount(codes, minlength=len(names_down) * width).reshape(len(names_down), width)
    return Grid(names_down, names_across, counts)


def over_years(data: Data, rows: np.ndarray, key: str, shown: tuple[str, ...]) -> Grid:
    """Values of a facet down (`shown`, others, unknown), years across without gaps, the unknown year last if it occurs; empty rows left out."""
    years = data.years[rows]
    places, names = grouped(data, key, shown)
    known = years[years != NO_YEAR]
    first = int(known.min()) if len(known) else 0
    span = int(known.max()) - first + 1 if len(known) else 0
    column = np.where(years == NO_YEAR, span, years - first)
    codes = places[data.facets[key].codes[rows]] * (span + 1) + column
    counts = np.bincount(codes, minlength=len(names) * (span + 1)).reshape(len(names), span + 1)
    across = (*(str(year) for year in range(first, first + span)), UNKNOWN)
    kept = [i for i in range(len(names)) if counts[i].any()]
    wide = span + 1 if (years == NO_YEAR).any() else span
    return Grid(tuple(names[i] for i in kept), across[:wide], counts[kept][:, :wide])
