"""Whether an article comes from a government or a body of states, by its address or its source's name."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from extractors import tables


@functools.lru_cache(maxsize=65536)
def is_official(source: str, url: str) -> bool:
    """Whether the address ends in an official domain, or the source's name in an office ("Ministry of Defence")."""
    host = host_of(url)
    return bool((host and patterns()[0].search(host)) or (source and patterns()[1].search(source)))


@functools.cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks = tables.official_marks()
    hosts = "|".join(re.escape(m.form).replace(r"\?", "[a-z]") for m in marks if m.kind == "host")
    offices = "|".join(re.escape(m.form) for m in marks if m.kind == "source")
    return re.compile(rf"(?:^|\.)(?:{hosts})$"), re.compile(rf"\b(?:{offices})(?=$| of\b|,| \(|: )", re.IGNORECASE)


def host_of(url: str) -> str:
    """The host of an address in small letters; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def source_key(source: str, url: str) -> str:
    """What makes two articles' sources one: the name without what it was passed on by, else the host."""
    name = source.split(", via")[0].split(" (")[0].strip().lower()
    return name or host_of(url).removeprefix("www.")
