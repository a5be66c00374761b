"""What a clause leaves out: the system that a bare count or a decided deal takes up, the party behind "it" and "the army"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.arguments import MEASURES, actor
from extractors.events.chunks import BE, Chunk
from extractors.events.frames import Frame
from extractors.events.parties import TAKES_SUBJECT
from extractors.events.wordlists import ADVERBS, MODALS
from extractors.mentions.groups import Group
from extractors.mentions.quantities import Quantity

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


# What may stand between a bare count and its verb: "four of them were delivered", "two more, ordered in 2006".
COUNTED = ADVERBS | BE | frozenset(["of", "them", "these", "those", "more", "others", "further", "additional", ","])
AFTER_COUNT = BE | MODALS | frozenset(["in", "from"])


def bare_count(row: Sequence[Chunk], frame: Frame) -> Quantity | None:
    """The count that stands for the systems: the subject of a passive, or what a deal noun is for ("an order for 72 was placed")."""
    trigger = row[frame.at].trigger
    if frame.roles.systems or trigger is None:
        return None
    if trigger.row.pos == "noun":
        return counted_deal(row, frame) if frame.kind in ("ORDER", "DEAL", "PURCHASE") else None
    if not frame.passive or frame.kind not in ("BUY", "SELL", "RECEIVE", "LEASE"):
        return None
    j = frame.at - 1
    while j > 0 and row[j].quantity is None and row[j].text in COUNTED:
        j -= 1
    count, before = row[j].quantity, row[j - 1] if j else None
    counted = before is not None and before.text == "of" and j > 1 and row[j - 2].text in MEASURES
    starts = before is None or counted or before.kind in ("break", "conjunction", "comma") or before.text in ("another", "the")
    if (
        count is None
        or not is_number(count)
        or row[j].text.startswith(("the first", "first", "the last", "the final", "the remaining"))
    ):
        # "the first two were delivered": these are of those that were ordered
        return None
    return count if starts and j < frame.at - 1 else None


def counted_deal(row: Sequence[Chunk], frame: Frame) -> Quantity | None:
    """The bare count after "order for", "contract for"."""
    after = [c for c in row[frame.at + 1 : frame.at + 7] if c.text not in ("a", "an", "the", "another")]
    if len(after) < 2 or after[0].text not in ("for", "of") or (count := after[1].quantity) is None or not is_number(count):
        return None
    rest = [c for c in after[2:] if c.text not in ("more", "others")]
    ends = not rest or rest[0].kind in ("comma", "conjunction", "break", "date") or rest[0].text in AFTER_COUNT
    return count if ends else None


def is_number(count: Quantity) -> bool:
    return count.low is not None and count.note != "year-like"


def elliptic_count(row: Sequence[Chunk], frame: Frame) -> Quantity | None:
    """The count of a verb whose object is only a count ("India has also bought 450"), or that is its passive's subject."""
    if (bare := bare_count(row, frame)) is not None:
        return bare
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
        or after.text in ("from", "in", "for", "to", "since", "by", "under", "later")
        or [c.text for c in row[j + 1 : j + 3]] in (["of", "them"], ["of", "these"], ["of", "those"])
    ):
        return following.quantity
    return None


def part_of(row: Sequence[Chunk], frame: Frame) -> tuple[Group, Quantity] | None:
    """The group and the part of it that a relative clause speaks of: "A-4 Skyhawks, 40 of which Malaysia bought in the 1980s"."""
    if frame.roles.systems or frame.kind not in ("BUY", "SELL", "RECEIVE", "LEASE", "ARRIVE"):
        return None
    for i in range(frame.at - 1, 1, -1):
        count = row[i].quantity
        if row[i].kind in ("break", "group"):
            return None
        if count is not None and [c.text for c in row[i + 1 : i + 3]] in (
            ["of", "which"],
            ["of", "them"],
            ["of", "these"],
            ["of", "those"],
        ):
            named = next((c.group for c in reversed(row[:i]) if c.group is not None), None)
            return (named, count) if named is not None and not named.accessory else None
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
        return any(c.actor is not None and c.actor.is_firm for c in row) and not any(
            actor(row, b).possessive for b in frame.roles.buyers
        )
    if frame.kind in ("BUY", "RECEIVE") and not frame.passive and frame.rule not in ("v-take-over", "v-await", "v-spend"):
        return (
            after is None
            or after.kind in ("comma", "break", "date", "conjunction")
            or after.text in ("by", "in", "from", "it", "them", "more", "one", "before")
        )
    if frame.kind in ("ORDER", "PURCHASE", "DELIVERY", "SALE", "PLACE"):
        return after is None or after.text not in ("of", "for", "worth", "and", "price", "prices", "force")
    return False


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
