"""The first page: headline figures, years, map, rankings, flows and the newest of the deals in view, or of their claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, html

from dashboard.charts import CHARTS, View, changes, view_of
from dashboard.components import messages
from dashboard.components.behind import newest_list
from dashboard.components.card import Place, card
from dashboard.components.filterbar import bar
from dashboard.components.scope import scope
from dashboard.data import Data
from dashboard.figures import plural
from dashboard.filters import Filters, leaves_out, parse, view
from dashboard.source import Source

PATH = "/"
NEWEST = 8
MEANS = {
    "deal": "A deal joins what all articles say of one transfer, so that ten articles about 36 jets are one deal.",
    "claim": "A claim is one transfer as one article tells it, so a deal that three articles report counts three times.",
}
# The charts in their order, and whether each takes the whole width.
CARDS = {"timeline": True, "map": True, "buyers": False, "sellers": False, "flows": True}


def layout(data: Data, filters: Filters) -> list[Any]:
    """The page for a view."""
    return [
        html.H1("Who buys what from whom", className="page-title"),
        bar(filters, data, PATH),
        html.Div(content(data, filters), id="overview"),
    ]


def content(data: Data, filters: Filters) -> list[Any]:
    seen = view_of(data, filters)
    if not seen.tally.count:
        return [messages.nothing_matches(PATH, data.noun)]
    place = Place(filters, PATH, scope=scope(seen))
    cards = [card(CHARTS[name](seen), place, wide=wide) for name, wide in CARDS.items()]
    return [headline(seen), html.Div([*cards, newest_card(seen)], className="cards")]


def headline(seen: View) -> html.Div:
    """The figures, each with what the latest year adds, and what they leave out."""
    found = changes.figures_of(seen.tally)
    head = found.head
    figure = (
        (f"{seen.word}s", head.count),
        ("buyers", head.buyers),
        ("sellers", head.sellers),
        ("systems", head.systems),
        ("articles", head.articles),
    )
    cells = [
        html.Div([html.Dt(name if n != 1 else name[:-1]), html.Dd(words, className="change"), html.Dd(f"{n:,}")])
        for (name, n), words in zip(figure, changes.words_of(found), strict=True)
    ]
    return html.Div([html.Dl(cells, className="figures"), html.P(f"{MEANS[seen.word]} {by_status(seen)}", className="reading")])


def by_status(seen: View) -> str:
    """How many rows the view has of each status, and that totals leave some out."""
    status = seen.ranked("status")
    told = ", ".join(f"{n:,} {key}" for key, n in zip(status.keys, status.counts, strict=True))
    return f"By status: {told}." + (" Planned and cancelled ones are left out." if leaves_out(seen.filters) else "")


def newest_card(seen: View) -> html.Section:
    total = seen.tally.count
    title = f"Newest {seen.word}s"
    reading = f"The {plural(min(NEWEST, total), seen.word)} with the latest article, each with the stages that articles tell of."
    return html.Section(
        [html.H2(title, id="newest-title"), html.P(reading, className="reading"), newest_list(seen, NEWEST)],
        className="card wide",
        id="newest",
        **{"aria-labelledby": "newest-title"},
    )


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Redraws the page when its query changes."""

    @app.callback(Output("overview", "children"), Input("query", "data"), prevent_initial_call=True)
    @guarded
    def redraw(query: str) -> list[Any]:
        filters = parse(query)[0]
        return content(view(source, filters), filters)
