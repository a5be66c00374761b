"""From an address to the page that stands there."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from dash import html

from dashboard import compare_address, security
from dashboard.charts import CHARTS
from dashboard.components import messages
from dashboard.filters import parse, view
from dashboard.pages import (
    addresses,
    article,
    beside,
    compare,
    country,
    deal,
    embed,
    flows,
    method,
    overview,
    read,
    record,
    reviews,
    system,
    table,
)
from dashboard.profiles import subject
from dashboard.reading.desk import Desk
from dashboard.source import RegisterError, Source
from dashboard.uploads import Files


def route(
    source: Source, href: str, *, files: Files | None = None, desk: Desk | None = None, read_only: bool = False
) -> tuple[list[Any], str, str]:
    """The page of an address (path and query string): its components, its name, and the register's label."""
    parts = urlsplit(href)
    path = parts.path.rstrip("/") or "/"
    if path == method.PATH:
        page, label = method.layout(source)
        return page, "Method", label
    filters, found = parse(parts.query)
    try:
        data = view(source, filters)
    except RegisterError as error:
        if path == read.PATH:
            return read.layout(desk or Desk(source, read_only=read_only), parts.query), "Read", ""
        return [messages.broken_register(str(error))], "Register not readable", ""
    notices = messages.notices(found)
    if path in (overview.PATH, table.PATH, compare_address.PATH, flows.PATH) or subject(path):
        if not len(data):
            return [messages.empty_register(str(source.path))], "Empty register", data.label
        if path == compare_address.PATH:
            return [notices, *compare.layout(data, files or Files(), parts.query)], "Compare", data.label
        if path == flows.PATH:
            return [notices, *flows.layout(data, filters)], "Flows", data.label
        if about := subject(path):
            # What the page itself is about is no filter of its address.
            filters = filters.keeping(about[0], ())
            made, name = (country if about[0] == "party" else system).layout(data, filters, about[1])
            return [notices, *made], name, data.label
        if path == table.PATH:
            row = beside.opened(source, table.open_row(parts.query, data), filters, read_only=read_only)
            return [notices, *table.layout(data, filters, parts.query, row)], f"{data.noun.title()}s", data.label
        return [notices, *overview.layout(data, filters)], "Overview", data.label
    if path == addresses.PATH:
        return addresses.layout(data), "JSON addresses", data.label
    if path == read.PATH:
        return read.layout(desk or Desk(source, read_only=read_only), parts.query), "Read", data.label
    if path == reviews.PATH:
        return reviews.layout(source, filters, read_only=read_only), "Reviews", data.label
    if path.startswith(security.EMBED) and (name := path.removeprefix(security.EMBED)) in CHARTS:
        return [notices, *embed.layout(data, filters, name)], "Chart", data.label
    kind, _, identity = path.removeprefix("/").partition("/")
    if kind == "record" and identity:
        page = record.layout(source, unquote(identity), filters, read_only=read_only)
        return page, headed(page, "Record"), data.label
    if kind == "deal" and identity:
        page = deal.layout(source, unquote(identity), filters, read_only=read_only)
        return page, headed(page, "Deal"), data.label
    if kind == "article" and identity:
        page = article.layout(data if data.home is None else data.claims, source, unquote(identity), filters)
        return page, headed(page, "Article"), data.label
    return [messages.unknown_page(unquote(path))], "No such page", data.label


def headed(page: list[Any], otherwise: str) -> str:
    """The heading of a page of one deal, record or article, by which tabs, bookmarks and history name it."""
    return next((str(part.children) for part in page if isinstance(part, html.H1)), otherwise)
