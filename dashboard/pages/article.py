"""One article: its text with every mention, its records beside it, each linked to its words, and why they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import dash
import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.components import messages, trace, words
from dashboard.components.filterbar import address
from dashboard.components.plain import Node
from dashboard.components.plain import plain as plain_nodes
from dashboard.components.reader import COLOURED, LABELS
from dashboard.components.words import Mark
from dashboard.data import Data
from dashboard.filters import Filters, parse, view
from dashboard.pages.record import citation, heading, outermost
from dashboard.pages.table import plain
from dashboard.source import Source
from dashboard.tracing import AT_ONCE, traced
from extractors import Article, rules_version

PATH = "/article/"
# So many places of one field are linked.
PLACES = 4
COUNTED = {"system": "weapon", "actor": "party", "quantity": "number", "money": "sum of money", "date": "date"}
Row = Mapping[Any, Any]


def layout(data: Data, source: Source, article_id: str, filters: Filters | None = None) -> list[Any]:
    """The page of an article, or the message that there is none."""
    article = source.article(article_id)
    if article is None:
        return [messages.not_held("article", article_id)]
    kept = filters or Filters()
    rows = data.rows(data.where("article_id", article_id))
    told = traced(article) if len(article.text) <= AT_ONCE else None
    about = {"source": article.source, "published": article.published, "url": article.url}
    return [
        html.Nav(
            dcc.Link("← Back to the table", href=address("/deals", kept), id="back"), className="crumbs", **{"aria-label": "Back"}
        ),
        html.H1(article.title or article.id, className="page-title"),
        citation(article.title or article.id, about),
        html.P(summary(rows, told), className="reading", id="article-reading"),
        dcc.Store(id="article-shown", data=shown(article, rows, told, kept)),
        dcc.Store(id="why-shown"),
        html.Div(
            [
                html.Section(id="article-records", className="card", **{"aria-label": "Its records"}),
                html.Section(
                    [html.H2("The text"), html.Div(id="article-legend"), html.Div(id="article-words")],
                    className="card article-body",
                ),
            ],
            className="record with-article",
        ),
        html.Details(
            [
                html.Summary("Why these records, and what was refused", id="why-summary", n_clicks=0),
                html.P("Reading the article again…", className="loading", id="why-waits", role="status"),
                html.Div(id="why"),
            ],
            className="card why",
            id="why-card",
        ),
    ]


def shown(article: Article, rows: Sequence[Row], told: Mapping[str, Any] | None, filters: Filters) -> dict[str, list[Node]]:
    """What the browser builds, as nodes by the id of the element that they go into."""
    return {
        "article-records": plain_nodes(records(rows, article, filters)),
        "article-legend": plain_nodes(legend(rows, told)),
        "article-words": body(article, rows, told),
    }


def summary(rows: Sequence[Row], told: Mapping[str, Any] | None) -> str:
    """What the page shows, in words."""
    count = len(rows)
    made = "No record was read from this article." if not count else f"{count:,} record{'s' * (count > 1)} of this article."
    if told is None:
        return f"{made} It is long: mentions outside of records are marked once its reading, below the text, is opened."
    if told["gate"] != "open":
        return f"{made} It was not looked into: {told['gate']}."
    found = Counter(one["kind"] for one in told["mentions"])
    named = [f"{found[kind]:,} {plural(word, found[kind])}" for kind, word in COUNTED.items() if found[kind]]
    return f"{made} Marked in the text: {', '.join(named)}." if named else made


def plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return {"party": "parties", "sum of money": "sums of money"}.get(word, f"{word}s")


def spans_of(row: Row) -> dict[str, list[list[Any]]]:
    return dict(orjson.loads(row["spans"] or "{}"))


def marks(rows: Sequence[Row], told: Mapping[str, Any] | None, where: str) -> Iterator[Mark]:
    """Everything to be marked in a part (`text` or `title`): mentions, the records' words, their sentences."""
    for one in told["mentions"] if told else ():
        if one["where"] == where:
            yield Mark(one["start"], one["end"], "mention", one["kind"])
    for row in rows:
        for name, places in spans_of(row).items():
            yield from (Mark(start, end, "field", name, row["record_id"]) for start, end, part in places if part == where)
        start, end = plain(row["evidence_start"]), plain(row["evidence_end"])
        if start is not None and end is not None and (row["evidence_in"] or "text") == where:
            yield Mark(start, end, "sentence", "", row["record_id"])


