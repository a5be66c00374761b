"""Every layout is recognised by its header, wherever that stands, and its cells become rows; files are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reference import SIPRI, TERMS, UNROCA, parse_reference, read_reference
from extractors.reference.layouts import recognised
from tests.reference import made_up as m


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_trade_register_is_read_in_any_dress(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    path = tmp_path / "trade-register.csv"
    path.write_bytes(m.made_up(m.REGISTER, m.REGISTER_ROWS, delimiter=delimiter, encoding=encoding, end=end))
    found = read_reference(path)
    assert (found.layout, found.register, len(found.rows)) == ("sipri-register", SIPRI, 4)
    guns, trainers, missiles, jets = found.rows
    assert (guns.row, guns.buyer, guns.buyer_iso3, guns.seller_iso3) == (13, "Poland", "POL", "KOR")
    assert (guns.ordered_year, guns.quantity_ordered, guns.quantity_delivered, guns.delivery_years) == (2093, 17, 5, (2094, 2095))
    assert guns.estimated == ("ordered_year", "quantity_delivered")
    assert guns.ordered_estimated
    assert (guns.system_ids, guns.weapon_type, guns.tiv) == (("K9",), "artillery", 7.5)
    assert (trainers.seller, trainers.quantity_ordered, trainers.delivery_years, trainers.tiv) == ("", 6, (), None)
    assert trainers.estimated == ("ordered_year", "quantity_ordered")
    assert (missiles.buyer, missiles.ordered_year, missiles.delivery_years) == ("Hezbollah", 2090, (2090, 2091, 2092))
    assert (missiles.class_id, missiles.system_ids, missiles.tiv) == ("anti-ship missile", (), 0)
    assert missiles.estimated == ("ordered_year", "quantity_delivered")
    assert (jets.buyer, jets.comment) == ("NATO", "Türkiye named")
    assert jets.system_ids[0] == "F-16C"
    assert found.unknown_systems == ("Q-77",)
    assert jets.cells == (tuple(m.REGISTER_ROWS[3]),)
    assert found.header == tuple(m.REGISTER)


def test_deliveries_of_one_deal_become_one_row() -> None:
    found = parse_reference(m.made_up(m.DELIVERIES, m.DELIVERY_ROWS), "made-up.csv")
    assert found.layout == "sipri-deliveries"
    jets, tanks = found.rows
    assert (jets.row, jets.lines, len(jets.cells)) == (13, (13, 14), 2)
    assert (jets.quantity_delivered, jets.delivery_years, jets.tiv) == (9, (2092, 2093), 270)
    assert jets.estimated == ("quantity_delivered",)
    assert tanks.estimated == ("delivery_years", "ordered_year")
    assert (tanks.buyer_iso3, tanks.weapon_type) == ("VNM", "armoured vehicle")


def test_an_older_edition_of_the_deliveries_with_other_names_and_a_trailing_separator() -> None:
    header = ["Deal ID", "Seller", "Buyer", *m.DELIVERIES[3:]]
    data = m.made_up(header, m.DELIVERY_ROWS, delimiter=";", preamble=["Made up", "", "", "", ""])
    assert len(parse_reference(data, "made-up.txt").rows) == 2
    lines = m.made_up(m.DELIVERIES, m.DELIVERY_ROWS, end=";\n", preamble=[])
    rows = parse_reference(lines, "made-up.csv").rows
    assert [r.quantity_delivered for r in rows] == [9, 31]
    assert rows[0].cells[0][-1] == "No"


def test_an_edition_that_calls_deliveries_those_of_the_year_range() -> None:
    header = ["Deliveries in the Year Range" if name == "Number delivered" else name for name in m.REGISTER]
    assert parse_reference(m.made_up(header, m.REGISTER_ROWS), "made-up.csv").rows[0].quantity_delivered == 5


def test_reports_of_states_have_buyer_and_seller_by_direction() -> None:
    found = parse_reference(m.made_up(m.UNROCA, m.UNROCA_ROWS, preamble=[]), "made-up.csv")
    assert (found.layout, found.register) == ("unroca", UNROCA)
    assert [(r.row, r.buyer_iso3, r.seller_iso3, r.quantity_delivered, r.delivery_years) for r in found.rows] == [
        (2, "NOR", "SWE", 7, (2090,)),
        (3, "NOR", "SWE", 8, (2090,)),
        (4, "HUN", "DEU", 11, (2091,)),
    ]
    assert [(r.unroca_category, r.system_ids, r.class_id) for r in found.rows[1:]] == [
        ("III", ("Archer",), ""),
        ("I", (), "battle tank"),
    ]


def test_a_table_of_exports_alone_needs_no_direction() -> None:
    header = ["Reporting State", "Year", "Category", "Final importer state", "Number of items", "Description of items"]
    rows = [["Türkiye", "2090", "IV", "Iran (Islamic Republic of)", "3", ""]]
    row = parse_reference(m.made_up(header, rows, preamble=[]), "made-up.csv").rows[0]
    assert (row.buyer_iso3, row.seller_iso3, row.weapon_type) == ("IRN", "TUR", "aircraft")


@pytest.mark.parametrize(
    "footer",
    [
        ["", "", ""],
        ["", "Source: made up for tests"],
        ["Source: made up, for tests"],
        ["", "Figures may not add up, for they are invented"],
        [",,,,,,,,,,,,,,,", "", "An empty cell in this file, and there are some, means nothing"],
    ],
)
def test_lines_below_the_table_are_no_rows(footer: list[str]) -> None:
    assert len(parse_reference(m.made_up(m.REGISTER, m.REGISTER_ROWS, footer=footer), "made-up.csv").rows) == 4


def test_what_cannot_be_read_is_noted_with_its_line_and_never_guessed() -> None:
    rows = [
        ["Atlantis", "Lemuria", "soon", "", "a few", "", "T-90S", "tank", "", "", "2094-2010", "New", "", "", "", ""],
        ["", "", "2090", "", "3", "", "T-90S", "tank", "", "", "", "New", "", "", "", ""],
    ]
    found = parse_reference(m.made_up(m.REGISTER, rows), "made-up.csv")
    assert found.unknown_parties == ("Atlantis", "Lemuria")
    row = found.rows[0]
    assert (row.buyer, row.buyer_iso3, row.ordered_year, row.quantity_ordered, row.delivery_years) == (
        "Atlantis",
        "",
        None,
        None,
        (),
    )
    assert [note.split(":")[0] for note in found.notes] == ["line 13"] * 3 + ["line 14"]
    assert "'a few' under 'Number ordered'" in "".join(found.notes)


def test_a_comment_with_separator_quote_and_line_break_keeps_the_line_numbers() -> None:
    rows = [list(row) for row in m.REGISTER_ROWS]
    rows[0][12] = 'Invented, with a "quote"\nand a break'
    found = parse_reference(m.made_up(m.REGISTER, rows, end="\n"), "made-up.csv")
    assert [row.row for row in found.rows] == [13, 15, 16, 17]
    assert found.rows[0].comment == rows[0][12]


def test_ordered_is_a_year_only_beside_a_number_ordered() -> None:
    both = recognised(["Recipient", "Supplier", "Ordered", "No. ordered", "Designation", "Description"])
    assert both is not None
    assert (both.places["ordered_year"], both.places["quantity_ordered"]) == (2, 3)
    one = recognised(["Recipient", "Supplier", "Year of order", "Ordered", "Designation"])
    assert one is not None
    assert (one.places["ordered_year"], one.places["quantity_ordered"]) == (2, 3)


def test_every_register_has_its_terms() -> None:
    assert set(TERMS) == {SIPRI, UNROCA}
    assert "no prices" in TERMS[SIPRI]
