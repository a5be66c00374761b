"""The deals or records of a view as a CSV file, streamed, from a plain address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
from flask import Response

from dashboard.data import Data
from dashboard.filters import mask, parse
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS

BOM = "\ufeff"
BLOCK = 2_000
# What spreadsheets take for the start of a formula (OWASP ASVS 1.2.10).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXT = ("string", "category", "JSON")


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def cell(value: Any) -> Any:
    """A value as CSV wants it: empty for missing, whole floats without a fraction, `true` and `false`."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def csv_blocks(data: Data, query: str, *, raw: bool = False) -> Iterator[str]:
    """CSV text of the rows that the query keeps, as `blocks` gives it."""
    columns = (*(COLUMNS if data.home is None else DEAL_COLUMNS), *REVIEW_COLUMNS)
    rows = np.flatnonzero(mask(parse(query)[0], data))
    names = [column.name for column in columns]
    parts = (data.take(rows[start : start + BLOCK], names).to_pydict() for start in range(0, len(rows), BLOCK))
    return blocks(parts, [(column.name, column.dtype in TEXT) for column in columns], raw=raw)


def parts_of(frame: pd.DataFrame) -> Iterator[dict[str, list[Any]]]:
    """A frame's columns, some rows at a time."""
    for start in range(0, len(frame), BLOCK):
        block = frame.iloc[start : start + BLOCK]
        yield {str(name): block[name].tolist() for name in block.columns}


def blocks(
    parts: Iterable[Mapping[str, Sequence[Any]]], columns: Sequence[tuple[str, bool]], *, raw: bool = False
) -> Iterator[str]:
    """CSV text of `columns` (name, and whether it is text) of rows that come by column: header first, `\\r\\n` line ends, a byte-order
    mark unless `raw`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([name for name, _ in columns])
    text = [is_text for _, is_text in columns]
    yield ("" if raw else BOM) + taken(buffer)
    for part in parts:
        for values in zip(*(part[name] for name, _ in columns), strict=True):
            cells = (cell(value) for value in values)
            writer.writerow(
                list(cells) if raw else [harmless(c) if is_text else c for c, is_text in zip(cells, text, strict=True)]
            )
        yield taken(buffer)


def taken(buffer: io.StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written


def file_name(data: Data, today: str | None = None) -> str:
    """The name of a download of deals or records: see `dated`."""
    return dated(f"{data.noun}s", data.label, today)


def dated(what: str, label: str, today: str | None = None) -> str:
    """`arms-deals-[label-]2026-01-31.csv`: what is in it, the register's label, then the day (UTC) of the download."""
    day = today or datetime.now(UTC).date().isoformat()
    sign = "".join(c if c.isalnum() else "-" for c in label.lower()).strip("-")
    return "-".join(part for part in (f"arms-{what}", sign, day) if part) + ".csv"


def answer(texts: Iterator[str], name: str) -> Response:
    """The streamed answer that hands out a CSV file."""
    made = Response((text.encode("utf-8", "replace") for text in texts), mimetype="text/csv")
    made.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    made.headers["Content-Disposition"] = disposition(name)
    made.headers["Cache-Control"] = "no-store"
    return made


def disposition(name: str) -> str:
    """The header that names the file, in ASCII and in UTF-8."""
    plain = name.encode("ascii", "replace").decode().replace("?", "-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
