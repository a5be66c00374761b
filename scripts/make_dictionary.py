"""Writes docs/data-dictionary.md from the one definition of a record: `python scripts/make_dictionary.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, Column  # noqa: E402

TARGET = ROOT / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

The columns of records, deals and downloads, in the order in which every file, table and download has them. Made from
`extractors/model.py` by `scripts/make_dictionary.py`; a test holds the two together. `python -m extractors export` writes a longer one
beside its files, with the register's other tables. Empty means that no article says.
"""
PARTS = (
    ("Records", "One arms transfer that one article claims.", COLUMNS),
    ("Deals", "One deal, joined from the records of every article that tells of it.", DEAL_COLUMNS),
    (
        "Added by downloads",
        "The dashboard's downloads follow what people said of records and deals, unless they are asked not to.",
        REVIEW_COLUMNS,
    ),
)


def dictionary() -> str:
    """The page's text."""
    return HEAD + "".join(f"\n## {title}\n\n{meaning}\n\n{table(columns)}" for title, meaning, columns in PARTS)


def table(columns: Iterable[Column]) -> str:
    rows = (f"| `{c.name}` | {c.dtype} | {c.description.replace('|', '/')} |\n" for c in columns)
    return "| column | type | meaning |\n|---|---|---|\n" + "".join(rows)


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8")
