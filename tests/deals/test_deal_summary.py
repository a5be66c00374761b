"""The row of a deal: which value is preferred and why, what disagrees and on whose side, and what was ordered and delivered."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from extractors import Event
from extractors.model import DEAL_COLUMNS
from extractors.records.deal_summary import summary
from tests.deals.made import Row, row

MINISTRY = {"source": "Ministry of Defence of Peru"}


def deal(*rows: Row) -> dict[str, Any]:
    """The deal's row with its JSON columns read."""
    made = summary("d", rows)
    return {**made, **{name: orjson.loads(made[name]) for name in ("disagree", "why", "events")}}


def test_a_deal_has_every_column() -> None:
    assert set(summary("d", [row("a")])) == {c.name for c in DEAL_COLUMNS}


def test_a_stated_year_is_preferred_to_a_reports_own_however_many_tell_it() -> None:
    found = deal(
        row("a"),
        row("b", year=2011, year_basis="published"),
        row("c", year=2011, year_basis="published"),
    )
    assert (found["year_ordered"], found["why"]["year"]) == (2010, "stated in the text")


def test_an_official_number_is_preferred_to_the_press() -> None:
    found = deal(row("a", quantity=30), row("b", quantity=30), row("c", **MINISTRY))
    assert found["quantity"] == 24
    assert found["why"]["quantity"] == "the number ordered: an official source over the press"


@pytest.mark.parametrize(
    ("numbers", "best", "why"),
    [
        ([24, 24, 30], 24, "the number ordered: 2 of 3 articles"),
        ([24, 30], 30, "the number ordered: the later report"),
        ([24, 24], 24, "the number ordered: both articles agree"),
        ([24], 24, "the number ordered: the only article that says"),
    ],
)
def test_a_number_is_preferred_by_its_articles_then_by_day(numbers: list[int], best: int, why: str) -> None:
    found = deal(*(row(f"r{i}", quantity=n, published=date(2010, 6, 1 + i)) for i, n in enumerate(numbers)))
    assert (found["quantity"], found["why"]["quantity"]) == (best, why)


def test_the_furthest_status_stands_and_a_cancellation_over_it() -> None:
    came = row("b", status="delivered", year=2012)
    gone = row("c", status="cancelled", year=2013)
    assert deal(row("a"), came)["status"] == "delivered"
    ended = deal(row("a"), came, gone)
    assert (ended["status"], ended["why"]["status"]) == ("cancelled", "a cancellation that no later report takes back")


def test_a_later_report_revives_a_cancelled_deal_and_an_earlier_one_does_not() -> None:
    gone = row("b", status="cancelled", year=2012)
    assert deal(row("a"), gone, row("c", year=2013))["status"] == "ordered"
    assert deal(row("a"), gone, row("c", status="planned", year=2013))["status"] == "cancelled"
    assert deal(row("a"), gone, row("c", year=2011))["status"] == "cancelled"


def test_each_status_has_its_year_and_the_events_its_life_cycle() -> None:
    found = deal(
        row("a", status="planned", year=2008),
        row("b", status="approved", year=2009),
        row("c"),
        row("d", status="delivered", year=2012, quantity=6),
        row("e", status="delivered", year=2014),
    )
    assert [found[f"year_{s}"] for s in ("planned", "approved", "ordered", "delivered", "cancelled")] == [
        2008,
        2009,
        2010,
        2014,
        None,
    ]
    assert [(e["status"], e["year"]) for e in found["events"]] == [
        ("planned", 2008), ("approved", 2009), ("ordered", 2010), ("delivered", 2012), ("delivered", 2014),
    ]  # fmt: skip
    assert found["year"] == 2014


def test_an_event_told_twice_is_one_with_both_articles() -> None:
    (event,) = deal(row("a"), row("b"))["events"]
    assert event["articles"] == ["a", "b"]


def test_ordered_and_delivered_numbers_are_kept_apart() -> None:
    found = deal(
        row("a"), row("b", status="delivered", year=2012, quantity=6), row("c", status="delivered", year=2013, quantity=10)
    )
    assert (found["quantity"], found["quantity_ordered"], found["quantity_delivered"]) == (24, 24, 10)


