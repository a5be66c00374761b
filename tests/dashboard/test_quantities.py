"""Units are summed within one weapon type, ordered and delivered apart; what is no order is counted beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.data import Data, prepare
from dashboard.quantities import Units, short_of, still_open, units, units_by_year
from extractors import Record
from tests.dashboard.views import claims_of

NUMBERS = ("quantity_ordered", "quantity_delivered", "year_ordered", "year_delivered")


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
    """A view of these deals, with the numbers that deals have besides what records have."""
    shared = ("status", "weapon_type", "buyer", "system", "year")
    made = [Record(record_id=f"{i:016x}", article_id="a", **{k: row[k] for k in shared}) for i, row in enumerate(rows)]
    table = claims_of(made).table
    for name in NUMBERS:
        table = table.append_column(name, pa.array([row.get(name) for row in rows], pa.int64()))
    return prepare(table)


def all_of(data: Data) -> np.ndarray:
    return np.ones(len(data), dtype=bool)


def summed(rows: list[dict[str, Any]], key: str = "type") -> list[Units]:
    data = read(rows)
    return units(data, all_of(data), key)


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


def test_only_the_rows_of_the_view_are_summed() -> None:
    data = read([deal("ordered", 1), deal("ordered", 20), deal("ordered", 300)])
    (found,) = units(data, np.array([True, False, True]), "type")
    assert (found.deals, found.ordered) == (2, 301)
    assert units(data, np.zeros(3, dtype=bool), "type") == []


def test_more_deals_than_were_once_read_are_summed_too() -> None:
    (found,) = summed([deal("ordered", 2)] * 6_000)
    assert (found.deals, found.ordered) == (6_000, 12_000)


def test_units_stand_in_the_year_of_their_stage() -> None:
    data = read(
        [
            deal("delivered", 20, 12, year_ordered=2010, year_delivered=2014),
            deal("ordered", 5, year_ordered=2010),
            deal("ordered", 7),
            deal("planned", 90, year_ordered=2011),
            deal("cancelled", 80, year_ordered=2012),
        ]
    )
    assert units_by_year(data, all_of(data), "ordered") == {2010: 25}
    assert units_by_year(data, all_of(data), "delivered") == {2014: 12}


def test_an_order_is_open_until_all_of_it_came() -> None:
    data = read(
        [
            deal("delivered", 20, 20, system="all came"),
            deal("delivered", 20, 12, system="part came", year=2019),
            deal("delivered", None, 3, system="no order known"),
            deal("ordered", None, None, system="no number"),
            deal("ordered", 4, None, system="none came", year=2021),
            deal("planned", 9, system="no order"),
            deal("cancelled", 9, system="none any more"),
        ]
    )
    found = still_open(data, all_of(data))
    assert [row["system"] for row in data.rows(found)] == ["none came", "part came", "no number"]
    assert short_of(data, found)[:2].tolist() == [4, 8]
    assert np.isnan(short_of(data, found)[2])
    assert short_of(data, np.array([0])).tolist() == [0]


def test_more_than_was_ordered_leaves_nothing_open() -> None:
    data = read([deal("delivered", 10, 12)])
    assert short_of(data, np.array([0])).tolist() == [0]
    assert len(still_open(data, all_of(data))) == 0
