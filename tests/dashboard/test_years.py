"""The years of the filter bar: what they offer, what they count, and the address that they make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.components import filterbar, years
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse
from dashboard.source import Source
from dashboard.tally import Tally


@pytest.fixture(scope="module")
def data(register_path: Path) -> Data:
    return Source(register_path).data()


def labels(options: list[dict[str, str]]) -> list[str]:
    return [option["label"] for option in options]


def test_years_offer_themselves_with_counts_latest_first(data: Data) -> None:
    firsts, lasts, words = years.options(Tally(Filters(), data))
    assert labels(firsts)[:3] == ["2022 (0)", "2021 (1)", "2020 (1)"]
    assert labels(firsts)[-1] == "2013 (4)"
    assert labels(lasts)[0] == "2022 (4)"
    assert labels(lasts)[-1] == "2013 (1)"
    assert words == "unknown (1)"
    firsts, lasts, _ = years.options(Tally(parse("counted=all")[0], data))
    assert labels(firsts)[:3] == ["2022 (1)", "2021 (3)", "2020 (3)"]
    assert labels(lasts)[0] == "2022 (6)"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "year=2014-",
        "year=-2016",
        "year=2014-2021&year=unknown",
        "buyer=PER",
        "buyer!=PER&year=2014-",
        "counted=all&year=2016-",
    ],
)
def test_a_count_is_what_choosing_the_year_shows(data: Data, query: str) -> None:
    filters = parse(query)[0]
    first, last, unknown = years.shown(filters)
    firsts, lasts, _ = years.options(Tally(filters, data))
    for option in firsts:
        chosen = filters.keeping("year", years.values(option["value"], last, unknown, filters))
        assert option["label"] == f"{option['value']} ({np.count_nonzero(mask(chosen, data))})"
    for option in lasts:
        chosen = filters.keeping("year", years.values(first, option["value"], unknown, filters))
        assert option["label"] == f"{option['value']} ({np.count_nonzero(mask(chosen, data))})"


def test_years_of_a_link_beyond_the_register_can_be_shown(data: Data) -> None:
    firsts, lasts, _ = years.options(Tally(parse("year=2000-2030")[0], data))
    assert firsts[-1]["value"] == "2000"
    assert lasts[0]["value"] == "2030"


def test_a_year_leaves_the_unknown_ones_to_be_added(data: Data) -> None:
    assert years.options(Tally(parse("year=2016")[0], data))[2] == "or unknown (1)"


@pytest.mark.parametrize(
    ("first", "last", "unknown", "expected"),
    [
        (None, None, False, ()),
        ("2015", None, False, ("2015-",)),
        (None, "2015", True, ("-2015", "unknown")),
        ("2015", "2015", False, ("2015",)),
        ("2020", "2010", False, ("2010-2020",)),
        (None, None, True, ("unknown",)),
        ("20", "x", False, ()),
    ],
)
def test_controls_make_the_address(first: str | None, last: str | None, unknown: bool, expected: tuple[str, ...]) -> None:
    assert years.values(first, last, unknown, Filters()) == expected


def test_several_ranges_of_a_link_stay_until_the_controls_say_otherwise(data: Data) -> None:
    before = parse("year=2013-2014&year=2021-")[0]
    untouched = [[] for _ in filterbar.SELECTS]
    assert filterbar.from_controls([*untouched, None, None, False], before) == before
    assert filterbar.from_controls([*untouched, "2016", None, False], before).kept == {"year": ("2016-",)}


def test_a_count_under_an_exclusion_is_what_choosing_shows(data: Data) -> None:
    assert "Peru" not in " ".join(option["label"] for option in filterbar.options(parse("buyer!=PER")[0], data, "buyer"))
