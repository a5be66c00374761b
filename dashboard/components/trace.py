"""Why each record of an article was made, and why other candidates were refused: the trace of `extractors.explain` as a page's part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.words import place
from extractors import Article

# So many sentences with refused candidates are listed.
SHOWN = 100
LONGEST = 400
MEANING = "A record’s confidence is the share of right records among those with the same signals, when measured; behind each signal stands what it adds."
# What the trace says for those who write rules, in other words.
REASONS = {"no trigger has it in a slot": "no word that claims a transfer takes it as what is transferred"}
# Points below this move no record from one bin to the next.
SLIGHT = 0.05


def why(
    told: Mapping[str, Any], article: Article, rows: Sequence[Mapping[str, Any]], headings: Sequence[str], rules: str
) -> list[Any]:
    """The part, for the records that the register shows (`rows`, with their `headings`); `rules` is the version that read just now."""
    if told["gate"] != "open":
        return [html.P(f"The article was not looked into: {told['gate']}.", className="notices")]
    texts = {"text": article.text, "title": article.title}
    made = {one["record_id"]: one for one in told["records"]}
    shown = {row["record_id"] for row in rows}
    earlier = sorted({row["rules_version"] for row in rows} - {rules})
    parts: list[Any] = [html.P(["Read again just now by the rules ", html.Code(rules), ". ", MEANING], className="reading")]
    if earlier:
        parts.append(
            html.P(
                f"Records of this article were made by earlier rules ({', '.join(earlier)}): what follows may differ from them. "
                "python -m extractors refresh reads the register anew.",
                className="notices",
            )
        )
    parts.append(html.H3("Why each record was made"))
    for row, heading in zip(rows, headings, strict=True):
        parts.append(
            html.Section(
                reasons(made.get(row["record_id"]), row, heading, texts), id=f"why-{row['record_id']}", className="why-one"
            )
        )
    if not rows:
        parts.append(html.P("The register shows no record of this article."))
    others = [one for one in told["records"] if one["record_id"] not in shown]
    if others:
        names = "; ".join(f"{one['buyer']}: {one['system']}, {one['status']}" for one in others)
        parts.append(html.P(f"Read just now, but not among the records shown, which rules or reviews took out: {names}."))
    return [*parts, *refused(told, texts)]


def reasons(one: Mapping[str, Any] | None, row: Mapping[str, Any], heading: str, texts: Mapping[str, str]) -> list[Any]:
    """One record: each claim behind it, with its sentence, and what its confidence comes from."""
    if one is None:
        return [
            html.H4(heading),
            html.P(["The present rules make no such record; it was made by the rule ", html.Code(row["rule"]), "."]),
        ]
    # lists say one trigger's claim once for each of their items
    claims = {(c["where"], *c["trigger"], c["rule"], c["system"], c["status"]): c for c in one["claims"]}
    return [html.H4(heading), html.Ol([html.Li(claim(told, texts)) for told in claims.values()]), *confidence(one)]


def claim(told: Mapping[str, Any], texts: Mapping[str, str]) -> list[Any]:
    text, (start, end) = texts[told["where"]], told["trigger"]
    return [
        sentence(told, texts),
        html.P(
            [
                "“", html.Strong(text[start:end] or "the notice’s fixed parts"), "” (rule ", html.Code(told["rule"]),
                f") claims: {told['system']}, ", html.Strong(told["status"]), cues(told["cues"]), ".",
                *(f" Its {name} stands elsewhere in the article, or follows from it." for name in told["inferred"]),
            ]
        ),
    ]  # fmt: skip


def cues(found: Sequence[Mapping[str, Any]]) -> str:
    """The words that decided the status beside the trigger; of words inside others only the outer ones."""
    outer = [one for one in found if not any(inside(one, other) for other in found)]
    told = dict.fromkeys(f"“{cue['words']}” ({cue['rule']})" for cue in outer)
    return f", because of {' and '.join(told)}" if told else ""


def inside(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    place, around = (one["start"], one["end"]), (other["start"], other["end"])
    return place != around and around[0] <= place[0] and place[1] <= around[1]


def sentence(told: Mapping[str, Any], texts: Mapping[str, str]) -> html.P:
    """The sentence, as a way to its place in the text."""
    words = " ".join(texts[told["where"]][told["start"] : told["end"]].split())
    shown = words if len(words) <= LONGEST else words[:LONGEST] + "…"
    return html.P(html.A(shown, href=f"#{place(told['where'], told['start'])}"), className="why-sentence")


def confidence(one: Mapping[str, Any]) -> list[Any]:
    if one["confidence"] is None:
        return []
    strong = sorted(
        ((name, worth) for name, worth in one["signals"].items() if abs(worth) >= SLIGHT), key=lambda s: (-abs(s[1]), s[0])
    )
    words = [f"{name} ({worth:+.2f})".replace("-", "−") for name, worth in strong]
    told = f"Confidence {one['confidence']:.2f}."
    return [html.P([told, f" What moves it most: {'; '.join(words)}." if words else ""], className="quiet")]


def refused(told: Mapping[str, Any], texts: Mapping[str, str]) -> list[Any]:
    """Sentences with candidates that gave no record, each with the reason."""
    found = [one for one in told["sentences"] if one["refused"]]
    count = sum(len(one["refused"]) for one in found)
    if not found:
        return [html.H3("What was refused"), html.P("No candidate was refused.")]
    listed = [
        html.Li([sentence(one, texts), html.Ul([html.Li(readable(reason)) for reason in one["refused"]])])
        for one in found[:SHOWN]
    ]
    more = f" The first {SHOWN} of {len(found):,} sentences." if len(found) > SHOWN else ""
    words = f"{count:,} candidate{'s' * (count != 1)} in {len(found):,} sentence{'s' * (len(found) != 1)} gave no record, each for the reason given.{more}"
    return [html.H3("What was refused"), html.P(words, className="reading"), html.Ol(listed, id="refused-list")]


def readable(reason: str) -> str:
    words, colon, why = reason.rpartition(": ")
    return f"{words}{colon}{REASONS.get(why, why)}"


def starts(told: Mapping[str, Any], where: str) -> list[int]:
    """Where the sentences begin that the part leads to."""
    places = [(one["where"], one["start"]) for one in told["sentences"]]
    places += [(claim["where"], claim["start"]) for one in told["records"] for claim in one["claims"]]
    return sorted({start for part, start in places if part == where})
