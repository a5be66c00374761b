"""Reads the roles of a transfer off a trigger's slots: who buys, who sells, which systems.

Each frame of the trigger lexicon (BUY, SELL, ORDER, DEAL ...) is one short function from slots to roles. Candidates come in
order of preference; a role that two parties claim equally stays empty, and the trace says so. Parties are chunk positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.events.chunks import Chunk
from extractors.events.phrases import is_participle
from extractors.events.readers import READERS, received
from extractors.events.roles import Roles, settle
from extractors.events.slots import noun_slots, verb_slots


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger (its position in the chunk row) with its roles; `count` is the position of a count that has no noun, or -1."""

    at: int
    rule: str
    kind: str
    status: str
    deal_type: str
    roles: Roles
    passive: bool = False
    count: int = -1


def frames(row: Sequence[Chunk]) -> list[Frame]:
    """One frame per trigger of the sentence, in order."""
    found = []
    for at, chunk in enumerate(row):
        if chunk.trigger is None or is_adjective(row, at):
            continue
        rule = chunk.trigger.row
        slots = verb_slots(row, at) if rule.pos == "verb" else noun_slots(row, at)
        roles = READERS[rule.frame](row, slots)
        status = received(row, slots) or rule.status if rule.frame == "RECEIVE" and rule.status != "planned" else rule.status
        found.append(Frame(at, rule.id, rule.frame, status, rule.deal_type, settle(row, roles), slots.passive))
    return found


ARTICLES = frozenset("the its their these those this his our a an".split())


def is_adjective(row: Sequence[Chunk], at: int) -> bool:
    """Whether a participle only describes the systems after it: "28 contracted F-16s", "the ordered jets"."""
    trigger = row[at].trigger
    if trigger is None or trigger.row.pos != "verb" or not is_participle(trigger.form) or not 0 < at < len(row) - 1:
        return False
    before = row[at - 1]
    return row[at + 1].kind == "group" and (before.kind == "quantity" or before.text in ARTICLES)
