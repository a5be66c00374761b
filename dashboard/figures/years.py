"""Bars per year: counts on top of each other, and units ordered and delivered side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.aggregate import Grid
from dashboard.data import UNKNOWN
from dashboard.figures.style import GREY, Figure, layout, plural, status_style, type_style

# Bars of a few years are no wider than those of this many.
WIDE = 12
STEPS = (1, 2, 5, 10, 20, 50, 100, 500, 1000)


def timeline(grid: Grid, style: Callable[[str], dict[str, Any]] = type_style) -> Figure:
    """Stacked bars from `aggregate.over_years`; the unknown year stands apart at the end. `style` gives a row of it its marker."""
    years = list(grid.across)
    width = 0.85 * min(1.0, len(years) / WIDE)
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": years,
            "y": counts,
            "marker": style(name),
            "width": width,
            "hovertemplate": f"%{{x}}, {name}: %{{y:,}}<extra></extra>",
        }
        for name, counts in zip(grid.down, grid.counts.tolist(), strict=True)
    ]
    highest = int(grid.counts.sum(axis=0).max()) if grid.counts.size else 0
    return {
        "data": traces,
        "layout": layout(
            barmode="stack",
            height=480,
            margin={"l": 0, "r": 4, "t": 8, "b": 8},
            showlegend=True,
            **axes(labelled(years), highest),
            legend={
                "orientation": "h",
                "yanchor": "top",
                "y": -0.13,
                "x": 0,
                "traceorder": "normal",
                "font": {"size": 11},
                "entrywidth": 90,
            },
        ),
    }


def by_stage(years: Sequence[int], ordered: Mapping[int, int], delivered: Mapping[int, int]) -> Figure:
    """Units ordered and units delivered side by side, each in the year of its stage."""
    names = [str(year) for year in years]
    stages = {"ordered": ordered, "delivered": delivered}
    highest = max((*ordered.values(), *delivered.values()), default=0)
    return {
        "data": [trace(stage, names, [units.get(year, 0) for year in years]) for stage, units in stages.items()],
        "layout": layout(
            barmode="group",
            height=320,
            margin={"l": 0, "r": 4, "t": 8, "b": 8},
            showlegend=True,
            **axes(labelled(names), highest),
            legend={"orientation": "h", "yanchor": "top", "y": -0.2, "x": 0, "traceorder": "normal", "font": {"size": 12}},
        ),
    }


def trace(stage: str, years: Sequence[str], counts: list[int]) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": stage,
        "x": list(years),
        "y": counts,
        "width": 0.42 * min(1.0, len(years) / WIDE),
        "marker": status_style(stage),
        "hovertext": [f"{year}, {stage}: {plural(count, 'unit')}" for year, count in zip(years, counts, strict=True)],
        "hoverinfo": "text",
    }


def axes(shown: Sequence[str], highest: int) -> Figure:
    """Years across, of which those `shown` have a label, and whole numbers upwards."""
    return {
        "xaxis": {
            "type": "category",
            "fixedrange": True,
            "automargin": True,
            "tickmode": "array",
            "tickvals": list(shown),
            # One line further down, so that on a phone it runs into no year.
            "ticktext": [f"<br>{year}" if year == UNKNOWN else year for year in shown],
            "tickangle": 0,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": GREY,
        },
        "yaxis": {
            "fixedrange": True,
            "automargin": True,
            "rangemode": "tozero",
            "tickformat": ",d",
            **({"dtick": 1} if highest <= 6 else {}),
        },
    }


def labelled(years: list[str], most: int = 6) -> list[str]:
    """The years that get a label, round ones where there are many, and `unknown` always."""
    known = [year for year in years if year != UNKNOWN]
    step = next(step for step in STEPS if len(known) <= most * step or step == STEPS[-1])
    return [year for year in known if int(year) % step == 0] + years[len(known) :]
