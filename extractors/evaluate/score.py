"""Counts agreement, article by article, so that figures can be made of any part of a set and resampled by article.

`tuple` counts pairs with buyer, system, quantity and year all right. Gold records marked optional or domestic count neither
for nor against.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.evaluate.match import FIELDS, TUPLE, Predicted, agreement, pairs, qualifies, uncounted
from extractors.model import STATUSES

# What records are grouped by: the extracted record's own value for what was extracted, the gold's first for what was to be found.
GROUPS = ("status", "type", "source")


@dataclass(slots=True)
class Tally:
    """The counts of each article, and by rule how often it fired and was right or wrong about the tuple."""

    articles: dict[str, Counter[str]] = field(default_factory=dict)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    right: dict[tuple[str, int], Predicted] = field(default_factory=dict)
    false: dict[str, list[Predicted]] = field(default_factory=lambda: defaultdict(list))

    def counts(self) -> Counter[str]:
        """The counts of all articles together."""
        total: Counter[str] = Counter()
        for counted in self.articles.values():
            total.update(counted)
        return total


def first(gold: Mapping[str, Any], name: str) -> str:
    return str((gold.get(name) or ["none"])[0])


def score(
    golds: Mapping[str, Sequence[dict[str, Any]]],
    predictions: Mapping[str, Sequence[Predicted]],
    sources: Mapping[str, str] | None = None,
) -> Tally:
    """Counts over all gold articles."""
    tally = Tally()
    for article, gold in golds.items():
        source = (sources or {}).get(article, "none")
        tally.articles[article] = score_article(tally, article, gold, predictions.get(article, ()), source)
    return tally


def score_article(
    tally: Tally, article: str, gold: Sequence[dict[str, Any]], predicted: Sequence[Predicted], source: str
) -> Counter[str]:
    n = Counter({"articles": 1, "negatives": not gold, f"source/{source}/articles": 1})
    matched = pairs(predicted, gold)
    for i, j, agrees in matched:
        ours, theirs = predicted[i], gold[j]
        if uncounted(theirs):
            n["ignored"] += 1
            continue
        exact = all(agrees[name] for name in TUPLE)
        n.update(("found", *(f"right {name}" for name in FIELDS if agrees[name])))
        n.update(hard_fields(theirs, agrees))
        count_predicted(n, ours, source, exact)
        count_gold(n, theirs, source, found=True, exact=exact)
        tally.rules[ours.rule].update(("fired", "right" if exact else "wrong"))
        if exact:
            tally.right[article, j] = ours
    taken = {i for i, _, _ in matched}
    for i, ours in enumerate(predicted):
        if i in taken:
            continue
        again = [g for g in gold if qualifies(ours, g, agreement(ours, g))]
        if again and all(uncounted(g) for g in again):
            n["ignored"] += 1
            continue
        n["repeated" if again else "spurious"] += 1
        n["spurious in negatives"] += not gold
        count_predicted(n, ours, source, exact=False)
        tally.rules[ours.rule].update(("fired", "wrong"))
        tally.false[article].append(ours)
    found = {j for _, j, _ in matched}
    for j, theirs in enumerate(gold):
        if j not in found and not uncounted(theirs):
            n["missed"] += 1
            count_gold(n, theirs, source, found=False, exact=False)
    return n


def hard_fields(gold: Mapping[str, Any], agrees: Mapping[str, bool]) -> Iterable[str]:
    """Counts of the fields that are easily right by default: a stated number, a year that is not the article's, each status."""
    if any(q is not None for q in gold.get("quantity", ())):
        yield from ("gold number", "right number") if agrees["quantity"] else ("gold number",)
    years = [y for y in gold.get("year", ()) if y is not None]
    if years and gold.get("published") not in years:
        yield from ("gold other year", "right other year") if agrees["year"] else ("gold other year",)
    status = first(gold, "status")
    yield from (f"gold status {status}", f"right status {status}") if agrees["status"] else (f"gold status {status}",)


def count_predicted(n: Counter[str], ours: Predicted, source: str, exact: bool) -> None:
    for group in ("", f"status/{ours.status}/", f"type/{ours.type}/", f"source/{source}/"):
        n[f"{group}predicted"] += 1
        n[f"{group}exact"] += exact


def count_gold(n: Counter[str], theirs: Mapping[str, Any], source: str, *, found: bool, exact: bool) -> None:
    groups = ("", f"status/{first(theirs, 'status')}/", f"type/{first(theirs, 'type')}/", f"source/{source}/")
    for group in groups:
        n[f"{group}gold"] += 1
        n[f"{group}tuple"] += exact
        if group:
            n[f"{group}found"] += found


@dataclass(frozen=True, slots=True)
class Share:
    """A figure as one sum of counts over another: every figure is one, F1 too (twice the right over extracted plus gold)."""

    above: tuple[str, ...]
    below: tuple[str, ...]


def figure_shares() -> dict[str, Share]:
    """The figures of a part by name, in the order in which they are shown."""
    found = {}
    for name in ("tuple", "found"):
        found[f"{name} precision"] = Share((name,), ("predicted",))
        found[f"{name} recall"] = Share((name,), ("gold",))
        found[f"{name} f1"] = Share((name, name), ("predicted", "gold"))
    found |= {f"field {name}": Share((f"right {name}",), ("found",)) for name in FIELDS}
    found["stated number"] = Share(("right number",), ("gold number",))
    found["other year"] = Share(("right other year",), ("gold other year",))
    found |= {f"status {name}": Share((f"right status {name}",), (f"gold status {name}",)) for name in STATUSES}
    found["false per negative"] = Share(("spurious in negatives",), ("negatives",))
    return found


def group_shares(group: str) -> dict[str, Share]:
    """The figures of one value of a group, whose counts are named `status/ordered/gold` and so on."""
    return {
        "precision": Share((f"{group}exact",), (f"{group}predicted",)),
        "recall": Share((f"{group}tuple",), (f"{group}gold",)),
        "f1": Share((f"{group}exact", f"{group}tuple"), (f"{group}predicted", f"{group}gold")),
        "found": Share((f"{group}found",), (f"{group}gold",)),
    }


def values_of(counts: Mapping[str, int], group: str) -> list[str]:
    """The values of a group that occur, most gold records first."""
    names = {key.split("/", 1)[1].rpartition("/")[0] for key in counts if key.startswith(f"{group}/")}
    return sorted(names, key=lambda name: (-counts.get(f"{group}/{name}/gold", 0), name))
