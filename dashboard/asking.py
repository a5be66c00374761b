"""What a JSON address is asked for: the pages' own filters and its own parameters, read strictly.

A page leaves out what it does not understand and says so in a notice. A program reads no notices: here it is refused, with what is
wrong and the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from dashboard.filters import KEYS, Filters, parse
from extractors import Column

PAGE, MOST = 100, 1_000
MOST_KEYS = 3
NOTICE = re.compile(r"(.*?)(?:;| and)(?: it)? was ignored\.\s*(.*)", re.S)
HELP = "See /api, or /api/openapi.json."


class Refused(Exception):
    """A request that cannot be answered: its HTTP status, what is wrong, and what to do."""

    def __init__(self, status: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.status, self.what, self.remedy = status, what, remedy


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood; `own` are the address's own parameters, each given once."""

    filters: Filters
    own: dict[str, str]


def understood(query: str, *, own: Collection[str], filters: Collection[str] = KEYS) -> Asked:
    """A query string that may hold the parameters `own` and the keys `filters`. Raises `Refused`."""
    mine: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if name in own:
            if name in mine:
                raise Refused(400, f"“{name}” is given twice.", f"Give {name} once.")
            mine[name] = value.strip()
        elif name.removesuffix("!") not in filters:
            raise Refused(400, f"“{name}” is no parameter of this address.", f"It takes: {', '.join((*own, *filters))}.")
    rest = "&".join(part for part in query.split("&") if part and re.split("[=!]", part)[0] not in own)
    kept, notices = parse(rest)
    if notices:
        found = NOTICE.fullmatch(notices[0])
        raise Refused(400, f"{found[1]}.", found[2] or HELP) if found else Refused(400, notices[0], HELP)
    return Asked(kept, mine)


def whole(own: dict[str, str], name: str, default: int, low: int, high: int, remedy: str) -> int:
    """A parameter that is a whole number from `low` to `high`. Raises `Refused`."""
    text = own.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,12}", text) or not low <= int(text) <= high:
        raise Refused(400, f"“{text}” is not a value of {name}.", remedy)
    return int(text)


def limit(own: dict[str, str]) -> int:
    remedy = f"It takes a whole number from 1 to {MOST:,}; follow `next` for more, or take the whole under /download/."
    return whole(own, "limit", PAGE, 1, MOST, remedy)


def offset(own: dict[str, str]) -> int:
    return whole(own, "offset", 0, 0, 10**12, "It takes a whole number from 0: how many rows to pass over.")


def order(own: dict[str, str], columns: Sequence[Column]) -> list[tuple[Column, bool]]:
    """The columns to sort by, in order, each with whether it goes down. Raises `Refused`."""
    names = [part.strip() for part in own.get("sort", "").split(",") if part.strip()]
    known = {column.name: column for column in columns if column.dtype != "JSON"}
    found = []
    for name in names:
        if name.removeprefix("-") not in known:
            remedy = (
                f"It takes up to {MOST_KEYS} columns with commas between them, a - before one that goes down: {', '.join(known)}."
            )
            raise Refused(400, f"“{name}” is nothing to sort by.", remedy)
        found.append((known[name.removeprefix("-")], name.startswith("-")))
    if len(found) > MOST_KEYS or len({column.name for column, _ in found}) < len(found):
        raise Refused(400, "“sort” names too many columns, or one twice.", f"Name up to {MOST_KEYS} different columns.")
    return found
