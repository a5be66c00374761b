"""`gold`: what people checked in a register, as a set that `evaluate` scores against."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from extractors.commands.common import add_register, complain, opened
from extractors.records.export import write_whole
from extractors.records.gold import article_line, checked, gold_line
from extractors.records.judged import judge

FILES = ("gold.jsonl", "articles.jsonl")


def add_gold_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, metavar="DIR", help="where gold.jsonl and articles.jsonl go, in place of earlier ones"
    )
    add_register(command, "whose reviews to write")


def run_gold(options: argparse.Namespace) -> int:
    """Writes the articles whose every record was reviewed; 1 where there is none, or where the folder cannot be written."""
    with opened(options) as register:
        state = register.state()
        found, partly = checked(judge(state.records, state.joined, state.reviews).records)
        held = [article for one in sorted(found) if (article := register.article(one)) is not None]
    left_out = f"; {partly} left out, for not all of their records were reviewed" if partly else ""
    if not held:
        complain(f"no article was reviewed whole{left_out}: confirm, correct or reject each record of an article first")
        return 1
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        write_whole(options.folder / FILES[0], lines(gold_line(article, found[article.id]) for article in held))
        write_whole(options.folder / FILES[1], lines(map(article_line, held)))
    except OSError as error:
        complain(f"{options.folder}: cannot be written ({error.strerror}); check the folder and its permissions")
        return 1
    records = sum(len(found[article.id]) for article in held)
    complain(f"{options.folder}: {len(held)} articles with {records} records written{left_out}")
    return 0


def lines(rows: Iterable[dict[str, Any]]) -> bytes:
    """One object per line."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)
