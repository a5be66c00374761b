"""The straight line from an article to its records: one call per stage.

    gate -> mentions -> chunks -> frames -> modality -> claims -> discourse -> assembly
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractors.events.chunks import Chunk, CueMention, TriggerMention, chunks, lexical
from extractors.events.claims import Claim, claims
from extractors.events.discourse import resolve
from extractors.events.frames import Frame, frames
from extractors.mentions.dates import inferred_year
from extractors.mentions.fold import fold, lower
from extractors.mentions.groups import Group
from extractors.mentions.reading import Reading, read
from extractors.mentions.systems import class_nouns, designations
from extractors.model import Article, Record, Span
from extractors.records.assemble import When, records

LEAD_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """What was seen in one sentence: its chunk row, frames, cues, claims, and refusals with their reasons."""

    sentence: Span
    row: tuple[Chunk, ...]
    frames: tuple[Frame, ...]
    cues: tuple[CueMention, ...]
    claims: tuple[Claim, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that one article gave, stage by stage."""

    article: Article
    gate: str
    readings: tuple[Reading, ...] = ()
    sentences: tuple[SentenceTrace, ...] = ()
    records: tuple[Record, ...] = ()


def analyse(article: Article) -> Analysis:
    """Runs the whole line over one article."""
    closed = gate(article)
    if closed:
        return Analysis(article, closed)
    inferred = None if article.published else inferred_year(fold(f"{article.title}\n{article.text}"))
    reference = article.published or (date(inferred, 12, 31) if inferred else None)
    readings, traces = [], []
    order = 0
    for where, text in (("title", article.title), ("text", article.text)):
        if not text.strip():
            continue
        triggers, cues = lexical(fold(text))
        not_weapons = tuple((c.start, c.end) for c in cues if c.row.category == "not-weapon")
        reading = read(text, where, reference, not_weapons, frozenset(t.end for t in triggers))  # type: ignore[arg-type]
        readings.append(reading)
        for trace in sentence_traces(reading, triggers, cues, order):
            traces.append(trace)
            order += 1
    found = resolve([claim for trace in traces for claim in trace.claims], readings)
    kept = [claim for claim in found if claim.buyer is not None]
    made = records(article, kept, readings, When(article.published, inferred))
    return Analysis(article, "", tuple(readings), tuple(traces), tuple(made))


def gate(article: Article) -> str:
    """Why the article cannot hold a record, or empty: no weapon word in it, most news stops here."""
    text = fold(f"{article.title}\n{article.text}")
    if class_nouns().scan(lower(text)) or designations().scan(text):
        return ""
    return "no weapon word"


def sentence_traces(reading: Reading, triggers: list[TriggerMention], cues: list[CueMention], order: int) -> Iterator[SentenceTrace]:
    """The trace of each sentence of a reading, in order."""
    antecedent: Group | None = None
    for number, sentence in enumerate(reading.sentences):
        row = chunks(reading, sentence, triggers)
        if not any(c.group or c.quantity for c in row):
            yield SentenceTrace(sentence, row, (), (), (), ())
            continue
        inside = [c for c in cues if sentence.start <= c.start and c.end <= sentence.end]
        found = frames(row)
        lead = reading.where == "title" or number < LEAD_SENTENCES
        made, refused = claims(row, found, inside, sentence, reading.folded, antecedent, lead=lead, order=order + number)
        antecedent = made[-1].group if made else antecedent
        yield SentenceTrace(sentence, row, tuple(found), tuple(inside), tuple(made), tuple(refused))
