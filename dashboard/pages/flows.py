"""Who sells to whom: the largest sellers and buyers as bands, matrix or arcs on the map, for all years or one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import figures
from dashboard.charts import CHARTS, View, view_of
from dashboard.charts.flows import years_in
from dashboard.components import messages
from dashboard.components.card import Place, card
from dashboard.components.filterbar import bar
from dashboard.components.scope import scope
from dashboard.data import NO_YEAR, Data
from dashboard.filters import AT, VIEWS, Filters, parse, view
from dashboard.source import Source

PATH = "/flows"
# The ways to draw them, as the address and the page call them, and the chart of each.
SHOWN = {"bands": ("Bands", "flows"), "matrix": ("Matrix", "matrix"), "map": ("Map", "arcs")}
STEP = 1500


def layout(data: Data, filters: Filters) -> list[Any]:
    """The page for a view."""
    return [
        html.H1("Flows from seller to buyer", className="page-title"),
        bar(without_own(filters), data, PATH),
        html.Div(content(data, filters), id="flows-page"),
    ]


def without_own(filters: Filters) -> Filters:
    """The filters without what the page's own controls say."""
    for key in ("show", "top", AT):
        filters = filters.without(key)
    return filters


def content(data: Data, filters: Filters) -> list[Any]:
    """Controls and drawing; they stay where nothing is in view, so that other filters find them."""
    seen = view_of(data, filters)
    years = years_in(seen)
    asked = int(filters.kept.get(AT, ("0",))[0])
    at = asked if asked in years else NO_YEAR
    said = f"Counted are {seen.word}s, not units or money."
    return [
        html.P(said, className="reading"),
        controls(years, seen.chosen("show"), seen.chosen("top"), at, when(seen, at)),
        html.Div(drawing(seen), id="flows-drawing"),
    ]


def controls(years: range, show: str, top: str, at: int, when: str) -> html.Div:
    """The drawing, how many of each side, and the years: a slider whose first place is all of them, and a button that plays them."""
    labels = figures.labelled([str(year) for year in years], most=8)
    marks = [{"value": 0, "label": "All"}] + [
        {"value": int(label) - years.start + 1, "label": label} for label in labels if int(label) - years.start >= len(years) / 12
    ]
    return html.Div(
        [
            dmc.SegmentedControl(
                id="flows-show",
                data=[{"value": value, "label": name} for value, (name, _) in SHOWN.items()],
                value=show,
                className="flows-show",
                **{"aria-label": "Drawn as"},
            ),
            dmc.Select(
                id="flows-top",
                label="Sellers and buyers shown",
                data=[{"value": n, "label": f"the {n} largest"} for n in sorted(VIEWS["top"], key=int)],
                value=top,
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


def drawing(seen: View) -> Any:
    """The card of the drawing that is asked for."""
    if not seen.tally.count:
        return messages.nothing_matches(PATH, seen.data.noun)
    chart = CHARTS[SHOWN[seen.chosen("show")][1]](seen)
    return card(chart, Place(seen.filters, PATH, scope=scope(seen)), identity="flows", wide=True)


def when(seen: View, at: int) -> str:
    """The words for the years that are drawn."""
    if at:
        return str(at)
    years = years_in(seen)
    if not years:
        return "No year is known"
    return f"All years, {years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"


def from_controls(filters: Filters, show: str, top: str, place: int, first: int) -> Filters:
    """The filters with what the page's own controls stand for; the slider's place 0 is all years."""
    own = {"show": show, "top": top}
    for key, value in own.items():
        filters = filters.keeping(key, (value,) if value in VIEWS[key][1:] else ())
    return filters.keeping(AT, (str(first + place - 1),) if place else ())


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
        return content(view(source, filters), from_controls(filters, show, top, place, first))

    @app.callback(
        Output("flows-drawing", "children"),
        Output("flows-when", "children"),
        *controlled,
        State("flows-first", "data"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def step(show: str, top: str, place: int, first: int, query: str) -> tuple[Any, str]:
        filters = from_controls(parse(query)[0], show, top, place, first)
        seen = view_of(view(source, filters), filters)
        return drawing(seen), when(seen, first + place - 1 if place else NO_YEAR)
