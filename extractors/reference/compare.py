"""A register's rows set against our records or deals: what both have, where they differ, and what only one side has.

Pure: rows and a frame in, frames out. All three frames have the columns of `COMPARED`; our side stands before the register's, so
that `year` and `register_year` can be read beside each other. Money is never compared with a register's volume.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors.reference.match import Pair, match, number_agrees, sellers_agree, years_since
from extractors.reference.model import ReferenceRow
from extractors.reference.sides import Side, block_of, key_column, side_of_row, sides_of_frame, text, whole
from extractors.reference.terms import SIPRI, UNROCA

MATCHED, DIFFERS, ONLY_ARTICLES, ONLY_REGISTER = "matched", "differs", "only articles", "only register"
OUTCOMES = (MATCHED, DIFFERS, ONLY_ARTICLES, ONLY_REGISTER)
# Column -> dtype and meaning, in order.
COMPARED: Mapping[str, tuple[str, str]] = {
    "found": ("str", f"{MATCHED}; {DIFFERS} (matched, but a field differs); {ONLY_ARTICLES}; {ONLY_REGISTER}"),
    "differs": ("str", "fields that differ: quantity, year, seller; only where both sides give one"),
    "by": ("str", "what the systems agree by: name, family (another variant), kind (one side names only the kind)"),
    "why": ("str", "why the register may not have it, where that can be told"),
    "buyer": ("str", "recipient by our name, else the register's"),
    "buyer_iso3": ("str", "ISO 3166 alpha-3 of the buyer"),
    "weapon_type": ("str", "type of weapon"),
    "system": ("str", "our system"),
    "register_system": ("str", "the register's designation, else its description"),
    "quantity": ("Int64", "our quantity"),
    "register_ordered": ("Int64", "the register's number ordered"),
    "register_delivered": ("Int64", "the register's number delivered"),
    "year": ("Int64", "our year: of the order where told, else of the status"),
    "register_year": ("Int64", "the register's year of order"),
    "register_deliveries": ("str", "the register's years of delivery"),
    "seller": ("str", "our seller"),
    "register_seller": ("str", "the register's seller"),
    "status": ("str", "our status"),
    "register_status": ("str", "the register's status (new, second hand)"),
    "register_uncertain": ("str", "fields that the register marks as uncertain"),
    "register_tiv": ("Float64", "trend-indicator value of the deliveries, in millions: a volume, not money"),
    "register_comment": ("str", "the register's comment"),
    "row": ("Int64", "line of the register's file where the row begins"),
    "id": ("str", "our deal's or record's id"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome: three frames with the columns of `COMPARED`, and how many candidates were compared."""

    matched: pd.DataFrame
    only_articles: pd.DataFrame
    only_register: pd.DataFrame
    compared: int

    def table(self) -> pd.DataFrame:
        """The three frames below each other."""
        return pd.concat([self.matched, self.only_articles, self.only_register], ignore_index=True)

    def summary(self) -> dict[str, int]:
        """How many rows of each outcome, and of each difference."""
        found = Counter(self.matched["found"].tolist())
        apart = Counter(name for cell in self.matched["differs"].tolist() for name in cell.split("; ") if name)
        return {
            "matched": len(self.matched),
            "alike": found[MATCHED],
            "differing": found[DIFFERS],
            **{f"differing in {name}": apart[name] for name in ("quantity", "year", "seller")},
            "only in the articles": len(self.only_articles),
            "only in the register": len(self.only_register),
        }


def compare(rows: Sequence[ReferenceRow], frame: pd.DataFrame) -> Comparison:
    """Rows of one register against a frame of records or of deals."""
    ours = sides_of_frame(frame)
    theirs = [side_of_row(row, place) for place, row in enumerate(rows)]
    yearly = bool(rows) and rows[0].register == UNROCA
    found = match(theirs, ours, parts=yearly)
    told = Told(frame)
    both = [register_side(rows[p.row.place]) | told.ours(p.ours) | verdict(p, yearly) for p in found.pairs]
    used_ours = {p.ours.place for p in found.pairs}
    used_rows = {p.row.place for p in found.pairs}
    scope = Scope(theirs, rows)
    alone = []
    for side in ours:
        if side.place not in used_ours:
            cells = told.ours(side)
            alone.append(cells | {"found": ONLY_ARTICLES, "why": scope.why(side, cells["status"])})
    missing = [register_side(row) | {"found": ONLY_REGISTER} for place, row in enumerate(rows) if place not in used_rows]
    return Comparison(framed(both), framed(alone), framed(missing), found.compared)


