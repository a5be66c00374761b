"""One view of a register, in the form that filters and charts read: its deals, which charts count by default, or its claims.

Every column that can be filtered becomes a `Facet`: one small integer per row and the list of keys that the integers stand for, so
that a filter is a mask and a chart is a `bincount`. The other columns stay in a file that is mapped into memory, for the few rows
that a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.groupings import ALLIANCES, REGIONS, STATED, Sets, alliance_sets, region_sets, stated_sets
from dashboard.kept import Kept
from dashboard.search import Texts, said_by
from extractors import COLUMNS, DEAL_COLUMNS, frame_of

UNKNOWN = "unknown"
NO_YEAR = 0
# So many runs compared with every code are quicker than a look-up of every code.
FEW = 8
# So many rows are looked up one by one.
SOME = 200
# The categories of the UN Register of Conventional Arms.
UN_NAMES = {
    "I": "I Battle tanks",
    "II": "II Armoured combat vehicles",
    "III": "III Large-calibre artillery systems",
    "IV": "IV Combat aircraft and armed drones",
    "V": "V Attack helicopters",
    "VI": "VI Warships",
    "VII": "VII Missiles and missile launchers",
    "SALW": "Small arms and light weapons",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One filterable column: `codes[row]` indexes `keys` (what an address says) and `names` (what a page says).

    Where a row can have several keys, or none, `codes[row]` is a row of `members` instead, which holds a boolean per key. Where what
    is coded is parts of a row, `home` says of each code the row that it belongs to; no row has a code twice. `places` are the ranks
    of the names in their order.
    """

    codes: np.ndarray
    keys: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int] = field(repr=False)
    members: np.ndarray | None = None
    home: np.ndarray | None = None
    places: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = np.empty(len(self.names), dtype=np.int64)
        places[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        object.__setattr__(self, "places", places)

    def ordered(self, counts: np.ndarray) -> np.ndarray:
        """The codes of the keys that occur, most rows first, then by name; `counts` are rows per key."""
        occurring = np.flatnonzero(counts)
        order: np.ndarray = occurring[np.lexsort((self.places[occurring], -counts[occurring]))]
        return order

    def counts(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Rows per key, in the order of `keys`."""
        codes = self.codes if mask is None else self.codes.compress(mask if self.home is None else mask[self.home])
        if self.members is None:
            return np.bincount(codes, minlength=len(self.keys))
        return np.bincount(codes, minlength=len(self.members)) @ self.members

    def by_code(self, chosen: np.ndarray) -> np.ndarray:
        """One boolean per value of a code: whether it stands for any of the keys chosen, which are a boolean per key."""
        found: np.ndarray = chosen if self.members is None else self.members[:, chosen].any(axis=1)
        return found

    def having(self, chosen: np.ndarray) -> np.ndarray:
        """One boolean per row (per code, where a row has several): whether it has any of the keys chosen."""
        return looked_up(self.by_code(chosen), self.codes)

    def name(self, key: str) -> str:
        """The display name of a key; the key itself where the register does not hold it."""
        position = self.index.get(key)
        return key if position is None else self.names[position]


def looked_up(table: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """`table[codes]` of a table of booleans: by a few comparisons, which are ten times as fast, where it has few runs of alike ones."""
    edges = np.flatnonzero(table[1:] != table[:-1]) + 1
    if len(edges) > 2 * FEW or not len(table):
        return table[codes]
    found = np.full(len(codes), bool(table[0]))
    # Every second run differs from the first.
    bounds = [*edges.tolist(), len(table)]
    for low, high in zip(bounds[::2], bounds[1::2], strict=False):
        found ^= codes == low if high - low == 1 else (codes >= low) & (codes < high)
    return found


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
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

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


def facet(keys: pa.ChunkedArray | pa.Array, names: pa.ChunkedArray | pa.Array, at: np.ndarray) -> Facet:
    """A facet over two aligned text columns; an empty key is `unknown`. `at` are the rows that count."""
    encoded = pc.dictionary_encode(keys)
    held = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes, found = held.indices.to_numpy()[at], held.dictionary.to_pylist()
    used, first, compact = np.unique(codes, return_index=True, return_inverse=True)
    shown = names.take(pa.array(at[first])).to_pylist() if len(used) else []
    keys_found = tuple(found[code] or UNKNOWN for code in used)
    names_found = tuple("Unknown" if key == UNKNOWN else name for key, name in zip(keys_found, shown, strict=True))
    return Facet(narrowed(compact, len(used)), keys_found, names_found, {key: i for i, key in enumerate(keys_found)})


def narrowed(codes: np.ndarray, count: int) -> np.ndarray:
    """Codes below `count` in the fewest bytes."""
    return codes.astype(np.min_scalar_type(max(0, count - 1)))


def either(table: pa.Table, first: str, second: str) -> pa.ChunkedArray:
    """`first` where it says something, else `second`."""
    return pc.if_else(pc.equal(table[first], ""), table[second], table[first])


def prepare(
    table: pa.Table, label: str = "", version: str = "", at: np.ndarray | None = None, release: Callable[[], None] = nothing
) -> Data:
    """Records (the columns of `extractors.COLUMNS`, as an Arrow table) made ready; `at` are the rows that count, all without it."""
    rows = np.arange(len(table)) if at is None else at
    facets = {**shared_facets(table, rows), "source": facet(table["source"], table["source"], rows)}
    release()
    return Data(table, rows, facets, years_of(table, rows), label, version, release=release)


def years_of(table: pa.Table, at: np.ndarray) -> np.ndarray:
    years: np.ndarray = pc.fill_null(table["year"], NO_YEAR).to_numpy().astype(np.int16)[at]
    return years


def facet_of_years(years: np.ndarray) -> Facet:
    """Years as a facet: the unknown one first, then every year from the first to the last, so that a span of years is a run of codes."""
    known = years[years != NO_YEAR]
    first, last = (int(known.min()), int(known.max())) if len(known) else (1, 0)
    keys = (UNKNOWN, *(str(year) for year in range(first, last + 1)))
    codes = np.where(years == NO_YEAR, 0, years - (first - 1))
    return Facet(narrowed(codes, len(keys)), keys, ("Unknown", *keys[1:]), {key: i for i, key in enumerate(keys)})


def shared_facets(table: pa.Table, at: np.ndarray) -> dict[str, Facet]:
    """The facets that records and deals have alike."""
    parties = {side: facet(either(table, f"{side}_iso3", side), table[side], at) for side in ("buyer", "seller")}
    return {
        **parties,
        **grouped_facets(table, at, parties),
        "system": facet(either(table, "system_id", "system"), table["system"], at),
        "type": facet(table["weapon_type"], table["weapon_type"], at),
        "year": facet_of_years(years_of(table, at)),
        "status": facet(table["status"], table["status"], at),
        "deal_type": facet(table["deal_type"], table["deal_type"], at),
        "sipri": uncategorised(facet(table["sipri_category"], table["sipri_category"], at)),
        "unroca": uncategorised(facet(table["unroca_category"], table["unroca_category"], at)),
    }


def uncategorised(categories: Facet) -> Facet:
    """The same with full names; a system without a category is in none of them, which is known."""
    names = ("No category" if name == "Unknown" else UN_NAMES.get(name, name) for name in categories.names)
    return replace(categories, names=tuple(names))


def grouped_facets(table: pa.Table, at: np.ndarray, parties: Mapping[str, Facet]) -> dict[str, Facet]:
    """The facets of regions, alliances and what a row states, and those of its numbers and flags: see `dashboard.groupings`."""
    years = years_of(table, at).astype(np.int64)
    found = {}
    for side, party in parties.items():
        found[f"{side}_region"] = facet_of_sets(region_sets(party.keys, party.codes), REGIONS)
        found[f"{side}_group"] = facet_of_sets(alliance_sets(party.keys, party.codes, years, NO_YEAR), ALLIANCES)
    stated = {name: pc.is_valid(table[name]).to_numpy()[at] for name in ("quantity", "year", "value")}
    stated["seller"] = parties["seller"].codes != parties["seller"].index.get(UNKNOWN, -1)
    found["has"] = facet_of_sets(stated_sets(stated), tuple(STATED), tuple(STATED.values()))
    own = pc.fill_null(pc.if_else(table["domestic"], "1", "0"), "")
    found["domestic"] = named(facet(own, own, at), {"1": "domestic", "0": "international"})
    measured = pc.fill_null(table["confidence"], -1.0).to_numpy()[at]
    shares, codes = np.unique(measured, return_inverse=True)
    keys = tuple(UNKNOWN if one < 0 else f"{one:g}" for one in shares)
    found["confidence"] = Facet(narrowed(codes, len(keys)), keys, keys, {key: i for i, key in enumerate(keys)})
    found["review"] = facet(table["review"], table["review"], at)
    return found


def named(held: Facet, names: Mapping[str, str]) -> Facet:
    """A facet with names for some of its keys."""
    return replace(held, names=tuple(names.get(key, name) for key, name in zip(held.keys, held.names, strict=True)))


def facet_of_sets(sets: Sets, keys: tuple[str, ...], names: tuple[str, ...] | None = None) -> Facet:
    """A facet of which a row can have several keys."""
    shown = names or tuple("Unknown" if key == UNKNOWN else key for key in keys)
    return Facet(narrowed(sets.codes, len(sets.members)), keys, shown, {key: i for i, key in enumerate(keys)}, sets.members)


def spread(of_claims: Facet, home: np.ndarray) -> Facet:
    """A facet of claims as one of their deals, which have each key that one of their claims has: `home` is the deal of each claim."""
    wide = max(1, len(of_claims.keys))
    pairs = np.unique(home.astype(np.int64) * wide + of_claims.codes)
    return replace(of_claims, codes=narrowed(pairs % wide, wide), home=pairs // wide)


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
