"""The picture of a heatmap, which pages draw as a table: counts in cells, darker the more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.aggregate import Grid
from dashboard.figures.style import BLUES, Figure, layout
from dashboard.figures.worldmap import bins

# Pixels of one row, and of the names above the columns.
ROW, HEAD = 26, 130
# Names of columns lie flat where these are few, or short.
FLAT = 8
# A little room between names and cells.
GAP = {"ticks": "outside", "ticklen": 4, "tickcolor": "rgba(0,0,0,0)"}


def shades(counts: np.ndarray, highest: int) -> np.ndarray:
    """The shade of each count, 0 the lightest, of up to five between 1 and `highest`; that of no count means nothing."""
    return np.searchsorted([last for _, last in bins(highest)], counts)


def heatmap(grid: Grid, down: Sequence[str], across: Sequence[str], highest: int, titles: tuple[str, str]) -> Figure:
    """Cells of a grid under the names of its rows and columns, and `titles` of either; `highest` is the count that the darkest shade stands for."""
    counts, steps = grid.counts.tolist(), shades(grid.counts, highest).tolist()
    colours = [
        colour for place, blue in enumerate(BLUES) for colour in ([place / len(BLUES), blue], [(place + 1) / len(BLUES), blue])
    ]
    trace = {
        "type": "heatmap",
        "x": list(grid.across),
        "y": list(grid.down),
        "z": [[step if n else None for n, step in zip(*row, strict=True)] for row in zip(counts, steps, strict=True)],
        "zmin": -0.5,
        "zmax": len(BLUES) - 0.5,
        "colorscale": colours,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[f"{n:,}" if n else "" for n in row] for row in counts],
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hoverinfo": "skip",
    }
    axis = {"type": "category", "tickmode": "array", "automargin": True, "showgrid": False, "fixedrange": True, **GAP}
    return {
        "data": [trace],
        "layout": layout(
            height=HEAD + ROW * max(len(grid.down), 1),
            xaxis={
                **axis,
                "side": "top",
                "tickvals": list(grid.across),
                "ticktext": list(across),
                "title": {"text": titles[1], "standoff": 12},
                "tickangle": 0 if len(across) <= FLAT else -90,
            },
            yaxis={
                **axis,
                "title": {"text": titles[0], "standoff": 12},
                "autorange": "reversed",
                "tickvals": list(grid.down),
                "ticktext": list(down),
            },
        ),
    }
