"""The filter changes of a plausible analyst, one after the other: buyers, sellers, types, systems, years and regions come and go.

Values are drawn at random (from a seed), by the root of how often they occur, and never so that nothing is left, for no menu offers that.
No view comes twice, so that no answer that was given before helps; so most views are narrow ones. `WIDE` are some that hold much.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from dashboard.data import UNKNOWN, Data
from dashboard.filters import Filters, mask

LISTS = {"buyer": 5, "seller": 4, "type": 4, "system": 2}
REGIONS = {"buyer_region": 2, "seller_region": 1}
WIDE = ("type=missile&type=aircraft", "year=1996-", "buyer_region=Asia&buyer_region=Africa", "status=delivered&status=ordered")
YEARS, CLEAR = 5, 1
# The more values stand, the likelier one of them goes next: views have two or three, seldom more.
AWAY = 4
MOST_VALUES = 3


def walk(data: Data, steps: int, seed: int, *, regions: bool = True) -> list[str]:
    """`steps` queries, each of them one change away from a view before it; without `regions`, of what the closed filter bar shows."""
    made, filters = random.Random(seed), Filters()
    found: dict[str, None] = {}
    for changed in changes(made, data, filters, LISTS | (REGIONS if regions else {})):
        found.setdefault(changed.query())
        if len(found) == steps:
            break
    return list(found)


def changes(made: random.Random, data: Data, filters: Filters, lists: dict[str, int]) -> Iterator[Filters]:
    """View after view without an end."""
    while True:
        kinds = {**lists, "year": YEARS, "away": AWAY * sum(map(len, filters.kept.values())), "clear": CLEAR}
        kind = made.choices(list(kinds), list(kinds.values()))[0]
        if kind == "clear":
            filters = Filters()
            continue
        if kind == "away":
            changed = less(made, filters)
        elif kind == "year":
            changed = filters.keeping("year", (span(made, data),))
        else:
            changed = more(made, data, filters, kind)
        if changed and changed != filters and mask(changed, data).any():
            filters = changed
            yield filters


def less(made: random.Random, filters: Filters) -> Filters:
    """One value fewer."""
    if not filters.kept:
        return filters
    key = made.choice(sorted(filters.kept))
    return filters.minus(key, made.choice(filters.kept[key]))


def more(made: random.Random, data: Data, filters: Filters, key: str) -> Filters:
    """One value more of a key."""
    facet, held = data.facets[key], filters.kept.get(key, ())
    if len(held) == MOST_VALUES:
        return filters
    weights = [
        0.0 if one == UNKNOWN or one in held else float(n) ** 0.5 for one, n in zip(facet.keys, facet.counts(), strict=True)
    ]
    return filters.keeping(key, (*held, made.choices(facet.keys, weights)[0]))


def span(made: random.Random, data: Data) -> str:
    """From a year on, up to a year, between two, or one."""
    known = [int(year) for year in data.facets["year"].keys if year != UNKNOWN]
    first, last = sorted((made.choice(known), made.choice(known)))
    return made.choice((f"{first}-", f"-{last}", f"{first}-{last}", f"{first}")) if first < last else f"{first}"
