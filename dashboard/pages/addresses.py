"""The page about the JSON addresses and the files, for people: made from the same description as `/api/openapi.json`."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import csvw, openapi
from dashboard.charts import CHARTS
from dashboard.charts.files import FOLDER
from dashboard.data import Data
from dashboard.downloads import METADATA, UNITS
from dashboard.formats import FORMS

PATH = "/api"
EXAMPLES = (
    ("/api/deals?status=ordered&sort=-year,buyer&limit=20", "the twenty latest orders"),
    ("/api/counts?by=seller&year=2015-", "deals per seller since 2015"),
    ("/api/records?q=helicopter", "claims that speak of helicopters"),
)
FILES = {
    "csv": "CSV for spreadsheets: UTF-8, formulas made harmless. With raw=1, cells as they are.",
    "jsonl": "JSON Lines: one object to a line.",
    "json": "The same objects as one JSON array.",
    "parquet": "Parquet, with the columns’ descriptions, the filters and the rights in the file.",
    METADATA: "What the CSV is, as CSV on the Web metadata: columns, filters, rules version, time, rights.",
}


def layout(data: Data) -> list[Any]:
    """The page."""
    document = openapi.description()
    return [
        html.H1("JSON addresses and files", className="page-title"),
        html.P(
            f"What the pages show ({len(data):,} {data.noun}s here), for programs: read-only, under the same filters.",
            className="reading",
        ),
        html.Div([addresses(document), parameters(document), files(), columns_and_errors()], className="side addresses"),
    ]


def addresses(document: dict[str, Any]) -> html.Section:
    rows = [
        html.Tr([html.Th(html.Code(path), scope="row"), html.Td(methods["get"]["summary"])])
        for path, methods in document["paths"].items()
    ]
    examples = [html.Li([link(address), f": {words}"]) for address, words in EXAMPLES]
    return card(
        "Addresses",
        table(("Address", "Answers"), rows),
        html.P("Try one:"),
        html.Ul(examples),
        html.P(["For programs that read OpenAPI: ", link("/api/openapi.json"), "."]),
    )


def parameters(document: dict[str, Any]) -> html.Section:
    own = {one["name"]: one["description"] for one in document["paths"]["/api/deals"]["get"]["parameters"] if "name" in one}
    by = {"by": f"What to count by, for counts: {', '.join(openapi.BY)}."}
    keys = {key: one["description"] for key, one in document["components"]["parameters"].items()}
    rows = [html.Tr([html.Th(html.Code(name), scope="row"), html.Td(words)]) for name, words in {**keys, **own, **by}.items()]
    return card(
        "Parameters",
        html.P(
            [
                "Repeat a key for “either”; different keys mean “and”; ",
                html.Code("key!=value"),
                " leaves out; ",
                html.Code("unknown"),
                " is a value of every key but q, unit and reading. The files take the same filters.",
            ]
        ),
        table(("Key", "Takes"), rows),
    )


def files() -> html.Section:
    rows = [
        html.Tr([html.Th([link(f"/download/{unit}.{form}") for unit in UNITS], scope="row"), html.Td(FILES[form])])
        for form in (*FORMS, METADATA)
    ]
    charts: list[Any] = [
        "Every chart is there as CSV, JSON and Parquet with the same metadata: ",
        html.Code(f"{FOLDER}NAME.csv"),
        ". Charts: ",
    ]
    for name in CHARTS:
        charts += [link(f"{FOLDER}{name}.csv", name), " "]
    return card("Files", table(("File", "What it is"), rows), html.P(charts), html.P(csvw.RIGHTS))


def columns_and_errors() -> html.Section:
    return card(
        "Columns, pages and errors",
        html.P(
            "Rows have the columns of the files, described one by one in the OpenAPI document and in the CSV’s metadata. "
            "A missing number, date or truth is null; missing text is empty."
        ),
        html.P(
            "A list has total, and next with the address of the next page or null. Its register.version changes whenever the register "
            "does: begin again when two pages differ in it."
        ),
        html.P(
            "What is not understood is refused with status 400, what is not there with 404, a register that cannot be read with 503, "
            "each with error.what and error.remedy. Pages of other sites cannot read these addresses from a browser."
        ),
    )


def table(heads: tuple[str, str], rows: list[html.Tr]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    return html.Div(html.Table([head, html.Tbody(rows)], className="facts plain"), className="scroll")


def link(address: str, words: str = "") -> html.A:
    return html.A(html.Code(words or address), href=address)


def card(name: str, *body: Any) -> html.Section:
    identity = name.split(",")[0].lower()
    return html.Section([html.H2(name, id=identity), *body], className="card", **{"aria-labelledby": identity})
