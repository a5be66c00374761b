"""Record batches as CSV, JSON Lines, a JSON array and Parquet, in pieces: a file is never held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.batches import schema_of
from dashboard.csv_text import content, csv_bytes
from dashboard.json_text import objects
from extractors import Column

# What a file may be, by its ending -> what the answer says it is.
FORMS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def pieces(
    form: str,
    batches: Iterable[pa.RecordBatch],
    columns: Sequence[Column],
    notes: Callable[[], Mapping[str, str]],
    *,
    raw: bool = False,
) -> Iterator[bytes | memoryview]:
    """The file in one of `FORMS`. `notes` says what the file is, and is asked where the form has a place for that; `raw` is of CSV
    alone."""
    if form == "csv":
        return csv_bytes(batches, [column.name for column in columns], raw=raw)
    if form == "parquet":
        return parquet_bytes(batches, columns, notes())
    return (jsonl_bytes if form == "jsonl" else json_bytes)(batches, columns)


def plain_rows(batch: pa.RecordBatch, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Rows as plain values: JSON columns as what they hold, dates as `date`, missing numbers, dates and truths as `None`."""
    values = [
        [orjson.loads(text) if text else None for text in array.to_pylist()] if column.dtype == "JSON" else array.to_pylist()
        for array, column in zip(batch.columns, columns, strict=True)
    ]
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def jsonl_bytes(batches: Iterable[pa.RecordBatch], columns: Sequence[Column]) -> Iterator[bytes]:
    """One object to a line, as `python -m extractors extract -o records.jsonl` writes them."""
    for batch in filled(batches):
        yield bytes(content(pc.binary_join_element_wise(objects(batch, columns), "\n", "")))


def json_bytes(batches: Iterable[pa.RecordBatch], columns: Sequence[Column]) -> Iterator[bytes]:
    """One array of the same objects, each on a line of its own."""
    before = b"[\n"
    for batch in filled(batches):
        yield before + bytes(content(pc.binary_join_element_wise(objects(batch, columns), ",\n", "")))[:-2]
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def filled(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return (batch for batch in batches if len(batch))


class Pieces:
    """A place to write to that hands out what was written since it was last asked."""

    def __init__(self) -> None:
        self.closed = False
        self._pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def parquet_bytes(batches: Iterable[pa.RecordBatch], columns: Sequence[Column], notes: Mapping[str, str]) -> Iterator[bytes]:
    """Parquet with a row group for each batch; columns carry their descriptions, and the file `notes`."""
    sink = Pieces()
    schema = schema_of(columns).with_metadata(dict(notes))
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield sink.taken()
    yield sink.taken()
