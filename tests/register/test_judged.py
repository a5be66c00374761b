"""What people say of records and deals stands over the machine's reading, survives a new reading, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from extractors import Judged, Register, judge, open_register
from extractors.records.reviews import Review, ReviewError
from tests.register.made import article
from tests.register.test_rejoin import groups, read, told

CHILE = {"buyer": "Chile", "buyer_iso3": "CHL"}


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    """Two articles of one deal of Peru, and one of Chile's."""
    with open_register(place, create=True) as opened:
        read(opened, told("a"), told("b"), told("c", **CHILE, quantity=8))
        yield opened


def seen(register: Register) -> Judged:
    state = register.state()
    return judge(state.records, state.joined, state.reviews)


def deal_of(found: Judged, record_id: str) -> dict[str, Any]:
    return dict(found.deals[found.deals["deal_id"] == found.home[record_id]].iloc[0])


def say(register: Register, target: str, target_id: str, action: str, **more: Any) -> Review:
    return register.add_review(Review(target=target, target_id=target_id, action=action, who="Ann", **more))


def test_without_reviews_all_is_as_the_machine_says(register: Register) -> None:
    state, found = register.state(), seen(register)
    assert found.home == state.joined.home
    assert found.deals[state.joined.frame().columns.tolist()].equals(state.joined.frame())
    assert set(found.records["review"]) | set(found.deals["review"]) == {""}


def test_a_rejected_record_is_of_no_deal_and_a_deal_of_it_alone_is_gone(register: Register) -> None:
    say(register, "record", "c-1", "reject")
    say(register, "record", "a-1", "reject")
    found = seen(register)
    assert set(found.home) == {"b-1"}
    assert found.deals["articles"].tolist() == [1]
    assert found.home["b-1"] == register.deal_links()["b-1"]
    assert found.records["review"].tolist() == ["rejected", "", "rejected"]


def test_a_corrected_number_stands_over_what_more_articles_say(register: Register) -> None:
    read(register, told("d"))
    say(register, "record", "a-1", "correct", field="quantity", value=14)
    deal = deal_of(seen(register), "b-1")
    assert (deal["quantity"], deal["quantity_low"], deal["quantity_high"]) == (14, 14, 15)
    assert "checked by a person" in deal["why"]
    assert "quantity" in deal["disagree"]


def test_a_corrected_buyer_takes_the_record_to_that_buyers_deal(register: Register) -> None:
    say(register, "record", "c-1", "correct", field="buyer", value="Peru")
    say(register, "record", "c-1", "correct", field="buyer_iso3", value="PER")
    say(register, "record", "c-1", "correct", field="quantity", value=15)
    found = seen(register)
    assert groups(found.home) == {frozenset({"a-1", "b-1", "c-1"})}
    assert groups(register.deal_links()) == {frozenset({"a-1", "b-1"}), frozenset({"c-1"})}
    assert found.redirects[register.deal_links()["c-1"]] == found.home["a-1"]


def test_a_deal_is_confirmed_rejected_and_corrected(register: Register) -> None:
    peru, chile = register.deal_links()["a-1"], register.deal_links()["c-1"]
    say(register, "deal", peru, "correct", field="quantity", value=16)
    say(register, "deal", chile, "reject")
    found = seen(register)
    assert deal_of(found, "a-1")["quantity"] == 16
    assert deal_of(found, "a-1")["machine"] == '{"quantity":15}'
    assert deal_of(found, "c-1")["review"] == "rejected"
    say(register, "deal", chile, "confirm")
    assert deal_of(seen(register), "c-1")["review"] == "confirmed"


