"""The UN Register's and SIPRI's categories of the system tables."""

from __future__ import annotations

import pytest

from extractors import tables

UN = {
    "armoured vehicle": {"I", "II"},
    "artillery": {"III"},
    "aircraft": {"IV"},
    "drone": {"IV", "V"},
    "helicopter": {"V"},
    "ship": {"VI"},
    "submarine": {"VI"},
    "missile": {"VII"},
    "air defence": {"VII"},
    "small arms": {"SALW"},
}


def test_a_type_has_only_the_un_categories_that_cover_it() -> None:
    rows = (*tables.systems(), *tables.classes())
    assert [row.id for row in rows if row.unroca_category and row.unroca_category not in UN.get(row.type, ())] == []


def test_only_portable_air_defence_is_in_the_un_register() -> None:
    """Its category VII leaves out ground-to-air missiles but for MANPADS, which SIPRI counts as missiles."""
    rows = [row for row in tables.systems() if row.type == "air defence"]
    assert {row.sipri_category for row in rows if row.unroca_category} == {"Missiles"}


@pytest.mark.parametrize(
    ("system", "category"),
    [
        ("MQ-9", "IV"),
        ("Bayraktar TB2", "IV"),
        ("Predator XP", ""),
        ("RQ-4", ""),
        ("WZ-7", ""),
        ("Orlan-10", ""),
        ("FlyEye", ""),
        ("Abhyas", ""),
        ("Magura V5", ""),
    ],
)
def test_only_armed_aerial_drones_are_combat_aircraft(system: str, category: str) -> None:
    assert [row.unroca_category for row in tables.systems() if row.id == system] == [category]
