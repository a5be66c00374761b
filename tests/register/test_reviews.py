"""Reviews are kept through everything, find their record again by its words, and are laid over the machine's reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from extractors import Record, Span, open_register
from extractors.records.export import to_frame, to_row
from extractors.records.register import RegisterError
from extractors.records.reviews import Review, ReviewError, attach, attach_deals, outcome, reviewed
from tests.register.made import article, deal, record


def test_a_review_is_stored_with_the_machines_reading(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        register.put_deals([deal("d1")], {"a-1": "d1"}, {"d0": "d1"})
        before = register.version()
        stored = register.add_review(
            Review(target="record", target_id="a-1", action="correct", field="quantity", value=12, note="p. 3", who="Ann")
        )
        assert register.version() != before
        register.add_review(Review(target="deal", target_id="d0", action="reject", who="Bo", made_at="2026-01-31T12:00:00Z"))
        first, second = register.reviews()
    assert first == stored
    assert (first.id, first.value, first.who, first.note, first.article_id) == (1, 12, "Ann", "p. 3", "a")
    assert first.machine["quantity"] == 1
    assert first.machine["published"] is None
    assert first.record_spans == {"buyer": [[100, 104, "text"]], "system": [[110, 112, "text"]]}
    assert first.made_at > "2026"
    assert first.stands
    assert (second.id, second.target_id, second.machine["records"], second.made_at) == (2, "d1", ["a-1"], "2026-01-31T12:00:00Z")


def test_a_review_is_taken_back_once_and_stays(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        register.add_review(Review(target="record", target_id="a-1", action="confirm"))
        register.undo_review(1, "Bo")
        (held,) = register.reviews()
        assert (held.undone_by, held.stands) == ("Bo", False)
        with pytest.raises(ReviewError, match="was taken back already"):
            register.undo_review(1, "Ann")
        with pytest.raises(ReviewError, match="there is no review 7"):
            register.undo_review(7, "Ann")
        assert register.reviews() == [held]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target_id": "none"}, "there is no record none"),
        ({"target": "deal", "target_id": "none"}, "there is no deal none"),
        ({"target": "article"}, "cannot be reviewed"),
        ({"action": "merge"}, "is nothing to do to a record"),
        ({"action": "correct", "field": "price"}, "is no column of a record"),
        ({"action": "correct", "field": "record_id", "value": "x"}, "can be corrected"),
        ({"action": "correct", "field": "quantity", "value": "12"}, "is of type Int64"),
        ({"action": "correct", "field": "quantity", "value": True}, "is of type Int64"),
        ({"action": "correct", "field": "seller", "value": None}, "is of type string"),
        ({"action": "correct", "field": "published", "value": "May"}, "is of type date"),
    ],
)
def test_what_makes_no_sense_is_not_stored(place: str, change: dict[str, Any], said: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        with pytest.raises(ReviewError, match=said):
            register.add_review(Review(**{"target": "record", "target_id": "a-1", "action": "confirm", **change}))
        assert register.reviews() == []


def test_reviews_stay_when_an_article_is_read_again_or_goes(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1), record("a", 2)])
        for number in (1, 2):
            register.add_review(Review(target="record", target_id=f"a-{number}", action="confirm"))
        register.replace(article("a"), [record("a", 1, record_id="new"), record("a", 3)])
        rows = register.records_of("a")
        found = attach(register.reviews(), rows)
        assert found.moved == {1: "new"}
        assert [r.id for r in found.by_id["new"]] == [1]
        assert [r.id for r in found.unattached] == [2]
        register.replace(article("a"), [record("a", 2)])
        assert [r.id for r in attach(register.reviews(), register.records_of("a")).by_id["a-2"]] == [2]
        register.remove(["a"])
        assert [r.id for r in attach(register.reviews(), []).unattached] == [1, 2]


def test_reading_fails_in_words_not_in_a_trace(place: str) -> None:
    with open_register(place, create=True) as register:
        with register.writing() as connection:
            connection.exec_driver_sql("DROP TABLE reviews")
        with pytest.raises(RegisterError, match="reviews"):
            register.reviews()


def review_of(one: Record, number: int = 1, **more: Any) -> Review:
    """A review as it is stored."""
    row = to_row(one)
    told = {
        "id": number, "target": "record", "target_id": one.record_id, "action": "confirm", "article_id": one.article_id,
        "machine": {name: row[name] for name in ("buyer", "system", "system_id", "quantity")}, "record_spans": orjson.loads(row["spans"]),
    }  # fmt: skip
    return Review(**{**told, **more})


WAS = record("a", 1)
MOVED = {"record_id": "x"}


@pytest.mark.parametrize(
    ("now", "home"),
    [
        ([WAS], "a-1"),
        ([replace(WAS, buyer="India", system="K9", system_id="k9", spans={})], "a-1"),
        ([replace(WAS, **MOVED)], "x"),
        ([replace(WAS, **MOVED, system="K9", system_id="k9")], "x"),
        ([replace(WAS, **MOVED, buyer="India")], "x"),
        ([replace(WAS, **MOVED, buyer="India", system="K9", system_id="k9")], None),
        ([replace(WAS, **MOVED, article_id="b")], None),
        ([replace(WAS, **MOVED, spans={"system": (Span(110, 112, "title"),)})], None),
        # another thing that the same words of a buyer bought
        (
            [replace(WAS, **MOVED, system="K9", system_id="k9", spans={"buyer": (Span(100, 104),), "system": (Span(120, 122),)})],
            None,
        ),
        # the one that shares more of the words
        ([replace(WAS, **MOVED, spans={"system": (Span(110, 112),)}), replace(WAS, record_id="y")], "y"),
        # two that share them alike
        ([replace(WAS, **MOVED), replace(WAS, record_id="y")], None),
        # a record found before it took its ordinal, and with it its id
        ([record("a", 5, record_id="a-1"), replace(WAS, **MOVED)], "x"),
        ([], None),
    ],
)
def test_a_review_finds_its_record(now: list[Record], home: str | None) -> None:
    found = attach([review_of(WAS)], [to_row(r) for r in now])
    assert dict(found.by_id) == ({home: (review_of(WAS),)} if home else {})
    assert found.moved == ({1: home} if home and home != "a-1" else {})
    assert found.unattached == (() if home else (review_of(WAS),))


def test_none_is_lost_and_frames_do_as_rows() -> None:
    reviews = [review_of(record("a", n), n) for n in (3, 1, 2)]
    frame = to_frame([record("a", 2), record("a", 3)])
    found = attach(reviews, frame.to_dict("records"))
    assert sorted([r.id for listed in found.by_id.values() for r in listed] + [r.id for r in found.unattached]) == [1, 2, 3]


def test_reviews_of_deals_follow_redirects() -> None:
    reviews = [Review(id=n, target="deal", target_id=one, action="confirm") for n, one in enumerate(("d1", "d2", "d3"), 1)]
    reviews.append(Review(id=4, target="cluster", target_id="d2", action="merge"))
    found = attach_deals([*reviews, review_of(WAS, 5)], {"d1", "d4"}, {"d2": "d4"})
    assert {one: [r.id for r in listed] for one, listed in found.by_id.items()} == {"d1": [1], "d4": [2, 4]}
    assert found.moved == {2: "d4", 4: "d4"}
    assert [r.id for r in found.unattached] == [3]


def correct(number: int, field: str, value: Any, **more: Any) -> Review:
    return Review(id=number, target="record", target_id="a-1", action="correct", field=field, value=value, **more)


MACHINE = ("quantity", "seller", "weapon_type", "published", "value")


def test_corrections_are_laid_over_the_machines_reading() -> None:
    frame = to_frame([record("a", 1), record("a", 2), record("a", 3)])
    before = frame.copy()
    reviews = {
        "a-1": [
            correct(1, "quantity", None),
            correct(2, "seller", ""),
            correct(3, "weapon_type", "drone"),
            correct(4, "published", "2022-02-01"),
            correct(5, "value", 2),
            correct(6, "year", 1999, undone_at="2026-01-01"),
        ],
        "a-2": [Review(id=7, target="record", target_id="a-2", action="reject")],
        "gone": [correct(8, "year", 1)],
    }
    result = reviewed(frame, reviews)
    assert frame.equals(before)
    assert list(result.columns) == [*frame.columns, "review", "machine"]
    assert result["review"].tolist() == ["corrected", "rejected", ""]
    row = result.iloc[0]
    assert (row["seller"], row["weapon_type"], str(row["published"]), row["value"], row["year"]) == (
        "",
        "drone",
        "2022-02-01",
        2.0,
        2021,
    )
    assert result["quantity"].isna().tolist() == [True, False, False]
    assert (row["seller_iso3"], row["quantity_note"], row["domestic"]) == ("", "", False)
    assert {name: orjson.loads(row["machine"])[name] for name in MACHINE} == {
        "quantity": 1, "seller": "South Korea", "weapon_type": "armoured vehicle", "published": None, "value": None,
    }  # fmt: skip
    assert result["machine"].tolist()[1:] == ["", ""]
    assert result.dtypes[frame.columns].astype(str).tolist() == frame.dtypes.astype(str).tolist()


def test_no_review_changes_nothing() -> None:
    frame = to_frame([record("a", 1)])
    assert reviewed(frame, {})[list(frame.columns)].equals(frame)


def test_the_latest_review_counts() -> None:
    confirm = Review(id=3, target="record", target_id="a-1", action="confirm")
    assert outcome([correct(2, "currency", "EUR"), correct(1, "currency", "USD")]) == ("corrected", {"currency": "EUR"})
    assert outcome([confirm, correct(1, "currency", "USD")]) == ("confirmed", {"currency": "USD"})
    assert outcome([replace(confirm, undone_at="x"), correct(1, "currency", "USD")]) == ("corrected", {"currency": "USD"})
    assert outcome([]) == ("", {})
