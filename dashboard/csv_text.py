"""Record batches as CSV text, a column at a time with Arrow's own loops: byte for byte what the csv module would write.

RFC 4180 with `\\r\\n` line ends: a cell is quoted where it holds a quote, comma or line end, and only there. Missing is empty, whole
floats have no fraction, truths are `true` and `false`, dates ISO. Text that a spreadsheet would run as a formula gets an apostrophe
before it, unless the cells are wanted raw.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BOM = "\ufeff".encode()
END = "\r\n"
# What spreadsheets take for the start of a formula (OWASP ASVS 1.2.10), and what makes a cell need quotes.
RISKY = np.zeros(256, dtype=bool)
RISKY[list(b"=+-@\t\r\n")] = True
QUOTE = '"'
SPECIAL = b'",\r\n'
NEEDS_QUOTES = '[",\r\n]'


def csv_bytes(batches: Iterable[pa.RecordBatch], names: Sequence[str], *, raw: bool = False) -> Iterator[bytes]:
    """The file in pieces: header first, with a byte-order mark unless `raw`, then a piece for each batch."""
    yield (b"" if raw else BOM) + header(names)
    for batch in batches:
        if len(batch):
            yield lines(batch, raw=raw)


def header(names: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=END).writerow(names)
    return text.getvalue().encode()


def lines(batch: pa.RecordBatch, *, raw: bool) -> memoryview:
    """The rows of a batch, each with its line end."""
    columns = [cells(column, raw=raw) for column in batch.columns]
    if len(columns) == 1:
        columns = [pc.if_else(pc.equal(columns[0], ""), '""', columns[0])]
    columns[-1] = pc.binary_join_element_wise(columns[-1], END, "")
    return content(pc.binary_join_element_wise(*columns, ","))


def content(texts: pa.Array) -> memoryview:
    """The bytes of an array of text, one after the other, where Arrow keeps them."""
    offsets = offsets_of(texts)
    if offsets[0] == offsets[-1]:
        return memoryview(b"")
    return memoryview(texts.buffers()[2])[int(offsets[0]) : int(offsets[-1])]


def offsets_of(texts: pa.Array) -> np.ndarray:
    """Where each text starts in the array's bytes, and where the last one ends."""
    return np.frombuffer(texts.buffers()[1], dtype=np.int32, count=len(texts) + 1 + texts.offset)[texts.offset :]


def cells(column: pa.Array, *, raw: bool) -> pa.Array:
    """A column as the text of its cells, without a null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return written(column.dictionary, raw=raw).take(column.indices).fill_null("")
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return written(column, raw=raw)
    if pa.types.is_floating(kind):
        return numbers(column)
    return column.cast(pa.string()).fill_null("")


def numbers(column: pa.Array) -> pa.Array:
    """Floats as Python writes them, whole ones as integers; few differ, and a register holds the same ones often."""
    found = column.dictionary_encode()
    texts = [plain(value) for value in found.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(found.indices).fill_null("")


def plain(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def written(texts: pa.Array, *, raw: bool) -> pa.Array:
    """Text made harmless and quoted where it needs to be."""
    texts = texts.cast(pa.string()) if pa.types.is_large_string(texts.type) else texts
    texts = texts.fill_null("") if texts.null_count else texts
    offsets = offsets_of(texts)
    held = np.frombuffer(content(texts), dtype=np.uint8)
    if not len(held):
        return texts
    if not raw:
        filled = offsets[:-1] < offsets[1:]
        risky = np.zeros(len(texts), dtype=bool)
        risky[filled] = RISKY[held[offsets[:-1][filled] - offsets[0]]]
        if risky.any():
            texts = pc.if_else(pa.array(risky), pc.binary_join_element_wise("'", texts, ""), texts)
    present = [bool((held == code).any()) for code in SPECIAL]
    if not any(present):
        return texts
    quoted = pc.replace_substring(texts, QUOTE, QUOTE * 2) if present[0] else texts
    return pc.if_else(pc.match_substring_regex(texts, NEEDS_QUOTES), pc.binary_join_element_wise(QUOTE, quoted, QUOTE, ""), texts)
