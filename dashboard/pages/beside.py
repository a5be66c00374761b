"""What stands beside the table for the row that is open: its deal, or of claims its record, in short, with the card to review it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash
import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.components import filterbar, messages, review
from dashboard.components.filterbar import address
from dashboard.filters import Filters, counts_claims, parse, view
from dashboard.pages import deal, record
from dashboard.pages.table import PATH
from dashboard.source import Source
from dashboard.tally import Tally

# So many of a deal's claims and stages are shown here; its own page has all.
MOST = 30


def content(source: Source, identity: str, filters: Filters, *, read_only: bool = False) -> list[Any]:
    """The panel of a deal (of a record, where the filters count claims), or the message that there is none."""
    kind = "record" if counts_claims(filters) else "deal"
    parts = (of_record if kind == "record" else of_deal)(source, identity, filters, read_only)
    if parts is None:
        head = heading(f"There is no such {kind}", kind, None, "")
        return [region(head, messages.lost(kind, identity))]
    name, where, *body = parts
    return [region(heading(name, kind, where, address(f"/{kind}/{where}", filters)), body)]


def region(head: html.Div, body: Any) -> html.Section:
    """The panel around its parts; its store tells a review that it is made beside a table."""
    return html.Section(
        [head, html.Div(body, className="beside-body"), dcc.Store(id={"beside": "row"}, data=True)],
        className="card beside-panel",
        **{"aria-labelledby": "beside-title"},
    )


def heading(name: str, kind: str, identity: str | None, page: str) -> html.Div:
    """The panel's name, the ways to the rows before and after, to the page of its own, and out."""
    return html.Div(
        [
            html.Div(
                [
                    button("beside-previous", "↑", "Previous row"),
                    button("beside-next", "↓", "Next row"),
                    html.Span(id="beside-place", className="quiet", role="status"),
                    dcc.Link(f"Whole page of this {kind}", href=page, id="beside-page") if identity else None,
                    button("beside-close", "×", "Close (Esc)"),
                ],
                className="beside-ways",
            ),
            html.H2(name, id="beside-title", tabIndex=-1),
        ],
        className="beside-head",
    )


def button(identity: str, sign: str, words: str) -> html.Button:
    return html.Button(sign, id=identity, className="button small", title=words, **{"aria-label": words})


def of_deal(source: Source, identity: str, filters: Filters, read_only: bool) -> list[Any] | None:
    held, deals, at = deal.found(source, identity, filters)
    if at is None or deals.claims is None:
        return None
    (row,) = deals.rows([at])
    claims, count = deal.first_claims(deals, at, MOST)
    titles = {one["article_id"]: one["title"] or one["article_id"] for one in claims}
    return [
        deal.heading(row),
        row["deal_id"],
        html.P(deal.told_by(row), className="reading"),
        *deal.outside(row, deals, held),
        deal.life_cycle(row, titles, MOST),
        *deal.disagreements(row, titles),
        deal.claims_table(claims, count, filters, row["deal_id"], pick=not read_only and len(deals) > 1),
        review.card("deal", row["deal_id"], held, read_only=read_only, others=deal.others(row, deals), many=count > 1),
    ]


def of_record(source: Source, identity: str, filters: Filters, read_only: bool) -> list[Any] | None:
    held, deals, at = record.found(source, identity, filters)
    if at is None or deals.claims is None or deals.home is None:
        return None
    (row,) = deals.claims.rows([at])
    home = int(deals.home[at])
    (of,) = deals.rows([home])
    article = source.article(row["article_id"])
    parts, spans = record.texts(article), orjson.loads(row["spans"] or "{}")
    title = row["title"] or row["article_id"]
    return [
        record.heading(row),
        identity,
        html.P(record.of_deal(of["deal_id"], len(deals.claims_of(home)), filters), className="reading"),
        *record.outside(identity, deals, held),
        html.Blockquote(record.sentence(row, spans, parts), className="evidence-quote", cite=row["url"] or None),
        html.P(dcc.Link(title, href=record.article_address(row["article_id"])), className="reading"),
        record.citation(title, row),
        record.facts(row, spans, parts, filters),
        review.card("record", identity, held, read_only=read_only),
    ]


def opened(source: Source, identity: str | None, filters: Filters, *, read_only: bool = False) -> list[Any]:
    """The panel that a page has from the start: none where its address names no row."""
    return content(source, identity, filters, read_only=read_only) if identity else []


def register(app: Dash, source: Source, guarded: Callable[..., Any], *, read_only: bool) -> None:
    """Opens and closes the panel, and brings count, filters and rows up to date after a review in it."""
    app.clientside_callback(ClientsideFunction("beside", "open"), Output("grid-split", "className"), Input("beside-row", "data"))
    app.clientside_callback(ClientsideFunction("beside", "made"), Output("beside", "title"), Input("beside", "children"))
    app.clientside_callback(
        ClientsideFunction("beside", "reviewed"),
        Output("beside-said", "storage_type"),
        Input("beside-said", "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("beside", "children"),
        Input("beside-row", "data"),
        Input("beside-said", "data"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def show(identity: str | None, said: str | None, query: str) -> Any:
        return opened(source, identity, parse(query)[0], read_only=read_only)

    @app.callback(
        Output("standing", "children", allow_duplicate=True),
        Output("filter-names", "data", allow_duplicate=True),
        Output("filter-numbers", "data", allow_duplicate=True),
        Input("beside-said", "data"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def follow(said: str | None, query: str) -> tuple[Any, ...]:
        if not said:
            raise dash.exceptions.PreventUpdate
        filters = parse(query)[0]
        data = view(source, filters)
        tally = Tally(filters, data)
        return filterbar.standing(filters, data, PATH, tally), filterbar.names(data), filterbar.numbers(tally)
