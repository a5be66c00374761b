"""Which rows a grid's headings keep, and in which order: the part that is asked for, of any number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.data import Data


def in_order(data: Data, rows: np.ndarray, order: Sequence[tuple[str, bool]], start: int, end: int) -> np.ndarray:
    """The places under the mask from the `start`-th to before the `end`-th, sorted by columns (name, and whether downwards), the first
    of them first; equal ones keep their order, and what has no value comes last either way."""
    if len(order) == 1:
        places = data.sorted(*order[0])
        found: np.ndarray = places[rows[places]]
        return found[start:end]
    return part_of(np.flatnonzero(rows), [data.keys(name, down) for name, down in order], start, end)


def part_of(places: np.ndarray, keys: Sequence[np.ndarray], start: int, end: int) -> np.ndarray:
    """What stands from `start` to before `end` when places are sorted by keys, without sorting the others: only those that tie with the
    first or last of the part by one key are told apart by the next."""
    end = min(end, len(places))
    if not keys or start >= end:
        return places[start:end]
    key = keys[0][places]
    low, high = np.partition(key, [start, end - 1])[[start, end - 1]]
    before, ties = int(np.count_nonzero(key < low)), places[key == low]
    found = [part_of(ties, keys[1:], start - before, end - before)]
    if high > low:
        between = places[(key > low) & (key < high)]
        found.append(between[np.lexsort([one[between] for one in reversed(keys)])])
        found.append(part_of(places[key == high], keys[1:], 0, end - int(np.count_nonzero(key < high))))
    return np.concatenate(found)


def filtered(data: Data, name: str, model: Mapping[str, Any]) -> np.ndarray:
    """A mask of the rows that one column's filter of AG Grid's community edition keeps: text or number, one condition."""
    kind, value = str(model.get("type")), model.get("filter")
    if kind in ("blank", "notBlank"):
        missing = data.levels(name) < 0
        return missing if kind == "blank" else ~missing
    if model.get("filterType") == "number":
        number, other = float(value or 0), float(model.get("filterTo") or 0)
        held = data.numbers(name)
        return {
            "equals": lambda: held == number,
            "notEqual": lambda: (held != number) & ~np.isnan(held),
            "lessThan": lambda: held < number,
            "lessThanOrEqual": lambda: held <= number,
            "greaterThan": lambda: held > number,
            "greaterThanOrEqual": lambda: held >= number,
            "inRange": lambda: (held >= number) & (held <= other),
        }.get(kind, lambda: ~np.isnan(held))()
    wanted = str(value or "").lower()
    dated = pa.types.is_date(data.table.schema.field(name).type)
    values = pc.fill_null(data.table[name].cast(pa.string()), "") if dated else data.coded(name).values
    text = pc.utf8_lower(values)
    tested = {
        "equals": lambda: pc.equal(text, wanted),
        "notEqual": lambda: pc.not_equal(text, wanted),
        "startsWith": lambda: pc.starts_with(text, wanted),
        "endsWith": lambda: pc.ends_with(text, wanted),
        "notContains": lambda: pc.invert(pc.match_substring(text, wanted)),
    }.get(kind, lambda: pc.match_substring(text, wanted))()
    found: np.ndarray = tested.to_numpy() if dated else tested.to_numpy(zero_copy_only=False)
    return found[data.at] if dated else data.coded(name).rows(found)
