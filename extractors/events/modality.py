"""What a frame claims to have happened: planned, approved, ordered, delivered, cancelled, or nothing at all.

The ConText algorithm: cue, direction, scope, terminator. A cue acts on triggers of its clause, on its side; commas do not
end a scope, breaks ("but", ";") do. Intent outranks what it intends ("plans to buy" is planned), a second negation cancels
the first ("did not cancel"), and a cancellation outranks all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.events.chunks import BREAKS, DETERMINERS, Chunk, CueMention
from extractors.events.complements import opens_nominal
from extractors.events.frames import Frame
from extractors.events.phrases import another_count, governing, heads_clause
from extractors.events.subjects import before_aside
from extractors.events.wordlists import ADVERBS, REASONS

TERMINATORS = frozenset(("but", "while", "although", "though", "whereas", ";", "however", "after", "before", "because", "."))
REPORTING = frozenset(["said", "says", "saying", "told", "added", "adding"])


# Frames that stay a wish whatever else the sentence tells: "signed for 18 jets and wants six more".
WISHES = frozenset({"REQUEST", "ASK", "REQ", "TALK", "TALKS"})


# A giver's word given: approved, where a buyer's would be a plan.
PLEDGES = frozenset(("pledged to", "promised to", "promises to", "committed to", "vowed to"))
# What a party has done says nothing of what the next one does: "Peru received six, and Ecuador ordered two".
DONE = frozenset({"delivered", "ordered"})
BEGINS = frozenset("begun began begins begin started starts start continued continues".split())


@dataclass(frozen=True, slots=True)
class Standing:
    """The status that a frame has earned, the cues that gave it, and whether the claim is refused."""

    status: str
    cues: tuple[CueMention, ...]
    refused: bool = False


def standing(row: Sequence[Chunk], frame: Frame, cues: Sequence[CueMention]) -> Standing:
    """The frame's status in its sentence."""
    trigger = row[frame.at]
    left, right = scope(row, frame.at)
    aside = before_aside(row, frame.at)
    skipped = (row[aside + 1].start, trigger.start) if row[frame.at].trigger is not None and aside < frame.at - 1 else (0, 0)
    acting = [
        c for c in cues
        if acts(c, trigger, left, right) and not skipped[0] <= c.start < skipped[1] and not is_direction(row, c)
    ]  # fmt: skip
    acting = [c for c in acting if not (c.row.category in DONE and another_subject(row, c, trigger))]
    if frame.rule == "i-on-order-for":
        # "one of four jets on order for Peru was delivered": the four are still on order
        acting = [c for c in acting if c.row.category != "delivered"]
    acting = [c for c in acting if not (c.row.direction == "backward" and another_count(row, trigger.end, c.start))]
    acting = [c for c in acting if not (c.row.category == "delivered" and is_awaited(row, c))]
    acting = [c for c in acting if not (c.row.category == "cancelled" and (is_wished(row, c) or is_breached(row, c)))]
    if frame.status == "cancelled" and is_wished(row, trigger):
        return Standing("planned", tuple(acting))
    if frame.at >= 2 and row[frame.at - 1].text == "to" and row[frame.at - 2].text in BEGINS:
        # "has begun to receive": what has begun is no mere future
        acting = [c for c in acting if c.row.category != "future"]
    categories = {c.row.category for c in acting}
    negations = [c for c in acting if c.row.category == "negated" and close(row, c, trigger)]
    if "cancelled" in categories or frame.status == "cancelled":
        cancels = [c for c in acting if c.row.category == "cancelled"]
        if len(negations) % 2 and all(n.start < (cancels[0].start if cancels else trigger.start) for n in negations):
            return Standing("planned", tuple(acting))
        return Standing("cancelled", tuple(acting))
    if len(negations) % 2:
        intent = categories & {"planned", "future", "approved"}
        return Standing("cancelled" if intent else "planned", tuple(acting), refused=not intent)
    if frame.status == "delivered" and not categories & {"planned", "future", "approved"}:
        return Standing("delivered", tuple(acting))
    if "approved" in categories:
        return Standing("approved", tuple(acting))
    if "planned" in categories:
        pledged = frame.kind in ("SELL", "EQUIP") and any(c.form in PLEDGES for c in acting)
        return Standing("approved" if pledged else "planned", tuple(acting))
    if "delivered" in categories and frame.kind not in ("REQ", "OFFER_N", "TALKS"):
        return Standing("delivered", tuple(acting))
    if "future" in categories:
        return Standing(
            "ordered" if "ordered" in categories or frame.kind in ("ORDER", "DEAL", "PLACE", "AWARD", "WIN") else "planned",
            tuple(acting),
        )
    if "ordered" in categories and frame.status in ("planned", "delivered") and frame.kind not in WISHES:
        return Standing("ordered", tuple(acting))
    return Standing(frame.status, tuple(acting))


