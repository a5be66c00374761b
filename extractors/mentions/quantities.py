"""Counts in words and digits: "36", "two dozen", "up to 20", "20 to 30", "hundreds of". Offsets into the folded text.

Deliberately small: model numbers, calibres, distances, money, years, ages and ranks are kept out here or by the mentions that
cover them, because general-purpose number parsers misread them. Ranges stay `(low, high)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "mln": 1_000_000, "lakh": 100_000, "crore": 10_000_000}
WORD = "|".join(sorted([*UNITS, *TENS, *SCALES], key=len, reverse=True))
WORDS = rf"(?:(?:{WORD})(?:[- ](?:and )?(?:{WORD}))*)"
DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
ONE = (
    rf"(?:(?:(?:{WORDS}|\d+|a|half a) )?dozen|(?:{DIGITS})(?: (?:million|thousand|hundred|mln|lakh)(?![a-z]))?|{WORDS}"
    r"|a (?:pair|couple|trio|quartet)|(?:one |two |three )?pairs?|an? hundred|an? thousand)"
)
PREFIXES = {
    "at most": r"up to|as many as|a maximum of|no more than|not more than|a total of up to|at most|fewer than|less than|under",
    "at least": r"at least|more than|over|no fewer than|no less than|not less than|upwards of|in excess of|a minimum of|well over|just over|exceeding",
    "about": r"about|around|some|approximately|roughly|nearly|almost|an estimated|close to|approx\.?|circa|around about|just under",
}
PREFIX = "|".join(f"(?P<p{i}>{pattern})" for i, pattern in enumerate(PREFIXES.values()))
FURTHER = r"(?:between|from|a further|another|an additional|an extra|an initial|a total of|the (?:first|last|remaining|other|final)|first|additional|all|these|those|the|its|their|another of the)"
QUANTITY = re.compile(
    rf"(?<![\w.$€£¥/-])(?:(?:{FURTHER}) )?(?:(?:{PREFIX}) )?(?:{FURTHER} )?"
    rf"(?P<low>{ONE})(?: \(\d[\d,]*\)(?= \w))?(?:(?: ?- ?| to | or |/| and (?=\d+ (?:more )?(?:units|aircraft)))(?P<high>{ONE}))?(?![\w%]|[-/]\w|\.\d|,\d{{3}})",
    re.IGNORECASE,
)
PARTICLE = re.compile(r"\b(?:hand|hands|handed|handing|turned|took|take) $", re.IGNORECASE)
VAGUE = re.compile(
    r"(?<!\w)(?:(?:several|many|some|a few|a handful of|numerous|various|multiple)(?: (?:dozens?|hundreds?|thousands?)(?: of)?)?|(?:tens|dozens|scores|hundreds|thousands|millions|tens of thousands|hundreds of thousands) of|a number of|an unspecified number of|an undisclosed number of)(?!\w)",
    re.IGNORECASE,
)
# "a 40-aircraft requirement", "the 131-jet order"
COMPOUND = re.compile(
    r"(?<![\w.$€£¥/-])(\d{1,3}(?:,\d{3})*)(?=-(?:aircraft|airplane|plane|jet|fighter|tank|helicopter|ship|boat|submarine|vehicle|missile|drone|howitzer|frigate|corvette|launcher|trainer)\b)"
)
# What follows a number that is not a count of things.
NOT_COUNT = re.compile(
    r"\s?(?:-?(?:km|kilomet|mile|nautical|metre|meter|m\b(?![-\d]| ?dlr)|feet|foot|ft\b|inch|mm|cm|kg|kilogram|tonne|tons?\b|lb|pound|mph|knot|hour|minute|second(?![- ]hand)|day|week|month|year|decade|centur"
    r"|per ?cent|percent|pct|%|°|degree|hp|horsepower|kw|mw|ghz|mhz|mach\b|g-?force|euros?\b|dollar|dlr|rupee|crore|lakh crore|yuan|rouble|ruble|won\b|yen\b|billion|bln|bn|trillion|mln dlr"
    r"|people|soldier|troop|personnel|men |crew|passenger|countr|nation|job|employee|worker|partner|seat|round per|rounds a minute|percentage|points?\b|times\b|o'clock|a\.m|p\.m|-strong|-member|-seat|-year))|(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
BEFORE_NOT_COUNT = re.compile(
    r"(?:\b(?:block|mk|mark|type|phase|lot|tranche|article|section|no|number|page|chapter|flight|batch|mod|model|version|group|project|class|u\.s\.c|resolution|agenda|item|aged|age|july|june|january|february|march|april|may|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? |[$€£¥#]|\bUS\$|\bRs\.? ?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count: `low` and `high` are equal unless it is a range; both `None` where it is vague."""

    start: int
    end: int
    low: int | None
    high: int | None
    note: str


