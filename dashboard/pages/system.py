"""One weapon system, with its variants where it is a family: who bought it, how many were ordered and delivered, when, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from dash import dcc, html

from dashboard import aggregate, figures
from dashboard.components import links, messages, panels, values
from dashboard.components.filterbar import address
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, members
from dashboard.pages import profile
from dashboard.pages.table import PATH as DEALS
from dashboard.profiles import SYSTEM, carried, spelled, within
from dashboard.profiles import address as profile_address
from dashboard.quantities import Units, units
from extractors import families

TOP = 12


def layout(data: Data, filters: Filters, identity: str) -> tuple[list[Any], str]:
    """The page and its name; a message where no deal names the system or a variant of it."""
    key = spelled(data, ("system",), identity) or (identity if members((identity,), data) else None)
    if key is None or key == UNKNOWN:
        return profile.no_such("system", identity), "Not held"
    path = profile_address(SYSTEM, key, Filters())
    crumb: list[Any] = [
        dcc.Link(f"← All {data.noun}s of {key}", href=address(DEALS, within(carried(filters), path)), id="to-deals")
    ]
    family = families().get(key, key)
    if family != key:
        crumb += [" · a variant of ", links.system(family, family, filters)]
    return profile.framed(data, filters, path, f"{key}: who bought it", crumb, content(data, filters, path)), key


def content(data: Data, filters: Filters, path: str) -> list[Any]:
    """What the filters leave of a system's deals or claims."""
    rows = profile.in_view(data, filters, path)
    if not rows.any():
        return [messages.nothing_matches(path, data.noun)]
    noun, key = data.noun, within(filters, path).kept["family"][0]
    buyers, sellers = aggregate.ranked(data, rows, "buyer"), aggregate.ranked(data, rows, "seller")
    variants = aggregate.ranked(data, rows, "system")
    total = aggregate.headline(data, rows)
    known = profile.known_rows(data, rows)
    head = [
        (f"{noun}s", total.count),
        ("buyers", total.buyers),
        ("sellers", total.sellers),
        *([("variants named", len(variants))] if len(variants) > 1 else []),
        ("articles", total.articles),
    ]
    cards: list[Any] = [statuses(data, rows)]
    cards += [
        ranking(buyers, "buyer", data, filters),
        ranking(sellers, "seller", data, filters),
    ]
    if known is None:
        cards.insert(0, panels.card("units", "Units by buyer", profile.no_sums(data, filters, path).children, wide=True))
    else:
        places, told = known
        cards[0:0] = amounts(data, places, told, filters)
    if len(variants) > 1:
        cards.insert(0, family_card(key, variants, noun, filters))
    if known is not None:
        orders = address(DEALS, within(carried(filters), path).keeping("status", ("ordered",)))
        cards.append(profile.open_orders(known[1], filters, orders))
    cards += values.card("values", "Stated values", data, rows, filters)
    cards.append(profile.articles(data, rows, filters))
    return [
        panels.counts(head, "head"),
        html.P(reading(data, rows, buyers, known[1] if known else None), className="reading", id="in-words"),
        html.Div(cards, className="cards"),
    ]


def reading(data: Data, rows: np.ndarray, buyers: Any, told: Sequence[profile.Row] | None) -> str:
    years = data.years[rows]
    known = years[years != NO_YEAR]
    named = buyers[buyers["key"] != UNKNOWN]
    first = ", ".join(f"{name} ({n:,})" for name, n in zip(named["name"].head(5), named["count"].head(5), strict=True))
    rest = f" and {len(named) - 5} more" if len(named) > 5 else ""
    parts = [
        f"Bought, or to be bought, by {first}{rest}." if first else "No article names a buyer.",
        f"Years {known.min()} to {known.max()}." if len(known) and known.min() != known.max() else "",
        profile.status_words(data, rows),
    ]
    return " ".join(part for part in parts if part)


def family_card(key: str, variants: Any, noun: str, filters: Filters) -> html.Section:
    """The variants that stand together on a family's page, each with its own page."""
    items = [
        html.Li([one if one == key else links.system(one, one, filters), f" ({n:,})"])
        for one, _, n in variants.itertuples(index=False)
    ]
    said = f"This page takes the {key} and its variants together; {noun}s that name only “{key}” stand under that name."
    return panels.card("family", "Variants", said, html.Ul(items, className="variants", id="variants"), wide=True)


