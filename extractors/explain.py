"""The trace of one article as text or JSON: mentions, triggers, frames, records, and what was refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.events.claims import Claim
from extractors.model import Article
from extractors.pipeline import Analysis, SentenceTrace, analyse
from extractors.records.confidence import key, scale, signals
from extractors.records.merge import clusters


@dataclass(frozen=True, slots=True)
class Trace:
    """What every stage saw in an article."""

    analysis: Analysis

    def to_text(self) -> str:
        """The trace for a reader, a few lines per sentence that holds a system or a claim."""
        return "\n".join(self._lines()) + "\n"

    def to_json(self) -> dict[str, Any]:
        """The trace as plain lists and dictionaries; offsets are code points into text or title."""
        a = self.analysis
        return {
            "article_id": a.article.id,
            "gate": a.gate or "open",
            "mentions": [m for r in a.readings for m in mentions(r)],
            "sentences": [sentence_json(t, a.claims) for t in a.sentences if t.frames or any(c.group for c in t.row)],
            "records": [
                record_json(r)
                | {"claims": [claim_json(c) for c in deal], "signals": points(signals(r, deal, a.records, a.readings))}
                for r, deal in zip(a.records, clusters(a.claims, a.year), strict=True)
            ],
        }

    def _lines(self) -> Iterator[str]:
        a = self.analysis
        yield f"article {a.article.id}"
        if a.gate:
            yield f"gate: closed, {a.gate}"
            return
        texts = {r.where: r.text for r in a.readings}
        for trace in a.sentences:
            if not trace.frames and not any(c.group for c in trace.row):
                continue
            s = trace.sentence
            yield f"\n[{s.where} {s.start}-{s.end}] {texts[s.where][s.start : s.end]}"
            for chunk in trace.row:
                if chunk.kind in ("actor", "group", "quantity", "money", "date"):
                    yield f"  mention  {describe(chunk.kind, texts[s.where][chunk.start : chunk.end], chunk)}"
            for frame in trace.frames:
                roles = ", ".join(
                    f"{name} {' + '.join(trace.row[i].text for i in positions)}"
                    for name, positions in (
                        ("buyer", frame.roles.buyers),
                        ("seller", frame.roles.sellers),
                        ("system", frame.roles.systems),
                    )
                    if positions
                )
                yield f"  trigger  {trace.row[frame.at].text!r} rule {frame.rule}, frame {frame.kind}: {roles or 'no role filled'}"
            for claim in trace.claims:
                cues = ", ".join(f"{c.form!r} ({c.row.id})" for c in claim.standing.cues) or "none"
                yield f"  claim    {claim.group.name}: {claim.standing.status} by {claim.rule}; cues {cues}"
            for reason in trace.refused:
                yield f"  refused  {reason}"
            for claim in trace.claims:
                if not any(claim_in(claim.group.head.start, r.spans) for r in a.records):
                    yield f"  refused  {claim.group.name}: no buyer is named, or the claim is part of another record"
        yield f"\nrecords: {len(a.records)}"
        for r, deal in zip(a.records, clusters(a.claims, a.year), strict=True):
            count = "" if r.quantity is None else f" {r.quantity} ({r.quantity_note})"
            yield f"  {r.record_id}  {r.buyer} <- {r.seller or 'unknown seller'}: {r.system}{count}, {r.status}, year {r.year or 'unknown'} ({r.year_basis}), rule {r.rule}, confidence {r.confidence}"
            found = points(signals(r, deal, a.records, a.readings))
            yield "    signals " + ", ".join(f"{name} {worth:+.2f}" for name, worth in found.items())


def claim_in(start: int, spans: Any) -> bool:
    return any(s.start <= start < s.end for s in (spans or {}).get("system", ()))


def unrecorded(trace: SentenceTrace, kept: Sequence[Claim]) -> list[str]:
    """The claims of a sentence that none of the claims behind records took up."""
    places = {(c.where, c.group.head.start) for c in kept}
    lost = [c for c in trace.claims if (c.where, c.group.head.start) not in places]
    return [f"{c.group.name}: no buyer was found for it" for c in lost]


def points(found: Mapping[str, str]) -> dict[str, float]:
    """The signals of a record, each with what it adds to the confidence's sum."""
    return {key(*one): scale().points.get(key(*one), 0.0) for one in found.items()}


