"""Both sides of a comparison in one form: a claim of ours (a record or a deal) and a row of a register, as keys to match by."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors import tables
from extractors.reference.model import ReferenceRow
from extractors.reference.weapons import squeezed

# A state that ended -> the state that its deals are told of afterwards, and the last year in which either name is right.
SUCCESSORS: Mapping[str, tuple[str, int]] = {
    "SUN": ("RUS", 1992),
    "YUG": ("SRB", 2006),
    "CSK": ("CZE", 1993),
    "DDR": ("DEU", 1991),
}
# Classes that say no more than their type: they agree with every weapon of it.
WIDE_CLASSES = frozenset(
    {
        "aircraft", "helicopter", "drone", "armoured vehicle", "artillery", "air defence system", "missile", "warship", "submarine",
        "sensor", "engine", "satellite", "small arms", "ammunition",
    }
)  # fmt: skip
LOOSE = ("about", "vague")


@dataclass(frozen=True, slots=True)
class Side:
    """One side as compared. `families` and `names` say which system is named, if one is; `kind` is its type.

    `low` and `high` bound the number for the whole deal; `numbers` are all that may be meant. `years` are those in which it is
    told to happen, `ordered` the one of the order.
    """

    place: int
    key: str
    buyer: str
    seller: str
    ids: tuple[str, ...]
    families: tuple[str, ...]
    names: tuple[str, ...]
    class_id: str
    kind: str
    un_category: str
    numbers: tuple[int, ...]
    low: int | None
    high: int | None
    ordered: int | None
    years: tuple[int, ...]

    @property
    def named(self) -> bool:
        """Whether a system is named, and not only a class or a type."""
        return bool(self.families or self.names)


@functools.cache
def families() -> Mapping[str, str]:
    """System id -> family."""
    return {row.id: row.family or row.id for row in tables.systems()}


@functools.cache
def classes() -> Mapping[str, str]:
    """Class id and class noun -> id of the class."""
    return {form: row.id for row in tables.classes() for form in (*row.aliases, row.id)}


def party_key(iso3: str, name: str) -> str:
    """What a party is compared by: its state, else its name without case and signs."""
    return iso3 or squeezed(name)


def block_of(party: str) -> str:
    """What two keys of one party share: of a state that ended, its successor."""
    return SUCCESSORS[party][0] if party in SUCCESSORS else party


def same_party(ours: str, theirs: str, years: tuple[int, ...]) -> bool:
    """Whether two parties are one; a state that ended is its successor only where one of the `years` lies in its time, or just after."""
    if ours == theirs:
        return True
    for ended, (successor, last) in SUCCESSORS.items():
        if {ours, theirs} == {ended, successor}:
            return not years or min(years) <= last
    return False


def side_of_row(row: ReferenceRow, place: int) -> Side:
    """A register's row as one side."""
    numbers = tuple(n for n in (row.quantity_ordered, row.quantity_delivered) if n is not None)
    parts = re.split(r"[/;]", row.designation)
    found = tuple(dict.fromkeys(families()[i] for i in row.system_ids if i in families()))
    names = (
        ()
        if found or not row.designation
        else tuple(dict.fromkeys(n for n in map(squeezed, [row.designation, *parts]) if len(n) > 2))
    )
    if row.designation.lower().startswith("unknown"):
        names = ()
    return Side(
        place=place,
        key=f"{row.row:09d}",
        buyer=party_key(row.buyer_iso3, row.buyer),
        seller=party_key(row.seller_iso3, row.seller),
        ids=row.system_ids,
        families=found,
        names=names,
        class_id=row.class_id,
        kind=row.weapon_type,
        un_category=row.unroca_category,
        numbers=numbers,
        low=numbers[0] if numbers else None,
        high=numbers[0] if numbers else None,
        ordered=row.ordered_year,
        years=row.delivery_years if row.ordered_year is None else tuple(sorted({row.ordered_year, *row.delivery_years})),
    )


def sides_of_frame(frame: pd.DataFrame) -> list[Side]:
    """Records (columns of `COLUMNS`) or deals (columns of `DEAL_COLUMNS`) as sides, in the frame's order."""
    key = key_column(frame)
    wanted = [
        key, "buyer", "buyer_iso3", "seller", "seller_iso3", "system", "system_id", "weapon_type", "unroca_category", "status", "quantity",
        "year", "quantity_low", "quantity_high", "quantity_note", "quantity_delivered", "year_planned", "year_approved", "year_ordered",
        "year_delivered", "disagree",
    ]  # fmt: skip
    held = [name for name in wanted if name in frame.columns]
    columns = [frame[name].tolist() for name in held]
    return [
        side_of_claim(dict(zip(held, values, strict=True)), place, key) for place, values in enumerate(zip(*columns, strict=True))
    ]


def key_column(frame: pd.DataFrame) -> str:
    """The column that names a row of ours: of a deal, else of a record."""
    return "deal_id" if "deal_id" in frame.columns else "record_id"


def whole(value: Any) -> int | None:
    """A cell of a frame as a whole number; `None` for every kind of missing."""
    return None if value is None or value is pd.NA or value != value else int(value)


def text(value: Any) -> str:
    """A cell of a frame as text; empty for every kind of missing."""
    return value if isinstance(value, str) else ""


def side_of_claim(row: Mapping[str, Any], place: int, key: str) -> Side:
    """A record's or a deal's row as one side."""
    system_id, system = text(row["system_id"]), text(row["system"])
    family = families().get(system_id)
    class_id = "" if family else classes().get(system_id) or classes().get(system.lower(), "")
    named = not family and not class_id and len(squeezed(system)) > 2
    low, high = bounds(row)
    ordered = whole(row.get("year_ordered"))
    if ordered is None and row["status"] == "ordered":
        ordered = whole(row["year"])
    told = (whole(row.get(name)) for name in ("year", "year_ordered", "year_delivered", "year_approved", "year_planned"))
    numbers = (whole(row["quantity"]), whole(row.get("quantity_delivered")))
    return Side(
        place=place,
        key=text(row[key]),
        buyer=party_key(text(row["buyer_iso3"]), text(row["buyer"])),
        seller=party_key(text(row["seller_iso3"]), text(row["seller"])),
        ids=(system_id,) if family else (),
        families=(family,) if family else (),
        names=(squeezed(system),) if named else (),
        class_id=class_id,
        kind=text(row["weapon_type"]),
        un_category=text(row.get("unroca_category")),
        numbers=tuple(n for n in numbers if n is not None),
        low=low,
        high=high,
        ordered=ordered,
        years=tuple(sorted({y for y in told if y is not None})),
    )


def bounds(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The lowest and highest number that the claim allows; where articles disagree, only the preferred one."""
    value = whole(row["quantity"])
    if value is None:
        return None, None
    note = text(row.get("quantity_note"))
    if note == "at least":
        return value, None
    if note == "at most":
        return None, value
    if '"quantity"' in text(row.get("disagree")):
        return value, value
    low = whole(row.get("quantity_low"))
    high = whole(row.get("quantity_high"))
    low, high = value if low is None else min(low, value), value if high is None else max(high, value)
    return (round(low * 0.8), round(high * 1.25)) if note in LOOSE else (low, high)
