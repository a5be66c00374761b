"""Which row of a register speaks of which deal of ours: by buyer, seller, system and years, one row to one deal.

A row and a deal are compared only where they share the buyer, the system (or the kind, where one side names no more) and a year;
of those the ones nearest in number. That keeps the work near linear however many years and states a file holds. Pairs are then
taken best first; ties go to the earlier row and the smaller id, so that the outcome depends on the two sides alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.reference.sides import WIDE_CLASSES, Side, block_of, same_party

YEARS_APART = 2
# A report of one year's transfers can be of an order so many years before: the median lag is one year, long ones reach ten.
DELIVERED_WITHIN = 10
# Of one buyer, system and year at most so many deals are compared with a row: those nearest in number, and such as give none.
NEAREST, NUMBERLESS = 12, 4
# A kind without a name fits only where the numbers are of one size.
ALIKE = 1.25
ANY_YEAR, NO_YEAR = -1, 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and a deal that agree; `how` says by what: `name`, `family` or `kind`. `rank` is compared, higher is better."""

    row: Side
    ours: Side
    how: str
    rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs by row, and how many candidates were compared to find them."""

    pairs: tuple[Pair, ...]
    compared: int


class Index:
    """Our side by buyer, what is named, and year; in each place sorted by number."""

    def __init__(self, ours: Iterable[Side]) -> None:
        self.counted: dict[tuple[str, str, int], list[tuple[int, int, Side]]] = defaultdict(list)
        self.numberless: dict[tuple[str, str, int], list[Side]] = defaultdict(list)
        for side in ours:
            if not side.buyer:
                continue
            buyer = block_of(side.buyer)
            for sign in signs(side):
                for year in (ANY_YEAR, *(side.years or (NO_YEAR,))):
                    place = (buyer, sign, year)
                    if side.numbers:
                        self.counted[place].append((side.numbers[0], side.place, side))
                    else:
                        self.numberless[place].append(side)
        for found in self.counted.values():
            found.sort(key=lambda entry: entry[:2])

    def candidates(self, row: Side) -> list[Side]:
        """Ours that may be the row's, nearest in number first where there are many."""
        buyer = block_of(row.buyer)
        found: dict[int, Side] = {}
        for sign in wanted(row):
            for year in years_of(row):
                place = (buyer, sign, year)
                for side in self.numberless.get(place, ())[:NUMBERLESS]:
                    found[side.place] = side
                for number in row.numbers or (0,):
                    for side in nearest(self.counted.get(place, ()), number):
                        found[side.place] = side
        return list(found.values())


