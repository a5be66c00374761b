"""What a quoted sentence says of a deal's place among others."""

from __future__ import annotations

import pytest

from extractors.records.deal_words import in_sets, is_further, is_whole, lot, refers_back, whole
from tests.deals.made import Row, row


@pytest.mark.parametrize(
    ("evidence", "further"),
    [
        ("Peru ordered a second batch of F-16s.", True),
        ("Peru ordered a third pair of F-16s.", True),
        ("Peru exercised its option for 24 F-16s.", True),
        ("Peru signed a follow-on contract for F-16s.", True),
        ("The F-16s come on top of those ordered in 2010.", True),
        ("Peru ordered 24 F-16s.", False),
        ("Peru ordered F-16s, and more money is needed.", False),
        ("Peru received the second F-16.", False),
    ],
)
def test_a_further_lot(evidence: str, further: bool) -> None:
    assert is_further(row("a", evidence=evidence)) is further


@pytest.mark.parametrize(
    ("evidence", "number", "further"),
    [
        ("Peru ordered 12 more F-16s.", "12", True),
        ("Peru ordered a further 12 F-16s.", "12", True),
        ("Peru ordered 12 F-16s, and wants more.", "12", False),
    ],
)
def test_words_at_the_number_make_it_a_further_lot(evidence: str, number: str, further: bool) -> None:
    assert is_further(told_at(evidence, number)) is further


def told_at(evidence: str, number: str, **told: object) -> Row:
    """A row whose quantity is the `number` that stands in the evidence."""
    at = evidence.index(number)
    spans = f'{{"quantity":[[{100 + at},{100 + at + len(number)},"text"]]}}'
    return {**row("a", evidence=evidence, evidence_start=100, evidence_in="text", **told), "spans": spans}


def test_two_more_delivered_are_an_instalment() -> None:
    evidence = "Peru received two more F-16s."
    assert not is_further(told_at(evidence, "two", status="delivered"))
    assert is_further(told_at("Peru ordered two more F-16s.", "two"))


def test_a_further_lot_of_another_number_is_not_this_one() -> None:
    evidence = "Peru ordered 24 F-16s in 2010 and a second batch of 12 in 2015."
    assert not is_further(told_at(evidence, "24", quantity=24))
    assert is_further(told_at(evidence, "12", quantity=12))


@pytest.mark.parametrize(
    ("evidence", "quantity", "place"),
    [
        ("The second tranche of 18 jets for Peru took effect.", 18, "second"),
        ("Peru signed the third contract for jets.", None, "third"),
        ("The last lot of jets was ordered by Peru.", None, "final"),
        ("Peru ordered 24 jets and a second batch of 12.", 24, ""),
        ("After the first contract came the second contract.", None, ""),
        ("Peru ordered its second jet.", None, ""),
    ],
)
def test_the_place_of_a_lot(evidence: str, quantity: int | None, place: str) -> None:
    assert lot(evidence, quantity) == place


@pytest.mark.parametrize(
    ("evidence", "number", "counted"),
    [
        ("Peru ordered four sets of TB2 drones.", "four", True),
        ("Peru ordered three IRIS-T SLM batteries.", "three", True),
        ("Peru ordered 24 of the drones, enough for two squadrons.", "24", False),
    ],
)
def test_sets_are_not_what_is_in_them(evidence: str, number: str, counted: bool) -> None:
    assert in_sets(told_at(evidence, number)) is counted


@pytest.mark.parametrize(
    ("evidence", "is_all"),
    [
        ("Peru received the first four of 12 tanks.", True),
        ("Peru has received ten of its 12 tanks.", True),
        ("Peru has received 12 tanks, and others will come in batches of 12.", False),
        ("Peru has received 12 tanks.", False),
    ],
)
def test_a_delivery_may_tell_the_order_s_number(evidence: str, is_all: bool) -> None:
    assert is_whole(evidence, 12) is is_all


@pytest.mark.parametrize(
    ("evidence", "back"),
    [
        ("The 24 F-16s that Peru ordered are late.", True),
        ("The first of 24 F-16s ordered by Peru flew on Monday.", True),
        ("The F-16s on order for Peru are late.", True),
        ("Six of the 24 F-16s are to come by sea.", True),
        ("Peru has ordered 24 F-16s.", False),
        ("Peru signed a contract for the sale of 24 F-16s.", False),
    ],
)
def test_a_deal_spoken_of_as_known(evidence: str, back: bool) -> None:
    assert refers_back(row("a", evidence=evidence, year_basis="published")) is back


def test_a_past_purchase_without_a_day_is_background_unless_it_opens_the_text() -> None:
    told = {"evidence": "Peru ordered 24 F-16s.", "evidence_in": "text", "year_basis": "published"}
    assert refers_back(row("a", evidence_start=40, **told))
    assert not refers_back(row("a", evidence_start=0, **told))
    assert not refers_back(row("a", evidence_start=40, **{**told, "year_basis": "stated"}))


@pytest.mark.parametrize(
    ("evidence", "number"),
    [
        ("Four F-16s came, the first of a batch of 12.", 12),
        ("Four F-16s came under a contract for two dozen.", None),
        ("Four F-16s came of an order for twenty-four.", 24),
        ("Four F-16s came under the contract of 2010.", None),
        ("Four F-16s came, a lot of three.", None),
        ("Four F-16s came.", None),
    ],
)
def test_the_order_that_a_part_belongs_to(evidence: str, number: int | None) -> None:
    assert whole(evidence, 4) == number
