"""Records that one sum pays for are one package, and so are their deals; what sums make of that is tests/dashboard/test_values.py."""

from __future__ import annotations

from datetime import date

from extractors import extract
from extractors.model import Article
from extractors.records.export import to_row
from extractors.records.joined import join

PACKAGE = "Peru has ordered 24 F-16 jets and 60 AIM-120 missiles from the United States in a deal worth 3.5 billion dollars."
ALONE = "Peru has ordered 24 F-16 jets from the United States for 3 billion dollars."


def test_records_that_one_sum_pays_for_are_a_package() -> None:
    jets, missiles = extract(Article("a", PACKAGE, published=date(2024, 5, 1)))
    assert (jets.value, missiles.value) == (3.5e9, 3.5e9)
    assert jets.value_scope == missiles.value_scope == "package"
    assert jets.package_id == missiles.package_id != ""


def test_a_sum_of_one_record_is_no_package() -> None:
    (alone,) = extract(Article("a", ALONE, published=date(2024, 5, 1)))
    assert (alone.value, alone.value_scope, alone.package_id) == (3e9, "unknown", "")


def test_packages_of_two_articles_differ() -> None:
    first, second = (extract(Article(name, PACKAGE, published=date(2024, 5, 1)))[0] for name in ("a", "b"))
    assert first.package_id != second.package_id


def test_deals_of_a_package_told_by_several_articles_are_one_package() -> None:
    rows = [to_row(r) for name in ("a", "b", "c") for r in extract(Article(name, PACKAGE, published=date(2024, 5, 1)))]
    deals = join(rows).deals
    assert [d["value"] for d in deals] == [3.5e9, 3.5e9]
    assert len({d["package_id"] for d in deals} - {""}) == 1
