"""One chart alone, for another site's page to frame: `/embed/NAME?FILTERS&embed=1`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dash import Dash, Input, Output, dcc, html
from dash.dependencies import ClientsideFunction

from dashboard.charts import CHARTS, view_of
from dashboard.components.card import Place, card, outward
from dashboard.components.filterbar import address
from dashboard.components.scope import scope
from dashboard.data import Data
from dashboard.filters import Filters
from dashboard.pages import flows, overview, table
from dashboard.profiles import COUNTRY, SYSTEM
from dashboard.profiles import address as profile_address

# The drawings of the Flows page, by the names of their charts; and for charts of profiles, the keys that such a page is about.
FLOWS = {chart: show for show, (_, chart) in flows.SHOWN.items() if chart not in overview.CARDS}
ABOUT = {
    "buyers-over-time": {"seller": COUNTRY, "family": SYSTEM},
    "sellers-over-time": {"buyer": COUNTRY, "family": SYSTEM},
    "units": {"family": SYSTEM},
}


def layout(data: Data, filters: Filters, name: str) -> list[Any]:
    """The view of one of `CHARTS`. Every link leads out of the frame, for what stands behind them may not be framed."""
    seen = view_of(data, filters)
    path, own = full_view(name, filters)
    full = address(path, own)
    if not seen.tally.count:
        return [
            html.Section(
                [html.H1(f"No {seen.word} matches these filters"), html.P(outward("Open the full view", full))],
                className="message",
                id="nothing",
            )
        ]
    chart = CHARTS[name](seen)
    label = f", register “{data.label}”" if data.label else ""
    line = html.P(
        [
            f"Source: Arms transfers{label}; read by rules from news articles, seen on {datetime.now(UTC).date().isoformat()}. {scope(seen)} ",
            outward("Open the full view", full, id="full-view"),
        ],
        className="reading source-line",
    )
    place = Place(own, path, embedded=True, chart=filters, scope=scope(seen))
    return [card(chart, place, wide=True, heading=html.H1), line, code(chart.title)]


def full_view(name: str, filters: Filters) -> tuple[str, Filters]:
    """The path of the page that has the chart of an address, and the filters of that page."""
    if name in FLOWS:
        return flows.PATH, filters.keeping("show", (FLOWS[name],))
    for key, start in ABOUT.get(name, {}).items():
        chosen = filters.kept.get(key, ())
        if len(chosen) == 1:
            return profile_address(start, chosen[0], Filters()), filters.without(key)
    return ("/" if name in overview.CARDS else table.PATH), filters


def code(title: str) -> html.Details:
    """What to paste into another page; the style sheet hides it where the view is framed already."""
    return html.Details(
        [
            html.Summary("Put this chart on a page of yours"),
            html.Label("Paste this where the chart should stand", htmlFor="embed-code"),
            dcc.Textarea(id="embed-code", readOnly=True, rows=3, className="text"),
            dcc.Store(id="embed-title", data=title),
        ],
        className="embed-code",
    )


def register(app: Dash) -> None:
    """Writes the code once the browser knows the view's whole address."""
    app.clientside_callback(ClientsideFunction("cards", "code"), Output("embed-code", "value"), Input("embed-title", "data"))
