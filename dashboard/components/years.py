"""The years of the filter bar: a first one, a last one, and whether records without a year come along."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.data import UNKNOWN
from dashboard.filters import Filters, year_range
from dashboard.tally import Tally


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


def options(tally: Tally) -> tuple[list[dict[str, str]], list[dict[str, str]], str]:
    """First years, last years and the words for unknown ones, each with the number of records that choosing it would show.

    Latest first, without gaps; a first year offers itself only up to the last one that is chosen, and the other way round.
    """
    first, last, unknown = shown(tally.filters)
    counts = dict(zip(tally.data.facets["year"].keys, tally.choosing("year").tolist(), strict=True))
    missing = counts.pop(UNKNOWN, 0)
    words = f"or unknown ({missing:,})" if first or last else f"unknown ({missing:,})"
    known = [year for year in (*(int(key) for key in counts), first, last) if year]
    if not known:
        return [], [], words
    low, high = min(known), max(known)
    until = dict(enumerate(accumulate((counts.get(str(year), 0) for year in range(low, high + 1)), initial=0), low - 1))
    beside = missing if unknown else 0

    def count(start: int, end: int) -> int:
        return until[end] - until[start - 1] + beside

    firsts = [(year, count(year, last or high)) for year in range(min(last or high, high), low - 1, -1)]
    lasts = [(year, count(first or low, year)) for year in range(high, max(first or low, low) - 1, -1)]
    return listed(firsts), listed(lasts), words


def listed(counts: list[tuple[int, int]]) -> list[dict[str, str]]:
    return [{"value": str(year), "label": f"{year} ({count:,})"} for year, count in counts]


def controls(tally: Tally) -> html.Div:
    """The controls, set to the filters."""
    first, last, unknown = shown(tally.filters)
    firsts, lasts, words = options(tally)
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
