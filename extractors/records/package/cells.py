"""Values as text of a CSV file and back, by dtype: what comes back is what was there, `NA` and `NO` included."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from extractors.model import Column
from extractors.records.export import cell

TRUTHS = {"true": True, "false": False}
READERS: dict[str, Callable[[str], Any]] = {
    "Int64": int, "Float64": float, "boolean": TRUTHS.__getitem__, "date": date.fromisoformat,
}  # fmt: skip


class BadCell(ValueError):
    """A cell or line that is not what its column says."""


def value(column: Column, text: str) -> Any:
    """A cell's value; an empty cell is empty text, or `None` where the column is not text."""
    reader = READERS.get(column.dtype)
    if reader is None:
        return text
    if not text:
        return None
    try:
        return reader(text)
    except (ValueError, KeyError):
        raise BadCell(f"column {column.name}: {text[:40]!r} is not of type {column.dtype}") from None


def write_csv(stream: TextIO, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> None:
    """RFC 4180: `\\r\\n` line ends, so that both of its characters are quoted inside of a cell."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([c.name for c in columns])
    for row in rows:
        writer.writerow([cell(row[c.name]) for c in columns])


def read_csv(path: Path, columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """The rows of a file; raises `BadCell`."""
    with path.open(encoding="utf-8", newline="") as stream, long_cells():
        reader = csv.reader(stream, strict=True)
        names = [c.name for c in columns]
        try:
            if next(reader, None) != names:
                raise BadCell("its columns are not those of this version of the program")
            for cells in reader:
                if len(cells) != len(names):
                    raise BadCell(f"has {len(cells)} cells instead of {len(names)}")
                yield {c.name: value(c, text) for c, text in zip(columns, cells, strict=True)}
        except (BadCell, csv.Error, UnicodeDecodeError) as error:
            raise BadCell(f"{path.name}, line {reader.line_num}: {error}") from None


@contextmanager
def long_cells() -> Iterator[None]:
    """Lets cells hold whole articles; the limit is the csv module's own."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)
