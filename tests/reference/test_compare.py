"""The frames of a comparison, and the command that prints them; registers and articles are made up."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from extractors import Article, Record, open_register
from extractors.__main__ import main
from extractors.reference import COMPARED, TERMS, compare, parse_reference
from extractors.reference.terms import SIPRI
from tests.reference import made_up as m
from tests.reference.sides import claims, deals, record, row

RECORDS = [
    record("a", "Poland", "South Korea", "K9", 2093, 17),
    record("b", "Chad", "UK", "Hawk 100", 2090, 8),
    record("c", "Peru", "Italy", "AW139", 2093, 2),
    record("d", "Poland", "USA", "M1A2", 2092, 250, status="planned"),
    record("e", "Poland", "USA", "rifle", 2092, 5000),
    record("f", "Poland", "USA", "F-35", 2012, 32),
]


def test_both_sides_stand_beside_each_other_with_the_line_of_the_file() -> None:
    reference = parse_reference(m.made_up(m.REGISTER, m.REGISTER_ROWS), "made-up.csv")
    found = compare(reference.rows, claims(*RECORDS))
    for frame in (found.matched, found.only_articles, found.only_register):
        assert list(frame.columns) == list(COMPARED)
        assert [str(t) for t in frame.dtypes] == [dtype for dtype, _ in COMPARED.values()]
    guns, trainers = found.matched.to_dict("records")
    assert (guns["row"], guns["id"], guns["found"], guns["differs"]) == (13, "a", "matched", "")
    assert (guns["quantity"], guns["register_ordered"], guns["register_delivered"]) == (17, 17, 5)
    assert (guns["register_uncertain"], guns["register_tiv"]) == ("ordered_year; quantity_delivered", 7.5)
    assert (trainers["found"], trainers["differs"], trainers["row"]) == ("differs", "quantity; year", 14)
    assert (trainers["seller"], trainers["register_seller"]) == ("United Kingdom", "")
    assert found.only_register["row"].tolist() == [15, 16]
    assert dict(zip(found.only_articles["id"], found.only_articles["why"], strict=True)) == {
        "c": "the file has nothing of this buyer",
        "d": "not yet an order",
        "e": "a kind that the register does not list",
        "f": "the file has nothing of these years",
    }
    assert found.summary() == {
        "matched": 2, "alike": 1, "differing": 1, "differing in quantity": 1, "differing in year": 1, "differing in seller": 0,
        "only in the articles": 4, "only in the register": 2,
    }  # fmt: skip
    assert len(found.table()) == 8


def test_neither_side_need_have_rows() -> None:
    nothing = compare([], claims())
    assert (len(nothing.table()), nothing.compared) == (0, 0)
    assert len(compare([], claims(*RECORDS)).only_articles) == 6
    assert len(compare([row(1, "Peru", "Italy", "AW139", "helicopter", 2093, 2)], claims()).only_register) == 1


def test_no_money_is_made_of_a_volume() -> None:
    frame = deals(record("a", "Poland", "South Korea", "K9", 2093, 17, value=2.4e9, currency="USD", value_scope="item"))
    reference = parse_reference(m.made_up(m.REGISTER, m.REGISTER_ROWS), "made-up.csv")
    table = compare(reference.rows, frame).table()
    assert not {"value", "currency"} & set(table.columns)
    assert table["register_tiv"].max() == 7.5


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "test.sqlite"
    with open_register(path, create=True, say=lambda _: None) as opened:
        for key, number in (("one", 17), ("two", 17)):
            made = Record(
                buyer="Poland", buyer_iso3="POL", seller="South Korea", seller_iso3="KOR", system="K9", system_id="K9", quantity=number,
                quantity_high=number, quantity_note="exact", year=2093, status="ordered", weapon_type="artillery", record_id=f"{key:0>16}",
                article_id=key,
            )  # fmt: skip
            opened.replace(Article(key, "Made up."), [made])
    return path


@pytest.fixture
def trade(tmp_path: Path) -> Path:
    path = tmp_path / "trade-register.csv"
    path.write_bytes(m.made_up(m.REGISTER, m.REGISTER_ROWS))
    return path


def run(*arguments: object) -> int:
    return main(["compare", *map(str, arguments)])


def test_the_command_prints_a_table_and_says_what_it_found(
    register: Path, trade: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(trade, "--register", register) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert len(lines) == 5
    assert lines[1].split()[:2] == ["matched", "Poland"]
    assert "1 matched, of which 0 differ" in err
    assert "0 only in the articles, 3 only in the register" in err
    assert "Q-77" in err
    assert TERMS[SIPRI] in err


def test_single_claims_are_matched_one_row_each(register: Path, trade: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(trade, "--register", register, "--claims", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"]["matched"] == 1
    assert found["summary"]["only in the articles"] == 1
    assert found["terms"] == TERMS[SIPRI]
    assert found["rows"][0]["register_ordered"] == 17
    assert list(found["rows"][0]) == list(COMPARED)


def test_csv_goes_to_a_file(register: Path, trade: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rows.csv"
    assert run(trade, "--register", register, "-o", out) == 0
    assert capsys.readouterr().out == ""
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [r["found"] for r in rows] == ["matched"] + ["only register"] * 3
    assert pd.read_csv(out)["row"].tolist() == [13, 14, 15, 16]
    assert run(trade, "--register", register, "-o", tmp_path / "no" / "rows.csv") == 1
    assert "cannot be written" in capsys.readouterr().err


def test_what_goes_wrong_is_said(register: Path, trade: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.csv", "--register", register) == 1
    assert "no such file" in capsys.readouterr().err
    assert run(trade, "--register", tmp_path / "none.sqlite") == 1
    assert "there is no register yet" in capsys.readouterr().err
