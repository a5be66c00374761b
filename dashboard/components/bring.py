"""The Read page's ways in: pasting a text, bringing files, naming a web page."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.fetch import LARGEST
from dashboard.reading.inputs import MOST_BYTES, MOST_FILES
from dashboard.reading.job import LONGEST_TEXT

KINDS = ".txt, .md, .html, .jsonl or .csv"
MEMORY = (
    "What you bring goes to the server that shows this page and nowhere else. It is held in that server’s memory, under an address that cannot be "
    "guessed, until other batches need the room or the server stops. Nothing enters the register unless you add it."
)


def section(*, read_only: bool, closed: bool) -> html.Section:
    """The card with the ways in; behind a heading that opens it where there is a batch to look at already."""
    panels = [
        dmc.TabsPanel(paste(), value="paste"),
        dmc.TabsPanel(drop(), value="files"),
        *([] if read_only else [dmc.TabsPanel(address(), value="address")]),
    ]
    tabs = dmc.Tabs(
        [
            dmc.TabsList(
                [
                    dmc.TabsTab("Paste a text", value="paste", id="read-tab-paste"),
                    dmc.TabsTab("Bring files", value="files", id="read-tab-files"),
                    *([] if read_only else [dmc.TabsTab("Fetch a page", value="address", id="read-tab-address")]),
                ],
                **{"aria-label": "Ways to bring articles"},
            ),
            *panels,
        ],
        value="paste",
        id="read-ways",
    )
    body = [tabs, html.Div(id="read-said", role="alert", className="said"), html.P(MEMORY, className="reading")]
    if read_only:
        body.append(
            html.P(
                "This server is read-only: it fetches no pages, and nothing can be added to its register.", className="reading"
            )
        )
    inside: list[Any] = [html.Details([html.Summary("Read something else"), *body])] if closed else body
    return html.Section(
        inside, className="card bring", id="read-bring", **{"data-most": str(MOST_BYTES), "aria-label": "Bring articles"}
    )


def paste() -> html.Div:
    return html.Div(
        [
            dmc.Textarea(
                id="read-text",
                label="Text of the article",
                description=f"In English. One article, at most {LONGEST_TEXT:,} characters.",
                autosize=True,
                minRows=7,
                maxRows=18,
            ),
            html.Div(
                [
                    dmc.TextInput(id="read-title", label="Title", description="Read like the text"),
                    day("read-published", "Published", "What “last year” counts from"),
                    dmc.TextInput(id="read-source", label="Source", description="Who published it"),
                    dmc.TextInput(id="read-url", label="Its address", description="Kept as a link, not fetched"),
                ],
                className="bring-fields",
            ),
            html.Button("Read the text", id="read-paste", n_clicks=0, className="button primary", type="button"),
        ],
        className="bring-way",
    )


def drop() -> html.Div:
    return html.Div(
        [
            day("read-files-published", "Date of articles that carry none", "YYYY-MM-DD, or empty"),
            dcc.Upload(
                [
                    html.Button("Choose files", className="button", id="read-choose", type="button"),
                    html.Span("or drop them here"),
                ],
                id="read-files",
                className="drop",
                className_active="drop over",
                style={},
                style_active={},
                multiple=True,
            ),
            html.P(
                f"Files that end in {KINDS}; at most {MOST_FILES} files and {MOST_BYTES >> 20} MB at a time. Lines of .jsonl and rows of .csv are "
                "an article each: id, text, and optionally title, published, source, url.",
                className="reading",
            ),
        ],
        className="bring-way",
    )


def address() -> html.Div:
    return html.Div(
        [
            dmc.TextInput(
                id="read-address",
                label="Address of the page",
                description=f"This server asks the page’s own server for it, once. Web pages and plain text, at most {LARGEST >> 20} MB.",
                placeholder="https://",
            ),
            day("read-address-published", "Its date, where the page gives none", "YYYY-MM-DD, or empty"),
            html.Button("Fetch and read", id="read-fetch", n_clicks=0, className="button primary", type="button"),
        ],
        className="bring-way",
    )


def day(identity: str, label: str, description: str) -> dmc.TextInput:
    return dmc.TextInput(id=identity, label=label, description=description, placeholder="YYYY-MM-DD")


def refused(message: str) -> html.Div:
    """The reason why nothing was taken."""
    return html.Div([html.P(message)], className="notices", id="read-refused")
