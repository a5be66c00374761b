"""Records of one article that one sum pays for: a package, whose value is counted once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Record, Span


def with_packages(made: Sequence[Record]) -> list[Record]:
    """The records, those that share the words of a sum marked as one package: 16 hex digits of sha256 over article and place of the sum."""
    shared = Counter(span for one in made if (span := priced_at(one)) is not None)
    return [
        replace(one, value_scope="package", package_id=package_id(one.article_id, span))
        if (span := priced_at(one)) is not None and shared[span] > 1
        else one
        for one in made
    ]


def priced_at(record: Record) -> Span | None:
    """Where the words of the record's value stand."""
    spans = (record.spans or {}).get("value", ())
    return spans[0] if spans and record.value is not None else None


def package_id(article_id: str, span: Span) -> str:
    return hashlib.sha256(f"package\x1f{article_id}\x1f{span.where}\x1f{span.start}".encode()).hexdigest()[:16]
