"""What a register keeps, over both databases."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from dashboard.source import Source
from extractors import COLUMNS, DEAL_COLUMNS, Article, extract, open_register
from extractors.records.export import to_frame
from extractors.records.register import Unstorable
from tests.register.made import article, deal, fill, record


def test_an_article_is_added_changed_and_left_alone(place: str) -> None:
    with open_register(place, create=True, label="test") as register:
        first = register.version()
        assert register.label == "test"
        assert register.replace(article("a"), [record("a", 1)]) == "added"
        second = register.version()
        assert register.replace(article("a"), [record("a", 1)]) == "unchanged"
        assert register.version() == second != first
        assert register.replace(article("a", text="Other."), [record("a", 1)]) == "changed"
        assert register.replace(article("a", text="Other."), [record("a", 2)]) == "changed"
        assert register.article("a") == article("a", text="Other.")
        assert register.article("b") is None
        assert register.frame()["record_id"].tolist() == ["a-2"]
        assert register.count() == 1


def test_real_records_come_back_as_they_were(place: str) -> None:
    read = Article("w/1", "Peru has signed a contract with Russia for 24 Mi-35 helicopters.", published=date(2013, 12, 17))
    records = extract(read)
    assert records
    with open_register(place, create=True) as register:
        register.replace(read, records)
    with open_register(place) as register:
        held = register.frame()
    made = to_frame(records)
    assert list(held.columns) == [c.name for c in COLUMNS]
    assert held.dtypes.tolist() == made.dtypes.tolist()
    assert held.astype("object").where(held.notna(), None).equals(made.astype("object").where(made.notna(), None))


def test_ids_sort_by_code_point_in_both(place: str) -> None:
    ids = ["B", "a-b", "a/b", "ab", "Ä", "é", "z", "\U0001f680", "A b"]
    with open_register(place, create=True) as register:
        for one in ids:
            register.replace(article(one), [record(one, 2), record(one, 1)])
        assert [row["id"] for row in register.articles()] == sorted(ids)
        assert register.frame()["record_id"].tolist() == [f"{one}-{n}" for one in sorted(ids) for n in (2, 1)]
        assert [one.id for one in register.each_article()] == sorted(ids)
        assert register.articles()[0] == {
            "id": "A b", "published": date(2022, 1, 5), "source": "", "title": "A B", "records": 2,
        }  # fmt: skip


def test_every_article_comes_once_over_many_pages(place: str) -> None:
    with open_register(place, create=True) as register:
        for number in range(401):
            register.replace(article(f"{number:03}"), [])
        assert [one.id for one in register.each_article()] == [f"{number:03}" for number in range(401)]


def test_removing_takes_records_and_links_along_and_keeps_reviews(place: str) -> None:
    with open_register(place, create=True) as register:
        fill(register)
        before = register.version()
        assert register.remove(["wire/1", "none"]) == ["none"]
        assert register.version() == before
        assert register.remove(["wire/1"]) == []
        assert register.version() != before
        assert register.article("wire/1") is None
        assert set(register.frame()["article_id"]) == {"odd"}
        assert register.deals()["deal_id"].tolist() == ["d2"]
        assert register.deal_links() == {"odd-1": "d2"}
        assert len(register.reviews()) == 3


def test_deals_come_back_and_their_old_ids_lead_on(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1), record("a", 2), record("a", 3)])
        register.put_deals([deal("d1", quantity_low=12, domestic=True), deal("d2")], {"a-1": "d1", "a-2": "d2", "a-3": "d2"}, {})
        held = register.deals()
        assert list(held.columns) == [c.name for c in DEAL_COLUMNS]
        assert held[["deal_id", "quantity_low", "domestic", "seller"]].astype("object").iloc[0].tolist() == ["d1", 12, True, ""]
        register.put_deals([deal("d2", quantity=27)], {"a-1": "d2", "a-2": "d2", "a-3": "d2"}, {"d1": "d2"}, gone=["d1"])
        assert register.deals()["quantity"].tolist() == [27]
        assert register.deal_redirects() == {"d1": "d2"}
        register.put_deals([deal("d3")], {"a-1": "d3", "a-2": "d3", "a-3": "d3"}, {"d2": "d3"})
        assert register.deal_redirects() == {"d1": "d3", "d2": "d3"}
        register.put_deals([deal("d1"), deal("d3")], {"a-1": "d1", "a-2": "d3"}, {})
        assert register.deal_redirects() == {"d2": "d3"}
        assert register.deal_links() == {"a-1": "d1", "a-2": "d3"}


def test_runs_are_noted_with_their_ends_or_without(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        with register.run("extract", "abc") as counts:
            counts["added"] += 1
        with pytest.raises(KeyboardInterrupt), register.run("refresh", "abc"):
            raise KeyboardInterrupt
        first, second = register.runs()
    assert (first["id"], first["command"], first["rules_version"], first["added"], first["records"]) == (
        1,
        "extract",
        "abc",
        1,
        1,
    )
    assert first["finished"] >= first["started"] > "2026"
    assert first["seconds"] >= 0
    assert (second["id"], second["finished"], second["seconds"], second["added"]) == (2, "", None, None)


def test_a_write_that_fails_leaves_nothing(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        before = register.version()

        def fail_midway() -> None:
            with register.writing() as connection:
                connection.exec_driver_sql("DELETE FROM records")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_midway()
        assert (register.count(), register.version()) == (1, before)


def test_two_writers_lose_nothing(place: str) -> None:
    open_register(place, create=True).close()

    def write(name: str) -> None:
        with open_register(place) as register:
            for number in range(10):
                register.replace(article(f"{name}{number}"), [record(f"{name}{number}", 1)])

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_register(place) as register:
        assert register.count() == 20
        assert register.version().startswith("20-")


def test_a_reader_sees_one_state(place: str) -> None:
    with open_register(place, create=True) as register:
        register.replace(article("a"), [record("a", 1)])
        with register.reading() as connection:
            count = "SELECT count(*) FROM records"
            assert connection.exec_driver_sql(count).scalar() == 1
            with open_register(place) as other:
                other.replace(article("b"), [record("b", 1)])
            assert connection.exec_driver_sql(count).scalar() == 1
        assert register.count() == 2


def test_what_a_database_cannot_hold_is_refused_for_that_article(place: str, database: str) -> None:
    with open_register(place, create=True) as register:
        with pytest.raises(Unstorable, match="half a character"):
            register.replace(article("a", text="\ud800"), [])
        if database == "postgresql":
            with pytest.raises(Unstorable, match="NUL"):
                register.replace(article("a", text="a\0b"), [])
        else:
            register.replace(article("a", text="a\0b"), [])
            assert register.article("a") == article("a", text="a\0b")


def test_the_dashboard_reads_either(place: str) -> None:
    source = Source(place)
    read = Article("a", "Peru ordered 15 K2 tanks from South Korea in 2021.")
    with open_register(place, create=True) as register:
        register.replace(read, extract(read))
        first = source.data()
        assert source.data() is first
        assert source.count() == 1
        assert source.article("a") == read
        register.replace(Article("b", "Nothing."), [])
        assert source.data().version != first.version


def test_registers_differ_in_version(place: str, other_place: str) -> None:
    with open_register(place, create=True) as one, open_register(other_place, create=True) as other:
        assert one.version() != other.version()


def test_a_label_is_changed_on_opening(place: str) -> None:
    open_register(place, create=True, label="one").close()
    with open_register(place, create=True, label="two") as register:
        assert register.label == "two"
    with open_register(place) as register:
        assert register.label == "two"


def test_a_path_with_marks_of_an_address_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a?b=c#d %20.sqlite"
    with open_register(path, create=True) as register:
        register.replace(article("a"), [])
    assert path.exists()
    with open_register(f"sqlite:///{tmp_path}/plain.sqlite", create=True):
        assert (tmp_path / "plain.sqlite").exists()
