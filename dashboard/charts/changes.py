"""The headline figures of a view, and what the latest year adds to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.aggregate import Headline, headline
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.figures import plural
from dashboard.filters import Filters

# Stages at which nothing is agreed, or no longer.
OPEN = ("planned", "cancelled")


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
    """Headline figures with their change, the named sources behind them, and how many rows of each open stage they leave out."""

    head: Headline
    change: Change | None
    sources: int
    left_out: dict[str, int]


def figures_of(data: Data, filters: Filters, rows: np.ndarray, *, today: date | None = None) -> Figures:
    """Figures over what is agreed, ordered or delivered; planned and cancelled rows are left out unless the filters speak of status."""
    status, day = data.facets["status"], today or date.today()
    if "status" in filters.kept or "status" in filters.dropped:
        return Figures(headline(data, rows), change(data, rows, day), sources(data, rows), {})
    apart = {key: status.index[key] for key in OPEN if key in status.index}
    counts = status.counts(rows)
    firm = rows & ~np.isin(status.codes, list(apart.values()))
    left_out = {key: int(counts[code]) for key, code in apart.items() if counts[code]}
    return Figures(headline(data, firm), change(data, firm, day), sources(data, firm), left_out)


def sources(data: Data, rows: np.ndarray) -> int:
    """How many named sources stand behind the rows."""
    facet = (data.claims or data).facets["source"]
    counts = facet.counts(data.claim_rows(rows))
    return int(np.count_nonzero(counts)) - int(UNKNOWN in facet.index and counts[facet.index[UNKNOWN]] > 0)


def change(data: Data, rows: np.ndarray, today: date) -> Change | None:
    """What the latest year brought; `None` where no row has a year that has begun."""
    dated = rows & (data.years != NO_YEAR) & (data.years <= today.year)
    if not dated.any():
        return None
    year = int(data.years[dated].max())
    now, earlier = np.flatnonzero(dated & (data.years == year)), np.flatnonzero(dated & (data.years < year))
    fresh = {key: first_seen(data, key, now, earlier) for key in ("buyer", "seller", "system")}
    before = int(np.count_nonzero(data.years[earlier] == year - 1))
    return Change(year, len(now), before, fresh["buyer"], fresh["seller"], fresh["system"], year == today.year)


def first_seen(data: Data, key: str, now: np.ndarray, earlier: np.ndarray) -> int:
    """Known values of a facet at the places `now` that stand at none of the places `earlier`."""
    facet = data.facets[key]
    seen, met = np.zeros(len(facet.keys), dtype=bool), np.zeros(len(facet.keys), dtype=bool)
    seen[facet.codes[earlier]] = True
    met[facet.codes[now]] = True
    if UNKNOWN in facet.index:
        met[facet.index[UNKNOWN]] = False
    return int(np.count_nonzero(met & ~seen))


def words_of(found: Figures) -> list[str]:
    """What stands under each figure (count, buyers, sellers, systems, articles); empty where nothing can be said."""
    told = f"from {plural(found.sources, 'source')}" if found.sources else ""
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
