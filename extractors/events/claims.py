"""From the frames of one sentence to claims: this buyer, this seller, this system, so many, then and thus.

A claim is a record in the making: every field still carries the mention that gave it. Roles that the frame leaves open are
filled inside the sentence first (linked frames, makers, the one party left over); what stays open is left to discourse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.events.chunks import BE, DETERMINERS, Chunk, CueMention
from extractors.events.frames import Frame, actor, export_rank
from extractors.events.modality import Standing, standing
from extractors.events.slots import ADVERBS, LOCATIVE, governing
from extractors.mentions.actors import ActorMention
from extractors.mentions.dates import DateMention
from extractors.mentions.groups import PARTS, Group
from extractors.mentions.money import Money
from extractors.mentions.quantities import Quantity
from extractors.mentions.systems import related
from extractors.model import Span, Where

# Frames whose buyer must stand in a slot: the one state left over in the sentence is not taken for it.
NO_LEFTOVER = frozenset(
    {"LEASE", "CANCEL", "STOP", "SELL", "EQUIP", "REQUEST", "BUY", "RECEIVE", "OFFER_N", "APPROVE", "TALK", "TALKS"}
)
# Frames that a buyer heads from afar: "Canada enters talks with Saab for", "India is considering placing an order".
TAKES_SUBJECT = frozenset(
    {
        "SIGN",
        "SELECT",
        "LEASE",
        "ORDER",
        "PURCHASE",
        "DEAL",
        "TALKS",
        "TALK",
        "REQ",
        "LEASE_N",
        "PLACE",
        "REQUEST",
        "BUY",
        "RECEIVE",
    }
)
# The largest exporters: named in passing they are seldom the buyer, and never taken for it without a slot that says so.
GREAT_EXPORTERS = 6
CLAUSE_ENDS = frozenset(
    (";", ":", "but", "while", "although", "because", "said", "says", "after", "before", "where", "when", "if", ".")
)
SYMMETRIC = frozenset({"TALK", "TALKS", "SIGN", "DEAL"})
FRAME_RANK = {
    "IDIOM": 0, "BUY": 0, "SELL": 0, "RECEIVE": 0, "LEASE": 0, "ORDER": 1, "PURCHASE": 1, "SALE": 1, "DELIVERY": 1, "AWARD": 1, "WIN": 1,
    "DEAL": 3, "SELECT": 1, "REQUEST": 2, "LEASE_N": 1, "PACKAGE": 2, "OFFER_N": 2, "SIGN": 2, "PLACE": 3, "EQUIP": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed transfer, with the mentions behind each field. `order` is its place in the article, `item_of` where the list starts of which it is an item (-1 for none),
    `buyer_word` is `pronoun` or `body` where a pronoun or "the army" stands in the buyer's place."""

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

    def with_(self, **changes: object) -> Claim:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


