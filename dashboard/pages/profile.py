"""What the pages of countries and of systems share: their frame, the articles and sources behind them, units, and open orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from dash import Dash, Input, Output, State, dcc, html

from dashboard import aggregate, figures
from dashboard.articles import seen
from dashboard.charts import CHARTS, View
from dashboard.components import links, messages, panels
from dashboard.components.card import Place, card
from dashboard.components.filterbar import address, bar
from dashboard.components.scope import scope
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, parse, view
from dashboard.pages import table
from dashboard.pages.record import article_address
from dashboard.profiles import subject
from dashboard.quantities import Units, short_of, still_open
from dashboard.source import Source
from dashboard.tally import Rows

Row = Mapping[str, Any]
# Lists on a profile are the start of what there is: the rest is a link away.
LISTED = 20
# An article can stand behind several claims: so many claims are looked through for the articles that are listed.
LOOKED_THROUGH = 400
# What is told of an article and its claim.
TOLD = ("article_id", "title", "source", "published", "record_id", "evidence", "year")


def framed(data: Data, filters: Filters, path: str, heading: str, crumb: Any, content: Sequence[Any]) -> list[Any]:
    """A profile: the way to its deals, its name, the filter bar, and what the filters leave."""
    return [
        html.Nav(crumb, className="crumbs", **{"aria-label": "Where this page stands"}),
        html.H1(heading, className="page-title"),
        bar(filters, data, path),
        html.Div(content, id="profile"),
    ]


def no_sums(filters: Filters, path: str) -> html.Section:
    """Why units of claims are not summed, and what to do."""
    deals = dcc.Link("Count deals", href=address(path, filters.keeping("unit", ())))
    said = ["Several articles can tell of the same units, so claims of units are not summed. ", deals, " to see units."]
    return panels.card("units", "Units", said, wide=True)


UNITS_HEAD = (
    "Deals",
    "Ordered or delivered",
    "Units ordered",
    "Units delivered",
    "Without a number",
    "Planned or approved",
    "Cancelled",
)


def units_table(found: Sequence[Units], first: Sequence[str], name: Callable[[Units], Sequence[Any]], identity: str) -> html.Div:
    """Units as a table; `first` are the headings of what `name` gives for each row."""
    head = (*first, *UNITS_HEAD)
    rows = [
        (
            *name(one),
            f"{one.deals:,}",
            f"{one.standing:,}",
            number(one.ordered, one.standing),
            number(one.delivered, one.standing),
            f"{one.unnumbered:,}",
            f"{one.planned:,}",
            f"{one.cancelled:,}",
        )
        for one in found
    ]
    made = panels.table(head, rows, numbers=range(len(first), len(head)), identity=identity)
    return panels.scrolled(made, "Units, ordered and delivered apart")


def number(units: int, standing: int) -> str:
    """A sum of units; a dash where no article gives a number or nothing was ordered."""
    return f"{units:,}" if units or not standing else "none told"


UNITS_READING = (
    "Units are added up only within one weapon type, and only of deals that were ordered or delivered; what is planned, approved or "
    "cancelled is counted as deals, never in units. A delivery can be of an order that no article numbers."
)


def open_orders(data: Data, rows: np.ndarray, filters: Filters, all_of: str, *, country: str = "") -> html.Section:
    """Orders of which no article tells the whole delivery; of a `country`, those that it placed and those that it is to fill."""
    waiting = still_open(data, rows)
    title = "Open orders"
    if not len(waiting):
        said = "No order in view waits for its delivery, as far as the articles tell."
        return panels.card("open-orders", title, said, wide=True)
    unnumbered = int(np.isnan(short_of(data, waiting)).sum())
    buyers = data.facets["buyer"]
    placed = int((buyers.codes[waiting] == buyers.index.get(country, -1)).sum())
    said = (
        f"{figures.plural(len(waiting), 'order')} of which no article in the register tells the whole delivery"
        + (f"; {unnumbered:,} give no number." if unnumbered else ".")
        + (f" It placed {placed:,} of them." if country else "")
        + " An order that was delivered without a report stands here too."
    )
    first = ("System", "Buyer", "Seller") if country else ("Buyer", "System", "Seller")
    head = (*first, "Ordered", "Delivered", "Open", "Year", "Deal")
    shown = waiting[:LISTED]
    body = [
        (
            *(
                {"Buyer": links.buyer_of, "Seller": links.seller_of, "System": links.system_of}[column](row, filters)
                for column in first
            ),
            worded(row["quantity_ordered"]),
            worded(row["quantity_delivered"]),
            worded(None if np.isnan(short) else short),
            "not said" if row["year"] is None else str(row["year"]),
            dcc.Link(
                "Open", href=address(f"/deal/{row['deal_id']}", filters), title=f"The deal: {row['buyer']}, {row['system']}"
            ),
        )
        for row, short in zip(data.rows(shown), short_of(data, shown), strict=True)
    ]
    listed = panels.table(head, body, numbers=(3, 4, 5, 6), identity="open-orders")
    return panels.card("open-orders", title, said, panels.scrolled(listed, title), more(len(waiting), all_of), wide=True)


def more(count: int, href: str) -> html.P | None:
    """The way to what a list leaves out."""
    if count <= LISTED:
        return None
    return html.P([f"{count - LISTED:,} more not shown: ", dcc.Link("all ordered deals", href=href), "."], className="reading")


def worded(value: Any) -> str:
    return "not said" if value is None else f"{int(value):,}"


def articles(data: Data, rows: np.ndarray, filters: Filters) -> html.Section:
    """The articles behind the rows, those on the latest events first, and the sources that they come from."""
    claims = data if data.claims is None else data.claims
    behind = data.claim_rows(rows)
    latest = newest(np.flatnonzero(behind), claims.years)
    total = seen(data, rows)[0]
    chosen: dict[str, Row] = {}
    for row in sorted(claims.take(latest, TOLD).to_pylist(), key=recency):
        chosen.setdefault(row["article_id"], row)
    shown = list(chosen.values())[:LISTED]
    body = [
        (
            dcc.Link(row["title"] or row["article_id"], href=article_address(row["article_id"])),
            row["source"] or "not said",
            "no date" if row["published"] is None else str(row["published"]),
            dcc.Link("Sentence", href=address(f"/record/{row['record_id']}", filters), title=row["evidence"]),
        )
        for row in shown
    ]
    sources = aggregate.ranked(Rows(claims, behind), "source")
    told = zip(sources.keys, sources.names, sources.counts, strict=True)
    names = [f"{name if key != UNKNOWN else 'no source named'} ({n:,})" for key, name, n in told]
    said = [f"{figures.plural(total, 'article')} behind what is in view"]
    said += [f"; the {len(shown)} on the latest events are listed" if total > len(shown) else ""]
    said += [". Claims by source: ", ", ".join(names[:10]), f" and {len(names) - 10} more" if len(names) > 10 else "", "."]
    listed = panels.table(("Article", "Source", "Published", "Claim"), body, identity="articles")
    return panels.card("articles", "Articles", "".join(said), panels.scrolled(listed, "Articles"), wide=True)


def newest(places: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The places of the latest years, at most `LOOKED_THROUGH`; of the earliest of these years, those that come first."""
    if len(places) <= LOOKED_THROUGH:
        return places
    held = years[places]
    last = np.partition(held, -LOOKED_THROUGH)[-LOOKED_THROUGH]
    return np.concatenate([places[held > last], places[held == last]])[:LOOKED_THROUGH]


