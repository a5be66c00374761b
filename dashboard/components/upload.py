"""The Compare page's way in: choosing a file, what was understood of it, and the terms that it stays under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.uploads import HELD_FILES, MOST_BYTES
from extractors import TERMS, Reference

LAYOUTS = {
    "sipri-register": "the trade register, one line per order",
    "sipri-deliveries": "the list of deliveries, joined to one row per order",
    "unroca": "reported transfers, one line per report",
}
GONE = (
    "The server does not hold this file any more: it keeps a few files in its memory, and none when it stops. "
    "Choose the same file again, and this address shows the same rows."
)
MEMORY = (
    f"The file goes to the server that shows this page and nowhere else. It is held in that server’s memory only, among at most {HELD_FILES} files, "
    f"until it stops. At most {MOST_BYTES >> 20} MB."
)
LISTED = 200


def section(reference: Reference | None, *, missing: bool) -> html.Section:
    """The card to choose a file; with a file, what was understood of it."""
    if missing:
        said: list[Any] = [gone()]
    elif reference is None:
        said = [
            html.P(
                "Download the trade register of the SIPRI Arms Transfers Database, or transfers of the UN Register of Conventional "
                "Arms, as CSV, and bring the file here. It is set against the deals of your articles: what matches, what differs in "
                "quantity, year or seller, and what only one side has."
            )
        ]
    else:
        said = understood(reference)
    button = "Choose another file" if reference is not None else "Choose a CSV file"
    return html.Section(
        [
            *said,
            dcc.Upload(
                [html.Button(button, className="button", id="compare-choose", type="button"), html.Span("or drop it here")],
                id="compare-file",
                className="drop",
                className_active="drop over",
                style={},
                style_active={},
            ),
            html.Div(id="compare-said", role="alert", className="said"),
            html.P(MEMORY, className="reading"),
        ],
        className="card",
        id="compare-upload",
        **{"data-most": str(MOST_BYTES), "aria-label": "The register’s file"},
    )


def understood(reference: Reference) -> list[Any]:
    """The register, the layout, the rows and the years of a file, and what in it no table knows or could not be read."""
    years = [y for row in reference.rows for y in (row.ordered_year, *row.delivery_years) if y is not None]
    span = f"years {min(years)} to {max(years)}" if years else "no years"
    count = len(reference.rows)
    lists = (
        ("parties that no table knows, compared by name", reference.unknown_parties),
        ("designations that no table knows, compared by name", reference.unknown_systems),
        ("cells and lines that could not be read", reference.notes),
    )
    return [
        html.P(
            [
                html.Strong(reference.name),
                f": {reference.register}, {LAYOUTS[reference.layout]}; {count:,} {'row' if count == 1 else 'rows'}, {span}.",
            ],
            id="understood",
        ),
        *(listed(name, names) for name, names in lists if names),
    ]


def listed(name: str, names: Sequence[str]) -> html.Details:
    more = [html.Li(f"and {len(names) - LISTED:,} more")] if len(names) > LISTED else []
    items = [html.Li(one) for one in names[:LISTED]]
    return html.Details([html.Summary(f"{len(names):,} {name}"), html.Ul([*items, *more])], className="quiet")


def refused(message: str) -> html.Div:
    """The reason why a file was not taken."""
    return html.Div([html.P(message)], className="notices", id="refused")


def gone() -> html.P:
    return html.P(GONE, id="gone", className="notices")


def terms(reference: Reference | None) -> html.Section:
    """The terms of the file's register, of both where there is no file yet."""
    told = {reference.register: TERMS[reference.register]} if reference is not None else TERMS
    parts: list[Any] = [html.H2("Terms of use")]
    for name, text in told.items():
        parts += [html.P([html.Strong(f"{name}. "), text], className="reading")]
    return html.Section(parts, className="card terms", id="terms")
