"""Whether a claim can speak of a deal: parties, system, years and numbers, each a gate of its own, and how well it fits."""

from __future__ import annotations

from collections.abc import Callable

from extractors.records.deal_claims import DealClaim
from extractors.records.open_deal import BEFORE_DELIVERY, Kind, OpenDeal, Told, nearest_day

# Rival reports differ by less than this ratio and are told within this many days of each other; of the same days, by less than the second.
RIVAL_RATIO, RIVAL_DAYS = 1.6, 400
AT_ONCE_RATIO, AT_ONCE_DAYS = 2.5, 31
# Numbers of two stages that differ by no more than this ratio and are told within so many days can be slips of one another.
SLIP_RATIO, SLIP_DAYS = 1.2, 1100
# What is asked for or approved becomes an order of at least the first and at most the second share of it.
SHRINKS_TO, GROWS_TO = 0.4, 1.5
AFTER_APPROVAL = ("ordered", "cancelled", "delivered")
STAGES_AFTER = {"planned": ("approved", *AFTER_APPROVAL), "approved": AFTER_APPROVAL}
# Years that usually lie between an order and its delivery.
USUAL_LAG = 2
# Letters that a family's bare name has at least.
BARE_NAME = 4


# A number or a year that so many articles tell is a lot of its own, no slip of one of them.
CONFIRMED = 2


def fits(deal: OpenDeal, claim: DealClaim) -> bool:
    """Whether no gate keeps the claim out of the deal."""
    for gate in GATES:  # noqa: SIM110 (a generator costs a third more, and this is the inner loop)
        if not gate(deal, claim):
            return False
    return True


def same_sellers(deal: OpenDeal, claim: DealClaim) -> bool:
    """One seller, or none named; another seller only where both make the system together, or it does not make it and the numbers agree."""
    if not claim.seller or not deal.sellers or claim.seller in deal.sellers:
        return True
    if claim.seller in (makers := deal.makers.union(claim.makers)) and deal.sellers <= makers:
        return claim.low is not None and deal.numbered > 0
    if claim.maker and deal.maker:
        return False
    if claim.is_exact and (claim.low, claim.ordered) in deal.orders:
        return True
    return any(equal(c, claim) and c.ordered == claim.ordered for c in (deal.vague if claim.is_exact else deal.says()))


def same_line(deal: OpenDeal, claim: DealClaim) -> bool:
    """The same family, or a class noun for a system that no other class noun describes; variants told apart by name are others."""
    if claim.is_class or not deal.names:
        if claim.type not in deal.types:
            # "mortar carriers" for vehicles with a name: the number and the day must say that it is they
            return any(equal(k.says, claim) and at_once(k, claim) for k in deal.kinds)
        if any(equal(k.says, claim) and k.days_from(claim.day) <= RIVAL_DAYS for k in deal.kinds):
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
    told_again = claim.earliest < claim.first and not claim.further
    if (
        told_again
        and max(deal.first, claim.earliest) <= min(deal.last, claim.last)
        and (claim.low is None or has_number(deal, claim))
    ):
        return True
    apart = max(deal.first, claim.first) - min(deal.last, claim.last)
    if apart > 1 or (claim.status not in BEFORE_DELIVERY and claim.ordered is None):
        return False
    rivals = [k for k in deal.kinds if k.says.status in BEFORE_DELIVERY and (claim.ordered is None or k.says.ordered is not None)]
    return any((equal(claim, k.says) or at_once(k, claim)) and not both_confirmed(deal.told, claim, k.says) for k in rivals)


def both_confirmed(told: Told, a: DealClaim, b: DealClaim) -> bool:
    """Whether several articles tell each of two orders that differ in number or year, or words make one of them a further lot."""
    if a.ordered is None or b.ordered is None or (a.ordered, a.low) == (b.ordered, b.low):
        return False
    if a.ordered != b.ordered and a.further != b.further:
        return True
    return min(told.get((c.line, c.low, c.ordered), 0) for c in (a, b)) >= CONFIRMED


def at_once(kind: Kind, claim: DealClaim) -> bool:
    return kind.days_from(claim.day) <= AT_ONCE_DAYS


def equal(a: DealClaim, b: DealClaim) -> bool:
    """Whether both state a number and these agree."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    if a.low <= b.high and b.low <= a.high:
        return True
    return (a.loose or b.loose) and 0.8 <= a.low / max(b.low, 1) <= 1.25


def numbers_agree(deal: OpenDeal, claim: DealClaim) -> bool:
    """A number that the deal has already, or a rival report of one moment, or one that can stand beside each of the deal's."""
    if claim.low is None or not deal.numbered or has_number(deal, claim):
        return True
    if claim.status in BEFORE_DELIVERY and any(rivals(deal.told, k, claim) for k in deal.kinds):
        return True
    agreed = {k.says.low for k in deal.kinds if pair_agrees(k, claim)}
    return all(k.says.low in agreed for k in deal.kinds)


def has_number(deal: OpenDeal, claim: DealClaim) -> bool:
    """Whether one of the deal's claims states the claim's number."""
    return number_shared(deal, claim) > 0


def number_shared(deal: OpenDeal, claim: DealClaim) -> int:
    """2 where a claim of more than a plan states the claim's number, 1 where plans alone do, else 0."""
    if claim.low is None:
        return 0
    if not claim.is_exact:
        return max((1 + (k.says.status != "planned") for k in deal.kinds if equal(k.says, claim)), default=0)
    if claim.low in deal.firm_numbers:
        return 2
    near = (1 + (c.status != "planned") for c in deal.vague if equal(c, claim))
    return max(near, default=int(claim.low in deal.planned_numbers))


