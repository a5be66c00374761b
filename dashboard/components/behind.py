"""The deals and articles behind a view, newest first: of a chart's sources, and of the overview's newest deals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from dash import dcc, html

from dashboard.charts.model import View
from dashboard.charts.newest import articles_behind, identity, newest, stages, told
from dashboard.components.filterbar import address
from dashboard.figures import plural, shortened
from dashboard.pages.table import PATH, numbers_words, quantity_words

MOST = 50
STAGES = 6


def sources(view: View, title: str, *, embedded: bool = False) -> html.Div:
    """What stands behind the chart of that title: a table of at most 50 deals with the articles that tell of them, or of claims with their sentence; then a link to all."""
    found, total, word = newest(view.data, view.rows, MOST), view.tally.count, view.word
    of_deals = view.data.home is not None
    names = (word.title(), "Stage", "Latest article" if of_deals else "Article", "Articles" if of_deals else "Sentence")
    behind = articles_behind(view.data, found) if of_deals else {}
    body = [
        html.Tr(
            [
                html.Th(link(what(row), page_of(row, view), embedded), scope="row"),
                html.Td(f"{row['status']} {row['year'] or 'year not said'}"),
                html.Td(day(row, embedded), className="day"),
                html.Td(told_by(behind[place], embedded) if of_deals else row["evidence"]),
            ]
        )
        for place, row in found.items()
    ]
    shown = f"All {plural(total, word)} in view" if total <= MOST else f"The newest {MOST} of {plural(total, word)} in view"
    caption = html.Caption(f"{shown}, by the date of the latest article")
    made = html.Table(
        [caption, html.Thead(html.Tr([html.Th(name, scope="col") for name in names])), html.Tbody(body)],
        className="numbers sources",
    )
    every = link(f"All {plural(total, word)} with these filters", address(PATH, view.filters), embedded)
    region = {"aria-label": f"{title}, {word}s behind it"}
    return html.Div(
        [html.Div(made, className="scroll card-table", tabIndex=0, role="region", **region), html.P(every, className="under")]
    )


def newest_list(view: View, most: int) -> html.Ol:
    """The newest deals or claims, each with the stages that are told of it."""
    return html.Ol(
        [
            html.Li(
                [
                    html.Div(
                        [
                            dcc.Link(what(row), href=page_of(row, view)),
                            html.Span(f"{counted(row)}{told(row) or 'no date'}", className="quiet soft"),
                        ],
                        className="newest-what",
                    ),
                    stage_line(row),
                ]
            )
            for row in newest(view.data, view.rows, most).values()
        ],
        className="newest",
    )


def counted(row: Mapping[str, Any]) -> str:
    """How many articles tell of a deal, or who tells of a claim, before the date of the latest."""
    if "record_id" not in row:
        return f"{plural(int(row['articles']), 'article')}, {'latest ' if row['articles'] > 1 else ''}"
    return f"{row['source']}, " if row["source"] else ""


def stage_line(row: Mapping[str, Any]) -> html.Ol:
    """A deal's life in one line: each stage with its year, as told; of many, the last ones."""
    dated = {event["status"] for event in stages(row) if event["year"]}
    told_stages = list(
        dict.fromkeys((one["status"], one["year"]) for one in stages(row) if one["year"] or one["status"] not in dated)
    )
    if not told_stages:
        told_stages = [(row["status"], row["year"])]
    return html.Ol(
        [
            html.Li([html.Span(status), html.Span(f" {year}" if year else "", className="when")], className=f"at-{status}")
            for status, year in told_stages[-STAGES:]
        ],
        className="stage-line",
        **{"aria-label": "Stages told"},
    )


def what(row: Mapping[str, Any]) -> str:
    """`India: 36 Rafale from France`."""
    amount = numbers_words(row) if "record_id" not in row else quantity_words(row)
    seller = f" from {row['seller']}" if row["seller"] else ""
    return f"{row['buyer'] or 'Unknown buyer'}: {f'{amount} ' if amount else ''}{row['system']}{seller}"


def page_of(row: Mapping[str, Any], view: View) -> str:
    return address(f"/{'record' if 'record_id' in row else 'deal'}/{quote(identity(row), safe='')}", view.filters)


def day(row: Mapping[str, Any], embedded: bool) -> Any:
    """The day of the latest article; of a claim as the link to it, with its source."""
    words = told(row) or "no date"
    if "article_id" not in row:
        return words
    said = f"{words}, {row['source']}" if row["source"] else words
    return link(said, f"/article/{quote(row['article_id'], safe='')}", embedded)


def told_by(articles: Mapping[str, str], embedded: bool) -> list[Any]:
    """Links to a deal's articles (id -> title)."""
    parts: list[Any] = []
    for one, title in articles.items():
        parts += [html.Br()] if parts else []
        parts.append(link(shortened(title, 90), f"/article/{quote(one, safe='')}", embedded))
    return parts


def link(words: str, href: str, embedded: bool) -> Any:
    return html.A(words, href=href, target="_blank", rel="noopener") if embedded else dcc.Link(words, href=href)