COLLECTIVES = {"pair": 2, "couple": 2, "trio": 3, "quartet": 4}


def number(text: str) -> int | None:
    """The integer that a count in words or digits stands for, else `None` ("4.5" is no count, "1.5 million" is)."""
    words = text.lower().replace(",", "").replace("-", " ").split()
    words = [w for w in words if w not in ("and", "a", "an")] if len(words) > 1 else words
    if not words:
        return None
    if words[0] in COLLECTIVES:
        return COLLECTIVES[words[0]]
    if words[-1] in ("pair", "pairs"):
        return 2 * (number(" ".join(words[:-1])) or 1)
    if words[-1] == "dozen":
        if words[0] == "half":
            return 6
        return 12 * (number(" ".join(words[:-1])) or 1) if len(words) > 1 else 12
    if any(one in UNITS and two in UNITS for one, two in zip(words, words[1:], strict=False)):
        # "Five-Seven" is a pistol
        return None
    total, current = 0.0, 0.0
    for word in words:
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            current += float(word)
        elif word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word in SCALES:
            scale = SCALES[word]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    value = total + current
    return int(value) if value == int(value) else None


BETWEEN = re.compile(rf"\b(?:between|from) (?P<low>{ONE}) (?:and|to) (?P<high>{ONE})(?![\w%]|[-/]\w)", re.IGNORECASE)


def quantities(text: str) -> list[Quantity]:
    """Counts in the (folded) text by position; covers whole phrases such as "at least two dozen" and "20 to 30"."""
    found: list[Quantity] = []
    for match in BETWEEN.finditer(text):
        low, high = number(match.group("low")), number(match.group("high"))
        if low and high and low < high and not NOT_COUNT.match(text, match.end()) and not 1900 <= low < high < 2070:
            found.append(Quantity(match.start(), match.end(), low, high, "range"))
    ranges = [(q.start, q.end) for q in found]
    for match in QUANTITY.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in ranges):
            continue
        if NOT_COUNT.match(text, match.end()) or BEFORE_NOT_COUNT.search(
            text[max(0, match.start("low") - 14) : match.start("low")]
        ):
            continue
        low = number(match.group("low"))
        high = number(match.group("high")) if match.group("high") else low
        if low is None or high is None or low == 0:
            continue
        bare = not match.group("high") and not any(match.group(f"p{i}") for i in range(len(PREFIXES)))
        if bare and re.fullmatch(r"(?:19|20)\d\d", match.group("low")):
            # A bare year is a count only where a prefix says so ("some 2000 missiles" is rare and ambiguous).
            found.append(Quantity(match.start("low"), match.end(), low, low, "year-like"))
            continue
        note = next((name for i, name in enumerate(PREFIXES) if match.group(f"p{i}")), "exact")
        start = match.start()
        if PARTICLE.search(text[max(0, start - 8) : start]):
            # "handed over 6 howitzers": the "over" is the verb's
            note, start = "exact", match.start("low")
        if high > low and match.group("high"):
            note = "range"
        elif high < low:
            low = high = number(match.group("low"))
        found.append(Quantity(start, match.end(), low, high, note))
    for match in COMPOUND.finditer(text):
        count = number(match.group(1))
        if count and not any(q.start < match.end() and match.start() < q.end for q in found):
            found.append(Quantity(match.start(), match.end(), count, count, "exact"))
    for match in VAGUE.finditer(text):
        overlapping = [q for q in found if q.start < match.end() and match.start() < q.end]
        if overlapping and all(match.start() < q.start and q.end <= match.end() for q in overlapping):
            # "several dozen" is no dozen
            found = [q for q in found if q not in overlapping]
            overlapping = []
        if not overlapping:
            found.append(Quantity(match.start(), match.end(), None, None, "vague"))
    return sorted(found, key=lambda q: (q.start, -q.end))
