"""What a chart counts, in the words that go with it into pictures and to other sites, where no filter bar says it."""

from __future__ import annotations

from dashboard.charts.model import View
from dashboard.components.filterbar import OF_FACETS, WORDS
from dashboard.filters import NO_ROWS, counts_claims, counts_confirmed, leaves_out


def scope(seen: View) -> str:
    """`Counted are deals; planned and cancelled ones are left out. Filtered by buyer: India or Pakistan; year: 2015-2020.`"""
    filters = seen.filters
    word = "claims" if counts_claims(filters) else "deals"
    if counts_confirmed(filters):
        word += " that a person confirmed or corrected"
    if chosen := filters.kept.get("status", ()):
        said = f"Counted are {word}, of these statuses alone: {', '.join(chosen)}."
    else:
        left = "planned and cancelled ones are left out" if leaves_out(filters) else "planned and cancelled ones are counted too"
        said = f"Counted are {word}; {left}."
    kept = [phrase(seen, key, values) for key, values in filters.kept.items() if key not in {*NO_ROWS, "status"}]
    dropped = [f"not {phrase(seen, key, values)}" for key, values in filters.dropped.items()]
    return f"{said} Filtered by {'; '.join([*kept, *dropped])}." if kept or dropped else said


def phrase(seen: View, key: str, values: tuple[str, ...]) -> str:
    """`buyer: India or Pakistan`"""
    facets = tuple(facet for facet in OF_FACETS.get(key, (key,)) if facet in seen.data.facets)
    names = [seen.named(facets, value) for value in values]
    word = WORDS[key] if WORDS[key].startswith(("SIPRI", "UN ")) else WORDS[key][0].lower() + WORDS[key][1:]
    least = "at least " if key == "min_confidence" and values != ("unknown",) else ""
    return f"{word}: {least}{(' and ' if key == 'has' else ' or ').join(names)}"
