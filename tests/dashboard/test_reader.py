"""Highlighting cuts a text at span borders and loses nothing of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components import reader


def words(parts: list[Any]) -> str:
    return "".join(part if isinstance(part, str) else part.children for part in parts)


def test_marks_and_the_sentence() -> None:
    text = "Intro. Egypt bought 500 tanks. End."
    parts = reader.marked(text, [(7, 12, "buyer"), (20, 23, "quantity")], [(7, 30)])
    assert [(type(p).__name__, words([p])) for p in parts] == [
        ("str", "Intro. "), ("Mark", "Egypt"), ("Span", " bought "), ("Mark", "500"), ("Span", " tanks."), ("str", " End."),
    ]  # fmt: skip
    assert parts[1].id == "evidence"
    assert parts[1].title == "buyer"


spans = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40), st.sampled_from(["buyer", "system", "rule"])), max_size=6)


@given(st.text(max_size=35), spans)
def test_the_text_stays_whole(text: str, found: list[tuple[int, int, str]]) -> None:
    assert words(reader.marked(text, sorted(found), [(3, 9)])) == text


def test_a_quoted_sentence_keeps_its_marks() -> None:
    text = "Intro. Egypt bought 500 tanks. End."
    parts = reader.quoted(text, [(0, 9, "seller"), (7, 12, "buyer"), (20, 23, "quantity"), (31, 34, "year")], 7, 30)
    assert words(parts) == "Egypt bought 500 tanks."
    assert [p.children for p in parts if not isinstance(p, str)] == ["Eg", "ypt", "500"]
    assert not any(hasattr(p, "id") for p in parts if not isinstance(p, str))
