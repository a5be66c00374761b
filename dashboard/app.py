"""Makes the app: one Dash object over one register, its frame, its routes and its address."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dash
import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from flask import Response, redirect, request
from flask_compress import Compress

from dashboard import api, compare_address, downloads, reviewing, security
from dashboard.charts import CHARTS
from dashboard.charts import files as chart_files
from dashboard.components import card, filterbar, messages, more, presets, years
from dashboard.fetch.hosts import Permitted
from dashboard.filters import parse, view
from dashboard.pages import (
    addresses,
    article,
    beside,
    compare,
    country,
    deal,
    embed,
    flows,
    method,
    overview,
    profile,
    read,
    record,
    reviews,
    system,
    table,
)
from dashboard.profiles import subject, within
from dashboard.reading.desk import Desk
from dashboard.source import RegisterError, Source
from dashboard.tally import Tally
from dashboard.uploads import Files

NAME = "Arms transfers"
INDEX = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title><link rel="icon" type="image/svg+xml" href="/assets/icon.svg">{%css%}</head>
<body><noscript>This page draws its charts with JavaScript. Without it, the records can be had at /download/deals.csv.</noscript>
{%app_entry%}{%config%}{%scripts%}{%renderer%}</body>
</html>"""
# Mantine's ten dark shades, from text to shadow, in the tone of the style sheet's.
DARK = ["#e6eaef", "#c3cbd4", "#a7b1bd", "#7a8693", "#566270", "#38424d", "#20272f", "#1d232a", "#14181d", "#0f1216"]
log = logging.getLogger(__name__)


