"""The open set: sound gold, figures that do not fall, and an accuracy page that tells them."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from extractors import DEAL_TYPES, STATUSES, WEAPON_TYPES
from extractors.evaluate import ratchet
from extractors.evaluate.figures import Measured, gap, measure
from extractors.evaluate.files import Set, files_of, load
from extractors.evaluate.page import differences, kept

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "open_set"
ARTICLES = [orjson.loads(line) for line in (FOLDER / "articles.jsonl").read_bytes().splitlines()]
GOLD = [orjson.loads(line) for line in (FOLDER / "gold.jsonl").read_bytes().splitlines()]


@pytest.fixture(scope="module")
def found() -> Set:
    return load(*files_of(FOLDER))


@pytest.fixture(scope="module")
def measured(found: Set) -> dict[str, Measured]:
    return measure(found)


@pytest.fixture(scope="module")
def accuracy() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "make_accuracy.py"))


def test_no_figure_is_below_its_floor(found: Set, measured: dict[str, Measured]) -> None:
    assert found.problems == ()
    assert ratchet.falls(ratchet.read(ROOT / "tests" / "ratchet.json"), found, measured) == []


def test_the_accuracy_page_tells_the_figures_of_today(
    found: Set, measured: dict[str, Measured], accuracy: dict[str, Any]
) -> None:
    told = accuracy["known"]()
    assert differences(told[found.name], kept(found, measured, gap(found))) == [], "run `make accuracy`"


def test_the_accuracy_page_and_the_readme_are_made_of_the_kept_figures(accuracy: dict[str, Any]) -> None:
    sets = accuracy["known"]()
    assert (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8") == accuracy["accuracy_page"](sets)
    assert (ROOT / "README.md").read_text(encoding="utf-8") == accuracy["readme"](sets)


def test_there_are_enough_articles_of_every_style() -> None:
    styles = Counter(article["source"] for article in ARTICLES)
    assert len(ARTICLES) >= 100
    assert len(styles) >= 10
    assert min(styles.values()) >= 5
    years = {int(article["published"][:4]) for article in ARTICLES if article["published"]}
    assert min(years) <= 1987
    assert max(years) >= 2026


def test_gold_and_articles_go_together() -> None:
    ids = [article["id"] for article in ARTICLES]
    assert len(set(ids)) == len(ids)
    assert [(g["id"], g["published"] or "") for g in GOLD] == [(a["id"], a["published"] or "") for a in ARTICLES]


def test_gold_records_are_well_formed_and_quote_their_article() -> None:
    texts = {article["id"]: " ".join(f"{article['title']} {article['text']}".split()) for article in ARTICLES}
    for one in GOLD:
        for record in one["records"]:
            name = f"{one['id']}: {record['system'][:1]}"
            assert record["system"], name
            assert record["buyer"] or record["seller"], name
            assert set(record["type"]) <= set(WEAPON_TYPES), name
            assert record["status"], name
            assert set(record["status"]) <= set(STATUSES), name
            assert all(q is None or q > 0 for q in record["quantity"]), name
            assert all(y is None or 1945 <= y <= 2060 for y in record["year"]), name
            assert record.get("deal_type", "unknown") in DEAL_TYPES, name
            assert len(record["evidence"].split()) < 20, name
            assert " ".join(record["evidence"].split()) in texts[one["id"]], name
