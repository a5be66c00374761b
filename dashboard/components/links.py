"""Names that lead to the profile of what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc

from dashboard.data import UNKNOWN
from dashboard.filters import Filters
from dashboard.profiles import COUNTRY, SYSTEM, address


def country(key: str, name: str, filters: Filters) -> dcc.Link | str:
    """A state, group or body by its key (ISO code, else name); the word alone where it is unknown."""
    return dcc.Link(name, href=address(COUNTRY, key, filters), className="profile-link") if key not in ("", UNKNOWN) else name


def system(key: str, name: str, filters: Filters) -> dcc.Link | str:
    """A weapon system or class by its id, else its name."""
    return dcc.Link(name, href=address(SYSTEM, key, filters), className="profile-link") if key not in ("", UNKNOWN) else name


def buyer_of(row: Mapping[Any, Any], filters: Filters, missing: str = "not said") -> dcc.Link | str:
    """The buyer of a deal or record."""
    return country(row["buyer_iso3"] or row["buyer"], row["buyer"] or missing, filters)


def seller_of(row: Mapping[Any, Any], filters: Filters, missing: str = "not said") -> dcc.Link | str:
    """The seller of a deal or record."""
    return country(row["seller_iso3"] or row["seller"], row["seller"] or missing, filters)


def system_of(row: Mapping[Any, Any], filters: Filters) -> dcc.Link | str:
    """The system of a deal or record."""
    return system(row["system_id"] or row["system"], row["system"], filters)
