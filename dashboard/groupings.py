"""Which regions and alliances the parties of a view belong to, and what its rows state: sets of keys for each row.

A row can have several keys at once (Egypt is in Africa and in Northern Africa), so a row's code stands for a whole set of them: few sets
occur, and a filter or a count costs what it costs for one key. Arrays in, arrays out; `dashboard.facets` makes facets of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from extractors import alliance_names, alliances, region_names, regions

UNKNOWN = "unknown"
REGIONS = (*region_names(), UNKNOWN)
ALLIANCES = (*alliance_names(), UNKNOWN)
# What a row can be asked to state.
STATED = {"quantity": "a quantity", "year": "a year", "seller": "a seller", "value": "a price"}


class Sets(NamedTuple):
    """`codes[row]` is a row of `members`, which says of each key whether the set has it."""

    codes: np.ndarray
    members: np.ndarray


def region_sets(keys: Sequence[str], codes: np.ndarray) -> Sets:
    """The regions of a party by its code; of who is no state, or not known, `unknown`."""
    place = {name: column for column, name in enumerate(REGIONS)}
    held = np.zeros((len(keys), len(REGIONS)), dtype=bool)
    for row, key in enumerate(keys):
        held[row, [place[name] for name in regions().get(key, (UNKNOWN,))]] = True
    return gathered(held, codes)


def alliance_sets(keys: Sequence[str], codes: np.ndarray, years: np.ndarray, no_year: int) -> Sets:
    """The alliances of a party in the row's year.

    Without a year, a state is in those that it has been in ever since they began; whether it was in one that it joined later, or
    left, is `unknown`, and so it is of who is no state.
    """
    first, last = span()
    table = memberships(keys, first, last)
    when = np.where(years == no_year, 0, np.clip(years, first, last) - first + 1)
    return gathered(table.reshape(-1, len(ALLIANCES)), codes.astype(np.int64) * table.shape[1] + when)


def span() -> tuple[int, int]:
    """The years that membership depends on: one before the first that joined, to one after the last that joined or left."""
    marks = [year for spell in alliances() for year in (spell.first, spell.last) if year is not None]
    return min(marks) - 1, max(marks) + 1


def memberships(keys: Sequence[str], first: int, last: int) -> np.ndarray:
    """`[party, 0 for no year or year - first + 1, alliance]`: whether it is a member."""
    place = {name: column for column, name in enumerate(ALLIANCES)}
    table = np.zeros((len(keys), last - first + 2, len(ALLIANCES)), dtype=bool)
    row_of: Mapping[str, int] = {key: row for row, key in enumerate(keys)}
    began: dict[str, int] = {}
    for spell in alliances():
        began[spell.group] = min(spell.first, began.get(spell.group, spell.first))
    for spell in alliances():
        row = row_of.get(spell.iso3)
        if row is None:
            continue
        until = last if spell.last is None else spell.last
        table[row, spell.first - first + 1 : until - first + 2, place[spell.group]] = True
        always = spell.last is None and spell.first == began[spell.group]
        table[row, 0, place[spell.group if always else UNKNOWN]] = True
    for key, row in row_of.items():
        if key not in regions():
            table[row, :, place[UNKNOWN]] = True
    return table


def stated_sets(flags: Mapping[str, np.ndarray]) -> Sets:
    """What each row states, from one boolean per row for each key of `STATED`."""
    count = len(STATED)
    codes = sum((flags[key].astype(np.int64) << bit for bit, key in enumerate(STATED)), start=np.int64(0))
    every = np.arange(1 << count)
    return gathered((every[:, None] >> np.arange(count)) & 1 == 1, np.asarray(codes))


def gathered(held: np.ndarray, codes: np.ndarray) -> Sets:
    """The distinct sets of `held`, and which of them each row has."""
    members, which = np.unique(held, axis=0, return_inverse=True)
    return Sets(which.reshape(-1).astype(np.int32)[codes], members)
