"""`extract`: articles into the register, or into a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from extractors import extract as extract_records
from extractors.commands.common import add_register, complain, iso_date, opened, progress
from extractors.ingest.language import is_english
from extractors.ingest.read import Failure, read_inputs
from extractors.model import Article, Record
from extractors.records.export import FORMATS, write_records
from extractors.records.register import Register, Unstorable
from extractors.tables import rules_version

ARTICLE_COUNTS = ("added", "changed", "unchanged")


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT", help="a file or folder of .txt, .md, .html, .jsonl or .csv"
    )
    command.add_argument(
        "-o", "--output", metavar="OUT", help="write the records to this file (- is standard output) and leave the register alone"
    )
    command.add_argument("--format", choices=FORMATS, help="format of OUT; from its suffix, else csv")
    command.add_argument("--published", type=iso_date, metavar="YYYY-MM-DD", help="publication date of inputs that give none")
    add_register(command, "to read into")
    command.add_argument(
        "--label", default="", metavar="TEXT", help="a word that every page and file made from the register shows"
    )


def run(options: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    if options.output and (options.register or options.label):
        top.error("-o writes a file and leaves the register alone: give either -o or --register")
    if options.format and not options.output:
        top.error("--format goes with -o")
    counts = dict.fromkeys(("articles", "records", "unread", "failed", *ARTICLE_COUNTS), 0)
    into_register = not options.output
    if into_register:
        with opened(options, create=True, label=options.label) as register:
            fill(register, options, counts)
    elif not write([record for _, records in readings(options, counts) for record in records], options):
        return 1
    complain(summary(counts, into_register))
    return 1 if counts["failed"] else 0


def readings(options: argparse.Namespace, counts: dict[str, int]) -> Iterator[tuple[Article, list[Record]]]:
    """Each article of the inputs with its records; what cannot be read is told and counted."""
    for found in progress(read_inputs(options.inputs, options.published)):
        if isinstance(found, Failure):
            counts["failed"] += not found.warning
            warn(f"warning: {found}" if found.warning else found)
            continue
        records = extract_records(found)
        counts["articles"] += 1
        counts["unread"] += not is_english(found.text)
        counts["records"] += len(records)
        yield found, records


def fill(register: Register, options: argparse.Namespace, counts: dict[str, int]) -> None:
    """Reads the inputs into the register and notes the run."""
    with register.run("extract", rules_version()) as changed:
        for article, records in readings(options, counts):
            try:
                outcome = register.replace(article, records)
            except Unstorable as error:
                counts["failed"] += 1
                warn(error)
                continue
            counts[outcome] += 1
            changed[outcome] += 1


def write(records: list[Record], options: argparse.Namespace) -> bool:
    """Writes the records to the file asked for; says so and gives `False` where it cannot."""
    try:
        write_records(records, options.output, options.format)
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{options.output}: cannot be written ({error.strerror}); check the folder and its permissions")
        return False
    return True


def warn(message: object) -> None:
    """Words beside a progress bar."""
    with tqdm.external_write_mode(sys.stderr):
        complain(message)


def summary(counts: dict[str, int], into_register: bool) -> str:
    parts = [f"{counts['articles']} articles read", f"{counts['records']} records"]
    if into_register:
        parts += [f"{counts[name]} articles {name}" for name in ARTICLE_COUNTS if counts[name]]
    if counts["unread"]:
        parts.append(f"{counts['unread']} language not read")
    if counts["failed"]:
        parts.append(f"{counts['failed']} inputs failed")
    return ", ".join(parts)
