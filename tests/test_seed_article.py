"""The article that started the project gives exactly its three records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from extractors import Article, Record, Span, extract

PATH = Path(__file__).parents[1] / "seeds" / "putin-army-2022.txt"
TEXT = PATH.read_bytes().decode("utf-8")


def rows(records: list[Record]) -> list[tuple[str, str, int | None, int | None, str, str]]:
    return [(r.buyer, r.system, r.quantity, r.year, r.seller, r.status) for r in records]


EXPECTED = [
    ("Egypt", "T-90", 500, 2022, "Russia", "ordered"),
    ("India", "T-90", 450, None, "Russia", "ordered"),
    ("Algeria", "T-90", None, None, "Russia", "ordered"),
]


def test_exactly_three_records() -> None:
    found = extract(Article("putin-army-2022", TEXT))
    assert rows(found) == EXPECTED
    egypt, india, algeria = found
    assert egypt.year_basis == "inferred"
    assert egypt.published is None
    assert india.quantity_note == "at least"
    assert (india.year_basis, algeria.year_basis) == ("none", "none")
    assert {r.weapon_type for r in found} == {"armoured vehicle"}
    assert {r.unroca_category for r in found} == {"I"}


def test_a_publication_date_changes_only_how_the_year_is_known() -> None:
    found = extract(Article("putin-army-2022", TEXT, published=date(2022, 8, 15)))
    assert rows(found) == EXPECTED
    assert found[0].year_basis == "relative"


def test_the_seller_comes_from_the_article_and_not_from_the_gazetteer() -> None:
    without = TEXT.replace("Russian T-90", "T-90")
    assert without.count("T-90") == TEXT.count("T-90")
    assert [r.seller for r in extract(Article("x", without))] == ["", "", ""]


def test_spans_point_at_the_words_that_gave_each_field() -> None:
    egypt, india, _ = extract(Article("putin-army-2022", TEXT))

    def words(record: Record, name: str) -> str:
        spans = (record.spans or {})[name]
        assert all(isinstance(s, Span) and s.where == "text" for s in spans)
        return TEXT[spans[0].start : spans[0].end]

    assert words(egypt, "buyer") == "Egypt"
    assert words(egypt, "seller") == "Russian"
    assert words(egypt, "quantity") == "500"
    assert words(egypt, "year") == "In July"
    assert "T-90" in words(egypt, "system")
    assert words(india, "quantity") == "more than 450"
    assert egypt.evidence == TEXT[egypt.evidence_start : egypt.evidence_end] == "In July, Egypt bought 500 Russian T-90 tanks."