def claim_json(claim: Claim) -> dict[str, Any]:
    """One claim behind a record: its sentence and trigger by place, its rule, its status and the cues that gave it."""
    return {
        "where": claim.where,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "trigger": [claim.trigger.start, claim.trigger.end],
        "rule": claim.rule,
        "frame": claim.frame,
        "system": claim.group.name,
        "status": claim.standing.status,
        "cues": [{"rule": c.row.id, "words": c.form, "start": c.start, "end": c.end} for c in claim.standing.cues],
        "inferred": [name for name, on in (("buyer", claim.buyer_inferred), ("seller", claim.seller_inferred)) if on],
    }


def describe(kind: str, words: str, chunk: Any) -> str:
    if chunk.actor is not None:
        return f"actor    {words!r} -> {chunk.actor.key} ({chunk.actor.how})"
    if chunk.group is not None:
        g = chunk.group
        count = "" if g.quantity is None else f", count {g.quantity.low} ({g.quantity.note})"
        origins = "".join(f", origin {o.key}" for o in g.origins)
        return f"system   {words!r} -> {g.name} [{g.type}]{count}{origins}"
    if chunk.date is not None:
        return f"date     {words!r} -> {chunk.date.year} ({chunk.date.basis})"
    if chunk.money is not None:
        return f"money    {words!r} -> {chunk.money.currency} {chunk.money.amount:.0f}"
    return f"{kind:8} {words!r}"


def mentions(reading: Any) -> Iterator[dict[str, Any]]:
    """Every mention of a reading with its kind, offsets and what it stands for."""
    for actor in reading.actors:
        yield {"kind": "actor", "start": actor.start, "end": actor.end, "where": reading.where, "is": actor.key, "how": actor.how}
    for system in reading.systems:
        yield {
            "kind": "system",
            "start": system.start,
            "end": system.end,
            "where": reading.where,
            "is": system.name,
            "type": system.row.type,
        }
    for quantity in reading.quantities:
        yield {
            "kind": "quantity",
            "start": quantity.start,
            "end": quantity.end,
            "where": reading.where,
            "is": quantity.low,
            "note": quantity.note,
        }
    for money in reading.money:
        yield {
            "kind": "money",
            "start": money.start,
            "end": money.end,
            "where": reading.where,
            "is": money.amount,
            "currency": money.currency,
        }
    for day in reading.dates:
        yield {"kind": "date", "start": day.start, "end": day.end, "where": reading.where, "is": day.year, "basis": day.basis}


def sentence_json(trace: SentenceTrace, kept: Sequence[Claim]) -> dict[str, Any]:
    s = trace.sentence
    return {
        "where": s.where,
        "start": s.start,
        "end": s.end,
        "triggers": [
            {
                "rule": f.rule,
                "frame": f.kind,
                "start": trace.row[f.at].start,
                "end": trace.row[f.at].end,
                "buyers": [trace.row[i].actor.key for i in f.roles.buyers],  # type: ignore[union-attr]
                "sellers": [trace.row[i].actor.key for i in f.roles.sellers],  # type: ignore[union-attr]
                "systems": [trace.row[i].group.name for i in f.roles.systems],  # type: ignore[union-attr]
            }
            for f in trace.frames
        ],
        "cues": [{"rule": c.row.id, "category": c.row.category, "start": c.start, "end": c.end} for c in trace.cues],
        "claims": [{"system": c.group.name, "status": c.standing.status, "rule": c.rule} for c in trace.claims],
        "refused": [*trace.refused, *unrecorded(trace, kept)],
    }


def record_json(record: Any) -> dict[str, Any]:
    names = (
        "record_id",
        "buyer",
        "seller",
        "system",
        "quantity",
        "year",
        "year_basis",
        "status",
        "rule",
        "confidence",
        "evidence",
    )
    return {name: getattr(record, name) for name in names}


def explain(article: Article) -> Trace:
    """The trace of one article."""
    return Trace(analyse(article))
