"""What the clusterer of deals compares: a record boiled down to parties, system line, numbers and the years its order can lie in.

Only columns of the record are read, so that a register's rows are enough and articles need not be read again.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from extractors import tables
from extractors.records.deal_words import in_sets, is_further, is_one_of_several, is_whole, lot, refers_back, whole

# Years that may lie between an order and a stage: the median lag from order to delivery is one year, long ones reach ten;
# plans and approvals are followed by contracts, or not, for some years.
BEFORE_ORDER = {"planned": 8, "approved": 5}
AFTER_ORDER = {"delivered": 10, "cancelled": 10}
# A series of ships takes longer.
SLOW_TYPES, SLOW = ("ship", "submarine"), 6
# A report that only has its own year can tell again of an order of so many years before.
RETOLD = 8
NEVER, ALWAYS = 1900, 2200


@dataclass(frozen=True, slots=True)
class DealClaim:
    """One record as the clusterer sees it. `line` is the system's family, `first` and `last` the years its order can lie in, `earliest` the
    first one if it only tells again of a known deal, `is_part` that its number may be a part of the order's, `in_sets` that it counts sets or units of several, `lot` which lot of several it names, `makers` the states that are known to make
    the system, `maker` whether the seller is one of them (or nobody is known to)."""

    record_id: str
    article_id: str
    position: int
    day: int
    buyer: str
    seller: str
    line: str
    name: str
    type: str
    is_class: bool
    class_id: str
    status: str
    low: int | None
    high: int | None
    loose: bool
    earliest: int
    first: int
    last: int
    ordered: int | None
    cancelled: int | None
    delivered: int | None
    is_part: bool
    further: bool
    in_sets: bool
    lot: str
    maker: bool
    makers: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Whether its number is one and stated as exact."""
        return self.low == self.high and not self.loose

    @property
    def block(self) -> str:
        """Claims of other blocks are never one deal."""
        return block(self.buyer, self.seller)


def block(buyer: str, seller: str) -> str:
    """The block of a claim: its buyer, or for an unnamed one its seller."""
    return buyer or f"?{seller}"


def block_of(row: Mapping[str, Any]) -> str:
    """The block of a record's row."""
    return block(buyer_of(row), seller_of(row))


def buyer_of(row: Mapping[str, Any]) -> str:
    return str(row["buyer_iso3"] or row["buyer"])


def seller_of(row: Mapping[str, Any]) -> str:
    """The seller's code, or its name; one for the Soviet Union and Russia, whose deals run on."""
    return "RUS" if row["seller_iso3"] == "SUN" else str(row["seller_iso3"] or row["seller"])


@functools.cache
def lines() -> Mapping[str, str]:
    """System id -> family."""
    return {row.id: row.family or row.id for row in tables.systems()}


@functools.cache
def origins() -> Mapping[str, tuple[str, ...]]:
    """System id -> the states that make it."""
    return {row.id: row.origin for row in tables.systems()}


@functools.cache
def class_ids() -> Mapping[str, str]:
    """Class noun -> id of its class."""
    return {form: row.id for row in tables.classes() for form in (row.id, row.name, *row.aliases)}


@functools.lru_cache(maxsize=65536)
def class_of(words: str) -> str:
    """The class that ends an article's words for a system ("Rafale fighter jets" is a fighter aircraft); empty where none does."""
    parts = words.lower().split()
    for start in range(len(parts)):
        said = " ".join(parts[start:])
        found = class_ids().get(said) or class_ids().get(said.removesuffix("s"))
        if found:
            return found
    return ""


