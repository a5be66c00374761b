"""Pure drawing: small tables in, plotly figures out, as plain dicts (a `go.Figure` validates on every request)."""

from dashboard.figures.arcs import arcs, drawable
from dashboard.figures.barcharts import bars
from dashboard.figures.flows import needed, sankey
from dashboard.figures.heatmap import heatmap, shades
from dashboard.figures.style import BASE, BLUES, BUYER, CONFIG, GREY, SELLER, Figure, plural, shortened, status_style, type_style
from dashboard.figures.worldmap import bins, mapped, world
from dashboard.figures.years import by_stage, labelled, timeline

__all__ = [
    "BASE",
    "BLUES",
    "BUYER",
    "CONFIG",
    "GREY",
    "SELLER",
    "Figure",
    "arcs",
    "bars",
    "bins",
    "by_stage",
    "drawable",
    "heatmap",
    "labelled",
    "mapped",
    "needed",
    "plural",
    "sankey",
    "shades",
    "shortened",
    "status_style",
    "timeline",
    "type_style",
    "world",
]
