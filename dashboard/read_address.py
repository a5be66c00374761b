"""The Read page's address: the key of the batch (`job`), the article that is open (`article`, from 1) and the page of the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

PATH = "/read"
KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address of the page asks for; `article` is 0 for the list."""

    job: str = ""
    article: int = 0
    page: int = 1

    def address(self, path: str = PATH, **changes: Any) -> str:
        """The page, or another path, with some of this changed."""
        asked = replace(self, **changes)
        pairs = [("job", asked.job)] if asked.job else []
        pairs += [("article", str(asked.article))] if asked.article else []
        pairs += [("page", str(asked.page))] if asked.page > 1 else []
        return f"{path}?{urlencode(pairs)}" if pairs else path


def asked_for(query: str) -> Shown:
    """A query string as what it asks for; what makes no sense in it is left aside."""
    given = dict(parse_qsl(query.removeprefix("?"), errors="replace"))
    key = given.get("job", "")
    return Shown(
        key if len(key) < 100 and set(key) <= KEY_CHARACTERS else "",
        number(given.get("article", "0"), 0),
        number(given.get("page", "1"), 1),
    )


def number(text: str, least: int) -> int:
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else least