def recency(row: Row) -> tuple[int, int, str]:
    """Latest event first, then latest published."""
    published = row["published"]
    return (-(row["year"] or NO_YEAR), -(published.toordinal() if isinstance(published, date) else 0), row["article_id"])


def status_words(data: Data, rows: np.ndarray) -> str:
    """The statuses in view, each with its number, and what is counted with the rest."""
    counts = dict(zip(data.facets["status"].keys, data.facets["status"].counts(rows).tolist(), strict=True))
    split = ", ".join(f"{counts[key]:,} {key}" for key in sorted(counts, key=lambda one: -counts[one]) if counts[key])
    rest = counts.get("planned", 0) + counts.get("cancelled", 0)
    return f"By status: {split}." + (" Planned and cancelled ones are counted in the charts, not in units." if rest else "")


def no_such(kind: str, identity: str) -> list[Any]:
    """The page of a country or system that no deal names."""
    search = html.P([dcc.Link("All deals", href=table.PATH), " and ", dcc.Link("flows", href="/flows"), " show which there are."])
    said = html.P(["No deal in this register is of a ", kind, " named ", html.Code(identity), "."])
    return [messages.panel(f"Nothing on this {kind}", said, search, identity="no-profile")]


def register(
    app: Dash, source: Source, guarded: Callable[..., Any], contents: Mapping[str, Callable[[Data, Filters, str], list[Any]]]
) -> None:
    """Redraws a profile when its query changes. `contents` are, by the key that a page's path sets, what that page shows."""

    @app.callback(Output("profile", "children"), Input("query", "data"), State("address", "data"), prevent_initial_call=True)
    @guarded
    def redraw(query: str, place: Mapping[str, Any]) -> list[Any]:
        filters, path = parse(query)[0], place["href"].partition("?")[0]
        about = subject(path)
        assert about is not None
        data = view(source, filters)
        return contents[about[0]](data, filters, path)


def charted(
    name: str, seen: View, place: Place, *, identity: str = "", wide: bool = False, switched: bool = True
) -> html.Section:
    """A chart of a profile, whose own address filters by what its page is about; its links change the page's filters.

    Unless it is `switched`, the page has settled what the chart's switch chooses."""
    chart = CHARTS[name](seen)
    shown = chart if switched else replace(chart, switch="")
    return card(shown, replace(place, chart=seen.filters, scope=scope(seen)), identity=identity, wide=wide)
