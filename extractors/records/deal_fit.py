"""Whether a claim can speak of a deal: parties, system, years and numbers, each a gate of its own, and how well it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from extractors.records.deal_claims import ALWAYS, NEVER, DealClaim

# Rival reports differ by less than this ratio and are told within this many days of each other; of the same days, by less than the second.
RIVAL_RATIO, RIVAL_DAYS = 1.6, 400
AT_ONCE_RATIO, AT_ONCE_DAYS = 2.5, 31
# What is asked for or approved becomes an order of at least this share of it.
SHRINKS_TO = 0.4
# Years that usually lie between an order and its delivery.
USUAL_LAG = 2
# Letters that a family's bare name has at least.
BARE_NAME = 4
BEFORE_DELIVERY = ("planned", "approved", "ordered")


# (line, number, order year) -> how many articles of the block tell of it.
Told = Mapping[tuple[str, int | None, int | None], int]
# A number or a year that so many articles tell is a lot of its own, no slip of one of them.
CONFIRMED = 2


@dataclass(slots=True, eq=False)
class OpenDeal:
    """A deal while claims are still being added to it."""

    number: int
    told: Told
    claims: list[DealClaim] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    sellers: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    class_ids: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    first: int = NEVER
    last: int = ALWAYS

    def add(self, claim: DealClaim) -> None:
        self.claims.append(claim)
        self.articles.add(claim.article_id)
        self.types.add(claim.type)
        if claim.seller:
            self.sellers.add(claim.seller)
        if claim.name:
            self.names.add(claim.name)
            self.lines.add(claim.line)
        if claim.class_id:
            self.class_ids.add(claim.class_id)
        first, last = max(self.first, claim.earliest), min(self.last, claim.last)
        if first <= last:
            self.first, self.last = first, last


def fits(deal: OpenDeal, claim: DealClaim) -> bool:
    """Whether no gate keeps the claim out of the deal."""
    return all(gate(deal, claim) for gate in GATES)


def same_sellers(deal: OpenDeal, claim: DealClaim) -> bool:
    """One seller, or none named; another seller only where it does not make the system and the numbers agree."""
    if not claim.seller or not deal.sellers or claim.seller in deal.sellers:
        return True
    doubtful = not claim.maker or not any(c.maker for c in deal.claims if c.seller)
    return doubtful and any(equal(c, claim) and c.ordered == claim.ordered for c in deal.claims)


def same_line(deal: OpenDeal, claim: DealClaim) -> bool:
    """The same family, or a class noun for a system that no other class noun describes; variants told apart by name are others."""
    if claim.is_class or not deal.names:
        if claim.type not in deal.types:
            # "mortar carriers" for vehicles with a name: the number and the day must say that it is they
            return any(equal(c, claim) and at_once(c, claim) for c in deal.claims)
        if any(equal(c, claim) and abs(c.day - claim.day) <= RIVAL_DAYS for c in deal.claims):
            return True
        return not claim.class_id or not deal.class_ids or claim.class_id in deal.class_ids or related(claim, deal)
    return all(one_line(line, claim.line) for line in deal.lines) and any(one_name(name, claim.name) for name in deal.names)


def one_line(a: str, b: str) -> bool:
    """One family, or a bare family name that the other goes on: "Mirage" and "Mirage 2000"."""
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= BARE_NAME and short.isalpha() and long.startswith(short))


def related(claim: DealClaim, deal: OpenDeal) -> bool:
    """Class nouns of which one says less than the other: "jet" and "fighter aircraft"."""
    words = set(claim.class_id.split())
    return any(words & set(other.split()) for other in deal.class_ids)


def one_name(a: str, b: str) -> bool:
    return a in b or b in a or not (a[-1:].isdigit() and b[-1:].isdigit())


def years_meet(deal: OpenDeal, claim: DealClaim) -> bool:
    """The years in which the order can lie overlap, for a deal told again by its number; orders told a year apart are one
    where numbers agree or reports came at once, unless several articles tell each of the two."""
    if max(deal.first, claim.first) <= min(deal.last, claim.last):
        return True
    if claim.earliest < claim.first and not claim.further:
        if max(deal.first, claim.earliest) <= min(deal.last, claim.last) and any(equal(c, claim) for c in deal.claims):
            return True
    apart = max(deal.first, claim.first) - min(deal.last, claim.last)
    if apart > 1 or (claim.status not in BEFORE_DELIVERY and claim.ordered is None):
        return False
    rivals = [c for c in deal.claims if c.status in BEFORE_DELIVERY and (claim.ordered is None or c.ordered is not None)]
    return any((equal(claim, c) or at_once(claim, c)) and not both_confirmed(deal.told, claim, c) for c in rivals)


def both_confirmed(told: Told, a: DealClaim, b: DealClaim) -> bool:
    """Whether several articles tell each of two orders that differ in number or year, or words make one of them a further lot."""
    if a.ordered is None or b.ordered is None or (a.ordered, a.low) == (b.ordered, b.low):
        return False
    if a.ordered != b.ordered and a.further != b.further:
        return True
    return min(told.get((c.line, c.low, c.ordered), 0) for c in (a, b)) >= CONFIRMED


def at_once(a: DealClaim, b: DealClaim) -> bool:
    return abs(a.day - b.day) <= AT_ONCE_DAYS


def equal(a: DealClaim, b: DealClaim) -> bool:
    """Whether both state a number and these agree."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    if a.low <= b.high and b.low <= a.high:
        return True
    return (a.loose or b.loose) and 0.8 <= a.low / max(b.low, 1) <= 1.25


