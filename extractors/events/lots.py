"""Which lot is whose: recipients and counts that stand at one system of several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.events.arguments import actor
from extractors.events.chunks import BE, DETERMINERS, Chunk
from extractors.events.frames import Frame
from extractors.mentions.actors import ActorMention
from extractors.mentions.dates import DateMention
from extractors.mentions.groups import Group
from extractors.mentions.quantities import Quantity


def later_lots(row: Sequence[Chunk], at: int) -> list[tuple[Quantity, DateMention]]:
    """Further lots of the group at `at`, each a count with its year: "28 Su-30s from Russia in 2006, 16 in 2010 and another 14 in 2015"."""
    found: list[tuple[Quantity, DateMention]] = []
    dated = False
    for i in range(at + 1, len(row) - 1):
        count, day = row[i].quantity, row[i + 1].date
        if row[i].kind in ("group", "trigger", "break", "relative"):
            break
        if count is not None and day is not None and dated and day.basis == "stated" and count.note != "year-like":
            found.append((count, day))
        dated = dated or row[i].date is not None
    return found


def count_before(row: Sequence[Chunk], party: ActorMention) -> Quantity | None:
    """The count of a later recipient's own lot: "nine radars to Estonia and seven to Latvia"."""
    for i in range(2, len(row)):
        if row[i].actor is party and row[i - 1].text in ("to", "for") and row[i - 2].quantity is not None:
            return row[i - 2].quantity
    return None


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
    if (
        frame.kind not in ("BUY", "RECEIVE")
        or frame.passive
        or at - 1 <= frame.at + 1
        or not any(i < at - 1 for i in frame.roles.systems)
    ):
        return None
    return before if row[at - 2].kind in ("conjunction", "comma", "break") else None


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


FURTHER = re.compile(
    r"\b(?:another|further|additional|extra|more|follow-on|(?:second|third|fourth|repeat|new|next|follow-up) (?:batch|order|lot|tranche|contract|purchase))\b"
)


def is_further(text: str, group: Group, row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the words mark a further lot beside an earlier one: "a further 12", "12 more howitzers", "a second batch of six"."""
    low = min(group.start, row[frame.at].start)
    if group.start < row[0].start:
        # the system stands in a sentence before: "it bought another eight"
        near = row[max(0, frame.at - 6) : frame.at + 7]
        return FURTHER.search(text[near[0].start : near[-1].end].lower()) is not None
    return FURTHER.search(text[max(0, low - 20) : group.end].lower()) is not None
