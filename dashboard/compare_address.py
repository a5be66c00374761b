"""The Compare page's address: beside the filters, the key of the file (`file`), the outcome shown (`found`) and the page of it (`page`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from dashboard.comparison import ASKED, DIFFERS, MATCHED, ONLY_ARTICLES, ONLY_REGISTER
from dashboard.components.filterbar import WORDS
from dashboard.filters import NO_ROWS, Filters, counts_confirmed, parse

PATH = "/compare"
# What an address calls each outcome.
FOUND = {"differs": DIFFERS, "matched": MATCHED, "articles": ONLY_ARTICLES, "register": ONLY_REGISTER}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address of the page asks for."""

    file: str = ""
    found: str = "differs"
    page: int = 1
    filters: Filters = field(default_factory=Filters)

    def query(self) -> str:
        """The canonical query string, without a question mark."""
        parts = [f"file={self.file}"] if self.file else []
        parts += [f"found={self.found}"] if self.found != "differs" else []
        parts += [f"page={self.page}"] if self.page > 1 else []
        return "&".join([*parts, *([self.filters.query()] if self.filters else [])])

    def counted(self) -> Filters:
        """What of the filters decides which of the articles' deals are compared: those that totals count, or all."""
        return Filters().keeping("counted", self.filters.kept.get("counted", ()))

    def address(self, path: str = PATH, **changes: Any) -> str:
        """The page, or another path, with some of this changed."""
        query = replace(self, **changes).query()
        return f"{path}?{query}" if query else path


def asked_for(query: str) -> tuple[Shown, list[str]]:
    """A query string as what it asks for, and a notice for each part of this page's own that was left aside."""
    filters = parse(query)[0]
    given = dict(parse_qsl(query.removeprefix("?"), errors="replace"))
    key, found, page = given.get("file", "").lower(), given.get("found", "differs"), given.get("page", "1")
    notices = []
    if key and not (len(key) == 64 and set(key) <= set("0123456789abcdef")):
        notices.append("“file” is not the key of a file, and was ignored. Choose the file again.")
        key = ""
    if found not in FOUND:
        notices.append(f"“{found}” is not an outcome and was ignored. Outcomes are: {', '.join(FOUND)}.")
        found = "differs"
    aside = [WORDS[name] for name in (*filters.kept, *filters.dropped) if name not in (*ASKED, *NO_ROWS)]
    if counts_confirmed(filters):
        aside.append("confirmed deals alone")
    if aside and key:
        names = ", ".join(dict.fromkeys(aside))
        notices.append(f"Not compared, and so left aside here: {names}. Filters of this page are buyer, seller, type and year.")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Shown(key, found, max(1, number), filters), notices


def narrowed(shown: Shown) -> bool:
    """Whether a filter of this page leaves rows out."""
    return any(key in ASKED for key in (*shown.filters.kept, *shown.filters.dropped))
