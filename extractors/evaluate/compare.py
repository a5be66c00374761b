"""What an earlier run had right and this one has not, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.evaluate.match import Predicted
from extractors.evaluate.score import Tally


@dataclass(slots=True)
class Changes:
    """How many gold records were gained and lost and false records dropped and added, and a line for each that may be shown."""

    totals: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[str, str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        names = ("gained", "lost", "false dropped", "false added")
        return {**{name: self.totals[name] for name in names}, "listed": [list(line) for line in self.listed]}


def changes(
    golds: Mapping[str, Sequence[Mapping[str, Any]]], before: Tally, after: Tally, hidden: set[str] | frozenset[str] = frozenset()
) -> Changes:
    """Gains and losses between two runs; of hidden articles only the totals."""
    found = Changes()
    for kind, article, what in all_changes(golds, before, after):
        found.totals[kind] += 1
        if article not in hidden:
            found.listed.append((kind, article, what))
    return found


def all_changes(golds: Mapping[str, Sequence[Mapping[str, Any]]], before: Tally, after: Tally) -> Iterator[tuple[str, str, str]]:
    for article, records in golds.items():
        for j, gold in enumerate(records):
            was, now = (article, j) in before.right, (article, j) in after.right
            if was != now:
                yield ("gained" if now else "lost"), article, gold_words(gold)
        then, since = Counter(before.false.get(article, ())), Counter(after.false.get(article, ()))
        for kind, some in (("false dropped", then), ("false added", since)):
            other = since if some is then else then
            # Rules may be renamed between runs, and an earlier file may name none: the fields decide.
            rest = Counter(map(fields_of, some.elements())) - Counter(map(fields_of, other.elements()))
            for words in sorted(rest.elements()):
                yield kind, article, words


def fields_of(record: Predicted) -> str:
    return line(record.buyer, record.seller, record.system, record.quantity, record.year, record.status)


def gold_words(gold: Mapping[str, Any]) -> str:
    names = ("buyer", "seller", "system", "quantity", "year", "status")
    return line(*((gold.get(name) or [None])[0] for name in names))


def line(buyer: Any, seller: Any, system: Any, quantity: Any, year: Any, status: Any) -> str:
    number = "" if quantity is None else f"{quantity} "
    return f"{buyer or '?'} <- {seller or '?'}: {number}{system}, {status or '?'}, {year or 'no year'}"
