"""What a chart counts, in the words that go with it into pictures and to other sites, where no filter bar says it."""

from __future__ import annotations

from dashboard.filters import Filters, counts_claims, counts_confirmed, leaves_out


def scope(filters: Filters) -> str:
    """`Counted are deals; planned and cancelled ones are left out.`"""
    word = "claims" if counts_claims(filters) else "deals"
    if counts_confirmed(filters):
        word += " that a person confirmed or corrected"
    if chosen := filters.kept.get("status", ()):
        return f"Counted are {word}, of these statuses alone: {', '.join(chosen)}."
    left = "planned and cancelled ones are left out" if leaves_out(filters) else "planned and cancelled ones are counted too"
    return f"Counted are {word}; {left}."
