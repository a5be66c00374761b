"""Which reports are one deal, and which are two: each gate by itself, on made-up reports."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import Event, extract
from extractors.model import Article
from tests.deals.made import groups, row, together

FURTHER = "Peru has ordered a further 24 F-16 jets."


def test_ten_articles_about_24_jets_are_one_deal() -> None:
    assert together(*(row(f"r{i}", published=date(2010, 6, 1 + i)) for i in range(10)))


@pytest.mark.parametrize(
    "other",
    [
        {"system": "F-16V", "system_id": "F-16V"},
        {"system": "fighter aircraft", "system_id": "fighter aircraft", "system_text": "fighter jets"},
        {"seller": "", "seller_iso3": ""},
        {"quantity": None},
        {"quantity": 20, "quantity_note": "about"},
        {"status": "planned", "year": 2009},
        {"status": "approved", "year": 2008},
        {"status": "delivered", "year": 2013},
        {"status": "delivered", "year": 2019, "quantity": 4},
        {"status": "cancelled", "year": 2012},
        {"status": "planned", "year": 2006, "quantity": 30},
        {"quantity": 30, "published": date(2010, 6, 20)},
        {"year": None, "year_basis": "none"},
    ],
    ids=lambda o: " ".join(f"{k}={v}" for k, v in o.items()),
)  # fmt: skip
def test_a_report_that_can_speak_of_the_order_joins_it(other: dict[str, object]) -> None:
    assert together(row("first"), row("other", **other))


@pytest.mark.parametrize(
    "other",
    [
        {"buyer": "Chile", "buyer_iso3": "CHL"},
        {"seller": "Netherlands", "seller_iso3": "NLD", "quantity": 18},
        {"system": "Su-30", "system_id": "Su-30", "seller": "Russia", "seller_iso3": "RUS"},
        {"system": "AIM-120 AMRAAM", "system_id": "AIM-120 AMRAAM", "weapon_type": "missile"},
        {"year": 2015},
        {"quantity": 96},
        {"status": "delivered", "year": 2022},
        {"status": "delivered", "year": 2008},
        {"quantity": 12, "evidence": "Peru has ordered 12 more F-16 jets.", "year": 2012},
        {"system": "helicopter", "system_id": "helicopter", "weapon_type": "helicopter", "quantity": 6},
    ],
    ids=lambda o: " ".join(f"{k}={v}" for k, v in o.items()),
)  # fmt: skip
def test_a_report_of_something_else_is_a_deal_of_its_own(other: dict[str, object]) -> None:
    assert not together(row("first"), row("other", **other))


def test_a_follow_on_order_of_the_same_number_is_another_deal() -> None:
    rows = [
        row("a1"), row("a2", published=date(2010, 7, 1)),
        row("b1", year=2011, evidence=FURTHER), row("b2", year=2011, published=date(2011, 7, 1)),
    ]  # fmt: skip
    assert groups(rows) == {frozenset({"a1", "a2"}), frozenset({"b1", "b2"})}


def test_a_year_that_one_report_alone_tells_is_a_slip() -> None:
    assert together(row("a1"), row("a2"), row("b1", year=2011))
    assert not together(row("a1"), row("a2"), row("b1", year=2011), row("b2", year=2011))


def test_a_delivery_goes_to_the_order_whose_year_it_names() -> None:
    ordered = (Event("ordered", 2012, "stated", None, ()), Event("delivered", 2015, "stated", 24, ()))
    rows = [row("a"), row("b", year=2012, evidence=FURTHER), row("came", status="delivered", year=2015, events=ordered)]
    assert groups(rows) == {frozenset({"a"}), frozenset({"b", "came"})}


def test_what_is_told_again_years_later_is_the_old_order() -> None:
    again = "The 24 F-16 jets that Peru ordered are late."
    assert together(row("a"), row("b", year=2014, year_basis="published", evidence=again))
    assert together(row("a"), row("b", year=2014, year_basis="published", status="planned"))
    assert not together(row("a"), row("b", year=2014, year_basis="published", evidence="Peru has ordered 24 F-16 jets."))


def test_a_delivered_part_names_its_order_by_the_batch() -> None:
    part = "The United States delivered four F-16 jets to Peru, the first of a batch of 12."
    rows = [
        row("a", year=2009),
        row("b", quantity=12, evidence="Peru ordered 12 more F-16 jets."),
        row("came", status="delivered", year=2012, quantity=4, evidence=part),
    ]
    assert groups(rows) == {frozenset({"a"}), frozenset({"b", "came"})}


def test_a_new_start_after_a_cancellation_is_another_deal() -> None:
    rows = [row("a"), row("gone", status="cancelled", year=2012), row("new", year=2014)]
    assert groups(rows) == {frozenset({"a", "gone"}), frozenset({"new"})}


def test_the_makers_of_rival_bids_are_rival_deals() -> None:
    bids = [
        row(seller, status="planned", seller=seller, seller_iso3=seller, system=system, system_id=system)
        for seller, system in (("USA", "F-16"), ("SWE", "Gripen"), ("FRA", "Rafale"))
    ]
    assert len(groups([*bids, row("won", seller="SWE", seller_iso3="SWE", system="Gripen", system_id="Gripen", year=2011)])) == 3


def test_a_bare_family_name_goes_with_its_mark_and_marks_stay_apart() -> None:
    french = {"seller": "France", "seller_iso3": "FRA"}
    bare = row("bare", system="Mirage", system_id="Mirage", **french)
    marked = row("marked", system="Mirage 2000", system_id="Mirage 2000", **french)
    other = row("other", system="Mirage F1", system_id="Mirage F1", **french)
    assert together(bare, marked)
    assert not together(marked, other)


def test_an_unnamed_buyer_joins_no_named_one() -> None:
    assert not together(row("a"), row("b", buyer="", buyer_iso3=""))


def test_two_records_of_an_article_stay_two_unless_they_tell_two_stages_of_one_number() -> None:
    assert not together(row("a", article_id="x"), row("b", article_id="x", year=2011))
    assert together(row("a", article_id="x"), row("b", article_id="x", status="delivered", year=2012))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Peru ordered 12 K9 howitzers from South Korea in 2016. It ordered 12 K9 howitzers from South Korea in 2018.",
            [("ordered", 2016, 12), ("ordered", 2018, 12)],
        ),
        (
            "Peru has ordered another 12 K9 howitzers from South Korea. It first ordered 12 K9 howitzers in 2016.",
            [("ordered", 2020, 12), ("ordered", 2016, 12)],
        ),
        ("Peru has received the 12 K9 howitzers that it ordered from South Korea in 2016.", [("delivered", 2020, 12)]),
        (
            "South Korea has delivered 12 K9 howitzers to Peru under a contract of 2016.",
            [("delivered", 2020, 12)],
        ),
    ],
)
def test_lots_of_one_article(text: str, told: list[tuple[str, int, int]]) -> None:
    made = extract(Article("a", text, published=date(2020, 3, 2)))
    assert [(r.status, r.year, r.quantity) for r in made] == told


def test_a_deliverys_record_tells_the_year_of_its_order() -> None:
    text = "Peru has received the 12 K9 howitzers that it ordered from South Korea in 2016."
    (made,) = extract(Article("a", text, published=date(2020, 3, 2)))
    assert ("ordered", 2016) in [(e.status, e.year) for e in made.events]
