"""`refresh`, `articles`, `remove`, `export` and `import` as a user types them, over both databases."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from extractors import extract, open_register
from extractors.__main__ import main
from extractors.records.changes import Change, changes, line
from extractors.records.export import to_row
from extractors.records.reviews import Review
from extractors.tables import rules_version
from tests.register.made import record

TEXTS = {
    "wire/1": "Peru ordered 15 K2 tanks from South Korea in 2021.",
    "wire/2": "India ordered 36 Rafale fighters from France in 2016.",
    "wire/3": "The weather in Lima was fine.",
}


@pytest.fixture
def filled(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A register that `extract` made of three articles."""
    lines = [
        json.dumps({"id": one, "text": text, "title": f"On\n{one}", "source": "Wire", "published": "2022-01-05"})
        for one, text in TEXTS.items()
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["extract", str(tmp_path / "in.jsonl"), "--register", place]) == 0
    assert "3 articles read, 2 records, 3 articles added" in capsys.readouterr().err
    return place


def test_extract_notes_its_run(filled: str) -> None:
    with open_register(filled) as register:
        (run,) = register.runs()
    told = {name: run[name] for name in ("id", "command", "rules_version", "added", "changed", "unchanged", "removed", "records")}
    assert told == {
        "id": 1, "command": "extract", "rules_version": rules_version(), "added": 3, "changed": 0, "unchanged": 0, "removed": 0, "records": 2,
    }  # fmt: skip


def test_articles_are_listed_in_three_forms(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["articles", "--register", filled]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["id", "published", "source", "title", "records"]
    assert table[1].split() == ["wire/1", "2022-01-05", "Wire", "On", "wire/1", "1"]
    assert len(table) == 4
    assert main(["articles", "--register", filled, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows[2] == {"id": "wire/3", "published": "2022-01-05", "source": "Wire", "title": "On\nwire/3", "records": "0"}
    assert main(["articles", "--register", filled, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[1] == {
        "id": "wire/2", "published": "2022-01-05", "source": "Wire", "title": "On\nwire/2", "records": 1,
    }  # fmt: skip


def test_remove_takes_all_out_or_none(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "wire/1", "none", "--register", filled]) == 1
    told = capsys.readouterr().err
    assert "none: no such article" in told
    assert "nothing removed" in told
    assert main(["remove", "wire/1", "wire/3", "wire/1", "--register", filled]) == 0
    assert "2 articles removed" in capsys.readouterr().err
    with open_register(filled) as register:
        assert [row["id"] for row in register.articles()] == ["wire/2"]
        assert [(run["command"], run["removed"]) for run in register.runs()] == [("extract", 0), ("remove", 0), ("remove", 2)]


def test_refresh_tells_what_the_present_rules_changed(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_register(filled) as register:
        first, second = register.article("wire/1"), register.article("wire/2")
        assert first
        assert second
        (right,) = extract(first)
        wrong = record("wire/1", 9, record_id=right.record_id)
        register.replace(first, [wrong, record("wire/1", 5)])
        register.replace(second, [])
        register.add_review(Review(target="record", target_id=right.record_id, action="confirm", who="Ann"))
    assert main(["refresh", "--register", filled]) == 0
    said = capsys.readouterr()
    told = said.out.splitlines()
    assert told[0].startswith("wire/1: changed Peru, K2, 15, 2021, South Korea, ordered: ")
    assert "quantity 9 -> 15" in told[0]
    assert "evidence_end nothing -> 50" in told[0]
    assert "rules_version" not in told[0]
    assert told[1:] == [
        "wire/1: removed Peru, K2, 5, 2021, South Korea, ordered",
        "wire/2: added India, Rafale, 36, 2016, France, ordered",
    ]
    assert "3 articles read again, 1 records added, 1 records changed, 1 records removed" in said.err
    with open_register(filled) as register:
        assert register.frame()["quantity"].tolist() == [15, 36]
        assert [r.action for r in register.reviews()] == ["confirm"]
        last = register.runs()[-1]
        assert (last["command"], last["changed"], last["unchanged"], last["records"]) == ("refresh", 2, 1, 2)
    assert main(["refresh", "--register", filled]) == 0
    again = capsys.readouterr()
    assert again.out == ""
    assert "3 articles read again, no record changed" in again.err


def test_other_rules_alone_are_no_change() -> None:
    before, after = to_row(record("a", 1)), to_row(record("a", 1, rules_version="2"))
    assert changes([before], [after]) == []
    assert line("a", Change("changed", "x", after, (("spans", "", "{}"), ("value", 2.0e9, None)))).endswith(
        ": spans; value 2000000000 -> nothing"
    )


def test_export_and_import_from_one_to_another(
    filled: str, other_place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main(["export", str(folder), "--register", filled]) == 0
    assert "3 articles, 2 records, 2 deals, 0 reviews written" in capsys.readouterr().err
    assert main(["import", str(folder), "--register", other_place]) == 0
    assert "3 articles, 2 records, 2 deals, 0 reviews read" in capsys.readouterr().err
    assert main(["import", str(folder), "--register", other_place]) == 1
    assert "holds 3 articles already" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["refresh"], ["articles"], ["remove", "a"], ["export", "out"]])
def test_a_register_that_is_not_there_is_told_and_not_made(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "none.sqlite"
    assert main([*command, "--register", str(path)]) == 1
    assert "there is no register yet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_import_that_cannot_be_read_makes_no_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "none"), "--register", str(tmp_path / "new.sqlite")]) == 1
    assert "name a folder that `export` wrote" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_article_that_a_database_cannot_hold_does_not_stop_the_rest(
    place: str, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": "a", "text": "One\0two."}), json.dumps({"id": "b", "text": "Three."})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code = main(["extract", str(tmp_path / "in.jsonl"), "--register", place])
    told = capsys.readouterr().err
    with open_register(place) as register:
        held = [row["id"] for row in register.articles()]
    if database == "postgresql":
        assert (code, held) == (1, ["b"])
        assert "NUL" in told
    else:
        assert (code, held) == (0, ["a", "b"])
