"""The newest deals or claims of a view, and what its latest year added."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dashboard.charts import changes
from dashboard.charts.newest import BLOCK, newest, told
from dashboard.data import Data
from dashboard.filters import Filters, parse
from dashboard.tally import Tally
from tests.dashboard.views import data_of


def many(count: int) -> Data:
    return data_of(
        *({"buyer": "India", "year": 1990 + i % 30, "published": date(1990 + i % 30, 1, 1 + i % 28)} for i in range(count))
    )


@pytest.mark.parametrize("kept", [1, 7])
def test_the_newest_are_those_with_the_latest_articles(kept: int) -> None:
    data = many(2 * BLOCK)
    rows = np.arange(len(data)) % kept == 0
    found = newest(data, rows, 5)
    everything = sorted((told(row) for row in data.rows(rows)), reverse=True)
    assert [told(row) for row in found.values()] == everything[:5]
    assert [data.rows([place])[0]["record_id"] for place in found] == [row["record_id"] for row in found.values()]
    assert all(rows[place] for place in found)


def test_what_has_no_date_is_newest_by_its_year_and_comes_last() -> None:
    data = data_of({"year": 2024}, {"year": 2001, "published": date(2002, 1, 1)}, {}, {"year": 2025})
    assert list(newest(data, np.ones(4, dtype=bool), 9)) == [1, 3, 0, 2]


def test_figures_leave_out_what_is_not_agreed_unless_status_is_asked_for() -> None:
    data = data_of(
        {"buyer": "India", "status": "ordered", "year": 2020, "source": "A"},
        {"buyer": "Peru", "status": "ordered", "year": 2021, "source": "B"},
        {"buyer": "India", "status": "delivered", "year": 2021},
        {"buyer": "Mali", "status": "planned", "year": 2021},
        {"buyer": "Togo", "status": "cancelled", "year": 2030},
    )
    found = changes.figures_of(Tally(parse("")[0], data), today=date(2021, 6, 1))
    assert (found.head.count, found.head.buyers) == (3, 2)
    assert found.change == changes.Change(2021, now=2, before=1, buyers=1, sellers=0, systems=0, so_far=True)
    assert changes.words_of(found) == [
        "2 in 2021 so far, 1 in 2020",
        "1 new in 2021",
        "none new in 2021",
        "none new in 2021",
        "from 2 sources",
    ]
    asked = changes.figures_of(Tally(parse("counted=all")[0], data), today=date(2026, 1, 1))
    assert asked.head.count == 5
    assert asked.change is not None
    assert not asked.change.so_far


def test_a_register_without_years_has_no_latest_one() -> None:
    data = data_of({"buyer": "India", "status": "ordered"})
    found = changes.figures_of(Tally(Filters(), data), today=date(2021, 1, 1))
    assert found.change is None
    assert changes.words_of(found)[0] == "no year is known"
