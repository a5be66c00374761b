"""The left side of a verb: its subject, through pronouns, asides, shared subjects and relative clauses."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.chunks import BE, DETERMINERS, Chunk
from extractors.events.phrases import governing, infinitive_at, is_gerund_subject, is_passive
from extractors.events.wordlists import ADVERBS, CAUSATIVES, MODALS, NO_CONTROL, SAYING, STANCES


def leftward(row: Sequence[Chunk], at: int) -> tuple[list[int], list[int], dict[str, tuple[int, ...]]]:
    """The subject's actors, the groups to the left nearest first, and actors under prepositions on the way."""
    groups: list[int] = []
    governed: dict[str, tuple[int, ...]] = {}
    relative_at = -1
    trigger_ing = (trigger := row[at].trigger) is not None and trigger.form.split(" ")[0].endswith("ing")
    head = pronoun_head(row, at)
    if head is not None:
        spoken_of = at - 2 if at >= 2 and row[at - 1].text in ("it", "they") and row[at - 2].kind == "group" else -1
        return head, [spoken_of] if spoken_of >= 0 else groups, governed
    shared = shared_subject(row, at)
    if shared:
        return shared, groups, governed
    j = before_aside(row, at)
    while j >= 0:
        chunk = row[j]
        if chunk.kind == "break" and chunk.text not in ("said", "says", "after", "as", "-", "told", "added", "since", "when"):
            break
        if (
            chunk.kind == "break"
            and chunk.text in ("after", "as", "since", "when", "said", "says")
            and groups == []
            and j < at - 1
            and any(c.kind == "actor" for c in row[j + 1 : at])
        ):
            break
        if chunk.kind == "relative":
            relative_at = j
        if chunk.kind == "group":
            groups.append(j)
        if chunk.kind == "actor":
            preposition = governing(row, j)
            before_relative = relative_at == j + 1 or (relative_at == j + 2 and row[j + 1].kind == "comma")
            actor = chunk.actor
            if trigger_ing and actor is not None and actor.is_firm and j == at - 2 and row[at - 1].text == ",":
                # "a proposal from Saab, offering the Gripen"
                return [j], groups, governed
            controls = (
                (j == infinitive_at(row, at) - 1 and preposition not in NO_CONTROL)
                or is_gerund_subject(row, j, at)
                or (j == at - 1 and j > 0 and row[j - 1].text in CAUSATIVES)
            )
            owns = (
                actor is not None
                and actor.possessive
                and at - j <= 6
                and not any(c.kind in ("group", "relative") for c in row[j + 1 : at])
            )
            if controls or owns:
                return [j], groups, governed
            if is_sanctioned(row, j, at):
                return [j], groups, governed
            if j + 1 < at and row[j + 1].text in STANCES:
                # "faced US sanctions for purchasing": whose sanctions they are does not buy
                j -= 1
                continue
            adjectival = (
                actor is not None
                and actor.how == "demonym"
                and j + 1 < at
                and row[j + 1].kind in ("trigger", "word")
                and row[j + 1].text not in BE
                and row[j + 1].text not in MODALS
            )
            if preposition and not before_relative:
                governed[preposition] = (*governed.get(preposition, ()), j)
            elif not adjectival:
                subjects = [j]
                k = j - 1
                while k >= 1 and row[k].kind in ("conjunction", "comma"):
                    if row[k - 1].kind == "actor" and governing(row, k - 1) == "":
                        subjects.append(k - 1)
                        k -= 2
                    elif row[k].kind == "conjunction" and row[k - 1].kind == "comma":
                        k -= 1
                    else:
                        break
                return list(reversed(subjects)), [*groups, *antecedent_group(row, subjects[-1])], governed
            else:
                governed["adjective"] = (*governed.get("adjective", ()), j)
        j -= 1
    return [], groups, governed


def is_sanctioned(row: Sequence[Chunk], party: int, at: int) -> bool:
    """Whether the party is blamed for, or kept from, what the gerund at `at` says: "sanctions on China for purchasing"."""
    trigger = row[at].trigger
    if trigger is None or not trigger.form.endswith("ing") or at < 2:
        return False
    return row[at - 1].text in ("for", "over", "from") and governing(row, party) in ("on", "against")


def pronoun_head(row: Sequence[Chunk], at: int) -> list[int] | None:
    """Who "it" or "they" right before the verb are: the party that heads the sentence, if any; None where no pronoun stands there."""
    j = at - 1
    while (
        j >= 0
        and row[j].kind in ("word", "preposition")
        and (row[j].text in ADVERBS or row[j].text in BE or row[j].text in MODALS or row[j].text == "to")
    ):
        j -= 1
    if j >= 0 and row[j].text == "we":
        return speaker(row)
    if j < 1 or row[j].text not in ("it", "they"):
        return None
    starts = [i for i in range(1, j) if row[i].actor is not None and (row[i - 1].kind == "conjunction" or row[i - 1].text == ";")]
    start = max((i for i in starts if any(c.kind == "break" or c.trigger is not None for c in row[:i])), default=0)
    heads = [
        i
        for i in range(start, j)
        if row[i].actor is not None and governing(row, i) == "" and not (i + 1 < j and row[i + 1].text in STANCES)
    ]
    plain = [i for i in heads if (party := row[i].actor) is not None and not party.possessive and party.how != "demonym"]
    return (plain or heads)[:1]


def speaker(row: Sequence[Chunk]) -> list[int]:
    """The state whose representative says what is quoted: "we have bought 24 howitzers," Bangladesh's army chief told reporters."""
    for i, chunk in enumerate(row):
        if chunk.actor is not None and not chunk.actor.is_firm:
            for following in row[i + 1 : i + 8]:
                if following.text in SAYING:
                    return [i]
                if following.kind in ("actor", "group", "trigger") or following.text == ";":
                    break
    return []


def shared_subject(row: Sequence[Chunk], at: int) -> list[int]:
    """The subject that a verb after "and" shares with the verb before it: "Slovakia handed over 30 carriers and received 15 tanks"."""
    j = at - 1
    while j >= 0 and (row[j].kind == "date" or (row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text in BE))):
        j -= 1
    if j < 1 or row[j].kind != "conjunction":
        return []
    for k in range(j - 1, -1, -1):
        trigger = row[k].trigger
        if row[k].kind in ("break", "relative"):
            return []
        if trigger is not None and trigger.row.pos == "verb":
            return [] if is_passive(row, k) else leftward(row, k)[0]
    return []


def before_aside(row: Sequence[Chunk], at: int) -> int:
    """Where the search for the subject of the verb at `at` starts: before an aside between commas that parts them.

    "Kuwait, which had looked at Rafales, has signed", "Ukraine and Poland, Turkey's partner, also ordered".
    """
    j = at - 1
    while j >= 0 and row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text in BE or row[j].text in MODALS):
        j -= 1
    if j < 2 or row[j].text != ",":
        return at - 1
    relative = next((k for k in range(j - 1, -1, -1) if row[k].kind == "relative" and row[k - 1].text == ","), -1)
    opening = next((k for k in range(j - 1, 0, -1) if row[k].text == ","), -1)
    for k in (relative - 1, opening):
        if k > 0 and row[k - 1].actor is not None and governing(row, k - 1) == "":
            return k - 1
    return at - 1


def antecedent_group(row: Sequence[Chunk], subject: int) -> list[int]:
    """The group that a relative clause speaks of, right before its subject: "the jets (that) India ordered"."""
    j = subject - 1
    while j >= 0 and (row[j].kind in ("relative", "comma") or row[j].text in DETERMINERS):
        j -= 1
    return [j] if j >= 0 and row[j].kind == "group" else []
