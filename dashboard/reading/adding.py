"""From a batch into the register, as `python -m extractors extract` does it: one run, at whose end changed deals are joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.reading.drafts import Said
from dashboard.reading.job import ADDING, Added, Job, Read
from extractors import Article, Place, RegisterError, ReviewError, Together, Unstorable, open_register, rules_version

HELD = ("added", "changed", "unchanged")
OUTCOMES = (*HELD, "kept", "failed")
WHOLE = "it was stopped, and a batch is added as a whole or not at all."


def standings(place: Place, articles: Sequence[Article]) -> list[str]:
    """What the register holds of each article: `new`, `same`, or `other` where its id has another text, title, date, source or address.

    Raises `RegisterError`; a register that is not there yet holds nothing.
    """
    if place.path is not None and not place.path.exists():
        return ["new"] * len(articles)
    with open_register(place) as register:
        held = [register.article(article.id) for article in articles]
    return ["new" if one is None else "same" if one == article else "other" for one, article in zip(held, articles, strict=True)]


def steps(job: Job, place: Place, *, replacing: bool, who: str) -> Iterator[None]:
    """Adds what was read, in one step. Where the register has another article under an id, that is kept unless `replacing`."""
    job.state, job.done = ADDING, 0
    job.changes += 1
    yield
    try:
        job.added = add(job, place, replacing=replacing, who=who)
    except RegisterError as error:
        job.added = Added({}, str(error))


class Stopped(Exception):
    """Somebody asked the job to end."""


def add(job: Job, place: Place, *, replacing: bool, who: str) -> Added:
    """Fills the register: the articles with what `who` says of their records, all of them or, where something fails or the job is
    stopped, none. Raises `RegisterError`."""
    with open_register(place, create=True) as register, register.run("read", rules_version()) as changed:
        outcomes: list[str] = []
        stored: dict[str, Said] = {}
        try:
            with register.together() as changes:
                for read in job.reads:
                    if job.stopping.is_set():
                        raise Stopped(WHOLE)
                    outcomes.append(put(changes, job, read, replacing=replacing))
                    if outcomes[-1] in HELD:
                        stored.update({one: spoken(changes, said, who) for one, said in said_of(job, read)})
                    job.done += 1
                    job.changes += 1
        except (Stopped, ReviewError) as reason:
            return Added({}, str(reason))
        job.reads = [replace(read, held="same") if one in HELD else read for read, one in zip(job.reads, outcomes, strict=True)]
        before = job.drafts()
        for one, said in stored.items():
            job.say(one, said)
        counts = Counter(outcomes)
        changed.update({name: counts[name] for name in HELD})
    return Added({name: counts[name] for name in OUTCOMES}, reviews=before - job.drafts())


def put(changes: Together, job: Job, read: Read, *, replacing: bool) -> str:
    """Stores one article; says what became of it."""
    held = changes.article(read.article.id)
    if held is not None and held != read.article and not replacing:
        return "kept"
    try:
        return changes.replace(read.article, read.records)
    except Unstorable as error:
        job.fail(str(error))
        return "failed"


def said_of(job: Job, read: Read) -> Iterator[tuple[str, Said]]:
    """What was said of an article's records and is not stored."""
    for record in read.records:
        said = job.said.get(record.record_id)
        if said is not None and said.drafts:
            yield record.record_id, said


def spoken(changes: Together, said: Said, who: str) -> Said:
    """What was said of a record, once its drafts are stored."""
    return Said((*said.stored, *(changes.add_review(replace(one, who=who)) for one in said.drafts)))
