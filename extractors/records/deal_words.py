"""What the quoted sentence says of a deal's place among others: a further lot, a deal that is known already, a part of a larger order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from extractors.mentions.quantities import number

# Words beside a number that make it a lot of its own: "a further 12", "12 more", "a second batch of six".
FURTHER_BEFORE = re.compile(
    r"\b(?:further|additional|another|extra|more|repeat|follow-on|follow-up)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
FURTHER_AFTER = re.compile(r"^[^.;,]{0,12}\b(?:more|additional|extra|further)\b", re.IGNORECASE)
FURTHER_ORDER = re.compile(
    r"\b(?:follow-on|follow-up|repeat|second|third|fourth|additional|another|supplementary|top-up|new) (?:\w+ )?"
    r"(?:order|contract|deal|batch|lot|tranche|purchase|request|buy|pair|trio|dozen|squadron|regiment)\b"
    r"|\b(?:exercis\w+|took up|taken up) (?:an? |the |its |their )?(?:\w+ )?options?\b"
    r"|\bin addition to\b|\bon top of\b|\badding to\b|\bjoin(?:ing)? the\b",
    re.IGNORECASE,
)
# A number of sets, not of the things in them.
IN_SETS = re.compile(r"^\W*(?:[\w/-]+ ){0,3}?(?:sets|batteries|battery|squadrons?|regiments?|battalions?)\b", re.IGNORECASE)
# A deal spoken of as known: "the 20 jets that Morocco ordered", "the first of 12 jets ordered by", "still on order".
REFERS_BACK = re.compile(
    r"\b(?:ordered|bought|purchased|acquired|contracted) (?:by|from)\b|\bon order\b"
    r"|\b(?:that|which) (?:[\w.'-]+ ){1,5}?(?:had |has |have )?(?:ordered|bought|purchased|acquired|signed for|contracted)\b"
    r"|\b(?:first|last|rest|remainder|half|all|one|two|three|four|five|six|seven|eight|nine|ten|\d+) of (?:the|its|their|\d+)\b",
    re.IGNORECASE,
)
# A finished purchase told without "has": background, where the sentence gives no day.
PAST = re.compile(
    r"(?<!\bhas )(?<!\bhave )(?<!\bbe )(?<!\bbeen )\b(?:ordered|bought|purchased|acquired|contracted)\b", re.IGNORECASE
)
YEARS = range(1900, 2100)
NUMBER = r"\d[\d,]*|[a-z]+(?:-[a-z]+)?"
OF_ALL = re.compile(
    rf"(?<!batches )(?<!batch )(?<!lots )(?<!lot )(?<!groups )\bof (?:the |its |their |all )?(?P<number>{NUMBER})\b",
    re.IGNORECASE,
)
ONE_OF_ROW = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|last|final|lead)\b", re.IGNORECASE)
SIZE = re.compile(rf" (?:of|for) (?:up to |some |about )?(?P<number>{NUMBER})\b", re.IGNORECASE)
WHOLE = re.compile(
    rf"\b(?:batch|order|lot|total|contract|deal|purchase|tranche) (?:of|for) (?:up to |some |about )?(?P<number>{NUMBER})\b"
    rf"|\bof (?:the |its |their )?(?P<all>{NUMBER}) (?:[\w/-]+ ){{0,4}}?(?:(?:it|they|that|which) \w+|ordered|bought|purchased|on order)\b",
    re.IGNORECASE,
)
# Which of several lots a sentence is about. Of a delivery it would be an instalment.
LOT = re.compile(
    r"\b(?P<place>first|second|third|fourth|fifth|final|last)(?: and (?:final|last))? (?:executive |firm )?"
    r"(?:batch|lot|tranche|contract|order|phase|purchase|sale)\b",
    re.IGNORECASE,
)


def is_further(row: Mapping[str, Any]) -> bool:
    """Whether the record's sentence makes it a lot beside an earlier one; a delivery of two more is an instalment."""
    quantity = row["quantity"]
    if any(about(FURTHER_ORDER, row["evidence"], None if quantity is None or quantity != quantity else int(quantity))):
        return True
    if row["status"] == "delivered":
        return False
    for field, before, behind in around(row):
        if FURTHER_BEFORE.search(before.rsplit(",", 1)[-1]) or (field == "quantity" and FURTHER_AFTER.search(behind)):
            return True
        if field == "quantity":
            return False
    return False


def about(words: re.Pattern[str], evidence: str, quantity: int | None) -> Iterator[re.Match[str]]:
    """Where the words stand, but for lots of another number than the record's: "a second batch of 22" is not about 24."""
    for found in words.finditer(evidence):
        size = SIZE.match(evidence, found.end())
        value = number(size["number"]) if size else None
        if value is None or quantity is None or value == quantity:
            yield found


def in_sets(row: Mapping[str, Any]) -> bool:
    """Whether the record's number counts sets: "four sets of drones", "two batteries"."""
    return any(field == "quantity" and IN_SETS.search(behind) for field, _, behind in around(row))


def around(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The words before and behind the quantity and the system, as far as they stand in the quoted sentence."""
    evidence, start = row["evidence"], row["evidence_start"]
    if start is None or start != start or not row["spans"]:
        return
    spans = orjson.loads(row["spans"])
    for field in ("quantity", "system"):
        for begin, end, part in spans.get(field, ()):
            at = begin - int(start)
            if part == row["evidence_in"] and 0 <= at < len(evidence):
                yield field, evidence[max(0, at - 48) : at], evidence[end - int(start) : end - int(start) + 40]


def refers_back(row: Mapping[str, Any]) -> bool:
    """Whether the record's sentence speaks of a deal that is known already, or tells a purchase as past with no day beside it."""
    evidence = row["evidence"]
    if REFERS_BACK.search(evidence):
        return True
    return (
        row["year_basis"] == "published"
        and row["evidence_in"] == "text"
        and (row["evidence_start"] or 0) > 0
        and PAST.search(evidence) is not None
    )


def lot(evidence: str, quantity: int | None) -> str:
    """Which lot the sentence is about, as "second"; empty where it names none or several, or one of another number."""
    places = {found["place"].lower().replace("last", "final") for found in about(LOT, evidence, quantity)}
    return places.pop() if len(places) == 1 else ""


def is_one_of_several(evidence: str) -> bool:
    """Whether a single thing that came is one of a row of them: "the first frigate", "a second boat"."""
    return ONE_OF_ROW.search(evidence) is not None


def is_whole(evidence: str, quantity: int) -> bool:
    """Whether a delivery's number is the order's, of which a part has come: "the first four of 12"."""
    return any(number(found["number"]) == quantity for found in OF_ALL.finditer(evidence))


def whole(evidence: str, part: int) -> int | None:
    """The larger number of the order that a delivered part belongs to: "four jets, the first of a batch of 12", "one of the 12 it ordered"."""
    for found in WHOLE.finditer(evidence):
        value = number(found["number"] or found["all"])
        if value is not None and value > part and value not in YEARS:
            return value
    return None
