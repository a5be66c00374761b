"""Charts on their cards: links do what clicks do, tables have heads, embedded ones lead out of their frame, files are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.charts import CHARTS, View, view_of
from dashboard.charts.newest import newest, stages, told
from dashboard.components.behind import MOST, sources, stage_line
from dashboard.components.card import Place, card, fill, stored, table
from dashboard.filters import parse, view
from dashboard.pages import overview
from dashboard.routing import route
from dashboard.source import Source
from tests.dashboard.views import attributes, links, parts


@pytest.fixture(scope="module")
def source(register_path: Path) -> Source:
    return Source(register_path)


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def seen(source: Source, query: str) -> View:
    filters = parse(query)[0]
    return view_of(view(source, filters), filters)


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
    for name in ("none.csv", "timeline.xlsx", "timeline"):
        answer = client.get(f"/download/chart/{name}")
        assert answer.status_code == 404
        assert "timeline" in answer.text


def test_the_file_names_what_it_counts(client: FlaskClient) -> None:
    assert 'filename="arms-claims-map-test-20' in client.get("/download/chart/map.csv?unit=claims").headers["Content-Disposition"]


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


def test_the_overview_has_every_chart_and_its_switches(source: Source) -> None:
    page = route(source, "/?by=status&unit=claims")[0]
    shown = str(page)
    assert [name for name in overview.CARDS if f"'{name}-title'" not in shown] == []
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
