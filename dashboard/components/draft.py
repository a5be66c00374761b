"""One record of a batch: its sentence and its fields, what was said of it, and the form to correct it before it is added."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
from dash import dcc, html

from dashboard.components import reader, review
from dashboard.filters import Filters
from dashboard.pages.record import facts, heading
from dashboard.reading.drafts import Said, about
from dashboard.reading.job import Job
from extractors import Review

WHY_ALONE = "Why (if you like)"
HINT = (
    "The machine’s reading stays beside what you say. Downloads carry your word at once, the register once you add the articles."
)
HINT_ALONE = "The machine’s reading stays beside what you say. Downloads of this batch carry your word."


def part(name: str, record_id: Any) -> dict[str, Any]:
    """The id of the part of a record that changes with what is said of it."""
    return {"draft-part": name, "record": record_id}


def record(row: dict[str, Any], texts: dict[str, str], job: Job, *, opened: bool, read_only: bool) -> html.Div:
    """A record, as a reader says it is, that can be opened; below it what became of the last click."""
    body = html.Details(
        inside(row, texts, job, read_only=read_only),
        open=opened,
        className="card read-record",
        id=part("body", row["record_id"]),
    )
    return html.Div([body, html.Div(id=part("told", row["record_id"]), role="status", className="said")])


def inside(row: dict[str, Any], texts: dict[str, str], job: Job, *, read_only: bool, correcting: bool = False) -> list[Any]:
    """What a record shows when it is open, its heading first; `correcting` says that its form stays open."""
    spans = orjson.loads(row["spans"])
    start, end, where = row["evidence_start"], row["evidence_end"], row["evidence_in"] or "text"
    told = reader.quoted(texts[where], reader.in_part(spans, where), start, end) if start is not None else row["evidence"]
    said = job.said.get(row["record_id"], Said())
    return [
        html.Summary(headed(row)),
        html.Blockquote(html.P(told), className="evidence-quote"),
        facts(row, spans, texts, Filters()),
        spoken(said, row),
        None if job.busy else form(row, read_only=read_only, opened=correcting),
    ]


def headed(row: dict[str, Any]) -> list[Any]:
    """A record in words, and what a person said of it."""
    words = heading(row)
    shown: Any = html.S(words) if row["review"] == "rejected" else words
    return [shown, *([" ", html.Span(row["review"], className="tag")] if row["review"] else [])]


def spoken(said: Said, row: dict[str, Any]) -> html.Ul | None:
    """What was said of a record: what is stored leads to the register, the rest can be taken back."""
    stored = dcc.Link("in the register", href=f"/record/{quote(row['record_id'], safe='')}")
    items = [html.Li([*review.sentence(one), ", ", stored]) for one in said.stored]
    items += [html.Li([html.Strong(review.told(one)), review.because(one), " ", back(one)]) for one in said.drafts]
    return html.Ul(items, className="reviews") if items else None


def back(draft: Review) -> html.Button:
    return html.Button(
        "Take back",
        id={"take-back": about(draft), "record": draft.target_id},
        n_clicks=0,
        className="button small",
        type="button",
        **{"aria-label": f"Take back: {review.told(draft)}"},
    )


def form(row: dict[str, Any], *, read_only: bool, opened: bool) -> html.Details:
    """The controls of a record's review, behind a line that opens them."""
    one = row["record_id"]
    return html.Details(
        [
            html.Summary("Check or correct this record"),
            html.P(HINT_ALONE if read_only else HINT, className="reading"),
            review.field("note", WHY_ALONE if read_only else review.WHY, one, value=""),
            html.Div([review.button("confirm", "Confirm", one), review.button("reject", "Reject", one)], className="row"),
            review.correction(one),
        ],
        open=opened,
        className="review draft",
    )
