"""Bars: counts per year by weapon type, and rankings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.aggregate import Grid, Ranking
from dashboard.data import UNKNOWN
from dashboard.figures.style import BUYER, GREY, Figure, layout, plural, shortened, type_style

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
            xaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "tickmode": "array",
                "tickvals": labelled(years),
                # One line further down, so that on a phone it runs into no year.
                "ticktext": [f"<br>{year}" if year == UNKNOWN else year for year in labelled(years)],
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


def labelled(years: list[str], most: int = 6) -> list[str]:
    """The years that get a label, round ones where there are many, and `unknown` always."""
    known = [year for year in years if year != UNKNOWN]
    step = next(step for step in STEPS if len(known) <= most * step or step == STEPS[-1])
    return [year for year in known if int(year) % step == 0] + years[len(known) :]


def bars(ranking: Ranking, top: int, noun: str, colour: str = BUYER) -> Figure:
    """Horizontal bars of the first `top`, largest first; unknown is grey. `noun` is what is counted."""
    shown = ranking.top(top)
    keys, names, counts = list(shown.keys[::-1]), shown.names[::-1], list(shown.counts[::-1])
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": counts,
        "y": keys,
        "customdata": keys,
        "text": [f"{n:,}" for n in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [GREY if key == UNKNOWN else colour for key in keys]},
        "hovertext": [f"{name}: {plural(n, noun)}" for name, n in zip(names, counts, strict=True)],
        "hoverinfo": "text",
    }
    ticks = {"tickmode": "array", "tickvals": keys, "ticktext": [shortened(name) for name in names]}
    return {
        "data": [trace],
        "layout": layout(
            height=24 + 27 * max(len(shown), 1),
            bargap=0.3,
            margin={"l": 8, "r": 40, "t": 8, "b": 8},
            xaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
            yaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "ticklen": 4,
                "tickcolor": "rgba(0,0,0,0)",
                **ticks,
            },
        ),
    }
