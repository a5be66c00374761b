"""Ids of deals: kept over new runs, handed on at merges and splits, never shared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.records.deal_ids import assign, founded
from extractors.records.joined import join
from tests.deals.made import row


def test_a_new_deal_is_named_after_its_first_record() -> None:
    assert assign([["a", "b"], ["c"]], {}) == ([founded("a"), founded("c")], {})


def test_an_unchanged_deal_keeps_its_id_though_its_first_record_is_another() -> None:
    assert assign([["new", "a", "b"]], {"a": "old", "b": "old"}) == (["old"], {})


def test_the_larger_part_of_a_split_keeps_the_id() -> None:
    ids, redirects = assign([["a"], ["b", "c"]], dict.fromkeys("abc", "old"))
    assert ids == [founded("a"), "old"]
    assert redirects == {}


def test_at_a_merge_the_larger_ones_id_stays_and_the_other_redirects() -> None:
    ids, redirects = assign([["a", "b", "c"]], {"a": "small", "b": "large", "c": "large"})
    assert (ids, redirects) == (["large"], {"small": "large"})


def test_equal_shares_are_decided_by_the_smaller_id() -> None:
    assert assign([["a", "b"]], {"a": "y", "b": "x"}) == (["x"], {"y": "x"})


def test_an_id_in_use_is_given_to_no_new_deal() -> None:
    ids, _ = assign([["a"], ["b"]], {"b": founded("a")})
    assert ids[1] == founded("a")
    assert ids[0] not in ("", founded("a"))


def test_ids_survive_a_run_with_more_articles() -> None:
    rows = [row("a"), row("b", published=row("a")["published"]), row("c", buyer="Chile", buyer_iso3="CHL")]
    before = join(rows)
    after = join([row("early", year=2009, status="planned"), *rows], before.home)
    assert {r: after.home[r] for r in before.home} == dict(before.home)
    assert after.redirects == {}


RECORDS = st.lists(st.sampled_from("abcdefghij"), unique=True, min_size=1)


@st.composite
def partitions(draw: st.DrawFn) -> list[list[str]]:
    """Some records in some groups."""
    found: dict[int, list[str]] = {}
    for one in draw(RECORDS):
        found.setdefault(draw(st.integers(0, 4)), []).append(one)
    return list(found.values())


@given(partitions(), partitions())
def test_ids_are_unique_and_stable_and_redirects_lead_to_a_deal(first: list[list[str]], second: list[list[str]]) -> None:
    ids, none = assign(first, {})
    before = {record: one for one, records in zip(ids, first, strict=True) for record in records}
    after, redirects = assign(second, before)
    assert none == {}
    assert len(set(after)) == len(second)
    assert (after, redirects) == assign(second, before)
    assert assign(first, before) == (ids, {})
    assert set(redirects.values()) <= set(after)
    assert not set(redirects) & set(after)
    gone = {old for record, old in before.items() if any(record in records for records in second)} - set(after)
    assert set(redirects) == gone


@given(partitions(), partitions(), st.randoms(use_true_random=False))
def test_the_order_of_deals_does_not_matter(first: list[list[str]], second: list[list[str]], chance: object) -> None:
    before = {record: str(number) for number, records in enumerate(first) for record in records}
    mixed = list(second)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    ids, redirects = assign(second, before)
    again, also = assign(mixed, before)
    assert dict(zip(map(tuple, second), ids, strict=True)) == dict(zip(map(tuple, mixed), again, strict=True))
    assert redirects == also
