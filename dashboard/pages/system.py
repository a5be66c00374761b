"""One weapon system, with its variants where it is a family: who bought it, how many were ordered and delivered, when, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from dash import dcc, html

from dashboard import aggregate, figures
from dashboard.aggregate import Ranking
from dashboard.charts import CHARTS, View, view_of
from dashboard.components import links, messages, panels, values
from dashboard.components.card import Place, card
from dashboard.components.filterbar import address
from dashboard.components.scope import scope
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters, members
from dashboard.pages import profile
from dashboard.pages.table import PATH as DEALS
from dashboard.profiles import SYSTEM, carried, spelled, within
from dashboard.profiles import address as profile_address
from dashboard.quantities import Units, units
from extractors import families


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
    seen, place = view_of(data, within(filters, path)), Place(filters, path)
    if not seen.tally.count:
        return [messages.nothing_matches(path, data.noun)]
    noun, key, rows = data.noun, seen.filters.kept["family"][0], seen.rows
    buyers, variants = seen.ranked("buyer"), seen.ranked("system")
    total = aggregate.headline(seen.tally)
    head = [
        (f"{noun}s", total.count),
        ("buyers", total.buyers),
        ("sellers", total.sellers),
        *([("variants named", len(variants))] if len(variants) > 1 else []),
        ("articles", total.articles),
    ]
    stages = view_of(data, seen.filters.keeping("by", ("status",)))
    cards: list[Any] = [
        profile.charted("timeline", stages, place, identity="status-years", switched=False),
        profile.charted("buyers", seen, place),
        profile.charted("sellers", seen, place),
        profile.charted("buyers-over-time", seen, place, wide=True),
    ]
    if data.home is None:
        cards.insert(0, profile.no_sums(filters, path))
    else:
        cards[0:0] = amounts(seen, filters, place)
    if len(variants) > 1:
        cards.insert(0, family_card(key, variants, noun, filters))
    if data.home is not None:
        orders = address(DEALS, within(carried(filters), path).keeping("status", ("ordered",)))
        cards.append(profile.open_orders(data, rows, filters, orders))
    cards += values.card("values", "Stated values", data, rows, filters)
    cards.append(profile.articles(data, rows, filters))
    return [
        panels.counts(head, "head"),
        html.P(reading(data, rows, buyers), className="reading", id="in-words"),
        html.Div(cards, className="cards"),
    ]


def reading(data: Data, rows: np.ndarray, buyers: Ranking) -> str:
    years = data.years[rows]
    known = years[years != NO_YEAR]
    named = buyers.known()
    first = ", ".join(f"{name} ({n:,})" for name, n in zip(named.names[:5], named.counts[:5], strict=True))
    rest = f" and {len(named) - 5} more" if len(named) > 5 else ""
    parts = [
        f"Bought, or to be bought, by {first}{rest}." if first else "No article names a buyer.",
        f"Years {known.min()} to {known.max()}." if len(known) and known.min() != known.max() else "",
        profile.status_words(data, rows),
    ]
    return " ".join(part for part in parts if part)


def family_card(key: str, variants: Ranking, noun: str, filters: Filters) -> html.Section:
    """The variants that stand together on a family's page, each with its own page."""
    items = [
        html.Li([one if one == key else links.system(one, one, filters), f" ({n:,})"])
        for one, n in zip(variants.keys, variants.counts, strict=True)
    ]
    said = f"This page takes the {key} and its variants together; {noun}s that name only “{key}” stand under that name."
    return panels.card("family", "Variants", said, html.Ul(items, className="variants", id="variants"), wide=True)


def amounts(seen: View, filters: Filters, place: Place) -> list[html.Section]:
    """Units by buyer, and per year where all are of one weapon type."""
    found = units(seen.data, seen.rows, "buyer")
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
            html.P(sums(units(seen.data, seen.rows, "type")), id="sums"),
            profile.units_table(shown, ("Buyer", *(("Weapon type",) if apart else ())), name, "buyers-units"),
            wide=True,
        )
    ]
    yearly = CHARTS["units"](seen)
    return [*made, card(yearly, replace(place, chart=seen.filters, scope=scope(seen)))] if yearly.table.rows else made


def sums(found: Sequence[Units]) -> str:
    """The units of each weapon type in a sentence."""
    return " ".join(
        f"{one.name.capitalize()}: {figures.plural(one.ordered, 'unit')} ordered and {one.delivered:,} delivered, in "
        f"{figures.plural(one.standing, 'deal')}, {one.unnumbered:,} of them without any number."
        for one in found
    )
