"""Measures the open set, the briefs of seeds/, and any further DIR with gold, and writes docs/accuracy.md and the README's table of figures.

`python scripts/make_accuracy.py [DIR ...]`. The figures are kept in docs/accuracy.json, so that those of a set that is not at hand
stay as they were last measured. Known failures are written by hand, in docs/known-failures.md.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.evaluate.figures import gap, measure  # noqa: E402
from extractors.evaluate.files import EvaluationError, Set, files_of, load  # noqa: E402
from extractors.evaluate.page import kept, page, short_table  # noqa: E402

KEPT = ROOT / "docs" / "accuracy.json"
PAGE = ROOT / "docs" / "accuracy.md"
FAILURES = ROOT / "docs" / "known-failures.md"
README = ROOT / "README.md"
OPEN = ROOT / "tests" / "open_set"
BRIEFS = ROOT / "tests" / "seeds"
FIGURES = re.compile(r"(?<=<!-- figures: made by make accuracy -->\n).*?(?=<!-- end of figures -->)", re.S)


def set_of(folder: Path) -> Set:
    """The set in a folder with gold; the texts of the briefs stand in seeds/."""
    return load(folder / "gold.jsonl", ROOT / "seeds") if folder.resolve() == BRIEFS else load(*files_of(folder))


def measured(folder: Path) -> tuple[str, dict[str, Any]]:
    """The name of the set in a folder, and its figures."""
    found = set_of(folder)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return found.name, kept(found, measure(found), gap(found))


def known() -> dict[str, Any]:
    return dict(orjson.loads(KEPT.read_bytes())) if KEPT.exists() else {}


def accuracy_page(sets: dict[str, Any]) -> str:
    return page(sets, FAILURES.read_text(encoding="utf-8"))


def readme(sets: dict[str, Any]) -> str:
    """The README with its table of figures made anew."""
    text = README.read_text(encoding="utf-8")
    if not FIGURES.search(text):
        raise EvaluationError("README.md: the marks around the table of figures are gone")
    return FIGURES.sub(lambda _: f"\n{short_table(sets)}\n", text)


def main(folders: list[str]) -> int:
    sets = known()
    try:
        sets.update(measured(folder) for folder in dict.fromkeys((*(Path(f).resolve() for f in folders), OPEN, BRIEFS)))
        sets = dict(sorted(sets.items()))
        made = {PAGE: accuracy_page(sets), README: readme(sets)}
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    KEPT.write_bytes(orjson.dumps(sets, option=orjson.OPT_APPEND_NEWLINE))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
