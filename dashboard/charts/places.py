"""Charts of buyers and sellers: the map, the rankings, and the flow between them."""

from __future__ import annotations

import pandas as pd

from dashboard import aggregate, figures
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
        table=ranking_table(ranking[figures.mapped(ranking["key"])], side, word),
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
        table=ranking_table(ranking.head(TOP), side, word),
        click=(side,),
    )


def ranking_table(shown: pd.DataFrame, key: str, word: str) -> Table:
    """Rows of `aggregate.ranked` as a table: name, code and count."""
    columns = (Column(key, key.title()), Column(f"{key}_code", "Code"), Column(f"{word}s", f"{word.title()}s", number=True))
    rows = zip(shown["name"], shown["key"], shown["count"], strict=True)
    return Table(
        columns,
        tuple((str(name), "" if code == UNKNOWN else str(code), int(count)) for name, code, count in rows),
        tuple(((key, str(code)),) for code in shown["key"]),
    )


def flows(view: View) -> Chart:
    """Who sells to whom: the largest of either side by name, the rest together."""
    left, right, word = view.ranked("seller"), view.ranked("buyer"), view.word
    table = aggregate.flows(view.data, view.rows, TOP_FLOWS)
    names = {key: name for ranking in (left, right) for key, name in zip(ranking["key"], ranking["name"], strict=True)}
    shown = {**names, aggregate.OTHERS: "Others"}
    pairs = [(str(seller), str(buyer)) for seller, buyer in zip(table["seller"], table["buyer"], strict=True)]
    columns = (Column("seller", "Seller"), Column("buyer", "Buyer"), Column(f"{word}s", f"{word.title()}s", number=True))
    return Chart(
        name="flows",
        title=f"{word.title()}s from seller to buyer",
        reading=readings.of_flows(right, left, word, TOP_FLOWS),
        figure=figures.sankey(table, names, left, right, word),
        table=Table(
            columns,
            tuple((shown[s], shown[b], int(count)) for (s, b), count in zip(pairs, table["count"], strict=True)),
            tuple(
                tuple((key, value) for key, value in zip(("seller", "buyer"), pair, strict=True) if value != aggregate.OTHERS)
                for pair in pairs
            ),
        ),
    )