def numbers_agree(deal: OpenDeal, claim: DealClaim) -> bool:
    """A number that the deal has already, or a rival report of one moment, or one that can stand beside each of the deal's."""
    if any(equal(other, claim) or rivals(deal.told, other, claim) for other in deal.claims):
        return True
    return all(pair_agrees(other, claim) for other in deal.claims)


def rivals(told: Told, a: DealClaim, b: DealClaim) -> bool:
    """Whether two numbers are reports of one moment, or of one order year of which one article alone tells one of them."""
    if a.low is None or b.low is None or a.further != b.further or not {a.status, b.status} <= set(BEFORE_DELIVERY):
        return False
    small, large = sorted((a.low, b.low))
    if a.ordered is not None and a.ordered == b.ordered and not both_confirmed(told, a, b) and large / max(small, 1) <= RIVAL_RATIO:
        return True
    return at_once(a, b) and large / max(small, 1) <= AT_ONCE_RATIO


def pair_agrees(a: DealClaim, b: DealClaim) -> bool:
    """Whether two numbers can be one deal's: equal, a delivered part, a plan that shrank, or rival reports of one moment."""
    if a.low is None or b.low is None or equal(a, b):
        return True
    small, large = sorted((a, b), key=lambda c: c.low or 0)
    low, high = small.low or 0, large.low or 1
    if small.status == "delivered" and not small.further:
        return True
    if a.further != b.further or (a.ordered and b.ordered and a.ordered != b.ordered and not at_once(a, b)):
        return False
    if large.status in ("planned", "approved") and small.status in ("approved", "ordered", "cancelled", "delivered"):
        return low / high >= SHRINKS_TO
    if at_once(a, b) and a.status in BEFORE_DELIVERY and b.status in BEFORE_DELIVERY:
        return high / low <= AT_ONCE_RATIO
    return high / low <= RIVAL_RATIO and abs(a.day - b.day) <= RIVAL_DAYS and a.status == b.status


def same_lot(deal: OpenDeal, claim: DealClaim) -> bool:
    """A lot beside an earlier one joins only claims of its own number, or such as are further lots too; never an order of another year."""
    if claim.low is None:
        return True
    others = [c for c in deal.claims if c.low is not None and c.further != claim.further]
    if claim.ordered is not None and others and all(c.ordered not in (None, claim.ordered) for c in deal.claims):
        return False
    if any(equal(c, claim) for c in deal.claims):
        return True
    return all("delivered" in (c.status, claim.status) for c in others)


def alive(deal: OpenDeal, claim: DealClaim) -> bool:
    """A deal that was cancelled is not ordered or delivered in a later year."""
    ended = max((c.cancelled for c in deal.claims if c.cancelled is not None), default=None)
    if ended is not None and claim.cancelled is None:
        begun = claim.ordered or claim.delivered or (claim.first + 1 if claim.status in ("planned", "approved") else None)
        return begun is None or begun <= ended
    if claim.cancelled is not None:
        return all((c.ordered or c.delivered or 0) <= claim.cancelled for c in deal.claims)
    return True


def other_article(deal: OpenDeal, claim: DealClaim) -> bool:
    """What one article keeps apart stays apart, unless it is the same number told twice."""
    if claim.article_id not in deal.articles:
        return True
    mates = [c for c in deal.claims if c.article_id == claim.article_id]
    return all((equal(c, claim) or c.low is None or claim.low is None) and c.status != claim.status for c in mates)


GATES: tuple[Callable[[OpenDeal, DealClaim], bool], ...] = (
    same_sellers,
    years_meet,
    same_line,
    other_article,
    alive,
    same_lot,
    numbers_agree,
)


def fit(deal: OpenDeal, claim: DealClaim) -> tuple[int, ...]:
    """How well a claim that passes the gates fits: compared as a tuple, higher is better, the oldest deal of equals."""
    known = [c for c in deal.claims if c.low is not None]
    moment = claim.status in BEFORE_DELIVERY and any(at_once(c, claim) and c.status in BEFORE_DELIVERY for c in deal.claims)
    agree = 2 if moment else max((1 + (c.status != "planned") for c in known if equal(c, claim)), default=0)
    return (
        int(agree > 0),
        int(not claim.further or any(c.further for c in deal.claims)),
        int(bool(claim.seller) and claim.seller in deal.sellers),
        int(max(deal.first, claim.first) <= min(deal.last, claim.last)),
        agree,
        int(claim.name in deal.names),
        -distance(deal, claim),
        min(len(known), 3),
        -deal.number,
    )


def distance(deal: OpenDeal, claim: DealClaim) -> int:
    """Days between what the claim tells and the deal: from order to order, from the usual delivery, else from report to report."""
    ordered = [c.ordered for c in deal.claims if c.ordered is not None]
    if ordered and claim.ordered is not None:
        return min(abs(year - claim.ordered) for year in ordered) * 365
    if ordered and claim.delivered is not None:
        return min(abs(claim.delivered - USUAL_LAG - year) for year in ordered) * 365
    return min(abs(c.day - claim.day) for c in deal.claims)
