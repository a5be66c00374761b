"""Who sells to whom: the largest sellers and buyers as bands, matrix, arcs on the map or table, for all years or one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import dash_mantine_components as dmc
import numpy as np
import pandas as pd
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import aggregate, figures
from dashboard.components import links, messages, panels
from dashboard.components.filterbar import address, bar
from dashboard.components.matrix import matrix
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, mask, parse, view
from dashboard.pages.table import PATH as DEALS
from dashboard.source import Source

PATH = "/flows"
SHOWN = {"bands": "Bands", "matrix": "Matrix", "map": "Map", "table": "Table"}
TOPS = ("5", "10", "15", "25")
STEP = 1500


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the page asks for beside its filters: the drawing, how many of each side, and one year (0: all of them)."""

    show: str = "bands"
    top: int = 10
    at: int = NO_YEAR


def asked_for(query: str) -> Asked:
    """The page's own part of an address; what means nothing there is as if it were not there."""
    found = dict(parse_qsl(query))
    show = found.get("show", "bands")
    year = found.get("at", "")
    return Asked(
        show if show in SHOWN else "bands",
        int(found["top"]) if found.get("top") in TOPS else 10,
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else NO_YEAR,
    )


def layout(data: Data, filters: Filters, query: str) -> list[Any]:
    """The page for a view."""
    return [
        html.H1("Flows from seller to buyer", className="page-title"),
        bar(filters, data, PATH),
        html.Div(content(data, filters, asked_for(query)), id="flows-page"),
    ]


def content(data: Data, filters: Filters, asked: Asked) -> list[Any]:
    """Controls and drawing; they stay where nothing is in view, so that other filters find them."""
    rows = mask(filters, data)
    years = span(data, rows)
    at = asked.at if asked.at in years else NO_YEAR
    drawn, said, when = drawing(data, filters, rows, Asked(asked.show, asked.top, at))
    return [
        html.Section(
            [
                html.H2(f"{data.noun.title()}s from seller to buyer", id="flows-title"),
                html.P(said, className="reading", id="flows-reading"),
                html.P(hint(asked.show, data.noun), className="reading", id="flows-hint"),
                controls(years, asked.top, at, when),
                dmc.Tabs(
                    [
                        dmc.TabsList([dmc.TabsTab(name, value=key) for key, name in SHOWN.items()]),
                        *(
                            dmc.TabsPanel(html.Div(drawn if key == asked.show else None, id=f"flows-{key}"), value=key)
                            for key in SHOWN
                        ),
                    ],
                    id="flows-show",
                    value=asked.show,
                ),
            ],
            className="card",
            **{"aria-labelledby": "flows-title"},
        )
    ]


def span(data: Data, rows: np.ndarray) -> range:
    """The years in view, without gaps; none where no row has one."""
    years = data.years[rows]
    known = years[years != NO_YEAR]
    return range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)


def controls(years: range, top: int, at: int, when: str) -> html.Div:
    """How many of each side, and the years: a slider whose first place is all of them, and a button that plays them."""
    labels = figures.labelled([str(year) for year in years], most=8)
    marks = [{"value": 0, "label": "All"}] + [
        {"value": int(label) - years.start + 1, "label": label} for label in labels if int(label) - years.start >= len(years) / 12
    ]
    return html.Div(
        [
            dmc.Select(
                id="flows-top",
                label="Sellers and buyers shown",
                data=[{"value": n, "label": f"the {n} largest"} for n in TOPS],
                value=str(top),
                allowDeselect=False,
                size="sm",
                className="flows-top",
            ),
            html.Div(
                [
                    html.Button("Play the years", id="flows-play", className="button", disabled=len(years) < 2),
                    dmc.Slider(
                        id="flows-slider",
                        min=0,
                        max=max(len(years), 1),
                        value=years.index(at) + 1 if at else 0,
                        step=1,
                        marks=marks if len(years) else [],
                        label=None,
                        thumbLabel="Year",
                        disabled=not len(years),
                        className="flows-slider",
                    ),
                    html.Output(when, id="flows-when"),
                ],
                className="flows-years",
                role="group",
                **{"aria-label": "Years"},
            ),
            dcc.Store(id="flows-first", data=years.start),
            dcc.Store(id="flows-own"),
            dcc.Interval(id="flows-tick", interval=STEP, disabled=True),
        ],
        className="flows-controls",
    )


