"""The ways to take what is shown: the CSV at one click, every other format in a menu beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.charts.files import address as chart_address
from dashboard.downloads import METADATA
from dashboard.filters import Filters, counts_confirmed
from dashboard.sheets import FORMS

OTHERS = (
    ("jsonl", "JSON Lines", "one object to a line"),
    ("json", "JSON", "one array"),
    ("parquet", "Parquet", "typed columns"),
)
# The menu puts its state (`aria-expanded`) on a box around its target: so that box is the button.
BUTTON = {"component": "button", "type": "button", "className": "button", "aria-label": "Download in another format"}


def download_menu(filters: Filters, noun: str, count: int) -> html.Span:
    """The files of deals or claims under the filters."""
    query = (filters if counts_confirmed(filters) else filters.without("unit")).query()
    rest = f"?{query}" if query else ""
    saved = "&".join(part for part in (query, "saved=1") if part)
    files = {ending: f"/download/{noun}s.{ending}{rest}" for ending in ("csv", *(form for form, _, _ in OTHERS))}
    return file_menu(f"Download CSV ({count:,})", {**files, METADATA: f"/download/{noun}s.{METADATA}?{saved}"}, *PROGRAMS)


def file_menu(words: str, files: Mapping[str, str], *more: Any, named: str = "download") -> html.Span:
    """A page's link to a CSV and a menu of its other formats; `files` are addresses by their ending, `named` begins the items' ids."""
    items = [item(name, said, files[form], f"{named}-{form}") for form, name, said in OTHERS if form in files]
    if METADATA in files:
        items.append(item("Metadata of the CSV", "columns, filters, rights", files[METADATA], f"{named}-metadata"))
    link = html.A(words, id="download", className="button", href=files["csv"])
    return beside(link, [*items, *more], BUTTON, id="download-menu")


def chart_menu(name: str, title: str, filters: Filters) -> html.Span:
    """A card's link to its chart's CSV and a menu of the other formats."""
    items = [item(form, said, chart_address(name, filters, ending)) for ending, form, said in OTHERS if ending in FORMS]
    items.append(item("Metadata of the CSV", "columns, filters, rights", chart_address(name, filters, METADATA, "saved=1")))
    button = {**BUTTON, "className": "button small", "aria-label": f"{title}: other formats"}
    return beside(html.A("CSV", href=chart_address(name, filters), className="button small"), items, button)


def beside(link: html.A, items: Sequence[Any], button: Mapping[str, str], **more: str) -> html.Span:
    """A link and, joined to it, a button that opens a menu."""
    target = dmc.MenuTarget(html.Span("▾", **{"aria-hidden": "true"}), boxWrapperProps=button)
    menu = dmc.Menu([target, dmc.MenuDropdown(items)], position="bottom-end", shadow="md", **more)
    return html.Span([link, menu], className="downloads")


def item(name: str, words: str, href: str, identity: str = "") -> dmc.MenuItem:
    own = {"id": identity} if identity else {}
    return dmc.MenuItem([name, html.Span(words, className="quiet")], href=href, refresh=True, className="download-item", **own)


PROGRAMS = (dmc.MenuDivider(), item("For programs", "JSON addresses", "/api", "to-api"))
