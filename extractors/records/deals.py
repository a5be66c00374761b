"""Records of many articles joined into deals: ten articles about 36 jets are 36 jets.

Claims are compared only inside a block (one buyer). In a block the claims that say most found deals first;
each later claim joins the deal that it fits best, or founds its own. The outcome depends on the block's records alone, not on
the order in which articles came, so that adding articles means clustering the touched blocks anew.
"""

from __future__ import annotations

import functools
import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from extractors.records.deal_claims import DealClaim
from extractors.records.deal_fit import BARE_NAME, RIVAL_DAYS, fit, fits
from extractors.records.open_deal import OpenDeal, Told, nearest_day

# The place of the deals of all lines.
ANY = ""
# Of a family's deals at most so many, nearest in time, are compared with a claim: keeps a block of any size near linear.
NEAREST = 8


def clusters(claims: Iterable[DealClaim]) -> list[list[DealClaim]]:
    """Claims grouped into deals; deals and the claims in them in canonical order."""
    blocks: dict[str, list[DealClaim]] = defaultdict(list)
    for claim in claims:
        blocks[claim.block].append(claim)
    with no_collection():
        return [deal for key in sorted(blocks) for deal in cluster_block(blocks[key])]


@contextmanager
def no_collection() -> Iterator[None]:
    """Keeps the collector of cycles from going through millions of claims again and again: none of them is in a cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def cluster_block(claims: Sequence[DealClaim]) -> list[list[DealClaim]]:
    """The deals of one block."""
    index = Index()
    told = articles_of(claims)
    deals: list[OpenDeal] = []
    for claim in sorted(claims, key=founding_order):
        candidates = [d for d in index.candidates(claim) if fits(d, claim)]
        if claim.is_class and claim.low is None:
            candidates = [d for d in candidates if near(d, claim)]
            if len(candidates) > 1 and not narrow(candidates, claim):
                candidates = []
        home = max(candidates, key=lambda d: fit(d, claim), default=None)
        if home is None:
            home = OpenDeal(len(deals), told)
            deals.append(home)
        home.add(claim)
        index.note(home, claim)
    return [sorted(d.claims, key=told_order) for d in deals]


def articles_of(claims: Sequence[DealClaim]) -> Told:
    """In how many articles each order year of each number of a line is told."""
    seen = {(c.line, c.low, c.ordered, c.article_id) for c in claims if c.ordered is not None}
    return Counter(key[:3] for key in seen)


def near(deal: OpenDeal, claim: DealClaim) -> bool:
    """Whether a claim that names neither system nor number shares the deal's seller, or was told within about a year of one of its claims."""
    return claim.seller in deal.sellers or nearest_day(deal.days, claim.day) <= RIVAL_DAYS


def narrow(deals: Sequence[OpenDeal], claim: DealClaim) -> bool:
    """Whether one of the deals alone shares the claim's seller or year, for a claim that names neither system nor number."""
    best = sorted((fit(d, claim)[:5] for d in deals), reverse=True)
    return best[0] != best[1]


def founding_order(claim: DealClaim) -> tuple[int, int, str, int]:
    """Who says most comes first: a named system over a class, an order's number over a part's, then by time."""
    later = claim.status in ("delivered", "planned") or claim.earliest < claim.first
    rank = 4 * claim.is_class + 2 * (claim.low is None) + later
    return rank, claim.day, claim.article_id, claim.position


def told_order(claim: DealClaim) -> tuple[int, str, int]:
    return claim.day, claim.article_id, claim.position


class Index:
    """The deals of a block by type and system line, and by line and number, each by the year that their order has."""

    def __init__(self) -> None:
        self.by_line: dict[tuple[str, str], dict[int, list[OpenDeal]]] = {}
        self.by_number: dict[tuple[str, int], dict[int, list[OpenDeal]]] = {}

    def note(self, deal: OpenDeal, claim: DealClaim) -> None:
        """Makes the deal findable by what the claim says."""
        lines = (root(claim.line), ANY)
        places = [self.by_line.setdefault((claim.type, line), {}) for line in lines]
        if claim.low is not None:
            places += [self.by_number.setdefault((line, claim.low), {}) for line in lines]
        for years in places:
            place = years.setdefault(deal.last, [])
            if deal not in place[-NEAREST:]:
                place.append(deal)

    def candidates(self, claim: DealClaim) -> list[OpenDeal]:
        """Deals of the claim's number, and the nearest in time of its line; for a class noun, of all lines of its type."""
        line = ANY if claim.is_class else root(claim.line)
        found = nearest(self.by_line.get((claim.type, line), {}), claim.last)
        if claim.low is not None:
            found += nearest(self.by_number.get((line, claim.low), {}), claim.last)
        return list(dict.fromkeys(found))


@functools.lru_cache(maxsize=65536)
def root(line: str) -> str:
    """What lines share of which one can go on the other: the letters that a line starts with, the whole where these are few."""
    letters = line[: next((i for i, c in enumerate(line) if c.isdigit()), len(line))]
    return letters[:BARE_NAME] if len(letters) >= BARE_NAME else line


def nearest(years: Mapping[int, list[OpenDeal]], last: int) -> list[OpenDeal]:
    """The deals of a line whose order years end nearest to `last`."""
    found: list[OpenDeal] = []
    for year in sorted(years, key=lambda y: (abs(y - last), y)):
        found += years[year][: -NEAREST - 1 : -1]
        if len(found) >= NEAREST:
            return found[:NEAREST]
    return found
