"""From the frames of one sentence to claims: this buyer, this seller, this system, so many, then and thus.

A claim is a record in the making: every field still carries the mention that gave it. Roles that the frame leaves open are
filled inside the sentence first (linked frames, makers, the one party left over); what stays open is left to discourse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.events.chunks import Chunk, CueMention
from extractors.events.ellipsis import (
    buyer_word,
    decides_deal,
    elliptic_count,
    later_events,
    leaves_out_system,
    part_of,
    takes_up,
)
from extractors.events.frames import Frame
from extractors.events.lots import (
    DISTRIBUTES,
    bracketed,
    count_before,
    gapped_buyer,
    is_further,
    is_single,
    later_lots,
    own_parties,
    share,
)
from extractors.events.modality import Standing, standing
from extractors.events.parties import fill, names_states, pick_seller
from extractors.events.refusals import accompanies, is_hypernym, is_purpose, listed, makes_itself, says_again, serves
from extractors.events.times import TO_COME, is_perfect, nearest_date, nearest_money, order_dates, own_date
from extractors.mentions.actors import ActorMention
from extractors.mentions.dates import DateMention
from extractors.mentions.groups import Group
from extractors.mentions.money import Money
from extractors.mentions.quantities import Quantity
from extractors.model import Span, Where

FRAME_RANK = {
    "IDIOM": 0, "BUY": 0, "SELL": 0, "RECEIVE": 0, "LEASE": 0, "ORDER": 1, "PURCHASE": 1, "SALE": 1, "DELIVERY": 1, "AWARD": 1, "WIN": 1,
    "DEAL": 3, "SELECT": 1, "REQUEST": 2, "LEASE_N": 1, "PACKAGE": 2, "OFFER_N": 2, "SIGN": 2, "PLACE": 3, "EQUIP": 2,
}  # fmt: skip

# Stages that come after an order, which has a day of its own.
LATER = ("delivered", "cancelled")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed transfer, with the mentions behind each field. `order` is its place in the article, `item_of` where the list starts of which it is an item (-1 for none),
    `ordered` is when what a claim has delivered was ordered, `buyer_word` is `pronoun` or `body` where a pronoun or "the army" stands in the buyer's place."""

    where: Where
    sentence: Span
    group: Group
    buyer: ActorMention | None
    seller: ActorMention | None
    quantity: Quantity | None
    standing: Standing
    date: DateMention | None
    money: Money | None
    rule: str
    frame: str
    deal_type: str
    trigger: Span
    perfect: bool
    lead: bool
    order: int
    further: bool = False
    takes_up: bool = False
    buyer_inferred: bool = False
    seller_inferred: bool = False
    item_of: int = -1
    buyer_word: str = ""
    other_states: frozenset[str] = frozenset()
    ordered: DateMention | None = None

    def with_(self, **changes: object) -> Claim:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


