"""Speed as ratios of processor time in the same run, never in seconds: what `make bench` measures at length."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pandas as pd
import pyarrow as pa
import pytest

from benchmarks import made_up, ours, plain
from benchmarks.walk import walk
from dashboard.data import Data, prepare
from dashboard.filters import mask, parse
from extractors.records.store.arrow import RECORD_SCHEMA, table_of

CLAIMS, TIMES, STEPS = 100_000, 3, 12


@pytest.fixture(scope="module")
def claims() -> Data:
    """The same claims three times over, which counting does not mind and which are made in a third of the time."""
    return prepare(pa.concat_tables([table_of(list(made_up.rows(CLAIMS)), RECORD_SCHEMA)] * TIMES))


@pytest.fixture(scope="module")
def frames(claims: Data) -> plain.Frames:
    columns = [*plain.TEXTS, "year", "published", "quantity", "article_id", "source"]
    frame: pd.DataFrame = claims.table.select(columns).to_pandas()
    return plain.Frames(frame.assign(published=pd.to_datetime(frame["published"])), frame.head(0))


def spent(work: Callable[[str], object], queries: list[str]) -> float:
    """Processor seconds, after one query that is not counted."""
    work(queries[0])
    begun = process_time()
    for query in queries[1:]:
        work(query)
    return process_time() - begun


def test_a_walk_is_of_views_that_differ_and_hold_something(claims: Data) -> None:
    queries = walk(claims, 60, seed=1)
    assert len(set(queries)) == 60
    assert queries == walk(claims, 60, seed=1)
    assert all(mask(parse(query)[0], claims).any() for query in queries)
    kinds = {key for query in queries for key in parse(query)[0].kept}
    assert kinds == {"buyer", "seller", "type", "system", "year", "buyer_region", "seller_region"}


def test_both_ways_count_the_same(claims: Data, frames: plain.Frames) -> None:
    for query in walk(claims, STEPS, seed=3):
        chosen = plain.under(frames.claims, plain.conditions(parse(query)[0], frames.claims).values())
        assert len(chosen) == mask(parse(query)[0], claims).sum(), query


def test_a_filter_change_takes_a_fraction_of_the_plain_way_of_pandas(claims: Data, frames: plain.Frames) -> None:
    queries = [query + "&unit=claims" for query in walk(claims, STEPS + 1, seed=5)]
    mine, plainly = (
        spent(lambda query: ours.change(claims, query), queries),
        spent(lambda query: plain.change(frames, query), queries),
    )
    assert plainly > 3 * mine, f"{plainly / mine:.1f} times"


def test_a_filter_change_grows_far_slower_than_the_rows(claims: Data) -> None:
    few = prepare(claims.table.slice(0, CLAIMS // 10))
    queries = walk(few, STEPS + 1, seed=7)
    many, little = spent(lambda query: ours.change(claims, query), queries), spent(lambda query: ours.change(few, query), queries)
    assert many < 5 * little, f"{many / little:.1f} times the time for {TIMES * 10} times the rows"