@functools.lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The letters and digits of a name, without marks on them: "Scorpène class" is "scorpene"."""
    letters = unicodedata.normalize("NFKD", name.lower().removesuffix(" class"))
    return "".join(c for c in letters if c.isalnum())


def deal_claim(row: Mapping[str, Any], position: int = 0) -> DealClaim:
    """A record's row (the columns of `COLUMNS`, `events` and `spans` as JSON text) as the clusterer sees it."""
    system_id = row["system_id"]
    family = lines().get(system_id)
    is_class = family is None and system_id != ""
    makers = origins().get(system_id, ())
    published: date | None = row["published"] or None
    events = orjson.loads(row["events"]) if row["events"] else []
    dated = [(e["status"], e["year"]) for e in events if e["year"] is not None]
    year = number(row["year"])
    if year is not None:
        dated.append((row["status"], year))
    now = published.year if published is not None else None
    slow = SLOW if row["weapon_type"] in SLOW_TYPES else 0
    first, last = order_years(dated, row["status"], now, slow)
    quantity, high = number(row["quantity"]), number(row["quantity_high"])
    part = quantity if row["status"] == "delivered" else 0 if quantity is None else None
    if part is not None and (order := whole(row["evidence"], part)) is not None:
        quantity = high = order
    if row["status"] == "delivered" and quantity == 1 and is_one_of_several(row["evidence"]):
        quantity = high = None
    return DealClaim(
        record_id=row["record_id"],
        article_id=row["article_id"],
        position=position,
        day=published.toordinal() if published is not None else (year or 0) * 366,
        buyer=buyer_of(row),
        seller=seller_of(row),
        line=plain(family or row["system"]),
        name=plain(row["system"]) if not is_class else "",
        type="missile" if row["weapon_type"] == "air defence" else row["weapon_type"],
        is_class=is_class,
        class_id=system_id if is_class else class_of(row["system_text"]),
        status=row["status"],
        low=quantity,
        high=high if high is not None else quantity,
        loose=row["quantity_note"] in ("about", "at least", "at most", "range", "vague"),
        earliest=first - RETOLD - slow if is_retold(row, year, now) else first,
        first=first,
        last=last,
        ordered=latest(dated, "ordered"),
        cancelled=latest(dated, "cancelled"),
        delivered=latest(dated, "delivered"),
        is_part=row["status"] == "delivered" and not (quantity is not None and is_whole(row["evidence"], quantity)),
        further=is_further(row),
        in_sets=quantity is not None and in_sets(row),
        lot=lot(row["evidence"], quantity) if row["status"] != "delivered" else "",
        maker=not makers or row["seller_iso3"] in makers,
        makers=makers,
    )


def number(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def latest(dated: Iterable[tuple[str, int]], status: str) -> int | None:
    return max((year for stage, year in dated if stage == status), default=None)


def order_years(dated: Iterable[tuple[str, int]], status: str, now: int | None, slow: int = 0) -> tuple[int, int]:
    """First and last year in which the order can lie, after every dated stage; from the standing one alone where they disagree.

    `slow` years more than usual may lie between order and delivery.
    """
    first, last = NEVER, ALWAYS
    alone = (NEVER, ALWAYS)
    for stage, year in dated:
        low, high = window(stage, year, slow)
        first, last = max(first, low), min(last, high)
        if stage == status:
            alone = (low, high)
    if first > last:
        first, last = alone
    if (first, last) == (NEVER, ALWAYS) and now is not None:
        # undated, it is at least known when the article told of it
        return (now - 2, now + BEFORE_ORDER["planned"]) if status in BEFORE_ORDER else (now - 15, now)
    return first, last


def is_retold(row: Mapping[str, Any], year: int | None, now: int | None) -> bool:
    """Whether the year is only the report's, and the report may tell again of a deal that is known: what is still to come, or is referred to."""
    if year is None or year != now or row["year_basis"] not in ("published", "relative"):
        return False
    return row["status"] == "planned" or (row["status"] == "ordered" and refers_back(row))


def window(stage: str, year: int, slow: int) -> tuple[int, int]:
    if stage in BEFORE_ORDER:
        return year - 1, year + BEFORE_ORDER[stage]
    return year - (AFTER_ORDER[stage] + slow if stage in AFTER_ORDER else 0), year
