"""The bar's further half and its line: what controls make of an address, what they offer, and what the totals leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.components import filterbar, more
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse, view
from dashboard.source import Source
from dashboard.tally import Tally


@pytest.fixture(scope="module")
def source(register_path: Path) -> Source:
    return Source(register_path)


@pytest.fixture(scope="module")
def data(source: Source) -> Data:
    return source.deals()


def offered(data: Data, query: str, key: str) -> dict[str, str]:
    return {option["value"]: option["label"] for option in more.listed(Tally(parse(query)[0], data), key)}


def said(data: Data, query: str) -> str:
    return " ".join(str(getattr(part, "children", "")) for part in filterbar.standing(parse(query)[0], data, "/deals"))


KEYS = (*more.KEPT, "min_confidence", "dropped")


def controls(filters: Filters, data: Data) -> list[Any]:
    """The values that the panel's controls have when it opens."""
    kept = [filterbar.selected(filters, data, key) for key in more.KEPT]
    return [*kept, more.shown_share(filters), more.chosen_to_drop(filters)]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "buyer=IND&year=2010-&q=jet",
        "buyer_region=Asia&buyer_group!=NATO&has=year&has!=value",
        "min_confidence=0.73&year!=2014&q!=tank&domestic=0&sipri=Aircraft&unroca=unknown",
        "min_confidence=0.5&min_confidence=0.9&source!=a%2Fb",
        "deal_type=sale&unit=claims&counted=all",
    ],
)
def test_opening_the_panel_changes_nothing(data: Data, query: str) -> None:
    filters = parse(query)[0]
    assert more.from_controls(controls(filters, data), KEYS, filters).query() == filters.query()
    assert more.from_controls([], [], filters).query() == filters.query()


def test_controls_make_the_address(data: Data) -> None:
    before = parse("buyer=IND&year!=2014&seller!=USA")[0]
    values: dict[str, Any] = dict(zip(KEYS, controls(before, data), strict=True))
    values |= {"buyer_region": ["Asia"], "has": ["year", "value"], "min_confidence": "0.7"}
    values |= {"dropped": ["status=delivered", "source==Test, Gov", "seller=RUS"]}
    made = more.from_controls(list(values.values()), list(values), before)
    assert made.query() == (
        "buyer=IND&buyer_region=Asia&min_confidence=0.7&has=year&has=value"
        "&seller!=RUS&status!=delivered&source!=%3DTest%2C+Gov&year!=2014"
    )
    assert parse(made.query())[0] == made


@pytest.mark.parametrize(
    "query", ["", "counted=all", "status=planned", "buyer_region=Americas&buyer!=MLT", "has=quantity&type!=drone"]
)
@pytest.mark.parametrize("key", [*more.KEPT, "min_confidence"])
def test_a_count_is_what_choosing_shows(data: Data, query: str, key: str) -> None:
    filters = parse(query)[0]
    for value, label in offered(data, query, key).items():
        held = filters.kept.get(key, ())
        chosen = filters.keeping(key, dict.fromkeys((*held, value)) if key == "has" else [value])
        assert label.endswith(f"({np.count_nonzero(mask(chosen, data))})"), label


@pytest.mark.parametrize(
    "query", ["", "counted=all", "buyer_region=Americas&buyer!=MLT", "status!=ordered", "status=planned&status=ordered"]
)
def test_a_count_is_what_leaving_out_takes(data: Data, query: str) -> None:
    filters = parse(query)[0]
    for one, label in offered(data, query, "dropped").items():
        key, _, value = one.partition("=")
        without = Filters(dict(filters.kept), {k: v for k, v in filters.dropped.items() if k != key})
        also = Filters(dict(without.kept), {**without.dropped, key: (value,)})
        taken = np.count_nonzero(mask(without, data)) - np.count_nonzero(mask(also, data))
        assert label.endswith(f"({taken})"), label


def test_what_is_left_out_stays_on_offer_to_be_taken_back(data: Data) -> None:
    assert offered(data, "buyer!=XXX&buyer!=PER", "dropped")["buyer=XXX"] == "Buyer: XXX (0)"
    assert offered(data, "buyer!=XXX&buyer!=PER", "dropped")["buyer=PER"] == "Buyer: Peru (2)"


def test_the_line_says_what_totals_leave_out_and_leads_there(data: Data) -> None:
    assert "5 of 7 deals" in said(data, "")
    assert "1 planned and 1 cancelled are left out. " in said(data, "")
    assert "href='/deals?counted=all'" in said(data, "")
    assert "1 planned is left out. " in said(data, "buyer=IND")
    assert "href='/deals?buyer=IND&counted=all'" in said(data, "buyer=IND")
    assert "None here is planned or cancelled." in said(data, "buyer=PER")
    assert "Planned and cancelled ones are counted too." in said(data, "counted=all")
    assert "All 7 deals" in said(data, "counted=all")


def test_a_status_that_is_chosen_decides_alone(data: Data) -> None:
    assert "1 of 7 deals" in said(data, "status=planned")
    assert "Only the statuses chosen are counted." in said(data, "status=planned")
    assert "counted-all" not in said(data, "status=planned")
    assert "counted-all" in said(data, "status!=ordered")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("has=value", "States a price"),
        ("has!=year", "States no year"),
        ("buyer_region=Asia", "Buyer’s region is Asia"),
        ("seller_group!=NATO", "Seller’s alliance is not NATO"),
        ("unroca=I", "UN category is I Battle tanks"),
        ("domestic=0", "Deal is international"),
        ("min_confidence=0.8", "Confidence at least 0.8"),
    ],
)
def test_a_filter_without_a_control_in_view_is_named(data: Data, query: str, words: str) -> None:
    assert words in said(data, query)


def test_confirmed_deals_are_counted_apart_and_downloaded(data: Data) -> None:
    line = said(data, "unit=confirmed&buyer=PER")
    assert "0 confirmed of 7 deals" in line
    assert "No deal has been confirmed or corrected by a person here." in line
    assert "href='/download/deals.csv?unit=confirmed'" in str(filterbar.standing(parse("unit=confirmed")[0], data, "/"))
    assert "href='/deals?unit=confirmed'" in said(data, "reading=machine")
    assert "href='/deals?reading=machine'" in str(filterbar.switch("reading", parse("unit=confirmed")[0], "/deals"))
    assert "href='/deals?unit=claims&reading=machine'" in str(filterbar.switch("reading", parse("unit=claims")[0], "/deals"))


def test_claims_of_a_view_are_counted_likewise(source: Source) -> None:
    claims = view(source, parse("unit=claims")[0])
    assert "5 of 7 records" in said(claims, "unit=claims")
