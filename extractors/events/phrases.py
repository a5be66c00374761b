"""What governs a noun phrase, and whether a verb is passive, an infinitive or a gerund with a subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.events.chunks import BE, DETERMINERS, Chunk, TriggerMention
from extractors.events.wordlists import ADVERBS, FINITE, MODALS, PARTICIPLES, SAYING


def governing(row: Sequence[Chunk], at: int) -> str:
    """The preposition that governs the actor or group at `at`, through determiners, adjectives and lists; else empty."""
    j = at - 1
    steps = 0
    if opens_clause(row, at):
        return ""
    while j >= 0 and steps < 4:
        chunk = row[j]
        if chunk.kind == "preposition":
            return chunk.text
        if chunk.kind == "conjunction" or (chunk.kind == "comma" and chunk.text == ","):
            k = j - 1
            while k >= 0 and row[k].kind in ("comma", "conjunction"):
                k -= 1
            if chunk.kind == "conjunction" and j and row[j - 1].text == "," and row[at].kind == "actor" and heads_clause(row, at):
                # "from South Korea, and Ecuador ordered two"
                return ""
            if k >= 0 and row[k].kind == row[at].kind and row[k].kind in ("actor", "group"):
                return "" if chunk.kind == "comma" and (is_fronted(row, k) or not list_goes_on(row, at)) else governing(row, k)
            return ""
        if chunk.kind == "word" and (chunk.text in DETERMINERS or chunk.text not in BE) and chunk.text not in ADVERBS:
            j -= 1
            steps += 1
            continue
        return ""
    return ""


def opens_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether the name at `at` starts the main clause right after a phrase that opens the sentence: "under the shah Iran bought"."""
    if row[at].actor is None or not 2 < at < 6 or at + 1 >= len(row) or row[0].kind != "preposition":
        return False
    if row[at - 1].kind not in ("word", "date") or row[at - 1].text in DETERMINERS or row[1].text not in ("the", "a"):
        return False
    following = row[at + 1].trigger
    return following is not None and following.row.pos == "verb" and all(c.kind == "word" for c in row[1:at])


def heads_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether the party at `at`, after an "and", has a verb of its own: "to Kosovo, and Belgrade protested"."""
    j = at + 1
    while j < len(row) and row[j].kind == "word" and row[j].text in ADVERBS:
        j += 1
    if j >= len(row):
        return False
    following = row[j]
    if following.kind == "trigger" and following.trigger is not None:
        return following.trigger.row.pos == "verb" and not following.trigger.form.endswith("ing")
    return following.kind == "word" and (
        following.text in FINITE or following.text in SAYING or following.text in MODALS or following.text.endswith("ed")
    )


def list_goes_on(row: Sequence[Chunk], at: int) -> bool:
    """Whether after the party or group at `at` one more of its kind follows: in "from the US, Jakarta decided" the comma ends a phrase."""
    j = at + 1
    while j < len(row) and (row[j].kind in ("comma", "conjunction") or row[j].text in DETERMINERS):
        j += 1
    return j > at + 1 and j < len(row) and row[j].kind == row[at].kind


def is_fronted(row: Sequence[Chunk], at: int) -> bool:
    """Whether the actor at `at` closes a phrase that opens the sentence: "Apart from Japan, Israel and Australia ..."."""
    short = at <= 3 or (at <= 6 and row[0].kind == "preposition")
    return short and any(c.kind == "preposition" for c in row[:at]) and all(c.kind in ("preposition", "word") for c in row[:at])


def is_participle(form: str) -> bool:
    head = form.split(" ")[0]
    return head in PARTICIPLES or head.endswith("ed")


DESCRIBED = re.compile(
    r"\b(?:the|its|their|these|those|an?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|more|other) $"
)


def describes(text: str, trigger: TriggerMention) -> bool:
    """Whether a participle right after a determiner describes the noun after it: "a seventh leased Gripen", "the armed aircraft"."""
    if " " in trigger.form or not trigger.form.endswith("ed") or not is_participle(trigger.form):
        return False
    return (
        DESCRIBED.search(text[max(0, trigger.start - 12) : trigger.start]) is not None
        and text[trigger.end : trigger.end + 1] == " "
    )


def is_passive(row: Sequence[Chunk], at: int) -> bool:
    """Whether the verb at `at` is passive: a form of be before it, or a reduced relative ("jets ordered by India")."""
    trigger = row[at].trigger
    if trigger is None or not is_participle(trigger.form) or trigger.form.startswith("interested"):
        return False
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in ADVERBS:
        j -= 1
    if j >= 0 and row[j].kind == "word" and row[j].text in ("is", "are", "was", "were", "be", "been", "being", "gets"):
        return True
    if j >= 0 and row[j].kind == "word" and row[j].text in ("has", "have", "had", "having"):
        return False
    following = row[at + 1] if at + 1 < len(row) else None
    next_preposition = following is not None and following.kind in ("preposition", "date")
    if j >= 0 and row[j].kind == "group" and (next_preposition or following is None or following.kind in ("comma", "break")):
        return following is not None and (
            following.text in ("by", "to", "from", "for", "under", "in", "as", "with") or following.kind == "date"
        )
    if j >= 0 and row[j].text == "as" and next_preposition:
        return True
    if j >= 0 and row[j].kind == "comma":
        return following is not None and (
            following.text in ("by", "to", "from", "under", "for", "in") or following.kind == "date"
        )
    return False


def infinitive_at(row: Sequence[Chunk], at: int) -> int:
    """Where the "to" of the infinitive at `at` stands, over adverbs ("to either buy"); -1 where it is no infinitive."""
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in ADVERBS | {"either", "eventually", "jointly"}:
        j -= 1
    return j if j >= 0 and row[j].kind == "preposition" and row[j].text == "to" else -1


def is_gerund_subject(row: Sequence[Chunk], party: int, at: int) -> bool:
    """Whether the party right before a gerund is its subject: "towards Australia acquiring", "help Kyiv in procuring"."""
    trigger = row[at].trigger
    if trigger is None or not trigger.form.split(" ")[0].endswith("ing") or row[party].actor is None:
        return False
    return party == at - 1 or (party == at - 2 and row[at - 1].text == "in")


def another_count(row: Sequence[Chunk], start: int, end: int) -> bool:
    """Whether between two offsets a clause with a bare count as its subject starts: "has received six, and ten more are due"."""
    return any(
        row[i].kind == "conjunction" and row[i + 1].quantity is not None
        for i in range(len(row) - 1)
        if start <= row[i].start and row[i + 1].end <= end
    )
