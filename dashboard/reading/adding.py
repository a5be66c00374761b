"""From a batch into the register, as `python -m extractors extract` does it: one run, at whose end changed deals are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.reading.job import ADDING, Added, Job
from extractors import Article, Place, RegisterError, Unstorable, open_register, rules_version

OUTCOMES = ("added", "changed", "unchanged", "kept", "failed")


def standings(place: Place, articles: Sequence[Article]) -> list[str]:
    """What the register holds of each article: `new`, `same`, or `other` where its id has another text, title, date, source or address.

    Raises `RegisterError`; a register that is not there yet holds nothing.
    """
    if place.path is not None and not place.path.exists():
        return ["new"] * len(articles)
    with open_register(place) as register:
        held = [register.article(article.id) for article in articles]
    return ["new" if one is None else "same" if one == article else "other" for one, article in zip(held, articles, strict=True)]


def steps(job: Job, place: Place, *, replacing: bool) -> Iterator[None]:
    """Adds what was read, in one step. Where the register has another article under an id, that is kept unless `replacing`."""
    job.state, job.done = ADDING, 0
    job.changes += 1
    yield
    counts = dict.fromkeys(OUTCOMES, 0)
    problem = ""
    try:
        add(job, place, counts, replacing=replacing)
    except RegisterError as error:
        problem = str(error)
    job.added = Added(counts, problem)


def add(job: Job, place: Place, counts: dict[str, int], *, replacing: bool) -> None:
    """Fills the register and the counts; ends early where the job is asked to stop. Raises `RegisterError`."""
    with open_register(place, create=True) as register, register.run("read", rules_version()) as changed:
        for number, read in enumerate(job.reads):
            if job.stopping.is_set():
                return
            job.done += 1
            job.changes += 1
            held = register.article(read.article.id)
            if held is not None and held != read.article and not replacing:
                counts["kept"] += 1
                continue
            try:
                outcome = register.replace(read.article, read.records)
            except Unstorable as error:
                counts["failed"] += 1
                job.fail(str(error))
                continue
            counts[outcome] += 1
            changed[outcome] += 1
            job.reads[number] = replace(read, held="same")
