"""The date and the sum that belong to a trigger, and whether its verb tells news or background."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.chunks import Chunk
from extractors.events.frames import Frame
from extractors.events.phrases import another_count
from extractors.events.wordlists import ADVERBS
from extractors.mentions.dates import DateMention
from extractors.mentions.money import Money

# Leads of a date that lies ahead.
TO_COME = frozenset(("by", "until", "starting in", "beginning in", "no later than", "next", "later", "tomorrow"))


def nearest_date(row: Sequence[Chunk], trigger: int, *, skipped: Sequence[int] = ()) -> DateMention | None:
    """The date of the trigger's clause, nearest to it; dates that belong to another trigger, and those `skipped`, are passed over."""
    best: tuple[int, int] | None = None
    for i, chunk in enumerate(row):
        if chunk.date is None or i in skipped:
            continue
        owner = row[i + 1].trigger if i + 1 < len(row) else None
        if chunk.date.lead == "since" and any(c.text in ("service", "operation", "use", "power") for c in row[max(0, i - 5) : i]):
            # "a frigate in service since 1988"
            continue
        # "reported this month that it purchased ... in 2007-2013": the month is the report's
        reported = any(c.kind in ("relative", "break") for c in row[min(i, trigger) + 1 : max(i, trigger)])
        dateless = chunk.date.year is None and chunk.date.basis == "relative" and reported
        if dateless or is_adjectival(row, i) or is_other_event(row, i):
            continue
        if owner is not None and owner.row.pos == "noun" and i + 1 != trigger and chunk.date.basis == "stated":
            # "under a 2015 contract ... received": the year is the contract's
            continue
        if chunk.date.lead in TO_COME and another_count(row, row[trigger].end, chunk.start):
            continue
        low, high = sorted((i, trigger))
        between = row[low + 1 : high]
        if any(c.kind == "break" and c.text in ("but", "while", "although", ";", "which", "whereas") for c in between):
            continue
        others = sum(c.trigger is not None and c.trigger.row.pos == "verb" for c in between)
        key = (others * 6 + abs(i - trigger), i)
        if best is None or key < best:
            best = key
    return row[best[1]].date if best is not None else None


ORDERS = frozenset("contract contracts order orders deal deals agreement agreements purchase".split())
ORDERED = frozenset("ordered bought purchased acquired contracted signed agreed".split())


def order_dates(row: Sequence[Chunk]) -> list[int]:
    """Where the dates of orders stand in a sentence: "the eight it ordered in 2009", "a contract of 2010", "under a 2018 contract"."""
    return [i for i, chunk in enumerate(row) if chunk.date is not None and dates_order(row, i)]


def dates_order(row: Sequence[Chunk], at: int) -> bool:
    """Whether the date at `at` stands before or after a noun of ordering, or belongs to the nearest verb of ordering before it."""
    if at + 1 < len(row) and row[at + 1].trigger is not None and row[at + 1].text in ORDERS:
        return True
    for j in range(at - 1, max(-1, at - 9), -1):
        if row[j].text in ORDERED:
            return True
        if row[j].text in ORDERS:
            return row[j + 1].text in ("of", "from", "dated")
        if row[j].kind in ("trigger", "comma", "break", "relative", "conjunction", "date"):
            return False
    return False


def own_date(row: Sequence[Chunk], at: int, frame: Frame) -> DateMention | None:
    """The date right after one lot of several: "six jets in 2016 and nine helicopters in 2017"."""
    lots = [i for i in frame.roles.systems if i != at]
    if at <= frame.at or not lots or sum(c.date is not None for c in row[frame.at :]) < 2:
        return None
    breaks = (i for i, c in enumerate(row) if i > at and c.text == ";")
    end = min((*(i for i in lots if i > at), *breaks), default=len(row))
    return next((c.date for c in row[at + 1 : end] if c.date is not None and c.date.basis != "vague"), None)


# Participles beside a year that is no year of the deal: "founded in 1963", "launched in 1989".
OTHER_EVENTS = frozenset(
    "founded established launched invaded born built introduced created formed designed developed upgraded retired destroyed withdrawn "
    "decommissioned elected appointed killed crashed conceived modernised modernized refitted".split()
)


def is_other_event(row: Sequence[Chunk], at: int) -> bool:
    """Whether the year belongs to a participle before it that is no trigger."""
    return at > 0 and row[at - 1].text in OTHER_EVENTS


def is_adjectival(row: Sequence[Chunk], at: int) -> bool:
    """Whether a year only names something else: "its 1991 war of independence", "during the 2020 conflict"."""
    date, following = row[at].date, row[at + 1] if at + 1 < len(row) else None
    if date is None or date.basis != "stated" or following is None or following.kind != "word" or not following.text.isalpha():
        return False
    before = row[at - 1].text if at else ""
    determined = before in ("its", "their", "the", "a", "his") or " the " in f" {row[at].text}"
    return determined and following.text not in ("and", "or") and following.text[0].isalpha()


def nearest_money(row: Sequence[Chunk], trigger: int) -> Money | None:
    """The sum nearest to the trigger."""
    sums = [(abs(i - trigger), i) for i, c in enumerate(row) if c.money is not None]
    return row[min(sums)[1]].money if sums else None


# Verbs of a finished transfer: "India has purchased" tells a background, "Turkey has halved its order" tells news.
FINISHED = frozenset({"BUY", "RECEIVE", "SELL", "EQUIP", "LEASE"})


def is_perfect(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether the trigger is a background perfect of a finished transfer: "India has purchased", "had already ordered"."""
    trigger = row[frame.at].trigger
    if trigger is None or trigger.row.pos != "verb" or frame.kind not in FINISHED:
        return False
    j = frame.at - 1
    while j >= 0 and row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text == "been"):
        if row[j].text in ("previously", "already", "earlier"):
            return True
        j -= 1
    return j >= 0 and row[j].text in ("has", "have", "had")
