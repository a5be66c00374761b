"""An article's whole text with two layers of highlighting: every mention by its kind, and over it the words of each record by field.

Plain text is cut at span borders, in one sweep, so that a long article costs no more per word than a short one; nothing of the
article is ever read as HTML. A piece says in `data-of` whose words it is and in `data-in` whose sentence, by record id; it has its
place as id (`at-text-120`), which links lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.plain import Node
from dashboard.components.reader import COLOURED, LABELS

KINDS = {"actor": "state, force or firm", "system": "weapon", "quantity": "number", "money": "money", "date": "date"}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words that stand for something, half-open: a `mention` of a kind, a record's `field`, or its `sentence`."""

    start: int
    end: int
    layer: str
    name: str = ""
    record: str = ""


def place(where: str, start: int) -> str:
    """The id of the piece that begins there."""
    return f"at-{where}-{start}"


def woven(text: str, marks: Iterable[Mark], where: str, anchors: Iterable[int] = ()) -> list[Node]:
    """The text of a part (`text` or `title`) as nodes. Marks are cut to it; at each of `anchors` a piece with an id begins."""
    size = len(text)
    kept = sorted(mark for mark in marks if 0 <= mark.start < mark.end and mark.start < size)
    led_to = {start for start in anchors if 0 <= start < size}
    cuts = sorted({0, size, *led_to, *(m.start for m in kept), *(min(m.end, size) for m in kept)})
    made: list[Node] = []
    active: list[Mark] = []
    upcoming = 0
    for start, end in zip(cuts, cuts[1:], strict=False):
        active = [mark for mark in active if mark.end > start]
        while upcoming < len(kept) and kept[upcoming].start <= start:
            active.append(kept[upcoming])
            upcoming += 1
        made.append(piece(text[start:end], active, place(where, start), start in led_to))
    return made


def piece(words: str, active: Sequence[Mark], identity: str, led_to: bool) -> Node:
    """One run of words under the same marks."""
    if not active:
        return ["span", {"id": identity}, [words]] if led_to else words
    fields = list(dict.fromkeys(m.name for m in active if m.layer == "field"))
    kinds = list(dict.fromkeys(m.name for m in active if m.layer == "mention"))
    sentence = " ".join(dict.fromkeys(m.record for m in active if m.layer == "sentence"))
    names = ["evidence"] if sentence else []
    more = {"data-in": sentence} if sentence else {}
    if not fields and not kinds:
        return ["span", {"id": identity, "class": "evidence", **more}, [words]]
    if fields:
        names.append(f"m-{next((name for name in COLOURED if name in fields), 'other')}")
        more["data-of"] = " ".join(dict.fromkeys(m.record for m in active if m.layer == "field"))
    names += [f"k k-{kind}" for kind in kinds[:1]]
    title = ", ".join([*(LABELS.get(name, name.replace("_", " ")) for name in fields), *(KINDS.get(k, k) for k in kinds)])
    return ["mark", {"id": identity, "class": " ".join(names), "title": title, **more}, [words]]


def legend(kinds: Iterable[str], fields: Iterable[str]) -> html.Div:
    """What the colours and lines mean, in words; only what the text shows."""
    held, used = set(kinds), set(fields)
    lines = [("Every mention:", [html.Mark(word, className=f"k k-{kind}") for kind, word in KINDS.items() if kind in held])]
    lines.append(("Words of a record:", [html.Mark(LABELS[f], className=f"m-{f}") for f in COLOURED if f in used]))
    if used:
        lines[-1][1].append(html.Span("its sentence", className="evidence"))
    shown = [html.P([html.Span(f"{name} "), *spaced(marks)]) for name, marks in lines if marks]
    return html.Div(shown, className="legend")


def spaced(parts: Sequence[Any]) -> list[Any]:
    return [part for one in parts for part in (one, " ")]
