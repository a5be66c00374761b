"""The one filter bar: its controls, what they say, and what of an address they cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import dcc, html

from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, facet_counts, mask, year_range

SELECTS = {"buyer": "Buyer", "seller": "Seller", "type": "Weapon type", "system": "System", "status": "Standing"}
WORDS = {
    **SELECTS,
    "deal_type": "Kind of deal",
    "source": "Source",
    "year": "Year",
    "domestic": "Domestic",
    "min_confidence": "Confidence",
    "q": "Text",
    "unit": "Counting",
}


def options(filters: Filters, data: Data, key: str) -> list[dict[str, str]]:
    """A select's options with their counts under the other filters: most first, then by name; chosen ones stay."""
    facet = data.facets[key]
    counts = facet_counts(filters, data, key)
    chosen = selected(filters, data, key)
    rows = [(int(n), name, value) for n, name, value in zip(counts, facet.names, facet.keys, strict=True) if n or value in chosen]
    rows += [(0, value, value) for value in chosen if value not in facet.index]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [{"value": value, "label": f"{name} ({n:,})"} for n, name, value in rows]


def selected(filters: Filters, data: Data, key: str) -> list[str]:
    """The chosen keys of a select, spelt as the register spells them."""
    facet = data.facets[key]
    return [
        value if value in facet.index or value.upper() not in facet.index else value.upper()
        for value in filters.kept.get(key, ())
    ]


def years_of(filters: Filters) -> tuple[int | None, int | None, bool]:
    """First and last year and whether unknown years come along, as far as the controls can show: one range at most."""
    ranges = [v for v in filters.kept.get("year", ()) if v != UNKNOWN]
    known = UNKNOWN in filters.kept.get("year", ())
    if len(ranges) != 1:
        return None, None, known
    first, last = year_range(ranges[0]) or (1, 9999)
    return (first if first > 1 else None), (last if last < 9999 else None), known


def year_values(first: Any, last: Any, unknown: bool, before: Filters) -> tuple[str, ...]:
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


def from_controls(values: Sequence[Any], before: Filters) -> Filters:
    """The filters that the controls show (in the order of `SELECTS`, then years), with what they cannot show kept as it was."""
    *chosen, first, last, unknown = values
    filters = before
    for key, keys in zip(SELECTS, chosen, strict=True):
        filters = filters.keeping(key, keys or ())
    return filters.keeping("year", year_values(first, last, bool(unknown), before))


def select(filters: Filters, data: Data, key: str) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=f"filter-{key}",
        label=SELECTS[key],
        data=options(filters, data, key),
        value=selected(filters, data, key),
        placeholder="" if filters.kept.get(key) else "Any",
        searchable=True,
        clearable=True,
        hidePickedOptions=False,
        limit=200,
        maxDropdownHeight=320,
        nothingFoundMessage="Nothing in this view matches",
        filter={"function": "prefixFirst"},
        clearButtonProps={"aria-label": f"Clear {SELECTS[key].lower()}"},
        size="sm",
    )


def bar(filters: Filters, data: Data, path: str) -> html.Section:
    """The bar with its controls set to the filters."""
    first, last, unknown = years_of(filters)
    known = data.years[data.years != NO_YEAR]
    span = (str(known.min()), str(known.max())) if len(known) else ("", "")
    year = {
        "allowDecimal": False,
        "allowNegative": False,
        "hideControls": True,
        "debounce": 600,
        "size": "sm",
        "thousandSeparator": "",
    }
    return html.Section(
        [
            dcc.Store(id="query", data=filters.query()),
            html.Button(
                "Filters",
                id="filters-toggle",
                className="button filters-toggle",
                **{"aria-expanded": "false", "aria-controls": "filters"},
            ),
            html.Div(
                [
                    *(select(filters, data, key) for key in SELECTS),
                    html.Fieldset(
                        [
                            html.Legend("Years"),
                            dmc.NumberInput(
                                id="filter-from",
                                value=first if first is not None else "",
                                placeholder=span[0],
                                inputProps={"aria-label": "First year"},
                                **year,
                            ),
                            html.Span("to", className="between"),
                            dmc.NumberInput(
                                id="filter-to",
                                value=last if last is not None else "",
                                placeholder=span[1],
                                inputProps={"aria-label": "Last year"},
                                **year,
                            ),
                            dmc.Checkbox(id="filter-year-unknown", label="and unknown", checked=unknown, size="xs"),
                        ],
                        className="years",
                    ),
                ],
                id="filters",
                className="filters",
            ),
            html.Div(standing(filters, data, path), id="standing", className="standing"),
        ],
        className="filter-section",
        **{"aria-label": "Filters"},
    )


def standing(filters: Filters, data: Data, path: str) -> list[Any]:
    """The line under the bar: how many records are shown, what else the address filters by, and the ways out."""
    count = int(np.count_nonzero(mask(filters, data)))
    shown = f"{count:,} of {len(data):,} records" if filters else f"All {count:,} records" if count != 1 else "The one record"
    parts: list[Any] = [html.Span(shown, id="count", role="status", **{"data-count": count})]
    parts += [chip(filters, data, path, key, value, dropped=False) for key, value in unseen(filters)]
    parts += [chip(filters, data, path, key, value, dropped=True) for key, values in filters.dropped.items() for value in values]
    if not count:
        parts.append(html.Span("No record matches these filters.", id="nothing-line"))
    if filters:
        parts.append(dcc.Link("Clear all filters", href=path, id="clear", className="quiet"))
    parts.append(
        html.A(f"Download CSV ({count:,})", id="download", className="button", href=address("/download/records.csv", filters))
    )
    return parts


def unseen(filters: Filters) -> list[tuple[str, str]]:
    """Kept values that no control shows."""
    shown = set(SELECTS)
    ranges = [v for v in filters.kept.get("year", ()) if v != UNKNOWN]
    if len(ranges) <= 1:
        shown.add("year")
    return [
        (key, value)
        for key, values in filters.kept.items()
        if key not in shown
        for value in values
        if (key, value) != ("year", UNKNOWN)
    ]


def chip(filters: Filters, data: Data, path: str, key: str, value: str, *, dropped: bool) -> dcc.Link:
    name = data.facets[key].name(value) if key in data.facets else {"domestic0": "no", "domestic1": "yes"}.get(key + value, value)
    words = f"{WORDS[key]} {'is not' if dropped else 'is' if key != 'min_confidence' else 'at least'} {name}"
    return dcc.Link(
        [words, html.Span(" ×", **{"aria-hidden": "true"})],
        href=address(path, filters.minus(key, value, dropped=dropped)),
        className="chip",
        title=f"Remove this filter: {words}",
    )


def address(path: str, filters: Filters) -> str:
    """A page or download with the filters in its query string."""
    return f"{path}?{filters.query()}" if filters else path