def rivals(told: Told, kind: Kind, claim: DealClaim) -> bool:
    """Whether two numbers told before a delivery are reports of one moment, or of one order year of which one article alone tells one of them."""
    other = kind.says
    if other.low is None or claim.low is None or other.further != claim.further:
        return False
    if other.status not in BEFORE_DELIVERY:
        return False
    ratio = max(other.low, claim.low) / max(min(other.low, claim.low), 1)
    if (
        other.ordered is not None
        and other.ordered == claim.ordered
        and ratio <= RIVAL_RATIO
        and not both_confirmed(told, other, claim)
    ):
        return True
    return ratio <= AT_ONCE_RATIO and at_once(kind, claim)


def pair_agrees(kind: Kind, claim: DealClaim) -> bool:
    """Whether two numbers can be one deal's: equal, a delivered part, a plan that shrank, or rival reports of one moment."""
    other = kind.says
    if other.low is None or claim.low is None or equal(other, claim) or other.in_sets != claim.in_sets:
        return True
    small, large = (other, claim) if other.low < claim.low else (claim, other)
    if small.is_part and not small.further:
        return True
    if other.further != claim.further:
        return False
    if other.ordered and claim.ordered and other.ordered != claim.ordered and not at_once(kind, claim):
        return False
    low, high = min(other.low, claim.low), max(other.low, claim.low)
    if claim.day <= kind.days[-1] and became(claim, other) or kind.days[0] <= claim.day and became(other, claim):
        return True
    if other.status in BEFORE_DELIVERY and claim.status in BEFORE_DELIVERY and at_once(kind, claim):
        return high / max(low, 1) <= AT_ONCE_RATIO
    if other.status == claim.status:
        return high / max(low, 1) <= RIVAL_RATIO and kind.days_from(claim.day) <= RIVAL_DAYS
    return high / max(low, 1) <= SLIP_RATIO and kind.days_from(claim.day) <= SLIP_DAYS


def became(plan: DealClaim, outcome: DealClaim) -> bool:
    """Whether the numbers can be those of what was asked for and of what came of it."""
    if plan.low is None or outcome.low is None or outcome.status not in STAGES_AFTER.get(plan.status, ()):
        return False
    return SHRINKS_TO * plan.low <= outcome.low <= (1 if outcome.further else GROWS_TO) * plan.low


def same_lot(deal: OpenDeal, claim: DealClaim) -> bool:
    """Lots that are counted are told apart by their places; a lot beside an earlier one joins only claims of its own number, or such as are further lots too; never an order of another year."""
    if claim.lot and deal.places and claim.lot not in deal.places:
        return False
    if claim.low is None:
        return True
    others = deal.lots[not claim.further]
    if not others:
        return True
    if claim.ordered is not None and all(k.says.ordered not in (None, claim.ordered) for k in deal.kinds):
        return False
    return has_number(deal, claim) or all("delivered" in (c.status, claim.status) for c in others)


def alive(deal: OpenDeal, claim: DealClaim) -> bool:
    """A deal that was cancelled is not ordered or delivered in a later year, and none is delivered before it was first asked for."""
    if claim.status == "delivered" and deal.begun == 0 and deal.early_days and deal.early_days[0] > claim.day:
        return False
    if claim.cancelled is not None:
        return deal.begun <= claim.cancelled
    if deal.ended is None:
        return True
    begun = claim.ordered or claim.delivered or (claim.first + 1 if claim.status in ("planned", "approved") else None)
    return begun is None or begun <= deal.ended


def other_article(deal: OpenDeal, claim: DealClaim) -> bool:
    """What one article keeps apart stays apart, unless it is two stages of one number, or a number under a name and under a class noun."""
    return all(told_twice(c, claim) for c in deal.by_article.get(claim.article_id, ()))


def told_twice(a: DealClaim, b: DealClaim) -> bool:
    if a.low is None or b.low is None:
        return a.status != b.status
    return equal(a, b) and (a.status != b.status or a.is_class != b.is_class)


# The quick ones first.
GATES: tuple[Callable[[OpenDeal, DealClaim], bool], ...] = (
    alive,
    years_meet,
    same_sellers,
    same_line,
    other_article,
    same_lot,
    numbers_agree,
)


def fit(deal: OpenDeal, claim: DealClaim) -> tuple[int, ...]:
    """How well a claim that passes the gates fits: compared as a tuple, higher is better, the oldest deal of equals."""
    moment = claim.status in BEFORE_DELIVERY and nearest_day(deal.early_days, claim.day) <= AT_ONCE_DAYS
    agree = 2 if moment else number_shared(deal, claim)
    return (
        int(agree > 0),
        int(not claim.further or deal.further),
        int(bool(claim.seller) and claim.seller in deal.sellers),
        int(max(deal.first, claim.first) <= min(deal.last, claim.last)),
        agree,
        int(claim.status != "delivered" or deal.begun > 0),
        int(claim.name in deal.names),
        -distance(deal, claim),
        min(deal.numbered, 3),
        -deal.number,
    )


def distance(deal: OpenDeal, claim: DealClaim) -> int:
    """Days between what the claim tells and the deal: from order to order, from the usual delivery, else from report to report."""
    told = claim.ordered if claim.ordered is not None else claim.delivered
    if deal.order_years and told is not None:
        usual = told if claim.ordered is not None else told - USUAL_LAG
        return min(abs(year - usual) for year in deal.order_years) * 365
    if claim.status == "delivered":
        return nearest_day(deal.early_days or deal.days, claim.day - USUAL_LAG * 365)
    return nearest_day(deal.days, claim.day)
