"""A deal's page of a deal that very many articles tell of: what is listed, what is not, and where the rest is."""

from __future__ import annotations

from pathlib import Path

from dashboard.filters import Filters
from dashboard.pages import deal
from dashboard.source import Source
from tests.dashboard.views import data_of


def test_claims_that_are_not_listed_are_counted_and_lead_to_the_rest() -> None:
    rows = data_of(*({"buyer": "India", "status": "ordered"} for _ in range(3))).rows([0, 1, 2])
    whole = str(deal.claims_table(rows, 3, Filters(), "d1"))
    part = str(deal.claims_table(rows, 4_000, Filters(), "d1"))
    assert "all as JSON" not in whole
    assert "The first 3 of 4,000 claims; " in part
    assert "href='/api/deals/d1'" in part


def test_of_many_articles_some_are_named_and_the_rest_counted() -> None:
    names = [f"a{i}" for i in range(deal.NAMED + 5)]
    told = deal.articles(names, {"a0": "Jets for India"})
    assert told[0].children == "Jets for India"
    assert told[-1] == "; and 5 more"
    assert len([one for one in told if getattr(one, "href", "")]) == deal.NAMED
    assert deal.articles(["a0"], {})[-1].children == "a0"


def test_the_first_claims_are_those_of_the_oldest_articles(register_path: Path) -> None:
    deals = Source(register_path).deals()
    for at in range(len(deals)):
        every, count = deal.first_claims(deals, at, 99)
        assert len(every) == count == len(deals.claims_of(at))
        days = [str(row["published"] or "") for row in every]
        assert days == sorted(days)
        first, count = deal.first_claims(deals, at, 1)
        assert (first, count) == (every[:1], len(every))
