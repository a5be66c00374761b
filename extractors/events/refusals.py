"""Why a system in a trigger's slot is no object of the transfer: parts and services for it, sums of a list, repetitions."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.chunks import DETERMINERS, Chunk
from extractors.events.parties import GREAT_EXPORTERS
from extractors.events.roles import export_rank
from extractors.mentions.actors import ActorMention
from extractors.mentions.groups import PARTS, Group
from extractors.mentions.systems import related


def listed(row: Sequence[Chunk], last: int, at: int) -> bool:
    """Whether the group continues the list that the previous group stands in."""
    return last >= 0 and all(
        c.kind in ("comma", "conjunction", "quantity", "word", "break")
        and c.text in (",", "(", ")", "and", "or", "plus", "with", "also", "-", ";", "as", "well", "")
        or c.kind == "quantity"
        for c in row[last + 1 : at]
    )


def accompanies(row: Sequence[Chunk], at: int) -> bool:
    """Whether "together with" or "along with" sets the group, or the list that it closes, beside the systems before."""
    j = at - 1
    while j > 0 and (row[j].kind in ("group", "quantity", "comma") or row[j].text in DETERMINERS or row[j].text == "and"):
        if row[j].text == "and" and row[j].end - row[j].start > len("and"):
            return True
        j -= 1
    return False


def makes_itself(row: Sequence[Chunk], buyer: ActorMention, group: Group) -> bool:
    """Whether a great exporter makes the system that it would buy from nobody, while the sentence names another state: "the UAE told Washington that it will suspend talks to acquire F-35s"."""
    if group.is_class or buyer.key not in group.head.row.origin or export_rank(buyer) >= GREAT_EXPORTERS:
        return False
    return any(c.actor is not None and c.actor.iso3 and not c.actor.is_firm and c.actor.key != buyer.key for c in row)


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


def says_again(row: Sequence[Chunk], at: int) -> bool:
    """Whether a class noun only explains or shortens the system before it: "the FK-3, a missile system", "carriers (APCs)"."""
    group, before = row[at].group, row[at - 2].group if at >= 2 else None
    if group is None or before is None or not group.is_class or not related(before.type, group.type):
        return False
    return row[at - 1].text == "(" or (row[at - 1].text == "," and group.unit == "a")
