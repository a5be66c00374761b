"""Fixed constructions, matched over a sentence's chunk row before any trigger is read.

A row is written out as one line in which mentions are single capital letters (A party, G noun group, Q count, M money, D date) and
everything else is lower-case words, so that an idiom is an ordinary regular expression with slots.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from extractors import tables
from extractors.events.arguments import actor
from extractors.events.chunks import Chunk
from extractors.events.frames import Frame
from extractors.events.roles import Roles

PARTIES = r"A(?:(?: ,)?(?: and| or| &)?(?: the)? A)*"
SYSTEMS = r"G(?:(?: ,)?(?: and| or| plus)?(?: Q)? G)*"
SLOTS = {
    "{buyer}": rf"(?P<buyer>{PARTIES})",
    "{seller}": rf"(?P<seller>{PARTIES})",
    "{systems}": rf"(?:Q )?(?P<systems>{SYSTEMS})",
    "{party}": "A",
    "{count}": "(?P<count>[QG])",
    "{old}": "(?:Q )?G",
    "{when}": "D",
}
CODES = {"actor": "A", "group": "G", "quantity": "Q", "money": "M", "date": "D"}


@functools.cache
def compiled() -> tuple[tuple[re.Pattern[str], tables.IdiomRow], ...]:
    found = []
    for row in tables.idioms():
        pattern = row.pattern
        for slot, meaning in SLOTS.items():
            pattern = pattern.replace(slot, meaning)
        found.append((re.compile(rf"(?<!\S){pattern}(?!\S)"), row))
    return tuple(found)


def idioms(row: Sequence[Chunk]) -> list[tuple[Frame, int, int]]:
    """The frames of the idioms that fit, in order, each with the chunk positions that it covers (half-open)."""
    if not any(c.kind == "actor" for c in row):
        return []
    tokens = [CODES.get(c.kind, c.text or "-") for c in row]
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    line = " ".join(tokens)
    taken: list[tuple[Frame, int, int]] = []
    for pattern, idiom in compiled():
        for match in pattern.finditer(line):
            first, last = position(starts, match.start()), position(starts, match.end() - 1) + 1
            if any(first < end and start < last for _, start, end in taken):
                continue
            buyers = tuple(i for i in inside(starts, match, "buyer") if row[i].actor is not None and not actor(row, i).is_firm)
            sellers = tuple(i for i in inside(starts, match, "seller") if row[i].actor is not None)
            systems = tuple(i for i in inside(starts, match, "systems") if row[i].group is not None)
            if (
                not buyers
                or ("{systems}" in idiom.pattern and not systems)
                or {actor(row, b).key for b in buyers} & {actor(row, s).key for s in sellers}
            ):
                continue
            anchor = next((i for i in range(first, last) if row[i].kind in ("word", "trigger")), first)
            counts = inside(starts, match, "count") if "{count}" in idiom.pattern else []
            frame = Frame(
                anchor,
                idiom.id,
                "IDIOM",
                idiom.status,
                idiom.deal_type,
                Roles(buyers, sellers, systems),
                count=counts[0] if counts else -1,
            )
            taken.append((frame, first, last))
    return sorted(taken, key=lambda t: t[1])


def position(starts: Sequence[int], offset: int) -> int:
    """The chunk that the character at `offset` of the line belongs to."""
    return max(i for i, start in enumerate(starts) if start <= offset)


def inside(starts: Sequence[int], match: re.Match[str], name: str) -> list[int]:
    if name not in match.re.groupindex or match.start(name) < 0:
        return []
    return [i for i, start in enumerate(starts) if match.start(name) <= start < match.end(name)]
