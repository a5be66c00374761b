"""The rows of a view as Arrow record batches: what every download is written from, and the one place that knows how rows are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.data import Data
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, Column

# Rows of the first batch, so that an answer begins at once, and of those that follow.
FIRST, NEXT = 1_000, 16_384
TYPES = {
    "string": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "JSON": pa.string(),
    "Int64": pa.int64(),
    "Float64": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def columns_of(data: Data) -> tuple[Column, ...]:
    """The columns of a download of a view, in order: those of its deals or records, and what people said of them."""
    return (*(COLUMNS if data.home is None else DEAL_COLUMNS), *REVIEW_COLUMNS)


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The Arrow schema of columns; their descriptions go along."""
    return pa.schema(
        [pa.field(column.name, TYPES[column.dtype], metadata={"description": column.description}) for column in columns]
    )


def blocks_of(data: Data, rows: np.ndarray, columns: Sequence[Column] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a view, given as a mask or as places in the order wanted, in batches of `schema_of` its columns.

    `columns` are those wanted (all, where not given). Missing numbers, dates and truths are null; missing text is empty.
    """
    chosen = columns_of(data) if columns is None else tuple(columns)
    places = np.flatnonzero(rows) if rows.dtype == bool else rows
    schema = schema_of(chosen)
    start, size = 0, FIRST
    while start < len(places):
        block = data.take(places[start : start + size], [column.name for column in chosen])
        # The rows are copies: a download of everything leaves no file in memory.
        data.release()
        yield pa.RecordBatch.from_arrays([encoded(block[column.name], column) for column in chosen], schema=schema)
        start, size = start + size, NEXT


def encoded(values: pa.ChunkedArray, column: Column) -> pa.Array:
    """One column of a block, with values of few kinds as codes."""
    made = values.combine_chunks()
    made = made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
    return made.dictionary_encode() if column.dtype == "category" else made


def array(values: pd.Series, column: Column) -> pa.Array:
    """One column of a block as Arrow has it."""
    made = pa.array(values, from_pandas=True)
    made = made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
    if pa.types.is_dictionary(made.type) and not made.null_count:
        return made.cast(TYPES["category"])
    if column.dtype in ("string", "category", "JSON"):
        text = made.cast(pa.string())
        text = text.fill_null("") if text.null_count else text
        return text.dictionary_encode() if column.dtype == "category" else text
    return made.cast(TYPES[column.dtype])
