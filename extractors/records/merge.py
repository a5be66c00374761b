"""Mentions of one deal in one article become one: title, lead, background, an order and its own delivery.

Two claims are one deal when buyer and system agree, sellers do not contradict, and neither words nor years set them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.claims import Claim
from extractors.events.discourse import same_system
from extractors.mentions.quantities import Quantity

RANK = {"planned": 0, "approved": 1, "ordered": 2, "delivered": 3, "cancelled": 4}


def clusters(claims: Sequence[Claim], year: int | None = None) -> list[list[Claim]]:
    """Claims grouped into deals, in text order; each claim joins the first deal that accepts it, before others one of the same words.

    `year` is the article's own.
    """
    deals: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (c.group.is_class and c.quantity is None, c.order)):
        accepting = [deal for deal in deals if accepts(deal, claim, year)]
        home = next((deal for deal in accepting if any(c.group is claim.group for c in deal)), next(iter(accepting), None))
        if home is None:
            deals.append([claim])
        else:
            home.append(claim)
    return [
        sorted(deal, key=lambda c: (c.order, c.group.start))
        for deal in sorted(deals, key=lambda d: min((c.order, c.group.start) for c in d))
    ]


def accepts(deal: Sequence[Claim], claim: Claim, year: int | None) -> bool:
    """Whether the claim speaks of the deal."""
    buyers = {c.buyer.key for c in deal if c.buyer is not None}
    if claim.buyer is not None and buyers and claim.buyer.key not in buyers:
        return False
    if not all(same_system(c.group, claim.group) for c in deal):
        return False
    sellers = {c.seller.key for c in deal if c.seller is not None}
    if claim.seller is not None and sellers and claim.seller.key not in sellers:
        # tanks that another state sold "in the 1980s" are others than those of the news
        long_ago = claim.date is not None and claim.date.basis == "vague"
        return claim.group.is_class and claim.quantity is None and not long_ago
    return all(together(c, claim, year) for c in deal)


def together(a: Claim, b: Claim, year: int | None) -> bool:
    """Whether neither count, year nor wording keeps two claims of one buyer and system apart."""
    if a.group is not b.group:
        coordinated = a.sentence == b.sentence and a.trigger == b.trigger and a.group.name != b.group.name
        if coordinated or (a.item_of >= 0 and a.item_of == b.item_of):
            return False
    if wishes_anew(a, b, year) or wishes_anew(b, a, year):
        return False
    if precedes(a, b, year) or precedes(b, a, year) or adds(a, b) or adds(b, a):
        return False
    if not differing(a.quantity, b.quantity):
        return not two_lots(a, b)
    return not (a.further or b.further) and a.group.is_class == b.group.is_class and (delivers_part(a, b) or delivers_part(b, a))


# Frames and rules of what is only wanted or offered.
WANTED = frozenset({"REQUEST", "ASK", "REQ", "TALK", "TALKS", "OFFER_N", "v-offer", "v-pitch"})


def wishes_anew(wish: Claim, bought: Claim, year: int | None) -> bool:
    """Whether one claim's wish or offer of today is for more than what the other's were bought in an earlier year."""
    if wish.standing.status != "planned" or not {wish.frame, wish.rule} & WANTED or bought.standing.status != "ordered":
        return False
    then, now = stated_year(bought), stated_year(wish) or year
    return then is not None and now is not None and then < now


def precedes(stopped: Claim, ordered: Claim, year: int | None) -> bool:
    """Whether a cancellation of a past year comes before the order that the lead tells as news: it stopped an earlier attempt."""
    if stopped.standing.status != "cancelled" or stopped.lead or stopped.sentence == ordered.sentence:
        return False
    stop, then = stated_year(stopped), stated_year(ordered) or year
    news = ordered.lead and ordered.standing.status in ("ordered", "delivered")
    return news and stop is not None and then is not None and then > stop


def adds(more: Claim, before: Claim) -> bool:
    """Whether one claim speaks of a further lot beside the other's: "six further jets", "a second lot of 180", "another lot this year"."""
    if not more.further or before.further or more.sentence == before.sentence:
        return False
    then, now = stated_year(before), stated_year(more)
    if (
        more.standing.status in ("planned", "approved")
        and before.standing.status in ("ordered", "delivered")
        and then is not None
    ):
        return more.quantity is not None and before.quantity is not None
    if more.standing.status == before.standing.status and then is not None and now is not None and then != now:
        return True
    if more.quantity is None or before.quantity is None or more.quantity.low != before.quantity.low:
        return False
    if more.order > before.order:
        past = then is not None and then != now and more.where == before.where
        return past or more.standing.status != before.standing.status
    return then is not None and now is not None and then < now


def two_lots(a: Claim, b: Claim) -> bool:
    """Whether two counted claims are orders of different years: "two in 2017 and two in 2018", "another 12, after 12 in 2018"."""
    if a.quantity is None or b.quantity is None or a.group is b.group:
        return False
    one, other = order_year(a), order_year(b)
    if one is not None and other is not None:
        return one != other
    return (a.further and not b.further and other is not None) or (b.further and not a.further and one is not None)


def order_year(claim: Claim) -> int | None:
    """The year that a claim's words give to its order."""
    if claim.ordered is not None:
        return claim.ordered.year
    return stated_year(claim) if claim.standing.status == "ordered" else None


def delivers_part(part: Claim, whole: Claim) -> bool:
    """Whether one claim's smaller number can be what has come so far of the other's: "six of the 36", never of a later order."""
    to_come = part.standing.status == "planned" and part.frame in ("RECEIVE", "DELIVERY") and whole.standing.status == "ordered"
    if not to_come and (part.standing.status != "delivered" or whole.standing.status == "delivered"):
        return False
    if not is_fewer(part, whole):
        return False
    if to_come:
        # "signed for twelve and hopes to get four this year"
        return part.sentence == whole.sentence
    if is_ordinal(part):
        return True
    came, ordered = stated_year(part), order_year(whole)
    if part.ordered is not None:
        # "it supplied 124 under the contract of 2001" tells of no other year's order
        return part.ordered.year == ordered
    return came is None or (ordered is not None and came >= ordered)


def is_fewer(part: Claim, whole: Claim) -> bool:
    return part.quantity is not None and whole.quantity is not None and (part.quantity.low or 0) <= (whole.quantity.high or 0)


def is_ordinal(claim: Claim) -> bool:
    """Whether the count is that of "the first jet", which is one of those ordered."""
    count, group = claim.quantity, claim.group
    return count is not None and group.definite and (count.start, count.end) == (group.start, group.end)


def stated_year(claim: Claim) -> int | None:
    return claim.date.year if claim.date is not None and claim.date.lead not in ("by", "until", "since") else None


def differing(a: Quantity | None, b: Quantity | None) -> bool:
    """Whether two counts are stated and disagree; about, at least and at most agree with what is close."""
    if a is None or b is None or a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    if a.low <= b.high and b.low <= a.high:
        return False
    if a.note in ("about", "at least", "at most") or b.note in ("about", "at least", "at most"):
        return not 0.8 <= a.low / b.low <= 1.25
    return True


def standing_claim(deal: Sequence[Claim]) -> Claim:
    """The claim whose status stands: the furthest; a cancellation outranks the rest; the first of equals."""
    return max(deal, key=lambda c: (RANK[c.standing.status], -c.order))
