"""Evaluation from its files: the command, what it complains about, and how sets are found and known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from extractors.evaluate.files import EvaluationError, files_of, load, read_gold, read_records
from tests.test_evaluate import gold

ROOT = Path(__file__).parents[1]

ARTICLES = [
    {"id": "a", "text": "Egypt bought 500 Russian T-90 tanks in July.", "published": "2022-08-15", "source": "wire"},
    {"id": "b", "text": "The weather in the hills stayed mild.", "published": "2022-08-15"},
]
GOLD = [
    {"id": "a", "published": "2022-08-15", "records": [{k: v for k, v in gold().items() if k != "published"}]},
    {"id": "b", "published": "2022-08-15", "records": []},
]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "articles.jsonl", ARTICLES)
    write_lines(tmp_path / "gold.jsonl", GOLD)
    return tmp_path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractors", "evaluate", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_prints_figures_and_what_changed(folder: Path) -> None:
    earlier = write_lines(folder / "earlier.jsonl", [{"article_id": "b", "buyer": "Peru", "system": "tank"}])
    done = run(folder / "gold.jsonl", folder / "articles.jsonl", "--against", earlier)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--- all: 2 articles, 1 without a record" in done.stdout
    assert "tuple  precision 1.000  recall 1.000  f1 1.000" in done.stdout
    assert "  wire                  1.000  1.000  1.000    1.000     1         1" in done.stdout
    assert "against the earlier run: 1 gained, 0 lost, 1 false dropped, 0 false added" in done.stdout
    assert "  gained        a  EGY <- RUS: 500 T-90, ordered, 2022" in done.stdout


def test_the_command_gives_all_of_it_as_json(folder: Path) -> None:
    done = run(folder / "gold.jsonl", folder / "articles.jsonl", "--json", "--against", folder / "gold.csv")
    assert done.returncode == 1
    assert done.stderr.endswith("gold.csv: no such file; check the name\n")
    told = orjson.loads(run(folder / "gold.jsonl", folder / "articles.jsonl", "--json").stdout)
    part = told["parts"]["all"]
    assert part["figures"]["tuple f1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "right": 2, "of": 2}
    assert part["counts"]["negatives"] == 1
    assert set(part["by"]) == {"status", "type", "source"}
    assert [counts["fired"] for counts in part["rules"].values()] == [1]
    assert told["gap"] is None


def test_the_command_complains_about_what_it_cannot_use(folder: Path) -> None:
    write_lines(folder / "articles.jsonl", ARTICLES[:1])
    done = run(folder / "gold.jsonl", folder / "articles.jsonl")
    assert done.returncode == 1
    assert "1 of the gold's 2 articles are not in it" in done.stderr
    done = run(folder / "articles.jsonl", folder / "articles.jsonl")
    assert done.returncode == 1
    assert "a line is no gold article" in done.stderr
    assert done.stdout == ""


def test_files_are_found_by_name_and_known_by_their_gold(folder: Path, tmp_path: Path) -> None:
    found = load(*files_of(folder))
    assert found.name == folder.name
    assert len(found.sha256) == 64
    named = tmp_path / "named"
    named.mkdir()
    with pytest.raises(EvaluationError, match=r"needs gold\.jsonl"):
        files_of(named)
    write_lines(named / "mine.jsonl", ARTICLES)
    write_lines(named / "mine.gold.jsonl", GOLD)
    same = load(*files_of(named))
    assert (same.name, same.sha256) == ("mine", found.sha256)


def test_what_is_not_in_english_is_not_read(tmp_path: Path) -> None:
    text = (
        "La Argentina compró 10 tanques T-90 a Rusia y el ministro dijo que los vehículos van a llegar el año que viene al país. "
        * 3
    )
    write_lines(tmp_path / "articles.jsonl", [{"id": "a", "text": text}])
    write_lines(tmp_path / "gold.jsonl", [{"id": "a", "published": "", "records": []}])
    assert load(*files_of(tmp_path)).predictions == {"a": []}


def test_damaged_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(EvaluationError, match="not JSON Lines"):
        read_gold(path)
    write_lines(path, [{"id": "a", "records": [{"system": []}]}])
    with pytest.raises(EvaluationError, match="names no system"):
        read_gold(path)
    (tmp_path / "x.csv").write_text("buyer,system\nPeru,tank\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="has no article_id"):
        read_records(tmp_path / "x.csv")


def test_an_earlier_run_may_be_csv(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "article_id,buyer,buyer_iso3,system,quantity,year,weapon_type\na,Peru,PER,T-90,5.0,,other\na,NATO,,tank,,2020,other\n"
    )
    assert [(r.buyer, r.quantity, r.year, r.type) for r in read_records(path)["a"]] == [
        ("PER", 5, None, "other"),
        ("NATO", None, 2020, "other"),
    ]
