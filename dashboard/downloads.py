"""The deals or records of a view as a CSV file, streamed, from a plain address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

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
    """CSV text of the rows that the query keeps, in blocks: header first, `\\r\\n` line ends, a byte-order mark unless `raw`."""
    rows = np.flatnonzero(mask(parse(query)[0], data))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = (*(COLUMNS if data.home is None else DEAL_COLUMNS), *REVIEW_COLUMNS)
    writer.writerow([column.name for column in columns])
    text = [column.dtype in TEXT for column in columns]
    yield ("" if raw else BOM) + taken(buffer)
    for start in range(0, len(rows), BLOCK):
        block = data.frame.iloc[rows[start : start + BLOCK]]
        for values in zip(*(block[column.name].tolist() for column in columns), strict=True):
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
    """`arms-deals-[label-]2026-01-31.csv`: what is counted, the register's label, then the day (UTC) of the download."""
    day = today or datetime.now(UTC).date().isoformat()
    label = "".join(c if c.isalnum() else "-" for c in data.label.lower()).strip("-")
    return "-".join(part for part in (f"arms-{data.noun}s", label, day) if part) + ".csv"


def disposition(name: str) -> str:
    """The header that names the file, in ASCII and in UTF-8."""
    plain = name.encode("ascii", "replace").decode().replace("?", "-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
