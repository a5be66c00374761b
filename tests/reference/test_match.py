"""Which row of a register is which deal of ours: a table of hard cases, all made up, and what must hold of any."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from extractors.reference import ReferenceRow, compare
from extractors.reference.match import match
from extractors.reference.sides import side_of_row, sides_of_frame
from tests.reference.sides import claims, deals, record, report, row

FIGHTER, TANK = "FGA aircraft", "tank"

# name, rows of the register, records of ours, line -> (id, by, differs)
CASES: list[tuple[str, list[ReferenceRow], list[dict[str, Any]], dict[int, tuple[str, str, str]]]] = [
    (
        "two batches of one buyer go to their own deals by number",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24), row(2, "Egypt", "France", "Rafale", FIGHTER, 2016, 30)],
        [record("b", "Egypt", "France", "Rafale", 2015, 30), record("a", "Egypt", "France", "Rafale", 2016, 24)],
        {1: ("a", "name", "year"), 2: ("b", "name", "year")},
    ),
    (
        "two batches of one number go to their own deals by year",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24), row(2, "Egypt", "France", "Rafale", FIGHTER, 2016, 24)],
        [record("b", "Egypt", "France", "Rafale", 2016, 24), record("a", "Egypt", "France", "Rafale", 2015, 24)],
        {1: ("a", "name", ""), 2: ("b", "name", "")},
    ),
    (
        "a variant is its family",
        [row(1, "Chile", "USA", "F-16C Block-50/52", FIGHTER, 2002, 10)],
        [record("a", "Chile", "USA", "F-16", 2003, 10)],
        {1: ("a", "family", "year")},
    ),
    (
        "the very variant goes before the family",
        [row(1, "Chile", "USA", "F-16C", FIGHTER, 2002, None)],
        [record("a", "Chile", "USA", "F-16", 2002, 10), record("b", "Chile", "USA", "F-16C", 2002, 12)],
        {1: ("b", "name", "")},
    ),
    ("another family is no match", [row(1, "Chile", "USA", "F-16C", FIGHTER, 2002, 10)], [record("a", "Chile", "USA", "F-15", 2002, 10)], {}),
    ("another buyer is no match", [row(1, "Chile", "USA", "F-16C", FIGHTER, 2002, 10)], [record("a", "Peru", "USA", "F-16", 2002, 10)], {}),
    (
        "an article without a seller agrees with any",
        [row(1, "Chile", "USA", "F-16C", FIGHTER, 2002, 10)],
        [record("a", "Chile", "", "F-16", 2002, 10)],
        {1: ("a", "family", "")},
    ),
    (
        "a register without a seller agrees with any",
        [row(1, "Chile", "unknown supplier(s)", "F-16", FIGHTER, 2002, 10)],
        [record("a", "Chile", "USA", "F-16", 2002, 10)],
        {1: ("a", "name", "")},
    ),
    (
        "the named seller goes before none",
        [row(1, "Chile", "USA", "F-16", FIGHTER, 2002, 10)],
        [record("a", "Chile", "", "F-16", 2002, 10), record("b", "Chile", "USA", "F-16", 2002, 10)],
        {1: ("b", "name", "")},
    ),
    (
        "another seller is a difference where all else is the same",
        [row(1, "Chile", "Netherlands", "F-16", FIGHTER, 2002, 10)],
        [record("a", "Chile", "USA", "F-16", 2002, 10)],
        {1: ("a", "name", "seller")},
    ),
    (
        "another seller and another number are another deal",
        [row(1, "Chile", "Netherlands", "F-16", FIGHTER, 2002, 18)],
        [record("a", "Chile", "USA", "F-16", 2002, 10)],
        {},
    ),
    (
        "buyer and seller are not exchanged",
        [row(1, "USA", "Chile", "F-16", FIGHTER, 2002, 10)],
        [record("a", "Chile", "USA", "F-16", 2002, 10)],
        {},
    ),
    (
        "the Soviet Union is Russia in its own time",
        [row(1, "India", "Soviet Union", "MiG-29", "fighter aircraft", 1986, 40)],
        [record("a", "India", "Russia", "MiG-29", 1986, 40)],
        {1: ("a", "name", "")},
    ),
    (
        "and Russia the Soviet Union just after it",
        [row(1, "India", "Russia", "MiG-29", "fighter aircraft", 1992, 40)],
        [record("a", "India", "Soviet Union", "MiG-29", 1991, 40)],
        {1: ("a", "name", "year")},
    ),
    (
        "but not long after it, save as a difference",
        [row(1, "India", "Russia", "MiG-29", "fighter aircraft", 2004, 16)],
        [record("a", "India", "Soviet Union", "MiG-29", 2004, 16)],
        {1: ("a", "name", "seller")},
    ),
    (
        "the Soviet Union as buyer is Russia in its own time",
        [row(1, "Soviet Union", "Poland", "T-72", TANK, 1980, 90)],
        [record("a", "Russia", "Poland", "T-72", 1980, 90)],
        {1: ("a", "name", "")},
    ),
    (
        "Russia as buyer is not the Soviet Union later",
        [row(1, "Russia", "Poland", "T-72", TANK, 2001, 90)],
        [record("a", "Soviet Union", "Poland", "T-72", 2001, 90)],
        {},
    ),
    (
        "a year of delivery will do",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24, (2018, 2019))],
        [record("a", "Egypt", "France", "Rafale", 2019, 24, status="delivered")],
        {1: ("a", "name", "")},
    ),
    (
        "years that do not meet are another deal",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24, (2018,))],
        [record("a", "Egypt", "France", "Rafale", 2020, 24)],
        {},
    ),
    (
        "without a year only the very number will do",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24), row(2, "Egypt", "France", "Mirage 2000", FIGHTER, 1981, 20)],
        [record("a", "Egypt", "France", "Rafale", None, 24), record("b", "Egypt", "France", "Mirage 2000", None, 16)],
        {1: ("a", "name", "")},
    ),
    (
        "other numbers of one deal differ",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24, (2018,), 3)],
        [record("a", "Egypt", "France", "Rafale", 2015, 36)],
        {1: ("a", "name", "quantity")},
    ),
    (
        "a range, a floor and a rough number hold what they hold",
        [row(1, "Egypt", "France", "Rafale", FIGHTER, 2015, 24), row(2, "Peru", "France", "Rafale", FIGHTER, 2015, 24), row(3, "Oman", "France", "Rafale", FIGHTER, 2015, 24)],
        [
            record("a", "Egypt", "France", "Rafale", 2015, 20, quantity_high=30, quantity_note="range"),
            record("b", "Peru", "France", "Rafale", 2015, 18, quantity_high=18, quantity_note="at least"),
            record("c", "Oman", "France", "Rafale", 2015, 20, quantity_high=20, quantity_note="about"),
        ],
        {1: ("a", "name", ""), 2: ("b", "name", ""), 3: ("c", "name", "")},
    ),
    (
        "an article that names only the class",
        [row(1, "Iraq", "Russia", "T-90S", TANK, 2016, 73), row(2, "Iraq", "Russia", "BTR-80", "APC", 2016, 73)],
        [record("a", "Iraq", "Russia", "battle tank", 2016, 73)],
        {1: ("a", "kind", "")},
    ),
    (
        "a class alone with a number of another size is another deal",
        [row(1, "Iraq", "Russia", "T-90S", TANK, 2016, 73)],
        [record("a", "Iraq", "Russia", "battle tank", 2016, 12)],
        {},
    ),
    (
        "a name goes before a class",
        [row(1, "Iraq", "Russia", "T-90S", TANK, 2016, 73)],
        [record("a", "Iraq", "Russia", "battle tank", 2016, 73), record("b", "Iraq", "Russia", "T-90", 2016, 80)],
        {1: ("b", "family", "quantity")},
    ),
    (
        "a designation that no table knows is compared by its letters",
        [row(1, "Peru", "Italy", "Zonda-9", "patrol craft", 2016, 3)],
        [record("a", "Peru", "Italy", "Zonda 9", 2016, 3, weapon_type="ship")],
        {1: ("a", "name", "")},
    ),
    (
        "groups and bodies are compared by name",
        [row(1, "Hezbollah (Lebanon)*", "Iran", "Zelzal-2", "rocket", 2001, None), row(2, "NATO**", "USA", "C-17", "transport aircraft", 2008, 3)],
        [record("a", "Hezbollah", "Iran", "Zelzal-2", 2001, None), record("b", "NATO", "USA", "C-17", 2008, 3)],
        {1: ("a", "name", ""), 2: ("b", "name", "")},
    ),
    ("a row without a buyer is nobody's", [row(1, "unknown recipient(s)", "USA", "F-16", FIGHTER, 2002, 10)], [record("a", "", "USA", "F-16", 2002, 10)], {}),
    (
        "a state's report that names only the category",
        [report(1, "Hungary", "Germany", "I", 12, 2020)],
        [record("a", "Hungary", "Germany", "Leopard 2A4", 2020, 12, status="delivered", unroca_category="I")],
        {1: ("a", "kind", "")},
    ),
    (
        "reports of several years and of both states are one deal's parts",
        [
            report(1, "Norway", "Sweden", "III", 7, 2020, "Archer"),
            report(2, "Norway", "Sweden", "III", 8, 2020, "Archer"),
            report(3, "Norway", "Sweden", "III", 40, 2020, "Archer"),
        ],
        [record("a", "Norway", "Sweden", "Archer", 2020, 24, system_id="Archer", weapon_type="artillery", status="delivered")],
        {1: ("a", "name", ""), 2: ("a", "name", ""), 3: ("a", "name", "quantity")},
    ),
    (
        "reports of the years after an order are its deliveries",
        [
            report(1, "Norway", "Sweden", "III", 4, 2013, "Archer"),
            report(2, "Norway", "Sweden", "III", 6, 2015, "Archer"),
            report(3, "Norway", "Sweden", "III", 6, 2021, "Archer"),
            report(4, "Norway", "Sweden", "III", 6, 2009, "Archer"),
        ],
        [record("a", "Norway", "Sweden", "Archer", 2010, 24, system_id="Archer", weapon_type="artillery")],
        {1: ("a", "name", ""), 2: ("a", "name", "")},
    ),
    (
        "a report goes to the order that is nearest before it",
        [report(1, "Norway", "Sweden", "III", 6, 2017, "Archer")],
        [
            record("a", "Norway", "Sweden", "Archer", 2010, 24, system_id="Archer", weapon_type="artillery"),
            record("b", "Norway", "Sweden", "Archer", 2015, 24, system_id="Archer", weapon_type="artillery"),
        ],
        {1: ("b", "name", "")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "records", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_hard_cases(rows: list[ReferenceRow], records: list[dict[str, Any]], expected: dict[int, tuple[str, str, str]]) -> None:
    found = compare(rows, claims(*records)).matched
    assert {r.row: (r.id, r.by, r.differs) for r in found.itertuples()} == expected


def test_deals_are_matched_like_records() -> None:
    frame = deals(record("a", "Egypt", "France", "Rafale", 2015, 24), record("b", "Egypt", "", "Rafale", 2015, 24))
    assert len(frame) == 1
    found = compare([row(7, "Egypt", "France", "Rafale", FIGHTER, 2016, 24)], frame)
    assert found.matched["id"].tolist() == frame["deal_id"].tolist()
    assert found.matched["differs"].tolist() == ["year"]


BUYERS = ("Egypt", "India", "Iraq", "Peru", "Chile", "Norway", "Qatar", "Oman")
SYSTEMS = (
    ("Rafale", FIGHTER),
    ("F-16", FIGHTER),
    ("T-90S", TANK),
    ("BM-21 Grad 122mm", "MRL"),
    ("Mi-17", "transport helicopter"),
)


def many(size: int, seed: int) -> tuple[list[ReferenceRow], list[dict[str, Any]]]:
    """Made-up rows and records, half of which speak of each other; few buyers and systems, so that many share theirs."""
    chance = random.Random(seed)
    rows, records = [], []
    for line in range(1, size + 1):
        buyer, (name, kind) = chance.choice(BUYERS), chance.choice(SYSTEMS)
        year, number = chance.randint(1990, 2020), chance.randint(1, 200)
        rows.append(row(line, buyer, "USA", name, kind, year, number, (year + 2,)))
        if chance.random() < 0.5:
            buyer, year, number = chance.choice(BUYERS), chance.randint(1990, 2020), chance.randint(1, 200)
        records.append(record(f"{line:06d}", buyer, chance.choice(["", "USA"]), name, year, number))
    return rows, records


def outcome(rows: Sequence[ReferenceRow], records: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((r.row, r.id, r.by, r.differs) for r in compare(rows, claims(*records)).matched.itertuples())


def test_the_outcome_does_not_depend_on_the_order_of_either_side() -> None:
    rows, records = many(300, 1)
    first = outcome(rows, records)
    assert len(first) > 150
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        random.Random(seed + 10).shuffle(records)
        assert outcome(rows, records) == first


def test_each_row_and_each_deal_is_used_once_and_none_is_lost() -> None:
    rows, records = many(300, 2)
    found = compare(rows, claims(*records))
    assert found.matched["row"].is_unique
    assert found.matched["id"].is_unique
    assert sorted([*found.matched["row"], *found.only_register["row"]]) == [r.row for r in rows]
    assert sorted([*found.matched["id"], *found.only_articles["id"]]) == [r["record_id"] for r in records]


def test_the_work_grows_near_linearly_with_both_sides() -> None:
    def compared(size: int) -> int:
        # one buyer and system, ten years: every row shares its place with a tenth of ours
        chance = random.Random(size)
        rows = [row(line, "Egypt", "USA", "F-16", FIGHTER, chance.randint(2000, 2009), line) for line in range(1, size + 1)]
        held = claims(*(record(f"{n:06d}", "Egypt", "USA", "F-16", chance.randint(2000, 2009), n) for n in range(1, size + 1)))
        return match([side_of_row(r, place) for place, r in enumerate(rows)], sides_of_frame(held)).compared

    small, large = compared(500), compared(2_000)
    # four times both sides is sixteen times the pairs; only those nearest in number are compared, which keeps it near four
    assert large / small < 4.4
    assert large < 2_000 * 80
