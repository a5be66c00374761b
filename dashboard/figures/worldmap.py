"""The map of buyers."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.aggregate import Ranking
from dashboard.figures.style import BLUES, Figure, layout, plural

GEOMETRY = Path(__file__).parents[1] / "assets" / "geometry"
GEO = {
    "projection": {"type": "natural earth"},
    "fitbounds": False,
    "resolution": 50,
    "lataxis": {"range": [-57, 84]},
    "lonaxis": {"range": [-170, 190]},
    "showcountries": True,
    "countrycolor": "#ffffff",
    "countrywidth": 0.5,
    "showcoastlines": False,
    "showland": True,
    "landcolor": "#dfe3e8",
    "showframe": False,
    "bgcolor": "rgba(0,0,0,0)",
}
LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": -0.02,
    "yanchor": "top",
    "font": {"size": 12},
    "itemclick": False,
    "itemdoubleclick": False,
}


@cache
def points() -> dict[str, tuple[float, float]]:
    """ISO code -> centre (longitude, latitude) of the states too small to see or hit on a world map."""
    with (GEOMETRY / "points.csv").open(encoding="utf-8", newline="") as stream:
        return {row["iso3"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)}


@cache
def shapes() -> frozenset[str]:
    """ISO codes of the countries and territories that the map can draw."""
    held = json.loads((GEOMETRY / "world_50m.json").read_bytes())
    return frozenset(shape["id"] for shape in held["objects"]["countries"]["geometries"])


def bins(highest: int) -> list[tuple[int, int]]:
    """Up to five whole-number bins, each about as many times wider as the one before: `[(1, 1), (2, 3), ...]`."""
    if highest <= len(BLUES):
        return [(n, n) for n in range(1, highest + 1)]
    edges = sorted({max(1, round(highest ** (step / len(BLUES)))) for step in range(len(BLUES))} | {1})
    ends = [edge - 1 for edge in edges[1:]] + [highest]
    return [(first, last) for first, last in zip(edges, ends, strict=True) if first <= last]


def mapped(ranking: Ranking) -> Ranking:
    """Those that have a place on the map: states of today, not former ones, groups or unknown buyers."""
    return ranking.among(shapes())


def world(ranking: Ranking, noun: str) -> Figure:
    """Map of a ranking: one colour per bin of counts, markers for the smallest states, grey where there are none."""
    drawn = mapped(ranking)
    traces: list[dict[str, Any]] = []
    for place, (first, last) in enumerate(bins(max(drawn.counts)) if len(drawn) else []):
        inside = drawn.among({key for key, n in zip(drawn.keys, drawn.counts, strict=True) if first <= n <= last})
        if len(inside):
            traces += filled(inside, place, noun)
    return {
        "data": traces,
        "layout": layout(
            geo=GEO, legend={**LEGEND, "title": {"text": f"{noun}s", "side": "top"}}, margin={"l": 0, "r": 0, "t": 0, "b": 8}
        ),
    }


def filled(inside: Ranking, place: int, noun: str) -> list[dict[str, Any]]:
    """The shapes of one bin, named by the counts that it holds, and markers on those too small to see."""
    low, high = min(inside.counts), max(inside.counts)
    colour = BLUES[place]
    keys = list(inside.keys)
    texts = [f"{name}: {plural(n, noun)}" for name, n in zip(inside.names, inside.counts, strict=True)]
    shape = {
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": keys,
        "z": [place] * len(keys),
        "zmin": 0,
        "zmax": len(BLUES),
        "customdata": keys,
        "hovertext": texts,
        "hoverinfo": "text",
        "colorscale": [[0, colour], [1, colour]],
        "showscale": False,
        "showlegend": True,
        "name": f"{low:,}" if low == high else f"{low:,}–{high:,}",
        "marker": {"line": {"width": 0.6, "color": "#ffffff"}},
    }
    small = [(points()[key], key, text) for key, text in zip(keys, texts, strict=True) if key in points()]
    if not small:
        return [shape]
    dots = {
        "type": "scattergeo",
        "lon": [centre[0] for centre, _, _ in small],
        "lat": [centre[1] for centre, _, _ in small],
        "customdata": [key for _, key, _ in small],
        "hovertext": [text for _, _, text in small],
        "hoverinfo": "text",
        "mode": "markers",
        "showlegend": False,
        "marker": {"size": 11, "color": colour, "line": {"width": 1.2, "color": "#08306b"}},
    }
    return [shape, dots]
