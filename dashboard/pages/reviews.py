"""Every review of the register: what was said, by whom, what became of it, and what waits for somebody to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow.compute as pc
from dash import dcc, html

from dashboard.components.filterbar import address
from dashboard.components.review import name_field, sentence, undo
from dashboard.data import UNKNOWN, Data
from dashboard.filters import Filters
from dashboard.pages.deal import heading
from dashboard.source import Held, Source
from extractors import Review

PATH = "/reviews"
# So many deals are put forward.
SHOWN = 20


def layout(source: Source, filters: Filters, *, read_only: bool = False) -> list[Any]:
    """The page: reviews that found no home first, then all by the day they were made, then deals to look at."""
    held = source.held()
    lost = {review.id for review in held.unattached}
    parts: list[Any] = [
        html.H1("Reviews", className="page-title", id="review-heading", tabIndex=-1),
        html.P(
            [
                "A record or deal is reviewed on its own page. Reviews stand over the machine’s reading in charts and downloads; ",
                html.Code("python -m extractors gold"),
                " writes articles that were checked whole as a set to measure the extractor against.",
            ],
            className="reading",
        ),
        None if read_only or not held.reviews else html.Div(name_field(), className="review row"),
    ]
    if held.unattached:
        parts.append(
            html.Section(
                [
                    html.H2("Their record or deal is gone"),
                    html.P(
                        "The article was read again with other rules, or taken out. They are kept, and change nothing.",
                        className="reading",
                    ),
                    table(held.unattached, held, filters, read_only, lost),
                ],
                className="card",
                id="unattached",
            )
        )
    others = [review for review in reversed(held.reviews) if review.id not in lost]
    parts.append(
        html.Section(
            [html.H2("All reviews"), table(others, held, filters, read_only, lost) if others else html.P("There are none yet.")],
            className="card",
            id="all-reviews",
        )
    )
    return [*parts, waiting(held, filters)]


def table(reviews: Any, held: Held, filters: Filters, read_only: bool, lost: set[int]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in ("When", "Of", "What", "")]))
    body = [
        html.Tr(
            [
                html.Td(review.made_at[:10]),
                html.Td(target(review, held, filters, review.id in lost)),
                html.Td(html.Span(sentence(review), className="" if review.stands else "taken-back")),
                html.Td(standing(review, read_only)),
            ]
        )
        for review in reviews
    ]
    return html.Div(html.Table([head, html.Tbody(body)], className="facts plain"), className="scroll")


def standing(review: Review, read_only: bool) -> Any:
    if not review.stands:
        return f"taken back by {review.undone_by or 'somebody'}, {review.undone_at[:10]}"
    return "" if read_only else undo(review)


def target(review: Review, held: Held, filters: Filters, gone: bool) -> Any:
    """What was reviewed, in words of the time, with the way there."""
    kind = "record" if review.target == "record" else "deal"
    told = review.machine
    words = (
        " ".join(str(told[name]) for name in ("buyer", "quantity", "system") if told.get(name)) or f"{kind} {review.target_id}"
    )
    if gone:
        return f"{kind}: {words}"
    now = next((one for one, said in held.said.items() if any(r.id == review.id for r in said)), review.target_id)
    return [f"{kind}: ", dcc.Link(words, href=address(f"/{kind}/{now}", filters))]


def differing(articles: int, fields: Sequence[str]) -> str:
    """Who tells the deal, and what is not told alike; one article can contradict itself."""
    named = " and ".join(fields)
    return f"{articles:,} articles; they disagree on {named}" if articles > 1 else f"1 article; its claims disagree on {named}"


def waiting(held: Held, filters: Filters) -> html.Section:
    """Deals on which articles disagree and that nobody has looked at, most articles first."""
    deals: Data = held.reviewed
    disagree, review = deals.coded("disagree"), deals.facets["review"]
    unlike = disagree.rows(pc.not_equal(disagree.values, "{}").to_numpy(zero_copy_only=False))
    open_ones = np.flatnonzero(unlike & (review.codes == review.index.get(UNKNOWN, -1)))
    rows = deals.rows(open_ones[np.argsort(-deals.numbers("articles")[open_ones], kind="stable")[:SHOWN]])
    listed = [
        html.Li(
            [
                dcc.Link(heading(row), href=address(f"/deal/{row['deal_id']}", filters)),
                f", {differing(int(row['articles']), list(orjson.loads(row['disagree'])))}",
            ]
        )
        for row in rows
    ]
    more = f" The first {SHOWN} of {len(open_ones):,}." if len(open_ones) > SHOWN else ""
    body = (
        [html.P(f"Told by most articles first.{more}", className="reading"), html.Ul(listed)]
        if listed
        else [html.P("There is none.")]
    )
    return html.Section([html.H2("Deals on which articles disagree"), *body], className="card", id="waiting")
