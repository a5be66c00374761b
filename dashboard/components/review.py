"""The card on which a record or a deal is reviewed: what people said of it, and the form to say more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.source import Held
from extractors import CORRECTABLE, Review, shown

DEEDS = {"confirm": "confirmed", "reject": "rejected", "merge": "merged", "split": "split", "move": "moved records from"}
HINT = (
    "What you say here stands over the machine’s reading in every chart and download. Nothing is lost: the machine’s reading stays, "
    "and everything can be undone."
)
WHY = "Why (may be empty to confirm)"


def card(
    kind: str,
    identity: str,
    held: Held,
    *,
    read_only: bool,
    others: Sequence[tuple[str, str]] = (),
    many: bool = False,
) -> html.Section:
    """The card for a record or deal. `others` are ids and names of deals to merge with or move to; `many` says that it has more records than one."""
    said = held.said.get(identity, ())
    parts: list[Any] = [html.H2("Review", tabIndex=-1, id="review-heading"), spoken(said, read_only)]
    if read_only:
        parts.append(
            html.P("This server is read-only: reviews are made on the machine that has the register.", className="quiet")
        )
    else:
        parts += [
            dcc.Store(id={"review": "target"}, data={"kind": kind, "id": identity}),
            html.P(HINT, className="reading"),
            signature(),
            html.Div([button("confirm", "Confirm"), button("reject", "Reject")], className="row"),
            correction(),
            *(grouping(others, many) if kind == "deal" else []),
        ]
    return html.Section(parts, className="card review", id="review")


def spoken(said: Sequence[Review], read_only: bool) -> Any:
    """Each review that stands, with the way to take it back."""
    if not said:
        return html.P("Nobody has reviewed this yet.", id="reviews-none")
    return html.Ul(
        [html.Li([*sentence(review), *([] if read_only else [" ", undo(review)])]) for review in said], className="reviews"
    )


def sentence(review: Review) -> list[Any]:
    """`Quantity set to 12 (it was read as 15) by Ann, 2026-01-31: “p. 3”`"""
    return [html.Strong(told(review)), f" by {review.who or 'somebody'}, {review.made_at[:10]}", because(review)]


def because(review: Review) -> str:
    return f": “{review.note}”" if review.note else ""


def told(review: Review) -> str:
    """What a review does, in words."""
    if review.action == "correct":
        name = CORRECTABLE.get(review.field, review.field)
        was = shown(review.machine.get(review.field))
        return f"{name} set to {shown(review.value)} (it was read as {was})"
    if review.action == "merge":
        return f"Merged with {len(review.value['with'])} other deal{'s' * (len(review.value['with']) > 1)}"
    if review.action in ("split", "move"):
        count = len(review.value["records"])
        return f"{count} claim{'s' * (count > 1)} {'split off' if review.action == 'split' else 'moved to another deal'}"
    return DEEDS[review.action].capitalize()


def undo(review: Review) -> html.Button:
    return html.Button(
        "Undo",
        id={"undo": review.id},
        className="button small",
        **{"aria-label": f"Undo: {''.join(map(plain_text, sentence(review)))}"},
    )


def plain_text(part: Any) -> str:
    return part if isinstance(part, str) else str(part.children)


def signature() -> html.Div:
    """Who says so, which the browser remembers, and why."""
    return html.Div([name_field(), field("note", WHY)], className="row")


def name_field() -> html.Label:
    return field("who", "Your name", persistence="reviewer", persistence_type="local", autoComplete="name")


def typed_id(name: str, draft: str = "") -> dict[str, str]:
    """The id of a field of the form, or of the form of a record (`draft`) that is in no register yet."""
    return {"draft": name, "record": draft} if draft else {"review": name}


def field(name: str, label: str, draft: str = "", **more: Any) -> html.Label:
    return html.Label([label, dcc.Input(id=typed_id(name, draft), type="text", debounce=False, className="text", **more)])


def button(action: str, label: str, draft: str = "") -> html.Button:
    identity = {"say-draft": action, "record": draft} if draft else {"say": action}
    return html.Button(label, id=identity, n_clicks=0, className="button", type="button")


def choice(name: str, label: str, data: Sequence[Mapping[str, str]], placeholder: str, draft: str = "") -> dmc.Select:
    return dmc.Select(
        id=typed_id(name, draft),
        label=label,
        data=list(data),
        placeholder=placeholder,
        searchable=True,
        clearable=True,
        maxDropdownHeight=260,
    )


def correction(draft: str = "") -> html.Div:
    """Which field, and what it should say."""
    fields = [{"value": column, "label": name} for column, name in CORRECTABLE.items()]
    value = field("value", "to (empty for nothing)", draft)
    return html.Div(
        [choice("field", "Correct", fields, "a field", draft), value, button("correct", "Correct", draft)], className="row"
    )


def grouping(others: Sequence[tuple[str, str]], many: bool) -> list[Any]:
    """What is one deal and what is not: merge, and with claims picked in the table below, split and move."""
    if not others and not many:
        return []
    data = [{"value": one, "label": name} for one, name in others]
    controls: list[Any] = []
    if others:
        controls += [choice("other", "Another deal of this buyer", data, "choose"), button("merge", "Merge with it")]
        controls.append(button("move", "Move picked claims to it"))
    if many:
        controls.append(button("split", "Split picked claims off"))
    return [
        html.Div(controls, className="row"),
        html.P("Claims are picked where each article’s claim is listed.", className="quiet"),
    ]
