"""What is exported comes back unchanged, is a valid data package, and is written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package, system

from extractors import COLUMNS, DEAL_COLUMNS, Register, open_register
from extractors.records.package import write
from extractors.records.package.contents import PARTS
from extractors.records.package.describe import digest
from extractors.records.package.read import read_package
from extractors.records.package.write import write_package
from extractors.records.register import RegisterError
from tests.register.made import ODD, article, fill
from tests.register.server import Server

FILES = [
    "articles.csv", "articles.parquet", "data-dictionary.md", "datapackage.json", "deal_redirects.csv", "deals.csv", "deals.parquet",
    "record_deals.csv", "records.csv", "records.parquet", "reviews.jsonl", "runs.csv",
]  # fmt: skip


@pytest.fixture
def exported(place: str, tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    with open_register(place, create=True, label="té<st") as register:
        fill(register)
        write_package(register, folder)
    return folder


def contents(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with the type of each value."""
    with register.reading() as connection:
        return {
            table.name: [{name: (type(value), value) for name, value in row.items()} for row in map(dict, rows.mappings())]
            for table in (part.table for part in PARTS)
            for rows in [connection.execute(table.select().order_by(*table.primary_key))]
        }


def test_everything_comes_back_unchanged(exported: Path, place: str, other_place: str, tmp_path: Path) -> None:
    with open_register(place) as one, open_register(other_place, create=True) as other:
        counts = read_package(other, exported)
        before = contents(one)
        assert contents(other) == before
        assert counts == {name: len(rows) for name, rows in before.items()}
        assert min(counts.values()) > 0
        assert other.label == one.label == "té<st"
        assert other.frame().equals(one.frame())
        assert other.article("odd") == article("odd", text=ODD * 3, title="NA", published=None, source="NO", url="null")
        again = tmp_path / "again"
        write_package(other, again)
    for name in FILES:
        assert (again / name).read_bytes() == (exported / name).read_bytes(), name


def test_it_goes_from_each_database_to_the_other(server: Server, tmp_path: Path) -> None:
    first, second, third = str(tmp_path / "a.sqlite"), server.fresh(), str(tmp_path / "b.sqlite")
    with (
        open_register(first, create=True) as one,
        open_register(second, create=True) as two,
        open_register(third, create=True) as three,
    ):
        fill(one)
        write_package(one, tmp_path / "1")
        read_package(two, tmp_path / "1")
        write_package(two, tmp_path / "2")
        read_package(three, tmp_path / "2")
        assert contents(one) == contents(two) == contents(three)
    for name in FILES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_an_empty_register_comes_back_too(place: str, other_place: str, tmp_path: Path) -> None:
    with open_register(place, create=True) as one, open_register(other_place, create=True) as other:
        write_package(one, tmp_path / "out")
        assert set(read_package(other, tmp_path / "out").values()) == {0}
    assert validate(tmp_path / "out") == []


def validate(folder: Path) -> list[str]:
    """What Frictionless finds wrong."""
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors] + [
        e.message for e in report.errors
    ]


