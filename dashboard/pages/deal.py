"""One deal: what stands, why, where its articles disagree, its life-cycle, and every article's claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import dash_mantine_components as dmc
import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from dash import dcc, html

from dashboard.components import links, messages, review
from dashboard.components.filterbar import address
from dashboard.data import Data
from dashboard.figures import plural
from dashboard.filters import Filters, reads_machine
from dashboard.pages.record import article_address, standing
from dashboard.pages.table import PATH, numbers_words, plain, quantity_words
from dashboard.source import Held, Source

# So many deals are offered to merge with.
OTHERS = 200
# So many of a deal's claims, of its stages, and of the articles that tell one thing are listed; the JSON address has all.
CLAIMS, STAGES, NAMED = 200, 60, 12


def layout(source: Source, deal_id: str, filters: Filters, *, read_only: bool = False) -> list[Any]:
    """The page of a deal, or the message that there is none; an id that a merge used up leads to the deal that has its records.

    A deal that was rejected is shown as the machine read it, with the review that says so.
    """
    held, deals, at = found(source, deal_id, filters)
    if at is None or deals.claims is None:
        return [messages.not_held("deal", deal_id)]
    (row,) = deals.rows([at])
    claims, count = first_claims(deals, at, CLAIMS)
    titles = {one["article_id"]: one["title"] or one["article_id"] for one in claims}
    moved = (
        html.P(
            ["This deal was joined with another; its address now is ", html.Code(f"/deal/{row['deal_id']}"), "."],
            className="notices",
        )
        if row["deal_id"] != deal_id
        else None
    )
    return [
        html.Nav(dcc.Link("← Back to the table", href=address(PATH, filters), id="back"), className="crumbs"),
        html.H1(heading(row), className="page-title"),
        html.P(told_by(row), className="reading"),
        *([moved] if moved else []),
        *outside(row, deals, held),
        html.Div(
            [facts(row, filters), html.Div([life_cycle(row, titles, STAGES), *disagreements(row, titles)], className="side")],
            className="record",
        ),
        claims_table(claims, count, filters, row["deal_id"], pick=not read_only and len(deals) > 1),
        review.card("deal", row["deal_id"], held, read_only=read_only, others=others(row, deals), many=count > 1),
    ]


def found(source: Source, deal_id: str, filters: Filters) -> tuple[Held, Data, int | None]:
    """The reading that shows a deal, and its row there: the one that the filters ask for, else, where that has no such deal, the machine's."""
    held = source.held()
    chosen = held.machine if reads_machine(filters) else held.reviewed
    deals = chosen if place(chosen, held, deal_id) is not None else held.machine
    return held, deals, place(deals, held, deal_id)


def first_claims(deals: Data, at: int, most: int) -> tuple[list[dict[str, Any]], int]:
    """The rows of up to `most` of a deal's claims, those of the oldest articles, undated ones first; and how many it has."""
    assert deals.claims is not None
    places = deals.claims_of(at)
    told = deals.claims.take(places, ("published",))["published"].cast("int32").fill_null(-1).to_numpy()
    return deals.claims.rows(places[np.argsort(told, kind="stable")[:most]]), len(places)


def place(deals: Data, held: Held, deal_id: str) -> int | None:
    """The row of a deal: of the id itself, or of the deal that has its records now."""
    found = deals.find(deal_id)
    return deals.find(held.current(deal_id)) if found is None else found


def outside(row: Mapping[Any, Any], deals: Data, held: Held) -> list[html.P]:
    """The notice on a page that is not part of the reviewed reading."""
    if deals is held.reviewed:
        return []
    if place(held.reviewed, held, row["deal_id"]) is None:
        return [html.P("This was rejected: no chart or download counts it.", className="notices")]
    return [html.P("This is the machine’s own reading, without what people said of it.", className="notices")]


def others(row: Mapping[Any, Any], deals: Data) -> list[tuple[str, str]]:
    """Ids and names of the buyer's other deals, those in the same system first."""
    places = deals.where("buyer", row["buyer"])
    held = deals.take(places, ("deal_id", "system_id", "system", "year"))
    years = pc.fill_null(held["year"], 0)
    keys = pa.table({"far": pc.not_equal(held["system_id"], row["system_id"]), "system": held["system"], "year": years})
    order = pc.sort_indices(keys, sort_keys=[("far", "ascending"), ("system", "ascending"), ("year", "ascending")])
    ranked = places[order.to_numpy()[: OTHERS + 1]]
    alike = [one for one in deals.rows(ranked) if one["deal_id"] != row["deal_id"]]
    return [(r["deal_id"], f"{heading(r)} {plain(r['year']) or ''}".strip()) for r in alike[:OTHERS]]


def heading(row: Mapping[Any, Any]) -> str:
    amount = numbers_words(row)
    seller = f" from {row['seller']}" if row["seller"] else ""
    return f"{row['buyer'] or 'Unknown buyer'}: {amount + ' ' if amount else ''}{row['system']}{seller}, {standing(row)}"


def told_by(row: Mapping[Any, Any]) -> str:
    articles, sources = int(row["articles"]), int(row["sources"])
    if articles == 1:
        return "Told by one article."
    return f"Told by {articles} articles of {sources} {'source' if sources == 1 else 'sources'}."


