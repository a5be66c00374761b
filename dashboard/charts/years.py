"""The chart over time."""

from __future__ import annotations

from dashboard import aggregate, figures
from dashboard.charts import readings
from dashboard.charts.model import Chart, Column, Table, View
from dashboard.data import NO_YEAR, UNKNOWN

NAMES = {"type": "weapon type", "status": "status"}


def timeline(view: View) -> Chart:
    """Counts per year, stacked by weapon type, or with `by=status` by status."""
    by, word = view.chosen("by"), view.word
    counted = aggregate.by_year(view.data, view.rows, by)
    years = [UNKNOWN if year == NO_YEAR else str(year) for year in counted.index]
    parts = [str(name) for name in counted.columns]
    return Chart(
        name="timeline",
        title=f"{word.title()}s{view.about()} per year, by {NAMES[by]}",
        reading=readings.of_years(view.data.years[view.rows], word),
        figure=figures.timeline(counted, figures.status_style if by == "status" else figures.type_style),
        table=Table(
            (Column("year", "Year"), *(Column(part, part.capitalize(), number=True) for part in parts)),
            tuple((year, *(int(n) for n in row)) for year, row in zip(years, counted.to_numpy(), strict=True)),
            tuple((("year", year),) for year in years),
        ),
        click=(by, "year"),
        switch="by",
    )
