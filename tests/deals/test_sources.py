"""Official sources: every mark by its own example, and the press beside it."""

from __future__ import annotations

import pytest

from extractors import tables
from extractors.records.sources import is_official, source_key


@pytest.mark.parametrize("mark", tables.official_marks(), ids=lambda m: m.id)
def test_a_marks_example_is_official(mark: tables.OfficialRow) -> None:
    source, url = ("", mark.example) if mark.kind == "host" else (mark.example, "")
    assert is_official(source, url)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("Reuters", "https://www.reuters.com/world/"),
        ("Government Executive", ""),
        ("Army Recognition", "https://www.armyrecognition.com/"),
        ("Air Force Magazine", ""),
        ("Defense News", "https://www.defensenews.com/gov/"),
        ("", "https://www.government-deals.com/"),
        ("", "https://notgov.example/"),
        ("", "https://example.org/www.mod.gov.uk/"),
        ("", "not an address"),
        ("", "http://["),
        ("", ""),
    ],
)
def test_the_press_is_not_official(source: str, url: str) -> None:
    assert not is_official(source, url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Reuters", ""), ("reuters", "https://www.reuters.com/a"), True),
        (("Reuters, via Gulf Times", ""), ("Reuters", ""), True),
        (("", "https://www.example.org/a"), ("", "https://example.org/b"), True),
        (("Reuters", ""), ("AFP", ""), False),
        (("", "https://example.org/a"), ("", "https://example.net/a"), False),
    ],
)
def test_what_makes_two_sources_one(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert (source_key(*one) == source_key(*other)) is same
