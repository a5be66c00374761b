"""Every chart that has a card, an embedded view and a CSV file of its own, by its name in addresses.

A new chart is a function from a `View` to a `Chart` and one line in `CHARTS`; the card, the file and the embedded view follow.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts import flows, partners, places, units, years
from dashboard.charts.model import Chart, Column, Heatmap, Table, View, view_of

CHARTS: dict[str, Callable[[View], Chart]] = {
    "map": places.world,
    "timeline": years.timeline,
    "buyers": places.buyers,
    "sellers": places.sellers,
    "flows": flows.bands,
    "matrix": flows.matrix,
    "arcs": flows.arcs,
    "buyers-over-time": partners.buyers,
    "sellers-over-time": partners.sellers,
    "units": units.units_per_year,
}

__all__ = ["CHARTS", "Chart", "Column", "Heatmap", "Table", "View", "view_of"]
