"""Records to rows, frames and files. Columns, order and dtypes come from `COLUMNS`; files are written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pandas as pd

from extractors.model import COLUMNS, Column, Event, Record, Span

FORMATS = ("csv", "jsonl", "parquet")
DTYPES = {
    "string": "str",
    "Int64": "Int64",
    "Float64": "Float64",
    "boolean": "boolean",
    "category": "category",
    "date": "object",
    "JSON": "str",
}


def span_json(span: Span) -> list[Any]:
    return [span.start, span.end, span.where]


def event_json(event: Event) -> dict[str, Any]:
    return {
        "status": event.status,
        "year": event.year,
        "year_basis": event.year_basis,
        "quantity": event.quantity,
        "spans": [span_json(s) for s in event.spans],
    }


def to_row(record: Record) -> dict[str, Any]:
    """A record as plain values by column: JSON columns as compact JSON text, dates as `date`, empty as `None` or ''."""
    row = {column.name: getattr(record, column.name) for column in COLUMNS}
    spans = {name: [span_json(s) for s in found] for name, found in (record.spans or {}).items()}
    row["spans"] = orjson.dumps(spans).decode()
    row["events"] = orjson.dumps([event_json(e) for e in record.events]).decode()
    return row


def frame_of(rows: Sequence[dict[str, Any]], columns: Sequence[Column] = COLUMNS) -> pd.DataFrame:
    """Rows as a frame with exactly these columns, typed; dates are `datetime.date` objects or `None`."""
    frame = pd.DataFrame(list(rows), columns=[c.name for c in columns], dtype="object")
    for column in columns:
        values = frame[column.name]
        if column.dtype in ("string", "JSON", "category"):
            values = values.fillna("")
        frame[column.name] = values.astype(DTYPES[column.dtype])  # type: ignore[call-overload]
    return frame


def to_frame(records: Iterable[Record]) -> pd.DataFrame:
    """Records as a frame; see `frame_of`."""
    return frame_of([to_row(r) for r in records])


def cell(value: Any) -> str:
    """A value as CSV text: empty for `None`, integers without a fraction, true and false, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def csv_bytes(records: Iterable[Record]) -> bytes:
    """UTF-8 without byte-order mark, `\\n` line ends, cells as they are."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([c.name for c in COLUMNS])
    for record in records:
        writer.writerow([cell(value) for value in to_row(record).values()])
    return buffer.getvalue().encode("utf-8", "surrogatepass")


def jsonl_bytes(records: Iterable[Record]) -> bytes:
    """One object per line; spans and events as nested JSON."""
    lines = []
    for record in records:
        row = to_row(record)
        row["spans"], row["events"] = orjson.loads(row["spans"]), orjson.loads(row["events"])
        lines.append(orjson.dumps(row) + b"\n")
    return b"".join(lines)


def parquet_bytes(records: Iterable[Record]) -> bytes:
    buffer = io.BytesIO()
    frame = to_frame(records)
    frame["published"] = pd.to_datetime(frame["published"]).dt.date
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def file_format(target: str, chosen: str | None) -> str:
    """The format asked for, else the one of the file's suffix, else CSV."""
    suffix = Path(target).suffix.lower().removeprefix(".")
    return chosen or (suffix if suffix in FORMATS else "csv")


def write_records(records: Sequence[Record], target: str, chosen: str | None = None) -> None:
    """Writes a file (`-` is standard output) whole or not at all; raises `OSError` when the place cannot be written."""
    makers = {"csv": csv_bytes, "jsonl": jsonl_bytes, "parquet": parquet_bytes}
    data = makers[file_format(target, chosen)](records)
    if target == "-":
        write_out(sys.stdout.buffer, data)
    else:
        write_whole(Path(target), data)


def write_out(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
    stream.flush()


def write_whole(path: Path, data: bytes) -> None:
    """Replaces the file in one step: a run that is cut off leaves the old one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent or Path("."), prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~current_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
