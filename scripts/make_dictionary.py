"""Writes docs/data-dictionary.md from the one definition of a record: `python scripts/make_dictionary.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors import COLUMNS  # noqa: E402

TARGET = ROOT / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

The columns of a record, in the order in which every file, table and download has them. Made from `extractors/model.py` by
`scripts/make_dictionary.py`; a test holds the two together. Empty means that the article does not say.

| column | type | meaning |
|---|---|---|
"""


def dictionary() -> str:
    """The page's text."""
    return HEAD + "".join(f"| `{c.name}` | {c.dtype} | {c.description.replace('|', '/')} |\n" for c in COLUMNS)


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8")
