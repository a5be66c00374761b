"""Charts and their cards: words follow the unit, table and CSV hold the numbers that the figure draws, links set what clicks set."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from dashboard.app import create_app, route
from dashboard.charts import CHARTS, Chart, View, changes, files, view_of
from dashboard.charts.newest import LEAST, candidates, newest, stages, told
from dashboard.components.behind import MOST, sources, stage_line
from dashboard.components.card import Place, card, fill, stored, table
from dashboard.data import Data
from dashboard.filters import mask, parse, view
from dashboard.source import Source
from tests.dashboard.test_aggregate import data_of

QUERIES = ["", "by=status&side=seller", "unit=claims", "buyer=IND", "year=2013-2016", "status=ordered&status=planned&by=status"]


@pytest.fixture(scope="module")
def source(register_path: Path) -> Source:
    return Source(register_path)


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def seen(source: Source, query: str) -> View:
    filters = parse(query)[0]
    return view_of(view(source, filters), filters)


def drawn(chart: Chart) -> dict[tuple[str, ...], int]:
    """The numbers in a figure by what its marks are of, read from what plotly is handed."""
    found: dict[tuple[str, ...], int] = {}
    for trace in chart.figure["data"]:
        if trace["type"] == "bar" and trace.get("orientation") == "h":
            found |= {(key,): n for key, n in zip(trace["y"], trace["x"], strict=True)}
        elif trace["type"] == "bar":
            found |= {(year, trace["name"]): n for year, n in zip(trace["x"], trace["y"], strict=True)}
        elif trace["type"] == "choropleth":
            counts = [int(text.rsplit(": ", 1)[1].split()[0].replace(",", "")) for text in trace["hovertext"]]
            found |= {(key,): n for key, n in zip(trace["locations"], counts, strict=True)}
        elif trace["type"] == "sankey":
            link = trace["link"]
            found |= {tuple(pair): n for pair, n in zip(link["customdata"], link["value"], strict=True)}
    return found


def tabled(chart: Chart) -> dict[tuple[str, ...], int]:
    rows, marks = chart.table.rows, chart.table.marks
    if chart.name == "timeline":
        parts = [column.name for column in chart.table.columns[1:]]
        return {(str(row[0]), part): int(n) for row in rows for part, n in zip(parts, row[1:], strict=True)}
    return {tuple(value for _, value in mark): int(row[-1]) for row, mark in zip(rows, marks, strict=True)}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", list(CHARTS))
def test_the_table_and_the_csv_hold_exactly_what_the_figure_draws(
    source: Source, client: FlaskClient, name: str, query: str
) -> None:
    chart = CHARTS[name](seen(source, query))
    assert tabled(chart) == drawn(chart)
    assert tabled(chart)
    answer = client.get(f"/download/chart/{name}.csv?{query}")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows == [[column.name for column in chart.table.columns], *([str(cell) for cell in row] for row in chart.table.rows)]


@pytest.mark.parametrize("query", QUERIES)
def test_figures_are_plain_json(source: Source, query: str) -> None:
    for make in CHARTS.values():
        figure = make(seen(source, query)).figure
        assert json.loads(json.dumps(figure)) == figure


def test_the_smallest_states_and_kosovo_have_points() -> None:
    data = data_of(
        {"buyer": "Kosovo", "buyer_iso3": "XKX"}, {"buyer": "Malta", "buyer_iso3": "MLT"}, {"buyer": "India", "buyer_iso3": "IND"}
    )
    chart = CHARTS["map"](view_of(data, parse("counted=all")[0]))
    points = [key for trace in chart.figure["data"] if trace["type"] == "scattergeo" for key in trace["customdata"]]
    assert sorted(points) == ["MLT", "XKX"]
    assert "no endorsement" in chart.note


def test_titles_name_what_is_counted(source: Source) -> None:
    deals = [make(seen(source, "")).title for make in CHARTS.values()]
    claims = [make(seen(source, "unit=claims&by=status&side=seller")).title for make in CHARTS.values()]
    assert deals[:2] == ["Deals by buyer", "Deals per year, by weapon type"]
    assert claims[:2] == ["Claims by seller", "Claims per year, by status"]
    assert all("deal" in title.lower() for title in deals)
    assert all("claim" in title.lower() for title in claims)


def test_readings_say_what_is_not_drawn(source: Source) -> None:
    assert CHARTS["map"](seen(source, "buyer=Hezbollah&buyer=IND&counted=all")).reading == (
        "India leads with 2 of 3. Not on the map: 1 deal whose buyer is unknown, or no state of today."
    )
    assert CHARTS["timeline"](seen(source, "buyer=Hezbollah")).reading == "No deal in view has a year."
    assert "1 deal without a named seller." in CHARTS["sellers"](seen(source, "counted=all")).reading


def parts(component: Any) -> list[Component]:
    """A component and all within it."""
    if isinstance(component, (list, tuple)):
        return [one for each in component for one in parts(each)]
    return [component, *parts(getattr(component, "children", None))] if isinstance(component, Component) else []


def attributes(component: Any, name: str) -> list[Any]:
    return [getattr(one, name) for one in parts(component) if getattr(one, name, None) is not None]


def links(component: Any) -> list[str]:
    return attributes(component, "href")


def test_a_row_s_link_filters_as_a_click_on_its_mark_does(source: Source) -> None:
    view_ = seen(source, "status=ordered")
    place = Place(view_.filters, "/")
    assert "/?buyer=IND&status=ordered" in links(table(CHARTS["buyers"](view_), place))
    assert "/?status=ordered&year=2016" in links(table(CHARTS["timeline"](view_), place))
    assert "/?buyer=IND&seller=FRA&status=ordered" in links(table(CHARTS["flows"](view_), place))


def test_a_table_has_a_head_for_every_column_and_row(source: Source) -> None:
    chart = CHARTS["timeline"](seen(source, ""))
    made = table(chart, Place(parse("")[0]))
    scopes = attributes(made, "scope")
    assert (scopes.count("col"), scopes.count("row")) == (len(chart.table.columns), len(chart.table.rows))


def test_two_cards_of_one_chart_on_a_page_share_no_id(source: Source) -> None:
    view_ = seen(source, "")
    chart, place = CHARTS["timeline"](view_), Place(view_.filters)
    ids = [
        json.dumps(one) for one in attributes([card(chart, place, identity="bought"), card(chart, place, identity="sold")], "id")
    ]
    assert len(set(ids)) == len(ids)


def test_an_embedded_card_leads_out_of_its_frame_only(source: Source) -> None:
    for name in CHARTS:
        page, _, _ = route(source, f"/embed/{name}?buyer=IND&embed=1")
        outside = [
            one for one in parts(page) if getattr(one, "href", None) and not one.href.startswith(("/download/", "/embed/"))
        ]
        assert outside
        assert {one.target for one in outside} == {"_blank"}
        filled = [fill(tab, stored(name, Place(parse("buyer=IND")[0], embedded=True)), source) for tab in ("table", "sources")]
        assert {getattr(one, "target", None) for one in parts(filled) if getattr(one, "href", None)} == {"_blank"}
    assert "/?buyer=IND" in links(route(source, "/embed/map?buyer=IND&embed=1")[0])


def test_an_embedded_view_of_nothing_says_so(source: Source) -> None:
    page, _, _ = route(source, "/embed/map?buyer=XXX&embed=1")
    assert "No deal matches" in str(page[1])
    assert "There is no such page" in str(route(source, "/embed/none")[0][0])


@pytest.mark.parametrize(
    ("path", "ancestors"),
    [
        ("/embed/timeline?buyer=IND&embed=1", "*"),
        ("/embed/none", "'self'"),
        ("/", "'self'"),
        ("/reviews", "'self'"),
        ("/?embed=1", "'self'"),
    ],
)
def test_only_a_chart_alone_may_be_framed_elsewhere(client: FlaskClient, path: str, ancestors: str) -> None:
    assert client.get(path).headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")


def test_a_chart_that_is_not_there_has_no_file(client: FlaskClient) -> None:
    answer = client.get("/download/chart/none.csv")
    assert answer.status_code == 404
    assert "timeline" in answer.text


def test_the_file_names_what_it_counts(client: FlaskClient) -> None:
    assert 'filename="arms-claims-map-test-20' in client.get("/download/chart/map.csv?unit=claims").headers["Content-Disposition"]


def test_formulas_in_names_are_made_harmless_unless_raw() -> None:
    data = data_of({"buyer": "=cmd", "status": "ordered"})
    chart = CHARTS["buyers"](view_of(data, parse("unit=claims")[0]))
    assert files.csv_text(chart).splitlines()[1] == "'=cmd,'=cmd,1"
    assert files.csv_text(chart, raw=True).splitlines()[1] == "=cmd,=cmd,1"


def test_sources_are_newest_first_and_lead_to_the_rest(source: Source) -> None:
    view_ = seen(source, "type=helicopter&counted=all")
    made = sources(view_, "Deals")
    rows = list(newest(view_.data, view_.rows, MOST).values())
    assert [told(row) for row in rows] == sorted((told(row) for row in rows), reverse=True)
    assert links(made)[-1] == "/deals?type=helicopter&counted=all"
    assert sum(href.startswith("/deal/") for href in links(made)) == 3
    assert "/article/gov%2Fnorway" in links(made)
    claims = links(sources(seen(source, "type=helicopter&unit=claims&counted=all"), "Claims"))
    assert sum(href.startswith("/record/") for href in claims) == 3
    assert claims[-1] == "/deals?type=helicopter&unit=claims&counted=all"


def many(count: int) -> Data:
    return data_of(
        *({"buyer": "India", "year": 1990 + i % 30, "published": date(1990 + i % 30, 1, 1 + i % 28)} for i in range(count))
    )


def test_the_newest_of_many_are_found_among_the_latest_years() -> None:
    data = many(900)
    rows = np.ones(len(data), dtype=bool)
    found = newest(data, rows, 5)
    everything = sorted((told(row) for row in data.rows(rows)), reverse=True)
    assert len(data) > LEAST
    assert [told(row) for row in found.values()] == everything[:5]
    assert [data.rows([place])[0]["record_id"] for place in found] == [row["record_id"] for row in found.values()]


@pytest.mark.parametrize(
    ("most", "expected"), [(9, range(8)), (3, [0, 4, 7]), (4, [0, 4, 6, 7]), (2, [4, 7]), (6, [0, 3, 4, 6, 7, 5])]
)
def test_plans_of_years_to_come_count_as_this_year_s(most: int, expected: Any) -> None:
    years = np.array([2020, 0, 1999, 2018, 2026, 2018, 2019, 2031])
    found = candidates(years, np.ones(len(years), dtype=bool), most, this_year=2026)
    assert sorted(found.tolist()) == sorted(expected)


def test_figures_leave_out_what_is_not_agreed_unless_status_is_asked_for() -> None:
    data = data_of(
        {"buyer": "India", "status": "ordered", "year": 2020, "source": "A"},
        {"buyer": "Peru", "status": "ordered", "year": 2021, "source": "B"},
        {"buyer": "India", "status": "delivered", "year": 2021},
        {"buyer": "Mali", "status": "planned", "year": 2021},
        {"buyer": "Togo", "status": "cancelled", "year": 2030},
    )
    found = changes.figures_of(data, mask(parse("")[0], data), today=date(2021, 6, 1))
    assert (found.head.count, found.head.buyers) == (3, 2)
    assert found.change == changes.Change(2021, now=2, before=1, buyers=1, sellers=0, systems=0, so_far=True)
    assert changes.words_of(found) == [
        "2 in 2021 so far, 1 in 2020",
        "1 new in 2021",
        "none new in 2021",
        "none new in 2021",
        "from 2 sources",
    ]
    asked = changes.figures_of(data, mask(parse("counted=all")[0], data), today=date(2026, 1, 1))
    assert asked.head.count == 5
    assert asked.change is not None
    assert not asked.change.so_far


def test_a_register_without_years_has_no_latest_one() -> None:
    data = data_of({"buyer": "India", "status": "ordered"})
    found = changes.figures_of(data, np.ones(1, dtype=bool), today=date(2021, 1, 1))
    assert found.change is None
    assert changes.words_of(found)[0] == "no year is known"


def test_the_overview_has_every_chart_and_its_switches(source: Source) -> None:
    page = route(source, "/?by=status&unit=claims")[0]
    shown = str(page)
    assert [name for name in CHARTS if f"'{name}-title'" not in shown] == []
    assert "/?unit=claims" in links(page)
    assert "/?unit=claims&by=status&side=seller" in links(page)
    assert "Newest claims" in shown


def test_a_switch_is_no_filter(source: Source) -> None:
    assert "All 7 deals" in str(route(source, "/?by=status&side=seller&counted=all")[0])


def test_the_stage_line_repeats_no_stage_for_want_of_a_year(source: Source) -> None:
    data = source.deals()
    (row,) = data.rows(data.where("system", "Rafale"))
    assert [(one["status"], one["year"]) for one in stages(row)] == [("ordered", 2016), ("ordered", None)]
    assert attributes(stage_line(row), "className") == ["stage-line", "at-ordered", "when"]
