"""Lots, consortia and numbers that slip: what joins and what keeps apart reports of one line of weapons."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.records.deal_claims import plain
from tests.deals.made import groups, row, together

TYPHOON: dict[str, Any] = {"system": "Eurofighter Typhoon", "system_id": "Eurofighter Typhoon", "system_text": "Typhoon"}


def tranche(place: str, year: int) -> dict[str, Any]:
    return row(place, year=year, status="approved", evidence=f"The {place} tranche of 24 F-16s for Peru took effect.")


def test_lots_that_are_counted_are_told_apart() -> None:
    assert not together(tranche("second", 2010), tranche("third", 2010))
    assert together(row("a", status="approved"), tranche("second", 2010))


def test_makers_of_one_consortium_are_one_seller() -> None:
    british = row("a", seller="United Kingdom", seller_iso3="GBR", **TYPHOON)
    assert together(british, row("b", seller="Italy", seller_iso3="ITA", **TYPHOON))
    assert not together(british, row("b", seller="Oman", seller_iso3="OMN", quantity=12, **TYPHOON))


@pytest.mark.parametrize(
    ("plan", "order", "one"), [((2010, 22), (2014, 28), True), ((2010, 22), (2014, 60), False), ((2014, 22), (2010, 28), False)]
)
def test_an_order_may_be_larger_than_its_plan(plan: tuple[int, int], order: tuple[int, int], one: bool) -> None:
    asked = row("a", status="planned", year=plan[0], quantity=plan[1], year_basis="stated")
    assert together(asked, row("b", year=order[0], quantity=order[1])) is one


@pytest.mark.parametrize(("number", "one"), [(26, True), (40, False)])
def test_a_number_may_slip_between_order_and_delivery(number: int, one: bool) -> None:
    assert together(row("a"), row("b", status="delivered", year=2011, quantity=number)) is one


@pytest.mark.parametrize(("year", "one"), [(2014, False), (2016, True)])
def test_jets_that_came_are_no_part_of_what_is_asked_for_later(year: int, one: bool) -> None:
    asked = row("a", status="planned", year=2015, quantity=36)
    jets = {"system": "fighter aircraft", "system_id": "fighter aircraft", "system_text": "fighter jets"}
    assert together(asked, row("b", status="delivered", quantity=2, year=year, **jets)) is one


def test_the_order_s_number_at_a_delivery_is_no_part_of_a_larger_order() -> None:
    part = row("b", status="delivered", year=2012, quantity=12, evidence="Peru received 12 F-16s.")
    assert together(row("a"), part)
    assert not together(row("a"), {**part, "evidence": "Peru received the first four of 12 F-16s."})


def test_the_first_of_a_row_is_no_order_of_one() -> None:
    three = row("a", quantity=3, year=2012)
    one_more = row("b", quantity=1, year=2015, evidence="Peru ordered an additional F-16.")
    came = row("c", status="delivered", quantity=1, year=2015, evidence="Peru has received its first F-16.")
    assert groups([three, one_more, came]) == {frozenset({"a", "c"}), frozenset({"b"})}


@pytest.mark.parametrize(("kind", "one"), [("ship", True), ("aircraft", False)])
def test_ships_take_longer(kind: str, one: bool) -> None:
    named = {"system": "Gowind", "system_id": "", "system_text": "Gowind", "weapon_type": kind}
    assert together(row("a", **named), row("b", status="delivered", year=2023, **named)) is one


def test_marks_and_the_word_class_are_no_part_of_a_name() -> None:
    assert plain("Scorpène class") == plain("Scorpene") == "scorpene"
