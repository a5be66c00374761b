"""The one query grammar of pages and downloads: address <-> frozen filter state <-> row mask.

`key=value` keeps, `key!=value` drops, a repeated key means either, different keys mean both, an absent key filters nothing.
The README tells the keys to users. A value that means nothing is left out with a notice, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

import numpy as np

from dashboard.conditions import Condition
from dashboard.data import UNKNOWN, Data
from dashboard.groupings import ALLIANCES, REGIONS, STATED
from dashboard.source import Source
from extractors import DEAL_TYPES, SIPRI_CATEGORIES, STATUSES, UNROCA_CATEGORIES, WEAPON_TYPES, families

GROUPS = ("buyer_region", "seller_region", "buyer_group", "seller_group")
FACETS = ("buyer", "seller", "type", "system", "status", "deal_type", "source", *GROUPS, "sipri", "unroca", "domestic")
# Keys over facets: either side of a deal, and a system with its variants.
PARTY, FAMILY = "party", "family"
# The facets that a key asks of, where they are not the one of its name: a row meets it by any of them.
OVER = {PARTY: ("buyer", "seller"), FAMILY: ("system",), "min_confidence": ("confidence",)}
CLOSED = {
    "type": WEAPON_TYPES,
    "status": STATUSES,
    "deal_type": DEAL_TYPES,
    "buyer_region": REGIONS,
    "seller_region": REGIONS,
    "buyer_group": ALLIANCES,
    "seller_group": ALLIANCES,
    "sipri": SIPRI_CATEGORIES,
    "unroca": UNROCA_CATEGORIES,
    "domestic": ("0", "1"),
    "has": tuple(STATED),
}
# What a view is of, beside its filters; the first of each is what an address without the key means.
VIEWS = {
    "unit": ("deals", "claims", "confirmed"),
    "counted": ("standard", "all"),
    "reading": ("reviewed", "machine"),
    "by": ("type", "status"),
    "side": ("buyer", "seller"),
    "show": ("bands", "matrix", "map"),
    "top": ("10", "5", "15", "25"),
}
# The one year that flows are drawn of, out of those in view: it changes no other count.
AT = "at"
NO_ROWS = (*VIEWS, AT)
KEYS = (*FACETS, PARTY, FAMILY, "year", "min_confidence", "has", "q", *NO_ROWS)
# What totals leave out, unless an address keeps a status or counts all.
LEFT_OUT = ("planned", "cancelled")
CONFIRMED = ("confirmed", "corrected")
# Of a deal these are said by its articles: it is kept where one of its claims says so.
OF_CLAIMS = frozenset({"source", "q"})
# Parameters of a page or a download that are no filters.
NOT_FILTERS = frozenset({"raw", "file", "found", "page", "preset", "embed", "deal", "record", "columns"})
YEAR = re.compile(r"(\d{4})?(-)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address asks for: key -> values to keep, key -> values to drop, both in the order given."""

    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def query(self) -> str:
        """The canonical query string, without a question mark: the same view always has the same address."""
        parts = [f"{key}={quote(value, safe='')}" for key in KEYS for value in self.kept.get(key, ())]
        parts += [f"{key}!={quote(value, safe='')}" for key in KEYS for value in self.dropped.get(key, ())]
        return "&".join(parts).replace("%20", "+")

    def without(self, key: str) -> Filters:
        """The same, with nothing kept or dropped by `key`."""
        return Filters({k: v for k, v in self.kept.items() if k != key}, {k: v for k, v in self.dropped.items() if k != key})

    def keeping(self, key: str, values: Iterable[str]) -> Filters:
        """The same, with exactly `values` kept by `key`."""
        kept = {k: v for k, v in self.kept.items() if k != key}
        chosen = tuple(values)
        return Filters({**kept, key: chosen} if chosen else kept, dict(self.dropped))

    def minus(self, key: str, value: str, *, dropped: bool = False) -> Filters:
        """The same, with one value taken out."""

        def less(values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
            left = {k: tuple(v for v in vs if (k, v) != (key, value)) for k, vs in values.items()}
            return {k: vs for k, vs in left.items() if vs}

        return Filters(dict(self.kept), less(self.dropped)) if dropped else Filters(less(self.kept), dict(self.dropped))

    def __bool__(self) -> bool:
        return bool(self.kept or self.dropped)


def parse(query: str) -> tuple[Filters, tuple[str, ...]]:
    """A query string (with or without `?`) as filters, and a notice for each part that was left out."""
    kept: dict[str, list[str]] = {}
    dropped: dict[str, list[str]] = {}
    notices = []
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True, errors="replace"):
        key, into = (name[:-1], dropped) if name.endswith("!") else (name, kept)
        if key in NOT_FILTERS:
            continue
        if key not in KEYS or (into is dropped and key in NO_ROWS):
            notices.append(f"“{name}” is not a filter; it was ignored. Filters are: {', '.join(KEYS)}.")
            continue
        clean = accepted(key, value.strip())
        if clean is None:
            notices.append(f"“{value}” is not a value of {key} and was ignored. {expected(key)}")
        elif clean not in into.setdefault(key, []) and clean != VIEWS.get(key, ("",))[0]:
            into[key].append(clean)
    return Filters(frozen(kept), frozen(dropped)), tuple(notices)


def frozen(values: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(found) for key, found in values.items() if found}


