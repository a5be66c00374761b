"""Deals stay in step with the records of a register, block by block, and keep their ids. Over both databases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors import Joined, Record, Register, Span, join, open_register
from extractors.records.export import to_row
from extractors.records.package.read import read_package
from extractors.records.package.write import write_package
from tests.register.made import article, deal, record

RULES = "1"


def told(name: str, number: int = 1, **more: Any) -> Record:
    """A record of an article that tells of 15 K2 for Peru, unless told otherwise."""
    return record(name, number, **{"quantity": 15, "published": date(2022, 1, 5), **more})


def read(register: Register, *records: Record, rules: str = RULES) -> None:
    """Puts records into the register, by article, as one run does."""
    by_article: dict[str, list[Record]] = defaultdict(list)
    for one in records:
        by_article[one.article_id].append(one)
    with register.run("extract", rules):
        for name, listed in by_article.items():
            register.replace(article(name), listed)


def groups(home: Mapping[str, str]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, deal_id in home.items():
        found[deal_id].add(one)
    return {frozenset(one) for one in found.values()}


def rows(joined: Joined) -> list[dict[str, Any]]:
    return sorted(joined.deals, key=lambda one: str(one["deal_id"]))


def stored(register: Register, deal_id: str) -> dict[str, Any]:
    held = register.deals()
    return dict(held[held["deal_id"] == deal_id].iloc[0])


def test_stored_deals_are_those_of_all_records_at_once(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b"), told("b", 2, buyer="Chile", buyer_iso3="CHL"))
        read(register, told("c"), told("d", buyer="", buyer_iso3=""))
        everything = join(register.frame())
        assert groups(register.deal_links()) == groups(everything.home)
        assert register.deal_links() == dict(everything.home)
        assert rows(register.joined()) == rows(everything)
        assert groups(everything.home) == {frozenset({"a-1", "b-1", "c-1"}), frozenset({"b-2"}), frozenset({"d-1"})}


def test_a_run_touches_only_the_blocks_of_its_records(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b", buyer="Chile", buyer_iso3="CHL"))
        home = register.deal_links()
        register.put_deals(
            [deal(home["b-1"], buyer="Chile", quantity=99), deal(home["a-1"], quantity=99)],
            home,
            {},
        )
        read(register, told("c"))
        assert stored(register, home["b-1"])["quantity"] == 99
        assert stored(register, home["a-1"])["quantity"] == 15
        assert register.deal_links()["c-1"] == home["a-1"]


def test_what_no_run_has_joined_yet_is_joined_when_it_is_looked_at(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b", buyer="Chile", buyer_iso3="CHL"))
        home = register.deal_links()
        register.replace(article("c"), [told("c")])
        register.remove(["b"])
        seen = register.joined()
        assert seen.home == {"a-1": home["a-1"], "c-1": home["a-1"]}
        assert [one["articles"] for one in seen.deals] == [2]
        assert register.deal_links() == {"a-1": home["a-1"]}
        assert register.rejoin(RULES)
        assert register.deal_links() == seen.home
        assert rows(register.joined()) == rows(seen)
        assert not register.rejoin(RULES)


def test_other_rules_make_all_deals_anew(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"))
        home = register.deal_links()
        register.put_deals([deal(home["a-1"], quantity=99)], home, {})
        read(register, told("b", buyer="Chile", buyer_iso3="CHL"), rules="2")
        assert stored(register, home["a-1"])["quantity"] == 15


def test_a_deal_keeps_its_id_when_its_first_article_goes(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b"))
        one = register.deal_links()["a-1"]
        with register.run("remove", RULES):
            register.remove(["a"])
        assert register.deal_links() == {"b-1": one}


def test_a_deal_keeps_its_id_when_new_rules_give_its_record_another(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"))
        one = register.deal_links()["a-1"]
        read(register, told("a", record_id="renamed", quantity=16), rules="2")
        assert register.deal_links() == {"renamed": one}
        assert stored(register, one)["quantity"] == 16


def test_a_deal_does_not_go_to_a_record_of_other_words(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"))
        one = register.deal_links()["a-1"]
        elsewhere = {"buyer": (Span(900, 904),), "system": (Span(910, 912),)}
        read(register, told("a", record_id="other", spans=elsewhere, system="T-72", system_id="t-72"), rules="2")
        assert one not in register.deal_links().values()


def test_deals_that_become_one_leave_a_redirect(place: str) -> None:
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b", buyer="Chile", buyer_iso3="CHL"))
        before = register.deal_links()
        assert before["a-1"] != before["b-1"]
        # the second article now says that it was Peru
        read(register, told("b"))
        after = register.deal_links()
        assert after["a-1"] == after["b-1"]
        left = ({*before.values()} - {after["a-1"]}).pop()
        assert register.deal_redirects() == {left: after["a-1"]}
        assert register.joined().redirects == {left: after["a-1"]}
        # and then Chile again: each has a deal of its own, and the old address leads to one that stands
        read(register, told("b", buyer="Chile", buyer_iso3="CHL"))
        again = register.deal_links()
        assert again["a-1"] != again["b-1"]
        assert set(register.deal_redirects().values()) <= set(again.values())


@pytest.mark.parametrize("order", ["abcde", "edcba", "cabed"])
def test_the_order_of_articles_does_not_matter(place: str, order: str) -> None:
    listed = {
        "a": told("a", published=date(2021, 3, 1)),
        "b": told("b", quantity=None, status="delivered", year=2022, published=date(2022, 7, 1)),
        "c": told("c", quantity=40, year=2024, published=date(2024, 2, 1), evidence="a further 40 K2"),
        "d": told("d", quantity=40, year=2024, published=date(2024, 2, 3)),
        "e": told("e", seller="", seller_iso3="", published=date(2021, 4, 1)),
    }
    with open_register(place, create=True) as register:
        for name in order:
            read(register, listed[name])
        found = groups(register.deal_links())
    at_once = join([to_row(one) for one in listed.values()])
    assert found == groups(at_once.home)


def test_an_import_without_deals_has_them_when_it_is_looked_at(place: str, other_place: str, tmp_path: Path) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [told("a")])
        write_package(register, tmp_path / "out")
    with open_register(other_place, create=True) as other:
        read_package(other, tmp_path / "out")
        assert other.deal_links() == {}
        assert [one["quantity"] for one in other.joined().deals] == [15]


def test_blocks_are_joined_in_groups_with_the_same_outcome(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    states = [("Peru", "PER"), ("Chile", "CHL"), ("Oman", "OMN"), ("Kenya", "KEN")]
    records = [told(f"{letter}-{iso3}", buyer=name, buyer_iso3=iso3) for name, iso3 in states for letter in "ab"]
    with open_register(place, create=True) as register:
        monkeypatch.setattr("extractors.records.store.rejoin.MOST_RECORDS", 3)
        read(register, *records)
        assert register.deal_links() == dict(join(register.frame()).home)


def test_a_record_that_goes_to_another_buyer_does_not_take_a_deal_s_id_along(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.records.store.rejoin.MOST_RECORDS", 1)
    with open_register(place, create=True) as register:
        read(register, told("a"), told("b"))
        one = register.deal_links()["a-1"]
        read(register, told("a", buyer="Chile", buyer_iso3="CHL"))
        links = register.deal_links()
        assert len({*links.values()}) == 2
        assert one in links.values()
