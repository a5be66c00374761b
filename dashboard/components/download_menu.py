"""The ways to take what is shown: the CSV at one click, every other format in a menu beside it."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard.downloads import METADATA
from dashboard.filters import Filters, counts_confirmed

OTHERS = (
    ("jsonl", "JSON Lines", "one object to a line"),
    ("json", "JSON", "one array"),
    ("parquet", "Parquet", "typed columns"),
)
# The menu puts its state (`aria-expanded`) on a box around its target: so that box is the button.
BUTTON = {"component": "button", "type": "button", "className": "button", "aria-label": "Download in another format"}


def download_menu(filters: Filters, noun: str, count: int) -> html.Span:
    """A link to the CSV and a menu of the other formats, all under the filters."""
    query = (filters if counts_confirmed(filters) else filters.without("unit")).query()
    rest = f"?{query}" if query else ""
    file = f"/download/{noun}s"
    saved = "&".join(part for part in (query, "saved=1") if part)
    items = [
        *(item(f"download-{form}", name, words, f"{file}.{form}{rest}") for form, name, words in OTHERS),
        item("download-metadata", "Metadata of the CSV", "columns, filters, rights", f"{file}.{METADATA}?{saved}"),
        dmc.MenuDivider(),
        item("to-api", "For programs", "JSON addresses", "/api"),
    ]
    more = dmc.MenuTarget(html.Span("▾", **{"aria-hidden": "true"}), boxWrapperProps=BUTTON)
    return html.Span(
        [
            html.A(f"Download CSV ({count:,})", id="download", className="button", href=f"{file}.csv{rest}"),
            dmc.Menu([more, dmc.MenuDropdown(items)], id="download-menu", position="bottom-end", shadow="md"),
        ],
        className="downloads",
    )


def item(identity: str, name: str, words: str, href: str) -> dmc.MenuItem:
    return dmc.MenuItem(
        [name, html.Span(words, className="quiet")], id=identity, href=href, refresh=True, className="download-item"
    )
