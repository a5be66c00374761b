"""What a quoted sentence says of a deal's place among others."""

from __future__ import annotations

import pytest

from extractors.records.deal_words import is_further, refers_back, whole
from tests.deals.made import row


@pytest.mark.parametrize(
    ("evidence", "further"),
    [
        ("Peru ordered a second batch of F-16s.", True),
        ("Peru ordered a third pair of F-16s.", True),
        ("Peru exercised its option for six F-16s.", True),
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
    at = evidence.index(number)
    spans = f'{{"quantity":[[{100 + at},{100 + at + len(number)},"text"]]}}'
    told = {**row("a", evidence=evidence, evidence_start=100, evidence_in="text"), "spans": spans}
    assert is_further(told) is further


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
