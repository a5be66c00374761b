"""`articles`, `remove` and `refresh`: what a register holds, less of it, and the same read again with the present rules."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson

from extractors import extract as extract_records
from extractors.commands.common import add_register, complain, opened, progress
from extractors.records.changes import changes, line
from extractors.records.export import cell, to_row
from extractors.records.store.articles import LISTED
from extractors.tables import rules_version

KINDS = ("added", "changed", "removed")
TITLE_WIDTH = 60


def add_articles_options(command: argparse.ArgumentParser) -> None:
    add_register(command, "to list")
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")


def add_remove_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", metavar="ID", help="an article's id, as `articles` lists it")
    add_register(command, "to take it out of")


def add_refresh_options(command: argparse.ArgumentParser) -> None:
    add_register(command, "to read again")


def run_articles(options: argparse.Namespace) -> int:
    with opened(options) as register:
        listed = register.articles()
    if options.format == "json":
        sys.stdout.buffer.write(orjson.dumps(listed, option=orjson.OPT_INDENT_2) + b"\n")
    elif options.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(LISTED)
        writer.writerows([cell(row[name]) for name in LISTED] for row in listed)
    else:
        print_table(listed)
    return 0


def print_table(listed: Sequence[dict[str, Any]]) -> None:
    rows = [LISTED, *([short(name, cell(row[name])) for name in LISTED] for row in listed)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(LISTED))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def short(name: str, text: str) -> str:
    """One line; long titles are cut. Ids stay as they are, for `remove` wants them so."""
    if name == "id":
        return text
    text = " ".join(text.split())
    return text if len(text) <= TITLE_WIDTH else text[: TITLE_WIDTH - 1] + "…"


def run_remove(options: argparse.Namespace) -> int:
    with opened(options) as register, register.run("remove", rules_version()) as counts:
        unknown = register.remove(options.ids)
        counts["removed"] = 0 if unknown else len(set(options.ids))
    for one in unknown:
        complain(f"{one}: no such article in {register.place}; `python -m extractors articles` lists them")
    complain("nothing removed" if unknown else f"{counts['removed']} articles removed")
    return 1 if unknown else 0


def run_refresh(options: argparse.Namespace) -> int:
    told: Counter[str] = Counter()
    with opened(options) as register, register.run("refresh", rules_version()) as counts:
        for article in progress(register.each_article(), len(register.articles())):
            before = register.records_of(article.id)
            records = extract_records(article)
            register.replace(article, records)
            found = changes(before, [to_row(record) for record in records])
            counts["changed" if found else "unchanged"] += 1
            for change in found:
                told[change.kind] += 1
                print(line(article.id, change))
    parts = [f"{told[kind]} records {kind}" for kind in KINDS if told[kind]] or ["no record changed"]
    complain(", ".join([f"{counts['changed'] + counts['unchanged']} articles read again", *parts]))
    return 0
