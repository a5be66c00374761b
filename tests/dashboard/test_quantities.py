"""Units are summed within one weapon type, ordered and delivered apart; what is no order is counted beside them."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard import quantities
from dashboard.data import Data
from dashboard.quantities import Units, short_of, still_open, units
from extractors import Record
from tests.dashboard.views import claims_of


def deal(
    status: str, ordered: int | None = None, delivered: int | None = None, weapon_type: str = "aircraft", **more: Any
) -> dict[str, Any]:
    return {
        "status": status,
        "quantity_ordered": ordered,
        "quantity_delivered": delivered,
        "weapon_type": weapon_type,
        "buyer": "India",
        "year": None,
        "system": "x",
        **more,
    }


def read(rows: list[dict[str, Any]]) -> Data:
    shared = ("status", "weapon_type", "buyer", "system")
    made = [Record(record_id=f"{i:016x}", article_id="a", **{k: row[k] for k in shared}) for i, row in enumerate(rows)]
    return claims_of(made)


def summed(rows: list[dict[str, Any]], key: str = "type") -> list[Units]:
    return units(read(rows), np.arange(len(rows)), rows, key)


def test_ordered_and_delivered_are_summed_apart() -> None:
    (found,) = summed([deal("ordered", 36), deal("delivered", 20, 12), deal("delivered", None, 5)])
    assert (found.ordered, found.delivered, found.standing, found.unnumbered) == (56, 17, 3, 0)


def test_unlike_types_are_never_added_up() -> None:
    rows = [deal("ordered", 10), deal("ordered", 900, weapon_type="missile"), deal("ordered", 5)]
    assert [(one.key, one.weapon_type, one.ordered) for one in summed(rows)] == [
        ("aircraft", "aircraft", 15),
        ("missile", "missile", 900),
    ]
    assert [(one.key, one.weapon_type, one.ordered) for one in summed(rows, "buyer")] == [
        ("India", "aircraft", 15),
        ("India", "missile", 900),
    ]


def test_what_is_no_order_is_counted_and_not_summed() -> None:
    (found,) = summed([deal("planned", 99), deal("approved", 99), deal("cancelled", 90, 4), deal("ordered", 1)])
    assert (found.deals, found.standing, found.planned, found.cancelled) == (4, 1, 2, 1)
    assert found.ordered == 1
    assert found.delivered == 4, "what arrived before a deal was cancelled has arrived"


def test_orders_without_a_number_are_told() -> None:
    (found,) = summed([deal("ordered"), deal("delivered"), deal("ordered", 7), deal("planned")])
    assert (found.unnumbered, found.standing, found.ordered) == (2, 3, 7)


def test_every_deal_is_in_one_row() -> None:
    rows = [deal("ordered", 1), deal("planned", weapon_type="ship"), deal("cancelled", weapon_type="ship")]
    for key in ("type", "buyer", "system"):
        assert sum(one.deals for one in summed(rows, key)) == 3


def test_no_rows_give_no_sums() -> None:
    assert units(read([deal("ordered", 1)]), np.array([], dtype=int), [], "type") == []


def test_an_order_is_open_until_all_of_it_came() -> None:
    rows = [
        deal("delivered", 20, 20, system="all came"),
        deal("delivered", 20, 12, system="part came", year=2019),
        deal("delivered", None, 3, system="no order known"),
        deal("ordered", None, None, system="no number"),
        deal("ordered", 4, None, system="none came", year=2021),
        deal("planned", 9, system="no order"),
        deal("cancelled", 9, system="none any more"),
    ]
    assert [row["system"] for row in still_open(rows)] == ["none came", "part came", "no number"]
    assert [short_of(row) for row in still_open(rows)] == [4, 8, None]
    assert short_of(rows[0]) == 0


def test_more_than_was_ordered_leaves_nothing_open() -> None:
    assert short_of(deal("delivered", 10, 12)) == 0
    assert quantities.numbers([deal("ordered", 3), deal("ordered")], "quantity_ordered")[0] == 3
