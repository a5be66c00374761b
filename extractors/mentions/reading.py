"""All mentions of one stretch of text (an article's title or its body), read once and handed on unchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from extractors.mentions.actors import ActorMention, actors, recase
from extractors.mentions.dates import DateMention, dates
from extractors.mentions.fold import fold, mostly_capitals
from extractors.mentions.groups import Group, groups
from extractors.mentions.money import Money, money
from extractors.mentions.quantities import Quantity, quantities
from extractors.mentions.sentences import masked, sentences
from extractors.mentions.systems import SystemMention, names_class, systems
from extractors.model import Span, Where


@dataclass(frozen=True, slots=True)
class Reading:
    """The mentions of one text, by position. `folded` has the text's length; offsets point into both."""

    where: Where
    text: str
    folded: str
    sentences: tuple[Span, ...]
    actors: tuple[ActorMention, ...]
    systems: tuple[SystemMention, ...]
    quantities: tuple[Quantity, ...]
    money: tuple[Money, ...]
    dates: tuple[DateMention, ...]
    groups: tuple[Group, ...]
    masks: tuple[tuple[int, int], ...]
    dateline: ActorMention | None = None


def read(
    text: str,
    where: Where,
    reference: date | None,
    not_weapons: tuple[tuple[int, int], ...] = (),
    stops: frozenset[int] = frozenset(),
) -> Reading:
    """Every mention of the text. `reference` dates relative words; `not_weapons` are stretches where no system may stand; no noun
    group reaches left over a trigger, and `stops` are where triggers end.
    """
    folded = fold(text)
    if mostly_capitals(folded):
        folded = recase(folded)
    spans = tuple(sentences(folded, where))
    masks = tuple(masked(folded)) if where == "text" else ()
    parties = [replace(party, where=where) for party in actors(folded, spans, masks)]
    sums = money(folded)
    firms = [(a.start, a.end, a.name) for a in parties if a.kind == "company"]
    weapons = systems(folded, spans, (*masks, *not_weapons), firms, [(a.start, a.end) for a in parties])
    # "Canberra has agreed": a weak name that is also a place is the place, unless its class noun follows ("Canberra bombers")
    places = [a for a in parties if a.how in ("name", "capital", "seat", "demonym")]
    weapons = [
        w for w in weapons
        if w.strong or names_class(w, folded) or not any(a.start <= w.start and w.end <= a.end + 1 for a in places)
    ]  # fmt: skip
    parties = [
        a for a in parties if not any(w.start < a.end and a.start < w.end and w.end - w.start >= a.end - a.start for w in weapons)
    ]
    weapons = [w for w in weapons if not any(w.start < a.end and a.start < w.end for a in parties)]
    days = dates(folded, reference)
    taken = [(m.start, m.end) for m in sums] + [(w.start, w.end) for w in weapons] + [(d.start, d.end) for d in days]
    counts = [q for q in quantities(folded) if not any(s < q.end and q.start < e for s, e in taken)]
    return Reading(
        where, text, folded, spans, tuple(parties), tuple(weapons), tuple(counts), tuple(sums), tuple(days),
        tuple(groups(folded, weapons, counts, parties, stops)), masks, dateline_state(folded, masks),
    )  # fmt: skip


def dateline_state(folded: str, masks: tuple[tuple[int, int], ...]) -> ActorMention | None:
    """The state of the place at the head of the text, if it is a capital or names its state."""
    if not masks or masks[0][0] != 0:
        return None
    line = folded[: masks[0][1]]
    found = [a for a in actors(recase(line), (Span(0, len(line)),)) if a.how in ("capital", "name") and a.iso3]
    return found[0] if found else None
