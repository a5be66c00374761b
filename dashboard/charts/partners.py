"""Buyers or sellers over the years, as a heatmap."""

from __future__ import annotations

import numpy as np

from dashboard import aggregate, figures
from dashboard.aggregate import OTHERS
from dashboard.charts import readings
from dashboard.charts.model import OWN, Chart, Column, Heatmap, Table, View
from dashboard.data import UNKNOWN

TOP = 12


def buyers(view: View) -> Chart:
    return over_time(view, "buyer")


def sellers(view: View) -> Chart:
    return over_time(view, "seller")


def over_time(view: View, side: str) -> Chart:
    """The largest buyers or sellers down, the years across."""
    word, facet = view.word, view.data.facets[side]
    grid = aggregate.over_years(view.tally, side, view.leading(side, TOP))
    names = {OTHERS: "Others", UNKNOWN: "Unknown"}
    down = tuple(names.get(key, facet.name(key)) for key in grid.down)
    highest = int(grid.counts.max()) if grid.counts.size else 0
    columns = (
        Column(side, side.title()),
        Column(f"{side}_code", "Code"),
        Column("year", "Year"),
        Column(f"{word}s", f"{word.title()}s", number=True),
    )
    cells = [(i, grid.down[i], grid.across[j], int(grid.counts[i, j])) for i, j in np.argwhere(grid.counts).tolist()]
    return Chart(
        name=f"{side}s-over-time",
        title=f"{word.title()}s{view.about(side)} per {side} and year",
        reading=readings.of_partners(grid, down, side, word),
        figure=figures.heatmap(grid, down, grid.across, highest, (side.title(), "Year")),
        table=Table(
            columns,
            tuple((down[i], "" if key in names else key, year, n) for i, key, year, n in cells),
            tuple((*(((side, key),) if key != OTHERS else ()), ("year", year)) for _, key, year, _ in cells),
        ),
        click=OWN,
        heatmap=Heatmap(grid, down, grid.across, (side, "year"), f"{side.title()} ↓ Year →", highest),
    )
