"""Loads a register into memory, in the form that filters and charts read, and again whenever it has changed.

There are two views of it with one shape: its deals, which charts count by default, and the claims of single articles.

Every column that can be filtered becomes a `Facet`: one small integer per row and the list of keys that the integers stand
for, so that a filter is a mask and a chart is a `bincount`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.groupings import ALLIANCES, REGIONS, STATED, Sets, alliance_sets, region_sets, stated_sets
from extractors import Article, Place, RegisterError, Review, State, judge, open_register, place_of

UNKNOWN = "unknown"
NO_YEAR = 0
# So many comparisons of every code are quicker than a look-up of every code.
FEW = 8
# The categories of the UN Register of Conventional Arms.
UN_NAMES = {
    "I": "I Battle tanks",
    "II": "II Armoured combat vehicles",
    "III": "III Large-calibre artillery",
    "IV": "IV Combat aircraft and drones",
    "V": "V Attack helicopters",
    "VI": "VI Warships",
    "VII": "VII Missiles and launchers",
    "SALW": "Small arms and light weapons",
}
SEARCHED = ("buyer", "seller", "system", "system_text", "buyer_entity", "seller_entity", "evidence", "title")


@dataclass(frozen=True, slots=True)
class Facet:
    """One filterable column: `codes[row]` indexes `keys` (what an address says) and `names` (what a page says).

    Where a row can have several keys, or none, `codes[row]` is a row of `members` instead, which holds a boolean per key. Where what
    is coded is parts of a row, `home` says of each code the row that it belongs to; no row has a code twice.
    """

    codes: np.ndarray
    keys: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int] = field(repr=False)
    members: np.ndarray | None = None
    home: np.ndarray | None = None

    def counts(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Rows per key, in the order of `keys`."""
        codes = self.codes if mask is None else self.codes[mask if self.home is None else mask[self.home]]
        if self.members is None:
            return np.bincount(codes, minlength=len(self.keys))
        return np.bincount(codes, minlength=len(self.members)) @ self.members

    def having(self, chosen: np.ndarray) -> np.ndarray:
        """One boolean per code: whether it has any of the keys chosen, which are a boolean per key."""
        return looked_up(chosen if self.members is None else self.members[:, chosen].any(axis=1), self.codes)

    def name(self, key: str) -> str:
        """The display name of a key; the key itself where the register does not hold it."""
        position = self.index.get(key)
        return key if position is None else self.names[position]


