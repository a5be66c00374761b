"""A deal while claims are being added to it, with what the gates ask of it kept at hand.

Reports that say the same but for their day are one kind: a deal of thousands of reports is still judged by a few dozen kinds.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.records.deal_claims import ALWAYS, NEVER, DealClaim

BEFORE_DELIVERY = ("planned", "approved", "ordered")
FAR = 10**9
# (line, number, order year) -> how many articles of the block tell of it.
Told = Mapping[tuple[str, int | None, int | None], int]


@dataclass(slots=True, eq=False)
class Kind:
    """Claims of one deal that differ in nothing but article and day; `says` is the first of them, `days` are sorted."""

    says: DealClaim
    days: list[int]

    def days_from(self, day: int) -> int:
        """Days between `day` and the nearest report."""
        return nearest_day(self.days, day)


def nearest_day(days: list[int], day: int) -> int:
    """Days between `day` and the nearest of the sorted `days`; many where there are none."""
    at = bisect_left(days, day)
    after = days[at] - day if at < len(days) else FAR
    before = day - days[at - 1] if at else FAR
    return after if after < before else before


@dataclass(slots=True, eq=False)
class OpenDeal:
    """A deal while claims are still being added to it; `first` and `last` are the years that its order can lie in, `early_days` those of
    reports from before a delivery, `vague` the claims whose number is no single exact one, `lots` the numbered ones by `further`."""

    number: int
    told: Told
    claims: list[DealClaim] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    by_key: dict[tuple[object, ...], Kind] = field(default_factory=dict)
    by_article: dict[str, list[DealClaim]] = field(default_factory=lambda: defaultdict(list))
    days: list[int] = field(default_factory=list)
    early_days: list[int] = field(default_factory=list)
    planned_numbers: set[int] = field(default_factory=set)
    firm_numbers: set[int] = field(default_factory=set)
    orders: set[tuple[int, int | None]] = field(default_factory=set)
    vague: list[DealClaim] = field(default_factory=list)
    lots: dict[bool, list[DealClaim]] = field(default_factory=lambda: {False: [], True: []})
    order_years: set[int] = field(default_factory=set)
    sellers: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    class_ids: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    maker: bool = False
    further: bool = False
    numbered: int = 0
    ended: int | None = None
    begun: int = 0
    first: int = NEVER
    last: int = ALWAYS

    def add(self, claim: DealClaim) -> None:
        self.claims.append(claim)
        self.by_article[claim.article_id].append(claim)
        insort(self.days, claim.day)
        if claim.status in BEFORE_DELIVERY:
            insort(self.early_days, claim.day)
        key = key_of(claim)
        if key in self.by_key:
            insort(self.by_key[key].days, claim.day)
        else:
            self.by_key[key] = Kind(claim, [claim.day])
            self.kinds.append(self.by_key[key])
            self.widen(claim)
        if claim.low is not None:
            self.numbered += 1
        first, last = max(self.first, claim.earliest), min(self.last, claim.last)
        if first <= last:
            self.first, self.last = first, last

    def says(self) -> list[DealClaim]:
        """One claim of each kind."""
        return [kind.says for kind in self.kinds]

    def widen(self, claim: DealClaim) -> None:
        """Takes in what a claim says that none said before."""
        self.types.add(claim.type)
        if claim.lot:
            self.places.add(claim.lot)
        self.further |= claim.further
        self.makers.update(claim.makers)
        self.maker |= bool(claim.maker and claim.seller)
        if claim.low is not None:
            self.lots[claim.further].append(claim)
            if claim.is_exact:
                (self.planned_numbers if claim.status == "planned" else self.firm_numbers).add(claim.low)
                self.orders.add((claim.low, claim.ordered))
            else:
                self.vague.append(claim)
        if claim.ordered is not None:
            self.order_years.add(claim.ordered)
        if claim.cancelled is not None:
            self.ended = max(self.ended or 0, claim.cancelled)
        self.begun = max(self.begun, claim.ordered or claim.delivered or 0)
        if claim.seller:
            self.sellers.add(claim.seller)
        if claim.name:
            self.names.add(claim.name)
            self.lines.add(claim.line)
        if claim.class_id:
            self.class_ids.add(claim.class_id)


def key_of(claim: DealClaim) -> tuple[object, ...]:
    return (
        claim.low, claim.high, claim.loose, claim.status, claim.is_part, claim.further, claim.in_sets, claim.lot, claim.ordered, claim.cancelled, claim.delivered,
        claim.seller, claim.maker, claim.line, claim.name, claim.class_id, claim.type,
    )  # fmt: skip
