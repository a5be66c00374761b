"""The Compare page: a register's file that the user brought, set against the deals or claims of the articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from flask import Response

from dashboard import downloads, sheets
from dashboard.compare_address import FOUND, Shown, asked_for, narrowed
from dashboard.comparison import DIFFERS, MATCHED, ONLY_ARTICLES, ONLY_REGISTER, Compared, asked, summary
from dashboard.comparison_file import PATH as DOWNLOAD
from dashboard.comparison_file import sheet_of
from dashboard.components import messages, pairs, upload, years
from dashboard.components.download_menu import file_menu
from dashboard.components.filterbar import SELECTS, chooser
from dashboard.data import Data
from dashboard.figures import plural
from dashboard.filters import VIEWS, Filters, counts_claims, leaves_out, view
from dashboard.source import RegisterError, Source
from dashboard.tally import Tally
from dashboard.uploads import MOST_BODY, Files, received
from extractors import ReferenceFileError

PAGE = 50
TABS = {"differs": "Differing", "matched": "Matched", "articles": "Only in the articles", "register": "Only in the register"}
NOTHING = {
    "differs": "No matched row differs.",
    "matched": "No row agrees in every field that both sides give.",
    "articles": "The register has all of the articles’.",
    "register": "The articles have all of the register’s.",
}
CHOSEN = ("buyer", "seller", "type")


def layout(data: Data, files: Files, query: str) -> list[Any]:
    """The page for an address."""
    shown, notices = asked_for(query)
    held = files.get(shown.file)
    found = files.compared(shown.file, data, shown.counted())
    return [
        messages.notices(notices),
        html.H1("Compare with a trade register", className="page-title"),
        dcc.Store(id="query", data=shown.query()),
        dcc.Store(id="compare-go"),
        upload.section(held.reference if held else None, missing=bool(shown.file) and held is None),
        *([bar(shown, found), html.Div(content(shown, found, data), id="compared")] if held and found else []),
        upload.terms(held.reference if held else None),
    ]


def bar(shown: Shown, found: Compared) -> html.Section:
    """The filters that both sides can answer."""
    first, last, unknown = years.shown(shown.filters)
    span = found.years()
    listed = [str(year) for year in range(span[1], span[0] - 1, -1)] if span else []
    choices = [
        chooser(f"compare-{key}", SELECTS[key], list(shown.filters.kept.get(key, ())), options(shown, found, key))
        for key in CHOSEN
    ]
    between = html.Div(
        [
            html.Span("Years", id="compare-years", className="years-name"),
            years.select("compare-from", "First year", "From", first, with_chosen(listed, first)),
            html.Span("to"),
            years.select("compare-to", "Last year", "To", last, with_chosen(listed, last)),
            dmc.Checkbox(
                id="compare-year-unknown", label="or unknown" if first or last else "unknown", checked=unknown, size="sm"
            ),
        ],
        className="years",
        role="group",
        **{"aria-labelledby": "compare-years"},
    )
    toggle = html.Button(
        "Filters",
        id="filters-toggle",
        className="button filters-toggle",
        **{"aria-expanded": "false", "aria-controls": "filters"},
    )
    return html.Section(
        [toggle, html.Div([*choices, between], id="filters", className="filters three")],
        className="filter-section",
        **{"aria-label": "Filters of both sides"},
    )


def with_chosen(listed: list[str], chosen: int | None) -> list[dict[str, str]]:
    values = listed if chosen is None or str(chosen) in listed else [str(chosen), *listed]
    return [{"value": value, "label": value} for value in values]


def options(shown: Shown, found: Compared, key: str) -> list[dict[str, str]]:
    """A select's values with the rows of this outcome that each would show: most first, then by name; chosen ones stay."""
    facet, chosen = found.sides.facets[key], shown.filters.kept.get(key, ())
    counts = found.counts(shown.filters, FOUND[shown.found], key)
    rows = [(int(n), name, value) for n, name, value in zip(counts, facet.names, facet.keys, strict=True) if n or value in chosen]
    rows += [(0, value, value) for value in chosen if value not in facet.index]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [{"value": value, "label": f"{name} ({n:,})"} for n, name, value in rows]