# Leads of a date that lies ahead.
TO_COME = frozenset(("by", "until", "starting in", "beginning in", "no later than", "next", "later", "tomorrow"))
# Words that take up a party named before.
PRONOUNS = frozenset(["it", "they", "he", "them"])
DESCRIPTIONS = frozenset(
    [
        "country",
        "nation",
        "kingdom",
        "sultanate",
        "emirate",
        "republic",
        "state",
        "government",
        "military",
        "army",
        "navy",
        "ministry",
        "force",
        "forces",
        "service",
        "customer",
        "buyer",
        "administration",
        "cabinet",
        "parliament",
    ]
)


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
        date = own_date(row, at, frame) or nearest_date(row, frame.at)
        if state.status == "delivered" and date is not None and date.lead in TO_COME:
            # "sees the delivery of the corvettes by 2026"
            state = replace(state, status="planned")
        money = nearest_money(row, frame.at)
        further = is_further(text, group, row, frame)
        trigger = Span(row[frame.at].start, row[frame.at].end, sentence.where)
        for number, buyer in enumerate(buyers or [None]):
            count = quantity if elliptic else share(row, at, group, number, len(buyers))
            if len(buyers) > 2 and count is not None and not any(c.text in ("each", "apiece") for c in row):
                # a total of many buyers is no one's own count
                count = None
            if (number or (count is None and len(buyers) > 1)) and not elliptic and buyer is not None and (lot := count_before(row, buyer)) is not None:
                count = lot
            arriving = state.status != "planned" or (frame.kind in ("RECEIVE", "SELL") and not group.is_class)
            if count is None and not elliptic and arriving and is_single(row, at, words):
                count = Quantity(group.start, group.end, 1, 1, "exact")
            made.append(
                Claim(
                    sentence.where, sentence, group, buyer, pick_seller(sellers, buyer, group), count, state, date, money, frame.rule, frame.kind,
                    frame.deal_type, trigger, is_perfect(row, frame), lead, order, further, takes_up(row, frame), buyer_word=buyer_word(row, frame), other_states=names_states(row, frame),
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
        if frame is None and own_parties(row, at, ("for", "to")):
            frame = next((f for f in reversed(found) if f.at < at and f.kind in DISTRIBUTES), None)
        if frame is None:
            refused.append(f"{words}: no trigger has it in a slot")
            continue
        previous, last_at = frame, at
        claim(frame, group, at, None, False)
        for later in later_events(row, found, frame, at):
            told = [c for c in made if c.group is group and c.rule == frame.rule]
            state = standing(row, later, cues)
            if state.status not in ("delivered", "cancelled"):
                continue
            if told and told[0].standing.status == state.status and (day := nearest_date(row, later.at)) is not None:
                # "an order of 2013 was suspended in 2015": the day is the later event's
                made[made.index(told[0])] = replace(told[0], date=day)
                continue
            if not state.refused:
                day = nearest_date(row, later.at)
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
            later = next(
                (row[f.roles.systems[0]].group for f in found if f.at > frame.at and f.kind == frame.kind and f.roles.systems),
                None,
            )
            taken_up = later or (made[-1].group if made else antecedent)
            if taken_up is not None:
                claim(frame, taken_up, frame.at, count, True)
        elif antecedent is not None and not made and decides_deal(row, frame):
            claim(frame, antecedent, frame.at, None, True)
        elif leaves_out_system(row, frame):
            taken_up = made[-1].group if made else focus
            if taken_up is not None and not (made and made[-1].trigger.start > row[frame.at].start - 1):
                claim(frame, taken_up, frame.at, None, True)
    return made, refused


def elliptic_count(row: Sequence[Chunk], frame: Frame) -> Quantity | None:
    """The count of a verb whose object is only a count: "India has also bought 450"."""
    if (
        frame.roles.systems
        or frame.kind not in ("BUY", "SELL", "RECEIVE", "LEASE", "REQUEST", "SIGN")
        or frame.at + 1 >= len(row)
    ):
        return None
    j = frame.at + 1
    while (
        j + 1 < len(row)
        and j < frame.at + 6
        and row[j].text in ("a", "an", "the", "its", "first", "second", "initial", "batch", "lot", "of", "another")
    ):
        j += 1
    following = row[j]
    if following.quantity is None or following.quantity.low is None or following.quantity.note == "year-like":
        return None
    after = row[j + 1] if j + 1 < len(row) else None
    if after is not None and after.text in ("more", "others", "additional"):
        after = row[j + 2] if j + 2 < len(row) else None
    if (
        after is None
        or after.kind in ("comma", "conjunction", "break", "date")
        or after.text in ("from", "in", "for", "to", "since")
        or [c.text for c in row[j + 1 : j + 3]] in (["of", "them"], ["of", "these"], ["of", "those"])
    ):
        return following.quantity
    return None


def leaves_out_system(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether a frame with a state as buyer leaves its system to the context: "Britain is also expected to buy by 2014"."""
    if frame.kind == "IDIOM" and not frame.roles.systems:
        return True
    if frame.roles.systems or not frame.roles.buyers or any(c.group is not None for c in clause(row, frame.at)):
        return False
    after = row[frame.at + 1] if frame.at + 1 < len(row) else None
    beside = [c.text for c in row[frame.at + 1 : frame.at + 6]]
    if frame.kind == "SELL" and not frame.passive:
        return any(w in ("type", "model", "version", "variant", "system") for w in beside)
    if frame.kind in ("SELECT", "REQUEST") and frame.passive:
        return "by" in beside[:2]
    if frame.kind in ("REQ", "OFFER_N"):
        # "Boeing has responded to an RFI from Denmark"
        return any(c.actor is not None and c.actor.is_firm for c in row) and not any(actor(row, b).possessive for b in frame.roles.buyers)
    if frame.kind in ("BUY", "RECEIVE") and not frame.passive and frame.rule not in ("v-take-over", "v-await"):
        return (
            after is None
            or after.kind in ("comma", "break", "date", "conjunction")
            or after.text in ("by", "in", "from", "it", "them", "more", "one", "before")
        )
    if frame.kind in ("ORDER", "PURCHASE", "DELIVERY", "SALE", "PLACE"):
        return after is None or after.text not in ("of", "for", "worth", "and", "price", "prices", "force")
    return False


def names_states(row: Sequence[Chunk], frame: Frame) -> frozenset[str]:
    """The states that the sentence names beside the frame's sellers and authorities, as keys."""
    sellers = {actor(row, s).key for s in (*frame.roles.sellers, *frame.roles.authority)}
    return frozenset(c.actor.key for c in row if c.actor is not None and not c.actor.is_firm) - sellers


def clause(row: Sequence[Chunk], at: int) -> Sequence[Chunk]:
    """The chunks between the semicolons, "but"s and "while"s around `at`."""
    ends = [i for i, c in enumerate(row) if c.kind == "break" and c.text in (";", "but", "while", "whereas")]
    low = max((i for i in ends if i < at), default=-1) + 1
    return row[low : min((i for i in ends if i > at), default=len(row))]


def buyer_word(row: Sequence[Chunk], frame: Frame) -> str:
    """ "pronoun" where "it", "they" or "its" stands in the buyer's place of the frame, "body" where "the army" does, else empty."""
    before = row[max(0, frame.at - 9) : frame.at]
    start = max((i + 1 for i, c in enumerate(before) if c.kind == "break" or c.actor is not None), default=0)
    words = [c.text for c in before[start:]]
    buys = frame.kind in TAKES_SUBJECT or (frame.kind in ("SELL", "EQUIP") and frame.passive)
    if not buys:
        after = row[frame.at + 1 : frame.at + 12]
        words = [
            c.text
            for i, c in enumerate(after)
            if i < 3 or after[i - 1].text in ("to", "for") or after[i - 2].text in ("to", "for")
        ]
    elif frame.kind in ("ORDER", "PURCHASE", "DEAL", "REQ") and ("its" in words[-4:] or "their" in words[-4:]):
        return "pronoun"
    if any(w in ("it", "they", "them") for w in words):
        return "pronoun"
    return "body" if any(w in DESCRIPTIONS for w in words) else ""


def takes_up(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether a word in the buyer's place takes up a party named before: "it", "the kingdom", "the deal"."""
    trigger = row[frame.at].trigger
    if trigger is None:
        return False
    before = row[max(0, frame.at - 6) : frame.at]
    if trigger.row.pos == "noun":
        return any(c.text in ("the", "this", "its", "their", "that") for c in before[-3:])
    if frame.kind in ("SELL", "EQUIP", "APPROVE", "CANCEL", "STOP") and not frame.passive:
        after = row[frame.at + 1 : frame.at + 12]
        return any(c.text in PRONOUNS for c in after[:2]) or any(
            c.kind == "preposition" and c.text == "to" and any(w.text in PRONOUNS | DESCRIPTIONS for w in after[i + 1 : i + 4])
            for i, c in enumerate(after)
        )
    if frame.passive:
        return True
    return any(
        c.text in PRONOUNS or (c.text in DESCRIPTIONS and i and before[i - 1].text != "a") for i, c in enumerate(before)
    ) and not any(c.actor for c in before)


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


def listed(row: Sequence[Chunk], last: int, at: int) -> bool:
    """Whether the group continues the list that the previous group stands in."""
    return last >= 0 and all(
        c.kind in ("comma", "conjunction", "quantity", "word", "break")
        and c.text in (",", "(", ")", "and", "or", "plus", "with", "also", "-", ";", "as", "well", "")
        or c.kind == "quantity"
        for c in row[last + 1 : at]
    )


def fill(
    row: Sequence[Chunk], found: Sequence[Frame], frame: Frame, group: Group | None
) -> tuple[list[ActorMention], list[ActorMention]]:
    """Buyers and sellers of the frame, else of the frames linked to it in the sentence, else the one state left over."""
    origins = group.head.row.origin if group is not None else ()
    buyers, sellers, authority = list(frame.roles.buyers), list(frame.roles.sellers), list(frame.roles.authority)
    linked = sorted((f for f in found if f is not frame), key=lambda f: abs(f.at - frame.at))
    for other in linked:
        if other.kind in ("SELL", "EQUIP") and not other.roles.systems and not holds_deal_noun(row, other):
            # "given London ten days": what is given is no weapon, so who gets it buys none
            continue
        authority += other.roles.authority
        if not buyers:
            buyers = [b for b in other.roles.buyers if b not in sellers]
        if not sellers:
            sellers = [s for s in other.roles.sellers if s not in buyers]
        if not sellers and other.kind in SYMMETRIC and buyers:
            # "India is in talks with Washington to buy": the other side of the talks sells
            other_side = [b for b in other.roles.buyers if actor(row, b).key not in {actor(row, i).key for i in buyers}]
            sellers = other_side if len({actor(row, b).key for b in other_side}) == 1 else []
    if frame.kind in ("TALKS", "DEAL") and buyers and not sellers:
        # "Argentina was in talks with Russia": the clause's subject is the other side
        others = [b for b in buyers if governing(row, b) == "with"]
        heads = [s for s in clause_subjects(row, frame.at) if actor(row, s).key not in {actor(row, b).key for b in buyers}]
        if heads and len(others) == len(buyers):
            buyers, sellers = heads, others
            if {actor(row, b).key for b in buyers} & set(origins) and not {actor(row, s).key for s in sellers} & set(origins):
                buyers, sellers = sellers, buyers
    if frame.kind in SYMMETRIC and not sellers:
        # "Turkey expands exports of drones, negotiating deals with Morocco": who exports sells
        exporting = {
            actor(row, s).key for f in linked if f.kind in ("SELL", "SALE") for s in f.roles.sellers or exporters(row, f)
        }
        others = [b for b in buyers if actor(row, b).key not in exporting]
        if others and len(others) < len(buyers):
            buyers, sellers = others, [b for b in buyers if b not in others]
    stopped = {actor(row, a).key for f in linked if f.kind == "STOP" and f.at < frame.at for a in f.roles.authority}
    made_by_one = [b for b in buyers if actor(row, b).key in origins]
    if frame.kind == "BUY" and not sellers and len(buyers) == 2 and len(made_by_one) == 1:
        # "India and Russia agreed to purchase five S-400 regiments"
        sellers, buyers = made_by_one, [b for b in buyers if b not in made_by_one]
    if frame.kind in ("BUY", "PURCHASE", "ORDER"):
        # "Washington blocked a deal to buy": who blocks it is not who buys
        buyers = [b for b in buyers if actor(row, b).key not in stopped]
    owner = group_owner(row, frame, group)
    if owner is not None and frame.kind == "REQ":
        # "Tel Aviv's jet trainer competition"
        return [owner], unique(row, [s for s in sellers if actor(row, s).key != owner.key])
    through = frame.kind in ("AWARD", "WIN", "BUILD") and bool(sellers) and all(actor(row, s).is_firm for s in sellers)
    if (not buyers or through) and owner is not None and owner.key not in {actor(row, i).key for i in sellers}:
        return [owner], unique(row, sellers)
    used = {actor(row, i).key for i in (*buyers, *sellers)}
    if not sellers and authority:
        sold = frame.kind == "APPROVE" and any(f.kind in ("SALE", "DELIVERY", "SELL") for f in linked)
        selling = (
            sold
            or frame.kind in ("SALE", "DELIVERY", "SELL", "PACKAGE", "OFFER_N")
            or (frame.kind not in TAKES_SUBJECT and bool({actor(row, a).key for a in authority} & set(origins)))
        )
        elsewhere = {o.key for o in group.origins} if group is not None else set()
        chosen = [a for a in authority if actor(row, a).key not in used and (not elsewhere or actor(row, a).key in elsewhere)]
        if selling or buyers:
            sellers = chosen
        elif not buyers:
            buyers = chosen
    used = {actor(row, i).key for i in (*buyers, *sellers, *authority)}
    left = [i for i, c in enumerate(row) if c.actor is not None and c.actor.key not in used and not is_place(row, i)]
    if not sellers:
        firms = [i for i in left if actor(row, i).is_firm]
        if len({actor(row, i).key for i in firms}) == 1 and not (group is not None and group.origins):
            sellers = firms[:1]
            left = [i for i in left if actor(row, i).key != actor(row, firms[0]).key]
    if not buyers and frame.kind in TAKES_SUBJECT:
        subjects = [s for s in clause_subjects(row, frame.at) if actor(row, s).key not in stopped]
        if len(subjects) == 2 and frame.kind in SYMMETRIC and not sellers:
            sellers = [s for s in subjects if actor(row, s).key in origins] or [
                min(subjects, key=lambda i: export_rank(actor(row, i)))
            ]
            subjects = [s for s in subjects if s not in sellers]
        buyers = [s for s in subjects if actor(row, s).key not in {actor(row, i).key for i in sellers}]
    if not buyers and sellers and frame.kind not in NO_LEFTOVER and all(actor(row, s).is_firm for s in sellers):
        platform = fitted_platform(row, frame, group)
        if platform is not None and platform.key not in {actor(row, i).key for i in sellers}:
            return [platform], unique(row, sellers)
    in_headline = frame.kind == "SELL" and any(c.actor is not None and c.actor.where == "title" for c in row)
    if not buyers and (frame.kind not in NO_LEFTOVER or in_headline):
        givers = set(clause_subjects(row, frame.at)) if frame.kind in ("PACKAGE", "DELIVERY", "SALE", "SELL") else set()
        states = [
            i
            for i in left
            if i not in givers
            and export_rank(actor(row, i)) >= GREAT_EXPORTERS
            and not actor(row, i).is_firm
            and actor(row, i).how in ("name", "force", "body")
            and may_receive(row, frame, i)
        ]
        if len({actor(row, i).key for i in states}) == 1 and actor(row, states[0]).key not in origins:
            buyers = states[:1]
    if not sellers and buyers and not frame.roles.buyers and all(governing(row, b) == "with" and actor(row, b).key in origins for b in buyers):
        # "a contract with the US signed in 2024 for 31 MQ-9B drones"
        buyers, sellers = [], buyers
    return unique(row, buyers), unique(row, sellers)


def is_hypernym(row: Sequence[Chunk], at: int, words: str) -> bool:
    """Whether a class noun only sums up a list: "Javelins and other anti-armour systems"."""
    group = row[at].group
    return (
        group is not None
        and group.is_class
        and words.lower().startswith(("other ", "various other ", "some other "))
        and group.quantity is None
    )


# Nouns whose "for" or "of" names the system that they serve.
SERVES = frozenset(
    "parts spares part components component upgrades upgrade modernisation modernization maintenance repair repairs overhaul overhauls refurbishment simulators "
    "simulator servicing technicians pilots crews crew instructors kits software support training".split()
)


def serves(row: Sequence[Chunk], at: int) -> bool:
    """Whether a part or service stands right before the preposition of the group: "spare parts for its Leopard 2 tanks"."""
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in DETERMINERS:
        j -= 1
    return j >= 1 and row[j].text in ("for", "of", "on", "to") and row[j - 1].text in SERVES


def is_purpose(row: Sequence[Chunk], at: int) -> bool:
    """Whether the group is what parts or rounds are for: "ammunition for howitzers", "engines for its fighters"."""
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in DETERMINERS:
        j -= 1
    if j < 1 or row[j].text not in ("for", "aboard"):
        return False
    part, platform = row[j - 1].group, row[at].group
    return (
        part is not None
        and platform is not None
        and part.type in PARTS | {"other"}
        and platform.type not in ("ammunition", "missile")
    )


def later_events(row: Sequence[Chunk], found: Sequence[Frame], frame: Frame, at: int) -> list[Frame]:
    """Further verbs of the sentence that tell how the same systems fared: "ordered in 2012, were delivered in 2015"."""
    events = []
    for other in found:
        if other.at <= max(frame.at, at) or row[other.at].trigger is None or other.kind not in ("SELL", "RECEIVE", "CANCEL"):
            continue
        taken_up = at in other.roles.systems and other.passive
        pronoun = not other.roles.systems and any(
            c.text in ("them", "all", "both", "it") for c in row[other.at + 1 : other.at + 4]
        )
        if taken_up or (pronoun and frame.kind == "BUY"):
            events.append(other)
    return events


def count_before(row: Sequence[Chunk], party: ActorMention) -> Quantity | None:
    """The count of a later recipient's own lot: "nine radars to Estonia and seven to Latvia"."""
    for i in range(2, len(row)):
        if row[i].actor is party and row[i - 1].text in ("to", "for") and row[i - 2].quantity is not None:
            return row[i - 2].quantity
    return None


def decides_deal(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether a verb without systems decides on the deal told before: "it cancelled the order", "the contract was signed"."""
    if frame.kind not in ("CANCEL", "SIGN") or frame.roles.systems or any(c.group is not None for c in row):
        return False
    if frame.kind == "SIGN" and not frame.passive:
        return False
    beside = row[max(0, frame.at - 5) : frame.at] if frame.passive else row[frame.at + 1 : frame.at + 5]
    return any(
        c.trigger is not None
        and c.trigger.row.frame in ("ORDER", "DEAL", "SALE", "PURCHASE")
        and beside[i - 1].text in ("the", "that", "this", "its")
        for i, c in enumerate(beside)
        if i
    )


def says_again(row: Sequence[Chunk], at: int) -> bool:
    """Whether a class noun only explains or shortens the system before it: "the FK-3, a missile system", "carriers (APCs)"."""
    group, before = row[at].group, row[at - 2].group if at >= 2 else None
    if group is None or before is None or not group.is_class or not related(before.type, group.type):
        return False
    return row[at - 1].text == "(" or (row[at - 1].text == "," and group.unit == "a")


# What one can count by the article alone: "a submarine was handed over" is one, "a missile system" may be many.
COUNTABLE = frozenset({"ship", "submarine", "aircraft", "helicopter", "satellite"})
ONE = re.compile(
    r"(?:an? (?!number|range|variety|series|fleet|batch|pair|package|squadron)|(?:its|the|their) (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|single|only) |another )",
    re.IGNORECASE,
)


def is_single(row: Sequence[Chunk], at: int, words: str) -> bool:
    """Whether the group means one single item: "a Kilo-class submarine", "its fifth frigate"; not "a frigate order"."""
    group, following = row[at].group, row[at + 1] if at + 1 < len(row) else None
    if group is None or not group.singular or group.type not in COUNTABLE or group.head.row.id == "arms" or not ONE.match(words):
        return False
    return following is None or following.kind not in ("trigger", "word", "group") or following.text in BE


# Frames whose lots may each name their own recipient: "the order includes three jets for Italy; two for Turkey".
DISTRIBUTES = frozenset(
    {"ORDER", "DEAL", "PURCHASE", "SALE", "DELIVERY", "PACKAGE", "BUY", "SELL", "AWARD", "WIN", "SIGN", "PLACE"}
)


def own_parties(row: Sequence[Chunk], at: int, prepositions: Sequence[str]) -> list[ActorMention]:
    """The states that a preposition right after the group at `at` names, where the sentence has several such lots.

    "Three jets for Italy; two for Turkey", "30 helicopters from Russia and 24 jets from South Korea".
    """

    def lot(i: int) -> list[int]:
        if i + 1 >= len(row) or row[i].group is None or row[i + 1].text not in prepositions:
            return []
        j = i + 2
        while j < len(row) and row[j].kind == "word" and row[j].text in DETERMINERS:
            j += 1
        found = []
        while j < len(row) and (c := row[j].actor) is not None and not c.possessive and (not c.is_firm or "from" in prepositions):
            found.append(j)
            if j + 2 < len(row) and row[j + 1].kind == "conjunction" and row[j + 2].actor is not None:
                j += 2
            else:
                break
        return found

    lots = [i for i in range(len(row)) if lot(i)]
    return [actor(row, i) for i in lot(at)] if len(lots) > 1 and at in lots else []


def bracketed(row: Sequence[Chunk], at: int) -> ActorMention | None:
    """The state whose lot stands in brackets after it: "deals with Saudi Arabia (72 Typhoons) and Kuwait (28 Typhoons)"."""
    if at < 2 or row[at - 1].text != "(":
        return None
    before = row[at - 2].actor
    return before if before is not None and not before.is_firm else None


def gapped_buyer(row: Sequence[Chunk], at: int, frame: Frame) -> ActorMention | None:
    """The buyer of a clause that leaves out the verb: "Latvia bought 82 carriers, and Jordan 80 Marders"."""
    before = row[at - 1].actor if at else None
    if before is None or before.is_firm or before.possessive or before.how == "demonym" or not frame.roles.buyers:
        return None
    if frame.kind not in ("BUY", "RECEIVE") or frame.passive or at - 1 <= frame.at + 1 or not any(i < at - 1 for i in frame.roles.systems):
        return None
    return before if row[at - 2].kind in ("conjunction", "comma", "break") else None


def exporters(row: Sequence[Chunk], frame: Frame) -> list[int]:
    """The states that head the clause of a noun of exporting: "Turkey has expanded its exports"."""
    return clause_subjects(row, frame.at) if frame.rule == "n-export" else []


def holds_deal_noun(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether a deal noun stands close after the frame's verb: "gave approval for", "provided a list of deliveries"."""
    after = row[frame.at + 1 : frame.at + 6]
    return any(c.trigger is not None and c.trigger.row.pos == "noun" for c in after)


def group_owner(row: Sequence[Chunk], frame: Frame, group: Group | None) -> ActorMention | None:
    """The state whose systems they are, where these are handed over or delivered: "Kuwait's first two Typhoons arrived"."""
    compound = frame.at > 0 and row[frame.at - 1].group is group and frame.kind in ("REQ", "PURCHASE", "ORDER", "DEAL")
    if group is None or not (
        compound or frame.passive or frame.kind in ("DELIVERY", "RECEIVE", "IDIOM", "AWARD", "WIN", "BUILD")
    ):
        return None
    owners = [o for o in group.origins if o.possessive and not o.is_firm and o.key not in group.head.row.origin]
    return owners[0] if len(owners) == 1 else None


def fitted_platform(row: Sequence[Chunk], frame: Frame, group: Group | None) -> ActorMention | None:
    """The state whose platforms a contract fits out: "a radar contract for Australian frigates"."""
    for i in range(frame.at + 1, len(row)):
        other = row[i].group
        if (
            other is not None
            and other is not group
            and other.is_class
            and other.origins
            and governing(row, i) in ("for", "on", "aboard")
        ):
            return next((o for o in other.origins if not o.is_firm), None)
    return None


# Verbs by which a state only takes a stand on a deal of others.
REACTS = frozenset(
    "objected objects objecting protested protests criticised criticized criticises condemned condemns denounced denounces welcomed welcomes praised "
    "warned warns urged urges imposed imposes sanctioned threatened threatens slammed decried feared fears complained lose loses losing lost".split()
)


def clause_subjects(row: Sequence[Chunk], at: int) -> list[int]:
    """The states that head the trigger's clause: the nearest party to the left that no preposition governs, with its list; no firms."""
    for j in range(at - 1, -1, -1):
        chunk = row[j]
        if chunk.kind == "break" and chunk.text in CLAUSE_ENDS:
            return []
        if chunk.actor is None or chunk.actor.possessive or chunk.actor.how == "demonym" or governing(row, j) != "":
            continue
        if any(c.text in REACTS for c in row[j + 1 : at]):
            return []
        found = [j]
        while (
            j >= 2
            and row[j - 1].kind in ("conjunction", "comma")
            and row[j - 2].kind == "actor"
            and not actor(row, j - 2).possessive
        ):
            j -= 2
            found.insert(0, j)
        return [i for i in found if not actor(row, i).is_firm]
    return []


def may_receive(row: Sequence[Chunk], frame: Frame, at: int) -> bool:
    """Whether a party that no slot took may still be the buyer: it stands in the trigger's clause."""
    low, high = sorted((at, frame.at))
    return not any(
        c.kind == "break" and c.text in (";", "but", "while", "although", "because", "said") for c in row[low + 1 : high]
    )


def unique(row: Sequence[Chunk], positions: Sequence[int]) -> list[ActorMention]:
    seen: dict[str, ActorMention] = {}
    for position in positions:
        mention = actor(row, position)
        seen.setdefault(mention.key, mention)
    return list(seen.values())


def is_place(row: Sequence[Chunk], at: int) -> bool:
    """Whether an actor is only where something happens."""
    return governing(row, at) in LOCATIVE


def pick_seller(sellers: Sequence[ActorMention], buyer: ActorMention | None, group: Group) -> ActorMention | None:
    """The seller for one buyer: a frame's own, else the group's nationality or maker, never the buyer's own name twice."""
    own = [s for s in sellers if buyer is None or s.key != buyer.key or s.is_firm]
    if own:
        origins = group.head.row.origin
        return next((s for s in own if s.key in origins), own[0])
    for origin in group.origins:
        if buyer is None or origin.key != buyer.key or origin.is_firm:
            return origin
    return None


def share(row: Sequence[Chunk], at: int, group: Group, number: int, of: int) -> Quantity | None:
    """The buyer's own count: "Poland and Romania ordered 48 and 32 K2s"."""
    if of > 1 and group.quantity is not None:
        counts: list[Quantity] = []
        j = at - 1
        while j >= 0 and row[j].kind in ("quantity", "conjunction", "comma"):
            found = row[j].quantity
            if found is not None:
                counts.insert(0, found)
            j -= 1
        counts.append(group.quantity)
        if len(counts) == of:
            return counts[number]
    return group.quantity


def nearest_date(row: Sequence[Chunk], trigger: int) -> DateMention | None:
    """The date of the trigger's clause, nearest to it; dates that belong to another trigger are passed over."""
    best: tuple[int, int] | None = None
    for i, chunk in enumerate(row):
        if chunk.date is None:
            continue
        owner = row[i + 1].trigger if i + 1 < len(row) else None
        if chunk.date.lead == "since" and any(c.text in ("service", "operation", "use", "power") for c in row[max(0, i - 5) : i]):
            # "a frigate in service since 1988"
            continue
        # "reported this month that it purchased ... in 2007-2013": the month is the report's
        reported = any(c.kind in ("relative", "break") for c in row[min(i, trigger) + 1 : max(i, trigger)])
        dateless = chunk.date.year is None and chunk.date.basis == "relative" and reported
        if dateless or is_adjectival(row, i) or is_other_event(row, i):
            continue
        if owner is not None and owner.row.pos == "noun" and i + 1 != trigger and chunk.date.basis == "stated":
            # "under a 2015 contract ... received": the year is the contract's
            continue
        low, high = sorted((i, trigger))
        between = row[low + 1 : high]
        if any(c.kind == "break" and c.text in ("but", "while", "although", ";", "which", "whereas") for c in between):
            continue
        others = sum(c.trigger is not None and c.trigger.row.pos == "verb" for c in between)
        key = (others * 6 + abs(i - trigger), i)
        if best is None or key < best:
            best = key
    return row[best[1]].date if best is not None else None


def own_date(row: Sequence[Chunk], at: int, frame: Frame) -> DateMention | None:
    """The date right after one lot of several: "six jets in 2016 and nine helicopters in 2017"."""
    lots = [i for i in frame.roles.systems if i != at]
    if at <= frame.at or not lots or sum(c.date is not None for c in row[frame.at :]) < 2:
        return None
    end = min((i for i in lots if i > at), default=len(row))
    return next((c.date for c in row[at + 1 : end] if c.date is not None and c.date.basis != "vague"), None)


# Participles beside a year that is no year of the deal: "founded in 1963", "launched in 1989".
OTHER_EVENTS = frozenset(
    "founded established launched invaded born built introduced created formed designed developed upgraded retired destroyed withdrawn "
    "decommissioned elected appointed killed crashed conceived modernised modernized refitted".split()
)


def is_other_event(row: Sequence[Chunk], at: int) -> bool:
    """Whether the year belongs to a participle before it that is no trigger."""
    return at > 0 and row[at - 1].text in OTHER_EVENTS


def is_adjectival(row: Sequence[Chunk], at: int) -> bool:
    """Whether a year only names something else: "its 1991 war of independence", "during the 2020 conflict"."""
    date, following = row[at].date, row[at + 1] if at + 1 < len(row) else None
    if date is None or date.basis != "stated" or following is None or following.kind != "word" or not following.text.isalpha():
        return False
    before = row[at - 1].text if at else ""
    determined = before in ("its", "their", "the", "a", "his") or " the " in f" {row[at].text}"
    return determined and following.text not in ("and", "or") and following.text[0].isalpha()


def nearest_money(row: Sequence[Chunk], trigger: int) -> Money | None:
    """The sum nearest to the trigger."""
    sums = [(abs(i - trigger), i) for i, c in enumerate(row) if c.money is not None]
    return row[min(sums)[1]].money if sums else None


# Verbs of a finished transfer: "India has purchased" tells a background, "Turkey has halved its order" tells news.
FINISHED = frozenset({"BUY", "RECEIVE", "SELL", "EQUIP", "LEASE"})


def is_perfect(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the trigger is a background perfect of a finished transfer: "India has purchased", "had already ordered"."""
    trigger = row[frame.at].trigger
    if trigger is None or trigger.row.pos != "verb" or frame.kind not in FINISHED:
        return False
    j = frame.at - 1
    while j >= 0 and row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text == "been"):
        if row[j].text in ("previously", "already", "earlier"):
            return True
        j -= 1
    return j >= 0 and row[j].text in ("has", "have", "had")


def is_further(text: str, group: Group, row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the words mark a further lot beside an earlier one."""
    low = min(group.start, row[frame.at].start)
    window = text[max(0, low - 20) : group.end].lower()
    return any(
        word in window
        for word in (
            "another",
            "up",
            "for",
            "a further",
            "additional",
            "second batch",
            "third batch",
            "follow-on",
            "second order",
            "more of",
            "repeat order",
            "second tranche",
            " more ",
        )
    )
