"""Scores extracted records against gold records: figures with intervals, by field, status, type, source and rule.

`match` decides which records agree, `score` counts, `figures` makes shares and intervals of the counts, `compare` tells two
runs apart, `report` prints, `page` writes Markdown, `ratchet` holds what was reached.
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from extractors.evaluate.figures import gap, measure
from extractors.evaluate.files import EvaluationError, load, read_gold, read_records
from extractors.evaluate.match import TUPLE, Predicted, agreement, pairs, qualifies, uncounted
from extractors.evaluate.report import lines


def main(gold: Path, articles: Path, against: Path | None = None, as_json: bool = False) -> int:
    """Prints the figures of all articles and of each part; with `against`, what an earlier run's records had right and lost."""
    try:
        found = load(gold, articles)
        before = read_records(against) if against is not None else None
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 1
    parts, between = measure(found, before), gap(found)
    if as_json:
        result = {
            "set": {"name": found.name, "gold_sha256": found.sha256},
            "parts": {name: measured.to_json() for name, measured in parts.items()},
            "gap": between and {name: getattr(between, name) for name in ("value", "low", "high")},
        }
        sys.stdout.buffer.write(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        for line in lines(parts, between):
            print(line)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return 1 if found.problems else 0


__all__ = ["TUPLE", "Predicted", "agreement", "main", "pairs", "qualifies", "read_gold", "uncounted"]
