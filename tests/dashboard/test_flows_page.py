"""Flows: no deal is lost between sellers and buyers, whatever is drawn; the address says what the page shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard import aggregate, figures
from dashboard.aggregate import OTHERS
from dashboard.app import route
from dashboard.components.matrix import matrix, step
from dashboard.data import UNKNOWN, Data
from dashboard.figures.arcs import centres, path
from dashboard.filters import Filters, parse
from dashboard.pages import flows
from dashboard.pages.flows import Asked, asked_for
from dashboard.source import Source


@pytest.fixture(scope="module")
def deals(register_path: Path) -> Data:
    return Source(register_path).deals()


def everything(data: Data) -> np.ndarray:
    return np.ones(len(data), dtype=bool)


def shown(register: Path, place: str) -> str:
    page, _, _ = route(Source(register), place)
    return " ".join(str(part.to_plotly_json()) for part in page if part is not None)


def test_leaders_are_the_most_frequent_then_by_name_and_never_the_unknown(deals: Data) -> None:
    assert aggregate.leading(deals, everything(deals), "buyer", 3) == ("IND", "PER", "Hezbollah")
    assert UNKNOWN not in aggregate.leading(deals, everything(deals), "seller", 99)


@pytest.mark.parametrize("top", [0, 1, 3, 50])
def test_no_deal_is_lost_between_the_sides(deals: Data, top: int) -> None:
    rows = everything(deals)
    sides = [aggregate.leading(deals, rows, side, top) for side in ("seller", "buyer")]
    grid = aggregate.pairs(deals, rows, sides[0], sides[1])
    assert int(grid.counts.sum()) == len(deals)
    assert sum(n for _, _, n in grid.cells()) == len(deals)
    assert grid.down[-2:] == grid.across[-2:] == (OTHERS, UNKNOWN)
    by_seller = {key: int(n) for key, n in zip(grid.down, grid.counts.sum(axis=1), strict=True)}
    facet = deals.facets["seller"]
    for key in sides[0]:
        assert by_seller[key] == int((facet.codes == facet.index[key]).sum())
    assert by_seller[UNKNOWN] == 1, "the cancelled order names no seller: it is not one of the others"


def test_years_have_no_gaps_and_empty_rows_are_left_out(deals: Data) -> None:
    rows = everything(deals)
    grid = aggregate.over_years(deals, rows, "status", ("ordered", "planned", "approved"))
    assert grid.across == (*(str(year) for year in range(2013, 2023)), UNKNOWN)
    assert grid.down == ("ordered", "planned", OTHERS)
    assert int(grid.counts.sum()) == len(deals)
    none = aggregate.over_years(deals, np.zeros(len(deals), dtype=bool), "status", ())
    assert (none.down, none.across, none.counts.size) == ((), (), 0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Asked()),
        ("show=map&top=25&at=2016&buyer=IND", Asked("map", 25, 2016)),
        ("show=spoon&top=7&at=last", Asked()),
        ("at=²²²²", Asked()),
    ],
)
def test_an_address_says_what_is_drawn(query: str, expected: Asked) -> None:
    assert asked_for(query) == expected
    assert parse(query)[1] == (), "the page's own part is no filter"


def test_the_slider_s_first_place_is_all_years() -> None:
    assert flows.from_controls("matrix", "5", 0, 2013) == Asked("matrix", 5, 0)
    assert flows.from_controls("matrix", "5", 1, 2013) == Asked("matrix", 5, 2013)


@pytest.mark.parametrize("show", flows.SHOWN)
@pytest.mark.parametrize("at", ["", "&at=2016", "&at=2015"])
def test_every_drawing_of_every_year_has_words(register_path: Path, show: str, at: str) -> None:
    page = shown(register_path, f"/flows?show={show}{at}")
    assert {"": "5 deals.", "&at=2016": "1 deal of 2016.", "&at=2015": "0 deals of 2015."}[at] in page
    assert ("No deal of 2015 is in view." in page) is (at == "&at=2015")


def test_where_nothing_is_in_view_the_controls_stay(register_path: Path) -> None:
    page = shown(register_path, "/flows?buyer=XXX")
    assert "No deal matches these filters" in page
    assert "flows-slider" in page


def test_the_table_has_every_flow_with_its_deals_and_profiles(register_path: Path) -> None:
    page = shown(register_path, "/flows?show=table&type=helicopter")
    assert "'/deals?buyer=PER&seller=RUS&type=helicopter'" in page.replace("seller=RUS&buyer=PER", "buyer=PER&seller=RUS")
    assert "'/country/PER?type=helicopter'" in page


def test_the_names_stay_when_the_year_changes(deals: Data) -> None:
    drawn, _, _ = flows.drawing(deals, Filters(), everything(deals), Asked("matrix", 10, 2016))
    text = str(drawn.to_plotly_json())
    for name in ("Peru", "Norway", "Hezbollah", "Iran"):
        assert name in text


def flow(*cells: tuple[str, str, int]) -> dict[str, Any]:
    return figures.arcs(cells, {"FRA": "France", "IND": "India"}, "deal", 9)


def test_arcs_join_places_on_the_map_and_leave_out_the_rest() -> None:
    drawn = flow(("FRA", "IND", 9), ("IND", "IND", 2), (OTHERS, "IND", 4), ("SUN", "IND", 1), ("FRA", UNKNOWN, 1))
    assert json.loads(json.dumps(drawn)) == drawn
    marks = drawn["data"][-1]
    assert marks["customdata"] == [["FRA", "IND"], ["IND", "IND"]]
    assert marks["hovertext"] == ["France to India: 9 deals", "India from itself: 2 deals"]
    assert [trace["mode"] for trace in drawn["data"]] == ["lines", "lines", "markers"]
    assert drawn["layout"]["geo"]["fitbounds"] is False


def test_an_arc_begins_and_ends_at_its_states_and_there_and_back_differ() -> None:
    start, end = centres()["FRA"], centres()["IND"]
    there, back = path(start, end), path(end, start)
    for found, expected in ((there[0], start), (there[-1], end)):
        assert found == pytest.approx(expected, abs=0.01)
    assert there[len(there) // 2] != back[len(back) // 2]


def test_every_state_s_place_is_on_the_map() -> None:
    for key, (lon, lat) in centres().items():
        assert -180 <= lon <= 180, key
        assert -90 <= lat <= 90, key


def test_a_heatmap_is_darker_the_more_and_sums_its_rows() -> None:
    assert [step(n, 100) for n in (1, 100)] == [0, 4]
    grid = aggregate.Grid(("a", "b"), ("x",), np.array([[3], [0]]))
    made = str(
        matrix(
            grid,
            ["A", "B"],
            ["X"],
            corner="",
            highest=3,
            links=lambda down, across: f"/{down}/{across}",
            label="A table",
        ).to_plotly_json()
    )
    assert "href='/a/x'" in made
    assert "'/b/x'" not in made, "where there is nothing, nothing opens"
