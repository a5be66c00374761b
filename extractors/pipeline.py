"""The straight line from an article to its records: one call per stage.

gate -> mentions -> chunks -> frames -> modality -> claims -> discourse -> assembly
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.events.chunks import Chunk, CueMention, TriggerMention, chunks, lexical
from extractors.events.claims import Claim, claims
from extractors.events.discourse import resolve
from extractors.events.frames import Frame, frames
from extractors.events.idioms import idioms
from extractors.events.lists import OpenList, deal_context, goes_on, is_list_item, items, list_context, recipients_of
from extractors.events.notices import noticed
from extractors.events.phrases import describes, governing
from extractors.events.wordlists import LOCATIVE
from extractors.mentions.actors import ActorMention
from extractors.mentions.dates import inferred_year, names_event, written_on
from extractors.mentions.fold import fold, lower
from extractors.mentions.groups import Group
from extractors.mentions.reading import Reading, read
from extractors.mentions.systems import class_nouns, designations
from extractors.model import Article, Record, Span
from extractors.records.assemble import When, records

LEAD_SENTENCES = 3
# How many sentences after a deal "it also includes" still speaks of it.
CONTEXT_SENTENCES = 3


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
    claims: tuple[Claim, ...] = ()
    year: int | None = None


def analyse(article: Article) -> Analysis:
    """Runs the whole line over one article."""
    closed = gate(article)
    if closed:
        return Analysis(article, closed)
    written = written_on(fold(article.title), fold(article.text), article.published)
    inferred = None if article.published else written.year if written else inferred_year(fold(f"{article.title}\n{article.text}"))
    # Relative words need a day that is sure: the dateline's or the article's own, else one that an event named by its year gives.
    reference = (
        written
        or article.published
        or (date(inferred, 12, 31) if inferred and names_event(fold(f"{article.title}\n{article.text}")) else None)
    )
    readings: list[Reading] = []
    traces: list[SentenceTrace] = []
    lexicons = []
    order = 0
    for where, text in (("title", article.title), ("text", article.text)):
        if not text.strip():
            continue
        triggers, cues = lexical(fold(text))
        not_weapons = tuple((c.start, c.end) for c in cues if c.row.category == "not-weapon")
        reading = read(text, where, reference, not_weapons, frozenset(t.end for t in triggers if not describes(fold(text), t)))  # type: ignore[arg-type]
        readings.append(reading)
        lexicons.append((triggers, cues))
    focus = focus_of(readings)
    recipients: tuple[ActorMention, ...] = ()
    for reading, (triggers, cues) in zip(readings, lexicons, strict=True):
        if traces:
            recipients = next((named for t in traces if (named := recipients_of(t.row, t.frames))), ())
        for trace in sentence_traces(reading, triggers, cues, order, focus, recipients):
            traces.append(trace)
            order += 1
    topics = {order: party for order, trace in enumerate(traces) if (party := topic_of(trace.row)) is not None}
    found = resolve([claim for trace in traces for claim in trace.claims], readings, topics)
    found = noticed(found, readings)
    kept = [done(claim, reference) for claim in found if claim.buyer is not None]
    when = When(written if article.published and written else article.published, inferred)
    made = records(article, kept, readings, when)
    return Analysis(article, "", tuple(readings), tuple(traces), tuple(made), tuple(kept), when.year)


def done(claim: Claim, reference: date | None) -> Claim:
    """A nominal deal of a past year, with no cue that it was only planned, was done: "the 2010 sale of 18 vehicles"."""
    day = claim.date
    if (
        claim.standing.status == "delivered"
        and day is not None
        and day.year
        and reference is not None
        and day.year > reference.year
    ):
        # "delivery of 40 jets in 2018", told in 2013: it is on order
        return claim.with_(standing=replace(claim.standing, status="ordered"))
    past = (
        day is not None and day.year is not None and day.basis == "stated" and reference is not None and day.year < reference.year
    )
    bare = claim.frame in ("PURCHASE", "SALE", "DELIVERY") and claim.standing.status == "planned" and not claim.standing.cues
    return claim.with_(standing=replace(claim.standing, status="ordered")) if past and bare else claim


def topic_of(row: Sequence[Chunk]) -> ActorMention | None:
    """The state that a sentence is about: the first that no preposition governs, else an owner."""
    states = [(i, c.actor) for i, c in enumerate(row) if c.actor is not None and not c.actor.is_firm and c.actor.iso3]
    states.sort(key=lambda pair: pair[1].how == "leader")
    heads = [party for i, party in states if governing(row, i) == "" and (party.how != "demonym" or party.possessive)]
    owners = [party for _, party in states if party.possessive]
    owned = [o for c in row if c.group is not None for o in c.group.origins if o.possessive and o.iso3 and not o.is_firm]
    passing = [party for i, party in states if governing(row, i) not in LOCATIVE]
    return next(iter([*heads, *owners, *owned, *passing, *(party for _, party in states)]), None)


def gate(article: Article) -> str:
    """Why the article cannot hold a record, or empty: no weapon word in it, most news stops here."""
    text = fold(f"{article.title}\n{article.text}")
    if class_nouns().scan(lower(text)) or designations().scan(text):
        return ""
    return "no weapon word"


def sentence_traces(
    reading: Reading,
    triggers: list[TriggerMention],
    cues: list[CueMention],
    order: int,
    focus: Group | None,
    recipients: tuple[ActorMention, ...] = (),
) -> Iterator[SentenceTrace]:
    """The trace of each sentence of a reading, in order."""
    antecedent: Group | None = None
    opened: OpenList | None = None
    deal: OpenList | None = None
    told = -CONTEXT_SENTENCES
    aided: tuple[ActorMention, ...] = ()
    for number, sentence in enumerate(reading.sentences):
        row = chunks(reading, sentence, triggers)
        found = all_frames(row)
        inside = [c for c in cues if sentence.start <= c.start and c.end <= sentence.end]
        refused: list[str] = []
        if opened is not None and is_list_item(reading.folded, sentence, row):
            made = items(row, opened, recipients, sentence, order=order + number)
        elif deal is not None and number - told <= CONTEXT_SENTENCES and goes_on(row):
            made = items(row, deal, recipients, sentence, order=order + number)
            opened, told = deal, number
        elif any(c.row.category == "no-transfer" for c in inside):
            made, opened = [], None
            refused = [
                f"{c.form}: the sentence is about something else than a transfer"
                for c in inside
                if c.row.category == "no-transfer"
            ][:1]
        else:
            lead = reading.where == "title" or number < 1
            made, refused = claims(
                row, found, inside, sentence, reading.folded, antecedent, focus, lead=lead, order=order + number
            )
            if len({r.key for r in aided}) == 1:
                made = [
                    c.with_(buyer=aided[0], buyer_inferred=True) if c.buyer is None and c.frame == "PACKAGE" else c for c in made
                ]
            aided = recipients_of(row, [f for f in found if f.kind == "PACKAGE"]) or aided
            context = list_context(row, found)
            opened = OpenList(row, tuple(found), context, tuple(inside), tuple(made)) if context is not None else None
            spoken = deal_context(found)
            if spoken is not None and (made or spoken.roles.buyers or deal is None):
                deal, told = OpenList(row, tuple(found), spoken, tuple(inside), tuple(made)), number
            recipients = recipients_of(row, found) or recipients
        told_of = [c for c in made if c.item_of < 0]
        antecedent = told_of[-1].group if told_of else spoken_of(row) or antecedent
        yield SentenceTrace(sentence, row, tuple(found), tuple(inside), tuple(made), tuple(refused))


def spoken_of(row: Sequence[Chunk]) -> Group | None:
    """The one designation that a sentence without claims names: a later "136 of them" can be of those."""
    named = {c.group.name: c.group for c in row if c.group is not None and not c.group.is_class and not c.group.accessory}
    return next(iter(named.values())) if len(named) == 1 else None


def all_frames(row: Sequence[Chunk]) -> list[Frame]:
    """The frames of idioms and, outside what these cover, of triggers, in order."""
    fixed = idioms(row)
    free = [f for f in frames(row) if not any(start <= f.at < end for _, start, end in fixed)]
    return sorted([*(frame for frame, _, _ in fixed), *free], key=lambda f: f.at)


def focus_of(readings: list[Reading]) -> Group | None:
    """The one designation that the title names, else the one that the lead names; none where they name several."""
    for reading in readings:
        spans = reading.sentences if reading.where == "title" else reading.sentences[:LEAD_SENTENCES]
        named = [g for g in reading.groups if not g.is_class and any(s.start <= g.start < s.end for s in spans)]
        families = {g.head.row.family or g.name for g in named}
        if len(families) == 1:
            return named[0]
        if families:
            return None
    return None
