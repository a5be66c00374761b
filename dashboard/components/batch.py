"""What has come of a batch: how far it is, its articles with their records, and one article with the words that gave them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import orjson
from dash import dcc, html

from dashboard.components import draft, reader, review
from dashboard.components import read_files as files
from dashboard.figures import plural
from dashboard.pages.record import article_address, citation
from dashboard.read_address import Shown
from dashboard.reading.job import ADDING, DONE, OPENING, READING, WAITING, Job, Read

PAGE = 30
LISTED = 200
HELD = {
    "same": "in the register",
    "other": "the register has something else under this id",
    "new": "",
    "": "",
}


def gone() -> html.Div:
    return html.Div(html.P(files.GONE), className="notices", id="gone")


def status(job: Job) -> str:
    """Where the batch stands, in words that change only when that does."""
    if job.state != DONE:
        return {
            WAITING: "Waiting for its turn.",
            OPENING: "Opening it…",
            READING: "Reading…",
            ADDING: "Adding to the register…",
        }[job.state]
    if job.added is not None:
        held = sum(job.added.counts.get(name, 0) for name in ("added", "changed", "unchanged"))
        return "Added to the register." if held and not job.added.problem else "Nothing was added."
    with_records = sum(1 for read in job.reads if read.records)
    stopped = "Stopped. " if job.stopped else ""
    if not job.reads:
        return f"{stopped}No article was read."
    if not job.records:
        return f"{stopped}{plural(len(job.reads), 'article')} read: no arms transfer was found."
    if len(job.reads) == 1:
        return f"{stopped}1 article read: {plural(job.records, 'record')}."
    return f"{stopped}{plural(len(job.reads), 'article')} read: {plural(job.records, 'record')} in {with_records:,} of them."


def count(job: Job) -> str:
    """The numbers beside the bar."""
    if job.state == OPENING:
        return f"{plural(job.total, 'article')} found"
    if job.state == READING:
        return f"{job.done:,} of {plural(job.total, 'article')}, {plural(job.records, 'record')}"
    if job.state == ADDING:
        return f"{job.done:,} of {plural(len(job.reads), 'article')}"
    return ""


def progress(job: Job) -> list[Any]:
    """The bar, with what is known of its length."""
    known = {READING: (job.done, job.total), ADDING: (job.done, len(job.reads)), DONE: (1, 1)}.get(job.state)
    lengths: dict[str, Any] = {"value": str(known[0]), "max": str(max(1, known[1]))} if known else {}
    return [html.Progress(**lengths, **{"aria-label": "How much of the batch is done"}), html.Span(count(job), id="read-count")]


def actions(job: Job, *, read_only: bool) -> list[Any]:
    """The ways to take the records along, once the batch has ended."""
    if job.state != DONE:
        return []
    parts: list[Any] = []
    if not read_only and job.reads:
        parts.append(html.Div(adding(job), className="row"))
    if job.records:
        parts.append(html.Div(files.links(job), className="row"))
    return [html.Div(outcome(job), className="notices", id="read-added"), *parts] if job.added is not None else parts


def adding(job: Job) -> list[Any]:
    """The way into the register: by whose name, and what becomes of what is known there already."""
    others = sum(1 for read in job.reads if read.held == "other")
    waiting, drafts = sum(1 for read in job.reads if read.held != "same"), job.drafts()
    what = [*([plural(waiting, "article")] if waiting else []), *([plural(drafts, "review")] if drafts else [])]
    replacing = f"replace what the register has under {plural(others, 'id')}"
    return [
        html.Div(review.name_field(), className="review") if drafts else None,
        html.Button(
            f"Add {' and '.join(what)} to the register" if what else "All of it is in the register",
            id="read-add",
            n_clicks=0,
            className="button primary",
            type="button",
            disabled=not what,
        ),
        html.Div(dmc.Checkbox(id="read-replacing", label=replacing, checked=False, size="sm"), hidden=not others),
    ]


def outcome(job: Job) -> list[Any]:
    """What became of the articles that were to be added."""
    added = job.added
    assert added is not None
    if added.problem:
        return [html.P(f"Not added: {added.problem}")]
    words = {
        "added": "added",
        "changed": "replaced",
        "unchanged": "already there",
        "kept": "left out, for the register has something else under their ids",
        "failed": "not storable",
    }
    told = [f"{plural(n, 'article')} {words[name]}" for name, n in added.counts.items() if n]
    told += [f"{plural(added.reviews, 'review')} stored"] if added.reviews else []
    said: list[Any] = [f"{'; '.join(told) or 'Nothing was added'}. "]
    one = job.reads[0].article if len(job.reads) == 1 else None
    to = dcc.Link("Open the article", href=article_address(one.id)) if one else dcc.Link("Open the deals", href="/deals")
    return [html.P([*said, to, " to check and correct what was read."])]


def content(job: Job, shown: Shown, *, read_only: bool) -> list[Any]:
    """The articles read so far, or the one that is open."""
    reads = list(job.reads)
    opened = shown.article or (1 if len(reads) == 1 and not job.busy else 0)
    if 0 < opened <= len(reads):
        back = html.Nav(dcc.Link("← All articles of this batch", href=shown.address(article=0)), className="crumbs")
        return [*failures(job), *([back] if len(reads) > 1 else []), *article(reads[opened - 1], job, read_only=read_only)]
    placed = list(enumerate(reads, start=1))
    with_records = [(place, read) for place, read in placed if read.records]
    without = [(place, read) for place, read in placed if not read.records]
    pages = max(1, -(-len(with_records) // PAGE))
    page = min(shown.page, pages)
    here = with_records[(page - 1) * PAGE : page * PAGE]
    return [
        *failures(job),
        html.Ol([entry(place, read, job, shown) for place, read in here], className="batch") if here else None,
        pager(shown, page, pages) if pages > 1 else None,
        nothing_in(without, shown) if without else None,
    ]


def entry(place: int, read: Read, job: Job, shown: Shown) -> html.Li:
    """One article of the list, with its records in words."""
    lines = [html.Li(draft.headed(row)) for row in job.rows(read)]
    held = HELD[read.held]
    return html.Li(
        [
            html.H3(dcc.Link(read.article.title or read.article.id, href=shown.address(article=place))),
            html.P(
                ", ".join(str(one) for one in (read.article.source, read.article.published or "no date", held) if one),
                className="reading",
            ),
            html.Ul(lines),
        ],
        className="card",
    )


def pager(shown: Shown, page: int, pages: int) -> html.Nav:
    parts: list[Any] = [html.Span(f"Page {page} of {pages}")]
    if page > 1:
        parts.append(dcc.Link("← Earlier articles", href=shown.address(page=page - 1, article=0)))
    if page < pages:
        parts.append(dcc.Link("Later articles →", href=shown.address(page=page + 1, article=0)))
    return html.Nav(parts, className="pager", **{"aria-label": "Pages of articles"})


def nothing_in(without: Sequence[tuple[int, Read]], shown: Shown) -> html.Details:
    """The articles that gave no record: why is on their own pages."""
    items: list[Any] = [
        html.Li(
            [
                dcc.Link(read.article.title or read.article.id, href=shown.address(article=place)),
                "" if read.english else ", not in English",
            ]
        )
        for place, read in without[:LISTED]
    ]
    if len(without) > LISTED:
        items.append(html.Li(f"and {len(without) - LISTED:,} more"))
    return html.Details(
        [html.Summary(f"{plural(len(without), 'article')} without a record"), html.Ul(items)], className="card", id="read-without"
    )


def failures(job: Job) -> list[Any]:
    """What could not be read, each with the reason."""
    told = list(job.failures)
    if not told:
        return []
    more = job.failed - len(told)
    items = [html.Li(one) for one in told] + ([html.Li(f"and {more:,} more")] if more > 0 else [])
    body: Any = html.P(told[0]) if len(told) == 1 else html.Ul(items)
    head = html.P(html.Strong("Not read, or not whole:"))
    return [html.Div([head, body], className="notices", id="read-failures")]


def texts(read: Read) -> dict[str, str]:
    """The parts of an article that spans point into."""
    return {"text": read.article.text, "title": read.article.title}


def article(read: Read, job: Job, *, read_only: bool) -> list[Any]:
    """An article with its records beside it, and the way to see why."""
    one, rows = read.article, job.rows(read)
    spans = [orjson.loads(row["spans"]) for row in rows]
    merged: dict[str, list[list[Any]]] = {}
    evidence: dict[str, list[tuple[int, int]]] = {"text": [], "title": []}
    for row, found in zip(rows, spans, strict=True):
        for name, places in found.items():
            merged.setdefault(name, []).extend(places)
        if row["evidence_start"] is not None:
            evidence[row["evidence_in"] or "text"].append((row["evidence_start"], row["evidence_end"]))
    records: list[Any] = [
        draft.record(row, texts(read), job, opened=number < 2, read_only=read_only) for number, row in enumerate(rows)
    ]
    nothing = (
        "No record: no sentence of it says who buys or gets which weapon."
        if read.english
        else "No record: only articles in English are read."
    )
    held = HELD[read.held]
    return [
        html.Div(
            [
                html.Div(
                    [
                        html.H2("Its records" if rows else "No record", className="part"),
                        *(records or [html.P(nothing, className="card")]),
                    ],
                    className="read-records",
                ),
                html.Div(
                    [
                        html.Section(
                            [
                                html.H2(reader.marked(one.title, reader.in_part(merged, "title"), evidence["title"]) or one.id),
                                citation(one.title or one.id, {"source": one.source, "published": one.published, "url": one.url}),
                                html.P([held.capitalize(), ": ", html.Code(one.id)], className="reading") if held else None,
                                reader.legend(merged) if rows else None,
                                html.Div(
                                    reader.marked(one.text, reader.in_part(merged, "text"), evidence["text"]),
                                    className="article-text",
                                ),
                            ],
                            className="card article-body",
                        ),
                        why(),
                    ],
                    className="read-records",
                ),
            ],
            className="record",
        )
    ]


def why() -> html.Section:
    """The place for the trace, which is made when it is asked for."""
    return html.Section(
        [
            html.H2("Why"),
            html.P(
                "Every sentence that was looked at: what claimed a transfer in it, and what was refused for which reason.",
                className="reading",
            ),
            html.Button("Show how it was read", id="read-why", n_clicks=0, className="button", type="button"),
            html.Div(id="read-trace", role="status"),
        ],
        className="card",
    )
