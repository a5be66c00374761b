"""`compare`: sets a register's file that the user downloaded against the deals, or the single claims, of the user's articles."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from extractors.commands.common import add_register, complain, opened
from extractors.records.judged import judge
from extractors.reference import COMPARED, TERMS, Comparison, Reference, ReferenceFileError, compare, read_reference

# Columns of the table on the terminal, and the widest that each is shown.
SHOWN = {
    "found": 13, "differs": 14, "buyer": 16, "system": 20, "register_system": 22, "quantity": 8, "register_ordered": 16, "year": 4,
    "register_year": 13, "seller": 14, "register_seller": 15, "row": 6,
}  # fmt: skip
LISTED_NAMES = 10


def add_compare_options(command: argparse.ArgumentParser) -> None:
    command.description = "Sets a register's CSV file that you downloaded against the deals of your articles. " + " ".join(
        TERMS.values()
    )
    command.add_argument("file", metavar="FILE", help="the trade register of SIPRI, or transfers of the UN Register, as CSV")
    add_register(command, "of your articles")
    command.add_argument("--claims", action="store_true", help="compare single claims of articles instead of deals")
    command.add_argument("-o", "--output", metavar="OUT", help="write the rows to this file instead of printing them")
    command.add_argument(
        "--format", choices=("table", "csv", "json"), help="format of the rows (default: table; with -o, csv or OUT's suffix)"
    )


def run_compare(options: argparse.Namespace) -> int:
    """Prints the summary and the rows; 0 for done, 1 where the file cannot be used. Raises `RegisterError`."""
    try:
        reference = read_reference(options.file)
    except ReferenceFileError as error:
        complain(error)
        return 1
    found = compare(reference.rows, our_side(options))
    shape = options.format or format_of(options.output)
    text = rendered(shape, reference, found)
    if options.output:
        try:
            write(options.output, text)
        except OSError as error:
            complain(f"{options.output}: cannot be written ({error.strerror}); check the folder and its permissions")
            return 1
    else:
        sys.stdout.write(text)
        sys.stdout.flush()
    complain(told(reference, found, "claims" if options.claims else "deals"))
    return 0


def our_side(options: argparse.Namespace) -> pd.DataFrame:
    """The records or deals of the register that the options name, as people say they are. Raises `RegisterError`."""
    with opened(options) as register:
        state = register.state()
    judged = judge(state.records, state.joined, state.reviews)
    rows = judged.records if options.claims else judged.deals
    return rows[rows["review"] != "rejected"]


def format_of(output: str | None) -> str:
    if not output:
        return "table"
    return "json" if output.lower().endswith(".json") else "csv"


def rendered(shape: str, reference: Reference, found: Comparison) -> str:
    """The rows, and as JSON all that goes with them, as text."""
    rows = cells_of(found.table())
    if shape == "json":
        whole = {
            "register": reference.register,
            "layout": reference.layout,
            "terms": TERMS[reference.register],
            "summary": found.summary(),
            "unknown_parties": reference.unknown_parties,
            "unknown_systems": reference.unknown_systems,
            "notes": reference.notes,
            "rows": [dict(zip(COMPARED, row, strict=True)) for row in rows],
        }
        return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n"
    if shape == "csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COMPARED)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
        return buffer.getvalue()
    return table(rows)


def cells_of(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """A frame's rows as plain values, `None` where empty."""
    columns = [[None if value is pd.NA else value for value in frame[name].tolist()] for name in COMPARED]
    return list(zip(*columns, strict=True))


def table(rows: Sequence[Sequence[Any]]) -> str:
    """Rows for a terminal: the columns of `SHOWN`, cut to their widths; the register's beside ours."""
    places = [list(COMPARED).index(name) for name in SHOWN]
    widths = list(SHOWN.values())
    lines = [[name.replace("register_", "reg. ").replace("_", " ") for name in SHOWN]]
    lines += [["" if row[place] is None else " ".join(str(row[place]).split()) for place in places] for row in rows]
    return "".join(
        "  ".join(short(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def told(reference: Reference, found: Comparison, what: str) -> str:
    """The summary in words, what could not be read, and the register's terms."""
    counts = found.summary()
    apart = ", ".join(f"{counts[f'differing in {name}']} in {name}" for name in ("quantity", "year", "seller"))
    lines = [
        f"{reference.name}: {len(reference.rows)} rows of the {reference.register} against {counts['matched'] + counts['only in the articles']} {what}",
        f"{counts['matched']} matched, of which {counts['differing']} differ ({apart})",
        f"{counts['only in the articles']} only in the articles, {counts['only in the register']} only in the register",
    ]
    for names, meaning in ((reference.unknown_parties, "parties"), (reference.unknown_systems, "designations")):
        if names:
            more = f" and {len(names) - LISTED_NAMES} more" if len(names) > LISTED_NAMES else ""
            lines.append(f"{meaning} that the tables do not know, compared by name: {', '.join(names[:LISTED_NAMES])}{more}")
    lines += [f"{reference.name}, {note}" for note in reference.notes[:LISTED_NAMES]]
    if len(reference.notes) > LISTED_NAMES:
        lines.append(f"and {len(reference.notes) - LISTED_NAMES} more such lines")
    return "\n".join([*lines, TERMS[reference.register]])


def write(output: str, text: str) -> None:
    """Writes a file whole or not at all. Raises `OSError`."""
    target = Path(output)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
