"""Charts and their cards: words follow the unit, table and CSV hold the numbers that the figure draws, links set what clicks set."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.charts import CHARTS, Chart, View, view_of
from dashboard.components.card import Place, table
from dashboard.components.plain import plain, text_of
from dashboard.components.scope import scope
from dashboard.filters import parse, view
from dashboard.routing import route
from dashboard.source import Source
from extractors import Article, Record, open_register
from tests.dashboard.views import data_of, links, parts

QUERIES = [
    "",
    "by=status&side=seller",
    "unit=claims",
    "buyer=IND",
    "year=2013-2016",
    "status=ordered&status=planned&by=status",
    "type=helicopter&counted=all&top=5",
    "at=2016",
    "party=PER",
    "family=Rafale&counted=all",
]


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
        elif trace["type"] == "heatmap":
            cells = [
                (y, x, n)
                for y, line in zip(trace["y"], trace["text"], strict=True)
                for x, n in zip(trace["x"], line, strict=True)
            ]
            found |= {(y, x): int(n) for y, x, n in cells if n}
        elif trace["type"] == "scattergeo" and "customdata" in trace and chart.name == "arcs":
            counts = [int(text.rsplit(": ", 1)[1].split()[0].replace(",", "")) for text in trace["hovertext"]]
            found |= {tuple(pair): n for pair, n in zip(trace["customdata"], counts, strict=True)}
    return found


def tabled(chart: Chart) -> dict[tuple[str, ...], int]:
    """The numbers in a table likewise: by year and column, else by the codes (or, without one, the names) before the number."""
    rows, names = chart.table.rows, [column.name for column in chart.table.columns]
    if names[0] == "year":
        return {(str(row[0]), part): int(n) for row in rows for part, n in zip(names[1:], row[1:], strict=True)}
    keys = [[place for place, name in enumerate(names) if name.endswith("_code") or name == "year"]] * len(rows)
    return {
        tuple(
            str(row[place] or row[place - 1]).replace("Others", "others").replace("Unknown", "unknown") for place in places
        ): int(row[-1])
        for row, places in zip(rows, keys, strict=True)
    }


def csv_rows(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", list(CHARTS))
def test_the_table_and_the_files_hold_exactly_what_the_figure_draws(
    source: Source, client: FlaskClient, name: str, query: str
) -> None:
    view_ = seen(source, query)
    chart = CHARTS[name](view_)
    assert tabled(chart) == drawn(chart)
    assert tabled(chart) or name == "units"
    names = [column.name for column in chart.table.columns]
    answer = client.get(f"/download/chart/{name}.csv?{query}")
    assert answer.status_code == 200
    assert csv_rows(answer.data) == [names, *([str(cell) for cell in row] for row in chart.table.rows)]
    objects = [dict(zip(names, row, strict=True)) for row in chart.table.rows]
    assert client.get(f"/download/chart/{name}.json?{query}").json == objects
    held = pq.read_table(io.BytesIO(client.get(f"/download/chart/{name}.parquet?{query}").data))
    assert (held.column_names, held.to_pylist()) == (names, objects)
    assert held.schema.metadata[b"filters"].decode() == view_.filters.without("unit").query()
    shown = table(chart, Place(view_.filters))
    cells = [[text_of(plain(cell)) for cell in row.children] for row in parts(shown) if row.__class__.__name__ == "Tr"]
    assert [[cell.replace(",", "") for cell in row] for row in cells[1:]] == [
        [str(cell).replace(",", "") for cell in row] for row in chart.table.rows
    ]


@pytest.mark.parametrize("name", list(CHARTS))
def test_the_embedded_view_has_the_chart_and_the_files_of_its_own_address(source: Source, name: str) -> None:
    query = "family=Rafale&counted=all&by=status"
    chart = CHARTS[name](seen(source, query))
    page = route(source, f"/embed/{name}?{query}&embed=1")[0]
    assert [one.figure for one in parts(page) if one.__class__.__name__ == "Graph"] == [chart.figure]
    asked = parse(query)[0].query()
    found = [href for href in links(page) if href.startswith("/download/")]
    assert found == [f"/download/chart/{name}.{ending}?{asked}" for ending in ("csv", "json", "parquet", "csv-metadata.json")][
        :3
    ] + [f"/download/chart/{name}.csv-metadata.json?{asked}&saved=1"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Counted are deals; planned and cancelled ones are left out."),
        ("unit=claims&counted=all", "Counted are claims; planned and cancelled ones are counted too."),
        ("status=ordered&status=delivered", "Counted are deals, of these statuses alone: ordered, delivered."),
        (
            "buyer=per&buyer=IND&year=2010-2022&seller!=RUS&has=quantity&min_confidence=0.1",
            "Counted are deals; planned and cancelled ones are left out. Filtered by buyer: Peru or India; year: 2010-2022; "
            "states: a quantity; confidence: at least 0.1; not seller: Russia.",
        ),
        ("unit=confirmed", "Counted are deals that a person confirmed or corrected; planned and cancelled ones are left out."),
    ],
)
def test_what_is_left_out_is_said_of_charts_that_leave_the_page(source: Source, query: str, said: str) -> None:
    assert scope(seen(source, query)) == said
    if query != "unit=confirmed":
        page = route(source, f"/embed/timeline?{query}&embed=1")[0]
        (card,) = [one for one in parts(page) if "data-scope" in one.to_plotly_json()["props"]]
        assert card.to_plotly_json()["props"]["data-scope"] == said
        assert said in str([one.children for one in parts(page) if one.__class__.__name__ == "P"])


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("/embed/map?buyer=PER", "/?buyer=PER"),
        ("/embed/matrix?buyer=PER&top=5", "/flows?buyer=PER&show=matrix&top=5"),
        ("/embed/arcs?at=2016", "/flows?show=map&at=2016"),
        ("/embed/sellers-over-time?buyer=PER&counted=all", "/country/PER?counted=all"),
        ("/embed/buyers-over-time?family=Rafale", "/system/Rafale"),
        ("/embed/units?type=aircraft", "/deals?type=aircraft"),
    ],
)
def test_an_embedded_view_leads_to_the_page_that_has_its_chart(source: Source, address: str, full: str) -> None:
    (link,) = [one for one in parts(route(source, f"{address}&embed=1")[0]) if getattr(one, "id", None) == "full-view"]
    assert link.href == full


def test_the_sidecar_of_a_chart_describes_its_file(client: FlaskClient) -> None:
    answer = client.get("/download/chart/timeline.csv?buyer=IND&buyer=PER")
    where = re.fullmatch(r'<(.+)>; rel="describedby"; type="application/csvm\+json"', answer.headers["Link"])
    assert where
    told = client.get(where[1])
    assert told.headers["Content-Type"] == "application/csvm+json"
    assert urljoin(where[1], told.json["url"]) == "/download/chart/timeline.csv?buyer=IND&buyer=PER"
    columns = told.json["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == csv_rows(answer.data)[0]
    assert [column["name"] for column in columns if not re.fullmatch(r"[A-Za-z0-9_]+", column["name"])] == []
    assert [column["datatype"] for column in columns] == ["string", *["integer"] * (len(columns) - 1)]
    assert told.json["dc:title"] == "Deals per year, by weapon type"
    facts = {one["schema:name"]: one["schema:value"] for one in told.json["schema:additionalProperty"]}
    assert (facts["filters"], facts["rows"]) == ("buyer=IND&buyer=PER", str(len(csv_rows(answer.data)) - 1))
    assert facts["rules version"]
    saved = client.get(f"{where[1]}&saved=1")
    assert f'filename="{saved.json["url"]}-metadata.json"' in saved.headers["Content-Disposition"]
    assert f'filename="{saved.json["url"]}"' in answer.headers["Content-Disposition"]


def test_titles_say_what_the_filters_keep(source: Source) -> None:
    def title(name: str, query: str) -> str:
        return CHARTS[name](seen(source, query)).title

    assert title("timeline", "buyer=ind") == "Deals bought by India per year, by weapon type"
    assert title("buyers", "seller=RUS&buyer=PER") == "Buyers with the most deals sold by Russia"
    assert title("map", "family=Rafale") == "Deals of Rafale, by buyer"
    assert title("flows", "party=PER&unit=claims") == "Claims bought or sold by Peru, from seller to buyer"
    assert title("timeline", "buyer=IND&buyer=PER&seller=unknown") == "Deals per year, by weapon type"


def test_units_are_summed_within_one_type_and_never_over_claims(source: Source) -> None:
    one = CHARTS["units"](seen(source, "family=Rafale"))
    assert sum(int(row[1]) for row in one.table.rows) == 36
    for query, words in (("", "only within one weapon type"), ("family=Rafale&unit=claims", "claims of units are not summed")):
        refused = CHARTS["units"](seen(source, query))
        assert (refused.table.rows, drawn(refused)) == ((), {})
        assert words in refused.reading


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
    assert [title for title in deals if "deal" not in title.lower()] == ["Units ordered and delivered per year"]
    assert [title for title in claims if "claim" not in title.lower()] == ["Units ordered and delivered per year"]


def test_readings_say_what_is_not_drawn(source: Source) -> None:
    assert CHARTS["map"](seen(source, "buyer=Hezbollah&buyer=IND&counted=all")).reading == (
        "India leads with 2 of 3. Not on the map: 1 deal whose buyer is unknown, or no state of today."
    )
    assert CHARTS["timeline"](seen(source, "buyer=Hezbollah")).reading == "No deal in view has a year."
    assert "1 deal without a named seller." in CHARTS["sellers"](seen(source, "counted=all")).reading


def test_formulas_in_names_are_made_harmless_unless_raw(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    record = Record(record_id="0" * 16, article_id="a", buyer="=cmd", status="ordered", system="x", weapon_type="ship")
    with open_register(path, create=True) as store:
        store.replace(Article("a", "text", "title", None, "Wire"), [record])
    client = create_app(path).server.test_client()
    assert client.get("/download/chart/buyers.csv?unit=claims").text.splitlines()[1] == "'=cmd,'=cmd,1"
    assert client.get("/download/chart/buyers.csv?unit=claims&raw=1").text.splitlines()[1] == "=cmd,=cmd,1"
    assert client.get("/download/chart/buyers.json?unit=claims").json[0]["buyer"] == "=cmd"
