"""How many rows of a view there are under each value of its facets, and under each pair of values.

Facets that pages count together are coded together once, as combinations of values (of weapon type, status and year; of seller and
buyer). A view is then counted by one pass over its rows for each set of combinations, and every count that leaves one of the filters
out, as the options of a control do, is made of the few combinations instead of the many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dashboard.conditions import Condition
from dashboard.data import Data
from dashboard.filters import LEFT_OUT, OVER, Filters, conditions, leaves_out

TOGETHER = (("type", "status", "year"), ("seller", "buyer"))


@dataclass(frozen=True, slots=True)
class Combinations:
    """The combinations of values of some facets that occur: `codes[row]` is a row's, `parts[facet]` the facet's code of each."""

    codes: np.ndarray
    parts: Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows for each pair of values: the code of the first and of the second facet, and the count; a pair can stand more than once."""

    first: np.ndarray
    second: np.ndarray
    counts: np.ndarray


class Counts(Protocol):
    """What charts are made of: counts over some rows of `data`."""

    @property
    def data(self) -> Data: ...

    @property
    def rows(self) -> np.ndarray:
        """One boolean per row of `data`."""

    @property
    def count(self) -> int:
        """How many rows."""

    def of(self, key: str) -> np.ndarray:
        """Rows per key of a facet."""

    def together(self, first: str, second: str) -> Cells:
        """Rows per pair of values of two facets."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Counts over any rows of `data`, given as a mask."""

    data: Data
    rows: np.ndarray

    @property
    def count(self) -> int:
        return int(np.count_nonzero(self.rows))

    def of(self, key: str) -> np.ndarray:
        return self.data.facets[key].counts(self.rows)

    def together(self, first: str, second: str) -> Cells:
        held = combinations(self.data, first, second)
        counts = counted(held, self.rows)
        return Cells(held.parts[first], held.parts[second], counts)


class Tally:
    """Counts over the rows that filters keep; what is asked again is counted once, by whichever tally of the same `Data`."""

    def __init__(self, filters: Filters, data: Data) -> None:
        self.filters, self.data = filters, data
        self._conditions = conditions(filters, data)
        self._over: dict[Hashable, np.ndarray] = {}

    @property
    def rows(self) -> np.ndarray:
        return self._rows(self._conditions)

    @property
    def count(self) -> int:
        return int(self.of("status").sum())

    def of(self, key: str) -> np.ndarray:
        return self._counts(key, self._conditions)

    def together(self, first: str, second: str) -> Cells:
        held = combinations(self.data, first, second)
        return Cells(held.parts[first], held.parts[second], self._of_combinations(held, self._conditions))

    def choosing(self, key: str) -> np.ndarray:
        """Rows per value of a filter key's facet under every other filter: what choosing that value would show.

        A status that is chosen decides by itself what the totals count. Every value that a row must state is a filter by itself.
        """
        if key == "has":
            return self.of(key)
        return self._counts(facet_of(key), [one for one in self._conditions if one.dropped or one.key != key])

    def leaving_out(self, key: str) -> np.ndarray:
        """Rows per value as they would be if nothing were left out by the facet."""
        return self._counts(key, [one for one in self._conditions if not one.dropped or one.key != key])

    def left_out(self) -> dict[str, int]:
        """How many rows of each status the totals leave out of those that the filters keep."""
        if not leaves_out(self.filters):
            return {}
        status, counts = self.data.facets["status"], self.choosing("status")
        return {key: int(counts[status.index[key]]) for key in LEFT_OUT if key in status.index and counts[status.index[key]]}

    def _counts(self, key: str, asked: Collection[Condition]) -> np.ndarray:
        facet, held = self.data.facets[key], next((names for names in TOGETHER if key in names), None)
        if held is None:
            return self._kept("counts", key, asked, lambda: facet.counts(self._rows(asked)))
        found = combinations(self.data, *held)
        counts = np.bincount(found.parts[key], self._of_combinations(found, asked), minlength=len(facet.keys))
        return counts.astype(np.int64)

    def _of_combinations(self, held: Combinations, asked: Collection[Condition]) -> np.ndarray:
        """Rows per combination: those that meet what is asked of other facets, where the combination meets the rest."""
        own = [one for one in asked if one.within(held.parts)]
        rest = [one for one in asked if not one.within(held.parts)]
        counts = self._kept("combinations", "-".join(held.parts), rest, lambda: counted(held, self._rows(rest)))
        for one in own:
            counts = counts * one.over_combinations(self.data, held.parts)
        return counts

    def _rows(self, asked: Collection[Condition]) -> np.ndarray:
        def met() -> np.ndarray:
            rows = np.ones(len(self.data), dtype=bool)
            for one in asked:
                if one.name not in self._over:
                    self._over[one.name] = one.over(self.data)
                rows &= self._over[one.name]
            return rows

        return self._kept("rows", "", asked, met)

    def _kept(self, what: str, of: str, asked: Collection[Condition], make: Callable[[], np.ndarray]) -> np.ndarray:
        return self.data.kept((what, of, *sorted(one.name for one in asked)), make)


def facet_of(key: str) -> str:
    """The facet whose values a control of a filter key offers."""
    return OVER[key][0] if key in OVER else key


def combinations(data: Data, *keys: str) -> Combinations:
    """The combinations of values of these facets, or of more with these among them."""
    names = next((names for names in TOGETHER if set(keys) <= set(names)), keys)

    def make() -> Combinations:
        facets = [data.facets[name] for name in names]
        sizes = tuple(max(1, len(facet.keys)) for facet in facets)
        joint = np.ravel_multi_index(tuple(facet.codes.astype(np.intp) for facet in facets), sizes)
        used, codes = np.unique(joint, return_inverse=True)
        return Combinations(codes.astype(np.intp), dict(zip(names, np.unravel_index(used, sizes), strict=True)))

    made: Combinations = data.made(f"combinations {names}", make)
    return made


def counted(held: Combinations, rows: np.ndarray) -> np.ndarray:
    """Rows per combination under a mask: by what the mask leaves out, where that is less."""
    size = len(next(iter(held.parts.values())))
    if 2 * np.count_nonzero(rows) <= len(rows):
        return np.bincount(held.codes.compress(rows), minlength=size)
    return np.bincount(held.codes, minlength=size) - np.bincount(held.codes.compress(~rows), minlength=size)
