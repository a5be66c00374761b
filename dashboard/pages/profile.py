"""What the pages of countries and of systems share: their frame, the articles and sources behind them, units, and open orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import aggregate, figures
from dashboard.components import links, messages, panels
from dashboard.components.filterbar import address, bar
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, mask, parse, view
from dashboard.pages import table
from dashboard.pages.record import article_address
from dashboard.profiles import subject, within
from dashboard.quantities import MOST, Units, numbers, short_of, still_open
from dashboard.source import Source

Row = Mapping[str, Any]
# Lists on a profile are the start of what there is: the rest is a link away.
LISTED = 20
# An article can stand behind several claims: so many claims are looked through for the articles that are listed.
LOOKED_THROUGH = 400


def framed(data: Data, filters: Filters, path: str, heading: str, crumb: Any, content: Sequence[Any]) -> list[Any]:
    """A profile: the way to its deals, its name, the filter bar, and what the filters leave."""
    return [
        html.Nav(crumb, className="crumbs", **{"aria-label": "Where this page stands"}),
        html.H1(heading, className="page-title"),
        bar(filters, data, path),
        html.Div(content, id="profile"),
    ]


def known_rows(data: Data, rows: np.ndarray) -> tuple[np.ndarray, list[Row]] | None:
    """The places and plain rows of the deals in view; `None` where claims are counted or the deals are too many to read at once."""
    places = np.flatnonzero(rows)
    return (places, data.rows(places.tolist())) if data.home is not None and len(places) <= MOST else None


def no_sums(data: Data, filters: Filters, path: str) -> html.P:
    """Why units are not summed in this view, and what to do."""
    if data.home is None:
        deals = dcc.Link("Count deals", href=address(path, filters.keeping("unit", ())))
        return html.P(
            ["Several articles can tell of the same units, so claims of units are not summed. ", deals, " to see units."],
            className="reading",
        )
    return html.P(f"More than {MOST:,} deals are in view: filter them to see units and open orders.", className="reading")


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


def open_orders(rows: Sequence[Row], filters: Filters, all_of: str, *, country: str = "") -> html.Section:
    """Orders of which no article tells the whole delivery; of a `country`, those that it placed and those that it is to fill."""
    waiting = still_open(rows)
    known = [short for row in waiting if (short := short_of(row)) is not None]
    title = "Open orders"
    if not waiting:
        said = "No order in view waits for its delivery, as far as the articles tell."
        return panels.card("open-orders", title, said, wide=True)
    said = (
        f"{figures.plural(len(waiting), 'order')} of which no article in the register tells the whole delivery"
        + (f"; {len(waiting) - len(known):,} give no number." if len(known) < len(waiting) else ".")
        + (f" It placed {sum(country in (row['buyer_iso3'], row['buyer']) for row in waiting):,} of them." if country else "")
        + " An order that was delivered without a report stands here too."
    )
    first = ("System", "Buyer", "Seller") if country else ("Buyer", "System", "Seller")
    head = (*first, "Ordered", "Delivered", "Open", "Year", "Deal")
    body = [
        (
            *(
                {"Buyer": links.buyer_of, "Seller": links.seller_of, "System": links.system_of}[column](row, filters)
                for column in first
            ),
            worded(row["quantity_ordered"]),
            worded(row["quantity_delivered"]),
            worded(short_of(row)),
            "not said" if row["year"] is None else str(row["year"]),
            dcc.Link(
                "Open", href=address(f"/deal/{row['deal_id']}", filters), title=f"The deal: {row['buyer']}, {row['system']}"
            ),
        )
        for row in waiting[:LISTED]
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
    total = aggregate.headline(data, rows).articles
    chosen: dict[str, Row] = {}
    for row in sorted(claims.rows(latest.tolist()), key=recency):
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
    sources = aggregate.ranked(claims, behind, "source")
    names = [f"{name if key != UNKNOWN else 'no source named'} ({n:,})" for key, name, n in sources.itertuples(index=False)]
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


def units_by_year(rows: Sequence[Row], stage: str) -> dict[int, int]:
    """Units ordered or delivered (`stage`) per year in which that happened; what has no year or no number is left out."""
    years, told = numbers(rows, f"year_{stage}"), numbers(rows, f"quantity_{stage}")
    counted = (
        ~np.isnan(years) & ~np.isnan(told) & np.array([row["status"] in ("ordered", "delivered") for row in rows], dtype=bool)
    )
    if not counted.any():
        return {}
    found, place = np.unique(years[counted].astype(np.int64), return_inverse=True)
    sums = np.bincount(place, weights=told[counted])
    return {int(year): int(n) for year, n in zip(found, sums, strict=True)}


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
    """Redraws a profile when its query changes, and filters by the mark of a chart that is clicked.

    `contents` are, by the key that a page's path sets, what that page shows.
    """
    app.clientside_callback(
        ClientsideFunction("profiles", "click"),
        *(Output(f"filter-{key}", "value", allow_duplicate=True) for key in ("buyer", "seller", "type", "status")),
        Output("filter-from", "value", allow_duplicate=True),
        Output("filter-to", "value", allow_duplicate=True),
        Output("filter-year-unknown", "checked", allow_duplicate=True),
        Input({"profile": ALL, "chart": ALL}, "clickData"),
        *(State(f"filter-{key}", "value") for key in ("buyer", "seller", "type", "status")),
        prevent_initial_call=True,
    )

    @app.callback(Output("profile", "children"), Input("query", "data"), State("address", "data"), prevent_initial_call=True)
    @guarded
    def redraw(query: str, place: Mapping[str, Any]) -> list[Any]:
        filters, path = parse(query)[0], place["href"].partition("?")[0]
        about = subject(path)
        assert about is not None
        data = view(source, filters)
        return contents[about[0]](data, filters, path)


def in_view(data: Data, filters: Filters, path: str) -> np.ndarray:
    """The rows of a profile that the filters keep."""
    return mask(within(filters, path), data)
