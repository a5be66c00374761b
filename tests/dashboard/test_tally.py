"""Counts by combinations of values are the counts of the rows themselves, whatever is asked and in whatever order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.articles import seen
from dashboard.data import SOME, UNKNOWN, Data
from dashboard.facets import looked_up
from dashboard.filters import mask, parse
from dashboard.kept import BYTES, Kept
from dashboard.source import Source
from dashboard.tally import Rows, Tally
from tests.dashboard.views import data_of

QUERIES = (
    "", "counted=all", "buyer=IND", "buyer=IND&counted=all", "party=IND", "status=planned", "type!=helicopter", "year=2014-2021",
    "year=unknown&year=2013", "type=helicopter&buyer=PER&year!=2013", "has=quantity&has=year", "q=rafale", "min_confidence=0.5",
    "source!=unknown&counted=all", "buyer_group=NATO&counted=all", "buyer=XXX", "unit=confirmed", "family=F-16",
)  # fmt: skip
PAIRS = (("type", "year"), ("status", "type"), ("seller", "buyer"), ("buyer", "type"))


@pytest.fixture(scope="module")
def source(register_path: Path) -> Source:
    return Source(register_path)


@pytest.fixture(scope="module", params=["claims", "deals"])
def data(source: Source, request: pytest.FixtureRequest) -> Data:
    return source.data() if request.param == "claims" else source.deals()


@pytest.mark.parametrize("query", QUERIES)
def test_a_tally_counts_the_rows_that_the_filters_keep(data: Data, query: str) -> None:
    filters = parse(query)[0]
    rows, tally = mask(filters, data), Tally(filters, data)
    assert np.array_equal(tally.rows, rows)
    assert tally.count == np.count_nonzero(rows)
    for key in data.facets:
        assert tally.of(key).tolist() == Rows(data, rows).of(key).tolist(), key


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("pair", PAIRS)
def test_pairs_of_values_are_counted_together(data: Data, query: str, pair: tuple[str, str]) -> None:
    filters = parse(query)[0]
    tally, rows = Tally(filters, data), mask(filters, data)
    first, second = (data.facets[key] for key in pair)
    expected = Counter(
        (first.keys[a], second.keys[b]) for a, b in zip(first.codes[rows].tolist(), second.codes[rows].tolist(), strict=True)
    )
    for counts in (tally, Rows(data, rows)):
        cells = counts.together(*pair)
        found: Counter[tuple[str, str]] = Counter()
        for a, b, n in zip(cells.first.tolist(), cells.second.tolist(), cells.counts.tolist(), strict=True):
            found[first.keys[a], second.keys[b]] += n
        assert +found == expected


@pytest.mark.parametrize("query", QUERIES)
def test_articles_and_sources_behind_rows_are_counted_once(data: Data, query: str) -> None:
    rows = mask(parse(query)[0], data)
    claims = data.claims or data
    behind = [row for row, kept in zip(claims.rows(np.arange(len(claims))), data.claim_rows(rows), strict=True) if kept]
    assert seen(data, rows) == (len({row["article_id"] for row in behind}), len({row["source"] for row in behind} - {""}))


def test_an_article_of_many_rows_is_one_article() -> None:
    data = data_of(*({"article_id": f"a{i // 3}", "source": f"s{i // 6}"} for i in range(30)))
    assert seen(data, np.ones(30, dtype=bool)) == (10, 5)
    assert seen(data, np.arange(30) % 3 == 2) == (10, 5)
    assert seen(data, np.arange(30) < 4) == (2, 1)


@given(st.lists(st.booleans(), max_size=60), st.data())
def test_a_look_up_by_runs_is_a_look_up(table: list[bool], drawn: st.DataObject) -> None:
    codes = drawn.draw(st.lists(st.integers(0, max(0, len(table) - 1)), max_size=40 if table else 0))
    held = np.array(table, dtype=bool)
    assert looked_up(held, np.array(codes, dtype=np.int16)).tolist() == [table[code] for code in codes]


@pytest.mark.parametrize("count", [0, 3, SOME + 1])
def test_rows_come_in_the_order_in_which_they_are_asked_for(count: int) -> None:
    data = data_of(*({"buyer": f"b{i}"} for i in range(SOME + 1)))
    places = np.arange(count)[::-1]
    assert [row["buyer"] for row in data.rows(places)] == [f"b{i}" for i in places]


def test_what_was_asked_lately_is_kept_and_cannot_be_changed() -> None:
    kept, made = Kept(), []

    def make() -> np.ndarray:
        made.append(1)
        return np.zeros(8)

    first = kept.of("a", make)
    assert kept.of("a", make) is first
    assert len(made) == 1
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1
    for name in range(8):
        kept.of(name, lambda: np.zeros(BYTES // 40))
    kept.of("a", make)
    assert len(made) == 2, "what was not asked for lately makes room"


@pytest.mark.parametrize(
    ("one", "other"),
    [("q=tank|jet", "q=tank&q=jet"), ("system=a|b", "system=a&system=b"), ("system!=a|b", "system!=a&system!=b")],
)
def test_a_value_with_a_sign_between_is_not_two_values(one: str, other: str) -> None:
    data = data_of(
        {"system": "a", "evidence": "a tank"}, {"system": "b", "evidence": "a jet"}, {"system": "a|b", "evidence": "x"}
    )
    for query in (one, other, one):
        filters = parse(query)[0]
        assert Tally(filters, data).rows.tolist() == mask(filters, data).tolist()


def test_long_names_take_their_room_too() -> None:
    kept, made = Kept(), []

    def make() -> np.ndarray:
        made.append(1)
        return np.zeros(1)

    for name in range(30):
        kept.of(("q", str(name) * (BYTES // 40)), make)
    kept.of(("q", "0" * (BYTES // 40)), make)
    assert len(made) == 31


def test_years_are_a_run_of_codes(data: Data) -> None:
    facet = data.facets["year"]
    assert facet.keys[0] == UNKNOWN
    assert [int(year) for year in facet.keys[1:]] == list(range(2013, 2023))
    assert [facet.keys[code] for code in facet.codes] == [str(year or UNKNOWN) for year in data.years.tolist()]