def test_what_came_of_an_order_is_not_the_order() -> None:
    order = Event("ordered", 2009, "stated", 42)
    first = row("a", status="delivered", quantity=42, events=[order, Event("delivered", 2012, "stated", 3)])
    assert (deal(first)["quantity_ordered"], deal(first)["quantity_delivered"]) == (42, 3)
    unnumbered = row("a", status="delivered", quantity=42, events=[order, Event("delivered", 2012, "stated", None)])
    assert (deal(unnumbered)["quantity_ordered"], deal(unnumbered)["quantity_delivered"]) == (42, None)


def test_a_number_is_told_of_the_stage_that_it_is_of() -> None:
    first = row(
        "a",
        status="delivered",
        quantity=18,
        events=[Event("approved", 2023, "stated", 18), Event("delivered", None, "none", None)],
    )
    found = deal(first)
    assert (found["quantity"], found["why"]["quantity"]) == (18, "the number approved: the only article that says")
    assert [(e["status"], e["year"], e["quantity"]) for e in found["events"] if e["status"] == "delivered"] == [
        ("delivered", 2010, None)
    ]


def test_low_and_high_are_of_the_whole_deal_not_of_what_came_so_far() -> None:
    found = deal(
        row("a"),
        row("b", quantity=30, quantity_high=36, quantity_note="range"),
        row("c", status="delivered", year=2012, quantity=6),
        row("d", quantity=None),
    )
    assert (found["quantity_low"], found["quantity_high"]) == (24, 36)


def test_of_deliveries_alone_low_and_high_are_theirs() -> None:
    found = deal(*(row(name, status="delivered", quantity=n) for name, n in (("a", 4), ("b", 6))))
    assert (found["quantity_low"], found["quantity_high"]) == (4, 6)


def test_disagreements_name_the_articles_of_each_side() -> None:
    found = deal(
        row("a"),
        row("b", quantity=30, year=2011),
        row("c", seller="Netherlands", seller_iso3="NLD"),
    )["disagree"]
    assert found == {
        "quantity": [{"value": 24, "articles": ["a", "c"]}, {"value": 30, "articles": ["b"]}],
        "year": [{"value": 2010, "articles": ["a", "c"]}, {"value": 2011, "articles": ["b"]}],
        "seller": [{"value": "Netherlands", "articles": ["c"]}, {"value": "United States", "articles": ["a", "b"]}],
    }


@pytest.mark.parametrize(
    "other",
    [
        {"status": "planned", "year": 2008, "quantity": 36},
        {"status": "delivered", "year": 2012, "quantity": 6},
        {"quantity": 20, "quantity_note": "about"},
        {"quantity": None},
        {"seller": "", "seller_iso3": ""},
    ],
    ids=str,
)
def test_another_stage_or_silence_is_no_disagreement(other: dict[str, Any]) -> None:
    assert deal(row("a"), row("b", **other))["disagree"] == {}


def test_articles_and_distinct_sources_are_counted() -> None:
    wire = {"source": "Wire"}
    found = deal(
        row("a", **wire), row("a2", article_id="a", **wire), row("b", source="Wire, via Gulf Paper"), row("c", source="Other")
    )
    assert (found["articles"], found["sources"]) == (3, 2)


def test_a_designation_is_preferred_to_a_class() -> None:
    jets = {"system": "fighter aircraft", "system_id": "fighter aircraft", "system_text": "fighter jets"}
    found = deal(row("a", **jets), row("b", **jets), row("c"))
    assert (found["system"], found["system_id"]) == ("F-16", "F-16")


def test_the_order_of_rows_changes_nothing_but_ties() -> None:
    rows = [row("a"), row("b", quantity=30, year=2011), row("c", status="delivered", year=2013, quantity=6), row("d", **MINISTRY)]
    assert summary("d", rows) == summary("d", rows[::-1])


def test_money_comes_from_the_official_then_the_latest_report() -> None:
    paid = {"currency": "USD", "value_scope": "unknown"}
    press = [row("a", value=2e9, **paid), row("b", value=3e9, published=date(2011, 1, 1), **paid)]
    assert deal(*press)["value"] == 3e9
    found = deal(*press, row("c", value=2.5e9, **paid, **MINISTRY))
    assert (found["value"], found["why"]["value"]) == (2.5e9, "from the latest report of the money of an official source")


def test_an_event_inside_a_record_gives_its_stage_a_year() -> None:
    events = (Event("ordered", 2010, "stated", None, ()), Event("delivered", 2014, "stated", 24, ()))
    found = deal(row("a", status="delivered", year=2014, events=events))
    assert (found["year_ordered"], found["year_delivered"]) == (2010, 2014)
