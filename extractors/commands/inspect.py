"""`explain`, `evaluate` and `check-data`: how articles are read, how well, and whether the tables are sound."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson

from extractors import check_data, evaluate
from extractors import explain as explain_article
from extractors.commands.common import complain, iso_date
from extractors.ingest.language import is_english
from extractors.ingest.read import Failure, read_inputs
from extractors.ingest.text import Unreadable, decoded
from extractors.model import Article


def add_explain_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="an article's file, or - for standard input")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--published", type=iso_date, metavar="YYYY-MM-DD", help="publication date if the file gives none")


def add_evaluate_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    command.add_argument("articles", type=Path, metavar="ARTICLES.jsonl")
    command.add_argument("--against", type=Path, metavar="RECORDS", help="an earlier run's records: list gains and losses")
    command.add_argument("--json", action="store_true", help="print the figures as JSON")


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
