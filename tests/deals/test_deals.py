"""How well the made-up stories are joined: figures that do not fall, and the same deals in whatever order the reports come."""

from __future__ import annotations

import functools
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.evaluate.deals import Figures, Placed, figures, stories
from extractors.records.deal_claims import deal_claim
from extractors.records.export import to_row
from tests.deals.made import Row, groups

HERE = Path(__file__).parent
# Least pairwise and B-cubed F1, and least share of the told records that are read, by set.
FLOORS = {"tune": (0.98, 0.98, 0.97), "second": (0.965, 0.978, 0.96), "held_out": (0.8, 0.86, 0.96)}
ONES = [f.name for f in fields(Figures) if f.type == "float"]


@functools.cache
def measured(name: str) -> tuple[Figures, tuple[Placed, ...]]:
    found, placed = figures(stories(HERE / f"{name}.jsonl"))
    return found, tuple(placed)


@functools.cache
def story_rows(name: str) -> dict[str, list[Row]]:
    """The rows of the records that each story's articles gave and its deals name."""
    found: dict[str, list[Row]] = {}
    for one in measured(name)[1]:
        found.setdefault(one.story, []).append(to_row(one.record))
    return found


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    found, _ = measured(name)
    pairwise, cubed, read = FLOORS[name]
    assert found.pair_f1 >= pairwise
    assert found.cubed_f1 >= cubed
    assert found.read / found.told >= read


@pytest.mark.parametrize("name", FLOORS)
def test_figures_are_shares(name: str) -> None:
    found, _ = measured(name)
    assert ONES
    assert all(0 <= getattr(found, one) <= 1 for one in ONES)
    assert found.read <= found.told


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(story_rows("tune"))), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(story: str, chance: object) -> None:
    rows = story_rows("tune")[story]
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert groups(mixed) == groups(rows)


def test_blocks_do_not_touch_each_other() -> None:
    everything = [row for rows in story_rows("tune").values() for row in rows]
    blocks = {deal_claim(row).block for row in everything}
    apart = [groups([row for row in everything if deal_claim(row).block == one]) for one in sorted(blocks)]
    assert groups(everything) == set().union(*apart)
