"""The headline figures of a view, and what the latest year adds to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.aggregate import Headline, headline
from dashboard.data import UNKNOWN, Data
from dashboard.figures import plural
from dashboard.tally import Counts

BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Change:
    """The latest year of the rows counted (no later than today's), rows in it and in the year before, and how many buyers, sellers
    and systems appear in it for the first time. `so_far` says that the year has not ended. Rows without a year take no part."""

    year: int
    now: int
    before: int
    buyers: int
    sellers: int
    systems: int
    so_far: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Headline figures with their change."""

    head: Headline
    change: Change | None


def figures_of(counts: Counts, *, today: date | None = None) -> Figures:
    """Figures over the rows of a view, whose filters have left out what totals leave out."""
    return Figures(headline(counts), change(counts, today or date.today()))


def change(counts: Counts, today: date) -> Change | None:
    """What the latest year brought; `None` where no row has a year that has begun."""
    data, rows, facet, per_year = counts.data, counts.rows, counts.data.facets["year"], counts.of("year")
    begun = [code for code in np.flatnonzero(per_year) if facet.keys[code] != UNKNOWN and int(facet.keys[code]) <= today.year]
    if not begun:
        return None
    code = int(begun[-1])
    year, before = int(facet.keys[code]), int(per_year[code - 1]) if code > 1 else 0
    now, earlier = np.flatnonzero(rows & (facet.codes == code)), rows & (facet.codes < code) & (facet.codes > 0)
    fresh = {key: first_seen(data, key, now, earlier) for key in ("buyer", "seller", "system")}
    return Change(year, len(now), before, fresh["buyer"], fresh["seller"], fresh["system"], year == today.year)


def first_seen(data: Data, key: str, now: np.ndarray, earlier: np.ndarray) -> int:
    """Known values of a facet at the places `now` that stand at none of the rows `earlier`; stops looking when all have been seen."""
    facet = data.facets[key]
    fresh = np.zeros(len(facet.keys), dtype=bool)
    fresh[facet.codes[now]] = True
    if UNKNOWN in facet.index:
        fresh[facet.index[UNKNOWN]] = False
    for start in range(0, len(earlier), BLOCK):
        if not fresh.any():
            break
        fresh[facet.codes[start : start + BLOCK].compress(earlier[start : start + BLOCK])] = False
    return int(np.count_nonzero(fresh))


def words_of(found: Figures) -> list[str]:
    """What stands under each figure (count, buyers, sellers, systems, articles); empty where nothing can be said."""
    told = f"from {plural(found.head.sources, 'source')}" if found.head.sources else ""
    moved = found.change
    if moved is None:
        return ["no year is known", "", "", "", told]
    so_far = " so far" if moved.so_far else ""
    years = f"{moved.now:,} in {moved.year}{so_far}, {moved.before:,} in {moved.year - 1}"
    return [
        years,
        *(
            f"{n:,} new in {moved.year}" if n else f"none new in {moved.year}"
            for n in (moved.buyers, moved.sellers, moved.systems)
        ),
        told,
    ]