def facts(row: Mapping[Any, Any], filters: Filters) -> html.Section:
    """What stands of each field, and why that and not another value."""
    why = orjson.loads(row["why"] or "{}")
    value, year = plain(row["value"]), plain(row["year"])
    money = (
        f"{row['currency']} {value:,.0f}" + (" for the whole package" if row["value_scope"] == "package" else "")
        if value is not None
        else ""
    )
    ordered, delivered = plain(row["quantity_ordered"]), plain(row["quantity_delivered"])
    share = plain(row["confidence"])
    rows = [
        ("Buyer", links.buyer_of(row, filters), ""),
        ("System", links.system_of(row, filters), why.get("system", "")),
        ("Quantity", numbers_words(row) or "not said", why.get("quantity", "")),
        ("Ordered", "" if ordered is None else f"{ordered:,}", ""),
        ("Delivered", "" if delivered is None else f"{delivered:,}", "the largest number told as delivered"),
        ("Seller", links.seller_of(row, filters), why.get("seller", "")),
        ("Status", row["status"], why.get("status", "")),
        ("Year", "not said" if year is None else str(year), why.get("year", "")),
        ("Weapon type", row["weapon_type"], ""),
        ("Kind of deal", row["deal_type"], ""),
        ("Value", money, why.get("value", "")),
        ("Domestic", "yes" if row["domestic"] is True else "", ""),
        ("Confidence", "" if share is None else f"{share:.2f}", "the highest of its claims"),
    ]
    body = [html.Tr([html.Th(name, scope="row"), html.Td(shown), html.Td(reason)]) for name, shown, reason in rows if shown]
    head = html.Thead(html.Tr([html.Th("Field", scope="col"), html.Th("What stands", scope="col"), html.Th("Why", scope="col")]))
    return html.Section([html.H2("The deal"), html.Table([head, html.Tbody(body)], className="facts reasons")], className="card")


def life_cycle(row: Mapping[Any, Any], titles: Mapping[str, str], most: int) -> html.Section:
    """The stages that are told, at most the first `most`, in order, each with its articles."""
    stages, told = [], orjson.loads(row["events"] or "[]")
    for event in told[:most]:
        year = "year not said" if event["year"] is None else str(event["year"])
        number = "" if event["quantity"] is None else f", {event['quantity']:,}"
        links = articles(event["articles"], titles)
        stages.append(
            html.Li(
                [
                    html.Span(event["status"], className=f"stage {event['status']}"),
                    f" {year}{number} ",
                    html.Span(links, className="quiet"),
                ],
            )
        )
    more = rest(len(told), most, "stage", row["deal_id"])
    return html.Section([html.H2("Its life"), html.Ol(stages, className="stages"), more], className="card", id="life-cycle")


def articles(identities: Sequence[str], titles: Mapping[str, str]) -> list[Any]:
    """Links to articles, and how many more there are."""
    parts: list[Any] = []
    for one in identities[:NAMED]:
        parts += ["; "] if parts else []
        parts.append(dcc.Link(titles.get(one, one), href=article_address(one)))
    return [*parts, f"; and {len(identities) - NAMED:,} more"] if len(identities) > NAMED else parts


def rest(count: int, most: int, word: str, deal_id: str) -> html.P | None:
    """The way to what a list leaves out."""
    if count <= most:
        return None
    whole = html.A("all as JSON", href=f"/api/deals/{quote(deal_id, safe='')}")
    return html.P([f"The first {most} of {plural(count, word)}; ", whole, "."], className="reading")


def disagreements(row: Mapping[Any, Any], titles: Mapping[str, str]) -> list[html.Section]:
    """Side by side, what articles say where they do not agree; nothing where they do."""
    differing = orjson.loads(row["disagree"] or "{}")
    if not differing:
        return []
    body = [
        html.Tr(
            [
                html.Th(name.title(), scope="row"),
                *(
                    html.Td(
                        [
                            html.Strong(f"{side['value']}"),
                            html.Br(),
                            *articles(side["articles"], titles),
                        ]
                    )
                    for side in sides
                ),
            ]
        )
        for name, sides in differing.items()
    ]
    return [
        html.Section(
            [html.H2("Where articles disagree"), html.Table(html.Tbody(body), className="facts sides")],
            className="card",
            id="disagreements",
        )
    ]


def claims_table(
    claims: Sequence[Mapping[str, Any]], count: int, filters: Filters, deal_id: str, *, pick: bool = False
) -> html.Section:
    """These claims, of `count`, each with its sentence, oldest first; with `pick`, a box to pick each for a review."""
    rows = sorted(claims, key=lambda r: (str(plain(r["published"]) or ""), r["article_id"]))
    body = [
        html.Tr(
            [
                *([html.Td(picker(row))] if pick else []),
                html.Td(plain(row["published"]) or "no date"),
                html.Td(row["source"] or "not said"),
                html.Td(f"{quantity_words(row)} {row['system']}".strip()),
                html.Td(row["seller"] or "not said"),
                html.Td(f"{standing(row)} {plain(row['year']) or ''}".strip()),
                html.Td([dcc.Link(row["evidence"], href=address(f"/record/{row['record_id']}", filters)), judged(row)]),
            ]
        )
        for row in rows
    ]
    names = (*(("Pick",) if pick else ()), "Published", "Source", "What", "Seller", "Stage", "Sentence")
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    return html.Section(
        [
            html.H2("What each article claims"),
            html.Div(html.Table([head, html.Tbody(body)], className="facts claims"), className="scroll"),
            rest(count, len(rows), "claim", deal_id),
        ],
        className="card",
        id="claims",
    )


def picker(row: Mapping[Any, Any]) -> dmc.Checkbox:
    label = f"Pick the claim of {row['source'] or 'an unnamed source'}, {plain(row['published']) or 'no date'}"
    return dmc.Checkbox(id={"pick": row["record_id"]}, checked=False, **{"aria-label": label})


def judged(row: Mapping[Any, Any]) -> html.Span | None:
    """What a person said of the claim."""
    return html.Span(f" {row['review']}", className="stage") if row["review"] else None
