"""Pure drawing: small tables in, plotly figures out, as plain dicts (a `go.Figure` validates on every request)."""

from dashboard.figures.barcharts import bars, labelled, timeline
from dashboard.figures.flows import sankey
from dashboard.figures.style import BASE, BLUES, BUYER, CONFIG, GREY, SELLER, Figure, plural, shortened, status_style, type_style
from dashboard.figures.worldmap import bins, mapped, world

__all__ = [
    "BASE",
    "BLUES",
    "BUYER",
    "CONFIG",
    "GREY",
    "SELLER",
    "Figure",
    "bars",
    "bins",
    "labelled",
    "mapped",
    "plural",
    "sankey",
    "shortened",
    "status_style",
    "timeline",
    "type_style",
    "world",
]
