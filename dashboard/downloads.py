"""The deals or records of a view as files, streamed, from plain addresses: CSV with its metadata, JSON Lines, JSON and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import orjson
from flask import Flask, Response, request

from dashboard import csvw
from dashboard.batches import blocks_of, columns_of
from dashboard.data import Data
from dashboard.filters import mask, parse, reads_machine
from dashboard.formats import FORMS, pieces
from dashboard.source import RegisterError, Source

UNITS = ("deals", "records")
METADATA = "csv-metadata.json"
METADATA_TYPE = "application/csvm+json"
COMPRESSED = [kind.partition(";")[0] for form, kind in FORMS.items() if form != "parquet"] + [METADATA_TYPE]


def add_routes(server: Flask, source: Source) -> None:
    """Serves every file under `/download/`, and says what there is where an address names none."""
    for unit in UNITS:
        for form in FORMS:
            server.add_url_rule(
                f"/download/{unit}.{form}",
                f"download_{unit}_{form}",
                lambda unit=unit, form=form: served(source, unit, lambda data: handed_out(data, asked(), form)),
            )
        server.add_url_rule(
            f"/download/{unit}.{METADATA}",
            f"download_{unit}_metadata",
            lambda unit=unit: served(source, unit, lambda data: described(data, asked(), unit)),
        )

    @server.get("/download/<path:name>")
    def no_download(name: str) -> Response:
        there = [f"/download/{unit}.{form}" for unit in UNITS for form in (*FORMS, METADATA)]
        return Response(f"There is no download {name}. There are:\n" + "\n".join(there) + "\n", 404, mimetype="text/plain")


def asked() -> str:
    """The query string as it came, in ASCII: it may go into a header or a file as it is."""
    return quote(request.query_string, safe="!$%&'()*+,/:;=?@-._~")


def served(source: Source, unit: str, answer_of: Callable[[Data], Response]) -> Response:
    """The answer over the deals or records of the reading asked for, or the register's own complaint."""
    machine = reads_machine(parse(asked())[0])
    try:
        return answer_of(source.deals(machine=machine) if unit == "deals" else source.data(machine=machine))
    except RegisterError as error:
        return Response(f"{error}\n", 503, mimetype="text/plain")


def handed_out(data: Data, query: str, form: str) -> Response:
    """A file of the rows that the query keeps."""
    batches = blocks_of(data, mask(parse(query)[0], data))
    held = pieces(form, batches, columns_of(data), lambda: csvw.facts(data, query), raw=is_raw())
    made = answer(held, file_name(data, form=form), FORMS[form])
    if form == "csv":
        made.headers["Link"] = described_by(f"/download/{data.noun}s.{METADATA}", query)
    return made


def described_by(path: str, query: str) -> str:
    """The header of a CSV that names its metadata."""
    return f'<{path}{f"?{query}" if query else ""}>; rel="describedby"; type="{METADATA_TYPE}"'


def described(data: Data, query: str, unit: str) -> Response:
    """The CSV's metadata."""
    return metadata_answer(
        lambda url: csvw.metadata(data, without_saved(query), url, raw=is_raw()), f"{unit}.csv", file_name(data), query
    )


def metadata_answer(document: Callable[[str], dict[str, Any]], address: str, file: str, query: str) -> Response:
    """The metadata of the CSV at an address relative to its own. With `saved=1` it is a file to be kept beside the saved CSV, and
    names that one."""
    saved = request.args.get("saved") == "1"
    plain = without_saved(query)
    url = file if saved else address + (f"?{plain}" if plain else "")
    text = orjson.dumps(document(url), option=orjson.OPT_INDENT_2)
    made = Response(text, content_type=METADATA_TYPE, headers={"Cache-Control": "no-store"})
    if saved:
        made.headers["Content-Disposition"] = disposition(f"{file}-metadata.json")
    return made


def without_saved(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not part.startswith("saved="))


def is_raw() -> bool:
    return request.args.get("raw") == "1"


def file_name(data: Data, today: str | None = None, *, form: str = "csv") -> str:
    """The name of a download of deals or records: see `dated`."""
    return dated(f"{data.noun}s", data.label, today, form=form)


def dated(what: str, label: str, today: str | None = None, *, form: str = "csv") -> str:
    """`arms-deals-[label-]2026-01-31.csv`: what is in it, the register's label, then the day (UTC) of the download."""
    day = today or datetime.now(UTC).date().isoformat()
    sign = "".join(c if c.isalnum() else "-" for c in label.lower()).strip("-")
    return "-".join(part for part in (f"arms-{what}", sign, day) if part) + f".{form}"


def answer(held: Iterable[bytes | memoryview], name: str, kind: str) -> Response:
    """The streamed answer that hands out a file."""
    made = Response((bytes(piece) for piece in held), content_type=kind)
    made.headers["Content-Disposition"] = disposition(name)
    made.headers["Cache-Control"] = "no-store"
    return made


def disposition(name: str) -> str:
    """The header that names the file, in ASCII and in UTF-8."""
    plain = name.encode("ascii", "replace").decode().replace("?", "-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
