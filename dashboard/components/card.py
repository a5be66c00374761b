"""A chart with all that belongs to it: title, reading, tabs for chart, table and sources, pictures, CSV, a click that filters.

A page makes a `Chart` (dashboard.charts) of its view and puts it up with `card`; what the tabs show is fetched when one is opened.
Clicks and pictures happen in the browser (assets/cards.js), which reads the card's `data-` attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import dash
import dash_mantine_components as dmc
from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.aggregate import OTHERS
from dashboard.charts import CHARTS, Chart, View, view_of
from dashboard.components.behind import sources
from dashboard.components.download_menu import chart_menu
from dashboard.components.filterbar import address
from dashboard.components.matrix import matrix
from dashboard.figures import CONFIG
from dashboard.filters import VIEWS, Filters, parse, view
from dashboard.pages.table import PATH as DEALS
from dashboard.security import EMBED
from dashboard.source import Source

TABS = {"chart": "Chart", "table": "Table", "sources": "Sources"}
# What a chart's switch is called, and its choices in the order of `VIEWS`.
SWITCHES = {"by": ("Stacked by", ("Weapon type", "Status")), "side": ("Countries as", ("Buyers", "Sellers"))}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands: the filters and path of its page, and whether it is an embedded view, whose links open the full one.

    `chart` are the filters of the chart, in its own address, where the page sets more than its address says (a profile).
    `scope` says what is counted and filtered by, for pictures.
    """

    filters: Filters
    path: str = "/"
    embedded: bool = False
    chart: Filters | None = None
    scope: str = ""

    @property
    def drawn(self) -> Filters:
        """The filters of the chart."""
        return self.filters if self.chart is None else self.chart

    def link(self, words: Any, filters: Filters, **more: Any) -> html.A:
        """A link that changes the filters: on a page in place, of an embedded view to the full page in a tab of its own."""
        if self.embedded:
            return outward(words, address(self.path, filters), **more)
        return html.A(words, href=address(self.path, filters), **{"data-stay": "", **more})


def outward(words: Any, href: str, **more: Any) -> html.A:
    return html.A(words, href=href, target="_blank", rel="noopener", **more)


def card(
    chart: Chart, place: Place, *, identity: str = "", wide: bool = False, heading: Callable[..., Any] = html.H2
) -> html.Section:
    """The chart's card. `identity` tells two cards of one chart on a page apart; without it the chart's name does."""
    own = identity or chart.name
    title, reading = f"{own}-title", f"{own}-reading"
    tall = f"{chart.figure['layout'].get('height', 450)}px"
    graph = dcc.Graph(
        id={"card": own, "part": "graph"},
        figure=chart.figure,
        config={**CONFIG, "displayModeBar": False, "responsive": chart.heatmap is None},
        className="graph",
        style={"height": tall},
    )
    # The room is kept from the start: until plotly has come, a graph has no height. A heatmap's is only there for its picture.
    drawn = html.Div(
        graph if chart.heatmap is None else [shades(chart, place), html.Div(graph, hidden=True)],
        id=own,
        className=f"drawn chart-{chart.name}",
        role="figure",
        style={"minHeight": tall} if chart.heatmap is None else {},
        **{"aria-labelledby": f"{title} {reading}"},
    )
    return html.Section(
        [
            html.Div(
                [
                    html.Div([heading(chart.title, id=title), html.P(chart.reading, id=reading, className="reading")]),
                    switch(chart, place, own) if chart.switch else None,
                ],
                className="card-head",
            ),
            dmc.Tabs(
                [
                    html.Div(
                        [
                            dmc.TabsList(
                                [dmc.TabsTab(words, value=value) for value, words in TABS.items()],
                                **{"aria-label": f"{chart.title}: ways to see it"},
                            ),
                            actions(chart, place),
                        ],
                        className="card-bar",
                    ),
                    dmc.TabsPanel([drawn, hint(chart, place)], value="chart"),
                    dmc.TabsPanel(html.Div(waiting(), id={"card": own, "part": "table"}), value="table"),
                    dmc.TabsPanel(html.Div(waiting(), id={"card": own, "part": "sources"}), value="sources"),
                ],
                id={"card": own, "part": "tabs"},
                value="chart",
                persistence=True,
                persistence_type="memory",
            ),
            dcc.Store(id={"card": own, "part": "view"}, data=stored(chart.name, place)),
            dcc.Store(id={"card": own, "part": "wanted"}),
        ],
        className="card chart-card wide" if wide else "card chart-card",
        **{
            "aria-labelledby": title,
            "data-click": "" if place.embedded else " ".join(chart.click),
            "data-file": f"arms-{chart.name}",
            "data-scope": place.scope,
        },
    )


def waiting() -> html.P:
    return html.P("Loading…", className="loading")


def hint(chart: Chart, place: Place) -> html.P:
    """The line under the chart: what a click does, and the chart's own note."""
    if chart.heatmap:
        click = "A number opens what it counts. "
    else:
        click = "" if place.embedded or not chart.click else "Click a mark to filter by it; the table has the same as links. "
    return html.P([click, html.Span(chart.note, className="note")], className="reading under")


