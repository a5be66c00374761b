"""Rankings as horizontal bars."""

from __future__ import annotations

from dashboard.aggregate import Ranking
from dashboard.data import UNKNOWN
from dashboard.figures.style import BUYER, GREY, Figure, layout, plural, shortened


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
