"""Regions, alliances by year, and what rows state: small views with known answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dashboard.data import Data
from dashboard.filters import mask, parse
from extractors import Record, alliances, regions
from tests.dashboard.views import claims_of


def view_of(*rows: dict[str, Any]) -> Data:
    made = [
        Record(record_id=f"{i:016x}", article_id=f"a{i}", **{"buyer": "", "system": "x", "status": "ordered", **row})
        for i, row in enumerate(rows)
    ]
    return claims_of(made)


def kept(data: Data, query: str) -> list[bool]:
    return mask(parse(query)[0], data).tolist()


@pytest.mark.parametrize(
    ("iso3", "group", "year", "member"),
    [
        ("ROU", "NATO", 2003, False),
        ("ROU", "NATO", 2004, True),
        ("ROU", "NATO", 2099, True),
        ("FRA", "NATO", 1948, False),
        ("FRA", "NATO", 1949, True),
        ("SWE", "NATO", 2023, False),
        ("SWE", "EU", 1995, True),
        ("GBR", "EU", 1972, False),
        ("GBR", "EU", 2019, True),
        ("GBR", "EU", 2020, False),
        ("AGO", "African Union", 1975, False),
        ("AGO", "African Union", 1976, True),
        ("MAR", "African Union", 1984, True),
        ("MAR", "African Union", 1985, False),
        ("MAR", "African Union", 2016, False),
        ("MAR", "African Union", 2017, True),
        ("TLS", "ASEAN", 2024, False),
        ("TLS", "ASEAN", 2025, True),
        ("SAU", "GCC", 1981, True),
        ("IND", "NATO", 2020, False),
    ],
)
@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_a_state_is_in_an_alliance_in_the_years_of_its_membership(
    iso3: str, group: str, year: int, member: bool, side: str
) -> None:
    data = view_of({side: iso3, f"{side}_iso3": iso3, "year": year}, {"buyer": "Nobody", "year": year})
    assert kept(data, f"{side}_group={group}") == [member, False]
    assert kept(data, f"{side}_group!={group}") == [not member, True]


def test_without_a_year_only_founders_that_stayed_are_known_members() -> None:
    data = view_of(
        {"buyer": "Norway", "buyer_iso3": "NOR"},
        {"buyer": "Romania", "buyer_iso3": "ROU"},
        {"buyer": "India", "buyer_iso3": "IND"},
        {"buyer": "Hezbollah"},
    )
    assert kept(data, "buyer_group=NATO") == [True, False, False, False]
    assert kept(data, "buyer_group=unknown") == [False, True, False, True]


def test_each_row_is_judged_in_its_own_year() -> None:
    data = view_of(*({"buyer": "Poland", "buyer_iso3": "POL", "year": year} for year in (1998, 1999, 2003, 2004)))
    assert kept(data, "buyer_group=NATO") == [False, True, True, True]
    assert kept(data, "buyer_group=EU") == [False, False, False, True]
    assert kept(data, "buyer_group=EU&buyer_group=NATO") == [False, True, True, True]
    counts = dict(zip(data.facets["buyer_group"].keys, data.facets["buyer_group"].counts(), strict=True))
    assert (counts["NATO"], counts["EU"], counts["GCC"], counts["unknown"]) == (3, 1, 0, 0)


def test_regions_hold_their_parts() -> None:
    data = view_of(
        *({"buyer": iso3, "buyer_iso3": iso3} for iso3 in ("KEN", "EGY", "BRA", "XKX", "SUN", "TWN")), {"buyer": "NATO"}
    )
    assert kept(data, "buyer_region=Africa") == [True, True, False, False, False, False, False]
    assert kept(data, "buyer_region=Sub-Saharan+Africa") == [True, False, False, False, False, False, False]
    assert kept(data, "buyer_region=Eastern+Africa") == [True, False, False, False, False, False, False]
    assert kept(data, "buyer_region=Europe") == [False, False, False, True, True, False, False]
    assert kept(data, "buyer_region=unknown") == [False, False, False, False, False, False, True]
    assert kept(data, "buyer_region=Africa&buyer_region!=Northern+Africa") == [True, False, False, False, False, False, False]
    counts = dict(zip(data.facets["buyer_region"].keys, data.facets["buyer_region"].counts(), strict=True))
    assert (counts["Africa"], counts["Eastern Africa"], counts["Eastern Asia"], counts["unknown"]) == (2, 1, 1, 1)


def test_what_rows_state() -> None:
    data = view_of(
        {"quantity": 4, "value": 1e9, "currency": "USD"},
        {"quantity": 4, "seller": "Iran"},
        {"year": 2020},
        {},
    )
    assert kept(data, "has=quantity") == [True, True, False, False]
    assert kept(data, "has=quantity&has=value") == [True, False, False, False]
    assert kept(data, "has!=quantity&has!=year") == [False, False, False, True]
    assert kept(data, "has=seller") == [False, True, False, False]
    assert data.facets["has"].counts().tolist() == [2, 1, 1, 1]


def test_of_many_rows_the_counts_are_those_of_the_masks() -> None:
    random = np.random.default_rng(7)
    states = sorted(regions())
    data = view_of(
        *(
            {
                "buyer": states[random.integers(len(states))],
                "buyer_iso3": states[random.integers(len(states))],
                "year": int(random.integers(1940, 2030)) if random.random() < 0.9 else None,
            }
            for _ in range(800)
        )
    )
    chosen = {row["buyer_iso3"]: row for row in data.rows(np.ones(len(data), dtype=bool))}
    assert len(chosen) > 100
    for key in ("buyer_region", "buyer_group"):
        facet = data.facets[key]
        for value, count in zip(facet.keys, facet.counts(), strict=True):
            assert count == sum(kept(data, f"{key}={value.replace(' ', '+')}")), value


def test_many_rows_agree_with_the_table_read_row_by_row() -> None:
    random = np.random.default_rng(3)
    states = sorted(regions())
    pairs = [(states[random.integers(len(states))], int(random.integers(1945, 2028))) for _ in range(500)]
    data = view_of(*({"buyer": iso3, "buyer_iso3": iso3, "year": year} for iso3, year in pairs))
    for group in {spell.group for spell in alliances()}:
        expected = [
            any(s.iso3 == iso3 and s.group == group and s.first <= year <= (s.last or 9999) for s in alliances())
            for iso3, year in pairs
        ]
        assert kept(data, f"buyer_group={group.replace(' ', '+')}") == expected, group