def another_subject(row: Sequence[Chunk], cue: CueMention, trigger: Chunk) -> bool:
    """Whether between cue and trigger another clause starts, with a party of its own after an "and"."""
    return any(
        row[i].kind == "conjunction" and row[i + 1].actor is not None and heads_clause(row, i + 1)
        for i in range(len(row) - 1)
        if cue.end <= row[i].start and row[i + 1].end <= trigger.start
    )


# Words before an arrival that has not come about: "have not arrived", "has yet to be delivered".
UNDONE = frozenset("not never nor yet cannot hasn't haven't".split())


def is_awaited(row: Sequence[Chunk], cue: CueMention) -> bool:
    """Whether a delivery that the cue tells of has not come about."""
    before = [c for c in row if c.end <= cue.start][-3:]
    said = [c.text for c in before]
    return (
        said[-2:] == ["to", "have"]
        or said[-1:] == ["to"]
        or bool(UNDONE & set(said) and all(c.kind == "word" for c in before[-2:]))
    )


# Words before "to" after which a cancellation is done, not only wished for.
RESOLVED = frozenset("decided decides agreed moved moves opted voted forced ordered vowed".split())


def is_wished(row: Sequence[Chunk], at: Chunk | CueMention) -> bool:
    """Whether a cancellation is only wished, feared or put forward: "may cancel", "urged Washington to halt", "a bill that would block"."""
    before = [c.text for c in row if c.end <= at.start][-4:]
    while before and (before[-1] in ADVERBS or before[-1] in ('"', "immediately", "be", "or", "defer", "delay", "suspend")):
        before.pop()
    if not before:
        return False
    if before[-1] in ("may", "might", "could", "would", "should"):
        return True
    return before[-1] == "to" and len(before) > 1 and before[-2] not in RESOLVED and before[-2] in WISHED


WISHED = frozenset(
    "urged urges urge called calls call asked asks want wants wanted sought seeks seek proposal proposals resolution resolutions bill motion threatened "
    "threatens pressure pressed washington us congress effort efforts attempt attempts move tried trying lawmakers power right campaign pushed".split()
)
BREACHES = ("violat", "breach", "defy", "defied", "despite", "evad", "circumvent", "bust", "flout")


def is_breached(row: Sequence[Chunk], cue: CueMention) -> bool:
    """Whether the embargo is one that the transfer breaks: "violating an arms embargo by supplying"."""
    before = [c.text for c in row if c.end <= cue.start][-6:]
    return "embargo" in cue.form and any(word.startswith(BREACHES) for word in before)


def is_direction(row: Sequence[Chunk], cue: CueMention) -> bool:
    """Whether a "to" goes with a place or party and marks no infinitive: "flew to Pretoria and ordered"."""
    if cue.form != "to":
        return False
    following = next((c for c in row if c.start >= cue.end), None)
    return following is not None and (
        following.kind in ("actor", "group", "date", "quantity", "money") or following.text in DETERMINERS
    )


def scope(row: Sequence[Chunk], at: int) -> tuple[int, int]:
    """Offsets of the clause around the trigger: to the nearest terminators."""
    left, right = row[0].start, row[-1].end
    for j in range(at - 1, -1, -1):
        chunk = row[j]
        if chunk.kind == "preposition" and chunk.text in REASONS and opens_nominal(row, j):
            left = chunk.end
            break
        if chunk.kind == "break" and chunk.text in TERMINATORS and chunk.text in (*BREAKS, ";", "."):
            left = chunk.end
            break
        if chunk.kind == "break" and chunk.text in REPORTING:
            left = chunk.end
            break
        if (
            chunk.kind == "break"
            and chunk.text == "as"
            and any(c.actor is not None and governing(row, k) == "" for k, c in enumerate(row[j + 1 : at], start=j + 1))
        ):
            # "will build up its defence as its air force receives 42 jets"
            left = chunk.end
            break
    for chunk in row[at + 1 :]:
        if chunk.kind == "break" and (chunk.text in TERMINATORS or chunk.text in REPORTING):
            right = chunk.start
            break
    return left, right


def acts(cue: CueMention, trigger: Chunk, left: int, right: int) -> bool:
    """Whether the cue's direction and scope reach the trigger."""
    if cue.row.category in ("pseudo", "not-weapon", "no-transfer", "possession"):
        return False
    if cue.start < trigger.end and trigger.start < cue.end:
        # the trigger's own word, or a phrase that ends in it ("agreed to buy" holds "to")
        return cue.start < trigger.start
    if cue.row.direction == "backward":
        return trigger.end <= cue.start < right
    return left <= cue.start and cue.end <= trigger.start and trigger.start - cue.end < 120


def close(row: Sequence[Chunk], cue: CueMention, trigger: Chunk) -> bool:
    """Whether a negation stands right before its trigger, over at most four chunks; "none of them" is one."""
    between = [c for c in row if cue.end <= c.start and c.end <= trigger.start]
    if [c.text for c in between[:2]] in (["of", "them"], ["of", "these"], ["of", "those"], ["of", "which"]):
        between = between[2:]
    return len(between) <= 3 and all(c.kind in ("word", "trigger", "preposition") for c in between)
