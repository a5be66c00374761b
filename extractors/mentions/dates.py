"""Years and dates in running text, and the year that each stands for.

A small grammar of our own: general date parsers read "2022-23" as a day and "January and" as a date. A part that the text does
not give stays missing. Relative words resolve against a reference date: the publication date, or for an undated article the
year inferred from its own words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
YEAR = r"(?:19[1-9]\d|20[0-6]\d)"
LEAD = (
    r"(?P<lead>between|from|since|by|until|till|through|before|after|around|starting in|beginning in|as early as|as of"
    r"|no later than|over|during|in|on|for|late|early|mid|end of|back in|fy|fiscal|fiscal year|financial year)"
)
STATED = re.compile(
    rf"(?<![\w$€£/.,-])(?<!\bNo\. )(?<!\bhull )(?:{LEAD}[ -](?:the |about |around |late |early |mid-?|end of |beginning of |start of |middle of |fiscal (?:year )?|fy ?)*)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?P<month>{MONTH}) (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:of )?)?"
    rf"(?P<year>{YEAR})(?:(?P<join>-| to | and |/| through | until )(?P<year2>{YEAR}|\d\d(?!\d)))?(?![\w%]|,\d|\.\d|-\d)",
    re.IGNORECASE,
)
# Times that name no year: what happened then is background, whenever the article appeared.
VAGUE = re.compile(
    r"\b(?:(?:in|during|since|from|by|back in|of) )?(?:the )?(?:early |mid-?|late |early-|late-)?(?:19|20)\d0s\b"
    r"|\b(?:in|over|during|for|within) (?:the )?(?:recent|past|last|previous) (?:few |several |couple of |two |three |four |five |six |ten |\d+ )?(?:years|decades?|months|weeks)\b"
    r"|\b(?:in|over) the (?:past|years)\b(?! \w+s\b)|(?<![a-z\d] )\b(?:years|decades|long|some time|several years|many years|a few years) ago\b|\b(?:during|in|throughout|of) the [Cc]old [Ww]ar\b"
    r"|\bonce (?=[a-z]+ed\b|bought|sold|gave|sent)|\bbefore the (?:\d{4} )?(?:war|revolution|unrest|coup|conflict|crisis|invasion)\b",
    re.IGNORECASE,
)
# A year told by the one before it: "the following year", "two years earlier", "that same year".
AFTER_ANOTHER = re.compile(
    r"\b(?:(?P<same>(?:in )?(?:that|the) same year|(?:later|earlier) that year|that year)|(?P<next>(?:in )?the (?:following|next) year|a year (?:later|after))"
    r"|(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d) years (?P<way>later|earlier|before|after)|(?P<prior>(?:in )?the (?:previous|preceding) year|a year (?:earlier|before)))\b",
    re.IGNORECASE,
)
SHORT_YEAR = re.compile(r"\b(?:in|since|of|from) '(?P<yy>\d\d)\b")
HOLIDAY = re.compile(
    r"\b(?:(?:just |shortly )?(?:before|at|over|around) Christmas|(?:on )?Christmas (?:Eve|Day)|(?:on )?New Year's Eve)\b"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
RELATIVE = re.compile(
    rf"\b(?:(?P<before_last>the year before last)|(?P<unit_of>earlier|later|late|early) (?:this|last|next) (?P<unit1>year|month|week)|(?P<which>last|this|next|past|previous|the coming|coming) (?P<unit2>year|month|week|fiscal year|quarter|fall|spring|summer|winter|autumn)"
    rf"|(?P<n>\d+|a|an|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<ago_unit>year|month|week|day)s? ago"
    rf"|(?P<today>today|yesterday|tomorrow|tonight|(?:on |last |this |next )?{WEEKDAY}))\b",
    re.IGNORECASE,
)
MONTH_ONLY = re.compile(
    r"(?<![\w-])(?:(?P<which>last|next|this|by|until|in|since|on|from|as early as|before|after|late|early|mid|of|the)[ -](?:late |early |mid-?|the end of |end-)*)"
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?-i:(?P<month>[A-Z][a-z]+|[A-Z]{3,9}))\b\.?(?: \d{1,2}(?:st|nd|rd|th)?\b(?! ?(?:percent|aircraft|tanks)))?",
    re.IGNORECASE,
)
SMALL = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
# An event of the year named after it: "Army-2022", "IDEX 2023", "DSEI 2019".
EVENT_YEAR = re.compile(rf"\b[A-Z][A-Za-z]{{2,}}[- '](?P<year>{YEAR})\b")
# "its 1991 war", "Turkey's 1974 invasion": a year that names an event of history.
ADJECTIVAL = re.compile(
    r" (?:war|invasion|revolution|conflict|coup|uprising|crisis|peace|treaty|constitution|massacre|earthquake|election|attacks?)\b"
)
FUTURE_LEADS = ("by", "until", "till", "through", "starting in", "beginning in", "no later than", "before")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date: offsets, the years that it can stand for (past and future reading), and how it is worded.

    `basis` is `stated` or `relative`; `lead` is the preposition before it; `high` the end of a range of years.
    """

    start: int
    end: int
    year: int | None
    future_year: int | None
    basis: str
    lead: str = ""
    high: int | None = None


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or abbreviation."""
    key = word.lower().rstrip(".")
    if len(key) < 3:
        return None
    return next(
        (i for i, m in enumerate(MONTHS, start=1) if m.startswith(key) and (len(key) == 3 or m == key or key == "sept")), None
    )


def dates(text: str, reference: date | None) -> list[DateMention]:
    """Dates in the (folded) text by position, resolved against `reference`; relative ones stand for no year without one."""
    found: list[DateMention] = []
    for match in VAGUE.finditer(text):
        found.append(DateMention(match.start(), match.end(), None, None, "vague"))
    for match in STATED.finditer(text):
        if any(d.start < match.end() and match.start() < d.end for d in found):
            continue
        year = int(match.group("year"))
        high = None
        if match.group("year2"):
            tail = match.group("year2")
            high = int(tail) if len(tail) == 4 else year - year % 100 + int(tail)
            if high < year:
                high = None
        found.append(DateMention(match.start(), match.end(), year, year, "stated", (match.group("lead") or "").lower(), high))
    for match in SHORT_YEAR.finditer(text):
        short = int(match.group("yy"))
        century = (
            2000
            if short <= (reference.year if reference else 2026) % 100 and (reference is None or reference.year >= 2000)
            else 1900
        )
        add(found, DateMention(match.start(), match.end(), century + short, century + short, "stated"))
    found = told_by_another(text, found)
    if reference is None:
        for match in RELATIVE.finditer(text):
            add(found, DateMention(match.start(), match.end(), None, None, "relative", match.group().split()[0].lower()))
        return sorted(found, key=lambda d: d.start)
    for match in HOLIDAY.finditer(text):
        then = reference.year if reference.month == 12 and reference.day > 20 else reference.year - 1
        add(found, DateMention(match.start(), match.end(), then, reference.year, "relative"))
    for match in RELATIVE.finditer(text):
        year_, future = relative_years(match, reference)
        add(found, DateMention(match.start(), match.end(), year_, future, "relative", match.group().split()[0].lower()))
    for match in MONTH_ONLY.finditer(text):
        month = month_number(match.group("month"))
        if month is None or (
            match.group("month").lower() in ("march", "may") and (match.group("which") or "").lower() in ("the", "of", "this")
        ):
            continue
        past = reference.year if month <= reference.month else reference.year - 1
        future = reference.year if month >= reference.month else reference.year + 1
        which = (match.group("which") or "").lower()
        if which == "next":
            past = future
        add(found, DateMention(match.start(), match.end(), past, future, "relative", which))
    return sorted(found, key=lambda d: d.start)


def told_by_another(text: str, found: list[DateMention]) -> list[DateMention]:
    """The dates with those that are told by the stated year before them."""
    for match in AFTER_ANOTHER.finditer(text):
        before = [d for d in found if d.end <= match.start() and d.basis == "stated" and d.year is not None]
        if not before:
            continue
        anchor = max(before, key=lambda d: d.start).year
        if anchor is None:
            continue
        word = (match.group("n") or "").lower()
        n = int(word) if word.isdigit() else SMALL.get(word, 1)
        back = bool(match.group("prior")) or (match.group("way") or "").lower() in ("earlier", "before")
        year = anchor if match.group("same") else anchor - n if back else anchor + n
        add(found, DateMention(match.start(), match.end(), year, year, "stated"))
    return found


def add(found: list[DateMention], mention: DateMention) -> None:
    if not any(d.start < mention.end and mention.start < d.end for d in found):
        found.append(mention)


def relative_years(match: re.Match[str], reference: date) -> tuple[int, int]:
    """The past and the future reading of a relative phrase."""
    year, month = reference.year, reference.month
    text = match.group().lower()
    if match.group("before_last"):
        return year - 2, year - 2
    if match.group("today"):
        # Yesterday, or a weekday of the week before, can lie in the year before.
        back = {"yesterday": 1, "today": 0, "tonight": 0, "tomorrow": -1}.get(text, weekdays_back(text, reference))
        return (reference - timedelta(days=back)).year, (reference + timedelta(days=max(0, 7 - back) % 7)).year
    if match.group("ago_unit"):
        word = match.group("n").lower()
        n = int(word) if word.isdigit() else SMALL.get(word, 1)
        unit = match.group("ago_unit").lower()
        back = (
            n
            if unit == "year"
            else (1 if unit == "month" and n >= month else 0) + (n - month) // 12 * (unit == "month" and n >= month)
        )
        return year - back, year - back
    unit = (match.group("unit1") or match.group("unit2") or "").lower()
    which = (
        "last"
        if re.search(r"\b(?:last|past|previous)\b", text)
        else "next"
        if re.search(r"\b(?:next|coming)\b", text)
        else "this"
    )
    if "year" in unit:
        shifted = year + {"last": -1, "this": 0, "next": 1}[which]
        # "the past year" runs up to now
        return (year if "past" in text else shifted), shifted
    if unit == "month":
        if which == "last" and month == 1:
            return year - 1, year - 1
        if which == "next" and month == 12:
            return year + 1, year + 1
    if unit == "week" and which == "last":
        then = (reference - timedelta(days=7)).year
        return then, then
    ends = {"fall": 9, "autumn": 9, "summer": 7, "spring": 4}.get(unit, 0)
    if which == "last" and month < ends:
        return year - 1, year - 1
    if unit == "winter" and which == "last":
        return (year - 1, year - 1) if month <= 2 else (year, year)
    return year, year


def weekdays_back(text: str, reference: date) -> int:
    """Days from the reference back to the weekday named last in the text: 0 for the reference's own."""
    named = text.split()[-1]
    return (reference.weekday() - WEEKDAYS.index(named)) % 7 if named in WEEKDAYS else 0


