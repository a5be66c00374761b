"""Pages of countries and systems: what they set, what they count, and where their links lead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.components import filterbar
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse
from dashboard.pages import profile
from dashboard.profiles import COUNTRY, SYSTEM, address, carried, subject, within
from dashboard.routing import route
from dashboard.source import Source
from extractors import Article, extract, open_register

TEXTS = (
    ("a", "Peru ordered 24 F-16 Block 70 fighters from the United States in 2013.", date(2013, 12, 17)),
    ("b", "India ordered 100 F-16 fighters from the United States in 2010.", date(2010, 5, 1)),
    ("c", "Peru ordered 15 K2 tanks from South Korea in 2021.", date(2022, 1, 5)),
    ("d", "Brazil bought 6 Super Tucano aircraft from Peru in 2018.", date(2018, 2, 1)),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("profiles") / "r.sqlite"
    with open_register(path, create=True) as store:
        for identity, text, published in TEXTS:
            article = Article(identity, text, f"<b>{identity}</b>", published, "Wire")
            records = extract(article)
            assert len(records) == 1, identity
            store.replace(article, records)
    return path


@pytest.fixture(scope="module")
def deals(register: Path) -> Data:
    return Source(register).deals()


def count(query: str, data: Data) -> int:
    return int(mask(parse(query)[0], data).sum())


def shown(register: Path, place: str) -> tuple[str, str]:
    page, name, _ = route(Source(register), place)
    return name, " ".join(str(part.to_plotly_json()) for part in page if part is not None)


def test_a_party_is_a_buyer_or_a_seller(deals: Data) -> None:
    assert [count(f"party={key}", deals) for key in ("PER", "per", "USA", "BRA", "XXX")] == [3, 3, 2, 1, 0]
    assert count("party=PER&buyer=PER", deals) == 2
    assert count("party!=PER", deals) == 1
    assert count("party=BRA&party=IND", deals) == 2


def test_a_family_has_its_variants_and_a_variant_itself(deals: Data) -> None:
    assert [count(f"family={key}", deals) for key in ("F-16", "F-16V", "K2", "nothing")] == [2, 1, 1, 0]
    assert count("family!=F-16", deals) == 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/country/EGY", ("party", "EGY")),
        ("/system/F-16C%2FD", ("family", "F-16C/D")),
        ("/country/C%C3%B4te%20d%27Ivoire", ("party", "Côte d'Ivoire")),
        ("/country/", None),
        ("/deals", None),
        ("/", None),
    ],
)
def test_a_path_says_what_its_page_is_about(path: str, expected: tuple[str, str] | None) -> None:
    assert subject(path) == expected


@pytest.mark.parametrize("value", ["EGY", "F-16C/D", "a&b=c?d#e", "Kızıl Ordu", "100%"])
def test_an_address_leads_back_to_its_value(value: str) -> None:
    for start, key in ((COUNTRY, "party"), (SYSTEM, "family")):
        assert subject(address(start, value, Filters()).partition("?")[0]) == (key, value)


def test_filters_by_others_stay_behind_and_the_rest_goes_along() -> None:
    filters = parse("buyer=IND&seller!=FRA&system=F-16&type=ship&year=2010-&unit=claims")[0]
    assert carried(filters).query() == "type=ship&year=2010-&unit=claims"
    assert address(COUNTRY, "USA", filters) == "/country/USA?type=ship&year=2010-&unit=claims"


def test_the_page_sets_its_subject_whatever_its_address_says(deals: Data) -> None:
    assert within(Filters(), "/country/PER").kept == {"party": ("PER",)}
    assert within(Filters(), "/deals") == Filters()
    assert "All 3 deals" in str(filterbar.standing(Filters(), deals, "/country/PER"))
    bar = str(filterbar.standing(parse("type=aircraft")[0], deals, "/country/PER"))
    assert "2 of 3 deals" in bar
    assert "/download/deals.csv?party=PER&type=aircraft" in bar.replace("type=aircraft&party=PER", "party=PER&type=aircraft")


def test_a_country_s_page_tells_what_it_bought_and_sold(register: Path) -> None:
    name, page = shown(register, "/country/PER")
    assert name == "Peru"
    for words in (
        "Peru bought most often from South Korea and United States (1 of 2 each).",
        "It sold most often to Brazil (1 of 1).",
        "Deals bought by Peru per seller and year",
        "Buyers with the most deals sold by Peru",
        "South Korea and United States lead with 1 deal each.",
        "Units bought, by weapon type",
        "Open orders",
    ):
        assert words in page, words
    assert "/country/USA" in page
    assert "/system/K2" in page
    assert "href='/deals?buyer=PER&seller=KOR&year=2021'" in page
    assert "/download/chart/sellers.csv?buyer=PER" in page
    assert "/embed/buyers-over-time?seller=PER&embed=1" in page


def test_a_country_of_another_spelling_and_one_that_nobody_names(register: Path) -> None:
    assert shown(register, "/country/per")[0] == "Peru"
    name, page = shown(register, "/country/%3Cscript%3E")
    assert name == "Not held"
    assert "No deal in this register is of a" in page
    assert shown(register, "/country/unknown")[0] == "Not held"


def test_a_party_in_the_address_of_a_profile_changes_nothing(register: Path) -> None:
    assert shown(register, "/country/PER?party=IND")[1] == shown(register, "/country/PER")[1]


def test_filters_narrow_a_profile_and_can_leave_nothing(register: Path) -> None:
    assert "Deals sold by Peru" not in shown(register, "/country/PER?buyer=PER")[1]
    name, page = shown(register, "/country/PER?type=ship")
    assert name == "Peru"
    assert "No deal matches these filters" in page


def test_a_family_s_page_takes_its_variants_together(register: Path) -> None:
    name, page = shown(register, "/system/F-16")
    assert name == "F-16"
    assert "Aircraft: 124 units ordered and 0 delivered, in 2 deals, 0 of them without any number." in page
    assert "'/system/F-16V'" in page
    name, page = shown(register, "/system/F-16V")
    assert name == "F-16V"
    assert "Aircraft: 24 units ordered" in page
    assert " · a variant of " in page


def test_units_are_not_summed_over_claims(register: Path) -> None:
    for place in ("/country/PER", "/system/F-16"):
        page = shown(register, f"{place}?unit=claims")[1]
        assert "claims of units are not summed" in page
        assert "Units ordered" not in page


def test_deals_and_records_link_to_the_profiles(register: Path) -> None:
    source = Source(register)
    (row,) = source.deals().rows(source.deals().where("buyer", "India"))
    record = source.data().rows(source.data().where("buyer", "India"))[0]
    for place in (
        f"/deal/{row['deal_id']}?type=aircraft&buyer=IND",
        f"/record/{record['record_id']}?type=aircraft",
    ):
        page = shown(register, place)[1]
        for target in ("/country/IND", "/country/USA", "/system/F-16"):
            assert f"'{target}?type=aircraft'" in page, target


def test_the_download_has_what_a_profile_counts(register: Path) -> None:
    client = create_app(register).server.test_client()
    for query, lines in (("party=PER", 3), ("family=F-16", 2)):
        assert len(client.get(f"/download/deals.csv?{query}&raw=1").data.decode().splitlines()) == lines + 1


def test_the_newest_claims_are_those_of_the_latest_years() -> None:
    years = np.tile(np.arange(2000, 2026, dtype=np.int32), 100)
    kept = profile.newest(np.arange(len(years)), years)
    assert len(kept) == profile.LOOKED_THROUGH
    assert sorted(set(years[kept].tolist())) == [2022, 2023, 2024, 2025]
    assert profile.newest(np.array([3, 1]), years).tolist() == [3, 1]


def test_a_side_that_the_filters_leave_empty_has_no_partners(register: Path) -> None:
    _, words = shown(register, "/country/PER?buyer=BRA")
    assert "It sold most often to Brazil (1 of 1)." in words
    assert "bought most often" not in words
    _, words = shown(register, "/country/PER?buyer!=PER")
    assert "bought most often" not in words
    _, words = shown(register, "/country/PER?buyer=BRA&buyer=PER")
    assert "Peru bought most often" in words
