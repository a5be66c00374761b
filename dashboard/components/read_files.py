"""The records of a batch as files, as its reader says they are: what was rejected is left out, what was corrected says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from dash import html
from flask import Flask, Response, request

from dashboard import downloads, formats
from dashboard.batches import schema_of
from dashboard.components.download_menu import file_menu
from dashboard.csvw import RIGHTS
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
    rejected = job.rejected()
    files = {form: f"{ADDRESS}.{form}?job={job.key}" for form in formats.FORMS}
    return [
        file_menu(f"Download CSV ({job.records - rejected:,})", files, named="read"),
        html.Span(f"{rejected:,} rejected {'is' if rejected == 1 else 'are'} left out.", className="quiet") if rejected else None,
    ]


def batches(job: Job) -> Iterator[pa.RecordBatch]:
    """The records of a batch, an article's at a time; rejected ones are left out."""
    schema = schema_of(TOLD)
    for read in list(job.reads):
        if rows := [row for row in job.rows(read) if row["review"] != "rejected"]:
            yield pa.RecordBatch.from_pylist(rows, schema=schema)


def pieces(job: Job, form: str, *, raw: bool = False) -> Iterator[bytes | memoryview]:
    """The file in one of `formats.FORMS`."""
    return formats.pieces(form, batches(job), TOLD, notes, raw=raw)


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
        name = downloads.dated("records", "read", form=form)
        return downloads.answer(pieces(job, form, raw=downloads.is_raw()), name, formats.FORMS[form])

    for form in formats.FORMS:
        server.add_url_rule(f"{ADDRESS}.{form}", f"download_read_{form}", lambda form=form: served(form))
