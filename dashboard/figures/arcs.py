"""Flows as arcs on the map: curves from seller to buyer, wider the more, orange at the seller and blue at the buyer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dashboard.figures.style import BUYER, SELLER, Figure, layout, plural
from dashboard.figures.worldmap import GEO, GEOMETRY, LEGEND, bins, points

Point = tuple[float, float]
Flow = tuple[str, str, int]
WIDTHS = (1.2, 2.2, 3.4, 5.0, 7.0)
# How far a curve bows, as a share of its length; how many pieces it is drawn in (even, for its middle); how far its bow may reach.
BOW, PIECES, NORTH, SOUTH = 0.2, 16, 84.0, 60.0

# The shape of Russia crosses the map's edge, and so its middle lies outside of it: the Urals stand for it.
MOVED = {"RUS": (60.0, 57.0)}


@cache
def centres() -> dict[str, Point]:
    """ISO code -> centre (longitude, latitude) of every country and territory on the map."""
    held = json.loads((GEOMETRY / "world_50m.json").read_bytes())
    shapes = held["objects"]["countries"]["geometries"]
    found = {shape["id"]: (float(shape["properties"]["ct"][0]), float(shape["properties"]["ct"][1])) for shape in shapes}
    return {**found, **points(), **MOVED}


def drawable(flows: Sequence[Flow]) -> list[Flow]:
    """The flows whose both ends have a place on the map."""
    return [(seller, buyer, n) for seller, buyer, n in flows if seller in centres() and buyer in centres()]


def arcs(flows: Sequence[Flow], names: Mapping[str, str], noun: str, highest: int) -> Figure:
    """The map of flows (seller, buyer, count); `highest` is the count that the widest line stands for."""
    shown = drawable(flows)
    traces: list[dict[str, Any]] = []
    for place, (first, last) in enumerate(bins(highest) if highest else []):
        inside = [flow for flow in shown if first <= flow[2] <= last and flow[0] != flow[1]]
        if inside:
            traces += halves(inside, WIDTHS[place], f"{first:,}" if first == last else f"{first:,}–{last:,}")
    if shown:
        traces.append(middles(shown, names, noun))
    return {
        "data": traces,
        "layout": layout(
            geo=GEO, legend={**LEGEND, "title": {"text": f"{noun}s", "side": "top"}}, margin={"l": 0, "r": 0, "t": 0, "b": 8}
        ),
    }


def halves(flows: Sequence[Flow], width: float, name: str) -> list[dict[str, Any]]:
    """Two traces of one width: the sellers' halves and the buyers'."""
    paths = [path(centres()[seller], centres()[buyer]) for seller, buyer, _ in flows]
    return [
        {**line([one[: PIECES // 2 + 1] for one in paths], SELLER, width), "showlegend": False},
        {**line([one[PIECES // 2 :] for one in paths], BUYER, width), "showlegend": True, "name": name},
    ]


def line(parts: Sequence[Sequence[Point]], colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": [lon for part in parts for lon in (*(x for x, _ in part), None)],
        "lat": [lat for part in parts for lat in (*(y for _, y in part), None)],
        "line": {"width": width, "color": colour},
        "opacity": 0.75,
        "hoverinfo": "skip",
    }


def middles(flows: Sequence[Flow], names: Mapping[str, str], noun: str) -> dict[str, Any]:
    """A mark in the middle of each arc, to point at and to click; what a state has from itself stands at its centre."""
    at = [path(centres()[seller], centres()[buyer])[PIECES // 2] for seller, buyer, _ in flows]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [lon for lon, _ in at],
        "lat": [lat for _, lat in at],
        "customdata": [[seller, buyer] for seller, buyer, _ in flows],
        "hovertext": [
            f"{names.get(seller, seller)} {'from itself' if seller == buyer else 'to ' + names.get(buyer, buyer)}: {plural(n, noun)}"
            for seller, buyer, n in flows
        ],
        "hoverinfo": "text",
        "showlegend": False,
        "marker": {"size": 7, "color": "#ffffff", "line": {"width": 1.5, "color": "#52606d"}},
    }


def path(start: Point, end: Point) -> list[Point]:
    """A curve (degrees) that bows to the left of its way, so that there and back are two lines; it never runs over the map's edge."""
    (x1, y1), (x2, y2) = start, end
    x = (x1 + x2) / 2 - BOW * (y2 - y1)
    y = max(-SOUTH, min(NORTH, (y1 + y2) / 2 + BOW * (x2 - x1)))
    made = []
    for piece in range(PIECES + 1):
        t = piece / PIECES
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        made.append((round(a * x1 + b * x + c * x2, 2), round(a * y1 + b * y + c * y2, 2)))
    return made