def drawing(data: Data, filters: Filters, rows: np.ndarray, asked: Asked) -> tuple[Any, str, str]:
    """The drawing that is asked for, its reading, and the words for its years.

    Who is shown is settled over all years in view, so that the same names stand in every year of a play-through.
    """
    if not rows.any():
        return messages.nothing_matches(PATH, data.noun), "", "No year is known"
    sellers, buyers = (aggregate.leading(data, rows, side, asked.top) for side in ("seller", "buyer"))
    whole = aggregate.pairs(data, rows, sellers, buyers)
    years = data.years[rows]
    known = np.unique(years[years != NO_YEAR])
    chosen = rows if asked.at == NO_YEAR else rows & (data.years == asked.at)
    grid = whole if asked.at == NO_YEAR else aggregate.pairs(data, chosen, sellers, buyers)
    names = {key: data.facets[side].name(key) for side, keys in (("seller", sellers), ("buyer", buyers)) for key in keys}
    names |= {aggregate.OTHERS: "Others", UNKNOWN: "Unknown"}
    when = all_years(known) if asked.at == NO_YEAR else str(asked.at)
    said = reading(grid, asked, data.noun, names, int((years == NO_YEAR).sum()))
    shown = {"bands": bands, "matrix": as_matrix, "map": as_map, "table": as_table}[asked.show]
    if not grid.counts.any():
        return html.P(f"No {data.noun} of {asked.at} is in view.", className="flows-empty"), said, when
    return shown(grid, whole, names, data.noun, filters, asked), said, when


def all_years(known: np.ndarray) -> str:
    if not len(known):
        return "No year is known"
    return f"All years, {known.min()} to {known.max()}" if known.min() != known.max() else f"{known.min()}"


def reading(grid: aggregate.Grid, asked: Asked, noun: str, names: Mapping[str, str], undated: int) -> str:
    """What the drawing shows, in words."""
    count = int(grid.counts.sum())
    flows = [cell for cell in grid.cells() if aggregate.OTHERS not in cell[:2] and UNKNOWN not in cell[:2]]
    parts = [f"{figures.plural(count, noun)}{f' of {asked.at}' if asked.at else ''}."]
    if flows:
        parts.append(f"The largest flow is from {names[flows[0][0]]} to {names[flows[0][1]]} ({flows[0][2]:,}).")
    if asked.at and undated:
        parts.append(f"{figures.plural(undated, noun)} without a year {'is' if undated == 1 else 'are'} in no year.")
    if asked.show == "map" and (left := count - sum(n for _, _, n in figures.drawable(grid.cells()))):
        parts.append(f"Not drawn: {figures.plural(left, noun)} of others, unknown or off the map.")
    return " ".join(parts)


HINTS = {
    "bands": "Click a name’s bar or a band to filter by it.",
    "matrix": "A number opens what it counts.",
    "map": "Orange is the seller’s end, blue the buyer’s. Click the mark in the middle of an arc to filter by it. Borders imply no endorsement.",
    "table": "A name opens its profile, a number what it counts.",
}


def hint(show: str, noun: str) -> str:
    """How to read and use a drawing: the same in every year."""
    told = f"Counted are {noun}s of every status in view, not units or money. Smaller sellers and buyers are taken together as others."
    return f"{told} {HINTS[show]}"


def graph(show: str, figure: figures.Figure, label: str) -> html.Div:
    drawn = dcc.Graph(id={"flow": show}, figure=figure, config=figures.CONFIG, className="graph")
    return html.Div(drawn, role="figure", className=f"drawn flow-{show}", **{"aria-label": label})


def bands(
    grid: aggregate.Grid, whole: aggregate.Grid, names: Mapping[str, str], noun: str, filters: Filters, asked: Asked
) -> Any:
    table = pd.DataFrame(grid.cells(), columns=["seller", "buyer", "count"])
    left, right = (pd.DataFrame({"key": [k for k in keys if k != aggregate.OTHERS]}) for keys in (whole.down, whole.across))
    tall = max(int(whole.counts.any(axis=1).sum()), int(whole.counts.any(axis=0).sum()))
    figure = figures.sankey(table, dict(names), left, right, noun, height=figures.needed(tall))
    return graph(
        "bands", figure, f"Bands from sellers to buyers, as wide as their number of {noun}s. The table tab has the numbers."
    )


