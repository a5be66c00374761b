"""The flow of deals or records from sellers to buyers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from dashboard.aggregate import OTHERS
from dashboard.data import UNKNOWN
from dashboard.figures.style import BUYER, GREY, SELLER, Figure, layout, shortened

PAD = 13
MARGIN = {"l": 4, "r": 4, "t": 8, "b": 12}


def sankey(
    table: pd.DataFrame, names: dict[str, str], left: pd.DataFrame, right: pd.DataFrame, noun: str, *, height: int = 0
) -> Figure:
    """Flows from sellers to buyers, the largest on top and the grouped ones last; `names` maps keys to display names,
    `left` and `right` are the rankings of sellers and buyers. Without a `height` in pixels, as high as its names need."""
    order = {side: {key: i for i, key in enumerate(ranking["key"])} for side, ranking in (("seller", left), ("buyer", right))}

    def nodes(side: str) -> list[str]:
        found = list(dict.fromkeys(table[side]))
        return sorted(found, key=lambda key: (key == OTHERS, order[side].get(key, math.inf)))

    sellers, buyers = nodes("seller"), nodes("buyer")
    place = {("seller", key): i for i, key in enumerate(sellers)} | {
        ("buyer", key): len(sellers) + i for i, key in enumerate(buyers)
    }
    totals = {side: table.groupby(side)["count"].sum() for side in ("seller", "buyer")}
    tall = max(len(sellers), len(buyers), 1)
    height = height or needed(tall)
    inner = height - MARGIN["t"] - MARGIN["b"]
    centres = [
        *centred([int(totals["seller"][key]) for key in sellers], inner, tall),
        *centred([int(totals["buyer"][key]) for key in buyers], inner, tall),
    ]
    shown = {**names, OTHERS: "Others", UNKNOWN: "Unknown"}
    sides = [("seller", key) for key in sellers] + [("buyer", key) for key in buyers]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [shortened(shown.get(key, key), 18) for _, key in sides],
            "customdata": [[side, key] for side, key in sides],
            "color": [GREY if key in (OTHERS, UNKNOWN) else SELLER if side == "seller" else BUYER for side, key in sides],
            "x": [0.001 if side == "seller" else 0.999 for side, _ in sides],
            "y": centres,
            "pad": PAD,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": f"%{{label}}: %{{value:,}} {noun}s<extra></extra>",
        },
        "link": {
            "source": [place["seller", key] for key in table["seller"]],
            "target": [place["buyer", key] for key in table["buyer"]],
            "value": table["count"].tolist(),
            "customdata": [[seller, buyer] for seller, buyer in zip(table["seller"], table["buyer"], strict=True)],
            "color": "rgba(128,128,128,0.35)",
            "hovertemplate": "%{source.label} to %{target.label}: %{value:,}<extra></extra>",
        },
    }
    return {"data": [trace], "layout": layout(height=height, margin=MARGIN)}


def needed(names: int) -> int:
    """Pixels that so many names on one side need."""
    return max(180, 60 + 32 * names)


def centred(values: Sequence[int], height: float, tall: int) -> list[float]:
    """Where the middles of one side's nodes stand, as shares of the height, from the top; the side as a whole in the middle."""
    total = sum(values) or 1
    scale = (height - (tall - 1) * PAD) / total
    top = (height - total * scale - (len(values) - 1) * PAD) / 2
    middles = []
    for value in values:
        middles.append(round((top + value * scale / 2) / height, 4))
        top += value * scale + PAD
    return middles
