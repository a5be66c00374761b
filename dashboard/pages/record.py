"""One record: what it says, and the article with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import orjson
from dash import dcc, html

from dashboard.components import links, messages, reader, review
from dashboard.components.filterbar import address
from dashboard.data import Data
from dashboard.filters import Filters, reads_machine
from dashboard.pages.table import PATH, plain, quantity_words
from dashboard.source import Held, Source
from extractors import shown as as_words

BASES = {
    "stated": "stated in the article",
    "relative": "worked out from the publication date",
    "published": "the year of publication: an announcement",
    "inferred": "inferred from the article's own words; it carries no date",
    "none": "",
}
# What is shown with the value.
OF_MONEY = {"value": ("currency", "value_scope")}


def layout(source: Source, record_id: str, filters: Filters, *, read_only: bool = False) -> list[Any]:
    """The page of a record, or the message that there is none. One that was rejected is shown as the machine read it."""
    held, deals, at = found(source, record_id, filters)
    if at is None or deals.claims is None or deals.home is None:
        return [messages.not_held("record", record_id)]
    (row,) = deals.claims.rows([at])
    (deal,) = deals.rows([int(deals.home[at])])
    count = len(deals.claims_of(int(deals.home[at])))
    article = source.article(row["article_id"])
    spans = orjson.loads(row["spans"] or "{}")
    return [
        html.Nav(dcc.Link("← Back to the table", href=address(PATH, filters), id="back"), className="crumbs"),
        html.H1(heading(row), className="page-title"),
        html.P(of_deal(deal["deal_id"], count, filters), className="reading"),
        *outside(record_id, deals, held),
        html.Blockquote(quote_of(row, spans, texts(article)), className="evidence-quote", cite=row["url"] or None),
        html.Div(
            [facts(row, spans, texts(article), filters), html.Section(body(article, row, spans), className="card article-body")],
            className="record",
        ),
        review.card("record", record_id, held, read_only=read_only),
    ]


def found(source: Source, record_id: str, filters: Filters) -> tuple[Held, Data, int | None]:
    """The reading that shows a record, and its row among the claims there: the one that the filters ask for, else the machine's."""
    held = source.held()
    chosen = held.machine if reads_machine(filters) else held.reviewed
    deals = chosen if place(chosen, record_id) is not None else held.machine
    return held, deals, place(deals, record_id)


def place(deals: Data, record_id: str) -> int | None:
    """The row of a record among the claims."""
    return deals.claims.find(record_id) if deals.claims is not None else None


def outside(record_id: str, deals: Data, held: Held) -> list[html.P]:
    """The notice on a page that is not part of the reviewed reading."""
    if deals is held.reviewed:
        return []
    if place(held.reviewed, record_id) is None:
        return [html.P("This record, or its deal, was rejected: no chart or download counts it.", className="notices")]
    return [html.P("This is the machine’s own reading, without what people said of it.", className="notices")]


def of_deal(deal_id: str, count: int, filters: Filters) -> list[Any]:
    """The sentence that leads to the record's deal."""
    link = dcc.Link("deal", href=address(f"/deal/{deal_id}", filters), id="to-deal")
    if count == 1:
        return ["The only claim of its ", link, "."]
    return [f"One of {count} claims of one ", link, "."]


def quote_of(row: Mapping[Any, Any], spans: Mapping[str, list[list[Any]]], parts: Mapping[str, str]) -> list[Any]:
    """The sentence with its words marked, and the way to its place in the article."""
    quoted = sentence(row, spans, parts)
    if not placed(row, parts):
        return [html.P(quoted)]
    return [html.P(quoted), html.P(html.A("Read it in the article ↓", href="#evidence", id="to-evidence"), className="quiet")]


def placed(row: Mapping[Any, Any], parts: Mapping[str, str]) -> bool:
    """Whether the article that is held has the sentence where the record says."""
    start, end = plain(row["evidence_start"]), plain(row["evidence_end"])
    return start is not None and end is not None and bool(parts[row["evidence_in"] or "text"][start:end].strip())


def sentence(row: Mapping[Any, Any], spans: Mapping[str, list[list[Any]]], parts: Mapping[str, str]) -> Any:
    """The sentence behind a record, with its words marked where the article is held."""
    if not placed(row, parts):
        return row["evidence"]
    where = row["evidence_in"] or "text"
    return reader.quoted(parts[where], reader.in_part(spans, where), plain(row["evidence_start"]), plain(row["evidence_end"]))


def texts(article: Any) -> dict[str, str]:
    return {"text": article.text, "title": article.title} if article else {"text": "", "title": ""}


def heading(row: Mapping[Any, Any]) -> str:
    amount = quantity_words(row)
    seller = f" from {row['seller']}" if row["seller"] else ""
    return f"{row['buyer'] or 'Unknown buyer'}: {amount + ' ' if amount else ''}{row['system']}{seller}, {standing(row)}"


def standing(row: Mapping[Any, Any]) -> str:
    """The furthest stage of a record or deal, in words that do not take a whole order for delivered where its first units are:
    `ordered`, `delivered`, `3 delivered`, `some or all delivered`."""
    whole = plain(row["quantity"])
    if row["status"] != "delivered" or "quantity" in orjson.loads(row.get("machine") or "{}"):
        return str(row["status"])
    if "quantity_delivered" in row:
        told = plain(row["quantity_delivered"])
    else:
        events = orjson.loads(row["events"] or "[]")
        told = max(
            (one["quantity"] for one in events if one["status"] == "delivered" and one["quantity"] is not None), default=None
        )
    if told is None:
        return "some or all delivered" if whole is not None and whole > 1 else "delivered"
    return "delivered" if told == whole else f"{told:,} delivered"


