"""Made-up reports, one record an article, and the groups that the clusterer makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from extractors import Event, Record
from extractors.records.deal_claims import deal_claim
from extractors.records.deals import clusters
from extractors.records.export import to_row

Row = dict[str, Any]
EMPTY: dict[str, Any] = {
    "buyer": "Peru", "buyer_iso3": "PER", "seller": "United States", "seller_iso3": "USA", "system": "F-16", "system_id": "F-16",
    "system_text": "F-16", "weapon_type": "aircraft", "quantity": 24, "year": 2010, "year_basis": "stated", "status": "ordered",
}  # fmt: skip


def row(name: str, **told: Any) -> Row:
    """The row of the record `name`: an order of 24 F-16 by Peru from the United States in 2010, unless told otherwise.

    The report is of June of the told year, its article has the record's name, and its one event is its status.
    """
    said = {**EMPTY, **told}
    year = said["year"]
    said.setdefault("published", date(year or 2010, 6, 15))
    said.setdefault("article_id", name)
    said.setdefault("quantity_note", "exact" if said["quantity"] is not None else "")
    said.setdefault("quantity_high", said["quantity"])
    said.setdefault("evidence", f"{said['buyer']} {said['status']} {said['quantity']} {said['system']}.")
    said.setdefault("events", (Event(said["status"], year, said["year_basis"], said["quantity"], ()),))
    return to_row(Record(record_id=name, source=said.pop("source", f"Paper {name}"), **said))


def groups(rows: Iterable[Mapping[str, Any]]) -> set[frozenset[str]]:
    """The record ids of each deal."""
    return {frozenset(c.record_id for c in deal) for deal in clusters(deal_claim(r, i) for i, r in enumerate(rows))}


def together(*rows: Mapping[str, Any]) -> bool:
    """Whether all rows are one deal."""
    return len(groups(rows)) == 1
