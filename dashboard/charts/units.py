"""Units ordered and delivered per year, of one weapon type alone."""

from __future__ import annotations

from dashboard import figures
from dashboard.charts.model import Chart, Column, Table, View
from dashboard.quantities import units_by_year

STAGES = ("ordered", "delivered")


def units_per_year(view: View) -> Chart:
    """Each stage in its own year. Where nothing can be added up, the chart is empty and its reading says why."""
    refused = why_not(view)
    told = {stage: {} if refused else units_by_year(view.data, view.rows, stage) for stage in STAGES}
    years = sorted({year for units in told.values() for year in units})
    every = range(years[0], years[-1] + 1) if years else range(0)
    sums = {stage: sum(units.values()) for stage, units in told.items()}
    return Chart(
        name="units",
        title=f"Units{view.about()} ordered and delivered per year",
        reading=refused
        or f"{sums['ordered']:,} units ordered and {sums['delivered']:,} delivered in a year that an article tells. Units without a year are left out.",
        figure=figures.by_stage(every, told["ordered"], told["delivered"]),
        table=Table(
            (
                Column("year", "Year"),
                Column("ordered", "Units ordered", number=True),
                Column("delivered", "Units delivered", number=True),
            ),
            tuple((str(year), *(told[stage].get(year, 0) for stage in STAGES)) for year in every),
        ),
        note="A deal’s deliveries stand in the year of its last known one.",
    )


def why_not(view: View) -> str:
    """Why units of a view cannot be added up; empty where they can."""
    if view.data.home is None:
        return "Several articles can tell of the same units, so claims of units are not summed: count deals to see them."
    kinds = len(view.ranked("type"))
    if kinds > 1:
        return f"Units are summed only within one weapon type, and {kinds} are in view: choose one of them."
    return ""
