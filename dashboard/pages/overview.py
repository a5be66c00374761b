"""The first page: headline figures, map, years, rankings and flows of the deals in view, or of their claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from dash import Dash, Input, Output, dcc, html

from dashboard import aggregate, figures
from dashboard.components import messages
from dashboard.components.filterbar import bar
from dashboard.data import NO_YEAR, UNKNOWN, Data, Source
from dashboard.filters import Filters, mask, parse, view

PATH = "/"
TOP = 15
TOP_FLOWS = 10
MEANS = {
    "deal": "A deal joins what all articles say of one transfer, so that ten articles about 36 jets are one deal.",
    "record": "A record is one transfer that one article claims, so a deal that three articles report counts three times.",
}
GRAPHS = ("map", "timeline", "buyers", "sellers", "flows")


def layout(data: Data, filters: Filters) -> list[Any]:
    """The page for a view."""
    return [
        html.H1("Who buys what from whom", className="page-title"),
        bar(filters, data, PATH),
        html.Div(content(data, filters), id="overview"),
    ]


def content(data: Data, filters: Filters) -> list[Any]:
    rows, noun = mask(filters, data), data.noun
    if not rows.any():
        return [messages.nothing_matches(PATH, noun)]
    buyers, sellers = aggregate.ranked(data, rows, "buyer"), aggregate.ranked(data, rows, "seller")
    years = aggregate.by_year_and_type(data, rows)
    flows = aggregate.flows(data, rows, TOP_FLOWS)
    names = {key: name for table in (buyers, sellers) for key, name in zip(table["key"], table["name"], strict=True)}
    return [
        figures_line(data, rows),
        html.Div(
            [
                card("map", f"{noun.title()}s by buyer", map_reading(buyers, noun), figures.world(buyers, noun), wide=True),
                card(
                    "timeline",
                    f"{noun.title()}s per year, by weapon type",
                    years_reading(data, rows),
                    figures.timeline(years),
                    wide=True,
                ),
                card(
                    "buyers",
                    f"Buyers with the most {noun}s",
                    ranking_reading(buyers, "buyer", noun),
                    figures.bars(buyers, TOP, noun),
                ),
                card(
                    "sellers",
                    f"Sellers with the most {noun}s",
                    ranking_reading(sellers, "seller", noun),
                    figures.bars(sellers, TOP, noun, figures.SELLER),
                ),
                card(
                    "flows",
                    f"{noun.title()}s from seller to buyer",
                    flows_reading(buyers, sellers, noun),
                    figures.sankey(flows, names, sellers, buyers, noun),
                    wide=True,
                ),
            ],
            className="cards",
        ),
    ]


def figures_line(data: Data, rows: np.ndarray) -> html.Div:
    head = aggregate.headline(data, rows)
    figure = [
        (f"{data.noun}s", head.count),
        ("buyers", head.buyers),
        ("sellers", head.sellers),
        ("systems", head.systems),
        ("articles", head.articles),
    ]
    status = aggregate.ranked(data, rows, "status")
    split = [f"{n:,} {key}" for key, n in zip(status["key"], status["count"], strict=True)]
    return html.Div(
        [
            html.Dl(
                [html.Div([html.Dt(name if n != 1 else name[:-1]), html.Dd(f"{n:,}")]) for name, n in figure], className="figures"
            ),
            html.P(
                [
                    MEANS[data.noun],
                    " By status: ",
                    ", ".join(split),
                    ". Planned and cancelled ones are counted with the rest.",
                ],
                className="reading",
            ),
        ]
    )


def card(identity: str, title: str, reading: str, figure: figures.Figure, *, wide: bool = False) -> html.Section:
    graph = dcc.Graph(id=identity, figure=figure, config=figures.CONFIG, className="graph")
    return html.Section(
        [
            html.H2(title, id=f"{identity}-title"),
            html.P(reading, className="reading"),
            html.Div(graph, role="figure", **{"aria-label": f"{title}. {reading}"}),
        ],
        className="card wide" if wide else "card",
        **{"aria-labelledby": f"{identity}-title"},
    )


def share(table: Any, count: int) -> str:
    return f"{count:,} of {int(table['count'].sum()):,}"


def leader(table: Any, noun: str) -> str:
    known = table[table["key"] != UNKNOWN]
    if not len(known):
        return ""
    most = int(known["count"].iloc[0])
    names = known.loc[known["count"] == most, "name"].tolist()
    if len(known) == 1:
        return f"{names[0]}: {share(table, most)}."
    if len(names) == 1:
        return f"{names[0]} leads with {share(table, most)}."
    rest = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {rest} lead with {figures.plural(most, noun)} each."


def map_reading(buyers: Any, noun: str) -> str:
    off = int(buyers.loc[~figures.mapped(buyers["key"]), "count"].sum())
    rest = f"Not on the map: {figures.plural(off, noun)} whose buyer is unknown, or no state of today." if off else ""
    parts = [leader(buyers, noun), rest, f"Click a country to filter by it. Grey: no {noun}. Borders imply no endorsement."]
    return " ".join(part for part in parts if part)


def ranking_reading(table: Any, word: str, noun: str) -> str:
    unknown = int(table.loc[table["key"] == UNKNOWN, "count"].sum())
    rest = max(0, len(table) - TOP)
    parts = [leader(table, noun)]
    if unknown:
        parts.append(f"{figures.plural(unknown, noun)} without a named {word}.")
    if rest:
        parts.append(f"{rest} more not shown.")
    parts.append("Click a bar to filter.")
    return " ".join(part for part in parts if part)


def years_reading(data: Data, rows: np.ndarray) -> str:
    years = data.years[rows]
    known = years[years != NO_YEAR]
    unknown = int((years == NO_YEAR).sum())
    if not len(known):
        span, apart = f"No {data.noun} in view has a year.", ""
    else:
        span = f"Year {known.min()}." if known.min() == known.max() else f"From {known.min()} to {known.max()}."
        apart = f"{figures.plural(unknown, data.noun)} without a year stand{'s' if unknown == 1 else ''} apart at the right."
    parts = [span, apart if unknown else "", "Click a part of a bar to filter by its year and type."]
    return " ".join(part for part in parts if part)


def flows_reading(buyers: Any, sellers: Any, noun: str) -> str:
    grouped = max(0, len(buyers) - TOP_FLOWS), max(0, len(sellers) - TOP_FLOWS)
    rest = f" {grouped[1]} smaller sellers and {grouped[0]} smaller buyers are drawn together as others." if any(grouped) else ""
    return f"Sellers on the left, buyers on the right, as wide as their number of {noun}s.{rest} Click a name's bar or a band to filter by it."


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Redraws the page when its query changes."""

    @app.callback(Output("overview", "children"), Input("query", "data"), prevent_initial_call=True)
    @guarded
    def redraw(query: str) -> list[Any]:
        filters = parse(query)[0]
        return content(view(source, filters), filters)
