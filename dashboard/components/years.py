"""The years of the filter bar: a first one, a last one, and whether records without a year come along."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import html

from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, mask, year_range


def shown(filters: Filters) -> tuple[int | None, int | None, bool]:
    """First and last year and whether unknown years come along, as far as the controls can show: one range at most."""
    ranges = [v for v in filters.kept.get("year", ()) if v != UNKNOWN]
    known = UNKNOWN in filters.kept.get("year", ())
    if len(ranges) != 1:
        return None, None, known
    first, last = year_range(ranges[0]) or (1, 9999)
    return (first if first > 1 else None), (last if last < 9999 else None), known


def values(first: Any, last: Any, unknown: bool, before: Filters) -> tuple[str, ...]:
    """The `year` values that the controls stand for; several ranges from a link stay while the controls are untouched."""
    ranges = tuple(v for v in before.kept.get("year", ()) if v != UNKNOWN)
    low, high = whole(first), whole(last)
    if low is None and high is None:
        kept = ranges if len(ranges) > 1 else ()
    elif low is not None and high is not None and low > high:
        kept = (f"{high}-{low}",)
    elif low == high:
        kept = (f"{low:04d}",)
    else:
        kept = (f"{'' if low is None else f'{low:04d}'}-{'' if high is None else f'{high:04d}'}",)
    return (*kept, UNKNOWN) if unknown else kept


def whole(value: Any) -> int | None:
    """A year that a control holds: an empty or half-typed one is none."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return None
    return number if 1000 <= number <= 9998 else None


def span(data: Data) -> tuple[int, ...]:
    """The first and the last year of the register; nothing where it has none."""
    known = data.years[data.years != NO_YEAR]
    return (int(known.min()), int(known.max())) if len(known) else ()


def options(filters: Filters, data: Data) -> tuple[list[dict[str, str]], list[dict[str, str]], str]:
    """First years, last years and the words for unknown ones, each with the number of records that choosing it would show.

    Latest first, without gaps; a first year offers itself only up to the last one that is chosen, and the other way round.
    """
    held = data.years[mask(filters.keeping("year", ()), data)]
    first, last, unknown = shown(filters)
    missing = int(np.count_nonzero(held == NO_YEAR))
    words = f"or unknown ({missing:,})" if first or last else f"unknown ({missing:,})"
    known = np.array([year for year in (*span(data), first, last) if year])
    if not len(known):
        return [], [], words
    low, high = int(known.min()), int(known.max())
    until = np.bincount(held[held != NO_YEAR], minlength=high + 1).cumsum()
    beside = missing if unknown else 0

    def count(start: int, end: int) -> int:
        return int(until[end] - until[start - 1]) + beside

    firsts = [(year, count(year, last or high)) for year in range(min(last or high, high), low - 1, -1)]
    lasts = [(year, count(first or low, year)) for year in range(high, max(first or low, low) - 1, -1)]
    return listed(firsts), listed(lasts), words


def listed(counts: list[tuple[int, int]]) -> list[dict[str, str]]:
    return [{"value": str(year), "label": f"{year} ({count:,})"} for year, count in counts]


def controls(filters: Filters, data: Data) -> html.Div:
    """The controls, set to the filters."""
    first, last, unknown = shown(filters)
    firsts, lasts, words = options(filters, data)
    return html.Div(
        [
            html.Span("Years", id="years-name", className="years-name"),
            select("filter-from", "First year", "From", first, firsts),
            html.Span("to"),
            select("filter-to", "Last year", "To", last, lasts),
            dmc.Checkbox(id="filter-year-unknown", label=words, checked=unknown, size="sm"),
        ],
        className="years",
        role="group",
        **{"aria-labelledby": "years-name"},
    )


def select(identity: str, name: str, placeholder: str, value: int | None, data: list[dict[str, str]]) -> dmc.Select:
    return dmc.Select(
        id=identity,
        data=data,
        value=None if value is None else str(value),
        placeholder=placeholder,
        searchable=True,
        clearable=True,
        clearSearchOnFocus=True,
        selectFirstOptionOnChange=True,
        openOnFocus=False,
        limit=200,
        maxDropdownHeight=320,
        nothingFoundMessage="No such year here",
        filter={"function": "prefixFirst"},
        clearButtonProps={"aria-label": f"Clear {name.lower()}"},
        inputProps={"aria-label": name},
        size="sm",
    )
