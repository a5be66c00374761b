"""Ids of deals that survive new articles, merges and splits.

A deal that shares records with earlier ones takes over the id of the one of which it holds the most; earlier ids that no deal keeps
redirect to the deal that holds most of their records. A new deal is named after its first record.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence


def founded(record_id: str) -> str:
    """The id of a new deal: 16 hex digits of sha256 over its first record's id."""
    return hashlib.sha256(f"deal\x1f{record_id}".encode()).hexdigest()[:16]


def assign(
    deals: Sequence[Sequence[str]], before: Mapping[str, str], elsewhere: Collection[str] = frozenset()
) -> tuple[list[str], dict[str, str]]:
    """Ids of the deals (each its record ids, first one first), and old id -> new id for ids that are no longer a deal's.

    `before` is record id -> deal id of the earlier run, of the same blocks. Deterministic: the larger share wins, then the smaller id, then
    the deal with the smaller record id. No deal gets an id that one `elsewhere`, of another block, has.
    """
    used = {*before.values(), *elsewhere}
    shares: list[tuple[int, str, str, int]] = []
    for place, records in enumerate(deals):
        for old, count in Counter(before[r] for r in records if r in before).items():
            shares.append((-count, old, min(records), place))
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, _, place in sorted(shares):
        if place not in ids and old not in taken:
            ids[place] = old
            taken.add(old)
    for place, records in enumerate(deals):
        if place not in ids:
            fresh = founded(records[0])
            number = 1
            while fresh in taken or fresh in used:
                fresh, number = founded(f"{records[0]}\x1f{number}"), number + 1
            ids[place] = fresh
            taken.add(fresh)
    redirects: dict[str, str] = {}
    for _, old, _, place in sorted(shares):
        if old not in taken:
            redirects.setdefault(old, ids[place])
    return [ids[place] for place in range(len(deals))], redirects
