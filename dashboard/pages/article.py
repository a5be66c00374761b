"""One article: its text with the words of all its records, and the records beside it."""

from __future__ import annotations

from typing import Any

import orjson
from dash import dcc, html

from dashboard.components import messages, reader
from dashboard.data import Data
from dashboard.pages.record import citation, heading, plain
from dashboard.source import Source


def layout(data: Data, source: Source, article_id: str) -> list[Any]:
    """The page of an article, or the message that there is none."""
    article = source.article(article_id)
    if article is None:
        return [messages.not_held("article", article_id)]
    rows = data.rows(data.where("article_id", article_id))
    spans: dict[str, list[list[Any]]] = {}
    evidence: dict[str, list[tuple[int, int]]] = {"text": [], "title": []}
    for row in rows:
        for name, places in orjson.loads(row["spans"] or "{}").items():
            spans.setdefault(name, []).extend(places)
        start, end = plain(row["evidence_start"]), plain(row["evidence_end"])
        if start is not None and end is not None:
            evidence[row["evidence_in"] or "text"].append((start, end))
    links = [html.Li(dcc.Link(heading(row), href=f"/record/{row['record_id']}")) for row in rows]
    about = {"source": article.source, "published": article.published, "url": article.url}
    return [
        html.Nav(dcc.Link("← Deals", href="/deals"), className="crumbs"),
        html.H1(article.title or article.id, className="page-title"),
        citation(article.title or article.id, about),
        html.Div(
            [
                html.Section(
                    [html.H2("Its records"), html.Ul(links) if links else html.P("No record was found in this article.")],
                    className="card",
                ),
                html.Section(
                    [
                        reader.legend(spans),
                        html.P(
                            reader.marked(article.title, reader.in_part(spans, "title"), evidence["title"]),
                            className="article-heading",
                        ),
                        html.Div(
                            reader.marked(article.text, reader.in_part(spans, "text"), evidence["text"]), className="article-text"
                        ),
                    ],
                    className="card article-body",
                ),
            ],
            className="record",
        ),
    ]
