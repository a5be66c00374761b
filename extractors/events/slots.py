"""What stands where around a trigger: subject, object, and the fillers of each preposition.

The one place that knows English word order. Everything is read off the chunk row; nothing here knows who buys or sells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.events.chunks import BE, Chunk
from extractors.events.complements import rightward
from extractors.events.phrases import governing, is_participle, is_passive
from extractors.events.subjects import leftward
from extractors.events.wordlists import OWNER_AFTER


@dataclass(frozen=True, slots=True)
class Slots:
    """Positions (indexes into the chunk row) of a trigger's neighbours, by slot."""

    subject: tuple[int, ...] = ()
    object: tuple[int, ...] = ()
    passive: bool = False
    left_groups: tuple[int, ...] = ()
    possessor: tuple[int, ...] = ()
    prepositions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    nominals: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    at: int = -1

    def of(self, *names: str) -> tuple[int, ...]:
        """Fillers of the prepositions named, in that order."""
        return tuple(i for name in names for i in self.prepositions.get(name, ()))


def verb_slots(row: Sequence[Chunk], at: int) -> Slots:
    """Slots of the verb at `at`."""
    fronted = fronted_group(row, at)
    passive = is_passive(row, at) or fronted >= 0
    subject, left_groups, left = ([], [fronted], {}) if fronted >= 0 else leftward(row, at)
    obj, prepositions, nominals, aside = rightward(row[:fronted] if fronted >= 0 else row, at)
    if fronted >= 0 and fronted + 2 < len(row) and row[fronted + 1].text == "from" and row[fronted + 2].actor is not None:
        prepositions["from"] = (*prepositions.get("from", ()), fronted + 2)
    for name, found in left.items():
        prepositions[f"left {name}"] = found
    return Slots(tuple(subject), tuple(obj), passive, tuple(left_groups), (), prepositions, tuple(nominals), tuple(aside), at)


def fronted_group(row: Sequence[Chunk], at: int) -> int:
    """The group that a participle at the head of the sentence speaks of: "Ordered in 2013, Poland's 50 helicopters"; else -1."""
    trigger = row[at].trigger
    if at > 1 or trigger is None or not is_participle(trigger.form) or at + 1 >= len(row):
        return -1
    if row[at + 1].kind not in ("preposition", "date"):
        return -1
    comma = next((i for i in range(at + 1, len(row)) if row[i].text == ","), -1)
    return comma + 1 if 0 < comma < len(row) - 1 and row[comma + 1].kind == "group" else -1


def noun_slots(row: Sequence[Chunk], at: int) -> Slots:
    """Slots of the noun at `at`: its possessor or demonym, its modifiers to the left, its prepositions to the right."""
    possessor: list[int] = []
    groups: list[int] = []
    j = at - 1
    steps = 0
    while j >= 0 and steps < 6:
        chunk = row[j]
        if chunk.kind == "group":
            groups.append(j)
            if chunk.group is not None and chunk.group.definite and not chunk.group.origins:
                break
        elif chunk.kind == "actor" and chunk.actor is not None:
            near = j == at - 1 or (bool(groups) and j == groups[-1] - 1)
            owning = chunk.actor.possessive or near or chunk.actor.how in ("demonym", "company", "firm", "force")
            if owning and governing(row, j) in OWNER_AFTER:
                possessor.append(j)
            break
        elif chunk.kind in ("money", "quantity", "date") or (
            chunk.kind == "trigger" and chunk.trigger is not None and chunk.trigger.row.pos == "noun"
        ):
            pass
        elif chunk.kind == "word" and chunk.text not in BE and chunk.text not in ("a", "an"):
            if chunk.text in ("the", "this", "that", "its", "their"):
                break
        elif chunk.kind == "word" and chunk.text in ("a", "an"):
            break
        else:
            break
        j -= 1
        steps += 1
    obj, prepositions, nominals, aside = rightward(row, at)
    return Slots((), tuple(obj), False, tuple(groups), tuple(possessor), prepositions, tuple(nominals), tuple(aside), at)