class Told:
    """Our side's cells, by place in the frame."""

    TEXTS = ("buyer", "buyer_iso3", "weapon_type", "system", "seller", "status")

    def __init__(self, frame: pd.DataFrame) -> None:
        names = (*self.TEXTS, "quantity", "year", "year_ordered", key_column(frame))
        self.columns = {name: frame[name].tolist() for name in names if name in frame.columns}
        self.key = key_column(frame)

    def ours(self, side: Side) -> dict[str, Any]:
        at = side.place
        ordered = whole(self.columns["year_ordered"][at]) if "year_ordered" in self.columns else None
        cells: dict[str, Any] = {name: text(self.columns[name][at]) for name in self.TEXTS}
        cells["quantity"] = whole(self.columns["quantity"][at])
        cells["year"] = ordered if ordered is not None else whole(self.columns["year"][at])
        cells["id"] = text(self.columns[self.key][at])
        return cells


def register_side(row: ReferenceRow) -> dict[str, Any]:
    """The register's cells of an outcome."""
    return {
        "buyer": row.buyer,
        "buyer_iso3": row.buyer_iso3,
        "weapon_type": row.weapon_type,
        "register_system": row.designation or row.description or row.category,
        "register_ordered": row.quantity_ordered,
        "register_delivered": row.quantity_delivered,
        "register_year": row.ordered_year,
        "register_deliveries": "; ".join(map(str, row.delivery_years)),
        "register_seller": row.seller,
        "register_status": row.status,
        "register_uncertain": "; ".join(row.estimated),
        "register_tiv": row.tiv,
        "register_comment": row.comment,
        "row": row.row,
    }


def verdict(pair: Pair, yearly: bool) -> dict[str, Any]:
    """How a pair agrees, and the fields in which it does not."""
    row, ours = pair.row, pair.ours
    apart = []
    if number_agrees(row, ours) == 0 and not (yearly and is_part(row, ours)):
        apart.append("quantity")
    if years_differ(row, ours):
        apart.append("year")
    if not sellers_agree(row, ours):
        apart.append("seller")
    return {"found": DIFFERS if apart else MATCHED, "differs": "; ".join(apart), "by": pair.how}


def is_part(row: Side, ours: Side) -> bool:
    """Whether a report of one year may be a part of our number."""
    return bool(row.numbers) and (ours.high is None or max(row.numbers) <= ours.high)


def years_differ(row: Side, ours: Side) -> bool:
    """Whether both name the year of the order and these differ, or else no year of ours is one of the register's, nor one of its reports a delivery."""
    if not row.years or not ours.years:
        return False
    if row.ordered is not None and ours.ordered is not None:
        return row.ordered != ours.ordered
    return not set(row.years) & set(ours.years) and years_since(row, ours) is None


class Scope:
    """What a register, and this file of it, can have at all."""

    def __init__(self, theirs: Sequence[Side], rows: Sequence[ReferenceRow]) -> None:
        self.register = rows[0].register if rows else ""
        self.buyers = {block_of(side.buyer) for side in theirs}
        years = [year for side in theirs for year in side.years]
        self.first, self.last = min(years, default=0), max(years, default=9999)

    def why(self, ours: Side, status: str) -> str:
        """Why one of ours may be missing in the register; empty where nothing tells."""
        if not ours.buyer:
            return "the articles name no buyer"
        if status in ("planned", "approved"):
            return "not yet an order"
        if status == "cancelled":
            return "cancelled"
        if self.register == SIPRI and ours.kind in ("small arms", "ammunition", "other"):
            return "a kind that the register does not list"
        if block_of(ours.buyer) not in self.buyers:
            return "the file has nothing of this buyer"
        if ours.years and (max(ours.years) < self.first or min(ours.years) > self.last):
            return "the file has nothing of these years"
        return ""


def framed(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Outcomes as a frame with exactly the columns of `COMPARED`."""
    columns = {}
    for name, (dtype, _) in COMPARED.items():
        empty = "" if dtype == "str" else None
        columns[name] = pd.Series([row.get(name, empty) for row in rows], dtype="object").astype(dtype)  # type: ignore[call-overload]
    return pd.DataFrame(columns)
