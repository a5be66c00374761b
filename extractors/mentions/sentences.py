"""Splits text into sentences, and masks what only looks like prose: datelines, tickers, bylines.

Offsets always point into the text given. A sentence never crosses a line break or a bullet; a full stop ends one unless it
belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import re

from extractors.model import Span, Where

ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen lt col maj capt sgt adm sen rep gov pres st jr sr prof hon rev no nos vs etc inc corp co ltd plc llc bros jan feb mar apr "
    "jun jul aug sep sept oct nov dec mln bn approx fig vol dept est min brig cmdr cdr rear vice u.s u.k u.n u.s.a d.c i.e e.g a.m p.m amb sq ft "
    "messrs".split()
)
BREAK = re.compile(r"\r?\n+|(?<=[\w.)\"';:]) ?(?:[•*▪·●]|--?(?= [A-Z0-9]))(?= )|[.!?][\"'”’)\]]*(?=\s)|;(?= -)")
DASH = re.compile(r" ?--?")
DASHED_LIST = re.compile(r"[:.;] --? ")
DATELINE = re.compile(
    r"(?:[A-Z][A-Za-z./' -]{2,40}(?:, [A-Z][A-Za-z. ]{2,20})?(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})?"
    r" ?\((?:Reuters|AP|AFP|UPI|Xinhua|TASS|Yonhap|Bloomberg|ANI|PTI|IANS)[^)]{0,30}\) ?(?:--?|:) ?"
    r"|[A-Z][A-Z./' -]{2,40}(?:, [A-Za-z. ]{2,20}){0,2}, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2} ?- "
    r"|[A-Z][A-Z.' -]{3,30}(?:, [A-Z][A-Za-z. ]{2,20})? ?(?:--|-) (?=[A-Z]))"
)
BYLINE = re.compile(
    r"\((?:Reporting|Additional reporting|Writing|Editing|Compiled|Created)[^)]{0,300}\)|^SOURCE: ?.{2,60}?(?=\s{2}|[A-Z][a-z]+ [a-z])",
    re.M,
)
TICKER = re.compile(
    r"\( ?[A-Z0-9]{1,8}\.[A-Z]{1,2} ?\)|<[A-Z.]{1,8}>|\((?:NYSE|NASDAQ|LON|OTC|ASX|TSX)[^)]{1,20}\)|(?<= )[A-Z]{2,5}\.[A-Z]{1,2}(?=[ ,.])"
)


def is_sentence_end(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `start` (its token ends at `stop`) closes a sentence."""
    if text[start] != ".":
        return True
    word = re.search(r"[^\s(\"'“‘]*$", text[max(0, start - 20) : start])
    token = word.group() if word else ""
    after = text[stop : stop + 40].lstrip()
    if not after:
        return True
    if not (after[0].isupper() or after[0].isdigit() or after[0] in "\"'“‘(["):
        return False
    if token.lower().rstrip(".") in ABBREVIATIONS:
        # "in the U.S. The deal": an abbreviation closes a sentence only before a word that commonly opens one.
        return token.lower() in ("u.s", "u.k", "u.n", "inc", "corp", "co", "ltd", "plc", "a.m", "p.m") and bool(
            re.match(r"(?:The|In|It|He|She|They|But|On|At|This|These|A|An|If|As|However|Under|That|We|For)\b", after)
        )
    return not re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", token)


def sentences(text: str, where: Where = "text") -> list[Span]:
    """Sentence spans in order, without surrounding white space."""
    spans: list[Span] = []
    start = 0

    def close(end: int) -> None:
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append(Span(start + lead, start + len(piece.rstrip()), where))

    for match in BREAK.finditer(text):
        if DASH.fullmatch(match.group()) and text[match.start() - 1].isalnum():
            # a dash after a word sets an aside apart, unless a list of dashed items has begun on this line
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if not DASHED_LIST.search(line):
                continue
        if text[match.start()] in ".!?":
            if not is_sentence_end(text, match.start(), match.end()):
                continue
            close(match.end())
        else:
            close(match.start())
        start = match.end()
    close(len(text))
    return spans


def masked(text: str) -> list[tuple[int, int]]:
    """Stretches whose names are not part of the story: dateline, byline, stock tickers."""
    stretches = []
    for line in re.finditer(r"[^\n]+", text[:2000]):
        dateline = DATELINE.match(text, line.start())
        if dateline:
            stretches.append(dateline.span())
        if line.end() > 600:
            break
    stretches += [m.span() for m in BYLINE.finditer(text)]
    stretches += [m.span() for m in TICKER.finditer(text)]
    return sorted(stretches)
