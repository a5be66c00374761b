"""Figures of a part, each with a 95 % interval by resampling articles.

Articles are drawn with replacement, as many as there are; a figure's interval holds the middle 95 % of its values over the draws.
The draws come from a fixed seed, so that the same counts always give the same interval.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.evaluate.compare import Changes, changes
from extractors.evaluate.files import Set
from extractors.evaluate.match import Predicted
from extractors.evaluate.score import GROUPS, Share, Tally, figure_shares, group_shares, score, values_of

DRAWS = 2000
# The parts whose gap is shown, and the part of which only totals may be seen.
TUNED, HELD_OUT = "tune", "confirm"
COUNTS = "gold predicted found tuple missed spurious repeated ignored negatives articles".split()

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its two counts and its interval; nothing where there is nothing to count."""

    value: float | None
    right: int
    of: int
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {"value": self.value, "low": self.low, "high": self.high, "right": self.right, "of": self.of}


@dataclass(slots=True)
class Measured:
    """Everything that is told of one part of a set."""

    figures: dict[str, Figure]
    groups: dict[str, dict[str, dict[str, Figure]]]
    counts: Counter[str]
    rules: dict[str, Counter[str]] | None
    changes: Changes | None = None

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "figures": {name: figure.to_json() for name, figure in self.figures.items()},
            "by": {
                group: {value: {name: f.to_json() for name, f in row.items()} for value, row in rows.items()}
                for group, rows in self.groups.items()
            },
            "counts": {name: self.counts[name] for name in (*COUNTS, "spurious in negatives")},
        }
        if self.rules is not None:
            found["rules"] = {rule: {k: n[k] for k in ("fired", "right", "wrong")} for rule, n in sorted(self.rules.items())}
        if self.changes is not None:
            found["against"] = self.changes.to_json()
        return found


class Draws:
    """The summed counts of every draw of articles, for any number of figures."""

    def __init__(self, articles: Sequence[Mapping[str, int]], seed: int = 1) -> None:
        self.keys = {key: i for i, key in enumerate(sorted({key for n in articles for key in n}))}
        table = np.zeros((len(articles), len(self.keys)))
        for at, counted in enumerate(articles):
            for key, n in counted.items():
                table[at, self.keys[key]] = n
        chance, many = random.Random(seed), range(len(articles))
        self.once: Numbers = table.sum(axis=0)
        self.drawn: Numbers = np.zeros((DRAWS, len(self.keys)))
        for draw in range(DRAWS if articles else 0):
            self.drawn[draw] = np.bincount(chance.choices(many, k=len(articles)), minlength=len(articles)) @ table

    def _column(self, sums: Numbers, names: Sequence[str]) -> Any:
        return sum((sums[..., self.keys[name]] for name in names if name in self.keys), start=np.zeros(sums.shape[:-1]))

    def values(self, share: Share) -> Numbers:
        """The share in every draw; not a number where the draw has nothing to count."""
        above, below = self._column(self.drawn, share.above), self._column(self.drawn, share.below)
        return np.divide(above, below, out=np.full(DRAWS, np.nan), where=below > 0)  # type: ignore[no-any-return]

    def figure(self, share: Share) -> Figure:
        right, of = int(self._column(self.once, share.above)), int(self._column(self.once, share.below))
        if not of:
            return Figure(None, right, of)
        return Figure(right / of, right, of, *middle(self.values(share)))


def middle(values: Numbers) -> tuple[float, float]:
    """The middle 95 % of the values that are numbers."""
    low, high = np.percentile(values[~np.isnan(values)], [2.5, 97.5])
    return float(low), float(high)


def measure(found: Set, before: Mapping[str, Sequence[Predicted]] | None = None) -> dict[str, Measured]:
    """The figures of every part of a set, and with the records of an earlier run what has changed since.

    Rules are told only where no held-out article is among the articles: they would point at its errors.
    """
    result = {}
    for part, golds in found.parts().items():
        records = {k: g["records"] for k, g in golds.items()}
        tally = score(records, found.predictions, found.sources)
        draws = Draws(list(tally.articles.values()))
        counts = tally.counts()
        held_out = any(g.get("part") == HELD_OUT for g in golds.values())
        result[part] = Measured(
            {name: draws.figure(share) for name, share in figure_shares().items()},
            {group: grouped(draws, counts, group) for group in GROUPS},
            counts,
            None if held_out else dict(tally.rules),
        )
        if before is not None:
            earlier = score(records, before, found.sources)
            hidden = {k for k, g in golds.items() if g.get("part") == HELD_OUT}
            result[part].changes = changes(records, earlier, tally, hidden)
    return result


def grouped(draws: Draws, counts: Mapping[str, int], group: str) -> dict[str, dict[str, Figure]]:
    return {
        value: {name: draws.figure(share) for name, share in group_shares(f"{group}/{value}/").items()}
        for value in values_of(counts, group)
    }


def gap(found: Set) -> Figure | None:
    """By how much `tuple` F1 is higher on the part that was tuned on; each part's articles are resampled by themselves."""
    parts = found.parts()
    if not {TUNED, HELD_OUT} <= parts.keys():
        return None
    share = figure_shares()["tuple f1"]
    tallies: list[Tally] = [
        score({k: g["records"] for k, g in parts[part].items()}, found.predictions) for part in (TUNED, HELD_OUT)
    ]
    tuned, held_out = (Draws(list(t.articles.values()), seed) for seed, t in enumerate(tallies, 1))
    a, b = tuned.figure(share), held_out.figure(share)
    if a.value is None or b.value is None:
        return None
    return Figure(a.value - b.value, 0, 0, *middle(tuned.values(share) - held_out.values(share)))
