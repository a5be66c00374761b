"""A small table, of a chart or of the comparison, as a file: CSV with its metadata, JSON and Parquet, with the words of the large ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from flask import Response

from dashboard import csvw, downloads, formats
from dashboard.batches import schema_of
from extractors import Column

FORMS = ("csv", "json", "parquet")
ENDINGS = (*FORMS, downloads.METADATA)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what there is to say of it.

    `path` is its address without an ending, `file` what its files are called before label and day, `facts` are made when they are
    asked for: see `csvw.facts`.
    """

    path: str
    file: str
    label: str
    description: str
    columns: tuple[Column, ...]
    batch: pa.RecordBatch
    facts: Callable[[], Mapping[str, str]]


def batch_of(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> pa.RecordBatch:
    """Rows of plain values as a record batch of the columns' types."""
    schema = schema_of(columns)
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(values, type=field.type) for values, field in zip(cells, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def served(sheet: Sheet, ending: str, query: str) -> Response:
    """The answer to the address with one of `ENDINGS`. `query` is its query string, in ASCII."""
    raw = downloads.is_raw()
    if ending == downloads.METADATA:
        return described(sheet, query, raw=raw)
    held = formats.pieces(ending, [sheet.batch], sheet.columns, sheet.facts, raw=raw)
    made = downloads.answer(held, downloads.dated(sheet.file, sheet.label, form=ending), formats.FORMS[ending])
    if ending == "csv":
        made.headers["Link"] = downloads.described_by(f"{sheet.path}.{downloads.METADATA}", query)
    return made


def described(sheet: Sheet, query: str, *, raw: bool) -> Response:
    """The CSV's metadata: see `downloads.metadata_answer`."""
    file = downloads.dated(sheet.file, sheet.label)

    def document(url: str) -> dict[str, Any]:
        return csvw.document(sheet.facts(), url, sheet.description, sheet.columns, raw=raw)

    return downloads.metadata_answer(document, f"{sheet.path.rpartition('/')[2]}.csv", file, query)
