"""Pure counting: counts over rows in (`dashboard.tally`), small tables out. Unknown values are counted like any other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dashboard.articles import seen
from dashboard.data import UNKNOWN, Data
from dashboard.tally import Counts
from extractors import STATUSES, WEAPON_TYPES

OTHERS = "others"
# The values of a facet that a timeline can be stacked by, in the order of the stack.
STACKS = {"type": WEAPON_TYPES, "status": STATUSES}


@dataclass(frozen=True, slots=True)
class Headline:
    """Counts over the rows of a view; states, groups and sources are counted once each, unknown ones not at all."""

    count: int
    buyers: int
    sellers: int
    systems: int
    articles: int
    sources: int


def headline(counts: Counts) -> Headline:
    """The figures at the top of a page."""

    def known(key: str) -> int:
        found, unknown = counts.of(key), counts.data.facets[key].index.get(UNKNOWN)
        return int(np.count_nonzero(found)) - int(unknown is not None and found[unknown] > 0)

    articles, sources = seen(counts.data, counts.rows)
    return Headline(counts.count, known("buyer"), known("seller"), known("system"), articles, sources)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Values of a facet, most rows first, then by name: keys, names and counts, aligned."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def total(self) -> int:
        """Rows of all together."""
        return sum(self.counts)

    def count(self, key: str) -> int:
        """Rows of one key; 0 where it is not among them."""
        return self.counts[self.keys.index(key)] if key in self.keys else 0

    def known(self) -> Ranking:
        """Without the unknown one."""
        return self.among([key for key in self.keys if key != UNKNOWN])

    def top(self, most: int) -> Ranking:
        """The first ones."""
        return Ranking(self.keys[:most], self.names[:most], self.counts[:most])

    def among(self, keys: Collection[str]) -> Ranking:
        """Those of these keys."""
        kept = [i for i, key in enumerate(self.keys) if key in keys]
        return Ranking(tuple(self.keys[i] for i in kept), tuple(self.names[i] for i in kept), tuple(self.counts[i] for i in kept))


def ranked(counts: Counts, key: str) -> Ranking:
    """The values of a facet that occur."""
    facet, found = counts.data.facets[key], counts.of(key)
    used = facet.ordered(found)
    codes = used.tolist()
    return Ranking(
        tuple(facet.keys[code] for code in codes), tuple(facet.names[code] for code in codes), tuple(found[used].tolist())
    )


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

    def used(self) -> Grid:
        """The same without empty rows and columns."""
        down, across = np.flatnonzero(self.counts.any(axis=1)), np.flatnonzero(self.counts.any(axis=0))
        return Grid(tuple(self.down[i] for i in down), tuple(self.across[j] for j in across), self.counts[down][:, across])

    def within(self, other: Grid) -> Grid:
        """The same with the rows and columns of another that are in it, in its order."""
        down, across = [self.down.index(one) for one in other.down], [self.across.index(one) for one in other.across]
        return Grid(other.down, other.across, self.counts[down][:, across])


def grouped(data: Data, key: str, shown: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Per key of a facet its place among `shown`, then `others`, then `unknown`; and these as one tuple."""
    names = (*dict.fromkeys((*shown, OTHERS, UNKNOWN)),)
    places = {one: i for i, one in enumerate(names)}
    return np.array([places.get(one, places[OTHERS]) for one in data.facets[key].keys], dtype=np.int64), names


def pairs(counts: Counts, sellers: tuple[str, ...], buyers: tuple[str, ...]) -> Grid:
    """Sellers down, buyers across: these, the rest of either side as `others`, and the unknown ones; no row is lost."""
    down, names_down = grouped(counts.data, "seller", sellers)
    across, names_across = grouped(counts.data, "buyer", buyers)
    held = counts.together("seller", "buyer")
    return Grid(names_down, names_across, summed(down[held.first], across[held.second], held.counts, names_down, names_across))


def over_years(counts: Counts, key: str, shown: tuple[str, ...]) -> Grid:
    """Values of a facet down (`shown`, others, unknown), years across without gaps, the unknown year last if it occurs; empty rows left out."""
    places, names = grouped(counts.data, key, shown)
    held = counts.together(key, "year")
    years = counts.data.facets["year"].keys
    whole = summed(places[held.first], held.second, held.counts, names, years)
    kept, known = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole[:, 1:].any(axis=0)) + 1
    columns = [*(range(known[0], known[-1] + 1) if len(known) else ()), *([0] if whole[:, 0].any() else ())]
    return Grid(tuple(names[i] for i in kept), tuple(years[j] for j in columns), whole[kept][:, columns])


def summed(
    down: np.ndarray, across: np.ndarray, counts: np.ndarray, names_down: tuple[str, ...], names_across: tuple[str, ...]
) -> np.ndarray:
    """Counts added up in a table of so many rows and columns."""
    wide = len(names_across)
    found = np.bincount(down * wide + across, counts, minlength=len(names_down) * wide)
    return found.astype(np.int64).reshape(len(names_down), wide)
