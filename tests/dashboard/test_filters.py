"""The query grammar: parsing, the canonical address, and the rows that a query keeps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data import Data
from dashboard.filters import CLOSED, FACETS, KEYS, Filters, Tally, counted, mask, parse, year_range
from dashboard.source import Source


@pytest.fixture(scope="module")
def data(register_path: Path) -> Data:
    return Source(register_path).data()


def buyers(data: Data, query: str) -> list[str]:
    return sorted(data.frame["buyer"][mask(parse(query)[0], data)])


ALL = ["Hezbollah", "India", "India", "Malta", "Norway", "Peru", "Peru"]
# Without India's planned purchase and Norway's cancelled one.
COUNTED = ["Hezbollah", "India", "Malta", "Peru", "Peru"]

QUERIES = [
    ("", COUNTED),
    ("counted=all", ALL),
    ("buyer=IND", ["India"]),
    ("?buyer=ind&counted=all", ["India", "India"]),
    ("buyer=IND&buyer=NOR&counted=all", ["India", "India", "Norway"]),
    ("buyer=IND&buyer=NOR", ["India"]),
    ("buyer!=IND", ["Hezbollah", "Malta", "Peru", "Peru"]),
    ("buyer!=IND&counted=all", ["Hezbollah", "Malta", "Norway", "Peru", "Peru"]),
    ("buyer=Hezbollah", ["Hezbollah"]),
    ("buyer=XXX", []),
    ("buyer=IND&status=planned", ["India"]),
    ("status=planned&status=cancelled", ["India", "Norway"]),
    ("status!=ordered", ["Hezbollah"]),
    ("status!=ordered&counted=all", ["Hezbollah", "India", "Norway"]),
    ("type=helicopter&year=2013-2014", ["Malta", "Peru"]),
    ("year=2016", ["India"]),
    ("year=2021-", ["Peru"]),
    ("year=2021-&counted=all", ["India", "Norway", "Peru"]),
    ("year=-2014", ["Malta", "Peru"]),
    ("year=-2014&year=2022&counted=all", ["Malta", "Norway", "Peru"]),
    ("year=unknown", ["Hezbollah"]),
    ("year=2022&year=unknown", ["Hezbollah"]),
    ("year!=2013-2022", ["Hezbollah"]),
    ("seller=unknown", []),
    ("seller=unknown&counted=all", ["Norway"]),
    ("seller!=unknown&seller!=USA&counted=all", ["Hezbollah", "India", "Malta", "Peru", "Peru"]),
    ("source=unknown&counted=all", ["Norway"]),
    ("source=%3DTest%2C+Gov", ["Malta"]),
    ("q=rafale", ["India"]),
    ("q=RAFALE&q=nh90&counted=all", ["India", "Norway"]),
    ("q!=test", COUNTED),
    ("domestic=0&buyer=PER", ["Peru", "Peru"]),
    ("domestic=1", []),
    ("min_confidence=0", COUNTED),
    ("min_confidence=1", []),
    ("min_confidence=unknown", []),
    ("unit=claims&buyer=MLT", ["Malta"]),
    ("unit=confirmed", []),
    ("buyer_region=asia", ["India"]),
    ("buyer_region=South+America", ["Peru", "Peru"]),
    ("buyer_region=Latin+America+and+the+Caribbean&buyer_region=Southern+Europe", ["Malta", "Peru", "Peru"]),
    ("buyer_region!=Americas", ["Hezbollah", "India", "Malta"]),
    ("buyer_region=unknown", ["Hezbollah"]),
    ("seller_region=Europe", ["India", "Malta", "Peru"]),
    ("buyer_group=EU", ["Malta"]),
    ("buyer_group=NATO&counted=all", ["Norway"]),
    ("buyer_group=gcc", []),
    ("buyer_group=unknown", ["Hezbollah"]),
    ("seller_group=NATO", ["India", "Malta"]),
    ("seller_group!=EU", ["Hezbollah", "Peru", "Peru"]),
    ("sipri=artillery", ["Hezbollah"]),
    ("sipri!=aircraft", ["Hezbollah", "Peru"]),
    ("unroca=I&unroca=v", ["Peru", "Peru"]),
    ("has=quantity", ["India", "Malta", "Peru", "Peru"]),
    ("has=quantity&has=seller&counted=all", ["India", "India", "Malta", "Peru", "Peru"]),
    ("has=value", []),
    ("has!=year", ["Hezbollah"]),
    ("has!=year&has!=seller&counted=all", []),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[q or "nothing" for q, _ in QUERIES])
def test_a_query_keeps_its_rows(data: Data, query: str, expected: list[str]) -> None:
    assert buyers(data, query) == expected
    assert parse(query)[1] == ()


def test_a_least_confidence_keeps_the_rows_that_have_it(data: Data) -> None:
    held = data.frame["confidence"].astype(float)
    least = float(held.median())
    kept = mask(parse(f"min_confidence={least:.2f}&counted=all")[0], data)
    assert kept.tolist() == (held >= least - 1e-9).tolist()
    assert kept.any()


BAD = [
    "type=spoon",
    "status=bought",
    "deal_type=gift",
    "year=20",
    "year=2020-2010",
    "year=-",
    "domestic=yes",
    "min_confidence=2",
    "unit=boats",
    "reading=aloud",
    "counted=some",
    "buyer_region=Atlantis",
    "seller_group=OPEC",
    "sipri=Spoons",
    "unroca=VIII",
    "has=buyer",
    "has=unknown",
    "byer=IND",
    "buyer=",
]


@pytest.mark.parametrize("query", BAD)
def test_a_bad_value_is_left_out_with_a_notice(data: Data, query: str) -> None:
    filters, notices = parse(query)
    assert not filters
    assert len(notices) == 1
    assert query.split("=")[0] in notices[0]
    assert buyers(data, query) == COUNTED


def test_parameters_of_downloads_are_no_filters() -> None:
    assert parse("raw=1&buyer=IND") == (Filters({"buyer": ("IND",)}), ())


def test_what_a_view_is_of_by_default_is_no_part_of_its_address() -> None:
    assert parse("unit=deals&reading=reviewed&buyer=IND") == (Filters({"buyer": ("IND",)}), ())
    assert parse("unit=claims&reading=machine")[0].query() == "unit=claims&reading=machine"


def test_the_address_is_canonical_and_comes_back() -> None:
    filters, _ = parse("status!=planned&year=2010-&buyer=Ansar+Allah&buyer=EGY&source=a%2Fb%26c&q=C%2B%2B")
    assert filters.query() == "buyer=Ansar+Allah&buyer=EGY&source=a%2Fb%26c&year=2010-&q=C%2B%2B&status!=planned"
    assert parse(filters.query()) == (filters, ())


values = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1).map(str.strip).filter(bool)


@given(
    st.dictionaries(
        st.sampled_from(["buyer", "seller", "system", "source", "q"]), st.lists(values, min_size=1, max_size=3, unique=True)
    )
)
def test_any_filters_survive_their_address(kept: dict[str, list[str]]) -> None:
    filters = Filters({key: tuple(kept[key]) for key in KEYS if key in kept})
    again, notices = parse(filters.query())
    lowered = {
        key: tuple(dict.fromkeys("unknown" if v.lower() == "unknown" and key != "q" else v for v in vs))
        for key, vs in filters.kept.items()
    }
    assert (again.kept, notices) == (lowered, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015", (2015, 2015)),
        ("2010-2022", (2010, 2022)),
        ("2010-", (2010, 9999)),
        ("-2022", (1, 2022)),
        ("", None),
        ("20102022", None),
        ("2010--", None),
    ],
)
def test_year_ranges(text: str, expected: tuple[int, int] | None) -> None:
    assert year_range(text) == expected


def test_every_key_of_the_grammar_is_known() -> None:
    assert KEYS == (
        "buyer",
        "seller",
        "type",
        "system",
        "status",
        "deal_type",
        "source",
        "buyer_region",
        "seller_region",
        "buyer_group",
        "seller_group",
        "sipri",
        "unroca",
        "domestic",
        "party",
        "family",
        "year",
        "min_confidence",
        "has",
        "q",
        "unit",
        "counted",
        "reading",
        "by",
        "side",
    )
    assert all(parse(f"{key}={value}")[0] for key, allowed in CLOSED.items() for value in allowed)


@pytest.mark.parametrize("key", FACETS)
@pytest.mark.parametrize(
    "query", ["", "type=helicopter&buyer=PER", "status=planned", "buyer_region!=Asia&counted=all", "unit=claims"]
)
@pytest.mark.parametrize("unit", ["claims", "deals"])
def test_option_counts_are_what_choosing_them_shows(register_path: Path, query: str, key: str, unit: str) -> None:
    source = Source(register_path)
    data = source.data() if unit == "claims" else source.deals()
    filters = parse(query)[0]
    counts = dict(zip(data.facets[key].keys, Tally(filters, data).choosing(key), strict=True))
    for value, count in counts.items():
        assert count == np.count_nonzero(mask(filters.keeping(key, [value]), data)), value
    # Peru is in none of the alliances.
    assert any(counts.values()) or key in ("buyer_group", "seller_group")


def test_option_counts_of_a_view_with_known_ones(data: Data) -> None:
    filters = parse("type=helicopter&buyer=PER")[0]
    counts = dict(zip(data.facets["buyer"].keys, Tally(filters, data).choosing("buyer"), strict=True))
    assert (counts["PER"], counts["MLT"], counts["NOR"]) == (1, 1, 0)


def test_what_is_left_out_is_counted_under_the_filters(data: Data) -> None:
    assert counted(parse("")[0], data) == (5, {"planned": 1, "cancelled": 1})
    assert counted(parse("buyer=IND")[0], data) == (1, {"planned": 1})
    assert counted(parse("buyer=PER")[0], data) == (2, {})
    assert counted(parse("counted=all")[0], data) == (7, {})
    assert counted(parse("status=planned&status=ordered")[0], data) == (5, {})


def test_taking_a_value_out() -> None:
    filters = parse("buyer=IND&buyer=PER&status!=planned")[0]
    assert filters.minus("buyer", "IND").query() == "buyer=PER&status!=planned"
    assert filters.minus("status", "planned", dropped=True).query() == "buyer=IND&buyer=PER"
    assert filters.without("buyer").query() == "status!=planned"
