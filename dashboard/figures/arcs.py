"""Flows as arcs on the map: great circles from seller to buyer, wider the more, orange at the seller and blue at the buyer."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dashboard.figures.style import BUYER, SELLER, Figure, layout, plural
from dashboard.figures.worldmap import GEO, GEOMETRY, LEGEND, bins, points

Point = tuple[float, float]
Flow = tuple[str, str, int]
WIDTHS = (1.2, 2.2, 3.4, 5.0, 7.0)


@cache
def centres() -> dict[str, Point]:
    """ISO code -> centre (longitude, latitude) of every country and territory on the map."""
    held = json.loads((GEOMETRY / "world_50m.json").read_bytes())
    shapes = held["objects"]["countries"]["geometries"]
    found = {shape["id"]: (float(shape["properties"]["ct"][0]), float(shape["properties"]["ct"][1])) for shape in shapes}
    return {**found, **points()}


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
    ends = [(centres()[seller], middle(centres()[seller], centres()[buyer]), centres()[buyer]) for seller, buyer, _ in flows]
    return [
        {**line([(a, b) for a, b, _ in ends], SELLER, width), "showlegend": False},
        {**line([(b, c) for _, b, c in ends], BUYER, width), "showlegend": True, "name": name},
    ]


def line(parts: Sequence[tuple[Point, Point]], colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": [x for (a, _), (b, _) in parts for x in (a, b, None)],
        "lat": [y for (_, a), (_, b) in parts for y in (a, b, None)],
        "line": {"width": width, "color": colour},
        "opacity": 0.75,
        "hoverinfo": "skip",
    }


def middles(flows: Sequence[Flow], names: Mapping[str, str], noun: str) -> dict[str, Any]:
    """A mark in the middle of each arc, to point at and to click; what a state has from itself stands at its centre."""
    at = [middle(centres()[seller], centres()[buyer]) for seller, buyer, _ in flows]
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
        "marker": {"size": 8, "color": "#ffffff", "line": {"width": 1.5, "color": "#52606d"}},
    }


def middle(start: Point, end: Point) -> Point:
    """The middle of the great circle between two places (degrees); of two at opposite ends of the world, one of many."""
    (x1, y1, z1), (x2, y2, z2) = vector(start), vector(end)
    x, y, z = x1 + x2, y1 + y2, z1 + z2
    return round(math.degrees(math.atan2(y, x)), 3), round(math.degrees(math.atan2(z, math.hypot(x, y))), 3)


def vector(place: Point) -> tuple[float, float, float]:
    lon, lat = math.radians(place[0]), math.radians(place[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
