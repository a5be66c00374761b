"""Turns a sentence into a row of chunks: actors, noun groups, triggers, prepositions, breaks and plain words.

Frames are read off this row, so that "36 second-hand French Rafale jets" is one step wide. Words that are verb or noun
("order", "supply") are decided here by their neighbours.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from extractors import tables
from extractors.mentions.actors import ActorMention
from extractors.mentions.dates import DateMention
from extractors.mentions.fold import lower
from extractors.mentions.gazetteer import Gazetteer
from extractors.mentions.groups import Group
from extractors.mentions.money import Money
from extractors.mentions.quantities import Quantity
from extractors.mentions.reading import Reading
from extractors.model import Span
from extractors.tables import CueRow, TriggerRow

Kind = Literal[
    "actor", "group", "trigger", "quantity", "money", "date", "preposition", "conjunction", "comma", "break", "relative", "word"
]
PREPOSITIONS = frozenset(
    "to from for of by with between in at on into under via through against over near outside inside including among worth about around amid "
    "toward towards within during upon onto despite without regarding concerning".split()
)
HAS = re.compile(r"\b(?:has|have|had|was|were|been|being) $")
CONJUNCTIONS = frozenset(("and", "or", "&", "plus", "nor"))
BREAKS = frozenset(
    "but while although though whereas because after before when if as since until unless where saying said says told adding added according "
    "whose amid meanwhile however".split()
)
RELATIVES = frozenset(["which", "who", "that", "whom"])
DETERMINERS = frozenset(
    "a an the this that these those its their his her our your some any no each every all both another more several new first second third "
    "additional further such".split()
)
BE = frozenset("is are was were be been being gets got get has have had having become becomes became remain remains".split())
TOKEN = re.compile(
    r"(?:which|that)(?: will| would| also)* includ(?:es?|ed)\b|such as|along with|as well as|together with|[\w$€£%&]+(?:[-'./][\w]+)*'?|[;:(),\"]|--?|[.!?]"
)


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """A trigger's words: offsets, its row, whether it is used as verb or noun, and its lower-case form."""

    start: int
    end: int
    row: TriggerRow
    form: str


@dataclass(frozen=True, slots=True)
class CueMention:
    """A cue's words: offsets and its row."""

    start: int
    end: int
    row: CueRow
    form: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """One step of a sentence: its kind, offsets, lower-case text, and the mention it carries."""

    kind: Kind
    start: int
    end: int
    text: str
    actor: ActorMention | None = None
    group: Group | None = None
    trigger: TriggerMention | None = None
    quantity: Quantity | None = None
    money: Money | None = None
    date: DateMention | None = None


@functools.cache
def lexicon() -> tuple[Gazetteer, tuple[tuple[str, TriggerRow | CueRow], ...]]:
    """The automaton over all forms of triggers and cues, and what each key is."""
    entries: list[tuple[str, TriggerRow | CueRow]] = []
    for trigger in tables.triggers():
        entries += [(form, trigger) for form in trigger.forms]
    for cue in tables.cues():
        entries += [(form, cue) for form in cue.forms]
    return Gazetteer([(form, key) for key, (form, _) in enumerate(entries)], vary=False), tuple(entries)


def lexical(folded: str) -> tuple[list[TriggerMention], list[CueMention]]:
    """Trigger and cue mentions of the (folded) text. Pseudo phrases swallow the triggers inside them; cues may overlap triggers."""
    automaton, entries = lexicon()
    lowered = lower(folded)
    found = []
    for hit in automaton.scan(lowered):
        if lowered[hit.end : hit.end + 1] == "s" and lowered[hit.end : hit.end + 2] != "s'":
            continue
        if lowered[hit.start : hit.end] == "block" and re.match(r" \d", lowered[hit.end : hit.end + 2]):
            # "F-16 Block 60" blocks nothing
            continue
        if re.search(r"\w-$", lowered[max(0, hit.start - 2) : hit.start]):
            # "conventionally-armed": a part of a compound is no trigger
            continue
        if lowered[hit.start : hit.start + 6] == "given " and HAS.search(lowered[max(0, hit.start - 8) : hit.start]):
            # "has given the Philippines 3,000 rifles"
            found += [(hit.start, hit.end, entries[k]) for k in hit.keys if entries[k][1].id not in ("p-phrases",)]
            continue
        if folded[hit.start : hit.end] == "May" and is_month(folded, hit.start, hit.end):
            continue
        found += [(hit.start, hit.end, entries[k]) for k in hit.keys]
    swallowing = [(s, e) for s, e, (_, row) in found if isinstance(row, CueRow) and row.category == "pseudo"]
    triggers, cues = [], []
    for start, end, (form, row) in found:
        if isinstance(row, CueRow):
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in swallowing):
                cues.append(CueMention(start, end, row, form))
        elif not any(s <= start and end <= e for s, e in swallowing):
            triggers.append(TriggerMention(start, end, row, form))
    return longest(triggers), cues


def is_month(text: str, start: int, end: int) -> bool:
    """Whether the "May" at `start` is the month: "May 14", "last May", "in May"."""
    before = re.search(
        r"(?:\b(?:in|on|of|by|since|until|last|next|this|early|late|mid|from|to|and|through)|\d|,)[ -]$",
        text[max(0, start - 10) : start],
    )
    return before is not None or re.match(r",? ?\d", text[end : end + 3]) is not None


def longest(mentions: list[TriggerMention]) -> list[TriggerMention]:
    """Without triggers inside longer ones; verb and noun readings of the same words are both kept."""
    return [
        m for m in mentions
        if not any(o.start <= m.start and m.end <= o.end and (o.end - o.start) > (m.end - m.start) for o in mentions)
    ]  # fmt: skip


