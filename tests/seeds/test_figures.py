"""What the extractor makes of the briefs: figures that do not fall, told apart from those of real text."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from extractors.evaluate import ratchet
from extractors.evaluate.figures import Measured, gap, measure
from extractors.evaluate.files import Set
from extractors.evaluate.page import EASY, differences, kept

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def accuracy() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "make_accuracy.py"))


@pytest.fixture(scope="module")
def found(accuracy: dict[str, Any]) -> Set:
    briefs: Set = accuracy["set_of"](Path(__file__).parent)
    return briefs


@pytest.fixture(scope="module")
def measured(found: Set) -> dict[str, Measured]:
    return measure(found)


def test_no_figure_of_the_briefs_is_below_its_floor(found: Set, measured: dict[str, Measured]) -> None:
    assert found.problems == ()
    assert found.name == EASY
    assert ratchet.falls(ratchet.read(ROOT / "tests" / "ratchet.json"), found, measured) == []


def test_the_briefs_are_read_rightly(measured: dict[str, Measured]) -> None:
    value = measured["all"].figures["tuple f1"].value
    assert value is not None
    assert value >= 0.95


def test_the_accuracy_page_tells_the_briefs_figures_under_a_heading_of_their_own(
    found: Set, measured: dict[str, Measured], accuracy: dict[str, Any]
) -> None:
    assert differences(accuracy["known"]()[EASY], kept(found, measured, gap(found))) == [], "run `make accuracy`"
    before, _, after = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").partition("## Briefs of seeds/, easy text")
    assert found.sha256 in after
    assert found.sha256 not in before
    assert "| seeds" not in (ROOT / "README.md").read_text(encoding="utf-8")
