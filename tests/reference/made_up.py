"""Files in the layouts of registers, made up for tests: every row, number and comment in them is invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# The wording of the lines above the table is ours; real files have as many of their own.
PREAMBLE = [
    "Made-up rows in the layout of a trade register, from all states to all states",
    "A '?' marks what is uncertain; nothing here is of any database",
    "An empty number: not known",
    "Volumes are invented, too",
    "",
    "",
    "",
    "",
    "",
    "Generated: 25 November 2026",
    "",
]
REGISTER = [
    "Recipient", "Supplier", "Year of order", " ", "Number ordered", " ", "Weapon designation", "Weapon description",
    "Number delivered", " ", "Year(s) of delivery", "status", "Comments", "SIPRI TIV per unit", "SIPRI TIV for total order",
    "SIPRI TIV of delivered weapons",
]  # fmt: skip
DELIVERIES = [
    "SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category", "Order date",
    "Order date is estimate", "Numbers delivered", "Numbers delivered is estimate", "Delivery year", "Delivery year is estimate",
    "Status", "SIPRI estimate", "TIV deal unit", "TIV delivery values", "Local production",
]  # fmt: skip
UNROCA = [
    "Reporting State", "Year", "Transfers", "Category (I-VII)", "Final importer state(s)", "Exporter state(s)", "Number of items",
    "State of origin (if not exporter)", "Intermediate location(s) (if any)", "Description of items", "Comments on the transfer",
]  # fmt: skip

REGISTER_ROWS = [
    ["Poland", "South Korea", "2093", "?", "17", "", "K-9 Thunder", "self-propelled gun", "5", "?", "2094; 2095", "New", "Invented; for tests", "1.5", "25.5", "7.5"],
    ["Chad", "unknown supplier(s)", "2091", "?", "(6)", "?", "Hawk-100", "trainer/combat aircraft", "", "", "", "Second hand", "", "0.3", "1.8", ""],
    ["Hezbollah (Lebanon)*", "Iran", "(2090)", "", "", "", "Q-77", "anti-ship missile", "(9)", "", "2090-2092", "New", "", "", "", "0"],
    ["NATO**", "United States", "2092", "", "3", "", "F-16C Block-50/52", "FGA aircraft", "3", "", "2094", "New", "Türkiye named", "2", "6", "6"],
]  # fmt: skip
DELIVERY_ROWS = [
    ["77001", "France", "Egypt", "Rafale", "FGA aircraft", "Aircraft", "2090", "No", "4", "No", "2092", "No", "New", "30", "30", "120", "No"],
    ["77001", "France", "Egypt", "Rafale", "FGA aircraft", "Aircraft", "2090", "No", "5", "Yes", "2093", "No", "New", "30", "30", "150", "No"],
    ["77002", "Russia", "Viet Nam", "T-90S", "tank", "Armoured vehicles", "2091", "Yes", "31", "No", "2094", "Yes", "New", "2", "2", "62", "No"],
]  # fmt: skip
UNROCA_ROWS = [
    ["Sweden", "2090", "Export", "III. Large-calibre artillery systems", "Norway", "", "7", "", "", "Archer 155 mm", "Invented"],
    ["Norway", "2090", "Import", "III. Large-calibre artillery systems", "", "Sweden", "8", "", "", "Archer 155 mm", ""],
    ["Germany", "2091", "Export", "I. Battle tanks", "Hungary", "", "11", "", "", "", ""],
]  # fmt: skip


def cell(text: str, delimiter: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (delimiter, '"', "\n")) else text


def made_up(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ",", preamble: Sequence[str] = PREAMBLE,
    footer: Sequence[str] = (), end: str = "\r\n", encoding: str = "utf-8",
) -> bytes:  # fmt: skip
    """A file's bytes: lines above the table, the table, lines below it."""
    table = [delimiter.join(cell(c, delimiter) for c in row) for row in (header, *rows)]
    return (end.join([*preamble, *table, *footer]) + end).encode(encoding)