def body(article: Article, rows: Sequence[Row], told: Mapping[str, Any] | None) -> list[Node]:
    """Title and text, highlighted."""

    def part(text: str, where: str) -> list[Node]:
        return words.woven(text, marks(rows, told, where), where, trace.starts(told, where) if told else ())

    title: list[Node] = [["p", {"class": "article-heading"}, part(article.title, "title")]] if article.title else []
    if not article.text.strip():
        return [*title, ["p", {}, ["The article has no text."]]]
    return [*title, ["div", {"class": "article-text"}, part(article.text, "text")]]


def legend(rows: Sequence[Row], told: Mapping[str, Any] | None) -> Any:
    kinds = {one["kind"] for one in told["mentions"]} if told else set()
    return words.legend(kinds, {name for row in rows for name in spans_of(row)})


def records(rows: Sequence[Row], article: Article, filters: Filters) -> list[Any]:
    """The records, each with the way to its page, to its words and to its reasons."""
    if not rows:
        return [
            html.H2("Its records"),
            html.P("No record was found in this article. What was refused, and why, stands below the text."),
        ]
    listed = [
        html.Li(
            [
                html.H3(
                    dcc.Link(heading(row), href=address(f"/record/{row['record_id']}", filters)), id=f"record-{row['record_id']}"
                ),
                html.Dl(fields(row, article), className="places"),
                html.P(
                    [
                        html.A("Show its words", href=f"#of-{row['record_id']}", className="choose", **{"data-record": row["record_id"], "aria-describedby": f"record-{row['record_id']}"}),
                        html.A("Why?", href=f"#why-{row['record_id']}", **{"aria-describedby": f"record-{row['record_id']}"}),
                    ],
                    className="row-links",
                ),
            ]
        )
        for row in rows
    ]  # fmt: skip
    every = (
        html.P(html.A("Show the words of all", href="#of-", className="choose", **{"data-record": ""}), className="quiet")
        if len(rows) > 1
        else None
    )
    return [html.H2("Its records"), every, html.Ol(listed, className="article-records")]


def fields(row: Row, article: Article) -> list[Any]:
    """Each field that the article's words gave, with links to these."""
    texts, made = {"text": article.text, "title": article.title}, []
    held = spans_of(row)
    for name in COLOURED:
        links: list[Any] = []
        for start, end, part in outermost(held.get(name, ()))[:PLACES]:
            said = " ".join(texts[part][start:end].split())
            if said:
                links += [", "] if links else []
                links.append(html.A(said, href=f"#{words.place(part, start)}", **{"data-record": row["record_id"]}))
        if links:
            made.append(html.Div([html.Dt(LABELS[name]), html.Dd(links)]))
    return made


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Reads the article again when its reasons are opened; the browser draws what comes, and follows links to words."""
    app.clientside_callback(
        ClientsideFunction("article", "draw"), Output("article-words", "className"), Input("article-shown", "data")
    )
    app.clientside_callback(
        ClientsideFunction("article", "tell"), Output("why", "className"), Input("why-shown", "data"), prevent_initial_call=True
    )

    @app.callback(
        Output("why-shown", "data"),
        Output("article-shown", "data"),
        Output("article-reading", "children"),
        Input("why-summary", "n_clicks"),
        State("address", "data"),
        prevent_initial_call=True,
    )
    @guarded
    def opened(clicks: int, address: Mapping[str, Any] | None) -> tuple[Any, ...]:
        if clicks != 1 or not address:
            raise dash.exceptions.PreventUpdate
        return reread(source, address["href"])


def reread(source: Source, href: str) -> tuple[Any, ...]:
    """The reasons of the article at an address, then its text and its summary, where these were waiting for them."""
    parts = urlsplit(href)
    article = source.article(unquote(parts.path.rstrip("/").removeprefix(PATH)))
    if article is None:
        return [["p", {"class": "notices"}, ["The register no longer holds this article."]]], dash.no_update, dash.no_update
    filters = parse(parts.query)[0]
    seen = view(source, filters)
    data = seen if seen.claims is None else seen.claims
    rows = data.rows(data.where("article_id", article.id))
    told = traced(article)
    why = plain_nodes(trace.why(told, article, rows, [heading(row) for row in rows], rules_version()))
    if len(article.text) <= AT_ONCE:
        return why, dash.no_update, dash.no_update
    return why, shown(article, rows, told, filters), summary(rows, told)