def content(shown: Shown, found: Compared, data: Data) -> list[Any]:
    """What the filters change: the summary, the outcomes, and the rows of the one that is chosen."""
    rows = found.rows(shown.filters)
    here = found.table[rows & found.outcome(FOUND[shown.found])]
    pages = max(1, -(-len(here) // PAGE))
    page = min(shown.page, pages)
    start = (page - 1) * PAGE
    volumes = bool(found.table["register_tiv"].notna().any())
    hint = pairs.HINTS[shown.found].format(noun=data.noun)
    if volumes and shown.found != "articles":
        hint += f" {pairs.VOLUMES}"
    return [
        html.P(words(found, rows, data, filtered=narrowed(shown)), className="reading", id="compare-summary"),
        tabs(shown, summary(found.table[rows]).outcomes),
        standing(shown, len(here), int(found.outcome(FOUND[shown.found]).sum()), data),
        pairs.table(here.iloc[start : start + PAGE].to_dict("records"), shown.found, shown.filters, volumes=volumes)
        if len(here)
        else html.Div(html.P("No row fits these filters." if narrowed(shown) else NOTHING[shown.found]), className="message"),
        pager(shown, page, pages, start, len(here)) if pages > 1 else None,
        html.P(hint, className="reading") if len(here) else None,
    ]


def words(found: Compared, rows: Any, data: Data, *, filtered: bool) -> str:
    """The outcome in a sentence."""
    total = summary(found.table[rows])
    matched, differing = total.outcomes[MATCHED] + total.outcomes[DIFFERS], total.outcomes[DIFFERS]
    apart = ", ".join(f"{n:,} in {name}" for name, n in total.apart.items() if n)
    noun = "claim" if data.noun == "record" else data.noun
    differ = (
        f", of which {differing:,} {'differs' if differing == 1 else 'differ'}{f' ({apart})' if apart else ''}" if matched else ""
    )
    return (
        f"{'Under these filters: ' if filtered else ''}{plural(matched, 'row')} of the register matched with a {noun} of the articles"
        f"{differ}; {plural(total.outcomes[ONLY_ARTICLES], noun)} only in the articles; "
        f"{plural(total.outcomes[ONLY_REGISTER], 'row')} only in the register."
    )


def tabs(shown: Shown, counts: Mapping[str, int]) -> html.Nav:
    """The four outcomes, each a link."""
    links = [
        html.Span(f"{name} ({counts[FOUND[key]]:,})", id=f"found-{key}", **{"aria-current": "page"})
        if key == shown.found
        else dcc.Link(f"{name} ({counts[FOUND[key]]:,})", href=shown.address(found=key, page=1), id=f"found-{key}")
        for key, name in TABS.items()
    ]
    return html.Nav(links, className="outcomes", **{"aria-label": "Outcomes"})


def standing(shown: Shown, count: int, total: int, data: Data) -> html.Div:
    """How many rows are shown, in which unit, and the ways out."""
    claims = counts_claims(shown.filters)
    units = (
        ("deals", "Deals", not claims, shown.filters.without("unit")),
        ("claims", "Claims", claims, shown.filters.keeping("unit", ("claims",))),
    )
    said = f"{count:,} of {plural(total, 'row')}" if narrowed(shown) else plural(count, "row")
    parts: list[Any] = [
        html.Span(said, id="count", role="status", **{"data-count": count}),
        html.Span(
            [
                html.Span(name, id=f"unit-{unit}", **{"aria-current": "true"})
                if chosen
                else dcc.Link(name, href=shown.address(filters=to, page=1), id=f"unit-{unit}")
                for unit, name, chosen, to in units
            ],
            className="switch",
            role="group",
            **{"aria-label": "Compare"},
        ),
    ]
    if narrowed(shown):
        kept = Filters({key: values for key, values in shown.filters.kept.items() if key in VIEWS})
        parts.append(dcc.Link("Clear all filters", href=shown.address(filters=kept, page=1), id="clear", className="quiet"))
    saved = "&".join(part for part in (replace(shown, page=1).query(), "saved=1") if part)
    files = {ending: shown.address(f"{DOWNLOAD}.{ending}", page=1) for ending in sheets.FORMS}
    parts.append(
        file_menu(f"Download CSV ({count:,})", {**files, downloads.METADATA: f"{DOWNLOAD}.{downloads.METADATA}?{saved}"})
    )
    return html.Div([*parts, statuses(shown, data)], className="standing")


def statuses(shown: Shown, data: Data) -> html.Span:
    """Which of the articles' deals or claims are compared: how many planned and cancelled ones are not, and the link that adds them."""
    noun = "claim" if data.noun == "record" else data.noun
    if not leaves_out(shown.counted()):
        usual = dcc.Link("Leave them out", href=shown.address(filters=shown.filters.without("counted"), page=1), id="count-usual")
        return html.Span([f"Planned and cancelled {noun}s are compared too. ", usual], id="left-out", className="quiet")
    out = Tally(asked(shown.filters), data).left_out()
    if not out:
        return html.Span(f"None of the {noun}s here is planned or cancelled.", id="left-out", className="quiet")
    some = " and ".join(f"{n:,} {status}" for status, n in out.items())
    with_them = shown.filters.keeping("counted", ("all",))
    link = dcc.Link("Compare them too", href=shown.address(filters=with_them, page=1), id="count-all")
    total = sum(out.values())
    said = f"{some} {noun if total == 1 else noun + 's'} of the articles {'is' if total == 1 else 'are'} left out. "
    return html.Span([said, link], id="left-out", className="quiet")


def pager(shown: Shown, page: int, pages: int, start: int, count: int) -> html.Nav:
    """The pages of a long outcome."""
    parts: list[Any] = [html.Span(f"Rows {start + 1:,} to {min(start + PAGE, count):,} of {count:,}")]
    if page > 1:
        parts.append(dcc.Link("← Earlier rows", href=shown.address(page=page - 1), id="page-before"))
    if page < pages:
        parts.append(dcc.Link("Later rows →", href=shown.address(page=page + 1), id="page-after"))
    return html.Nav(parts, className="pager", **{"aria-label": "Pages of rows"})


def from_controls(values: tuple[Any, ...], before: Filters) -> Filters:
    """The filters that the controls show (in the order of `CHOSEN`, then years), with the rest kept as it was."""
    *chosen, first, last, unknown = values
    filters = before
    for key, keys in zip(CHOSEN, chosen, strict=True):
        filters = filters.keeping(key, keys or ())
    return filters.keeping("year", years.values(first, last, bool(unknown), before))


def register(app: Dash, source: Source, files: Files, guarded: Callable[..., Any]) -> None:
    """Takes files, answers the filters, and hands out the rows as files."""
    app.server.config["MAX_CONTENT_LENGTH"] = MOST_BODY
    app.clientside_callback(
        ClientsideFunction("address", "go"),
        Output("compare-go", "storage_type"),
        Input("compare-go", "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("compare-go", "data"),
        Output("compare-said", "children"),
        Output("compare-file", "contents"),
        Input("compare-file", "contents"),
        State("compare-file", "filename"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    def take(contents: str | None, name: str | None, query: str) -> tuple[Any, Any, None]:
        # What was taken or refused is let go of, so that the same file can be chosen again.
        if not contents:
            raise dash.exceptions.PreventUpdate
        try:
            key = files.add(*received(contents, name or ""))
        except ReferenceFileError as error:
            return dash.no_update, upload.refused(str(error)), None
        return replace(asked_for(query)[0], file=key, page=1).address(), None, None

    @app.callback(
        Output("query", "data", allow_duplicate=True),
        Output("compared", "children"),
        *(Output(f"compare-{key}", "data") for key in CHOSEN),
        *(Input(f"compare-{key}", "value") for key in CHOSEN),
        Input("compare-from", "value"),
        Input("compare-to", "value"),
        Input("compare-year-unknown", "checked"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def choose(*values: Any) -> tuple[Any, ...]:
        *controls, query = values
        before = asked_for(query)[0]
        shown = replace(before, filters=from_controls(tuple(controls), before.filters), page=1)
        data = view(source, shown.filters)
        found = files.compared(shown.file, data, shown.counted())
        if found is None:
            return shown.query(), [upload.gone()], *([dash.no_update] * len(CHOSEN))
        if shown.filters.query() == before.filters.query():
            raise dash.exceptions.PreventUpdate
        return shown.query(), content(shown, found, data), *(options(shown, found, key) for key in CHOSEN)

    @app.server.get(f"{DOWNLOAD}.<path:ending>")
    def download_comparison(ending: str) -> Response:
        if ending not in sheets.ENDINGS:
            there = ", ".join(f"{DOWNLOAD}.{one}" for one in sheets.ENDINGS)
            return Response(f"There is no such file. There are: {there}.\n", 404, mimetype="text/plain")
        query = downloads.asked()
        shown = asked_for(query)[0]
        try:
            data = view(source, shown.filters)
        except RegisterError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        found = files.compared(shown.file, data, shown.counted())
        if found is None:
            return Response(f"{upload.GONE}\n", 404, mimetype="text/plain")
        return sheets.served(sheet_of(shown, found, data, query), ending, query)
