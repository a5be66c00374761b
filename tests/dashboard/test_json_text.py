"""The fast JSON writer writes what orjson writes of each row, byte for byte."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.batches import TYPES
from dashboard.formats import json_bytes, jsonl_bytes, plain_rows
from extractors import Column

TEXTS = [
    "",
    "a",
    'say "no"',
    "back\\slash",
    "line\nend",
    "tab\t",
    "\x00\x1f\x7f",
    "é\u2028\u2029İ🚀",
    "</script>",
    "'",
    "/",
    None,
]
NUMBERS = [None, 0.0, -0.0, 1.0, 3.5e9, 0.1, 1e-7, 1e16, 1e22, 123456.789, 5e-324, 1.7976931348623157e308]
DATES = [date(1999, 12, 31), None, date(2026, 1, 2)]


def batch_of(**columns: tuple[str, list[Any]]) -> tuple[pa.RecordBatch, list[Column]]:
    arrays = []
    for kind, values in columns.values():
        plain = pa.array(values, pa.string()).dictionary_encode() if kind == "category" else pa.array(values, TYPES[kind])
        arrays.append(plain)
    return pa.RecordBatch.from_arrays(arrays, names=list(columns)), [
        Column(name, kind, "") for name, (kind, _) in columns.items()
    ]


def same(batch: pa.RecordBatch, columns: list[Column]) -> None:
    rows = plain_rows(batch, columns)
    assert b"".join(jsonl_bytes([batch], columns)) == b"".join(orjson.dumps(row) + b"\n" for row in rows)
    halves = [batch.slice(0, 1), batch.slice(1)] if len(batch) > 1 else [batch]
    assert orjson.loads(b"".join(json_bytes(halves, columns))) == orjson.loads(orjson.dumps(rows))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("string", TEXTS),
        ("category", TEXTS),
        ("Float64", NUMBERS),
        ("Int64", [None, 0, -7, 2**53 + 1]),
        ("boolean", [True, None, False]),
        ("date", DATES),
        ("JSON", ["{}", "", '{"a":[1,"x,\\n"]}', "[]", '{"a":\n1}', None]),
    ],
)
def test_every_kind_of_value_is_written_as_orjson_writes_it(kind: str, values: list[Any]) -> None:
    batch, columns = batch_of(first=(kind, values), last=(kind, values[::-1]))
    same(batch, columns)
    same(batch.slice(1), columns)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8")), st.none() | st.floats(allow_nan=False, allow_infinity=False)), min_size=1
    )
)
def test_any_values_are_written_as_orjson_writes_them(values: list[tuple[str, float | None]]) -> None:
    same(*batch_of(text=("string", [text for text, _ in values]), number=("Float64", [number for _, number in values])))


def test_no_rows_are_an_empty_array_and_no_line() -> None:
    _, columns = batch_of(a=("string", []))
    assert b"".join(json_bytes([], columns)) == b"[]\n"
    assert b"".join(jsonl_bytes([], columns)) == b""