def accepted(key: str, value: str) -> str | None:
    """The value in its canonical spelling, or `None` where it means nothing."""
    if not value or "\x00" in value:
        return None
    lowered = value.lower()
    if key == AT:
        return value if re.fullmatch(r"[0-9]{4}", value) else None
    if lowered == UNKNOWN and key not in ("q", "has") and key not in VIEWS:
        return UNKNOWN
    if key in CLOSED:
        return next((one for one in CLOSED[key] if one.lower() == lowered), None)
    if key == "year":
        return value if year_range(value) else None
    if key == "min_confidence":
        return value if re.fullmatch(r"0|1|0?\.\d+|1\.0+|0\.", value) else None
    if key in VIEWS:
        return lowered if lowered in VIEWS[key] else None
    return value


def expected(key: str) -> str:
    """What a key takes, in a sentence."""
    closed = {**CLOSED, **VIEWS}
    if key in closed:
        return f"It takes: {', '.join(closed[key])}."
    return {
        "year": "It takes 2015, 2010-2022, 2010-, -2022 or unknown.",
        "min_confidence": "It takes a number from 0 to 1, or unknown.",
        AT: "It takes one year, as 2015.",
    }.get(key, "It takes a name or a code.")


def year_range(value: str) -> tuple[int, int] | None:
    """`2015` -> (2015, 2015), `2010-` -> (2010, 9999), `-2022` -> (1, 2022); `None` where it is no range, or runs backwards."""
    match = YEAR.fullmatch(value)
    if not match or not (match[1] or match[3]):
        return None
    if not match[2]:
        return (int(match[1]), int(match[1])) if match[1] and not match[3] else None
    first, last = int(match[1] or 1), int(match[3] or 9999)
    return (first, last) if first <= last else None


def mask(filters: Filters, data: Data) -> np.ndarray:
    """One boolean per row of `data`: whether the filters, and what the totals count, keep it."""
    rows = np.ones(len(data), dtype=bool)
    for condition in conditions(filters, data):
        rows &= condition.over(data)
    return rows


def conditions(filters: Filters, data: Data) -> tuple[Condition, ...]:
    """What a row has to meet: every kept and every dropped key of the filters, and what the totals leave out (under `status`)."""
    found = []
    for key, values in filters.kept.items():
        if key == "has":
            found += [condition(key, (value,), data) for value in values]
        elif key not in NO_ROWS:
            found.append(condition(key, values, data))
    found += [condition(key, values, data, dropped=True) for key, values in filters.dropped.items() if key not in NO_ROWS]
    if leaves_out(filters) and "status" in data.facets:
        found.append(condition("status", tuple(key for key in data.facets["status"].keys if key not in LEFT_OUT), data))
    if counts_confirmed(filters) and "review" in data.facets:
        found.append(condition("review", CONFIRMED, data))
    return tuple(one for one in found if all(facet in data.facets for facet in one.chosen))


def leaves_out(filters: Filters) -> bool:
    """Whether the totals of an address leave planned and cancelled ones out: unless it keeps a status, or counts all."""
    return "status" not in filters.kept and "all" not in filters.kept.get("counted", ())


def counts_confirmed(filters: Filters) -> bool:
    """Whether an address asks for deals that a person confirmed or corrected alone."""
    return "confirmed" in filters.kept.get("unit", ())


def counts_claims(filters: Filters) -> bool:
    """Whether an address asks for single claims instead of deals."""
    return "claims" in filters.kept.get("unit", ())


def reads_machine(filters: Filters) -> bool:
    """Whether an address asks for the machine's own reading instead of the reviewed one."""
    return "machine" in filters.kept.get("reading", ())


def view(source: Source, filters: Filters) -> Data:
    """The register in the unit and reading that an address asks for. Raises `RegisterError`."""
    machine = reads_machine(filters)
    return source.data(machine=machine) if counts_claims(filters) else source.deals(machine=machine)


def condition(key: str, values: tuple[str, ...], data: Data, *, dropped: bool = False) -> Condition:
    """That a row has any of the values, or none of them."""
    name: tuple[str | bool, ...] = (key, dropped, *values)
    if key in OF_CLAIMS and data.claims is not None and data.home is not None:
        rows = np.zeros(len(data), dtype=bool)
        rows[data.home[condition(key, values, data.claims).over(data.claims)]] = True
        return Condition(key, name, dropped, rows=rows)
    if key == "q":
        rows = np.zeros(len(data), dtype=bool)
        for value in values:
            rows |= data.says(value)
        return Condition(key, name, dropped, rows=rows)
    return Condition(key, name, dropped, {facet: wanted(key, values, data, facet) for facet in OVER.get(key, (key,))})


def wanted(key: str, values: tuple[str, ...], data: Data, facet: str) -> np.ndarray:
    """One boolean per key of a facet: whether the values of a filter key ask for it."""
    held = data.facets.get(facet)
    if held is None:
        return np.zeros(0, dtype=bool)
    chosen = np.zeros(len(held.keys), dtype=bool)
    for value in members(values, data) if key == FAMILY else values:
        if key == "min_confidence":
            chosen |= reaching(held.keys, value)
        elif key == "year" and value != UNKNOWN:
            first, last = year_range(value) or (1, 0)
            chosen |= np.array([year != UNKNOWN and first <= int(year) <= last for year in held.keys], dtype=bool)
        elif (position := held.index.get(value, held.index.get(value.upper()))) is not None:
            chosen[position] = True
    return chosen


def members(values: Iterable[str], data: Data) -> tuple[str, ...]:
    """The register's systems that are one of these, or a variant of one."""
    wanted = set(values)
    return tuple(key for key in data.facets["system"].keys if key in wanted or families().get(key) in wanted)


def reaching(shares: Iterable[str], least: str) -> np.ndarray:
    """Which of the measured shares reach the least one; `unknown` asks for those that were not measured."""
    if least == UNKNOWN:
        return np.array([share == UNKNOWN for share in shares], dtype=bool)
    return np.array([share != UNKNOWN and float(share) >= float(least) for share in shares], dtype=bool)
