"""The flow of deals or records from sellers to buyers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.aggregate import OTHERS, Grid
from dashboard.data import UNKNOWN
from dashboard.figures.style import BUYER, GREY, SELLER, Figure, layout, shortened

PAD = 13
MARGIN = {"l": 4, "r": 4, "t": 8, "b": 12}


def sankey(grid: Grid, names: Mapping[str, str], noun: str, *, height: int = 0) -> Figure:
    """Flows from the sellers down a grid to the buyers across it, in its order from the top; `names` maps keys to display names.
    Without a `height` in pixels, as high as its names need."""
    used = grid.used()
    sellers, buyers, flows = used.down, used.across, used.cells()
    tall = max(len(sellers), len(buyers), 1)
    height = height or needed(tall)
    inner = height - MARGIN["t"] - MARGIN["b"]
    centres = [*centred(used.counts.sum(axis=1).tolist(), inner, tall), *centred(used.counts.sum(axis=0).tolist(), inner, tall)]
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
            "source": [sellers.index(seller) for seller, _, _ in flows],
            "target": [len(sellers) + buyers.index(buyer) for _, buyer, _ in flows],
            "value": [n for _, _, n in flows],
            "customdata": [[seller, buyer] for seller, buyer, _ in flows],
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
