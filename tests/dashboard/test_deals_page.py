"""The table's order by several columns, its columns, and what stands beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.filters import mask, parse
from dashboard.grid_rows import part_of
from dashboard.pages import columns, table
from dashboard.routing import route
from dashboard.source import Source
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS


@pytest.mark.parametrize("seed", range(5))
def test_any_part_of_an_order_is_that_of_sorting_everything(seed: int) -> None:
    made = np.random.default_rng(seed)
    keys = [made.integers(0, size, 500).astype(np.int32) for size in (3, 4, 50)]
    places = np.flatnonzero(made.random(500) < 0.7)
    whole = places[np.lexsort([key[places] for key in reversed(keys)])]
    for start, end in ((0, 10), (0, 1), (100, 200), (len(places) - 5, 900), (600, 700), (0, 900), (7, 7)):
        assert part_of(places, keys, start, end).tolist() == whole[start:end].tolist()


def test_every_column_can_be_shown_and_is_said_in_a_cell(register_path: Path) -> None:
    source = Source(register_path)
    for data, held in ((source.deals(), DEAL_COLUMNS), (source.data(), COLUMNS)):
        names = [column.field for column in columns.every(data)]
        assert sorted(names) == sorted(column.name for column in (*held, *REVIEW_COLUMNS))
        found = table.page(data, mask(parse("buyer=IND")[0], data), {}, names)
        row = found["rowData"][0]
        assert set(names) <= set(row)
        assert "ordered 2016 (36)" in row["events"].split("; ")
        usual = table.page(data, mask(parse("buyer=IND")[0], data), {})["rowData"][0]
        assert set(usual) == {*columns.usual(data), "id", "quantity_words"}


def test_dates_are_filtered_and_texts_of_their_own_neither_filter_nor_sort(register_path: Path) -> None:
    data = Source(register_path).data()
    rows = np.ones(len(data), dtype=bool)
    dated = {"filterModel": {"published": {"filterType": "text", "type": "startsWith", "filter": "2022"}}}
    assert table.page(data, rows, dated)["rowCount"] == 2
    plain = {"filterModel": {"record_id": {"type": "blank"}}, "sortModel": [{"colId": "record_id", "sort": "desc"}]}
    assert table.page(data, rows, plain) == table.page(data, rows, {})


def test_a_link_names_columns_and_what_there_is_not_is_left_out(register_path: Path) -> None:
    data = Source(register_path).deals()
    assert columns.asked_for("columns=year,spoon,system", data) == ["buyer", "system", "year"]
    assert columns.asked_for("columns=spoon", data) is None
    assert columns.asked_for("buyer=IND", data) is None


def test_the_row_of_an_address_stands_beside_the_table(register_path: Path) -> None:
    source = Source(register_path)
    deals = source.deals()
    identity = deals.rows(deals.where("buyer", "Malta"))[0]["deal_id"]
    shown = str(route(source, f"/deals?deal={identity}&buyer=PER")[0])
    assert "Malta: 1 AW139 from Italy, ordered" in shown
    assert "Reject" in shown
    assert "is not a filter" not in shown
    assert "Reject" not in str(route(source, f"/deals?deal={identity}", read_only=True)[0][4])
    assert "There is no such deal" in str(route(source, "/deals?deal=<script>")[0])
    assert "beside-title" not in str(route(source, "/deals")[0])
