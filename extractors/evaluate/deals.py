"""How well records are joined into deals: pairwise and B-cubed F1 over stories whose deals are known.

A story is some articles and their deals; its articles are read, the records are joined, and each record that a gold deal names is
looked up in the outcome. Records that were not read are counted, and left out of both figures.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from extractors.model import Article, Record
from extractors.pipeline import analyse
from extractors.records.deal_claims import deal_claim
from extractors.records.deals import clusters
from extractors.records.export import to_row


@dataclass(frozen=True, slots=True)
class Figures:
    """`told` gold records, of which `read`; shares between 0 and 1."""

    deals: int
    told: int
    read: int
    pair_precision: float
    pair_recall: float
    pair_f1: float
    cubed_precision: float
    cubed_recall: float
    cubed_f1: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with the gold deal that it belongs to and the one that it was put into."""

    story: str
    gold: str
    deal: int
    record: Record


def stories(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def placed(story: Mapping[str, Any]) -> tuple[list[Placed], int]:
    """The story's gold records that were read, each with its deals; and how many gold records there are."""
    made: list[Record] = []
    for one in story["articles"]:
        day = date.fromisoformat(one["published"]) if one.get("published") else None
        article = Article(one["id"], one["text"], one.get("title", ""), day, one.get("source", ""), one.get("url", ""))
        made += analyse(article).records
    joined = clusters([deal_claim(to_row(r), i) for i, r in enumerate(made)])
    home = {claim.record_id: number for number, deal in enumerate(joined) for claim in deal}
    found, told, used = [], 0, set()
    for deal in story["deals"]:
        for gold in deal["records"]:
            told += 1
            match = next((r for r in made if r.record_id not in used and speaks_of(r, gold, deal)), None)
            if match is not None:
                used.add(match.record_id)
                found.append(Placed(story["id"], deal["id"], home[match.record_id], match))
    return found, told


def speaks_of(record: Record, gold: Mapping[str, Any], deal: Mapping[str, Any]) -> bool:
    if record.article_id != gold["article"] or deal["buyer"] not in (record.buyer_iso3, record.buyer):
        return False
    names = [plain(n) for n in (*gold.get("system", ()), deal["system"])]
    mine = [plain(record.system), plain(record.system_text)]
    if not any(a in b or b in a for a in names for b in mine if a and b):
        return False
    told, evidence = plain(gold["evidence"]), plain(record.evidence)
    return told in evidence or evidence in told


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def figures(all_stories: Sequence[Mapping[str, Any]]) -> tuple[Figures, list[Placed]]:
    """Both figures over the stories, and every record with its gold and its found deal."""
    everything: list[Placed] = []
    told = 0
    for story in all_stories:
        found, count = placed(story)
        everything += found
        told += count
    pairs = pair_counts(everything)
    precision, recall = cubed(everything, found_deal, gold_deal), cubed(everything, gold_deal, found_deal)
    return (
        Figures(
            sum(len(s["deals"]) for s in all_stories), told, len(everything),
            share(pairs[0], pairs[1]), share(pairs[0], pairs[2]), f1(share(pairs[0], pairs[1]), share(pairs[0], pairs[2])),
            precision, recall, f1(precision, recall),
        ),
        everything,
    )  # fmt: skip


def found_deal(one: Placed) -> object:
    return one.deal


def gold_deal(one: Placed) -> object:
    return one.gold


def pair_counts(everything: Iterable[Placed]) -> tuple[int, int, int]:
    """Pairs of records put together rightly, put together at all, and of one gold deal."""
    right = together = wanted = 0
    for a, b in combinations(everything, 2):
        if a.story != b.story:
            continue
        same, asked = a.deal == b.deal, a.gold == b.gold
        right += same and asked
        together += same
        wanted += asked
    return right, together, wanted


def cubed(everything: Sequence[Placed], by: Callable[[Placed], object], of: Callable[[Placed], object]) -> float:
    """The mean, over records, of the share of those grouped with it `by` one deal that are also `of` its other one (B-cubed)."""
    groups: dict[tuple[str, object], list[Placed]] = defaultdict(list)
    for one in everything:
        groups[one.story, by(one)].append(one)
    shares = [sum(of(p) == of(one) for p in group) / len(group) for group in groups.values() for one in group]
    return sum(shares) / len(shares) if shares else 0.0


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
