"""Record batches as JSON text, a column at a time with Arrow's own loops: byte for byte what orjson would write of each row."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from extractors import Column

# What JSON escapes in a text: quotes, backslashes and control characters.
ESCAPED = r'["\\\x00-\x1f]'


def objects(batch: pa.RecordBatch, columns: Sequence[Column]) -> pa.Array:
    """One JSON object for each row. Columns of type JSON are what they hold; other text is text, and what is missing null."""
    parts: list[pa.Array | str] = []
    for place, (array, column) in enumerate(zip(batch.columns, columns, strict=True)):
        parts += [f'{"," if place else "{"}"{column.name}":', values(array, column)]
    return pc.binary_join_element_wise(*parts, "}", "")


def values(array: pa.Array, column: Column) -> pa.Array:
    """A column as JSON text, without a null."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return values(array.dictionary, column).take(array.indices).fill_null("null")
    if pa.types.is_large_string(kind):
        array, kind = array.cast(pa.string()), pa.string()
    if pa.types.is_string(kind):
        return nested(array) if column.dtype == "JSON" else quoted(array)
    if pa.types.is_floating(kind):
        found = array.dictionary_encode()
        texts = [orjson.dumps(value).decode() for value in found.dictionary.to_pylist()]
        return pa.array(texts, pa.string()).take(found.indices).fill_null("null")
    text = array.cast(pa.string())
    return (pc.binary_join_element_wise('"', text, '"', "") if pa.types.is_date(kind) else text).fill_null("null")


def quoted(texts: pa.Array) -> pa.Array:
    """Texts between quotes, those that hold what must be escaped by orjson itself."""
    made = pc.binary_join_element_wise('"', texts, '"', "").fill_null("null")
    odd = pc.match_substring_regex(texts, ESCAPED).fill_null(False)
    if not pc.any(odd).as_py():
        return made
    return pc.replace_with_mask(
        made, odd, pa.array([orjson.dumps(text).decode() for text in texts.filter(odd).to_pylist()], pa.string())
    )


def nested(texts: pa.Array) -> pa.Array:
    """JSON that a column holds, on one line; an empty cell is null."""
    texts = texts.fill_null("")
    texts = pc.if_else(pc.equal(texts, ""), "null", texts)
    odd = pc.match_substring_regex(texts, "[\r\n]")
    if not pc.any(odd).as_py():
        return texts
    flat = [orjson.dumps(orjson.loads(text)).decode() for text in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(texts, odd, pa.array(flat, pa.string()))
