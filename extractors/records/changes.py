"""What reading an article again changed in its records: pure, over rows by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
# These say how a record was made, not what it says.
IGNORED = {"rules_version", "record_id", "article_id"}
# Too long to show.
UNSHOWN = {"spans", "events", "evidence", "title", "url"}
NAMED = ("buyer", "system", "quantity", "year", "seller", "status")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was `added`, `changed` or `removed`; `fields` are (name, before, after) of a changed one."""

    kind: str
    record_id: str
    row: Row
    fields: tuple[tuple[str, Any, Any], ...] = ()


def changes(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Records compared by id: changed and added ones in their new order, then removed ones."""
    old = {row["record_id"]: row for row in before}
    new = {row["record_id"] for row in after}
    found = []
    for row in after:
        was = old.get(row["record_id"])
        if was is None:
            found.append(Change("added", row["record_id"], row))
        elif fields := tuple((n, was[n], row[n]) for n in row if n not in IGNORED and was[n] != row[n]):
            found.append(Change("changed", row["record_id"], row, fields))
    return [*found, *(Change("removed", row["record_id"], row) for row in before if row["record_id"] not in new)]


def line(article_id: str, change: Change) -> str:
    """`wire/1: changed Peru, K2, 15, 2021, South Korea, ordered: quantity 14 -> 15`"""
    named = ", ".join(shown(change.row[name]) for name in NAMED if change.row[name] not in (None, ""))
    fields = "; ".join(n if n in UNSHOWN else f"{n} {shown(was)} -> {shown(now)}" for n, was, now in change.fields)
    return f"{article_id}: {change.kind} {named}" + (f": {fields}" if fields else "")


def shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
