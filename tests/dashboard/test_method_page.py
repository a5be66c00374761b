"""The Method page: figures as measured, every column, every kind of known failure, and the versions, from wherever it is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from dashboard import versions
from dashboard.components import accuracy
from dashboard.components.plain import plain, text_of
from dashboard.pages import method
from dashboard.routing import route
from dashboard.source import Source
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, open_register, rules_version

ROOT = Path(__file__).parents[2]


def shown(register: Path) -> str:
    return text_of(plain(route(Source(register), "/method")[0]))


def ids(tree: Any) -> set[str]:
    found: set[str] = set()
    for one in tree:
        if not isinstance(one, str):
            found |= {one[1]["id"], *ids(one[2])} if "id" in one[1] else ids(one[2])
    return found


def test_every_column_has_its_place(register_path: Path) -> None:
    held = ids(plain(method.layout(Source(register_path))[0]))
    parts = (("records", COLUMNS), ("deals", DEAL_COLUMNS), ("reviews", REVIEW_COLUMNS))
    assert {f"{key}-{column.name}" for key, told in parts for column in told} <= held
    assert set(method.CONTENTS) <= held


def test_figures_stand_with_their_intervals(register_path: Path) -> None:
    words = shown(register_path)
    sets = orjson.loads((ROOT / "docs" / "accuracy.json").read_bytes())
    for name, part in accuracy.PARTS:
        for key in accuracy.FIGURES:
            figure = sets[name]["parts"][part]["figures"][key]
            assert f"{figure['value']:.2f} {figure['low']:.2f} to {figure['high']:.2f}" in words


def test_every_kind_of_known_failure_is_told(register_path: Path) -> None:
    page = (ROOT / "docs" / "known-failures.md").read_text(encoding="utf-8")
    kinds = [line[4:] for line in page.splitlines() if line.startswith("### ")]
    assert [kind for kind, _, _ in versions.failures()] == kinds
    words = shown(register_path)
    assert [kind for kind in kinds if kind not in words] == []


def test_versions_and_counts_are_the_register_s(register_path: Path) -> None:
    words = shown(register_path)
    assert rules_version() in words
    assert "7 articles gave 7 records, which make 7 deals" in words
    assert "7, all by these rules" in words
    assert "Last runnone yet" in words
    assert versions.program()


def test_the_last_run_is_told(register_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.write_bytes(register_path.read_bytes())
    with open_register(path) as register, register.run("extract", "older") as counts:
        counts["added"] = 3
    state = versions.state(Source(path))
    assert state.run is not None
    assert method.last_run(state).startswith("extract, 20")
    assert method.last_run(state).endswith("UTC: articles 3 added")


def test_a_register_that_cannot_be_read_takes_only_its_part_away(tmp_path: Path) -> None:
    page, name, label = route(Source(tmp_path / "none.sqlite"), "/method")
    words = text_of(plain(page))
    assert (name, label) == ("Method", "")
    assert "there is no register yet" in words
    assert "How often it is right" in words


def test_without_measured_figures_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(versions, "ACCURACY", tmp_path / "none.json")
    monkeypatch.setattr(versions, "FAILURES", tmp_path / "none.md")
    words = text_of(plain([method.measured(), method.limits()]))
    assert "No measured figures came with this program" in words
    assert "Known to be misread" not in words


def test_it_works_from_any_working_directory(register_path: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from dashboard import versions; "
        "print(len(versions.accuracy()), len(versions.failures()), versions.program())"
    )
    told = subprocess.run([sys.executable, "-c", code, str(ROOT)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.split()[:2] == [str(len(versions.accuracy())), str(len(versions.failures()))]
    assert int(told.stdout.split()[0]) >= 2