def claims(
    row: Sequence[Chunk],
    found: Sequence[Frame],
    cues: Sequence[CueMention],
    sentence: Span,
    text: str,
    antecedent: Group | None,
    focus: Group | None,
    *,
    lead: bool,
    order: int,
) -> tuple[list[Claim], list[str]]:
    """The claims of a sentence, and the reasons for which groups were refused.

    `antecedent` is the system spoken of last: an ellipsis ("it has also bought 12 more") takes it up. `focus` is the one system
    that the title or lead is about: "Italy cut its order" is about that.
    """
    made: list[Claim] = []
    refused: list[str] = []
    if sentence.where == "title" and text[sentence.start : sentence.end].rstrip().endswith("?"):
        return [], ["a headline that asks claims nothing"]

    def claim(frame: Frame, group: Group, at: int, quantity: Quantity | None, elliptic: bool) -> None:
        state = standing(row, frame, cues)
        words = text[group.start : group.end]
        if state.refused:
            refused.append(f"{words}: the claim of {frame.rule} is denied")
            return
        if elliptic and frame.kind in ("ORDER", "DEAL") and state.status == "delivered":
            # "delivered two jets, the beginning of an order for 28"
            state = replace(state, status="ordered")
        buyers, sellers = fill(row, found, frame, group)
        own = own_parties(row, at, ("for", "to")) if not elliptic else []
        if own and {b.key for b in own} != {s.key for s in sellers}:
            buyers = own
        if not elliptic and (named := bracketed(row, at)) is not None and (not buyers or named.key in {b.key for b in buyers}):
            buyers = [named]
        if not elliptic and (gapped := gapped_buyer(row, at, frame)) is not None:
            buyers = [gapped]
        sources = own_parties(row, at, ("from",)) if not elliptic else []
        if sources and {s.key for s in sources} != {b.key for b in buyers}:
            sellers = sources
        if len({s.key for s in sellers}) > 1:
            # "Moscow and Caracas signed contracts to supply Venezuela": who gets is not who gives
            sellers = [s for s in sellers if s.key not in {b.key for b in buyers}] or sellers
        if (
            frame.kind == "SELL"
            and sellers
            and not any(s.is_firm for s in sellers)
            and {s.key for s in sellers} >= {b.key for b in buyers}
            and buyers
        ):
            refused.append(f"{words}: one force of a state hands it to another")
            return
        if len(buyers) > 2 and len(frame.roles.systems) > 1 and group.quantity is None:
            refused.append(f"{words}: several buyers and several systems, and no count says who gets what")
            return
        # "received the eight it ordered in 2009": the year is the order's, not the delivery's
        of_orders = order_dates(row) if state.status in LATER else []
        date = own_date(row, at, frame) if not of_orders else None
        date = date or nearest_date(row, frame.at, skipped=of_orders)
        ordered = row[min(of_orders, key=lambda i: abs(i - frame.at))].date if of_orders else None
        if state.status == "delivered" and date is not None and date.lead in TO_COME:
            # "sees the delivery of the corvettes by 2026"
            state = replace(state, status="planned")
        money = nearest_money(row, frame.at)
        further = is_further(text, group, row, frame)
        trigger = Span(row[frame.at].start, row[frame.at].end, sentence.where)
        if not sellers:
            others = [b for b in buyers if not makes_itself(row, b, group)]
            if buyers and not others:
                refused.append(f"{words}: its maker does not buy it from nobody")
                return
            buyers = others
        for number, buyer in enumerate(buyers or [None]):
            count = quantity if elliptic else share(row, at, group, number, len(buyers))
            if len(buyers) > 2 and count is not None and not any(c.text in ("each", "apiece") for c in row):
                # a total of many buyers is no one's own count
                count = None
            if (
                (number or (count is None and len(buyers) > 1))
                and not elliptic
                and buyer is not None
                and (lot := count_before(row, buyer)) is not None
            ):
                count = lot
            arriving = state.status != "planned" or (frame.kind in ("RECEIVE", "SELL", "DELIVERY") and not group.is_class)
            if count is None and not elliptic and arriving and is_single(row, at, words):
                count = Quantity(group.start, group.end, 1, 1, "exact")
            made.append(
                Claim(
                    sentence.where, sentence, group, buyer, pick_seller(sellers, buyer, group), count, state, date, money, frame.rule, frame.kind,
                    frame.deal_type, trigger, is_perfect(row, frame), lead, order, further, takes_up(row, frame), buyer_word=buyer_word(row, frame), other_states=names_states(row, frame), ordered=ordered,
                )
            )  # fmt: skip

    previous: Frame | None = None
    last_at = -1
    for at, chunk in enumerate(row):
        group = chunk.group
        if group is None:
            continue
        words = text[group.start : group.end]
        if group.accessory:
            refused.append(f"{words}: what follows makes it an accessory of the system, not the system")
            continue
        if group.head.row.id == "arms" or is_hypernym(row, at, words):
            refused.append(f"{words}: names no weapon class")
            continue
        if serves(row, at):
            refused.append(f"{words}: what is transferred is a part or a service for it")
            continue
        if is_purpose(row, at):
            refused.append(f"{words}: what comes is for it, and it is there already")
            continue
        if says_again(row, at):
            refused.append(f"{words}: says again what stands before it")
            continue
        frame = choose(row, found, at)
        if frame is None and previous is not None and (listed(row, last_at, at) or own_parties(row, at, ("for", "to"))):
            frame = previous
        if frame is None and previous is not None and previous.passive and accompanies(row, at):
            frame = previous
        if frame is None and own_parties(row, at, ("for", "to")):
            frame = next((f for f in reversed(found) if f.at < at and f.kind in DISTRIBUTES), None)
        if frame is None:
            refused.append(f"{words}: no trigger has it in a slot")
            continue
        previous, last_at = frame, at
        claim(frame, group, at, None, False)
        for lot, lot_day in later_lots(row, at):
            told = [c for c in made if c.group is group and c.rule == frame.rule]
            made.extend(replace(c, quantity=lot, date=lot_day, further=True) for c in told[:1])
        for later in later_events(row, found, frame, at):
            told = [c for c in made if c.group is group and c.rule == frame.rule]
            state = standing(row, later, cues)
            if state.status not in LATER:
                continue
            day = nearest_date(row, later.at, skipped=order_dates(row))
            if told and told[0].standing.status == state.status and day is not None:
                # "an order of 2013 was suspended in 2015": the day is the later event's
                made[made.index(told[0])] = replace(told[0], date=day)
                continue
            if not state.refused:
                made.extend(
                    replace(
                        c,
                        standing=state,
                        date=day,
                        quantity=None,
                        trigger=Span(row[later.at].start, row[later.at].end, sentence.where),
                    )
                    for c in told[:1]
                )
    for frame in found:
        count = elliptic_count(row, frame) if frame.count < 0 else row[frame.count].quantity
        if frame.count >= 0 and count is None and (counted := row[frame.count].group) is not None:
            count = counted.quantity
        if count is not None and frame.count >= 0:
            cut = next((row[i].group for i in frame.roles.systems), None) or focus or antecedent
            if cut is not None:
                claim(frame, cut, frame.at, count, True)
        elif count is not None:
            next_group = next(
                (row[f.roles.systems[0]].group for f in found if f.at > frame.at and f.kind == frame.kind and f.roles.systems),
                None,
            )
            taken_up = next_group or (made[-1].group if made else antecedent)
            if taken_up is not None:
                claim(frame, taken_up, frame.at, count, True)
        elif (part := part_of(row, frame)) is not None:
            claim(frame, part[0], frame.at, part[1], True)
        elif antecedent is not None and not made and decides_deal(row, frame):
            claim(frame, antecedent, frame.at, None, True)
        elif leaves_out_system(row, frame):
            taken_up = made[-1].group if made else focus
            if taken_up is not None and not (made and made[-1].trigger.start > row[frame.at].start - 1):
                claim(frame, taken_up, frame.at, None, True)
    return made, refused


def choose(row: Sequence[Chunk], found: Sequence[Frame], at: int) -> Frame | None:
    """The frame that has the group in a slot: with more roles, then the firmer kind, then the nearer."""
    holders = [f for f in found if at in f.roles.systems]
    return min(
        holders,
        key=lambda f: (
            -(bool(f.roles.buyers) + bool(f.roles.sellers)),
            f.passive and f.at > at,
            FRAME_RANK.get(f.kind, 4),
            abs(f.at - at),
            f.at,
        ),
        default=None,
    )
