"""The words that a record page quotes for a field."""

from dashboard.pages.record import said

PARTS = {"title": "Peru to buy jets", "text": "Peru intends to buy 24 jets. It may yet buy more."}


def test_words_are_quoted_in_the_articles_order_title_first() -> None:
    spans = {"status": [[16, 19, "text"], [5, 15, "text"], [5, 7, "title"]]}
    assert said(spans, "status", PARTS) == "to … intends to … buy"


def test_words_inside_others_are_quoted_once() -> None:
    spans = {"status": [[16, 19, "text"], [5, 15, "text"], [13, 15, "text"]]}
    assert said(spans, "status", PARTS) == "intends to … buy"


def test_a_field_without_words_quotes_none() -> None:
    assert said({}, "status", PARTS) == ""