def looked_up(table: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """`table[codes]` of a table of booleans: by a few comparisons, which are ten times as fast, where all but a few are alike."""
    few, common = (True, False) if 2 * np.count_nonzero(table) < len(table) else (False, True)
    odd = np.flatnonzero(table == few)
    if len(odd) > FEW:
        return table[codes]
    found = np.full(len(codes), common)
    for code in odd:
        found ^= codes == code
    return found


@dataclass(frozen=True, slots=True)
class Data:
    """One state of a register, counted in one unit. `frame` has the columns of a record or of a deal; row numbers agree everywhere.

    Of deals, `claims` are the records that they were joined from and `home` says of each of these the row of its deal. `judged` says
    that somebody reviewed something, so that there are two readings.
    """

    frame: pd.DataFrame
    facets: Mapping[str, Facet]
    years: np.ndarray
    searched: pd.Series
    label: str
    version: str
    noun: str = "record"
    claims: Data | None = None
    home: np.ndarray | None = None
    judged: bool = False

    def rows(self, places: Iterable[int] | np.ndarray) -> list[dict[str, Any]]:
        """The rows at these places (or under this mask) as plain values by column; dates are `date`, what is missing is `None`."""
        chosen = self.frame.iloc[
            np.flatnonzero(places) if isinstance(places, np.ndarray) and places.dtype == bool else list(places)
        ]
        names = list(chosen.columns)
        columns = [chosen[name].astype("object").where(chosen[name].notna(), None).tolist() for name in names]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def find(self, identity: str) -> int | None:
        """The place of a record or deal by its id, or `None`."""
        found = np.flatnonzero(self.frame["record_id" if self.home is None else "deal_id"] == identity)
        return int(found[0]) if len(found) else None

    def claims_of(self, place: int) -> np.ndarray:
        """The places of a deal's claims, in article order."""
        return np.flatnonzero(self.home == place)

    def where(self, column: str, value: str) -> np.ndarray:
        """The places at which a text column has exactly this value."""
        return np.flatnonzero(self.frame[column] == value)

    def claim_rows(self, rows: np.ndarray) -> np.ndarray:
        """The claims that stand behind the rows of a view, as a mask over `claims` (over the view itself, where it counts claims)."""
        return rows if self.home is None else rows[self.home]

    def __len__(self) -> int:
        return len(self.frame)


def facet(keys: pd.Series, names: pd.Series) -> Facet:
    """A facet over two aligned text columns; an empty key is `unknown`."""
    keys = keys.astype("str").where(keys != "", UNKNOWN)
    codes, found = pd.factorize(keys)
    first = np.full(len(found), -1)
    first[codes[::-1]] = np.arange(len(keys))[::-1]
    shown = tuple("Unknown" if key == UNKNOWN else str(names.iloc[row]) for key, row in zip(found, first, strict=True))
    keys_found = tuple(str(key) for key in found)
    return Facet(codes.astype(np.int32), keys_found, shown, {key: i for i, key in enumerate(keys_found)})


def either(frame: pd.DataFrame, first: str, second: str) -> pd.Series:
    """`first` where it says something, else `second`."""
    return frame[first].astype("str").where(frame[first] != "", frame[second].astype("str"))


def prepare(frame: pd.DataFrame, label: str = "", version: str = "") -> Data:
    """A record frame (the columns of `extractors.COLUMNS`) made ready."""
    facets = {**shared_facets(frame), "source": facet(frame["source"], frame["source"])}
    years = frame["year"].fillna(NO_YEAR).to_numpy(dtype=np.int32)
    searched = (
        frame[list(SEARCHED)].astype("str").agg("\n".join, axis=1).str.lower() if len(frame) else pd.Series([], dtype="str")
    )
    return Data(frame, facets, years, searched, label, version)


def shared_facets(frame: pd.DataFrame) -> dict[str, Facet]:
    """The facets that records and deals have alike."""
    names = ("weapon_type", "status", "deal_type", "sipri_category", "unroca_category")
    plain = {name: frame[name].astype("str") for name in names}
    parties = {side: facet(either(frame, f"{side}_iso3", side), frame[side]) for side in ("buyer", "seller")}
    return {
        **parties,
        **grouped_facets(frame, parties),
        "system": facet(either(frame, "system_id", "system"), frame["system"]),
        "type": facet(plain["weapon_type"], plain["weapon_type"]),
        "status": facet(plain["status"], plain["status"]),
        "deal_type": facet(plain["deal_type"], plain["deal_type"]),
        "sipri": uncategorised(facet(plain["sipri_category"], plain["sipri_category"])),
        "unroca": uncategorised(
            facet(plain["unroca_category"], plain["unroca_category"].map(lambda key: UN_NAMES.get(key, key)))
        ),
    }


def uncategorised(categories: Facet) -> Facet:
    """The same; a system without a category is in none of them, which is known."""
    return replace(categories, names=tuple("No category" if name == "Unknown" else name for name in categories.names))


def grouped_facets(frame: pd.DataFrame, parties: Mapping[str, Facet]) -> dict[str, Facet]:
    """The facets of regions, alliances and what a row states, and those of its numbers and flags: see `dashboard.groupings`."""
    years = frame["year"].fillna(NO_YEAR).to_numpy(dtype=np.int64)
    found = {}
    for side, party in parties.items():
        found[f"{side}_region"] = facet_of_sets(region_sets(party.keys, party.codes), REGIONS)
        found[f"{side}_group"] = facet_of_sets(alliance_sets(party.keys, party.codes, years, NO_YEAR), ALLIANCES)
    stated = {name: frame[name].notna().to_numpy(dtype=bool) for name in ("quantity", "year", "value")}
    stated["seller"] = parties["seller"].codes != parties["seller"].index.get(UNKNOWN, -1)
    found["has"] = facet_of_sets(stated_sets(stated), tuple(STATED), tuple(STATED.values()))
    own = frame["domestic"].astype("object").map({True: "1", False: "0"}).fillna("")
    found["domestic"] = facet(own, own.map({"1": "domestic", "0": "international"}).fillna(""))
    measured = frame["confidence"].astype("float64")
    shares, codes = np.unique(measured.fillna(-1.0).to_numpy(), return_inverse=True)
    keys = tuple(UNKNOWN if one < 0 else f"{one:g}" for one in shares)
    found["confidence"] = Facet(codes.astype(np.int32), keys, keys, {key: i for i, key in enumerate(keys)})
    said = frame["review"].astype("str") if "review" in frame else pd.Series([""] * len(frame), dtype="str")
    found["review"] = facet(said, said)
    return found


def facet_of_sets(sets: Sets, keys: tuple[str, ...], names: tuple[str, ...] | None = None) -> Facet:
    """A facet of which a row can have several keys."""
    shown = names or tuple("Unknown" if key == UNKNOWN else key for key in keys)
    return Facet(sets.codes, keys, shown, {key: i for i, key in enumerate(keys)}, sets.members)


def spread(of_claims: Facet, home: np.ndarray) -> Facet:
    """A facet of claims as one of their deals, which have each key that one of their claims has: `home` is the deal of each claim."""
    wide = max(1, len(of_claims.keys))
    pairs = np.unique(home.astype(np.int64) * wide + of_claims.codes)
    return replace(of_claims, codes=(pairs % wide).astype(np.int32), home=pairs // wide)


def prepare_deals(deals: pd.DataFrame, home: Mapping[str, str], claims: Data) -> Data:
    """Deals (the columns of `extractors.DEAL_COLUMNS`) made ready beside their claims; `home` is record id -> deal id."""
    place = {one: row for row, one in enumerate(deals["deal_id"])}
    rows = np.array([place[home[one]] for one in claims.frame["record_id"]], dtype=np.int64)
    years = deals["year"].fillna(NO_YEAR).to_numpy(dtype=np.int32)
    facets = {**shared_facets(deals), "source": spread(claims.facets["source"], rows)}
    return Data(deals, facets, years, claims.searched, claims.label, claims.version, "deal", claims, rows)


@dataclass(frozen=True, slots=True)
class Held:
    """One state of a register: its deals as people say they are and as the machine read them, and every review.

    `said` are the reviews that stand by the id that their record or deal has now, `redirects` old deal ids -> the deal that has
    their records; `unattached` are reviews whose record or deal is gone.
    """

    version: str
    reviewed: Data
    machine: Data
    reviews: tuple[Review, ...]
    said: Mapping[str, tuple[Review, ...]]
    redirects: Mapping[str, str]
    unattached: tuple[Review, ...]

    def current(self, deal_id: str) -> str:
        """The id under which a deal stands: itself, or that of the deal that took up its records."""
        return self.redirects.get(deal_id, deal_id)


def prepare_state(state: State, version: str) -> Held:
    """Both readings of a register's state made ready; without a review they are one. What was rejected is in neither deals nor claims."""
    records = state.records.assign(review="", machine="")
    deals = state.joined.frame().assign(review="", machine="")
    machine = prepare_deals(deals, state.joined.home, prepare(records, state.label, version))
    if not any(review.stands for review in state.reviews):
        return Held(version, machine, machine, state.reviews, {}, state.joined.redirects, ())
    judged = judge(state.records, state.joined, state.reviews)
    kept = judged.deals[judged.deals["review"] != "rejected"].reset_index(drop=True)
    ids = set(kept["deal_id"])
    home = {one: deal for one, deal in judged.home.items() if deal in ids}
    claims = judged.records[judged.records["record_id"].isin(list(home))].reset_index(drop=True)
    reviewed = prepare_deals(kept, home, prepare(claims, state.label, version))
    reviewed, machine = with_two_readings(reviewed, "reviewed"), with_two_readings(machine, "machine")
    return Held(version, reviewed, machine, state.reviews, judged.said, judged.redirects, judged.unattached)


def with_two_readings(deals: Data, reading: str) -> Data:
    """The same deals and claims, marked as one reading of two."""
    assert deals.claims is not None
    marks: dict[str, Any] = {"judged": True, "version": f"{deals.version}/{reading}"}
    return replace(deals, **marks, claims=replace(deals.claims, **marks))


class Source:
    """The register behind the pages: loads it when asked, and again when it has changed."""

    def __init__(self, register: Place | Path | str) -> None:
        self.path = place_of(register)
        self._lock = threading.Lock()
        self._held: Held | None = None

    def held(self) -> Held:
        """The register as it stands. Raises `RegisterError`, whose message says what is wrong and what to do."""
        with self._lock, open_register(self.path) as register:
            version = register.version()
            if self._held is None or self._held.version != version:
                self._held = prepare_state(register.state(), version)
            return self._held

    def deals(self, *, machine: bool = False) -> Data:
        """The register's deals beside their claims, as people say they are, or as the machine read them. Raises `RegisterError`."""
        held = self.held()
        return held.machine if machine else held.reviewed

    def data(self, *, machine: bool = False) -> Data:
        """The register's claims, likewise."""
        claims = self.deals(machine=machine).claims
        assert claims is not None
        return claims

    def review(self, review: Review) -> Review:
        """Stores a review. Raises `RegisterError`, and `ReviewError` where it makes no sense."""
        with open_register(self.path) as register:
            return register.add_review(review)

    def undo(self, number: int, who: str) -> None:
        """Takes a review back. Raises `RegisterError` and `ReviewError`."""
        with open_register(self.path) as register:
            register.undo_review(number, who)

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or `None`. Raises `RegisterError`."""
        with open_register(self.path) as register:
            return register.article(article_id)

    def count(self) -> int:
        """The number of records, read from the register itself. Raises `RegisterError`."""
        with open_register(self.path) as register:
            return register.count()


__all__ = ["NO_YEAR", "UNKNOWN", "Data", "Facet", "RegisterError", "Source", "facet", "prepare", "prepare_deals"]
