"""Stated values are summed within one currency, a package's once, and the deals that state none are counted beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.components.values import millions, shortened
from dashboard.data import Data
from dashboard.routing import route
from dashboard.source import Source
from dashboard.values import Total, totals
from extractors import Article, extract, open_register
from tests.dashboard.test_compare_page import texts

PACKAGE = "Peru has ordered 24 F-16 jets and 60 AIM-120 missiles from the United States in a deal worth 3.5 billion dollars."
TEXTS = {
    "package/1": PACKAGE,
    # The same package, told again: the same deals.
    "package/2": PACKAGE,
    "alone": "Peru has ordered 12 K2 tanks from South Korea for 90 million dollars.",
    "euro": "Peru has ordered 6 NH90 helicopters from France for 250 million euros.",
    "silent": "Peru has ordered 9 Mi-35 helicopters from Russia.",
    "lost": "Peru cancelled an order for 7 C-130J aircraft from the United States worth 700 million dollars.",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    path: Path = tmp_path_factory.mktemp("values") / "values.sqlite"
    with open_register(path, create=True) as register, register.run("extract", "test"):
        for identity, text in TEXTS.items():
            article = Article(identity, text, published=date(2024, 5, 1))
            register.replace(article, extract(article))
    return Source(path)


@pytest.fixture(scope="module")
def deals(source: Source) -> Data:
    return source.deals()


def everything(data: Data) -> np.ndarray:
    return np.ones(len(data), dtype=bool)


def test_a_package_of_two_deals_and_two_articles_counts_once(deals: Data) -> None:
    facet = deals.facets["system"]
    jets, missiles = (facet.having(np.array([name.startswith(start) for name in facet.names])) for start in ("F-16", "AIM-120"))
    alone = [Total("USD", 3.5e9, 3.5e9, 1)]
    assert totals(deals, jets) == totals(deals, missiles) == alone
    assert totals(deals, jets | missiles) == [Total("USD", 3.5e9, 3.5e9, 2)]


def test_currencies_are_kept_apart_and_silence_adds_nothing(deals: Data) -> None:
    status = deals.facets["status"]
    rows = status.codes != status.index["cancelled"]
    assert totals(deals, rows) == [Total("USD", 3.59e9, 3.5e9, 3), Total("EUR", 250e6, 0.0, 1)]
    assert totals(deals, everything(deals))[0].stated == 4
    assert totals(deals, ~everything(deals)) == []


def shown(source: Source, address: str) -> str:
    return " ".join(texts(route(source, address)[0]))


def test_profiles_say_how_many_deals_state_a_value_and_what_is_left_out(source: Source) -> None:
    said = shown(source, "/country/PER")
    assert "4 of 5 deals state a value: USD 3.6 billion (3 deals), EUR 250 million (1 deal)." in said
    assert "Planned and cancelled deals are left out." in said
    assert "3,590 3,500" in said
    assert "A package can hold other things" in said
    every = shown(source, "/country/PER?counted=all")
    assert "5 of 6 deals state a value: USD 4.3 billion (4 deals)" in every
    assert "No article states a value for the one deal." in shown(source, "/system/Mi-35")
    assert "1 of 1 deal states a value: USD 3.5 billion (1 deal)." in shown(source, "/system/F-16")


def test_claims_have_no_sum_of_values(source: Source) -> None:
    assert "state a value" not in shown(source, "/country/PER?unit=claims")


@pytest.mark.parametrize(
    ("amount", "words"),
    [(950.0, "950"), (2e6, "2 million"), (3.59e9, "3.6 billion"), (1.5e12, "1.5 trillion"), (2e15, "2,000 trillion")],
)
def test_large_sums_are_told_shortly(amount: float, words: str) -> None:
    assert shortened(amount) == words


@pytest.mark.parametrize(("amount", "words"), [(3.59e9, "3,590"), (250_000.0, "0.25"), (0.0, "0"), (1e8, "100")])
def test_the_table_gives_millions(amount: float, words: str) -> None:
    assert millions(amount) == words
