"""One view of a register, in the form that filters and charts read: its deals, which charts count by default, or its claims.

Every column that can be filtered becomes a `Facet`: one small integer per row and the list of keys that the integers stand for, so
that a filter is a mask and a chart is a `bincount`. The other columns stay in a file that is mapped into memory, for the few rows
that a page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extractors import COLUMNS, DEAL_COLUMNS, frame_of

UNKNOWN = "unknown"
NO_YEAR = 0
SEARCHED = ("buyer", "seller", "system", "system_text", "buyer_entity", "seller_entity", "evidence", "title")


@dataclass(frozen=True, slots=True)
class Facet:
    """One filterable column: `codes[row]` indexes `keys` (what an address says) and `names` (what a page says)."""

    codes: np.ndarray
    keys: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int] = field(repr=False)

    def counts(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Rows per key, in the order of `keys`."""
        codes = self.codes if mask is None else self.codes[mask]
        return np.bincount(codes, minlength=len(self.keys))

    def name(self, key: str) -> str:
        """The display name of a key; the key itself where the register does not hold it."""
        position = self.index.get(key)
        return key if position is None else self.names[position]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as one integer per row into its different values, which are an Arrow array."""

    codes: np.ndarray
    values: pa.Array

    def rows(self, values: np.ndarray) -> np.ndarray:
        """A mask over values as a mask over rows."""
        found: np.ndarray = values[self.codes]
        return found


@dataclass(frozen=True, slots=True)
class Data:
    """One state of a register, counted in one unit. Places (row numbers) agree in everything that is here.

    `table` has the columns of a record or of a deal; place `i` is its row `at[i]`. Of deals, `claims` are the records that they were
    joined from and `home` says of each of these the place of its deal. `judged` says that somebody reviewed something, so that
    there are two readings.
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
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.at)

    def take(self, places: Iterable[int] | np.ndarray, columns: Iterable[str] | None = None) -> pa.Table:
        """The rows at these places (or under this mask), in their order, as a table."""
        chosen = (
            np.flatnonzero(places) if isinstance(places, np.ndarray) and places.dtype == bool else np.asarray(places, np.int64)
        )
        table = self.table if columns is None else self.table.select(list(columns))
        return table.take(pa.array(self.at[chosen]))

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
            found = pc.dictionary_encode(self.table[column].combine_chunks())
            held = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
            return Coded(held.indices.to_numpy()[self.at], held.dictionary)

        made: Coded = self.made(f"coded {column}", make)
        return made

    def numbers(self, column: str) -> np.ndarray:
        """A column of numbers (or truths, as 1 and 0) as floats; what is missing is not a number."""

        def make() -> np.ndarray:
            held = self.table[column]
            if pa.types.is_date32(held.type):
                held = held.cast(pa.int32())
            values = held.cast(pa.float64()).to_numpy(zero_copy_only=False)
            return np.asarray(values, dtype=np.float64)[self.at]

        made: np.ndarray = self.made(f"numbers {column}", make)
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

        made: np.ndarray = self.made(f"levels {column}", make)
        return made

    def keys(self, column: str, down: bool) -> np.ndarray:
        """What to sort rows by, so that no value comes last, upwards or downwards."""
        levels = self.levels(column)
        return np.where(levels < 0, 2**31 - 1, -levels if down else levels)

    def sorted(self, column: str, down: bool) -> np.ndarray:
        """Every place, sorted by a column; equal ones keep their order."""
        made: np.ndarray = self.made(
            f"sorted {column} {down}", lambda: np.argsort(self.keys(column, down), kind="stable").astype(np.int32)
        )
        return made

    def says(self, words: str) -> np.ndarray:
        """A mask of the rows whose parties, system, sentence or title say these words, in any case."""
        found = np.zeros(len(self.table), dtype=bool)
        for column in SEARCHED:
            found |= pc.match_substring(self.table[column], words, ignore_case=True).to_numpy()
        rows: np.ndarray = found[self.at]
        return rows

    @property
    def frame(self) -> pd.DataFrame:
        """Every row, with the columns of `COLUMNS` or `DEAL_COLUMNS`, as a data frame."""
        columns = COLUMNS if self.home is None else DEAL_COLUMNS
        return frame_of(self.take(np.arange(len(self)), [c.name for c in columns]).to_pylist(), columns)

    def made(self, name: str, make: Any) -> Any:
        """What is worked out once, when it is first asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]


def facet(keys: pa.ChunkedArray | pa.Array, names: pa.ChunkedArray | pa.Array, at: np.ndarray) -> Facet:
    """A facet over two aligned text columns; an empty key is `unknown`. `at` are the rows that count."""
    encoded = pc.dictionary_encode(keys)
    held = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes, found = held.indices.to_numpy()[at], held.dictionary.to_pylist()
    used, first, compact = np.unique(codes, return_index=True, return_inverse=True)
    shown = names.take(pa.array(at[first])).to_pylist() if len(used) else []
    keys_found = tuple(found[code] or UNKNOWN for code in used)
    names_found = tuple("Unknown" if key == UNKNOWN else name for key, name in zip(keys_found, shown, strict=True))
    narrow = np.int16 if len(used) < 2**15 else np.int32
    return Facet(compact.astype(narrow), keys_found, names_found, {key: i for i, key in enumerate(keys_found)})


def either(table: pa.Table, first: str, second: str) -> pa.ChunkedArray:
    """`first` where it says something, else `second`."""
    return pc.if_else(pc.equal(table[first], ""), table[second], table[first])


def prepare(table: pa.Table, label: str = "", version: str = "", at: np.ndarray | None = None) -> Data:
    """Records (the columns of `extractors.COLUMNS`, as an Arrow table) made ready; `at` are the rows that count, all without it."""
    rows = np.arange(len(table)) if at is None else at
    facets = {**shared_facets(table, rows), "source": facet(table["source"], table["source"], rows)}
    return Data(table, rows, facets, years_of(table, rows), label, version)


def years_of(table: pa.Table, at: np.ndarray) -> np.ndarray:
    years: np.ndarray = pc.fill_null(table["year"], NO_YEAR).to_numpy().astype(np.int32)[at]
    return years


def shared_facets(table: pa.Table, at: np.ndarray) -> dict[str, Facet]:
    """The facets that records and deals have alike."""
    return {
        "buyer": facet(either(table, "buyer_iso3", "buyer"), table["buyer"], at),
        "seller": facet(either(table, "seller_iso3", "seller"), table["seller"], at),
        "system": facet(either(table, "system_id", "system"), table["system"], at),
        "type": facet(table["weapon_type"], table["weapon_type"], at),
        "status": facet(table["status"], table["status"], at),
        "deal_type": facet(table["deal_type"], table["deal_type"], at),
    }


def prepare_deals(table: pa.Table, claims: Data, at: np.ndarray | None = None) -> Data:
    """Deals (the columns of `extractors.DEAL_COLUMNS`) made ready beside their claims, whose `deal_id` says to which each belongs."""
    rows = np.arange(len(table)) if at is None else at
    held = pc.index_in(claims.table["deal_id"], value_set=table["deal_id"].take(pa.array(rows)))
    home = pc.fill_null(held, -1).to_numpy()[claims.at]
    if len(home) and home.min() < 0:
        raise ValueError("a record is of no deal: the register has to be joined first")
    facets = {**shared_facets(table, rows), "source": claims.facets["source"]}
    return Data(table, rows, facets, years_of(table, rows), claims.label, claims.version, "deal", claims, home)
