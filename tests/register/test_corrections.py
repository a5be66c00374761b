"""What a reviewer's words mean."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.records.corrections import CORRECTABLE, DTYPES, implied, shown, value_of


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("buyer", "per", "Peru"),
        ("buyer", " republic  of korea ", "South Korea"),
        ("buyer", "A group that no table knows", "A group that no table knows"),
        ("seller", "", ""),
        ("system", "leopard 2a4", "Leopard 2A4"),
        ("system", "Fantasy-99", "Fantasy-99"),
        ("weapon_type", "Ship", "ship"),
        ("status", "delivered", "delivered"),
        ("quantity", "1,200", 1200),
        ("quantity", "", None),
        ("year", "2021", 2021),
        ("value", "2.5e9", 2.5e9),
        ("currency", "usd", "USD"),
    ],
)
def test_words_become_a_value(field: str, words: str, value: Any) -> None:
    assert value_of(field, words) == value


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("weapon_type", "spoon", "is none of: aircraft"),
        ("quantity", "twelve", "is not a whole number"),
        ("quantity", "0", "lies between 1 and"),
        ("quantity", "٣", "is not a whole number"),
        ("year", "20", "lies between 1900 and 2200"),
        ("value", "-1", "is no sum of money"),
        ("value", "nan", "is no sum of money"),
        ("value", "much", "is not a number"),
        ("system", " ", "reject it instead"),
    ],
)
def test_words_that_mean_nothing_are_refused(field: str, words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        value_of(field, words)


def test_a_value_brings_its_columns_along() -> None:
    assert implied("record", "buyer", "Peru") == {"buyer_iso3": "PER", "buyer_entity": ""}
    assert implied("record", "seller", "nobody known")["seller_iso3"] == ""
    assert implied("record", "system", "Leopard 2A4")["weapon_type"] == "armoured vehicle"
    assert implied("record", "system", "Fantasy-99") == {"system_id": ""}
    assert implied("record", "quantity", 3) == {"quantity_high": None, "quantity_note": "exact"}
    assert implied("deal", "quantity", 3) == {}
    assert implied("record", "year", None) == {"year_basis": "none"}
    assert implied("record", "status", "ordered") == {}


def test_what_can_be_corrected_are_columns_of_records_and_deals() -> None:
    assert set(CORRECTABLE) <= set(DTYPES)
    assert [shown(value) for value in (None, "", 2.0e9, 1200, True, "x")] == [
        "nothing",
        "nothing",
        "2,000,000,000",
        "1200",
        "True",
        "x",
    ]