# The day in a dateline or at the end of a headline: "OSLO, 12 March 2013 -", "LIMA, Dec 31 (Reuters) -", "News in brief, 4 June 2008".
WRITTEN = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH})|(?P<month2>{MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?!\d)(?:,? (?P<year>{YEAR}))?",
    re.IGNORECASE,
)
DATELINE_DAY = re.compile(
    rf"[A-Z][A-Za-z.' ]{{2,30}}(?:, [A-Z][A-Za-z. ]{{2,20}})?,? (?:{WRITTEN.pattern})(?= ?(?:\(|-|--|:|/))", re.IGNORECASE
)


def written_on(title: str, text: str, published: date | None) -> date | None:
    """The day on which the dateline, else the end of the headline, says that an article was written.

    A day without a year lies in the weeks before `published`; without that it gives none.
    """
    headline = [m for m in WRITTEN.finditer(title) if m.group("year") and m.end() == len(title.rstrip())]
    line = DATELINE_DAY.match(text)
    for match in [line, *headline] if line else headline:
        month = month_number(match.group("month") or match.group("month2"))
        day = int(match.group("day") or match.group("day2"))
        if month is None:
            continue
        try:
            if match.group("year"):
                return date(int(match.group("year")), month, day)
            if published is not None:
                years = (published.year, published.year - 1)
                return next((d for y in years if 0 <= (published - (d := date(y, month, day))).days <= 45), None)
        except ValueError:
            continue
    return None


def event_years(text: str) -> list[int]:
    """The years in the names of events: "Army-2022", "IDEX 2023"."""
    return [int(m.group("year")) for m in EVENT_YEAR.finditer(text) if month_number(m.group().split()[0].split("-")[0]) is None]


def names_event(text: str) -> bool:
    """Whether an event named by its year tells when the article was written."""
    return bool(event_years(text))


def inferred_year(text: str) -> int | None:
    """The year that an undated article was written in, from its own words: an event named by year, else the latest past year.

    Years after "by", "until" and the like speak of the future and are passed over.
    """
    events = event_years(text)
    if events:
        return Counter(events).most_common(1)[0][0]
    years = [
        m for m in STATED.finditer(text)
        if (m.group("lead") or "").lower() not in FUTURE_LEADS and not ADJECTIVAL.match(text, m.end())
    ]  # fmt: skip
    tails = [int(m.group("year2")) for m in years if m.group("year2") and len(m.group("year2")) == 4]
    return max([int(m.group("year")) for m in years] + tails, default=None)
