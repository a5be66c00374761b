"""Bars per year side by side: units ordered and delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.barcharts import WIDE, labelled
from dashboard.figures.style import GREY, Figure, layout, plural, status_style


def by_stage(years: Sequence[int], ordered: Mapping[int, int], delivered: Mapping[int, int]) -> Figure:
    """Units ordered and units delivered side by side, each in the year of its stage."""
    names = [str(year) for year in years]
    stages = {"ordered": ordered, "delivered": delivered}
    highest = max((*ordered.values(), *delivered.values()), default=0)
    shown = labelled(names)
    return {
        "data": [trace(stage, names, [units.get(year, 0) for year in years]) for stage, units in stages.items()],
        "layout": layout(
            barmode="group",
            height=320,
            margin={"l": 0, "r": 4, "t": 8, "b": 8},
            showlegend=True,
            xaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "tickmode": "array",
                "tickvals": shown,
                "ticktext": shown,
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
