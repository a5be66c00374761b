"""A register's file set against deals or claims, in the form that the Compare page filters: one row per outcome, found by either side.

Filters ask both sides: a row is kept where our claim, or the register's row, fits all of them. So each row has several sides,
one for ours and one for each year that the register names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.data import NO_YEAR, Data
from dashboard.facets import facet, facet_of_years
from dashboard.filters import Filters, mask
from extractors import OUTCOMES, Comparison, Reference, compare

MATCHED, DIFFERS, ONLY_ARTICLES, ONLY_REGISTER = OUTCOMES
# Filters that both sides can answer.
ASKED = ("buyer", "seller", "type", "year")
Side = tuple[int, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: `table` has the columns of `extractors.COMPARED`; `home` says of each side the row of the table."""

    table: pd.DataFrame
    sides: Data
    home: np.ndarray

    def rows(self, filters: Filters) -> np.ndarray:
        """One boolean per row: whether one of its sides fits the filters."""
        return self.kept(mask(asked(filters), self.sides))

    def outcome(self, found: str) -> np.ndarray:
        """One boolean per row: whether it has this outcome."""
        return (self.table["found"] == found).to_numpy(dtype=bool)

    def counts(self, filters: Filters, found: str, key: str) -> np.ndarray:
        """Rows of an outcome per value of a facet under every other filter: what choosing that value would show."""
        sides = mask(asked(filters).keeping(key, ()), self.sides) & self.outcome(found)[self.home]
        wide = len(self.sides.facets[key].keys)
        pairs = np.unique(self.home[sides] * wide + self.sides.facets[key].codes[sides])
        return np.bincount(pairs % wide, minlength=wide) if len(pairs) else np.zeros(wide, dtype=np.int64)

    def years(self) -> tuple[int, ...]:
        """The first and last year of either side; nothing where there are none."""
        known = self.sides.years[self.sides.years != NO_YEAR]
        return (int(known.min()), int(known.max())) if len(known) else ()

    def kept(self, sides: np.ndarray) -> np.ndarray:
        rows = np.zeros(len(self.table), dtype=bool)
        rows[self.home[sides]] = True
        return rows


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows have each outcome, and how many of the differing ones differ in what."""

    outcomes: dict[str, int]
    apart: dict[str, int]


def summary(table: pd.DataFrame) -> Summary:
    """The counts of a table, or of a part of one."""
    found = Counter(table["found"].tolist())
    apart = Counter(name for cell in table["differs"].tolist() for name in cell.split("; ") if name)
    return Summary({name: found[name] for name in OUTCOMES}, {name: apart[name] for name in ("quantity", "year", "seller")})


def asked(filters: Filters) -> Filters:
    """The part of the filters that both sides can answer."""
    return Filters(
        {key: values for key, values in filters.kept.items() if key in ASKED},
        {key: values for key, values in filters.dropped.items() if key in ASKED},
    )


def compared(reference: Reference, data: Data, counted: Filters) -> Compared:
    """A file's rows against the deals or the claims of a register that `counted` keeps, by buyer, year and system."""
    ours = data.frame[mask(counted, data)].reset_index(drop=True)
    table = ordered(compare(reference.rows, ours))
    sides = list(both(table, reference, ours))
    names = ["home", "buyer", "buyer_name", "seller", "seller_name", "type", "year"]
    frame = pd.DataFrame(sides, columns=names).astype(
        {name: "int64" if name in ("home", "year") else "str" for name in names}  # type: ignore[arg-type]
    )
    held = pa.Table.from_pandas(frame, preserve_index=False)
    at, years = np.arange(len(held)), frame["year"].to_numpy(dtype=np.int32)
    facets = {
        "buyer": facet(held["buyer"], held["buyer_name"], at),
        "seller": facet(held["seller"], held["seller_name"], at),
        "type": facet(held["type"], held["type"], at),
        "year": facet_of_years(years),
    }
    shown = Data(held, at, facets, years, data.label, data.version, "row")
    return Compared(table, shown, frame["home"].to_numpy())


def ordered(comparison: Comparison) -> pd.DataFrame:
    """All rows by buyer, then year, then system, whichever side names it."""
    table = comparison.table()
    keys = pd.DataFrame(
        {
            "buyer": table["buyer"].str.lower(),
            "year": table["year"].fillna(table["register_year"]),
            "system": table["system"].where(table["system"] != "", table["register_system"]).str.lower(),
        }
    )
    return table.loc[keys.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


def both(table: pd.DataFrame, reference: Reference, frame: pd.DataFrame) -> Iterator[Side]:
    """The sides of every row, in order: ours as the register of articles has it, theirs once for each of its years."""
    identity = "deal_id" if "deal_id" in frame.columns else "record_id"
    fields = ("buyer_iso3", "buyer", "seller_iso3", "seller", "weapon_type")
    ours = dict(zip(frame[identity], zip(*(frame[name].tolist() for name in fields), strict=True), strict=True))
    theirs = {row.row: row for row in reference.rows}
    cells = zip(*(table[name].tolist() for name in ("id", "year", "row")), strict=True)
    for place, (one, year, line) in enumerate(cells):
        if one:
            buyer_iso3, buyer, seller_iso3, seller, kind = ours[one]
            yield place, buyer_iso3 or buyer, buyer, seller_iso3 or seller, seller, kind, NO_YEAR if pd.isna(year) else int(year)
        if not pd.isna(line):
            row = theirs[int(line)]
            named = sorted({*row.delivery_years, *([] if row.ordered_year is None else [row.ordered_year])}) or [NO_YEAR]
            for year in named:
                yield (
                    place, row.buyer_iso3 or row.buyer, row.buyer, row.seller_iso3 or row.seller, row.seller, row.weapon_type, year,
                )  # fmt: skip
