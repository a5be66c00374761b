"""The layouts that registers are handed out in, each recognised by the names in its header, wherever that stands.

A layout says which fields it must have; `FIELDS` says under which names a field goes in the editions known. Names are compared
without case, brackets and signs, and the order of the columns does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.mentions.fold import fold
from extractors.reference.model import Layout
from extractors.reference.terms import SIPRI, UNROCA

# Field -> its names, the surest first.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "deal_id": ("sipri at database id", "deal id"),
    "buyer": ("recipient", "buyer", "recipient state", "recipient country"),
    "seller": ("supplier", "seller", "supplier state", "supplier country"),
    "designation": ("weapon designation", "designation", "weapon"),
    "description": ("weapon description", "description", "description of items", "description of item", "item description"),
    "category": ("armament category", "category i vii", "category", "weapon category", "unroca category", "category of arms"),
    "ordered_year": ("year of order", "order date", "order year", "years of order", "year of order licence", "year of order or licence"),
    "quantity_ordered": ("number ordered", "no ordered", "numbers ordered", "quantity ordered", "ordered"),
    "quantity_delivered": (
        "number delivered", "no delivered", "numbers delivered", "deliveries in the year range", "no delivered produced",
        "number delivered produced", "quantity delivered", "delivered",
    ),
    "delivery_years": ("years of delivery", "years of deliveries", "year of delivery", "delivery year", "delivery years", "year of deliveries"),
    "status": ("status",),
    "comment": ("comments", "comment", "comments on the transfer", "remarks"),
    "tiv": ("sipri tiv of delivered weapons", "tiv delivery values", "tiv of delivered weapons", "tiv delivered"),
    "reporter": ("reporting state", "reporting country", "reporter", "country", "state", "reporting member state"),
    "year": ("year", "calendar year", "reporting year", "report year", "year of report"),
    "direction": ("transfers", "transfer type", "type of transfer", "direction", "report type", "transfer", "flow", "import export", "type"),
    "importer": ("final importer states", "final importer state", "importer", "importer state", "importing state", "final importer"),
    "exporter": ("exporter states", "exporter state", "final exporter states", "final exporter state", "exporter", "exporting state"),
    "partner": ("final importer exporter state", "importer exporter state", "final importer or exporter state", "partner", "partner state"),
    "items": ("number of items", "no of items", "numbers of items", "quantity", "number"),
    "origin": ("state of origin", "state of origin if not exporter", "origin"),
    "via": ("intermediate locations", "intermediate location", "intermediate locations if any", "intermediate location if any"),
}  # fmt: skip
# Columns of marks -> the field that they mark.
MARKS: Mapping[str, str] = {
    "order date is estimate": "ordered_year",
    "numbers delivered is estimate": "quantity_delivered",
    "number delivered is estimate": "quantity_delivered",
    "delivery year is estimate": "delivery_years",
    "order year is estimate": "ordered_year",
    "number ordered is estimate": "quantity_ordered",
    "numbers ordered is estimate": "quantity_ordered",
}
UNNAMED = re.compile(r"(?:|unnamed \d+|uncertain\w*|uncertainty.*|estimate|estimated|column\d+)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A layout: the register it belongs to, and the fields that its header must have (of a group in one string, any)."""

    layout: Layout
    register: str
    required: tuple[str, ...]


KINDS = (
    Kind("sipri-deliveries", SIPRI, ("buyer", "seller", "designation", "delivery_years", "quantity_delivered", "deal_id|category")),
    Kind("sipri-register", SIPRI, ("buyer", "seller", "designation", "ordered_year", "quantity_ordered|quantity_delivered")),
    Kind("unroca", UNROCA, ("category", "items", "importer|exporter|partner")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field of a recognised header stands, and which columns mark which field as uncertain."""

    kind: Kind
    places: Mapping[str, int]
    marks: Mapping[int, str]


def plain(name: str) -> str:
    """A column's name as compared: ASCII kin of typesetting, lower case, `Year(s)` as `years`, signs as spaces."""
    text = fold(name).lower().replace("(s)", "s").replace("no.", "no").replace("\ufeff", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def recognised(header: Sequence[str]) -> Columns | None:
    """The columns of a header row; `None` where it is no header of a known layout."""
    names = [plain(cell) for cell in header]
    places: dict[str, int] = {}
    for field, known in FIELDS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            places[field] = place
    if "ordered_year" not in places and "ordered" in names and names[places["quantity_ordered"]] != "ordered":
        places["ordered_year"] = names.index("ordered")
    for kind in KINDS:
        if all(any(part in places for part in group.split("|")) for group in kind.required):
            return Columns(kind, places, marks(names, places))
    return None


def marks(names: Sequence[str], places: Mapping[str, int]) -> dict[int, str]:
    """Columns that hold marks of uncertainty: by their name, or nameless ones right after the field that they mark."""
    by_place = {place: field for field, place in places.items()}
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        if name in MARKS:
            found[place] = MARKS[name]
        elif UNNAMED.fullmatch(name) and place not in by_place and place - 1 in by_place:
            found[place] = by_place[place - 1]
    return found
