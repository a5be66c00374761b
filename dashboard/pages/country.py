"""One state, group or body: what it bought and sold, from and to whom, when, of which types, what is open, and who tells of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from dash import dcc, html

from dashboard import articles, figures
from dashboard.aggregate import Ranking
from dashboard.charts import View, view_of
from dashboard.components import links, messages, panels, values
from dashboard.components.card import Place
from dashboard.components.filterbar import address
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters
from dashboard.pages import profile
from dashboard.pages.table import PATH as DEALS
from dashboard.profiles import COUNTRY, carried, spelled, within
from dashboard.profiles import address as profile_address
from dashboard.quantities import still_open, units
from dashboard.tally import Tally

SIDES = ("buyer", "seller")
# What a country did with what it stands on this side of.
WORDS = {"buyer": "bought", "seller": "sold"}


def layout(data: Data, filters: Filters, identity: str) -> tuple[list[Any], str]:
    """The page and its name; a message where no deal names the party."""
    key = spelled(data, SIDES, identity)
    if key is None:
        return profile.no_such("country or group", identity), "Not held"
    path = profile_address(COUNTRY, key, Filters())
    name = named(data, key)
    crumb = dcc.Link(f"← All {data.noun}s with {name}", href=address(DEALS, within(carried(filters), path)), id="to-deals")
    return profile.framed(data, filters, path, f"{name}: arms bought and sold", crumb, content(data, filters, path)), name


def named(data: Data, key: str) -> str:
    facet = next((data.facets[side] for side in SIDES if key in data.facets[side].index), None)
    return key if facet is None else facet.name(key)


def content(data: Data, filters: Filters, path: str) -> list[Any]:
    """What the filters leave of a country's deals or claims."""
    tally = Tally(within(filters, path), data)
    if not tally.count:
        return [messages.nothing_matches(path, data.noun)]
    rows = tally.rows
    asked = within(filters, path).kept["party"][0]
    key = spelled(data, SIDES, asked) or asked
    name, noun = named(data, key), data.noun
    sides = {side: rows & is_side(data, side, key) for side in SIDES}
    bought, sold = sides["buyer"], sides["seller"]
    home = int((bought & sold).sum())
    seen = {side: view_of(data, filters.keeping(side, (key,))) for side in sides}
    # Where a filter leaves a side empty, the view of that side, which sets the same key, is not what is in view.
    suppliers = seen["buyer"].ranked("seller") if bought.any() else Ranking((), (), ())
    customers = seen["seller"].ranked("buyer") if sold.any() else Ranking((), (), ())
    waiting = None if data.home is None else len(still_open(data, rows))
    head = [
        (f"{noun}s bought", int(bought.sum())),
        (f"{noun}s sold", int(sold.sum())),
        ("suppliers", partners(suppliers, key)),
        ("customers", partners(customers, key)),
        *([("open orders", waiting)] if waiting is not None else []),
        ("articles", articles.seen(data, rows)[0]),
    ]
    cards: list[Any] = []
    for side, chosen in sides.items():
        if chosen.any():
            cards += trade(seen[side], side, Place(filters, path))
    if data.home is None:
        cards.append(profile.no_sums(filters, path))
    else:
        cards += [amounts(data, chosen, WORDS[side], filters) for side, chosen in sides.items() if chosen.any()]
        orders = address(DEALS, within(carried(filters), path).keeping("status", ("ordered",)))
        cards.append(profile.open_orders(data, rows, filters, orders, country=key))
    for side, chosen in sides.items():
        word = WORDS[side]
        cards += values.card(f"{word}-values", f"Stated values of what was {word}", data, chosen, filters) if chosen.any() else []
    cards.append(profile.articles(data, rows, filters))
    return [
        panels.counts([(words(text, n), n) for text, n in head], "head"),
        html.P(reading(data, rows, name, suppliers, customers, home), className="reading", id="in-words"),
        html.Div(cards, className="cards"),
    ]


def words(text: str, count: int) -> str:
    """`deals bought` of one is `deal bought`."""
    first, _, rest = text.partition(" ")
    return f"{first[:-1]} {rest}" if count == 1 and rest and first.endswith("s") else text


def is_side(data: Data, side: str, key: str) -> np.ndarray:
    """The rows in which the party stands on this side."""
    facet = data.facets[side]
    place = facet.index.get(key)
    return np.zeros(len(data), dtype=bool) if place is None else facet.codes == place


def partners(ranking: Ranking, key: str) -> int:
    """Known parties on the other side, the country itself aside."""
    return sum(one not in (UNKNOWN, key) for one in ranking.keys)


def reading(data: Data, rows: np.ndarray, name: str, suppliers: Ranking, customers: Ranking, home: int) -> str:
    years = data.years[rows]
    known = years[years != NO_YEAR]
    when = f" Years {known.min()} to {known.max()}." if len(known) and known.min() != known.max() else ""
    parts = [
        f"{name} bought most often from {most(suppliers)}." if most(suppliers) else "",
        f"It sold most often to {most(customers)}." if most(customers) else "",
        when.strip(),
        f"{figures.plural(home, data.noun)} with its own industry count{'s' if home == 1 else ''} on both sides." if home else "",
        profile.status_words(data, rows),
    ]
    return " ".join(part for part in parts if part)


def most(ranking: Ranking) -> str:
    known, total = ranking.known(), ranking.total
    if not known.counts:
        return ""
    highest = known.counts[0]
    names = [name for name, n in zip(known.names, known.counts, strict=True) if n == highest]
    if len(names) == 1:
        return f"{names[0]} ({highest:,} of {total:,})"
    others = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {others} ({highest:,} of {total:,} each)"


def trade(seen: View, side: str, place: Place) -> list[html.Section]:
    """One side of a country's trade: years by type, partners, and partners over time."""
    other, word = next(one for one in SIDES if one != side), WORDS[side]
    return [
        profile.charted("timeline", seen, place, identity=f"{word}-years"),
        profile.charted(f"{other}s", seen, place, identity=f"{word}-partners"),
        profile.charted(f"{other}s-over-time", seen, place, identity=f"{word}-over-time", wide=True),
    ]


def amounts(data: Data, rows: np.ndarray, word: str, filters: Filters) -> html.Section:
    """Units by weapon type, and by system within it."""
    by_system = units(data, rows, "system")
    systems = profile.units_table(
        by_system[: profile.LISTED * 3],
        ("System", "Weapon type"),
        lambda one: (links.system(one.key, one.key, filters), one.weapon_type),
        f"{word}-systems",
    )
    left = f" The first {profile.LISTED * 3} of {len(by_system)} are listed." if len(by_system) > profile.LISTED * 3 else ""
    return panels.card(
        f"{word}-units",
        f"Units {word}, by weapon type",
        profile.UNITS_READING,
        profile.units_table(units(data, rows, "type"), ("Weapon type",), lambda one: (one.name,), f"{word}-types"),
        html.Details(
            [html.Summary(f"By system ({len(by_system)})"), html.P(left, className="reading") if left else None, systems],
            className="behind",
        ),
        wide=True,
    )
