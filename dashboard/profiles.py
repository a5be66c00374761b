"""Pages of one country or one system: their addresses, and the filter that such a page sets beside those of its address."""

from __future__ import annotations

from urllib.parse import quote, unquote

from dashboard.data import UNKNOWN, Data
from dashboard.filters import Filters

COUNTRY, SYSTEM = "/country/", "/system/"
KEYS = {COUNTRY: "party", SYSTEM: "family"}
# A profile is one party or system by itself: on the way to it, filters by others stay behind.
LEFT_BEHIND = ("buyer", "seller", "system", "party", "family")


def subject(path: str) -> tuple[str, str] | None:
    """The key and value that the page of a path is about: `/country/EGY` -> `("party", "EGY")`; `None` for any other page."""
    for start, key in KEYS.items():
        if path.startswith(start) and path != start:
            return key, unquote(path.removeprefix(start).rstrip("/"))
    return None


def within(filters: Filters, path: str) -> Filters:
    """The filters of an address with what its page sets."""
    about = subject(path)
    return filters if about is None else filters.keeping(about[0], (about[1],))


def carried(filters: Filters) -> Filters:
    """The filters that go along to a profile."""
    for key in LEFT_BEHIND:
        filters = filters.without(key)
    return filters


def address(start: str, value: str, filters: Filters) -> str:
    """The profile of a country's or system's key, percent-encoded."""
    along = carried(filters)
    path = start + quote(value, safe="")
    return f"{path}?{along.query()}" if along else path


def spelled(data: Data, keys: tuple[str, ...], value: str) -> str | None:
    """A key of any of these facets as the register spells it; `None` where it holds none such, and for the unknown."""
    for one in (value, value.upper()):
        if one != UNKNOWN and any(one in data.facets[key].index for key in keys):
            return one
    return None
