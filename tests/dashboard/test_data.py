"""Rows, places and orders of a view whose rows come from a file and from a patch over it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

import numpy as np
import pytest

from dashboard.data import Data, prepare
from dashboard.facets import UN_NAMES
from dashboard.source import Source, patched
from extractors import UNROCA_CATEGORIES, Record, RegisterError, open_register
from extractors.records.export import to_row
from extractors.records.store.arrow import RECORD_SCHEMA, table_of


def table(*rows: dict[str, object]) -> object:
    made = [to_row(Record(**{"article_id": "a", "buyer": "", "system": "x", **row})) for row in rows]  # type: ignore[arg-type]
    return table_of(made, RECORD_SCHEMA)


@pytest.fixture
def data() -> Data:
    """Four rows of which the second was dropped and the third replaced."""
    base = table(
        {"record_id": "r1", "buyer": "India", "quantity": 5},
        {"record_id": "r2", "buyer": "Peru", "quantity": 9},
        {"record_id": "r3", "buyer": "oman", "quantity": None},
        {"record_id": "r4", "buyer": "", "quantity": 2, "domestic": True},
    )
    together, at = patched(base, table({"record_id": "r3", "buyer": "Malta", "quantity": 7}), "record_id", {"r2", "r3"})
    return prepare(together, at=at)


def test_a_patched_row_stands_in_its_place_and_a_dropped_one_is_gone(data: Data) -> None:
    assert [row["record_id"] for row in data.rows(np.arange(len(data)))] == ["r1", "r3", "r4"]
    assert [row["buyer"] for row in data.rows([1, 0])] == ["Malta", "India"]
    assert data.rows([1])[0]["quantity"] == 7
    assert (data.find("r3"), data.find("r2"), data.find("none")) == (1, None, None)
    assert data.where("buyer", "Malta").tolist() == [1]
    assert data.facets["buyer"].keys == ("India", "unknown", "Malta")
    assert [data.facets["buyer"].keys[code] for code in data.facets["buyer"].codes] == ["India", "Malta", "unknown"]


def test_rows_are_found_under_a_mask_too(data: Data) -> None:
    assert [row["record_id"] for row in data.rows(np.array([True, False, True]))] == ["r1", "r4"]
    assert data.rows(np.zeros(3, dtype=bool)) == []


@pytest.mark.parametrize(
    ("column", "down", "expected"),
    [
        ("quantity", False, ["r4", "r1", "r3"]),
        ("quantity", True, ["r3", "r1", "r4"]),
        ("buyer", False, ["r1", "r3", "r4"]),
        ("buyer", True, ["r3", "r1", "r4"]),
        ("published", True, ["r1", "r3", "r4"]),
    ],
)
def test_rows_are_sorted_with_those_without_a_value_last(data: Data, column: str, down: bool, expected: list[str]) -> None:
    assert [row["record_id"] for row in data.rows(data.sorted(column, down))] == expected


def test_deals_in_another_order_than_their_file_are_found(register_path: Path) -> None:
    """The test register was never joined: all of its deals come from a patch, sorted by id."""
    deals = Source(register_path).deals()
    assert deals.claims is not None
    with open_register(register_path) as register:
        for record, deal in register.joined().home.items():
            place = deals.find(deal)
            assert place is not None
            assert deals.rows([place])[0]["deal_id"] == deal
            assert record in [row["record_id"] for row in deals.claims.rows(deals.claims_of(place))]


def test_words_are_found_in_any_case(data: Data) -> None:
    assert data.says("MALT").tolist() == [False, True, False]
    assert data.says("(").tolist() == [False, False, False]


def test_truths_are_numbers(data: Data) -> None:
    assert data.numbers("domestic").tolist() == [0.0, 0.0, 1.0]


def test_un_categories_have_names_that_promise_no_unarmed_drones() -> None:
    assert tuple(UN_NAMES) == UNROCA_CATEGORIES
    assert [name for name in UN_NAMES.values() if "drones" in name] == ["IV Combat aircraft and armed drones"]


def spoilt(register_path: Path, tmp_path: Path) -> Path:
    """A register in which a table is missing."""
    path = Path(shutil.copy(register_path, tmp_path / "spoilt.sqlite"))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE deals RENAME TO gone")
    return path


def test_a_register_that_cannot_be_read_leaves_no_files_behind(
    register_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = Source(spoilt(register_path, tmp_path))
    for _ in range(2):
        with pytest.raises(RegisterError):
            source.held()
    assert list(tmp_path.rglob("*.arrow")) == []
    assert [len(list(folder.iterdir())) for folder in tmp_path.glob("arms-transfers-*")] == [0]


def test_a_folder_that_was_cleaned_away_is_made_again(
    register_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = Source(register_path)
    for folder in tmp_path.glob("arms-transfers-*"):
        shutil.rmtree(folder)
    assert len(source.deals())


def test_a_disk_that_cannot_be_written_is_told(register_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = Source(register_path)
    for folder in tmp_path.glob("arms-transfers-*"):
        shutil.rmtree(folder)
        folder.write_text("in the way")
    with pytest.raises(RegisterError, match="temporary files"):
        source.held()
