"""Bars per year: counts by status, and units ordered and delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.aggregate import Grid
from dashboard.data import UNKNOWN
from dashboard.figures.barcharts import WIDE, labelled
from dashboard.figures.style import BUYER, GREY, Figure, layout, plural

# A status keeps its colour; those that are no order yet, or none any more, have a hatch besides.
STATUS = {
    "planned": ("#e69f00", "/"),
    "approved": ("#56b4e9", "."),
    "ordered": ("#0072b2", ""),
    "delivered": ("#009e73", ""),
    "cancelled": ("#d55e00", "x"),
}


def by_status(grid: Grid, noun: str) -> Figure:
    """Stacked bars of a grid of statuses and years (`aggregate.over_years`)."""
    order = {status: i for i, status in enumerate(STATUS)}
    traces = [
        trace(status, grid.across, [int(n) for n in grid.counts[i]], marker(*STATUS.get(status, (GREY, ""))), noun)
        for i, status in sorted(enumerate(grid.down), key=lambda one: order.get(one[1], len(order)))
    ]
    return drawn(traces, grid.across, int(grid.counts.sum(axis=0).max()) if grid.counts.size else 0, "stack")


def by_stage(years: Sequence[int], ordered: Mapping[int, int], delivered: Mapping[int, int]) -> Figure:
    """Units ordered and units delivered side by side, each in the year of its stage."""
    names = [str(year) for year in years]
    traces = [
        trace("ordered", names, [ordered.get(year, 0) for year in years], marker(BUYER, ""), "unit"),
        trace("delivered", names, [delivered.get(year, 0) for year in years], marker("#009e73", "/"), "unit"),
    ]
    highest = max((*ordered.values(), *delivered.values()), default=0)
    return drawn(traces, names, highest, "group")


def marker(colour: str, hatch: str) -> dict[str, Any]:
    made: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    if hatch:
        made["pattern"] = {
            "shape": hatch,
            "fillmode": "overlay",
            "fgcolor": "#ffffff",
            "fgopacity": 0.85,
            "size": 7,
            "solidity": 0.35,
        }
    return made


def trace(name: str, years: Sequence[str], counts: list[int], look: dict[str, Any], noun: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": list(years),
        "y": counts,
        "customdata": [name] * len(years),
        "marker": look,
        "hovertext": [f"{year}, {name}: {plural(count, noun)}" for year, count in zip(years, counts, strict=True)],
        "hoverinfo": "text",
    }


def drawn(traces: list[dict[str, Any]], years: Sequence[str], highest: int, mode: str) -> Figure:
    many = len(traces) if mode == "group" else 1
    for one in traces:
        one["width"] = 0.85 * min(1.0, len(years) / WIDE) / many
    shown = labelled(list(years))
    return {
        "data": traces,
        "layout": layout(
            barmode=mode,
            height=320,
            margin={"l": 0, "r": 4, "t": 8, "b": 8},
            showlegend=True,
            xaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "tickmode": "array",
                "tickvals": shown,
                "ticktext": [f"<br>{year}" if year == UNKNOWN else year for year in shown],
                "tickangle": 0,
                "ticks": "outside",
                "ticklen": 4,
                "tickcolor": GREY,
            },
            yaxis={
                "fixedrange": True,
                "automargin": True,
                "rangemode": "tozero",
                "tickformat": ",d",
                **({"dtick": 1} if highest <= 6 else {}),
            },
            legend={"orientation": "h", "yanchor": "top", "y": -0.2, "x": 0, "traceorder": "normal", "font": {"size": 12}},
        ),
    }
