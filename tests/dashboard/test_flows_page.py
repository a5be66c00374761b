"""Flows: no deal is lost between sellers and buyers, whatever is drawn; the address says what the page shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard import aggregate, figures
from dashboard.aggregate import OTHERS
from dashboard.app import create_app
from dashboard.charts import CHARTS, Heatmap, View, view_of
from dashboard.charts.flows import flows_of
from dashboard.components.matrix import matrix
from dashboard.data import UNKNOWN, Data
from dashboard.figures import shades
from dashboard.figures.arcs import centres, path
from dashboard.filters import Filters, parse
from dashboard.pages import flows
from dashboard.routing import route
from dashboard.source import Source
from dashboard.tally import Rows


@pytest.fixture(scope="module")
def deals(register_path: Path) -> Data:
    return Source(register_path).deals()


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def seen(data: Data, query: str) -> View:
    return view_of(data, parse(query)[0])


def shown(register: Path, place: str) -> str:
    page, _, _ = route(Source(register), place)
    return " ".join(str(part.to_plotly_json()) for part in page if part is not None)


def test_leaders_are_the_most_frequent_then_by_name_and_never_the_unknown(deals: Data) -> None:
    assert seen(deals, "counted=all").leading("buyer", 3) == ("IND", "PER", "Hezbollah")
    assert UNKNOWN not in seen(deals, "counted=all").leading("seller", 99)


@pytest.mark.parametrize("top", [0, 1, 3, 50])
def test_no_deal_is_lost_between_the_sides(deals: Data, top: int) -> None:
    everything = seen(deals, "counted=all")
    sides = [everything.leading(side, top) for side in ("seller", "buyer")]
    grid = aggregate.pairs(everything.tally, sides[0], sides[1])
    assert int(grid.counts.sum()) == len(deals)
    assert sum(n for _, _, n in grid.cells()) == len(deals)
    assert grid.down[-2:] == grid.across[-2:] == (OTHERS, UNKNOWN)
    by_seller = {key: int(n) for key, n in zip(grid.down, grid.counts.sum(axis=1), strict=True)}
    facet = deals.facets["seller"]
    for key in sides[0]:
        assert by_seller[key] == int((facet.codes == facet.index[key]).sum())
    assert by_seller[UNKNOWN] == 1, "the cancelled order names no seller: it is not one of the others"


def test_years_have_no_gaps_and_empty_rows_are_left_out(deals: Data) -> None:
    grid = aggregate.over_years(seen(deals, "counted=all").tally, "status", ("ordered", "planned", "approved"))
    assert grid.across == (*(str(year) for year in range(2013, 2023)), UNKNOWN)
    assert grid.down == ("ordered", "planned", OTHERS)
    assert int(grid.counts.sum()) == len(deals)
    none = aggregate.over_years(Rows(deals, np.zeros(len(deals), dtype=bool)), "status", ())
    assert (none.down, none.across, none.counts.size) == ((), (), 0)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("show=map&top=25&at=2016&buyer=IND", "buyer=IND&show=map&top=25&at=2016"),
        ("show=bands&top=10", ""),
        ("show=spoon&top=7&at=last", ""),
        ("at=²²²²", ""),
        ("at=unknown", ""),
        ("at!=2016&show!=map", ""),
    ],
)
def test_an_address_says_what_is_drawn(query: str, kept: str) -> None:
    assert parse(query)[0].query() == kept


def test_what_is_drawn_is_no_filter_of_rows(deals: Data) -> None:
    assert seen(deals, "show=map&top=5&at=2016").rows.sum() == seen(deals, "").rows.sum() == 5


def test_the_slider_s_first_place_is_all_years() -> None:
    filters = parse("buyer=IND&at=1999")[0]
    assert flows.from_controls(filters, "matrix", "5", 0, 2013).query() == "buyer=IND&show=matrix&top=5"
    assert flows.from_controls(filters, "bands", "10", 1, 2013).query() == "buyer=IND&at=2013"
    assert flows.from_controls(Filters(), "spoon", "7", 0, 2013) == Filters()


@pytest.mark.parametrize("show", flows.SHOWN)
@pytest.mark.parametrize("at", ["", "&at=2016", "&at=2015"])
def test_every_drawing_of_every_year_has_words(register_path: Path, show: str, at: str) -> None:
    page = shown(register_path, f"/flows?show={show}{at}")
    assert {"": "5 deals.", "&at=2016": "1 deal of 2016.", "&at=2015": "No deal of 2015 is in view."}[at] in page


@pytest.mark.parametrize("name", ["flows", "matrix", "arcs"])
def test_the_page_s_own_choices_reach_the_file(client: FlaskClient, name: str) -> None:
    def rows(query: str) -> list[dict[str, Any]]:
        return list(client.get(f"/download/chart/{name}.json?counted=all{query}").json or [])

    assert sum(row["deals"] for row in rows("")) == (5 if name == "arcs" else 7), "arcs draw what has a place on the map"
    assert [row["seller_code"] for row in rows("&at=2016")] == ["FRA"]
    assert rows("&at=2015") == []
    assert rows("&at=1950") == rows(""), "a year out of view is no year of it"
    assert len({row["buyer"] for row in rows("&top=5")}) <= 7


def test_the_sources_of_one_year_are_that_year_s(deals: Data) -> None:
    chart = CHARTS["matrix"](seen(deals, "at=2016&top=5&show=matrix&counted=all"))
    assert chart.behind is not None
    assert (chart.behind.filters.query(), int(chart.behind.rows.sum())) == ("year=2016&counted=all", 1)
    assert chart.title == "Deals from seller to buyer, 2016"


def test_where_nothing_is_in_view_the_controls_stay(register_path: Path) -> None:
    page = shown(register_path, "/flows?buyer=XXX")
    assert "No deal matches these filters" in page
    assert "flows-slider" in page


def test_the_cells_of_the_matrix_open_their_deals(register_path: Path) -> None:
    assert "'/deals?buyer=PER&seller=RUS&type=helicopter'" in shown(register_path, "/flows?show=matrix&type=helicopter")
    assert "'/deals?buyer=IND&seller=FRA&year=2016'" in shown(register_path, "/flows?show=matrix&at=2016&top=5")


def test_the_names_stay_when_the_year_changes(deals: Data) -> None:
    chart = CHARTS["matrix"](seen(deals, "at=2016"))
    assert chart.heatmap is not None
    assert {"Peru", "Malta", "Hezbollah"} <= set(chart.heatmap.across)
    assert "Iran" in chart.heatmap.down
    assert flows_of(seen(deals, "at=2016")).grid.down == flows_of(seen(deals, "")).grid.down


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
    assert shades(np.array([[1, 3], [99, 100]]), 100).tolist() == [[0, 1], [4, 4]]
    assert shades(np.array([1, 2]), 2).tolist() == [0, 1]
    grid = aggregate.Grid(("a", "b"), ("x",), np.array([[3], [0]]))
    drawn = Heatmap(grid, ("A", "B"), ("X",), ("seller", "buyer"), "", 3)
    made = str(matrix(drawn, links=lambda down, across: f"/{down}/{across}", label="A table").to_plotly_json())
    assert "href='/a/x'" in made
    assert "'/b/x'" not in made, "where there is nothing, nothing opens"
