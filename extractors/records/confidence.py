"""How far a record can be trusted: the measured share of right records among those with the same signals.

A record's signals are a few plain facts about how the article words it: whether the buyer is named, whether a number stands in the
sentence, whether other years compete. Each has its points in `data/rules/confidence.csv`; the sum falls into a bin, and the bin's
measured share is the confidence. `scripts/measure_confidence.py` makes the table out of read articles with known records.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors import tables
from extractors.events.claims import Claim
from extractors.mentions.reading import Reading
from extractors.model import Record, Span

# Every signal with its levels.
SIGNALS: Mapping[str, tuple[str, ...]] = {
    "buyer": ("named", "force", "place or body", "inferred"),
    "buyer mentions": ("one", "few", "many"),
    "seller": ("in the sentence", "elsewhere", "none"),
    "quantity": ("in the sentence", "elsewhere", "none", "none beside a number"),
    "year": ("published", "dated", "inferred", "none"),
    "other year in the sentence": ("no", "yes"),
    "other years in the article": ("none or one", "more"),
    "system": ("plural", "singular", "taken up"),
    "records of the sentence": ("one", "more"),
    "records of the article": ("one", "more"),
    "claims": ("one", "more"),
    "deal type": ("known", "unknown"),
    "article": ("short", "long"),
}
MANY_MENTIONS = 5
LONG_ARTICLE = 1500
# A bin holds at least so many measured records.
BIN_RECORDS = 30


@dataclass(frozen=True, slots=True)
class Scale:
    """The points of every signal and, ascending, where the bins begin, with the confidence of each."""

    base: float
    points: Mapping[str, float]
    starts: tuple[float, ...]
    shares: tuple[float, ...]

    def total(self, found: Mapping[str, str]) -> float:
        """The sum of points, rounded so that it is the same on every machine."""
        return round(self.base + sum(self.points.get(key(*pair), 0.0) for pair in found.items()), 2)

    def confidence(self, found: Mapping[str, str]) -> float:
        """The share of the bin that the signals fall into."""
        return self.shares[max(0, bisect_right(self.starts, self.total(found)) - 1)]


def key(signal: str, level: str) -> str:
    return f"{signal}: {level}"


def share(right: int, records: int) -> float:
    """The share of right records to two decimals, rounded down: no confidence is higher than measured."""
    return (100 * right // records) / 100 if records else 0.0


@functools.cache
def scale() -> Scale:
    """The checked-in table."""
    return scale_of(tables.confidence())


def scale_of(rows: Iterable[tables.ConfidenceRow]) -> Scale:
    """The scale that the rows of a table make; the lowest bin takes all that is below it."""
    rows = tuple(rows)
    bins = sorted((row.points, row.confidence) for row in rows if row.kind == "bin")
    return Scale(
        sum(row.points for row in rows if row.kind == "base"),
        {row.signal: row.points for row in rows if row.kind == "signal"},
        tuple(start for start, _ in bins),
        tuple(share for _, share in bins),
    )


def rated(made: Sequence[Record], deals: Sequence[Sequence[Claim]], readings: Sequence[Reading]) -> list[Record]:
    """The records of an article, each with its confidence; `deals` are the claims behind each."""
    return [
        replace(record, confidence=scale().confidence(signals(record, deal, made, readings)))
        for record, deal in zip(made, deals, strict=True)
    ]


def signals(record: Record, deal: Sequence[Claim], made: Sequence[Record], readings: Sequence[Reading]) -> dict[str, str]:
    """The level of every signal of a record, in the order of `SIGNALS`; `made` are all records of the article."""
    sentence = Span(record.evidence_start or 0, record.evidence_end or 0, "title" if record.evidence_in == "title" else "text")
    dated = {
        d.year
        for r in readings
        if r.where == sentence.where
        for d in r.dates
        if sentence.start <= d.start < sentence.end and d.year
    }
    stated = {d.year for r in readings for d in r.dates if d.basis == "stated" and d.year}
    # The words of two records are compared by where they stand.
    together = sum((m.evidence_in, m.evidence_start) == (record.evidence_in, record.evidence_start) for m in made)
    if any(c.group.definite for c in deal):
        system = "taken up"
    else:
        system = "singular" if any(c.group.singular for c in deal) else "plural"
    return {
        "buyer": buyer_level(record, deal),
        "buyer mentions": mentions_level(record, readings),
        "seller": place_level(record, "seller", sentence),
        "quantity": quantity_level(record, made, readings, sentence),
        "year": {"stated": "dated", "relative": "dated"}.get(record.year_basis, record.year_basis),
        "other year in the sentence": "yes" if dated - {record.year} else "no",
        "other years in the article": "more" if len(stated - {record.year}) > 1 else "none or one",
        "system": system,
        "records of the sentence": "one" if together == 1 else "more",
        "records of the article": "one" if len(made) == 1 else "more",
        "claims": "one" if len(deal) == 1 else "more",
        "deal type": "unknown" if record.deal_type == "unknown" else "known",
        "article": "long" if sum(len(r.text) for r in readings) >= LONG_ARTICLE else "short",
    }


def words_of(record: Record, name: str) -> Span | None:
    spans = (record.spans or {}).get(name, ())
    return spans[0] if spans else None


def place_level(record: Record, name: str, sentence: Span) -> str:
    """Whether the words of a field stand in the sentence that makes the claim."""
    words = words_of(record, name)
    if words is None:
        return "none"
    inside = words.where == sentence.where and sentence.start <= words.start < sentence.end
    return "in the sentence" if inside else "elsewhere"


def buyer_level(record: Record, deal: Sequence[Claim]) -> str:
    """How the buyer is worded: by its name, its people or its leader; by a force; by a capital, seat or body; or inferred."""
    words = words_of(record, "buyer")
    parties = [(c.buyer, c.buyer_inferred) for c in deal if c.buyer is not None]
    if all(inferred for _, inferred in parties):
        return "inferred"
    how = next((b.how for b, _ in parties if words is not None and (b.start, b.where) == (words.start, words.where)), "")
    if how in ("name", "demonym", "leader"):
        return "named"
    return "force" if how == "force" else "place or body"


def mentions_level(record: Record, readings: Sequence[Reading]) -> str:
    """How often the article names the buyer: an article about one state tells of several of its deals."""
    count = sum(a.key == (record.buyer_iso3 or record.buyer) for r in readings for a in r.actors)
    return "one" if count <= 1 else "few" if count < MANY_MENTIONS else "many"


def quantity_level(record: Record, made: Sequence[Record], readings: Sequence[Reading], sentence: Span) -> str:
    """Where the number stands; for a record without one, whether the sentence holds a number that no record took."""
    level = place_level(record, "quantity", sentence)
    if level != "none":
        return level
    taken = {(s.where, s.start) for m in made for spans in (m.spans or {}).values() for s in spans}
    left = any(
        sentence.start <= q.start < sentence.end and (r.where, q.start) not in taken
        for r in readings
        if r.where == sentence.where
        for q in r.quantities
    )
    return "none beside a number" if left else "none"