def amounts(data: Data, places: np.ndarray, rows: Sequence[profile.Row], filters: Filters) -> list[html.Section]:
    """Units by buyer, and per year where all are of one weapon type."""
    found = units(data, places, rows, "buyer")
    types = sorted({one.weapon_type for one in found})
    apart = len(types) > 1

    def name(one: Units) -> Sequence[Any]:
        return (links.country(one.key, one.name, filters), *((one.weapon_type,) if apart else ()))

    shown = found[: profile.LISTED * 3]
    left = f" The {len(shown)} with the most deals of {len(found)} are listed." if len(found) > len(shown) else ""
    made = [
        panels.card(
            "buyers-units",
            f"Units by buyer{'' if apart else f' ({types[0]})'}",
            profile.UNITS_READING + left,
            html.P(sums(units(data, places, rows, "type")), id="sums"),
            profile.units_table(shown, ("Buyer", *(("Weapon type",) if apart else ())), name, "buyers-units"),
            wide=True,
        )
    ]
    stages = {stage: profile.units_by_year(rows, stage) for stage in ("ordered", "delivered")}
    years = sorted({*stages["ordered"], *stages["delivered"]})
    if apart or not years:
        return made
    every = range(years[0], years[-1] + 1)
    behind = panels.table(
        ("Year", "Units ordered", "Units delivered"),
        [(str(year), *(f"{stages[stage].get(year, 0):,}" for stage in stages)) for year in every],
        numbers=(1, 2),
    )
    told = {stage: sum(stages[stage].values()) for stage in stages}
    said = (
        f"{told['ordered']:,} units ordered and {told['delivered']:,} delivered in a year that an article tells; units without a year are "
        "left out here. A deal’s deliveries stand in the year of its last known one."
    )
    figure = figures.by_stage(every, stages["ordered"], stages["delivered"])
    return [*made, panels.chart("units-years", "Units ordered and delivered per year", said, figure, behind)]


def sums(found: Sequence[Units]) -> str:
    """The units of each weapon type in a sentence."""
    return " ".join(
        f"{one.name.capitalize()}: {figures.plural(one.ordered, 'unit')} ordered and {one.delivered:,} delivered, in "
        f"{figures.plural(one.standing, 'deal')}, {one.unnumbered:,} of them without any number."
        for one in found
    )


def statuses(data: Data, rows: np.ndarray) -> html.Section:
    """Deals or claims per year, by status."""
    noun = data.noun
    grid = aggregate.over_years(data, rows, "status", tuple(figures.STATUS))
    behind = panels.table(
        ("Year", *grid.down, "All"),
        [
            (year, *(f"{int(n):,}" for n in grid.counts[:, j]), f"{int(grid.counts[:, j].sum()):,}")
            for j, year in enumerate(grid.across)
        ],
        numbers=range(1, len(grid.down) + 2),
    )
    said = f"Each {noun} stands in the year of the stage that it has reached. Click a part of a bar to filter by its year and status."
    return panels.chart(
        "status-years", f"{noun.title()}s per year, by status", said, figures.by_status(grid, noun), behind, click="status"
    )


def ranking(table: Any, side: str, data: Data, filters: Filters) -> html.Section:
    noun = data.noun
    behind = panels.table(
        (side.title(), f"{noun.title()}s"),
        [(links.country(key, shown, filters), f"{n:,}") for key, shown, n in table.itertuples(index=False)],
        numbers=(1,),
    )
    unknown = int(table.loc[table["key"] == UNKNOWN, "count"].sum())
    missing = f"{figures.plural(unknown, noun)} without a named {side}. " if unknown else ""
    rest = f"{len(table) - TOP} more in the table. " if len(table) > TOP else ""
    return panels.chart(
        f"{side}s",
        f"{side.title()}s by number of {noun}s",
        f"{missing}{rest}Click a bar to filter by it.",
        figures.bars(table, TOP, noun, figures.SELLER if side == "seller" else figures.BUYER),
        behind,
        click=side,
    )
