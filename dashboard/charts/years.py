"""The chart over time."""

from __future__ import annotations

from dashboard import aggregate, figures
from dashboard.charts import readings
from dashboard.charts.model import Chart, Column, Table, View

NAMES = {"type": "weapon type", "status": "status"}


def timeline(view: View) -> Chart:
    """Counts per year, stacked by weapon type, or with `by=status` by status."""
    by, word = view.chosen("by"), view.word
    grid = aggregate.over_years(view.tally, by, aggregate.STACKS[by])
    marker = figures.status_style if by == "status" else figures.type_style
    return Chart(
        name="timeline",
        title=f"{word.title()}s{view.about()} per year, by {NAMES[by]}",
        reading=readings.of_years(grid, word),
        figure=figures.timeline(grid, marker),
        table=Table(
            (Column("year", "Year"), *(Column(part, part.capitalize(), number=True) for part in grid.down)),
            tuple((year, *counts) for year, counts in zip(grid.across, grid.counts.T.tolist(), strict=True)),
            tuple((("year", year),) for year in grid.across),
        ),
        click=(by, "year"),
        switch="by",
    )
