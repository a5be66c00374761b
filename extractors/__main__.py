"""The command line: extract, explain, evaluate, check-data.

Exit codes: 0 done (no records is done too), 1 some inputs could not be read or found, or a check has findings, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import orjson
from tqdm import tqdm

from extractors import check_data, evaluate
from extractors import explain as explain_article
from extractors import extract as extract_records
from extractors.ingest.language import is_english
from extractors.ingest.read import Failure, read_inputs
from extractors.ingest.text import Unreadable, decoded
from extractors.model import Article, Record
from extractors.records.export import FORMATS, write_records
from extractors.records.register import RegisterError, default_register_path, open_register


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m extractors", description="Reads news articles about arms transfers into records."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    extract = commands.add_parser("extract", help="read articles into the register, or into a file with -o")
    extract.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT", help="a file or folder of .txt, .md, .html, .jsonl or .csv"
    )
    extract.add_argument(
        "-o", "--output", metavar="OUT", help="write the records to this file (- is standard output) and leave the register alone"
    )
    extract.add_argument("--format", choices=FORMATS, help="format of OUT; from its suffix, else csv")
    extract.add_argument("--published", type=iso_date, metavar="YYYY-MM-DD", help="publication date of inputs that give none")
    extract.add_argument(
        "--register",
        type=Path,
        metavar="PATH",
        help="the register to read into (default: $ARMS_REGISTER or the user's data folder)",
    )
    extract.add_argument(
        "--label", default="", metavar="TEXT", help="a word that every page and file made from the register shows"
    )
    explain = commands.add_parser("explain", help="show how one article was read, and what was refused and why")
    explain.add_argument("file", metavar="FILE", help="an article's file, or - for standard input")
    explain.add_argument("--format", choices=("text", "json"), default="text")
    explain.add_argument("--published", type=iso_date, metavar="YYYY-MM-DD", help="publication date if the file gives none")
    score = commands.add_parser("evaluate", help="score the extractor against gold records")
    score.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    score.add_argument("articles", type=Path, metavar="ARTICLES.jsonl")
    score.add_argument("--against", type=Path, metavar="RECORDS", help="an earlier run's records: list gains and losses")
    score.add_argument("--json", action="store_true", help="print the figures as JSON")
    commands.add_parser("check-data", help="lint the tables under data/")
    return top


def iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def complain(message: object) -> None:
    print(message, file=sys.stderr)


def run_extract(options: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    if options.output and (options.register or options.label):
        top.error("-o writes a file and leaves the register alone: give either -o or --register")
    if options.format and not options.output:
        top.error("--format goes with -o")
    failed = 0
    counts = {"articles": 0, "records": 0, "unread": 0, "added": 0, "changed": 0, "unchanged": 0}
    made: list[Record] = []
    register = None
    try:
        if not options.output:
            register = open_register(options.register or default_register_path(), create=True, label=options.label)
        inputs = tqdm(
            read_inputs(options.inputs, options.published),
            unit=" articles",
            delay=2,
            disable=not sys.stderr.isatty(),
            leave=False,
        )
        for found in inputs:
            if isinstance(found, Failure):
                failed += not found.warning
                with tqdm.external_write_mode(sys.stderr):
                    complain(f"warning: {found}" if found.warning else found)
                continue
            counts["articles"] += 1
            counts["unread"] += not is_english(found.text)
            records = extract_records(found)
            counts["records"] += len(records)
            if register is None:
                made += records
            else:
                counts[register.replace(found, records)] += 1
        if options.output:
            write_records(made, options.output, options.format)
    except RegisterError as error:
        complain(error)
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{options.output}: cannot be written ({error.strerror}); check the folder and its permissions")
        return 1
    finally:
        if register is not None:
            register.close()
    complain(summary(counts, failed, register is not None))
    return 1 if failed else 0


def summary(counts: dict[str, int], failed: int, into_register: bool) -> str:
    parts = [f"{counts['articles']} articles read", f"{counts['records']} records"]
    if into_register:
        parts += [f"{counts[name]} articles {name}" for name in ("added", "changed", "unchanged") if counts[name]]
    if counts["unread"]:
        parts.append(f"{counts['unread']} language not read")
    if failed:
        parts.append(f"{failed} inputs failed")
    return ", ".join(parts)


def run_explain(options: argparse.Namespace) -> int:
    try:
        if options.file == "-":
            articles = [Article("standard input", decoded(sys.stdin.buffer.read()), published=options.published)]
        else:
            found = list(read_inputs([Path(options.file)], options.published))
            for failure in (f for f in found if isinstance(f, Failure)):
                complain(failure)
            articles = [a for a in found if isinstance(a, Article)]
    except Unreadable as error:
        complain(f"standard input: {error}")
        return 1
    if not articles:
        return 1
    if len(articles) > 1:
        complain(f"{options.file}: holds {len(articles)} articles; this is the first, {articles[0].id}")
    if not is_english(articles[0].text):
        complain(f"{articles[0].id}: language not read")
        return 0
    trace = explain_article(articles[0])
    if options.format == "json":
        sys.stdout.buffer.write(orjson.dumps(trace.to_json(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        sys.stdout.buffer.write(trace.to_text().encode("utf-8", "replace"))
    return 0


def run_evaluate(options: argparse.Namespace) -> int:
    for path in (options.gold, options.articles, options.against):
        if path is not None and not path.is_file():
            complain(f"{path}: no such file; check the name")
            return 1
    return evaluate.main(options.gold, options.articles, options.against, options.json)


def run_check_data() -> int:
    found = check_data.findings()
    for finding in found:
        print(finding)
    complain(f"{len(found)} findings" if found else check_data.summary())
    return 1 if found else 0


def main(arguments: Sequence[str] | None = None) -> int:
    top = parser()
    options = top.parse_args(arguments)
    try:
        if options.command == "extract":
            return run_extract(options, top)
        if options.command == "explain":
            return run_explain(options)
        if options.command == "evaluate":
            return run_evaluate(options)
        return run_check_data()
    except BrokenPipeError:
        # The reader of our output went away: that is no fault of the run.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
