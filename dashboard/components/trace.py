"""How an article was read, sentence by sentence: what claimed a transfer, what became of it, and what was refused and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from extractors import Article

CUES = {"not-weapon": "no weapon", "no-transfer": "no transfer"}
ROLES = (("buyer", "buyers"), ("seller", "sellers"), ("system", "systems"))
Told = Mapping[str, Any]


def steps(told: Told, article: Article) -> html.Div:
    """The trace of an article (`Trace.to_json`) in words."""
    if told["gate"] != "open":
        return html.Div(html.P(f"It was read no further: {told['gate']} was found in it."), id="trace")
    parts = {"text": article.text, "title": article.title}
    listed = [html.Li(sentence(one, parts[one["where"]])) for one in told["sentences"]]
    if not listed:
        return html.Div(html.P("No sentence of it holds both a weapon and a word that could claim a transfer."), id="trace")
    return html.Div(html.Ol(listed, className="trace"), id="trace")


def sentence(told: Told, text: str) -> list[Any]:
    """One sentence with the words that could claim a transfer, and what each gave."""
    start, end = told["start"], told["end"]
    words = {one["start"]: text[one["start"] : one["end"]] for one in (*told["triggers"], *told["cues"])}
    lines = [
        *(trigger(one, words[one["start"]]) for one in told["triggers"]),
        *(cue(one, words[one["start"]]) for one in told["cues"]),
        *(claim(one) for one in told["claims"]),
        *(html.Li([html.Strong("Refused: "), f"{one}."], className="refused") for one in told["refused"]),
        *(
            html.Li(
                [html.Strong("No record of its own: "), f"{name}. No buyer is named, or it is part of another record."],
                className="refused",
            )
            for name in told["without_record"]
        ),
    ]
    where = [html.Small("In the title", className="quiet"), " "] if told["where"] == "title" else []
    nothing = html.P("No word in it claims a transfer.", className="quiet")
    return [
        html.P([*where, html.Q(marked(text, start, end, told["triggers"]))]),
        html.Ul(lines, className="trace-lines") if lines else nothing,
    ]


def marked(text: str, start: int, end: int, triggers: list[Told]) -> list[Any]:
    """The sentence with its triggers in bold."""
    made: list[Any] = []
    at = start
    for one in sorted(triggers, key=lambda t: t["start"]):
        if one["start"] < at or one["end"] > end:
            continue
        made += [text[at : one["start"]], html.B(text[one["start"] : one["end"]])]
        at = one["end"]
    return [*made, text[at:end]]


def trigger(told: Told, words: str) -> html.Li:
    roles = "; ".join(f"{name} {' and '.join(told[names])}" for name, names in ROLES if told[names])
    return html.Li([f"“{words}” could claim a transfer, by rule ", html.Code(told["rule"]), f": {roles or 'it names no party'}."])


def cue(told: Told, words: str) -> html.Li:
    category = CUES.get(told["category"], told["category"])
    return html.Li([f"“{words}” speaks for {category}, by rule ", html.Code(told["rule"]), "."])


def claim(told: Told) -> html.Li:
    return html.Li([html.Strong("Claim: "), f"{told['system']}, {told['status']}, by rule ", html.Code(told["rule"]), "."])
