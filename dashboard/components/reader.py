"""An article's text with words highlighted: plain text cut at span borders, never HTML from the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html

# Fields that have a colour of their own in the style sheet; any other is shown as `other`.
COLOURED = ("buyer", "seller", "system", "quantity", "year", "status", "value")
LABELS = {
    "buyer": "buyer",
    "seller": "seller",
    "system": "system",
    "quantity": "quantity",
    "year": "year",
    "status": "status",
    "value": "value",
}

Spans = Mapping[str, Iterable[Iterable[Any]]]


def in_part(spans: Spans, where: str) -> list[tuple[int, int, str]]:
    """Spans of the title or of the text as `(start, end, field)`, in order."""
    found = []
    for name, places in spans.items():
        for start, end, part in places:
            if part == where and start < end:
                found.append((int(start), int(end), name))
    return sorted(found)


def marked(text: str, spans: list[tuple[int, int, str]], evidence: list[tuple[int, int]]) -> list[Any]:
    """The text as components: marks for field words, a tint for evidence sentences. Offsets outside the text are cut to it."""
    borders = {0, len(text)}
    for start, end, *_ in [*spans, *evidence]:
        borders |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    cuts = sorted(borders)
    made: list[Any] = []
    first = True
    for start, end in zip(cuts, cuts[1:], strict=False):
        piece = text[start:end]
        fields = [name for s, e, name in spans if s <= start and end <= e]
        inside = any(s <= start and end <= e for s, e in evidence)
        if fields:
            colour = next((name for name in COLOURED if name in fields), "other")
            words = ", ".join(dict.fromkeys(LABELS.get(name, name) for name in fields))
            made.append(html.Mark(piece, className=f"m-{colour}" + (" evidence" if inside else ""), title=words))
        elif inside:
            made.append(html.Span(piece, className="evidence"))
        else:
            made.append(piece)
        if inside and first:
            made[-1].id = "evidence"
            first = False
    return made


def quoted(text: str, spans: list[tuple[int, int, str]], start: int, end: int) -> list[Any]:
    """One sentence of a text, with its marks."""
    inside = [(max(s, start) - start, min(e, end) - start, name) for s, e, name in spans if s < end and e > start]
    return marked(text[start:end], inside, [])


def legend(fields: Iterable[str]) -> html.P:
    """The colours of the fields and of the sentence, in words."""
    present = set(fields)
    shown = [name for name in COLOURED if name in present]
    return html.P(
        [html.Span([html.Mark(LABELS[name], className=f"m-{name}"), " "]) for name in shown]
        + [html.Span("the sentence", className="evidence")],
        className="legend",
    )
