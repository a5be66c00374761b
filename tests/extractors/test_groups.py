"""The tables of regions and alliances, and that their lint finds what would be wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractors import alliances, check_data, groups, regions, tables


def test_the_tables_are_sound() -> None:
    assert check_data.check_groups() == []
    assert set(regions()) == set(tables.country_names())


def test_today_s_members_are_as_many_as_the_bodies_say() -> None:
    now = Counter(spell.group for spell in alliances() if spell.last is None)
    # The African Union has 55 members; the Sahrawi Republic has no code among the states here.
    assert now == {"NATO": 32, "EU": 27, "GCC": 6, "ASEAN": 11, "African Union": 54}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the two tables that the loader reads instead."""
    folder = tmp_path / "gazetteers"
    folder.mkdir()
    for name in ("regions.csv", "alliances.csv"):
        (folder / name).write_bytes((tables.DATA / "gazetteers" / name).read_bytes())
    monkeypatch.setattr(groups, "DATA", tmp_path)
    for load in (groups.regions, groups.alliances):
        load.cache_clear()
        monkeypatch.setattr(groups, load.__name__, load.__wrapped__)
    return folder


@pytest.mark.parametrize(
    ("table", "before", "after", "finding"),
    [
        ("regions.csv", "PER,Americas,", "PER,Europe,", "stands below more than one region"),
        ("regions.csv", "NAM,Africa,Sub-Saharan Africa,Southern Africa\n", "", "NAM has no line"),
        ("regions.csv", "NAM,", "NA,", "unknown state 'NA'"),
        ("regions.csv", "NAM,Africa,Sub-Saharan Africa,Southern Africa", "NAM,Africa,,", "needs a region and a subregion"),
        ("alliances.csv", "ROU,NATO,", "ROM,NATO,", "unknown state"),
        ("alliances.csv", "GBR,EU,1973,2019", "GBR,EU,1973,1919", "no spell of time"),
        ("alliances.csv", "MAR,African Union,1963,1984", "MAR,African Union,1963,", "spells overlap"),
    ],
)
def test_the_lint_finds(own: Path, table: str, before: str, after: str, finding: str) -> None:
    text = (own / table).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (own / table).write_text(text.replace(before, after), encoding="utf-8")
    assert [line for line in check_data.check_groups() if finding in line]


def test_a_table_that_cannot_be_read_is_named(own: Path) -> None:
    path = own / "alliances.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("ROU,NATO,2004", "ROU,NATO,in 2004"), encoding="utf-8")
    with pytest.raises(tables.TableError, match="alliances.csv"):
        groups.alliances()
    path = own / "regions.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "PER,Americas,Latin America and the Caribbean,South America\n", encoding="utf-8"
    )
    with pytest.raises(tables.TableError, match="stands twice"):
        groups.regions()
