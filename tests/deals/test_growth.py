"""Joining stays near linear: ten times the records cost little more than ten times the comparisons, also in one large block."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from benchmarks.made_up import rows
from extractors.records import deals
from extractors.records.deal_claims import DealClaim, deal_claim
from extractors.records.open_deal import OpenDeal

SMALL, TIMES = 2_000, 10
# At ten times the records, over ten times the comparisons.
MOST = 1.4


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterable[itertools.count[int]]:
    """Counts how often a claim is held against a deal."""
    counter = itertools.count()
    fits = deals.fits

    def counted(deal: OpenDeal, claim: DealClaim) -> bool:
        next(counter)
        return fits(deal, claim)

    monkeypatch.setattr(deals, "fits", counted)
    return counter


def comparisons(counter: itertools.count[int], told: Iterable[Mapping[str, Any]]) -> int:
    before = next(counter)
    deals.clusters(deal_claim(row, i) for i, row in enumerate(told))
    return next(counter) - before - 1


@pytest.mark.parametrize("size", [SMALL, SMALL * TIMES])
def test_a_claim_is_held_against_few_deals_however_many_there_are(compared: itertools.count[int], size: int) -> None:
    found = comparisons(compared, rows(size))
    assert size < found <= 2 * deals.NEAREST * size


def test_one_block_alone_stays_near_linear(compared: itertools.count[int]) -> None:
    told = list(rows(4 * SMALL * TIMES))
    (largest, _), *_ = Counter(row["buyer_iso3"] for row in told).most_common(1)
    block = [row for row in told if row["buyer_iso3"] == largest]
    assert len(block) >= SMALL * TIMES
    few, many = (comparisons(compared, block[:size]) for size in (SMALL, SMALL * TIMES))
    assert many <= MOST * TIMES * few


def test_the_made_up_records_have_the_shape_of_a_register() -> None:
    told = list(rows(SMALL))
    assert told == list(rows(SMALL))
    assert len(told) == SMALL
    counts = [count for _, count in Counter(row["buyer_iso3"] for row in told).most_common()]
    assert counts[0] > 5 * counts[9]