def chunks(reading: Reading, sentence: Span, triggers: list[TriggerMention]) -> tuple[Chunk, ...]:
    """The chunk row of one sentence of the reading."""
    text, lowered = reading.folded, lower(reading.folded[sentence.start : sentence.end])
    placed: list[Chunk] = []

    def free(start: int, end: int) -> bool:
        return all(end <= c.start or c.end <= start for c in placed)

    inside = [g for g in reading.groups if sentence.start <= g.start and g.end <= sentence.end]
    placed += [Chunk("group", g.start, g.end, lower(text[g.start : g.end]), group=g) for g in inside]
    for start, end in reading.masks:
        if sentence.start <= start < sentence.end and free(start, end):
            placed.append(Chunk("word", start, end, ""))
    for money in reading.money:
        if sentence.start <= money.start and money.end <= sentence.end and free(money.start, money.end):
            placed.append(Chunk("money", money.start, money.end, lower(text[money.start : money.end]), money=money))
    for actor in reading.actors:
        if sentence.start <= actor.start and actor.end <= sentence.end and free(actor.start, actor.end):
            placed.append(Chunk("actor", actor.start, actor.end, lower(text[actor.start : actor.end]), actor=actor))
    for day in reading.dates:
        if sentence.start <= day.start and day.end <= sentence.end and free(day.start, day.end):
            placed.append(Chunk("date", day.start, day.end, lower(text[day.start : day.end]), date=day))
    for trigger in triggers:
        if sentence.start <= trigger.start and trigger.end <= sentence.end:
            same = next((c for c in placed if c.start == trigger.start and c.end == trigger.end and c.trigger), None)
            if same is not None and same.trigger is not None:
                chosen = part_of_speech(text, same.trigger, trigger, placed)
                placed[placed.index(same)] = Chunk("trigger", trigger.start, trigger.end, trigger.form, trigger=chosen)
            elif free(trigger.start, trigger.end):
                placed.append(Chunk("trigger", trigger.start, trigger.end, trigger.form, trigger=trigger))
    for count in reading.quantities:
        if sentence.start <= count.start and count.end <= sentence.end and free(count.start, count.end):
            placed.append(Chunk("quantity", count.start, count.end, lower(text[count.start : count.end]), quantity=count))
    for match in TOKEN.finditer(lowered):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if free(start, end):
            token = LIST_PHRASES.get(match.group(), match.group())
            if token.startswith(("which ", "that ")):
                token = "including"
            placed.append(Chunk(kind_of(token), start, end, token))
    placed.sort(key=lambda c: c.start)
    return tuple(example_list(placed, i) if c.text == "such as" else c for i, c in enumerate(placed))


def example_list(row: list[Chunk], at: int) -> Chunk:
    """ "such as" opens a list of weapons or states only after a noun for them; elsewhere it is a break."""
    chunk = row[at]
    before = next((c for c in reversed(row[:at]) if c.kind != "comma"), None)
    if before is not None and (before.kind == "group" or before.text in LISTED_NOUNS):
        return Chunk("preposition", chunk.start, chunk.end, "including")
    return Chunk("break", chunk.start, chunk.end, "as")


# Phrases that open or continue a list, and the word that stands for them.
LISTED_NOUNS = frozenset(
    "countries nations states allies partners customers buyers clients equipment items platforms hardware munitions goods products".split()
)
LIST_PHRASES = {"along with": "and", "as well as": "and", "together with": "and"}


def kind_of(token: str) -> Kind:
    if token in PREPOSITIONS:
        return "preposition"
    if token in CONJUNCTIONS:
        return "conjunction"
    if token in (",", "("):
        return "comma"
    if token in RELATIVES:
        return "relative"
    if token in BREAKS or token in (";", ":", "-", "--", "."):
        return "break"
    return "word"


SIZES = frozenset(
    "big bigger biggest large larger largest small smaller smallest similar major record firm initial repeat follow-on".split()
)
# What stands right before a verb, and right after a noun.
VERB_AFTER = frozenset("to will would could may might can should must not also and/or recently already".split())
NOUN_BEFORE = frozenset(
    (
        "of for worth from to with by book books backlog and is was were are has would will could came comes includes included valued at as "
        "placed in on"
    ).split()
) | {""}


def part_of_speech(text: str, one: TriggerMention, other: TriggerMention, placed: list[Chunk]) -> TriggerMention:
    """Which reading of a word that is verb and noun holds here, from the words beside it."""
    verb, noun = (one, other) if one.row.pos == "verb" else (other, one)
    if verb.row.pos == noun.row.pos:
        return one
    before = re.search(r"([\w'.$-]+)[ ]?$", text[max(0, verb.start - 30) : verb.start])
    previous = lower(before.group(1)) if before else ""
    following = (
        lower((re.match(r"\s*([\w$]+)", text[verb.end : verb.end + 30]) or [""])[0].strip())
        if text[verb.end : verb.end + 1]
        else ""
    )
    if previous in VERB_AFTER:
        return verb
    if following in NOUN_BEFORE:
        return noun if not (following == "to" and verb.form.endswith("ed")) else verb
    if (
        previous in DETERMINERS
        or (previous in SIZES and verb.form.endswith("s"))
        or previous in PREPOSITIONS
        or previous.endswith(("'s", "s'"))
    ):
        return noun
    if any(c.end in (verb.start - 1, verb.start) and (c.group or (c.actor and c.actor.how == "demonym")) for c in placed):
        return noun
    return verb
