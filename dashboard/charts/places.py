"""Charts of buyers and sellers: the map, the rankings, and the flow between them."""

from __future__ import annotations

from dashboard import aggregate, figures
from dashboard.aggregate import Ranking
from dashboard.charts import readings
from dashboard.charts.model import Chart, Column, Table, View
from dashboard.data import UNKNOWN

TOP = 15
TOP_FLOWS = 10
COLOURS = {"buyer": figures.BUYER, "seller": figures.SELLER}
BORDERS = "Borders and names imply no endorsement. The smallest states have points."


def world(view: View) -> Chart:
    """The map of buyers, or with `side=seller` of sellers."""
    side = view.chosen("side")
    ranking, word = view.ranked(side), view.word
    return Chart(
        name="map",
        title=f"{word.title()}s by {side}",
        reading=readings.of_map(ranking, side, word),
        figure=figures.world(ranking, word),
        table=ranking_table(figures.mapped(ranking), side, word),
        click=(side,),
        switch="side",
        note=f"Grey: no {word}. {BORDERS}",
    )


def buyers(view: View) -> Chart:
    return ranking_chart(view, "buyer")


def sellers(view: View) -> Chart:
    return ranking_chart(view, "seller")


def ranking_chart(view: View, side: str) -> Chart:
    ranking, word = view.ranked(side), view.word
    return Chart(
        name=f"{side}s",
        title=f"{side.title()}s with the most {word}s",
        reading=readings.of_ranking(ranking, side, word, TOP),
        figure=figures.bars(ranking, TOP, word, COLOURS[side]),
        table=ranking_table(ranking.top(TOP), side, word),
        click=(side,),
    )


def ranking_table(shown: Ranking, key: str, word: str) -> Table:
    """A ranking as a table: name, code and count."""
    columns = (Column(key, key.title()), Column(f"{key}_code", "Code"), Column(f"{word}s", f"{word.title()}s", number=True))
    rows = zip(shown.names, shown.keys, shown.counts, strict=True)
    return Table(
        columns,
        tuple((name, "" if code == UNKNOWN else code, count) for name, code, count in rows),
        tuple(((key, code),) for code in shown.keys),
    )


def flows(view: View) -> Chart:
    """Who sells to whom: the largest of either side by name, the rest together."""
    left, right, word = view.ranked("seller"), view.ranked("buyer"), view.word
    sellers, buyers = (tuple(key for key in side.keys if key != UNKNOWN) for side in (left, right))
    grid = aggregate.pairs(view.tally, sellers[:TOP_FLOWS], buyers[:TOP_FLOWS])
    shown = {key: name for side in (left, right) for key, name in zip(side.keys, side.names, strict=True)}
    shown |= {aggregate.OTHERS: "Others", UNKNOWN: "Unknown"}
    columns = (Column("seller", "Seller"), Column("buyer", "Buyer"), Column(f"{word}s", f"{word.title()}s", number=True))
    return Chart(
        name="flows",
        title=f"{word.title()}s from seller to buyer",
        reading=readings.of_flows(len(buyers), len(sellers), word, TOP_FLOWS),
        figure=figures.sankey(grid, shown, word),
        table=Table(
            columns,
            tuple((shown[seller], shown[buyer], count) for seller, buyer, count in grid.cells()),
            tuple(
                tuple((key, value) for key, value in zip(("seller", "buyer"), cell[:2], strict=True) if value != aggregate.OTHERS)
                for cell in grid.cells()
            ),
        ),
    )
