"""Pure sums of units. Units are added up only within one weapon type, ordered and delivered ones apart, and only over deals:
several articles tell of the same units, so claims of units have no sum.

What is planned, approved or cancelled was not ordered: it is counted as deals beside the units, never in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.data import NO_YEAR, Data

STANDING = ("ordered", "delivered")


@dataclass(frozen=True, slots=True)
class Units:
    """The deals of one weapon type that share a value (`key`): `ordered` and `delivered` units, as far as `unnumbered` deals leave them known.

    `standing` deals were ordered or delivered, `planned` ones at most approved; `deals` are all of them, with the `cancelled`.
    """

    key: str
    name: str
    weapon_type: str
    deals: int
    standing: int
    ordered: int
    delivered: int
    unnumbered: int
    planned: int
    cancelled: int


def units(data: Data, rows: np.ndarray, key: str) -> list[Units]:
    """Units by the values of a facet and, within each, by weapon type, of the deals under a mask; most deals first."""
    facet, types = data.facets[key], data.facets["type"]
    places = np.flatnonzero(rows)
    wide = len(types.keys)
    group = facet.codes[places].astype(np.int64) * wide + types.codes[places]
    standing, cancelled = of_status(data, *STANDING)[places], of_status(data, "cancelled")[places]
    ordered, delivered = (data.numbers(f"quantity_{stage}")[places] for stage in STANDING)
    unnumbered = standing & np.isnan(ordered) & np.isnan(delivered)

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(group[mask], minlength=len(facet.keys) * wide)

    def total(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
        counted = mask & ~np.isnan(values)
        return np.bincount(group[counted], weights=values[counted], minlength=len(facet.keys) * wide).astype(np.int64)

    everything = np.ones(len(places), dtype=bool)
    columns = (
        count(everything),
        count(standing),
        total(ordered, standing),
        # What arrived before a deal was cancelled has arrived.
        total(delivered, everything),
        count(unnumbered),
        count(~standing & ~cancelled),
        count(cancelled),
    )
    found = np.flatnonzero(columns[0])
    codes = found[np.lexsort((types.places[found % wide], facet.places[found // wide], -columns[0][found]))]
    told = zip((codes // wide).tolist(), (codes % wide).tolist(), *(column[codes].tolist() for column in columns), strict=True)
    return [Units(facet.keys[one], facet.names[one], types.keys[kind], *counts) for one, kind, *counts in told]


def of_status(data: Data, *statuses: str) -> np.ndarray:
    """The rows that stand at one of these statuses."""
    facet = data.facets["status"]
    return facet.having(np.array([key in statuses for key in facet.keys], dtype=bool))


def units_by_year(data: Data, rows: np.ndarray, stage: str) -> dict[int, int]:
    """Units ordered or delivered (`stage`) per year in which that happened; what has no year or no number is left out."""
    places = np.flatnonzero(rows & of_status(data, *STANDING))
    years, told = data.numbers(f"year_{stage}")[places], data.numbers(f"quantity_{stage}")[places]
    known = ~np.isnan(years) & ~np.isnan(told)
    if not known.any():
        return {}
    found, place = np.unique(years[known].astype(np.int64), return_inverse=True)
    sums = np.bincount(place, weights=told[known])
    return {int(year): int(n) for year, n in zip(found, sums, strict=True)}


def short_of(data: Data, places: np.ndarray) -> np.ndarray:
    """Units of each order that were not delivered yet, by what articles tell: not a number where they tell none, 0 where all came."""
    ordered, delivered = (data.numbers(f"quantity_{stage}")[places] for stage in STANDING)
    return np.maximum(ordered - np.nan_to_num(delivered), 0.0)


def still_open(data: Data, rows: np.ndarray) -> np.ndarray:
    """Places of the deals that were ordered and of which no article tells the whole delivery, latest first, those without a year last."""
    places = np.flatnonzero(rows & of_status(data, *STANDING))
    waiting = places[of_status(data, "ordered")[places] | (short_of(data, places) > 0)]
    years = data.years[waiting]
    return waiting[np.lexsort((data.levels("system")[waiting], -years, years == NO_YEAR))]