def test_it_is_a_valid_data_package(exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == FILES
    assert validate(exported) == []
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {resource["name"]: resource for resource in package["resources"]}
    assert [field["name"] for field in by_name["records"]["schema"]["fields"]] == [c.name for c in COLUMNS]
    assert [field["name"] for field in by_name["deals"]["schema"]["fields"]] == [c.name for c in DEAL_COLUMNS]
    assert all(
        field["description"] for resource in package["resources"] for field in resource.get("schema", {"fields": []})["fields"]
    )
    assert {resource["path"] for resource in package["resources"]} == set(FILES) - {"datapackage.json"}


def test_a_damaged_package_is_found_by_the_validator(exported: Path) -> None:
    path = exported / "records.csv"
    path.write_bytes(path.read_bytes().replace(b",2021,", b",twenty,", 1))
    assert validate(exported) != []


def test_parquet_holds_what_csv_does(exported: Path) -> None:
    for part in PARTS:
        if not part.parquet:
            continue
        text = pd.read_csv(exported / part.file, dtype=str, keep_default_na=False, lineterminator=None, encoding="utf-8")
        table = pq.read_table(exported / f"{part.name}.parquet")
        assert table.num_rows == len(text) > 0
        assert table.column_names == [c.name for c in part.columns] == text.columns.tolist()
    titles = pq.read_table(exported / "articles.parquet").to_pylist()
    assert next(row for row in titles if row["id"] == "odd")["text"] == ODD * 3


def test_the_dictionary_names_every_column(exported: Path) -> None:
    text = (exported / "data-dictionary.md").read_text(encoding="utf-8")
    assert [c.name for part in PARTS for c in part.columns if f"| `{c.name}` | {c.dtype} |" not in text] == []


def test_an_earlier_export_is_replaced_as_a_whole(place: str, exported: Path) -> None:
    with open_register(place) as register:
        register.remove(["wire/1"])
        write_package(register, exported)
    assert sorted(path.name for path in exported.iterdir()) == FILES
    assert "wire/1" not in (exported / "articles.csv").read_text(encoding="utf-8")
    assert sorted(path.name for path in exported.parent.iterdir() if not path.name.startswith("test.sqlite")) == ["out"]


@pytest.mark.parametrize("failing", ["write_parquet", "put_in_place"])
def test_an_export_that_fails_leaves_the_earlier_one(
    place: str, exported: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in exported.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "put_in_place":
        rename = os.rename
        monkeypatch.setattr(write.os, "rename", lambda a, b: full() if Path(a).name == "made" else rename(a, b))
    else:
        monkeypatch.setattr(write, failing, full)
    with open_register(place) as register, pytest.raises(RegisterError, match="cannot be written .No space left"):
        write_package(register, exported)
    assert {path.name: path.read_bytes() for path in exported.iterdir()} == before
    assert sorted(path.name for path in exported.parent.iterdir() if not path.name.startswith("test.sqlite")) == ["out"]


def test_a_folder_with_other_files_is_left_alone(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with open_register(place, create=True) as register:
        with pytest.raises(RegisterError, match="holds other files"):
            write_package(register, folder)
        with pytest.raises(RegisterError, match="is a file; name a folder"):
            write_package(register, folder / "notes.txt")
        (folder / "notes.txt").unlink()
        write_package(register, folder)
    assert sorted(path.name for path in folder.iterdir()) == FILES


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("records.csv", lambda data: data[:-40], "is not as it was exported"),
        ("reviews.jsonl", lambda data: data.replace(b"Ann", b"Eve"), "is not as it was exported"),
        ("runs.csv", None, "is missing"),
        ("datapackage.json", lambda data: data.replace(b'"schema": 2', b'"schema": 9'), "newer version"),
        ("datapackage.json", lambda data: b"[]", "is no description"),
    ],
)
def test_what_was_changed_is_not_read(exported: Path, other_place: str, file: str, change: Any, said: str) -> None:
    path = exported / file
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(path.read_bytes()))
    with open_register(other_place, create=True) as register:
        with pytest.raises(RegisterError, match=said):
            read_package(register, exported)
        assert not any(contents(register).values())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("records.csv", b",2021,", b",twenty,", "records.csv, line 4: column year: 'twenty' is not of type Int64"),
        ("records.csv", b"wire/1-2", b"wire/1-1", "records.csv: a row has no id, or one that another has"),
        ("records.csv", b"buyer,", b"byer,", "its columns are not those"),
        ("deals.csv", b"d1,Peru,", b"d1,", "deals.csv, line 2: has"),
        ("articles.csv", b"Text of wire/1.", b"Text of wire/2.", "is not the one that its sha256 was made of"),
        ("reviews.jsonl", b'{"id"', b'{"di"', "reviews.jsonl, line 1: is not a review"),
    ],
)
def test_what_makes_no_sense_is_told_and_leaves_the_register_empty(
    exported: Path, other_place: str, file: str, old: bytes, new: bytes, said: str
) -> None:
    path, description = exported / file, exported / "datapackage.json"
    before = path.read_bytes()
    assert old in before
    path.write_bytes(before.replace(old, new, 1))
    told = json.loads(description.read_text(encoding="utf-8"))
    for resource in told["resources"]:
        if resource["path"] == file:
            resource["hash"] = f"sha256:{digest(path)}"
    description.write_text(json.dumps(told), encoding="utf-8")
    with open_register(other_place, create=True) as register:
        with pytest.raises(RegisterError) as raised:
            read_package(register, exported)
        assert said in str(raised.value)
        assert not any(contents(register).values())
        assert register.label == ""
