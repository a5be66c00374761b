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


# How many states were members at the end of a year, as the bodies count their enlargements. The African Union and its
# predecessor counted the Sahrawi Republic from 1982 on, which has no code here: one less.
ENLARGEMENTS = {
    "NATO": {1949: 12, 1952: 14, 1955: 15, 1982: 16, 1999: 19, 2004: 26, 2009: 28, 2017: 29, 2020: 30, 2023: 31, 2024: 32},
    "EU": {1958: 6, 1973: 9, 1981: 10, 1986: 12, 1995: 15, 2004: 25, 2007: 27, 2013: 28, 2019: 28, 2020: 27},
    "ASEAN": {1967: 5, 1984: 6, 1995: 7, 1997: 9, 1999: 10, 2024: 10, 2025: 11},
    "GCC": {1980: 0, 1981: 6},
    "African Union": {1973: 42, 1974: 42, 1975: 46, 1976: 48, 1977: 49, 1980: 50, 1994: 53 - 1, 2011: 54 - 1, 2017: 55 - 1},
}


@pytest.mark.parametrize(
    ("group", "year", "count"), [(g, y, n) for g, by_year in ENLARGEMENTS.items() for y, n in by_year.items()]
)
def test_each_enlargement_makes_as_many_members_as_the_bodies_say(group: str, year: int, count: int) -> None:
    assert sum(s.group == group and s.first <= year <= (s.last or year) for s in alliances()) == count


@pytest.mark.parametrize(
    ("iso3", "place"),
    [
        ("TUR", ("Asia", "Western Asia")),
        ("CYP", ("Asia", "Western Asia")),
        ("GEO", ("Asia", "Western Asia")),
        ("KAZ", ("Asia", "Central Asia")),
        ("IRN", ("Asia", "Southern Asia")),
        ("MNG", ("Asia", "Eastern Asia")),
        ("RUS", ("Europe", "Eastern Europe")),
        ("EST", ("Europe", "Northern Europe")),
        ("HRV", ("Europe", "Southern Europe")),
        ("SDN", ("Africa", "Northern Africa")),
        ("SSD", ("Africa", "Sub-Saharan Africa", "Eastern Africa")),
        ("ZWE", ("Africa", "Sub-Saharan Africa", "Eastern Africa")),
        ("AGO", ("Africa", "Sub-Saharan Africa", "Middle Africa")),
        ("MRT", ("Africa", "Sub-Saharan Africa", "Western Africa")),
        ("MEX", ("Americas", "Latin America and the Caribbean", "Central America")),
        ("GUY", ("Americas", "Latin America and the Caribbean", "South America")),
        ("CAN", ("Americas", "Northern America")),
        ("NRU", ("Oceania", "Micronesia")),
        ("TWN", ("Asia", "Eastern Asia")),
        ("XKX", ("Europe", "Southern Europe")),
    ],
)
def test_states_stand_where_the_un_puts_them(iso3: str, place: tuple[str, ...]) -> None:
    """Those that people place elsewhere; Taiwan and Kosovo, which the UN does not list, stand beside their neighbours."""
    assert regions()[iso3] == place


def test_the_un_has_as_many_regions() -> None:
    # M49: regions, their subregions, and the intermediate regions of two of these.
    assert [len({names[:depth] for names in regions().values() if len(names) >= depth}) for depth in (1, 2, 3)] == [5, 17, 7]


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
