"""Rows of a register and frames of ours, made up for tests of matching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from extractors import COLUMNS, DEAL_COLUMNS, join, tables
from extractors.model import Record
from extractors.records.export import frame_of, to_row
from extractors.reference import SIPRI, UNROCA, ReferenceRow
from extractors.reference.parties import party
from extractors.reference.weapons import weapon


def row(
    line: int, buyer: str, seller: str, designation: str, description: str, ordered: int | None = None, number: int | None = None,
    deliveries: tuple[int, ...] = (), delivered: int | None = None, category: str = "", register: str = SIPRI,
) -> ReferenceRow:  # fmt: skip
    """A register's row as reading would give it."""
    what, who, whom = weapon(designation, description, category), party(buyer), party(seller)
    return ReferenceRow(
        register=register, row=line, buyer=who.name, seller=whom.name, designation=designation, description=description,
        category=category, buyer_iso3=who.iso3, seller_iso3=whom.iso3, weapon_type=what.weapon_type, class_id=what.class_id,
        unroca_category=what.unroca_category, system_ids=what.system_ids, ordered_year=ordered, quantity_ordered=number,
        quantity_delivered=delivered, delivery_years=deliveries, lines=(line,),
    )  # fmt: skip


def report(line: int, buyer: str, seller: str, category: str, items: int, year: int, description: str = "") -> ReferenceRow:
    """A line of a state's report."""
    return row(line, buyer, seller, "", description, None, None, (year,), items, category, UNROCA)


def record(key: str, buyer: str, seller: str, system: str, year: int | None, quantity: int | None, **more: Any) -> dict[str, Any]:
    """A record's row; the system is a name of the tables, a class noun, or a name that no table knows."""
    held = next(
        (r for r in (*tables.systems(), *tables.classes()) if system == r.name or (r.is_class and system in r.aliases)), None
    )
    who, whom = party(buyer), party(seller)
    made = {
        "record_id": key, "article_id": key, "buyer": who.name, "buyer_iso3": who.iso3, "seller": whom.name, "seller_iso3": whom.iso3,
        "system": system, "system_id": held.id if held else "", "weapon_type": held.type if held else "other",
        "unroca_category": held.unroca_category if held else "", "year": year, "quantity": quantity, "status": "ordered", **more,
    }  # fmt: skip
    return to_row(Record(**made))


def claims(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """A frame of records."""
    return frame_of([dict(r) for r in rows], COLUMNS)


def deals(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """A frame of deals, joined from records."""
    frame = join([dict(r) for r in rows]).frame()
    assert list(frame.columns) == [c.name for c in DEAL_COLUMNS]
    return frame
