"""Columns of which filters ask and which charts count: one small integer per row, and the keys that the integers stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.groupings import ALLIANCES, REGIONS, STATED, Sets, alliance_sets, region_sets, stated_sets

UNKNOWN = "unknown"
NO_YEAR = 0
# So many runs compared with every code are quicker than a look-up of every code.
FEW = 8
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


def facet(keys: pa.ChunkedArray | pa.Array, names: pa.ChunkedArray | pa.Array, at: np.ndarray) -> Facet:
    """A facet over two aligned text columns; an empty key is `unknown`. `at` are the rows that count."""
    encoded = pc.dictionary_encode(keys)
    held = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes, found = held.indices.to_numpy()[at], held.dictionary.to_pylist()
    used, first, compact = np.unique(codes, return_index=True, return_inverse=True)
    shown = names.take(pa.array(at[first])).to_pylist() if len(used) else []
    keys_found = tuple(found[code] or UNKNOWN for code in used)
    names_found = tuple("Unknown" if key == UNKNOWN else name for key, name in zip(keys_found, shown, strict=True))
    return Facet(packed(compact, len(used)), keys_found, names_found, {key: i for i, key in enumerate(keys_found)})


def packed(codes: np.ndarray, count: int) -> np.ndarray:
    """Codes below `count` in the fewest bytes."""
    return codes.astype(np.min_scalar_type(max(0, count - 1)))


def either(table: pa.Table, first: str, second: str) -> pa.ChunkedArray:
    """`first` where it says something, else `second`."""
    return pc.if_else(pc.equal(table[first], ""), table[second], table[first])


def years_of(table: pa.Table, at: np.ndarray) -> np.ndarray:
    years: np.ndarray = pc.fill_null(table["year"], NO_YEAR).to_numpy().astype(np.int16)[at]
    return years


def facet_of_years(years: np.ndarray) -> Facet:
    """Years as a facet: the unknown one first, then every year from the first to the last, so that a span of years is a run of codes."""
    known = years[years != NO_YEAR]
    first, last = (int(known.min()), int(known.max())) if len(known) else (1, 0)
    keys = (UNKNOWN, *(str(year) for year in range(first, last + 1)))
    codes = np.where(years == NO_YEAR, 0, years - (first - 1))
    return Facet(packed(codes, len(keys)), keys, ("Unknown", *keys[1:]), {key: i for i, key in enumerate(keys)})


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
    found["confidence"] = Facet(packed(codes, len(keys)), keys, keys, {key: i for i, key in enumerate(keys)})
    found["review"] = facet(table["review"], table["review"], at)
    return found


def named(held: Facet, names: Mapping[str, str]) -> Facet:
    """A facet with names for some of its keys."""
    return replace(held, names=tuple(names.get(key, name) for key, name in zip(held.keys, held.names, strict=True)))


def facet_of_sets(sets: Sets, keys: tuple[str, ...], names: tuple[str, ...] | None = None) -> Facet:
    """A facet of which a row can have several keys."""
    shown = names or tuple("Unknown" if key == UNKNOWN else key for key in keys)
    return Facet(packed(sets.codes, len(sets.members)), keys, shown, {key: i for i, key in enumerate(keys)}, sets.members)


def spread(of_claims: Facet, home: np.ndarray) -> Facet:
    """A facet of claims as one of their deals, which have each key that one of their claims has: `home` is the deal of each claim."""
    wide = max(1, len(of_claims.keys))
    pairs = np.unique(home.astype(np.int64) * wide + of_claims.codes)
    return replace(of_claims, codes=packed(pairs % wide, wide), home=pairs // wide)