def as_matrix(
    grid: aggregate.Grid, whole: aggregate.Grid, names: Mapping[str, str], noun: str, filters: Filters, asked: Asked
) -> Any:
    down, across = np.flatnonzero(whole.counts.any(axis=1)), np.flatnonzero(whole.counts.any(axis=0))
    part = aggregate.Grid(
        tuple(grid.down[i] for i in down), tuple(grid.across[j] for j in across), grid.counts[np.ix_(down, across)]
    )

    def cell(seller: str, buyer: str) -> str | None:
        return None if aggregate.OTHERS in (seller, buyer) else deals(filters, seller, buyer, asked)

    drawn = matrix(
        part,
        [names[key] for key in part.down],
        [names[key] for key in part.across],
        corner="Seller ↓ Buyer →",
        highest=int(whole.counts.max()),
        links=cell,
        label=f"Sellers down, buyers across: {noun}s",
    )
    return html.Div(drawn, className="flow-matrix")


def as_map(
    grid: aggregate.Grid, whole: aggregate.Grid, names: Mapping[str, str], noun: str, filters: Filters, asked: Asked
) -> Any:
    highest = max((n for _, _, n in figures.drawable(whole.cells())), default=0)
    figure = figures.arcs(grid.cells(), names, noun, highest)
    return graph("map", figure, f"Arcs on the map from sellers to buyers, wider the more {noun}s. The table tab has the numbers.")


def as_table(
    grid: aggregate.Grid, whole: aggregate.Grid, names: Mapping[str, str], noun: str, filters: Filters, asked: Asked
) -> Any:
    def party(key: str) -> Any:
        return names[key] if key == aggregate.OTHERS else links.country(key, names[key], filters)

    def number(seller: str, buyer: str, n: int) -> Any:
        if aggregate.OTHERS in (seller, buyer):
            return f"{n:,}"
        return dcc.Link(f"{n:,}", href=deals(filters, seller, buyer, asked), title=f"{names[seller]} to {names[buyer]}")

    rows = [(party(seller), party(buyer), number(seller, buyer, n)) for seller, buyer, n in grid.cells()]
    return panels.scrolled(panels.table(("Seller", "Buyer", f"{noun.title()}s"), rows, numbers=(2,)), "Flows as a table")


def deals(filters: Filters, seller: str, buyer: str, asked: Asked) -> str:
    """The deals behind one flow."""
    chosen = filters.keeping("seller", (seller,)).keeping("buyer", (buyer,))
    return address(DEALS, chosen.keeping("year", (str(asked.at),)) if asked.at else chosen)


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Redraws the page when its query, or one of its own controls, changes; the playing itself happens in the browser."""
    controlled = [Input("flows-show", "value"), Input("flows-top", "value"), Input("flows-slider", "value")]
    app.clientside_callback(
        ClientsideFunction("flows", "play"),
        Output("flows-slider", "value"),
        Output("flows-tick", "disabled"),
        Output("flows-play", "children"),
        Input("flows-play", "n_clicks"),
        Input("flows-tick", "n_intervals"),
        State("flows-slider", "value"),
        State("flows-slider", "max"),
        State("flows-tick", "disabled"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("flows", "own"),
        Output("flows-own", "data"),
        *controlled,
        State("flows-first", "data"),
        State("flows-when", "children"),
    )
    app.clientside_callback(
        ClientsideFunction("flows", "click"),
        Output("filter-seller", "value", allow_duplicate=True),
        Output("filter-buyer", "value", allow_duplicate=True),
        Input({"flow": ALL}, "clickData"),
        State("filter-seller", "value"),
        State("filter-buyer", "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("flows-page", "children"),
        Input("query", "data"),
        State("flows-show", "value"),
        State("flows-top", "value"),
        State("flows-slider", "value"),
        State("flows-first", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def redraw(query: str, show: str, top: str, place: int, first: int) -> list[Any]:
        filters = parse(query)[0]
        return content(view(source, filters), filters, from_controls(show, top, place, first))

    @app.callback(
        *(Output(f"flows-{key}", "children") for key in SHOWN),
        Output("flows-reading", "children"),
        Output("flows-hint", "children"),
        Output("flows-when", "children"),
        *controlled,
        State("flows-first", "data"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def step(show: str, top: str, place: int, first: int, query: str) -> tuple[Any, ...]:
        filters = parse(query)[0]
        data = view(source, filters)
        asked = from_controls(show, top, place, first)
        drawn, said, when = drawing(data, filters, mask(filters, data), asked)
        return (*(drawn if key == show else None for key in SHOWN), said, hint(asked.show, data.noun), when)


def from_controls(show: str, top: str, place: int, first: int) -> Asked:
    """What the page's own controls stand for; the slider's place 0 is all years."""
    return Asked(show if show in SHOWN else "bands", int(top) if top in TOPS else 10, first + place - 1 if place else NO_YEAR)
