"""Charts of buyers and sellers: the map and the rankings."""

from __future__ import annotations

from dashboard import figures
from dashboard.aggregate import Ranking
from dashboard.charts import readings
from dashboard.charts.model import Chart, Column, Table, View
from dashboard.data import UNKNOWN

TOP = 15
COLOURS = {"buyer": figures.BUYER, "seller": figures.SELLER}
BORDERS = "Borders and names imply no endorsement. The smallest states have points."


def world(view: View) -> Chart:
    """The map of buyers, or with `side=seller` of sellers."""
    side = view.chosen("side")
    ranking, word, about = view.ranked(side), view.word, view.about(side)
    return Chart(
        name="map",
        title=f"{word.title()}s{about}{',' if about else ''} by {side}",
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
        title=f"{side.title()}s with the most {word}s{view.about(side)}",
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
