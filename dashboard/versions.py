"""What a page says of the program and of the register's state, and the measured figures that come with the program.

The files are found from this one, so that any working directory will do; where one is missing, the page says so.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from dashboard.source import Source
from extractors import open_register, rules_version

ROOT = Path(__file__).resolve().parent.parent
ACCURACY = ROOT / "docs" / "accuracy.json"
FAILURES = ROOT / "docs" / "known-failures.md"
FAILURE = re.compile(r"^### (?P<kind>[^\n]+)\n+(?:(?P<words>[^\n>]+)\n+)?> (?P<example>[^\n]+)", re.M)


@dataclass(frozen=True, slots=True)
class State:
    """A register's counts, its last run (`None` before the first), and how many of its records the present rules made."""

    label: str
    articles: int
    records: int
    deals: int
    current: int
    reviews: int
    run: dict[str, Any] | None


def state(source: Source) -> State:
    """The register's state. Raises `RegisterError`."""
    held = source.held()
    deals = held.machine
    assert deals.claims is not None
    with open_register(source.path) as register:
        runs = [run for run in register.runs() if run["finished"]]
        articles = register.count_articles()
    current = len(deals.claims.where("rules_version", rules_version()))
    said = sum(review.stands for review in held.reviews)
    return State(deals.label, articles, len(deals.claims), len(deals), current, said, runs[-1] if runs else None)


def program() -> str:
    """The program's version; empty where its project file is not at hand."""
    try:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return ""


def accuracy() -> dict[str, Any]:
    """The measured sets of docs/accuracy.json; empty where it is not at hand."""
    try:
        return dict(orjson.loads(ACCURACY.read_bytes()))
    except (OSError, orjson.JSONDecodeError):
        return {}


def failures() -> list[tuple[str, str, str]]:
    """Kind, description and example of every known failure; none where the page is not at hand."""
    try:
        text = FAILURES.read_text(encoding="utf-8")
    except OSError:
        return []
    return [(found["kind"], found["words"] or "", found["example"]) for found in FAILURE.finditer(text)]