def shades(chart: Chart, place: Place) -> html.Div:
    """A heatmap as a table, each number a link to the deals or claims behind it."""
    assert chart.heatmap is not None
    asked = place.drawn if chart.behind is None else chart.behind.filters
    down, across = chart.heatmap.keys

    def deals(first: str, second: str) -> str | None:
        if OTHERS in (first, second):
            return None
        return address(DEALS, asked.keeping(down, (first,)).keeping(across, (second,)))

    return matrix(chart.heatmap, links=deals, label=chart.title, outward=place.embedded)


def stored(name: str, place: Place) -> dict[str, Any]:
    return {
        "chart": name,
        "query": place.drawn.query(),
        "page": place.filters.query(),
        "path": place.path,
        "embedded": place.embedded,
    }


def actions(chart: Chart, place: Place) -> html.Div:
    """Pictures, the CSV with the other formats in a menu, and the embedded view."""
    pictures = [
        html.Button(kind.upper(), className="button small", **{"data-picture": kind, "aria-label": f"{kind.upper()} picture"})
        for kind in ("png", "svg")
    ]
    query = "&".join(part for part in (place.drawn.query(), "embed=1") if part)
    embed = None if place.embedded else outward("Embed", f"{EMBED}{quote(chart.name)}?{query}", className="button small")
    files = chart_menu(chart.name, chart.title, place.drawn)
    return html.Div([*pictures, files, embed], className="card-actions", role="group", **{"aria-label": f"Take {chart.title}"})


def switch(chart: Chart, place: Place, own: str) -> html.Span:
    """Links, one for each choice of what the chart is of; the one that is shown is marked."""
    key = chart.switch
    meaning, names = SWITCHES[key]
    now = place.filters.kept.get(key, VIEWS[key])[0]
    path = f"{EMBED}{chart.name}" if place.embedded else place.path
    return html.Span(
        [
            html.A(
                words,
                id=f"{own}-{choice}",
                href=address(path, place.filters.keeping(key, () if choice == VIEWS[key][0] else (choice,))),
                **{"data-stay": "", **({"aria-current": "true"} if choice == now else {})},
            )
            for choice, words in zip(VIEWS[key], names, strict=True)
        ],
        className="switch",
        role="group",
        **{"aria-label": meaning},
    )


def table(chart: Chart, place: Place) -> Any:
    """The numbers that the chart draws, each row with a link that does what a click on its mark does."""
    if not chart.table.rows:
        return html.P("There is no number to list.", className="reading")
    head = html.Tr(
        [html.Th(column.heading, scope="col", className="number" if column.number else "") for column in chart.table.columns]
    )
    marks = chart.table.marks or ((),) * len(chart.table.rows)
    body = [
        html.Tr(
            [
                html.Th(named(str(row[0]), mark, place), scope="row"),
                *(
                    html.Td(f"{cell:,}" if isinstance(cell, int) else cell, className="number" if column.number else "")
                    for cell, column in zip(row[1:], chart.table.columns[1:], strict=True)
                ),
            ]
        )
        for row, mark in zip(chart.table.rows, marks, strict=True)
    ]
    caption = html.Caption(f"{chart.title}: the numbers that the chart draws", className="unseen")
    made = html.Table([caption, html.Thead(head), html.Tbody(body)], className="numbers")
    return html.Div(made, className="scroll card-table", tabIndex=0, role="region", **{"aria-label": f"{chart.title}, table"})


def named(words: str, mark: tuple[tuple[str, str], ...], place: Place) -> Any:
    """The head of a row as the link that filters by it."""
    if not mark:
        return words
    filters = place.filters
    for key, value in mark:
        filters = filters.keeping(key, (value,))
    return place.link(words, filters)


def fill(wanted: str, held: Mapping[str, Any], source: Source) -> Any:
    """What a tab shows of a card's stored view. Raises `RegisterError`, and `KeyError` where there is no such chart."""
    filters, page = parse(str(held["query"]))[0], parse(str(held["page"]))[0]
    path = str(held["path"])
    local = path if path.startswith("/") and not path.startswith("//") else "/"
    place = Place(page, local, held["embedded"] is True, chart=filters)
    seen: View = view_of(view(source, filters), filters)
    chart = CHARTS[held["chart"]](seen)
    return table(chart, place) if wanted == "table" else sources(chart.behind or seen, chart.title, embedded=place.embedded)


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Fills the tabs of every card when they are opened, and again when the card is made anew."""

    def part(name: str) -> dict[str, Any]:
        return {"card": MATCH, "part": name}

    app.clientside_callback(ClientsideFunction("cards", "want"), Output(part("wanted"), "data"), Input(part("tabs"), "value"))
    app.clientside_callback(
        ClientsideFunction("cards", "click"),
        Output(part("wanted"), "storage_type"),
        Input(part("graph"), "clickData"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(part("table"), "children"),
        Output(part("sources"), "children"),
        Input(part("wanted"), "data"),
        State(part("view"), "data"),
        prevent_initial_call=True,
    )
    @guarded
    def show(wanted: str | None, held: Mapping[str, Any] | None) -> tuple[Any, Any]:
        if wanted not in ("table", "sources") or not held or held.get("chart") not in CHARTS:
            raise dash.exceptions.PreventUpdate
        shown = fill(wanted, held, source)
        return (shown, dash.no_update) if wanted == "table" else (dash.no_update, shown)