def nearest(entries: Sequence[tuple[int, int, Side]], number: int) -> list[Side]:
    """The entries around a number, at most `NEAREST`."""
    if len(entries) <= NEAREST:
        return [side for _, _, side in entries]
    middle = bisect_left(entries, number, key=lambda entry: entry[0])
    start = max(0, min(middle - NEAREST // 2, len(entries) - NEAREST))
    return [side for _, _, side in entries[start : start + NEAREST]]


def signs(side: Side) -> list[str]:
    """The places under which one of ours is found."""
    named = [*(f"family {f}" for f in side.families), *(f"name {n}" for n in side.names)] or [f"kind {side.kind}"]
    return [*named, f"all {side.kind}", *([f"un {side.un_category}"] if side.un_category else [])]


def wanted(row: Side) -> list[str]:
    """The places to look under for a row: its names, and ours that name only the kind; of a row without a name all of its kind."""
    if not row.named:
        return [f"un {row.un_category}"] if row.un_category else [f"all {row.kind}"]
    return [*(f"family {f}" for f in row.families), *(f"name {n}" for n in row.names), f"kind {row.kind}"]


def years_of(row: Side) -> list[int]:
    """The years under which a deal of the row may stand."""
    if not row.years:
        return [ANY_YEAR]
    if row.ordered is None:
        near = range(row.years[0] - DELIVERED_WITHIN, row.years[-1] + 1)
    else:
        near = range(row.ordered - YEARS_APART, row.ordered + YEARS_APART + 1)
    return [NO_YEAR, *sorted({*near, *row.years})]


def match(rows: Sequence[Side], ours: Sequence[Side], *, parts: bool = False) -> Matching:
    """The best pairs of rows and ours, each row and each of ours once.

    With `parts`, rows are reports of single years, so that several may speak of one deal: those left over join a deal already taken.
    """
    index = Index(ours)
    firm: list[Pair] = []
    doubtful: list[Pair] = []
    compared = 0
    for row in rows:
        if not row.buyer:
            continue
        for side in index.candidates(row):
            compared += 1
            pair = agree(row, side)
            if pair is not None:
                (firm if sellers_agree(row, side) else doubtful).append(pair)
    taken_rows: set[int] = set()
    taken_ours: set[int] = set()
    chosen = take(firm, taken_rows, taken_ours)
    chosen += take([p for p in doubtful if only_seller_differs(p)], taken_rows, taken_ours)
    if parts:
        chosen += take(firm, taken_rows, set(), again=True)
    return Matching(tuple(sorted(chosen, key=lambda p: p.row.place)), compared)


def take(pairs: Iterable[Pair], rows: set[int], ours: set[int], *, again: bool = False) -> list[Pair]:
    """Pairs best first, none twice; `rows` and `ours` are taken places, and grow. With `again`, one of ours may be taken by many."""
    chosen = []
    for pair in sorted(pairs, key=lambda p: (tuple(-r for r in p.rank), p.row.key, p.ours.key, p.ours.place)):
        if pair.row.place in rows or (pair.ours.place in ours and not again):
            continue
        rows.add(pair.row.place)
        ours.add(pair.ours.place)
        chosen.append(pair)
    return chosen


def agree(row: Side, ours: Side) -> Pair | None:
    """The pair, if buyer, system and years agree; sellers are compared apart."""
    if not one_party(ours.buyer, row.buyer, row, ours):
        return None
    how = system_agrees(row, ours)
    if not how:
        return None
    number = number_agrees(row, ours)
    apart = years_apart(row, ours)
    if apart is None or (apart < 0 and number < 2) or (how == "kind" and number == 0 and not alike(row, ours)):
        return None
    exact = int(how == "name")
    seller = int(bool(row.seller and ours.seller) and sellers_agree(row, ours))
    return Pair(row, ours, how, (int(how != "kind"), number, seller, -abs(apart), exact, -distance(row, ours)))


def system_agrees(row: Side, ours: Side) -> str:
    """By what the systems agree: `name`, `family`, `kind`; empty for not."""
    if row.named and ours.named:
        if set(row.names) & set(ours.names):
            return "name"
        if set(row.families) & set(ours.families):
            return "name" if row.ids[:1] == ours.ids[:1] else "family"
        return ""
    if not row.named and row.un_category and ours.un_category:
        return "kind" if row.un_category == ours.un_category else ""
    if row.class_id and ours.class_id and row.class_id != ours.class_id and not {row.class_id, ours.class_id} & WIDE_CLASSES:
        return ""
    return "kind" if row.kind and row.kind == ours.kind and row.kind != "other" else ""


def sellers_agree(row: Side, ours: Side) -> bool:
    """Whether the sellers are one, or a side names none."""
    return not row.seller or not ours.seller or one_party(ours.seller, row.seller, row, ours)


def one_party(our: str, their: str, row: Side, ours: Side) -> bool:
    """Whether two keys are one party in the years that either side tells of."""
    return our == their or same_party(our, their, (*row.years, *ours.years))


def only_seller_differs(pair: Pair) -> bool:
    """Whether all but the seller is the same outright: then one of the sides has the seller wrong, or a reseller."""
    return pair.how != "kind" and number_agrees(pair.row, pair.ours) == 2 and years_apart(pair.row, pair.ours) in (0, 1)


def number_agrees(row: Side, ours: Side) -> int:
    """2 where a number of the row lies within ours, 1 where a side gives none, 0 where they differ."""
    if not row.numbers or (ours.low is None and ours.high is None):
        return 1
    low, high = ours.low or 0, ours.high
    within = any(low <= n and (high is None or n <= high) for n in row.numbers)
    return 2 if within or set(row.numbers) & set(ours.numbers) else 0


def alike(row: Side, ours: Side) -> bool:
    return any(max(a, b) <= ALIKE * min(a, b) for a in row.numbers for b in ours.numbers)


def years_apart(row: Side, ours: Side) -> int | None:
    """Years between the sides: 0 for a year that both name; -1 where a side names none; `None` where they do not meet."""
    if not row.years or not ours.years:
        return -1
    if row.ordered is not None:
        apart = min(abs(year - row.ordered) for year in ours.years)
        if apart <= YEARS_APART:
            return apart
    if set(row.years) & set(ours.years):
        return 0
    return years_since(row, ours)


def years_since(row: Side, ours: Side) -> int | None:
    """Years from our order to the year that the row reports on, where that can be one of its deliveries."""
    if row.ordered is not None or ours.ordered is None:
        return None
    last = max(ours.years) if max(ours.years) > ours.ordered else ours.ordered + DELIVERED_WITHIN
    since = [year - ours.ordered for year in row.years if ours.ordered < year <= last]
    return min(since, default=None)


def distance(row: Side, ours: Side) -> int:
    """How far the nearest numbers are from each other."""
    return min((abs(a - b) for a in row.numbers for b in ours.numbers), default=0)
