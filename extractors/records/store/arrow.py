"""Records and deals as Arrow batches: a register of any size goes to a file without ever being in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, Column
from extractors.records.store.tables import DEALS, RECORD_DEALS, RECORDS

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(), "category": pa.string(), "JSON": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(),
    "boolean": pa.bool_(), "date": pa.date32(),
}  # fmt: skip
ROWS = 8_192
# The deal of each record, beside the record's own columns.
HOME = Column("deal_id", "string", "the deal that the record tells of")
RECORD_FIELDS = (*COLUMNS, *REVIEW_COLUMNS, HOME)
DEAL_FIELDS = (*DEAL_COLUMNS, *REVIEW_COLUMNS)


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The Arrow schema of columns, with their meanings."""
    return pa.schema([pa.field(c.name, ARROW_TYPES[c.dtype], metadata={"description": c.description}) for c in columns])


RECORD_SCHEMA, DEAL_SCHEMA = schema_of(RECORD_FIELDS), schema_of(DEAL_FIELDS)


def record_batches(connection: sa.Connection) -> Iterator[pa.RecordBatch]:
    """Every record by article and place in it, with its deal; as the machine read it."""
    fields = [RECORDS.c[c.name] for c in COLUMNS]
    query = (
        sa.select(*fields, RECORD_DEALS.c.deal_id)
        .select_from(RECORDS.outerjoin(RECORD_DEALS, RECORD_DEALS.c.record_id == RECORDS.c.record_id))
        .order_by(RECORDS.c.article_id, RECORDS.c.position)
    )
    yield from batches(connection, query, RECORD_SCHEMA)


def deal_batches(connection: sa.Connection) -> Iterator[pa.RecordBatch]:
    """Every stored deal, by id."""
    query = sa.select(*(DEALS.c[c.name] for c in DEAL_COLUMNS)).order_by(DEALS.c.deal_id)
    yield from batches(connection, query, DEAL_SCHEMA)


def batches(connection: sa.Connection, query: sa.Select[Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """A query's rows in batches; what the query does not select of the schema (the review) is empty."""
    names = [field.name for field in query.selected_columns]
    result = connection.execution_options(stream_results=True, yield_per=ROWS).execute(query)
    for rows in result.partitions(ROWS):
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        yield pa.record_batch([array(columns.get(field.name), field, len(rows)) for field in schema], schema=schema)


def array(values: Sequence[Any] | None, field: pa.Field, length: int) -> pa.Array:
    """A column; missing text is ''."""
    if values is None:
        return pa.array([""] * length, type=field.type)
    if field.type == pa.string():
        return pa.array([value or "" for value in values], type=field.type)
    return pa.array(values, type=field.type)


def table_of(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows by column as a table; missing text is ''."""
    columns = [array([row.get(field.name) for row in rows], field, len(rows)) for field in schema]
    return pa.table(columns, schema=schema)
