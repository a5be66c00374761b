"""The records of a batch as files, as its reader says they are: what was rejected is left out, what was corrected says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dash_mantine_components as dmc
import pyarrow as pa
from dash import html
from flask import Flask, Response, request

from dashboard import downloads
from dashboard.batches import schema_of
from dashboard.components.download_menu import BUTTON, OTHERS, item
from dashboard.csv_text import csv_bytes
from dashboard.csvw import RIGHTS
from dashboard.formats import json_bytes, jsonl_bytes, parquet_bytes
from dashboard.read_address import asked_for
from dashboard.reading.desk import Desk
from dashboard.reading.job import Job
from extractors import COLUMNS, REVIEW_COLUMNS, rules_version

ADDRESS = "/download/read"
TOLD = (*COLUMNS, *REVIEW_COLUMNS)
GONE = (
    "The server does not hold this batch any more: it keeps some in its memory, and none when it stops. "
    "What was added to the register is there; bring the rest again."
)


def links(job: Job) -> list[Any]:
    """The CSV at one click, and a menu of the other formats."""
    query = f"?job={job.key}"
    rejected = job.rejected()
    others = [item(name, words, f"{ADDRESS}.{form}{query}", f"read-{form}") for form, name, words in OTHERS]
    more = dmc.MenuTarget(html.Span("▾", **{"aria-hidden": "true"}), boxWrapperProps=BUTTON)
    return [
        html.Span(
            [
                html.A(
                    f"Download CSV ({job.records - rejected:,})", id="download", className="button", href=f"{ADDRESS}.csv{query}"
                ),
                dmc.Menu([more, dmc.MenuDropdown(others)], id="download-menu", position="bottom-end", shadow="md"),
            ],
            className="downloads",
        ),
        html.Span(f"{rejected:,} rejected {'is' if rejected == 1 else 'are'} left out.", className="quiet") if rejected else None,
    ]


def batches(job: Job) -> Iterator[pa.RecordBatch]:
    """The records of a batch, an article's at a time; rejected ones are left out."""
    schema = schema_of(TOLD)
    for read in list(job.reads):
        if rows := [row for row in job.rows(read) if row["review"] != "rejected"]:
            yield pa.RecordBatch.from_pylist(rows, schema=schema)


def pieces(job: Job, form: str, *, raw: bool = False) -> Iterator[bytes | memoryview]:
    """The file in one of the forms of `downloads.FORMS`."""
    made = batches(job)
    if form == "csv":
        return csv_bytes(made, [column.name for column in TOLD], raw=raw)
    if form == "parquet":
        return parquet_bytes(made, TOLD, notes())
    return (jsonl_bytes if form == "jsonl" else json_bytes)(made, TOLD)


def notes() -> dict[str, str]:
    return {
        "title": "Records of arms transfers, read from articles by rules",
        "rules version": rules_version(),
        "reading": "as the reader of the articles corrected them, where they did",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "rights": RIGHTS,
    }


def add_routes(server: Flask, desk: Desk) -> None:
    """Hands out the records of a batch in every form."""

    def served(form: str) -> Response:
        job = desk.get(asked_for(request.query_string.decode("utf-8", "replace")).job)
        if job is None:
            return Response(f"{GONE}\n", 404, mimetype="text/plain")
        raw = request.args.get("raw") == "1"
        return downloads.answer(pieces(job, form, raw=raw), downloads.dated("records", "read", form=form), downloads.FORMS[form])

    for form in downloads.FORMS:
        server.add_url_rule(f"{ADDRESS}.{form}", f"download_read_{form}", lambda form=form: served(form))
