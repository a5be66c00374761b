"""The words that a record page quotes for a field."""

import json
from typing import Any

import pytest

from dashboard.pages.record import said, standing

PARTS = {"title": "Peru to buy jets", "text": "Peru intends to buy 24 jets. It may yet buy more."}


def test_words_are_quoted_in_the_articles_order_title_first() -> None:
    spans = {"status": [[16, 19, "text"], [5, 15, "text"], [5, 7, "title"]]}
    assert said(spans, "status", PARTS) == "to … intends to … buy"


def test_words_inside_others_are_quoted_once() -> None:
    spans = {"status": [[16, 19, "text"], [5, 15, "text"], [13, 15, "text"]]}
    assert said(spans, "status", PARTS) == "intends to … buy"


def test_a_field_without_words_quotes_none() -> None:
    assert said({}, "status", PARTS) == ""


def events(*told: tuple[str, int | None]) -> str:
    return json.dumps([{"status": status, "year": None, "quantity": quantity} for status, quantity in told])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"status": "ordered", "quantity": 36, "quantity_delivered": None}, "ordered"),
        ({"status": "delivered", "quantity": 36, "quantity_delivered": 36}, "delivered"),
        ({"status": "delivered", "quantity": 36, "quantity_delivered": 3}, "3 delivered"),
        ({"status": "delivered", "quantity": 36, "quantity_delivered": None}, "some or all delivered"),
        ({"status": "delivered", "quantity": 1, "quantity_delivered": None}, "delivered"),
        ({"status": "delivered", "quantity": None, "quantity_delivered": None}, "delivered"),
        ({"status": "delivered", "quantity": 1200, "quantity_delivered": 1100}, "1,100 delivered"),
        ({"status": "delivered", "quantity": 36, "events": events(("ordered", 36), ("delivered", 3))}, "3 delivered"),
        (
            {"status": "delivered", "quantity": 36, "events": events(("ordered", 36), ("delivered", None))},
            "some or all delivered",
        ),
        ({"status": "delivered", "quantity": 36, "events": events(("delivered", 36))}, "delivered"),
        # A person's number stands over the machine's.
        ({"status": "delivered", "quantity": 4, "quantity_delivered": 3, "machine": '{"quantity": 3}'}, "delivered"),
    ],
)
def test_a_whole_order_is_not_called_delivered_where_its_first_units_are(row: dict[str, Any], words: str) -> None:
    assert standing(row) == words