def test_deals_are_merged_and_apart_again_when_that_is_taken_back(register: Register) -> None:
    peru, chile = register.deal_links()["a-1"], register.deal_links()["c-1"]
    review = say(register, "cluster", peru, "merge", value={"with": [chile]})
    found = seen(register)
    assert groups(found.home) == {frozenset({"a-1", "b-1", "c-1"})}
    assert found.redirects[chile] == peru
    assert deal_of(found, "a-1")["articles"] == 3
    # an article that the machine adds to the one that was merged follows it
    read(register, told("d", **CHILE, quantity=8))
    assert seen(register).home["d-1"] == peru
    register.undo_review(review.id, "Bo")
    assert groups(seen(register).home) == {frozenset({"a-1", "b-1"}), frozenset({"c-1", "d-1"})}


def test_a_record_is_split_off_and_what_is_split_off_can_be_judged_too(register: Register) -> None:
    peru = register.deal_links()["a-1"]
    review = say(register, "cluster", peru, "split", value={"records": ["b-1"]})
    found = seen(register)
    fresh = found.home["b-1"]
    assert (found.home["a-1"], fresh != peru) == (peru, True)
    say(register, "deal", fresh, "confirm")
    assert deal_of(seen(register), "b-1")["review"] == "confirmed"
    register.undo_review(review.id, "Bo")
    back = seen(register)
    assert back.home["b-1"] == peru
    assert [one.action for one in back.unattached] == ["confirm"]


def test_a_record_is_moved_to_another_deal(register: Register) -> None:
    peru, chile = register.deal_links()["a-1"], register.deal_links()["c-1"]
    say(register, "cluster", peru, "move", value={"records": ["b-1"], "to": chile})
    found = seen(register)
    assert groups(found.home) == {frozenset({"a-1"}), frozenset({"b-1", "c-1"})}
    assert deal_of(found, "c-1")["articles"] == 2


def test_a_deal_that_loses_its_last_record_is_gone(register: Register) -> None:
    peru, chile = register.deal_links()["a-1"], register.deal_links()["c-1"]
    say(register, "cluster", chile, "move", value={"records": ["c-1"], "to": peru})
    assert seen(register).deals["deal_id"].tolist() == [peru]


def test_reviews_survive_a_reading_by_other_rules(register: Register) -> None:
    peru = register.deal_links()["a-1"]
    say(register, "record", "a-1", "correct", field="quantity", value=14)
    say(register, "cluster", peru, "split", value={"records": ["b-1"]})
    say(register, "record", "c-1", "confirm")
    read(register, told("a", record_id="a-new"), told("b", record_id="b-new"), rules="2")
    with register.run("remove", "2"):
        register.remove(["c"])
    found = seen(register)
    assert deal_of(found, "a-new")["quantity"] == 14
    assert found.home["a-new"] == peru
    assert found.home["b-new"] != peru
    assert [(one.target_id, one.action) for one in found.unattached] == [("c-1", "confirm")]
    assert len(register.reviews()) == 3


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        ("merge", {}, "needs the ids of other deals"),
        ("merge", {"with": ["none"]}, "there is no deal none"),
        ("split", {"records": []}, "needs the ids of records"),
        ("split", {"records": ["none"]}, "there is no record none"),
        ("move", {"records": ["a-1"]}, "needs the id of the deal"),
        ("move", {"records": ["a-1"], "to": "none"}, "there is no deal none"),
        ("merge", "x", "needs the ids"),
    ],
)
def test_a_grouping_that_makes_no_sense_is_not_stored(register: Register, action: str, value: Any, said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        say(register, "cluster", register.deal_links()["a-1"], action, value=value)
    assert register.reviews() == []


def test_a_deal_is_not_merged_with_itself(register: Register) -> None:
    peru = register.deal_links()["a-1"]
    with pytest.raises(ReviewError, match="with itself"):
        say(register, "cluster", peru, "merge", value={"with": [peru]})


def test_a_review_of_a_deal_that_no_run_has_stored_yet(register: Register) -> None:
    register.replace(article("e"), [told("e", buyer="Oman", buyer_iso3="OMN")])
    home = register.joined().home
    say(register, "deal", home["e-1"], "confirm")
    assert deal_of(seen(register), "e-1")["review"] == "confirmed"
