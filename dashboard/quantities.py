"""Pure sums of units. Units are added up only within one weapon type, ordered and delivered ones apart, and only over deals:
several articles tell of the same units, so claims of units have no sum.

What is planned, approved or cancelled was not ordered: it is counted as deals beside the units, never in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.data import Data

Row = Mapping[str, Any]
# The deals whose numbers are read for one page: more are to be narrowed first.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Units:
    """The deals of one weapon type that share a value (`key`): `ordered` and `delivered` units, as far as `unnumbered` deals leave them known.

    `standing` deals were ordered or delivered, `planned` ones at most approved; `deals` are all of them, with the `cancelled`.
    """

    key: str
    name: str
    weapon_type: str
    deals: int
    standing: int
    ordered: int
    delivered: int
    unnumbered: int
    planned: int
    cancelled: int


def units(data: Data, places: np.ndarray, rows: Sequence[Row], key: str) -> list[Units]:
    """Units by the values of a facet and, within each, by weapon type; most deals first. `rows` are those of `places`."""
    facet, types = data.facets[key], data.facets["type"]
    wide = len(types.keys)
    codes = facet.codes[places].astype(np.int64) * wide + types.codes[places]
    found, group = np.unique(codes, return_inverse=True)
    status = np.array([row["status"] for row in rows], dtype=object)
    standing = np.isin(status, ("ordered", "delivered"))
    cancelled = status == "cancelled"
    ordered, delivered = numbers(rows, "quantity_ordered"), numbers(rows, "quantity_delivered")
    unnumbered = standing & np.isnan(ordered) & np.isnan(delivered)

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(group[mask], minlength=len(found))

    def total(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=np.where(mask, np.nan_to_num(values), 0.0), minlength=len(found)).astype(np.int64)

    everything = np.ones(len(rows), dtype=bool)
    columns = (
        count(everything),
        count(standing),
        total(ordered, standing),
        # What arrived before a deal was cancelled has arrived.
        total(delivered, everything),
        count(unnumbered),
        count(~standing & ~cancelled),
        count(cancelled),
    )
    made = [
        Units(
            facet.keys[code // wide], facet.names[code // wide], types.keys[code % wide], *(int(column[i]) for column in columns)
        )
        for i, code in enumerate(found)
    ]
    return sorted(made, key=lambda one: (-one.deals, one.name, one.weapon_type))


def numbers(rows: Iterable[Row], name: str) -> np.ndarray:
    """A column of numbers; `nan` where no article names one."""
    return np.array([np.nan if row[name] is None else float(row[name]) for row in rows], dtype=float)


def still_open(rows: Iterable[Row]) -> list[Row]:
    """Deals that were ordered and of which no article tells the whole delivery, latest first, those without a year last."""
    waiting = [row for row in rows if row["status"] == "ordered" or (row["status"] == "delivered" and short_of(row))]
    return sorted(waiting, key=lambda row: (row["year"] is None, -(row["year"] or 0), row["system"]))


def short_of(row: Row) -> int | None:
    """Units of an order that were not delivered yet, by what articles tell: `None` where they tell no number, 0 where all came."""
    if row["quantity_ordered"] is None:
        return None
    return max(0, int(row["quantity_ordered"]) - int(row["quantity_delivered"] or 0))
