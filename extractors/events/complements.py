"""The right side of a trigger: its objects, and the fillers of each preposition after it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.chunks import DETERMINERS, LISTED_NOUNS, Chunk
from extractors.events.phrases import heads_clause
from extractors.events.wordlists import FINITE, MEASURING, OTHER_INFINITIVES, OTHER_VERBS, OWNED, REASONS, SAYING


def opens_nominal(row: Sequence[Chunk], at: int) -> bool:
    """Whether a deal noun heads the phrase of the preposition at `at`: "over its purchase of missiles"."""
    verb = next((c.trigger.row.frame for c in reversed(row[:at]) if c.trigger is not None), "")
    for chunk in row[at + 1 : at + 5]:
        if chunk.trigger is not None:
            return chunk.trigger.row.pos == "noun" and verb not in ("TALK", "TALKS")
        if chunk.kind not in ("word", "actor"):
            return False
    return False


def starts_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether an unknown verb stands at `at`: a plain word right before a determiner ("to strengthen its", "or lose a")."""
    return (
        at + 1 < len(row)
        and row[at].kind == "word"
        and row[at].text.isalpha()
        and row[at].text not in DETERMINERS
        and row[at + 1].kind == "word"
        and row[at + 1].text in ("a", "an", "the", "its", "their", "his", "this", "these")
    )


def is_apposition(row: Sequence[Chunk], at: int) -> bool:
    """Whether the owner at `at` only describes the party after it: "Qatar's rival Bahrain"."""
    return at + 2 < len(row) and row[at + 1].kind == "word" and row[at + 2].kind == "actor"


def reports(row: Sequence[Chunk], at: int) -> bool:
    """Whether the party at `at` is who says so, not one more of a list: "..., the Chadian army said"."""
    for chunk in row[at + 1 : at + 9]:
        if chunk.text in SAYING:
            return True
        if chunk.kind in ("conjunction", "group", "break"):
            return False
    return False


def rightward(row: Sequence[Chunk], at: int) -> tuple[list[int], dict[str, tuple[int, ...]], list[int], list[int]]:
    """Object fillers, fillers by preposition, nominal triggers on the way, and what follows a comma without belonging."""
    obj: list[int] = []
    prepositions: dict[str, tuple[int, ...]] = {}
    nominals: list[int] = []
    aside: list[int] = []
    slot, since_actor, last, listed_in = "", False, -1, ""
    resumed = ""
    j = at + 1
    while j < len(row):
        chunk = row[j]
        if (
            chunk.text == ";"
            and last >= 0
            and row[last].kind == "group"
            and j + 1 < len(row)
            and row[j + 1].kind in ("group", "quantity", "conjunction")
        ):
            j += 1
            continue
        if chunk.kind == "break" and chunk.text in ("-", "--", ":") and slot and row[j - 1].text in LISTED_NOUNS:
            j += 1
            continue
        if (
            chunk.kind == "break"
            or (chunk.kind == "relative" and j > at + 1)
            or (chunk.kind == "word" and chunk.text in OTHER_VERBS and j > at + 1)
        ):
            break
        if chunk.kind == "preposition":
            if chunk.text in REASONS and j > at + 1 and opens_nominal(row, j):
                break
            if chunk.text == "to" and j + 1 < len(row) and (row[j + 1].text in OTHER_INFINITIVES or starts_clause(row, j + 1)):
                break
            if chunk.text == "including" and slot in ("to", "from", "by", "with", "for") and row[j - 1].text in LISTED_NOUNS:
                # "sold to countries including Qatar": the list is of those it was sold to
                j += 1
                continue
            if chunk.text == "of" and slot in ("to", "from", "for", "with", "by") and row[j - 1].text in OWNED:
                # "to the governments of Qatar and Kuwait"
                j += 1
                continue
            unknown_firm = row[j - 1].kind == "word" and row[j - 1].text not in MEASURING and not since_actor
            if (
                chunk.text == "of"
                and slot in ("from", "with", "by")
                and j + 1 < len(row)
                and row[j + 1].actor is not None
                and unknown_firm
            ):
                # "from Garden Reach of India"
                j += 1
                continue
            if slot != "aside":
                slot, since_actor = chunk.text, False
        elif chunk.kind == "comma":
            ahead = j + 1
            while ahead < len(row) and row[ahead].kind == "word" and row[ahead].text in DETERMINERS:
                ahead += 1
            following = row[ahead] if ahead < len(row) else None
            if following is None:
                break
            continues = (
                following.kind in ("conjunction", "preposition")
                or (last >= 0 and following.kind == row[last].kind and following.kind in ("group", "actor"))
                or (following.kind in ("quantity", "group") and last >= 0 and row[last].kind == "group")
                or (following.kind == "group" and last < 0 and slot == "" and row[at].trigger is not None and j <= at + 3)
                or chunk.text == "("
            )
            if following.kind == "actor" and (heads_clause(row, ahead) or (continues and reports(row, ahead))):
                break
            if not continues:
                resumed, slot = (resumed if slot == "aside" else slot), "aside"
            elif slot == "aside":
                # the comma that closes an aside: the main clause goes on
                slot = resumed
        elif chunk.kind == "conjunction" and (starts_clause(row, j + 1) or (j + 1 < len(row) and row[j + 1].text in FINITE)):
            break
        elif chunk.kind == "trigger" and chunk.trigger is not None:
            if chunk.trigger.row.pos == "noun":
                nominals.append(j)
            elif row[j - 1].kind == "preposition" and row[j - 1].text == "to":
                break
            elif row[j - 1].kind in ("conjunction",) and not obj:
                j += 1
                continue
            else:
                break
        elif chunk.kind == "actor" and chunk.actor is not None and chunk.actor.possessive and is_apposition(row, j):
            pass
        elif chunk.kind == "actor" and row[j - 1].kind == "conjunction" and heads_clause(row, j):
            break
        elif chunk.kind in ("actor", "group"):
            last = j
            if slot == "aside":
                aside.append(j)
            else:
                goes_on = chunk.kind == "group" and since_actor and slot in ("to", "from", "by", "with", "for")
                # "signed for 30 Mi-28s from Russia, 24 FA-50s": one more lot belongs where the lot before it stands
                into = listed_in if goes_on else slot
                if into in ("", "including") and (into == "" or chunk.kind == "group"):
                    obj.append(j)
                else:
                    prepositions[into] = (*prepositions.get(into, ()), j)
                if chunk.kind == "group":
                    listed_in = into if into == "for" and not obj else ""
            since_actor = since_actor or chunk.kind == "actor"
        elif (
            chunk.kind == "word"
            and chunk.text in ("will", "would", "has", "have", "had", "is", "are", "was", "were", "could", "may")
            and j > at + 2
        ):
            break
        j += 1
    return obj, prepositions, nominals, aside
