"""A package's value is counted once, whether over records or over deals."""

from __future__ import annotations

from datetime import date

from extractors import extract
from extractors.model import Article
from extractors.records.export import to_row
from extractors.records.joined import join
from extractors.records.packages import total_values
from tests.deals.made import row

PACKAGE = "Peru has ordered 24 F-16 jets and 60 AIM-120 missiles from the United States in a deal worth 3.5 billion dollars."
ALONE = "Peru has ordered 24 F-16 jets from the United States for 3 billion dollars."


def test_records_that_one_sum_pays_for_are_a_package() -> None:
    jets, missiles = extract(Article("a", PACKAGE, published=date(2024, 5, 1)))
    assert (jets.value, missiles.value) == (3.5e9, 3.5e9)
    assert jets.value_scope == missiles.value_scope == "package"
    assert jets.package_id == missiles.package_id != ""
    assert total_values([to_row(jets), to_row(missiles)]) == {"USD": 3.5e9}


def test_a_sum_of_one_record_is_no_package() -> None:
    (alone,) = extract(Article("a", ALONE, published=date(2024, 5, 1)))
    assert (alone.value, alone.value_scope, alone.package_id) == (3e9, "unknown", "")


def test_packages_of_two_articles_differ() -> None:
    first, second = (extract(Article(name, PACKAGE, published=date(2024, 5, 1)))[0] for name in ("a", "b"))
    assert first.package_id != second.package_id


def test_deals_of_a_package_told_by_several_articles_are_counted_once() -> None:
    rows = [to_row(r) for name in ("a", "b", "c") for r in extract(Article(name, PACKAGE, published=date(2024, 5, 1)))]
    deals = join(rows).deals
    assert [d["value"] for d in deals] == [3.5e9, 3.5e9]
    assert total_values(deals) == {"USD": 3.5e9}


def test_currencies_are_kept_apart_and_silence_adds_nothing() -> None:
    rows = [
        row("a", value=2.0, currency="USD"),
        row("b", value=3.0, currency="EUR"),
        row("c"),
        row("d", value=float("nan"), currency="EUR"),
    ]
    assert total_values(rows) == {"USD": 2.0, "EUR": 3.0}
