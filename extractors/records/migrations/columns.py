"""Columns of a step, written down once more: a step must go on making what it made, whatever the program's columns are by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE, TRUTH, DAY = sa.BigInteger(), sa.Boolean(), sa.Date()
FLOAT: sa.Double[float] = sa.Double()


def columns(names: str, key: str, other: Mapping[Any, str] | None = None, required: bool = False) -> list[sa.Column[Any]]:
    """Columns by their names, all of text but those that `other` lists by type; with `required`, text may not be missing."""
    types = {name: kind for kind, listed in (other or {}).items() for name in listed.split()}
    return [
        sa.Column(
            name,
            types.get(name, TEXT),
            primary_key=name == key,
            nullable=name != key and not (required and name not in types),
            autoincrement=False,
        )
        for name in names.split()
    ]
