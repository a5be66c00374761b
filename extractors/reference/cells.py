"""Reads single cells of a register: counts, years, volumes, and the marks of uncertainty around them.

Registers write an uncertain number as `(24)`, `24?` or `c. 24`, and an unknown one as `..`, `-` or `n/a`. A cell that holds
something else is no number: it comes back with `readable` false, so that the reader can say so instead of guessing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_SPAN = 60
NOTHING = frozenset({"", ".", "..", "...", "-", "--", "–", "—", "n/a", "na", "n.a.", "nan", "none", "unknown", "?", "(?)", "()"})
DOUBT = re.compile(r"[?()\[\]~≈*]|^(?:c|ca|circa|about|approx)\b\.?", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+")
YEARS = re.compile(r"(?P<first>\d{4})(?:\s*[-/]\s*(?P<last>\d{4}|\d{2}))?")
YES = frozenset({"yes", "y", "true", "1", "?", "x"})


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a cell, or none; `doubt` where the cell marks it as uncertain."""

    value: int | None
    doubt: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a cell lists, in order; `doubt` where the cell marks one as uncertain."""

    values: tuple[int, ...]
    doubt: bool = False
    readable: bool = True


def tidy(cell: str) -> str:
    """The cell without the spaces, quotes and dashes of typesetting."""
    return cell.replace("\u00a0", " ").replace("\u202f", " ").replace("–", "-").replace("—", "-").strip().strip("'\"").strip()


def bare(cell: str) -> tuple[str, bool]:
    """The tidied cell without its marks of uncertainty, and whether it had some."""
    text = tidy(cell)
    plain = DOUBT.sub("", text).strip()
    return plain, plain != text


def count(cell: str) -> Count:
    """`24`, `(24)`, `24?`, `1,200`, `24.0`: a count of things, never a fraction."""
    if tidy(cell).lower() in NOTHING:
        return Count(None, "?" in cell)
    text, doubt = bare(cell)
    if re.fullmatch(r"\d+\.0+", text) and not GROUPED.fullmatch(text):
        text = text.split(".")[0]
    if GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return Count(None, doubt, readable=False)
    return Count(int(text), doubt)


def years(cell: str) -> Years:
    """`2015`, `(2015)`, `2015; 2017`, `2015-2017`, `2015-17`, a date with a year first: every year named or spanned."""
    if tidy(cell).lower() in NOTHING:
        return Years((), "?" in cell)
    text, doubt = bare(cell)
    text = re.sub(r"\s*(?:-|\bto\b)\s*", "-", text)
    found: set[int] = set()
    for part in (p.strip() for p in re.split(r"[;,|&]|\band\b|\s(?=\d{4})", text)):
        if not part:
            continue
        value = spanned(part.removesuffix(".0"))
        if not value:
            return Years((), doubt, readable=False)
        found |= value
    return Years(tuple(sorted(found)), doubt)


def spanned(part: str) -> set[int]:
    """The years of one item of a list; none where it is not a year, a span or a date."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", part):
        part = part[:4]
    match = YEARS.fullmatch(part)
    if match is None:
        return set()
    first = int(match["first"])
    tail = match["last"]
    last = first if tail is None else int(tail) if len(tail) == 4 else first - first % 100 + int(tail)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR or last - first > LONGEST_SPAN:
        return set()
    return set(range(first, last + 1))


def volume(cell: str, *, decimal_comma: bool = False) -> float | None:
    """A trend-indicator value: `0.3`, `0,3`, `1,234.5`; `None` where the cell holds none. It is a volume, not money.

    `1,234` is a thousand unless the file is one whose numbers have a `decimal_comma`.
    """
    text, _ = bare(cell)
    text = text.replace(" ", "").replace("'", "")
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[,.]", "", text[:decimal]) + "." + text[decimal + 1 :]
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) and not text.startswith("0") and not decimal_comma:
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text) else None


def flagged(cell: str) -> bool:
    """Whether a column of uncertainty marks says yes: `?`, `Yes`."""
    return tidy(cell).lower() in YES
