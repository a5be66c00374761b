"""Counts, years and volumes, with the marks that registers put around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reference.cells import FIRST_YEAR, LAST_YEAR, LONGEST_SPAN, count, flagged, volume, years


@pytest.mark.parametrize(
    ("cell", "value", "doubt"),
    [
        ("24", 24, False), (" 24 ", 24, False), ("(24)", 24, True), ("24?", 24, True), ("[24]", 24, True), ("c. 24", 24, True),
        ("~24", 24, True), ("1,200", 1200, False), ("1.200", 1200, False), ("1 200", 1200, False), ("24.0", 24, False), ("", None, False),
        ("..", None, False), ("-", None, False), ("?", None, True), ("n/a", None, False), ("0", 0, False), ("'24'", 24, False),
    ],
)  # fmt: skip
def test_counts(cell: str, value: int | None, doubt: bool) -> None:
    found = count(cell)
    assert (found.value, found.doubt, found.readable) == (value, doubt, True)


@pytest.mark.parametrize("cell", ["a few", "24.5", "-5", "12-15", "1,2", "24 tanks"])
def test_what_is_no_count_is_said_so(cell: str) -> None:
    assert (count(cell).value, count(cell).readable) == (None, False)


@pytest.mark.parametrize(
    ("cell", "values", "doubt"),
    [
        ("2015", (2015,), False), ("(2015)", (2015,), True), ("2015?", (2015,), True), ("2015-2017", (2015, 2016, 2017), False),
        ("2015–2017", (2015, 2016, 2017), False), ("2015 - 2017", (2015, 2016, 2017), False), ("2015-17", (2015, 2016, 2017), False),
        ("2006; 2007", (2006, 2007), False), ("2007, 2006", (2006, 2007), False), ("2006 2007", (2006, 2007), False),
        ("2006; 2009-2010", (2006, 2009, 2010), False), ("2015/16", (2015, 2016), False), ("2015.0", (2015,), False),
        ("2015-03-04", (2015,), False), ("", (), False), ("..", (), False), ("?", (), True), ("2001 to 2002", (2001, 2002), False),
    ],
)  # fmt: skip
def test_years(cell: str, values: tuple[int, ...], doubt: bool) -> None:
    found = years(cell)
    assert (found.values, found.doubt, found.readable) == (values, doubt, True)


@pytest.mark.parametrize("cell", ["soon", "15", "2017-2015", "1066", "20155", "1900-2100", "2015; later"])
def test_what_is_no_year_is_said_so(cell: str) -> None:
    assert (years(cell).values, years(cell).readable) == ((), False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0.3", 0.3),
        ("0,3", 0.3),
        ("11,84", 11.84),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234", 1234.0),
        ("", None),
        ("x", None),
    ],
)
def test_volumes(cell: str, value: float | None) -> None:
    assert volume(cell) == value
    assert volume("1,234", decimal_comma=True) == 1.234


def test_marks() -> None:
    assert [flagged(cell) for cell in ("?", "Yes", "yes", "No", "", " ")] == [True, True, True, False, False, False]


DRESS = st.sampled_from(["{}", " {} ", "({})", "{}?", "[{}]", "({}?)", "{} ?"])
YEAR = st.integers(FIRST_YEAR, LAST_YEAR)


@given(st.integers(0, 999_999_999), DRESS, st.sampled_from(["", ",", " ", "'"]))
def test_any_count_in_any_dress(number: int, dress: str, group: str) -> None:
    found = count(dress.format(f"{number:,}".replace(",", group)))
    assert found.value == number
    assert found.doubt == (dress.strip() != "{}")


@given(st.lists(YEAR, min_size=1, max_size=8), st.sampled_from(["; ", ";", ", ", " ", " and ", " & "]), DRESS)
def test_any_list_of_years(listed: list[int], separator: str, dress: str) -> None:
    found = years(dress.format(separator.join(map(str, listed))))
    assert found.values == tuple(sorted(set(listed)))


@given(YEAR, st.integers(0, LONGEST_SPAN), st.sampled_from(["-", "–", " - ", " to "]))
def test_any_span_of_years(first: int, length: int, sign: str) -> None:
    last = first + length
    found = years(f"{first}{sign}{last}")
    assert found.values == (tuple(range(first, last + 1)) if last <= LAST_YEAR else ())


@given(st.text(max_size=30))
def test_no_cell_breaks_the_reading(cell: str) -> None:
    assert count(cell).value is None or count(cell).readable
    assert all(FIRST_YEAR <= year <= LAST_YEAR for year in years(cell).values)
    assert (volume(cell) or 0) >= 0
