"""One state, group or body: what it bought and sold, from and to whom, when, of which types, what is open, and who tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from dash import dcc, html

from dashboard import aggregate, figures
from dashboard.components import links, messages, panels, values
from dashboard.components.filterbar import address
from dashboard.components.matrix import matrix
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import Filters
from dashboard.pages import profile
from dashboard.pages.table import PATH as DEALS
from dashboard.profiles import COUNTRY, carried, spelled, within
from dashboard.profiles import address as profile_address
from dashboard.quantities import units

TOP = 12
SIDES = ("buyer", "seller")


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
    rows = profile.in_view(data, filters, path)
    if not rows.any():
        return [messages.nothing_matches(path, data.noun)]
    key = within(filters, path).kept["party"][0]
    name, noun = named(data, key), data.noun
    sides = {side: rows & is_side(data, side, key) for side in SIDES}
    bought, sold = sides["buyer"], sides["seller"]
    home = int((bought & sold).sum())
    suppliers, customers = aggregate.ranked(data, bought, "seller"), aggregate.ranked(data, sold, "buyer")
    known = profile.known_rows(data, rows)
    waiting = len(profile.still_open(known[1])) if known else None
    head = [
        (f"{noun}s bought", int(bought.sum())),
        (f"{noun}s sold", int(sold.sum())),
        ("suppliers", partners(suppliers, key)),
        ("customers", partners(customers, key)),
        *([("open orders", waiting)] if waiting is not None else []),
        ("articles", aggregate.headline(data, rows).articles),
    ]
    cards: list[Any] = []
    if bought.any():
        cards += trade(data, bought, "bought", suppliers, filters, name, key)
    if sold.any():
        cards += trade(data, sold, "sold", customers, filters, name, key)
    if known is None:
        cards.append(panels.card("units", "Units by weapon type", profile.no_sums(data, filters, path).children, wide=True))
    else:
        places, told = known
        for word, chosen in (("bought", bought), ("sold", sold)):
            inside = chosen[places]
            if inside.any():
                cards.append(
                    amounts(data, places[inside], [row for row, kept in zip(told, inside, strict=True) if kept], word, filters)
                )
        orders = address(DEALS, within(carried(filters), path).keeping("status", ("ordered",)))
        cards.append(profile.open_orders(told, filters, orders, country=key))
    for word, chosen in (("bought", bought), ("sold", sold)):
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


def partners(table: Any, key: str) -> int:
    """Known parties on the other side, the country itself aside."""
    return int((~table["key"].isin([UNKNOWN, key])).sum())


def reading(data: Data, rows: np.ndarray, name: str, suppliers: Any, customers: Any, home: int) -> str:
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


def most(table: Any) -> str:
    known = table[table["key"] != UNKNOWN]
    if not len(known):
        return ""
    highest = int(known["count"].iloc[0])
    names = known.loc[known["count"] == highest, "name"].tolist()
    total = int(table["count"].sum())
    if len(names) == 1:
        return f"{names[0]} ({highest:,} of {total:,})"
    others = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {others} ({highest:,} of {total:,} each)"


def trade(data: Data, rows: np.ndarray, word: str, table: Any, filters: Filters, name: str, key: str) -> list[html.Section]:
    """One side of a country's trade: years by type, partners, and partners over time."""
    noun, other = data.noun, "seller" if word == "bought" else "buyer"
    role = "Suppliers" if word == "bought" else "Customers"
    years = aggregate.by_year_and_type(data, rows)
    timed = panels.table(
        ("Year", *years.columns, "All"),
        [
            (("unknown" if year == NO_YEAR else str(year)), *(f"{int(n):,}" for n in line), f"{int(line.sum()):,}")
            for year, line in zip(years.index, years.to_numpy(), strict=True)
        ],
        numbers=range(1, len(years.columns) + 2),
    )
    ranked = panels.table(
        (role[:-1], f"{noun.title()}s"),
        [(links.country(key, shown, filters), f"{n:,}") for key, shown, n in table.itertuples(index=False)],
        numbers=(1,),
    )
    unknown = int(table.loc[table["key"] == UNKNOWN, "count"].sum())
    missing = f" {figures.plural(unknown, noun)} without a named {other}." if unknown else ""
    rest = f" {len(table) - TOP} more in the table." if len(table) > TOP else ""
    return [
        panels.chart(
            f"{word}-years",
            f"{noun.title()}s {word} per year, by weapon type",
            f"{name} {word} in {figures.plural(int(rows.sum()), noun)}. Click a part of a bar to filter by its year and type.",
            figures.timeline(years),
            timed,
            click="type",
        ),
        panels.chart(
            f"{word}-partners",
            f"{role} by number of {noun}s",
            f"{most(table) or 'None is named'}.{missing}{rest} Click a bar to filter by it.",
            figures.bars(table, TOP, noun, figures.SELLER if other == "seller" else figures.BUYER),
            ranked,
            click=other,
        ),
        over_time(data, rows, word, other, key, filters),
    ]


def over_time(data: Data, rows: np.ndarray, word: str, other: str, key: str, filters: Filters) -> html.Section:
    """Partners down, years across."""
    noun = data.noun
    grid = aggregate.over_years(data, rows, other, aggregate.leading(data, rows, other, TOP))
    role = "Suppliers" if word == "bought" else "Customers"
    facet = data.facets[other]
    side = {"bought": "buyer", "sold": "seller"}[word]

    def cell(partner: str, year: str) -> str | None:
        if partner == aggregate.OTHERS:
            return None
        chosen = carried(filters).keeping(side, (key,)).keeping(other, (partner,)).keeping("year", (year,))
        return address(DEALS, chosen)

    return panels.card(
        f"{word}-over-time",
        f"{role} over time",
        f"{noun.title()}s {word} per partner and year; the darker, the more. A number opens its {noun}s.",
        matrix(
            grid,
            [{aggregate.OTHERS: "Others", UNKNOWN: "Unknown"}.get(one, facet.name(one)) for one in grid.down],
            grid.across,
            corner=role[:-1],
            highest=int(grid.counts.max()),
            links=cell,
            label=f"{role} over time",
        ),
        wide=True,
    )


def amounts(data: Data, places: np.ndarray, rows: Sequence[profile.Row], word: str, filters: Filters) -> html.Section:
    """Units by weapon type, and by system within it."""
    by_system = units(data, places, rows, "system")
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
        profile.units_table(units(data, places, rows, "type"), ("Weapon type",), lambda one: (one.name,), f"{word}-types"),
        html.Details(
            [html.Summary(f"By system ({len(by_system)})"), html.P(left, className="reading") if left else None, systems],
            className="behind",
        ),
        wide=True,
    )