def create_app(register: Path, *, host_names: Collection[str] = (), read_only: bool = False, permitted: Permitted = ()) -> Dash:
    """The app over the register at `register`, which may be missing: its pages then say so.

    `host_names` are names under which it may be asked for beside addresses and localhost; `read_only` is for an
    address other than loopback. `permitted` are an address and port each that the Read page may fetch from although they are not
    public: tests have a server there.
    """
    app = Dash(
        __name__,
        title=NAME,
        update_title="",
        index_string=INDEX,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    source, files = Source(register), Files()
    desk = Desk(source, permitted, read_only=read_only)
    app.layout = frame(read_only)
    app.server.config.update(
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/javascript", *downloads.COMPRESSED]
    )
    Compress(app.server)
    security.protect(app.server, app, host_names, framed=[f"{security.EMBED}{name}" for name in CHARTS])
    add_routes(app, source)
    add_callbacks(app, source, files, desk, read_only)
    return app


def frame(read_only: bool) -> dmc.MantineProvider:
    """What stands around every page."""
    nav = html.Nav(
        [
            dcc.Link("Overview", href="/", id="nav-overview"),
            dcc.Link("Flows", href=flows.PATH, id="nav-flows"),
            dcc.Link("Deals", href="/deals", id="nav-deals"),
            dcc.Link("Read", href=read.PATH, id="nav-read"),
            dcc.Link("Compare", href=compare_address.PATH, id="nav-compare"),
            dcc.Link("Reviews", href="/reviews", id="nav-reviews"),
            dcc.Link("Method", href=method.PATH, id="nav-method"),
        ],
        **{"aria-label": "Pages"},
    )
    scheme = html.Button("Dark", id="scheme", className="button", **{"aria-label": "Switch between light and dark"})
    note = "Read by rules from the articles in this register: every number is tied to the sentence that claims it, and may be wrong. Check it there."
    return dmc.MantineProvider(
        [
            dcc.Store(id="address"),
            dcc.Store(id="named"),
            presets.store(),
            html.A("Skip to the content", href="#page", className="skip"),
            html.Header([html.A(NAME, href="/", className="brand"), html.Span(id="label"), nav, scheme], className="top"),
            html.Div(id="problem", role="alert"),
            html.Div(id="said", role="status"),
            html.Main(html.P("Loading…", className="loading"), id="page", tabIndex=-1),
            html.Footer([html.P(note), html.P("This server is read-only.") if read_only else None]),
        ],
        defaultColorScheme="auto",
        theme={
            "primaryColor": "blue",
            "fontFamily": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
            "colors": {"dark": DARK},
        },
    )


def route(
    source: Source, href: str, *, files: Files | None = None, desk: Desk | None = None, read_only: bool = False
) -> tuple[list[Any], str, str]:
    """The page of an address (path and query string): its components, its name, and the register's label."""
    parts = urlsplit(href)
    path = parts.path.rstrip("/") or "/"
    if path == method.PATH:
        page, label = method.layout(source)
        return page, "Method", label
    filters, found = parse(parts.query)
    try:
        data = view(source, filters)
    except RegisterError as error:
        if path == read.PATH:
            return read.layout(desk or Desk(source, read_only=read_only), parts.query), "Read", ""
        return [messages.broken_register(str(error))], "Register not readable", ""
    notices = messages.notices(found)
    if path in (overview.PATH, table.PATH, compare_address.PATH, flows.PATH) or subject(path):
        if not len(data):
            return [messages.empty_register(str(source.path))], "Empty register", data.label
        if path == compare_address.PATH:
            return [notices, *compare.layout(data, files or Files(), parts.query)], "Compare", data.label
        if path == flows.PATH:
            return [notices, *flows.layout(data, filters)], "Flows", data.label
        if about := subject(path):
            # What the page itself is about is no filter of its address.
            filters = filters.keeping(about[0], ())
            made, name = (country if about[0] == "party" else system).layout(data, filters, about[1])
            return [notices, *made], name, data.label
        if path == table.PATH:
            row = beside.opened(source, table.open_row(parts.query, data), filters, read_only=read_only)
            return [notices, *table.layout(data, filters, parts.query, row)], f"{data.noun.title()}s", data.label
        return [notices, *overview.layout(data, filters)], "Overview", data.label
    if path == addresses.PATH:
        return addresses.layout(data), "JSON addresses", data.label
    if path == read.PATH:
        return read.layout(desk or Desk(source, read_only=read_only), parts.query), "Read", data.label
    if path == reviews.PATH:
        return reviews.layout(source, filters, read_only=read_only), "Reviews", data.label
    if path.startswith(security.EMBED) and (name := path.removeprefix(security.EMBED)) in CHARTS:
        return [notices, *embed.layout(data, filters, name)], "Chart", data.label
    kind, _, identity = path.removeprefix("/").partition("/")
    if kind == "record" and identity:
        page = record.layout(source, unquote(identity), filters, read_only=read_only)
        return page, headed(page, "Record"), data.label
    if kind == "deal" and identity:
        page = deal.layout(source, unquote(identity), filters, read_only=read_only)
        return page, headed(page, "Deal"), data.label
    if kind == "article" and identity:
        page = article.layout(data if data.home is None else data.claims, source, unquote(identity), filters)
        return page, headed(page, "Article"), data.label
    return [messages.unknown_page(unquote(path))], "No such page", data.label


def headed(page: list[Any], otherwise: str) -> str:
    """The heading of a page of one deal, record or article, by which tabs, bookmarks and history name it."""
    return next((str(part.children) for part in page if isinstance(part, html.H1)), otherwise)


def guard(function: Callable[..., Any]) -> Callable[..., Any]:
    """A callback that, when the register cannot be read any more, says so at the top of the page and changes nothing else."""

    @functools.wraps(function)
    def guarded(*arguments: Any) -> Any:
        try:
            result = function(*arguments)
        except RegisterError as error:
            log.warning("%s", error)
            dash.set_props("problem", {"children": messages.broken_register(str(error))})
            # `PreventUpdate` would drop the message too.
            return unchanged(dash.ctx.outputs_list)
        dash.set_props("problem", {"children": None})
        return result

    return guarded


def unchanged(outputs: Any) -> Any:
    """What a callback returns to change none of its outputs, some of which may be for any number of components."""
    return [unchanged(one) for one in outputs] if isinstance(outputs, list) else dash.no_update


def add_callbacks(app: Dash, source: Source, files: Files, desk: Desk, read_only: bool) -> None:
    app.clientside_callback(ClientsideFunction("address", "start"), Output("address", "data"), Input("address", "id"))
    app.clientside_callback(
        ClientsideFunction("address", "push"),
        Output("nav-overview", "href"),
        Output("nav-deals", "href"),
        Output("nav-compare", "href"),
        Output("nav-flows", "href"),
        Input("query", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("address", "name"), Output("named", "storage_type"), Input("named", "data"), prevent_initial_call=True
    )
    app.clientside_callback(ClientsideFunction("frame", "scheme"), Output("scheme", "children"), Input("scheme", "n_clicks"))
    app.clientside_callback(
        ClientsideFunction("frame", "toggle"), Output("filters-toggle", "aria-expanded"), Input("filters-toggle", "n_clicks")
    )
    app.clientside_callback(
        ClientsideFunction("filters", "options"),
        *(Output(f"filter-{key}", "data") for key in filterbar.SELECTS),
        Input("filter-numbers", "data"),
        State("filter-names", "data"),
        *(State(f"filter-{key}", "value") for key in filterbar.SELECTS),
    )
    app.clientside_callback(
        ClientsideFunction("table", "refresh"), Output("grid", "id"), Input("query", "data"), prevent_initial_call=True
    )

    @app.callback(
        Output("page", "children"),
        Output("named", "data"),
        Output("label", "children"),
        Output("label", "className"),
        Output("problem", "children"),
        Output("said", "children", allow_duplicate=True),
        Input("address", "data"),
        prevent_initial_call="initial_duplicate",
    )
    def turn(address: dict[str, Any] | None) -> tuple[Any, ...]:
        if not address:
            raise dash.exceptions.PreventUpdate
        page, name, label = route(source, address["href"], files=files, desk=desk, read_only=read_only)
        return page, f"{name} · {NAME}", label, "label" if label else "", None, None

    @app.callback(
        Output("query", "data"),
        Output("standing", "children"),
        Output("filter-numbers", "data"),
        Output("filter-from", "data"),
        Output("filter-to", "data"),
        Output("filter-year-unknown", "label"),
        Output({"more": ALL}, "data"),
        *(Input(f"filter-{key}", "value") for key in filterbar.SELECTS),
        Input("filter-from", "value"),
        Input("filter-to", "value"),
        Input("filter-year-unknown", "checked"),
        Input({"more": ALL}, "value"),
        State({"more": ALL}, "id"),
        State("query", "data"),
        State("address", "data"),
        prevent_initial_call=True,
    )
    @guard
    def choose(*values: Any) -> tuple[Any, ...]:
        *controls, chosen, identities, query, address = values
        before, keys = parse(query)[0], [identity["more"] for identity in identities]
        filters = more.from_controls(chosen, keys, filterbar.from_controls(controls, before))
        if filters.query() == before.query():
            raise dash.exceptions.PreventUpdate
        data = view(source, filters)
        path = urlsplit(address["href"]).path
        inside = within(filters, path)
        tally = Tally(inside, data)
        return (
            filters.query(),
            filterbar.standing(filters, data, path, tally),
            filterbar.numbers(tally),
            *years.options(tally),
            more.data_of(tally, keys),
        )

    @app.callback(
        Output("more", "children"),
        Output("more", "hidden"),
        Output("more-toggle", "aria-expanded"),
        Input("more-toggle", "n_clicks"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guard
    def show_more(clicks: int | None, query: str) -> tuple[list[Any], bool, str]:
        filters = parse(query)[0]
        return (more.panel(filters, view(source, filters)), False, "true") if (clicks or 0) % 2 else ([], True, "false")

    presets.register(app)
    reviewing.register(app, source, functools.partial(route, files=files, read_only=read_only), guard, read_only=read_only)
    overview.register(app, source, guard)
    card.register(app, source, guard)
    embed.register(app)
    table.register(app, source, guard)
    beside.register(app, source, guard, read_only=read_only)
    compare.register(app, source, files, guard)
    flows.register(app, source, guard)
    profile.register(app, source, guard, {"party": country.content, "family": system.content})
    article.register(app, source, guard)
    method.register(app)
    read.register(app, desk)


def add_routes(app: Dash, source: Source) -> None:
    chart_files.add_routes(app.server, source)

    @app.server.get("/healthz")
    def health() -> tuple[dict[str, Any], int]:
        try:
            return {"status": "ok", "records": source.count()}, 200
        except RegisterError as error:
            return {"status": "error", "error": str(error)}, 503

    @app.server.get("/records")
    def records_of_old() -> Response:
        """The table's address of the time before there were deals."""
        query = parse(request.query_string.decode("utf-8", "replace"))[0].keeping("unit", ("claims",)).query()
        return redirect(f"{table.PATH}?{query}")

    downloads.add_routes(app.server, source)
    api.add_routes(app.server, source)
