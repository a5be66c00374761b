"""One view of a register, in the form that filters and charts read: its deals, which charts count by default, or its claims.

Every column that can be filtered becomes a `Facet`: one small integer per row and the list of keys that the integers stand for, so
that a filter is a mask and a chart is a `bincount`. The other columns stay in a file that is mapped into memory, for the few rows
that a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.facets import NO_YEAR, UNKNOWN, Facet, facet, shared_facets, spread, years_of
from dashboard.kept import Kept
from dashboard.search import Texts, said_by
from extractors import COLUMNS, DEAL_COLUMNS, frame_of

# So many rows are looked up one by one.
SOME = 200


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as one integer per row into its different values, which are an Arrow array."""

    codes: np.ndarray
    values: pa.Array

    @property
    def nbytes(self) -> int:
        return int(self.codes.nbytes + self.values.nbytes)

    def rows(self, values: np.ndarray) -> np.ndarray:
        """A mask over values as a mask over rows."""
        found: np.ndarray = values[self.codes]
        return found


def nothing() -> None:
    """A table in memory has nothing to release."""


@dataclass(frozen=True, slots=True)
class Data:
    """One state of a register, counted in one unit. Places (row numbers) agree in everything that is here.

    `table` has the columns of a record or of a deal; place `i` is its row `at[i]`. Of deals, `claims` are the records that they were
    joined from and `home` says of each of these the place of its deal. `judged` says that somebody reviewed something, so that
    there are two readings. `release` is for after much of the table was read: it need not stay in memory.
    """

    table: pa.Table
    at: np.ndarray
    facets: Mapping[str, Facet]
    years: np.ndarray
    label: str
    version: str
    noun: str = "record"
    claims: Data | None = None
    home: np.ndarray | None = None
    judged: bool = False
    release: Callable[[], None] = nothing
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _kept: Kept = field(default_factory=Kept, repr=False)

    def __len__(self) -> int:
        return len(self.at)

    def take(self, places: Iterable[int] | np.ndarray, columns: Iterable[str] | None = None) -> pa.Table:
        """The rows at these places (or under this mask), in their order, as a table."""
        chosen = (
            np.flatnonzero(places) if isinstance(places, np.ndarray) and places.dtype == bool else np.asarray(places, np.int64)
        )
        table = self.table if columns is None else self.table.select(list(columns))
        return taken(table, self.at[chosen])

    def rows(self, places: Iterable[int] | np.ndarray) -> list[dict[str, Any]]:
        """The rows at these places (or under this mask) as plain values by column; dates are `date`, what is missing is `None`."""
        found: list[dict[str, Any]] = self.take(list(places) if not isinstance(places, np.ndarray) else places).to_pylist()
        return found

    def find(self, identity: str) -> int | None:
        """The place of a record or deal by its id, or `None`."""
        found = self.where("record_id" if self.home is None else "deal_id", identity)
        return int(found[0]) if len(found) else None

    def where(self, column: str, value: str) -> np.ndarray:
        """The places at which a text column has exactly this value."""
        places = self.made("places", self._places)[pc.equal(self.table[column], value).to_numpy()]
        self.release()
        return np.sort(places[places >= 0])

    def _places(self) -> np.ndarray:
        """The place of every row of the table; -1 for one that does not count."""
        places = np.full(len(self.table), -1, dtype=np.int32)
        places[self.at] = np.arange(len(self.at))
        return places

    def claims_of(self, place: int) -> np.ndarray:
        """The places of a deal's claims, in article order."""
        order, starts = self.made("claims", self._by_deal)
        found: np.ndarray = order[starts[place] : starts[place + 1]]
        return found

    def _by_deal(self) -> tuple[np.ndarray, np.ndarray]:
        assert self.home is not None
        order = np.argsort(self.home, kind="stable")
        return order, np.concatenate([[0], np.cumsum(np.bincount(self.home, minlength=len(self)))])

    def claim_rows(self, rows: np.ndarray) -> np.ndarray:
        """The claims that stand behind the rows of a view, as a mask over `claims` (over the view itself, where it counts claims)."""
        return rows if self.home is None else rows[self.home]

    def coded(self, column: str) -> Coded:
        """A text column as codes."""

        def make() -> Coded:
            held = pc.dictionary_encode(self.table[column]).combine_chunks()
            self.release()
            return Coded(held.indices.to_numpy()[self.at], held.dictionary)

        made: Coded = self.kept(f"coded {column}", make)
        return made

    def numbers(self, column: str) -> np.ndarray:
        """A column of numbers (or truths, as 1 and 0) as floats; what is missing is not a number."""

        def make() -> np.ndarray:
            held = self.table[column]
            if pa.types.is_date32(held.type):
                held = held.cast(pa.int32())
            values = np.asarray(held.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)[self.at]
            self.release()
            return values

        made: np.ndarray = self.kept(f"numbers {column}", make)
        return made

    def levels(self, column: str) -> np.ndarray:
        """The rank of each row's value in a column, from 0; equal values share one, text without regard to case; -1 for no value."""

        def make() -> np.ndarray:
            kind = self.table.schema.field(column).type
            if pa.types.is_string(kind):
                coded = self.coded(column)
                lower = pc.utf8_lower(coded.values).to_numpy(zero_copy_only=False).astype(str)
                _, ranks = np.unique(lower, return_inverse=True)
                blank = lower == ""
                return np.where(blank, -1, ranks - int(blank.any()))[coded.codes].astype(np.int32)
            held = self.numbers(column)
            levels = np.full(len(held), -1, dtype=np.int32)
            levels[~np.isnan(held)] = np.unique(held[~np.isnan(held)], return_inverse=True)[1]
            return levels

        made: np.ndarray = self.kept(f"levels {column}", make)
        return made

    def keys(self, column: str, down: bool) -> np.ndarray:
        """What to sort rows by, so that no value comes last, upwards or downwards."""
        levels = self.levels(column)
        return np.where(levels < 0, 2**31 - 1, -levels if down else levels)

    def sorted(self, column: str, down: bool) -> np.ndarray:
        """Every place, sorted by a column; equal ones keep their order."""
        made: np.ndarray = self.kept(
            f"sorted {column} {down}", lambda: np.argsort(self.keys(column, down), kind="stable").astype(np.int32)
        )
        return made

    def says(self, words: str) -> np.ndarray:
        """A mask of the rows whose parties, system, sentence or title say these words, in any case."""
        texts: Texts = self.made("texts", lambda: Texts(self.table))
        found = texts.say(words)
        if texts.rows < len(self.table):
            found = np.concatenate([found, said_by(self.table.slice(texts.rows), words)])
        rows: np.ndarray = found[self.at]
        return rows

    @property
    def frame(self) -> pd.DataFrame:
        """Every row, with the columns of `COLUMNS` or `DEAL_COLUMNS`, as a data frame."""
        columns = COLUMNS if self.home is None else DEAL_COLUMNS
        return frame_of(self.take(np.arange(len(self)), [c.name for c in columns]).to_pylist(), columns)

    def made(self, name: str, make: Any) -> Any:
        """What is worked out once, when it is first asked for."""
        found = self._made.get(name)
        # Where several threads make it at once, all take the first one's.
        return self._made.setdefault(name, make()) if found is None else found

    def kept(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What was lately worked out under this name, or is now: an array, which nobody may write to, or what has `nbytes`."""
        return self._kept.of(name, make)


def taken(table: pa.Table, rows: np.ndarray) -> pa.Table:
    """Rows of a table, in the order given, each read from the batch that it is in: `Table.take` would join whole columns first."""
    batches = table.to_batches()
    starts = np.cumsum([0, *(len(batch) for batch in batches)])
    which = np.searchsorted(starts, rows, side="right") - 1
    if len(rows) <= SOME:
        inside = rows - starts[which]
        parts = [batches[one].slice(row, 1) for one, row in zip(which.tolist(), inside.tolist(), strict=True)]
        return pa.Table.from_batches(parts, table.schema)
    order = np.argsort(which, kind="stable")
    sorted_rows, edges = rows[order], np.flatnonzero(np.diff(which[order], prepend=-1))
    parts = []
    for first, last in zip(edges.tolist(), [*edges.tolist()[1:], len(rows)], strict=True):
        one = int(which[order[first]])
        parts.append(batches[one].take(pa.array(sorted_rows[first:last] - starts[one])))
    found = pa.Table.from_batches(parts, table.schema)
    if np.array_equal(order, np.arange(len(rows))):
        return found
    back = np.empty(len(rows), dtype=np.int64)
    back[order] = np.arange(len(rows))
    return found.combine_chunks().take(pa.array(back))


def prepare(
    table: pa.Table, label: str = "", version: str = "", at: np.ndarray | None = None, release: Callable[[], None] = nothing
) -> Data:
    """Records (the columns of `extractors.COLUMNS`, as an Arrow table) made ready; `at` are the rows that count, all without it."""
    rows = np.arange(len(table)) if at is None else at
    facets = {**shared_facets(table, rows), "source": facet(table["source"], table["source"], rows)}
    release()
    return Data(table, rows, facets, years_of(table, rows), label, version, release=release)


def prepare_deals(table: pa.Table, claims: Data, at: np.ndarray | None = None, release: Callable[[], None] = nothing) -> Data:
    """Deals (the columns of `extractors.DEAL_COLUMNS`) made ready beside their claims, whose `deal_id` says to which each belongs."""
    rows = np.arange(len(table)) if at is None else at
    held = pc.index_in(claims.table["deal_id"], value_set=table["deal_id"].take(pa.array(rows)))
    home = pc.fill_null(held, -1).to_numpy()[claims.at]
    if len(home) and home.min() < 0:
        raise ValueError("a record is of no deal: the register has to be joined first")
    claims.release()
    facets = {**shared_facets(table, rows), "source": spread(claims.facets["source"], home)}
    return Data(table, rows, facets, years_of(table, rows), claims.label, claims.version, "deal", claims, home, release=release)


__all__ = ["NO_YEAR", "UNKNOWN", "Coded", "Data", "prepare", "prepare_deals"]
