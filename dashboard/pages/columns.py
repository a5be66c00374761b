"""The columns that the table of deals, or of claims, can show: which are shown at first, and which an address asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

import dash_mantine_components as dmc
from dash import html

from dashboard.data import Data
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS

# How the heading of a column filters; a column without it neither filters nor sorts: its texts are of a kind of their own each.
TEXT, NUMBER, PLAIN = "agTextColumnFilter", "agNumberColumnFilter", ""
# Stands first in every choice: it carries the link to a row's own page.
ALWAYS = "buyer"


class Shown(NamedTuple):
    """A column of the table: its name in the data, its heading, its width in pixels, and how its heading filters."""

    field: str
    name: str
    width: int
    kind: str


SHARED = (
    Shown("buyer", "Buyer", 150, TEXT),
    Shown("system", "System", 170, TEXT),
    Shown("quantity", "Quantity", 150, NUMBER),
    Shown("year", "Year", 100, NUMBER),
    Shown("seller", "Seller", 140, TEXT),
    Shown("weapon_type", "Type", 140, TEXT),
    Shown("status", "Status", 115, TEXT),
)
MONEY = (Shown("value", "Value", 140, NUMBER), Shown("currency", "Currency", 125, TEXT))
DEALS = (
    *SHARED,
    Shown("articles", "Articles", 130, NUMBER),
    Shown("disagree", "Disagree on", 160, TEXT),
    Shown("quantity_delivered", "Delivered", 135, NUMBER),
    Shown("deal_type", "Kind", 100, TEXT),
    *MONEY,
    Shown("confidence", "Confidence", 130, NUMBER),
)
CLAIMS = (
    *SHARED,
    Shown("deal_type", "Kind", 100, TEXT),
    *MONEY,
    Shown("published", "Published", 130, TEXT),
    Shown("source", "Source", 150, TEXT),
    Shown("evidence", "Sentence", 420, TEXT),
)
CODES = (
    Shown("domestic", "Domestic", 120, PLAIN),
    Shown("value_scope", "Value is for", 140, TEXT),
    Shown("package_id", "Package", 160, TEXT),
    Shown("buyer_iso3", "Buyer’s code", 135, TEXT),
    Shown("seller_iso3", "Seller’s code", 140, TEXT),
    Shown("system_id", "System’s id", 160, TEXT),
    Shown("sipri_category", "SIPRI category", 160, TEXT),
    Shown("unroca_category", "UN category", 145, TEXT),
    Shown("review", "Review", 120, TEXT),
    Shown("machine", "Machine’s reading", 200, PLAIN),
)
MORE_OF_DEALS = (
    Shown("quantity_low", "Lowest quantity", 160, NUMBER),
    Shown("quantity_high", "Highest quantity", 165, NUMBER),
    Shown("quantity_ordered", "Ordered", 120, NUMBER),
    *(Shown(f"year_{stage}", stage.title(), 130, NUMBER) for stage in ("planned", "approved")),
    *(Shown(f"year_{stage}", f"{stage.title()} in", 140, NUMBER) for stage in ("ordered", "delivered", "cancelled")),
    Shown("sources", "Sources", 125, NUMBER),
    Shown("events", "Stages told", 260, PLAIN),
    Shown("why", "Why these values", 300, PLAIN),
    *CODES,
    Shown("deal_id", "Deal’s id", 170, PLAIN),
)
MORE_OF_CLAIMS = (
    Shown("quantity_high", "Highest quantity", 165, NUMBER),
    Shown("quantity_note", "Quantity is", 130, TEXT),
    Shown("year_basis", "Year is", 120, TEXT),
    Shown("confidence", "Confidence", 130, NUMBER),
    Shown("buyer_entity", "Buyer’s words", 150, TEXT),
    Shown("seller_entity", "Seller’s words", 150, TEXT),
    Shown("system_text", "System’s words", 160, TEXT),
    Shown("title", "Article", 260, PLAIN),
    Shown("url", "Article’s address", 240, PLAIN),
    Shown("article_id", "Article’s id", 200, PLAIN),
    Shown("events", "Stages told", 260, PLAIN),
    Shown("spans", "Words found for", 220, PLAIN),
    Shown("evidence_in", "Sentence is in", 140, TEXT),
    Shown("evidence_start", "Sentence from", 145, NUMBER),
    Shown("evidence_end", "Sentence to", 135, NUMBER),
    Shown("rule", "Rule", 160, TEXT),
    Shown("rules_version", "Rules’ version", 150, TEXT),
    *CODES,
    Shown("record_id", "Record’s id", 170, PLAIN),
)
MEANINGS = {
    "deal": {c.name: c.description for c in (*DEAL_COLUMNS, *REVIEW_COLUMNS)},
    "record": {c.name: c.description for c in (*COLUMNS, *REVIEW_COLUMNS)},
}
NOTE = "Kept in this browser. Downloads have every column, whatever is chosen here."
LINKED = "This link’s own choice: it changes the address, not the choice that this browser keeps."


def every(data: Data) -> tuple[Shown, ...]:
    """All columns of a view's table, those shown at first before the others."""
    return (*CLAIMS, *MORE_OF_CLAIMS) if data.home is None else (*DEALS, *MORE_OF_DEALS)


def usual(data: Data) -> list[str]:
    """The names of the columns that are shown at first."""
    return [column.field for column in (CLAIMS if data.home is None else DEALS)]


def asked_for(query: str, data: Data) -> list[str] | None:
    """The columns that an address names (`columns=system,year`), in the table's order; `None` where it names none that there is."""
    wanted = {name for key, value in parse_qsl(query) if key == "columns" for name in value.split(",")}
    found = [column.field for column in every(data) if column.field in wanted]
    return with_buyer(found) if found else None


def with_buyer(fields: Iterable[str]) -> list[str]:
    """A choice of columns with the one that no choice can leave out."""
    return [ALWAYS, *(field for field in fields if field != ALWAYS)]


def menu(data: Data, asked: list[str] | None) -> list[Any]:
    """The button that opens the choice, and the choice: a box to check for each column, the way back, and a link that carries it."""
    columns, first = every(data), usual(data)
    boxes = [
        dmc.Checkbox(
            label=column.name,
            value=column.field,
            disabled=column.field == ALWAYS,
            size="sm",
            wrapperProps={"title": MEANINGS[data.noun].get(column.field, "")},
        )
        for column in columns
    ]
    chosen = asked or first
    return [
        html.Button(
            f"Columns ({len(chosen)} of {len(columns)})",
            id="columns-toggle",
            className="button",
            **{"aria-expanded": "false", "aria-controls": "columns"},
        ),
        html.Div(
            [
                dmc.CheckboxGroup(
                    html.Div(boxes, className="columns-boxes"),
                    id="columns-chosen",
                    label="Columns shown",
                    value=asked or [],
                ),
                html.Div(
                    [
                        html.Button("Reset", id="columns-reset", className="button small", **{"aria-label": "Reset the columns"}),
                        html.A(
                            "Link with these columns", id="columns-link", href=f"?columns={quote(','.join(chosen), safe=',')}"
                        ),
                        html.Span(LINKED if asked else NOTE, className="quiet"),
                    ],
                    className="columns-ways",
                ),
            ],
            id="columns",
            className="columns",
            hidden=True,
        ),
    ]