def said(spans: Mapping[str, list[list[Any]]], name: str, parts: Mapping[str, str]) -> str:
    """The article's own words for a field, in the article's order; words inside others are said once."""
    told = (" ".join(parts[where][start:end].split()) for start, end, where in outermost(spans.get(name, ())))
    return " … ".join(dict.fromkeys(words for words in told if words))


def outermost(spans: Iterable[list[Any]]) -> list[tuple[int, int, str]]:
    """Spans (start, end, part) in the article's order, its title first, without those that lie inside others."""
    places = sorted({(where != "title", start, end, where) for start, end, where in spans})
    return [
        (start, end, where)
        for _, start, end, where in places
        if not any(w == where and s <= start and end <= e and (s, e) != (start, end) for _, s, e, w in places)
    ]


def facts(
    row: Mapping[Any, Any], spans: Mapping[str, list[list[Any]]], parts: Mapping[str, str], filters: Filters
) -> html.Section:
    year = plain(row["year"])
    value = plain(row["value"])
    money = (
        f"{row['currency']} {value:,.0f}" + (" for the whole package" if row["value_scope"] == "package" else "")
        if value is not None
        else ""
    )
    machine = orjson.loads(row["machine"] or "{}")

    def words(field: str) -> str:
        told = said(spans, field, parts) if field in spans else ""
        return f"{told} (read as {as_words(machine[field])})".strip() if field in machine else told

    def marked(shown: Any, field: str) -> Any:
        """The value, with a mark where a person corrected it."""
        return (
            [shown, " ", html.Span("corrected", className="tag")] if machine.keys() & {field, *OF_MONEY.get(field, ())} else shown
        )

    rows = [
        ("Buyer", links.buyer_of(row, filters), "buyer"),
        ("System", links.system_of(row, filters), "system"),
        ("Quantity", quantity_words(row), "quantity"),
        ("Year", "" if year is None else str(year), "year"),
        ("Seller", links.seller_of(row, filters), "seller"),
        ("Status", row["status"], "status"),
        ("Weapon type", row["weapon_type"], "weapon_type"),
        ("Kind of deal", row["deal_type"], "deal_type"),
        ("Value", money, "value"),
        ("Domestic", "yes" if row["domestic"] is True else "", ""),
    ]
    body = [
        html.Tr([html.Th(name, scope="row"), html.Td(marked(shown or "not said", field)), html.Td(words(field))])
        for name, shown, field in rows
        if shown or field in ("buyer", "system", "quantity", "year", "seller") or field in machine
    ]
    basis = BASES.get(row["year_basis"], "")
    share = plain(row["confidence"])
    origin = [
        html.P(["Year: ", basis, "."]) if basis else None,
        html.P(f"Confidence {share:.2f}: so many of the records with the same signals were right when measured.")
        if share is not None
        else None,
        html.P(
            [
                "Made by rule ",
                html.Code(row["rule"]),
                ", rules ",
                html.Code(row["rules_version"]),
                ". Record ",
                html.Code(row["record_id"]),
                ".",
            ]
        ),
    ]
    head = html.Thead(
        html.Tr([html.Th("Field", scope="col"), html.Th("Record", scope="col"), html.Th("The article’s words", scope="col")])
    )
    return html.Section(
        [html.H2("The record"), html.Table([head, html.Tbody(body)], className="facts"), *[p for p in origin if p]],
        className="card",
    )


def citation(title: str, row: Mapping[Any, Any]) -> html.P:
    """Source, date and address of an article; only web addresses become links."""
    published = plain(row["published"])
    parts: list[Any] = [part for part in (row["source"], published or "no date") if part]
    joined: list[Any] = [", ".join(parts)]
    url = str(row["url"])
    if url.startswith(("https://", "http://")):
        joined += [
            ". ",
            html.A(
                "Original",
                href=url,
                rel="noopener noreferrer",
                target="_blank",
                **{"aria-label": f"Original of {title}, in a new tab"},
            ),
        ]
    return html.P(joined, className="reading")


def body(article: Any, row: Mapping[Any, Any], spans: Mapping[str, list[list[Any]]]) -> list[Any]:
    if article is None:
        return [html.P("The register no longer holds this article's text.")]
    evidence: dict[str, list[tuple[int, int]]] = {"text": [], "title": []}
    start, end = plain(row["evidence_start"]), plain(row["evidence_end"])
    if start is not None and end is not None:
        evidence[row["evidence_in"] or "text"].append((start, end))
    return [
        html.H2(reader.marked(article.title, reader.in_part(spans, "title"), evidence["title"]) or article.id),
        citation(article.title or article.id, row),
        reader.legend(spans),
        html.Div(reader.marked(article.text, reader.in_part(spans, "text"), evidence["text"]), className="article-text"),
        html.P(dcc.Link("Every record of this article", href=article_address(article.id), id="to-article")),
    ]


def article_address(article_id: str) -> str:
    """The article's page; its id is percent-encoded, slashes too."""
    return f"/article/{quote(article_id, safe='')}"
