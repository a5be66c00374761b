"""Parties and weapons as registers write them."""

from __future__ import annotations

import pytest

from extractors import tables
from extractors.mentions.systems import known
from extractors.reference.parties import SPELLINGS, key, names, party
from extractors.reference.weapons import CATEGORIES, SHORT_FORMS, numeral, weapon


@pytest.mark.parametrize(
    ("cell", "name", "iso3"),
    [
        ("UAE", "United Arab Emirates", "ARE"), ("Bosnia-Herzegovina", "Bosnia & Herzegovina", "BIH"), ("Soviet Union", "Soviet Union", "SUN"),
        ("Turkiye", "Türkiye", "TUR"), ("Viet Nam", "Vietnam", "VNM"), ("East Germany (GDR)", "East Germany", "DDR"), ("Chad", "Chad", "TCD"),
        ("Cote d'Ivoire", "Côte d’Ivoire", "CIV"), ("Russian Federation", "Russia", "RUS"), ("Trinidad and Tobago", "Trinidad & Tobago", "TTO"),
        ("Hezbollah (Lebanon)*", "Hezbollah", ""), ("Houthi rebels (Yemen)*", "Houthis", ""), ("NATO**", "NATO", ""), ("POL", "Poland", "POL"),
        ("Iran (Islamic Republic of)", "Iran", "IRN"), ("united states of america", "United States", "USA"), ("The Netherlands", "Netherlands", "NLD"),
    ],
)  # fmt: skip
def test_parties_that_tables_know(cell: str, name: str, iso3: str) -> None:
    assert (party(cell).name, party(cell).iso3, party(cell).known) == (name, iso3, True)


@pytest.mark.parametrize(
    "cell", ["unknown supplier(s)", "Unknown recipient(s)", "unknown country", "(multiple sellers)", "", "-", "Confidential"]
)
def test_nobody(cell: str) -> None:
    assert (party(cell).name, party(cell).known) == ("", True)


@pytest.mark.parametrize(
    ("cell", "name"), [("Atlantis", "Atlantis"), ("Zub (Atlantis)*", "Zub (Atlantis)"), ("Air Force", "Air Force")]
)
def test_names_that_no_table_knows_are_kept(cell: str, name: str) -> None:
    assert (party(cell).name, party(cell).iso3, party(cell).known) == (name, "", False)


def test_every_spelling_and_short_form_means_something() -> None:
    assert [meant for spelling, meant in SPELLINGS.items() if key(spelling) not in names()] == []
    classes = {row.id for row in tables.classes()}
    assert set(SHORT_FORMS.values()) <= classes
    assert {class_id for _, class_id in CATEGORIES.values()} - {""} <= classes
    assert {kind for kind, _ in CATEGORIES.values()} <= {row.type for row in tables.classes()}


@pytest.mark.parametrize(
    ("designation", "description", "category", "first", "kind"),
    [
        ("F-16C Block-50/52", "FGA aircraft", "Aircraft", "F-16C", "aircraft"), ("MiG-29S/Fulcrum-C", "fighter aircraft", "", "MiG-29S", "aircraft"),
        ("Leopard-2A4", "tank", "", "Leopard 2A4", "armoured vehicle"), ("Mi-8MT/Mi-17/Hip-H", "transport helicopter", "", "Mi-8", "helicopter"),
        ("CAESAR 155mm", "self-propelled gun", "Artillery", "Caesar", "artillery"), ("Archer 155mm", "SPG", "", "Archer", "artillery"),
        ("S-300PMU-2/SA-20B", "SAM system", "Air defence systems", "S-300PMU-2", "air defence"), ("Type-209/1400", "submarine", "Ships", "Type 209/1400", "submarine"),
        ("", "T-72 with 125 mm gun", "I. Battle tanks", "T-72", "armoured vehicle"), ("Zonda-9", "patrol craft", "Ships", "", "ship"),
        ("Hawk", "anti-tank missile", "Missiles", "", "missile"), ("", "", "VI", "", "ship"), ("", "", "Category V - Attack helicopters", "", "helicopter"),
    ],
)  # fmt: skip
def test_weapons(designation: str, description: str, category: str, first: str, kind: str) -> None:
    found = weapon(designation, description, category)
    assert (found.system_ids[:1] or ("",))[0] == first
    assert found.weapon_type == kind


@pytest.mark.parametrize(
    ("category", "sign"),
    [("I", "i"), ("IV. Combat aircraft", "iv"), ("VII (b)", "viib"), ("VIIb", "viib"), ("Warships", "vi"), ("Category III", "iii"), ("Artillery", ""), ("Aircraft", ""), ("Missiles", ""), ("", ""),
     ("Combat aircraft and unmanned combat aerial vehicles", "iv"), ("Unmanned combat aerial vehicles", "ivb"), ("Uncrewed combat aerial vehicles", "ivb"),
     ("Attack helicopters and rotary-wing unmanned combat aerial vehicles", "v"), ("Rotary-wing unmanned combat aerial vehicles", "vb"),
     ("Large-calibre artillery systems", "iii"), ("Missiles and missile launchers", "vii"), ("Man-portable air-defence systems", "viib")],
)  # fmt: skip
def test_categories_of_the_united_nations(category: str, sign: str) -> None:
    assert numeral(category) == sign


def test_the_tables_hold_the_systems_that_these_tests_name() -> None:
    assert {"F-16C", "MiG-29S", "Leopard 2A4", "Caesar", "Archer"} <= {row.id for row, _ in known()}
