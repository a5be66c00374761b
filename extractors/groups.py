"""The groups that states belong to: the UN's geographical regions, and alliances and unions by year of membership.

Articles are not read with these; they serve whoever counts records by more than single states.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.tables import DATA, TableError, read_csv


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of a state's membership: from the first year at whose end it was a member to the last such year, or `None` if it still is."""

    iso3: str
    group: str
    first: int
    last: int | None


@functools.cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """ISO 3166 alpha-3 -> the names of its regions (UN M49), the widest first. Raises `TableError`."""
    levels = ("region", "subregion", "intermediate")
    rows = read_csv(DATA / "gazetteers" / "regions.csv", ("iso3", *levels))
    found = {row["iso3"]: tuple(row[level] for level in levels if row[level]) for row in rows}
    if len(found) < len(rows):
        raise TableError(f"{DATA / 'gazetteers' / 'regions.csv'}: a state stands twice; give each one line")
    return found


@functools.cache
def alliances() -> tuple[Membership, ...]:
    """Every spell of membership in an alliance or union, in file order. Raises `TableError`."""
    path = DATA / "gazetteers" / "alliances.csv"
    try:
        return tuple(
            Membership(row["iso3"], row["group"], int(row["from"]), int(row["to"]) if row["to"] else None)
            for row in read_csv(path, ("iso3", "group", "from", "to"))
        )
    except ValueError as error:
        raise error if isinstance(error, TableError) else TableError(f"{path}: {error}; years are whole numbers") from error


def region_names() -> tuple[str, ...]:
    """Every region, in alphabetical order."""
    return tuple(sorted({name for names in regions().values() for name in names}))


def alliance_names() -> tuple[str, ...]:
    """Every alliance and union, in file order."""
    return tuple(dict.fromkeys(spell.group for spell in alliances()))
