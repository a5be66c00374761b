"""A chart as a file: the CSV of exactly the numbers that it draws, from a plain address."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
from flask import Flask, Response, request

from dashboard import downloads
from dashboard.charts import CHARTS, Chart, view_of
from dashboard.filters import Filters, parse, view
from dashboard.source import RegisterError, Source


def address(name: str, filters: Filters) -> str:
    """The address of a chart's CSV file."""
    query = filters.query()
    return f"/download/chart/{quote(name)}.csv" + (f"?{query}" if query else "")


def csv_text(chart: Chart, *, raw: bool = False) -> str:
    """The chart's table: header first, `\\r\\n` line ends, a byte-order mark and harmless formulas unless `raw`."""
    names = [column.name for column in chart.table.columns]
    frame = pd.DataFrame(chart.table.rows, columns=names, dtype="object")
    texts = [any(isinstance(cell, str) for cell in frame[name]) for name in names]
    for name, is_text in zip(names, texts, strict=True):
        if is_text:
            frame[name] = frame[name].map(str)
    return b"".join(downloads.blocks(frame, list(zip(names, texts, strict=True)), raw=raw)).decode("utf-8")


def add_routes(server: Flask, source: Source) -> None:
    """Serves `/download/chart/NAME.csv`, filtered as the page with the same query is."""

    @server.get("/download/chart/<name>.csv")
    def chart_file(name: str) -> Response:
        if name not in CHARTS:
            return Response(f"There is no such chart. There are: {', '.join(CHARTS)}.\n", 404, mimetype="text/plain")
        filters = parse(request.query_string.decode("utf-8", "replace"))[0]
        try:
            data = view(source, filters)
        except RegisterError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        chart = CHARTS[name](view_of(data, filters))
        word = "deals" if data.home is not None else "claims"
        text = csv_text(chart, raw=request.args.get("raw") == "1")
        return downloads.answer(iter([text.encode("utf-8")]), downloads.dated(f"{word}-{name}", data.label))
