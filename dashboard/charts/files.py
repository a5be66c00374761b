"""A chart as a file: exactly the numbers that it draws, from a plain address, as CSV with its metadata, JSON and Parquet."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response

from dashboard import csvw, downloads, sheets
from dashboard.charts import CHARTS, Chart, View, view_of
from dashboard.filters import Filters, parse, view
from dashboard.sheets import Sheet
from dashboard.source import RegisterError, Source
from extractors import Column

FOLDER = "/download/chart/"


def address(name: str, filters: Filters, ending: str = "csv", more: str = "") -> str:
    """The address of one of a chart's files; `more` is added to its query."""
    query = "&".join(part for part in (filters.query(), more) if part)
    return f"{FOLDER}{quote(name)}.{ending}" + (f"?{query}" if query else "")


def sheet_of(chart: Chart, seen: View, query: str) -> Sheet:
    """The chart's table with what there is to say of it."""
    columns = tuple(
        Column(one.name, "Int64" if one.number else "string", f"{one.heading}, as the chart shows it")
        for one in chart.table.columns
    )

    def facts() -> dict[str, str]:
        told = csvw.facts(seen.data, downloads.without_saved(query))
        counted = {f"{seen.word}s": told["rows"]}
        return {
            **told,
            "title": chart.title,
            "chart": chart.name,
            "in words": chart.reading,
            "rows": str(len(chart.table.rows)),
            **counted,
        }

    return Sheet(
        path=f"{FOLDER}{chart.name}",
        file=f"{seen.word}s-{chart.name}",
        label=seen.data.label,
        description=f"The numbers that the chart draws: {chart.title}",
        columns=columns,
        batch=sheets.batch_of(columns, chart.table.rows),
        facts=facts,
    )


def add_routes(server: Flask, source: Source) -> None:
    """Serves `/download/chart/NAME.csv` and its other formats, filtered as the page with the same query is."""

    @server.get(f"{FOLDER}<name>")
    def chart_file(name: str) -> Response:
        name, _, ending = name.partition(".")
        if name not in CHARTS or ending not in sheets.ENDINGS:
            return Response(
                f"There is no such file. Charts are: {', '.join(CHARTS)}. Each is there as: {', '.join(sheets.ENDINGS)}.\n",
                404,
                mimetype="text/plain",
            )
        query = downloads.asked()
        filters = parse(query)[0]
        try:
            seen = view_of(view(source, filters), filters)
        except RegisterError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        return sheets.served(sheet_of(CHARTS[name](seen), seen, query), ending, query)
