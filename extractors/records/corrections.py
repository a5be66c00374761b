"""What a reviewer's words for a field mean: a value of the right type, and what it implies for other columns."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any

from extractors import tables
from extractors.model import COLUMNS, DEAL_COLUMNS, DEAL_TYPES, STATUSES, VALUE_SCOPES, WEAPON_TYPES
from extractors.tables import SystemRow

# Columns that a person may correct, with their names on pages.
CORRECTABLE: Mapping[str, str] = {
    "buyer": "Buyer", "seller": "Seller", "system": "System", "weapon_type": "Weapon type", "quantity": "Quantity", "year": "Year",
    "status": "Status", "deal_type": "Kind of deal", "value": "Value", "currency": "Currency", "value_scope": "What the value is of",
}  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    "weapon_type": WEAPON_TYPES,
    "status": STATUSES,
    "deal_type": DEAL_TYPES,
    "value_scope": VALUE_SCOPES,
}
DTYPES = {c.name: c.dtype for c in (*DEAL_COLUMNS, *COLUMNS)}
WHOLE_LEAST = {"quantity": 1, "year": 1900}
WHOLE_MOST = {"quantity": 10**12, "year": 2200}


def value_of(field: str, words: str) -> Any:
    """The value that a person's words for a field mean; empty words empty it. Raises `ValueError`, whose text says what is wanted."""
    words = " ".join(words.split())
    dtype = DTYPES[field]
    if field in CHOICES:
        if words.lower() not in CHOICES[field]:
            raise ValueError(f"{words!r} is none of: {', '.join(CHOICES[field])}")
        return words.lower()
    if field in ("buyer", "seller"):
        return countries().get(words.casefold(), (words, ""))[0]
    if field == "system":
        if not words:
            raise ValueError("a record without a system says nothing; reject it instead")
        found = systems().get(words.casefold())
        return found.name if found else words
    if dtype == "string" or dtype == "category":
        return words.upper() if field == "currency" else words
    if not words:
        return None
    return number(field, words)


def number(field: str, words: str) -> int | float:
    """`1,200` as a whole number; of money also `2.5e9`."""
    plain = words.replace(",", "").replace(" ", "")
    if DTYPES[field] == "Float64":
        try:
            amount = float(plain)
        except ValueError:
            raise ValueError(f"{words!r} is not a number") from None
        if not 0 <= amount < 1e15:
            raise ValueError(f"{words!r} is no sum of money")
        return amount
    if not plain.isascii() or not plain.isdigit():
        raise ValueError(f"{words!r} is not a whole number")
    found = int(plain)
    if not WHOLE_LEAST.get(field, 0) <= found <= WHOLE_MOST.get(field, 2**62):
        raise ValueError(f"{field} lies between {WHOLE_LEAST.get(field, 0)} and {WHOLE_MOST.get(field, 2**62)}")
    return found


def implied(target: str, field: str, value: Any) -> dict[str, Any]:
    """The columns that a corrected one brings along: a party its code, a system its id and types, a number that it is exact."""
    if field in ("buyer", "seller"):
        return {f"{field}_iso3": countries().get(str(value).casefold(), ("", ""))[1], f"{field}_entity": ""}
    if field == "system":
        row = systems().get(str(value).casefold())
        if row is None:
            return {"system_id": ""}
        return {
            "system_id": row.id,
            "weapon_type": row.type,
            "sipri_category": row.sipri_category,
            "unroca_category": row.unroca_category,
        }
    if target == "record" and field == "quantity":
        return {"quantity_high": None, "quantity_note": "" if value is None else "exact"}
    if target == "record" and field == "year":
        return {"year_basis": "none" if value is None else "stated"}
    return {}


@functools.cache
def countries() -> Mapping[str, tuple[str, str]]:
    """Case-folded name or ISO code of a state or group -> its display name and code (empty for a group)."""
    found: dict[str, tuple[str, str]] = {}
    for name in tables.actor_names():
        if name.how in ("name", "body") and name.actor.kind != "company":
            code = name.actor.iso3[0] if name.how == "name" and name.actor.iso3 else ""
            found.setdefault(name.surface.casefold(), (name.actor.name, code))
    for code, shown in tables.country_names().items():
        found.setdefault(code.casefold(), (shown, code))
    return found


@functools.cache
def systems() -> Mapping[str, SystemRow]:
    """Case-folded name or alias -> its row; a name before another row's alias, a system before a class."""
    found: dict[str, SystemRow] = {}
    for rows in (tables.systems(), tables.classes()):
        for row in rows:
            found.setdefault(row.name.casefold(), row)
        for row in rows:
            for alias in row.aliases:
                found.setdefault(alias.casefold(), row)
    return found


def shown(value: Any) -> str:
    """A value as a page says it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000:
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)
