"""From a click on a review card to a stored review: what was typed is checked, then the page shows what stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html

from dashboard.source import Source
from extractors import Review, ReviewError, value_of

DONE = {
    "confirm": "Confirmed.",
    "reject": "Rejected: it is out of charts and downloads.",
    "correct": "Corrected.",
    "merge": "Merged.",
    "split": "Split off into a deal of its own.",
    "move": "Moved.",
    "undo": "Taken back.",
}


def review_of(action: str, target: Mapping[str, str], typed: Mapping[str, str], picked: Sequence[str]) -> Review:
    """The review that a click means. `typed` has who, note, field, value and other. Raises `ReviewError` with what is missing."""
    who = signed(typed)
    return replace(judgement(action, target, typed, picked), who=who)


def signed(typed: Mapping[str, str]) -> str:
    """The name that was given. Raises `ReviewError` where there is none."""
    if not (who := typed.get("who", "").strip()):
        raise ReviewError("Say who you are first: a review carries a name.")
    return who


def judgement(
    action: str, target: Mapping[str, str], typed: Mapping[str, str], picked: Sequence[str] = (), *, reason: bool = True
) -> Review:
    """What a click means, by nobody yet. Raises `ReviewError`; without `reason`, none has to be given."""
    note = typed.get("note", "").strip()
    if reason and not note and action != "confirm":
        raise ReviewError("Say why first: whoever reads this later wants to know.")
    said = {"target_id": target["id"], "note": note, "action": action}
    if action == "correct":
        column = typed.get("field", "")
        if not column:
            raise ReviewError("Choose the field that is wrong.")
        try:
            return Review(target=target["kind"], field=column, value=value_of(column, typed.get("value", "")), **said)
        except ValueError as error:
            raise ReviewError(f"{error}.") from error
    if action in ("confirm", "reject"):
        return Review(target=target["kind"], **said)
    if action in ("split", "move") and not picked:
        raise ReviewError("Pick the claims first, where each article’s claim is listed.")
    other = typed.get("other", "")
    if action in ("merge", "move") and not other:
        raise ReviewError("Choose the other deal first.")
    value = {"merge": {"with": [other]}, "split": {"records": [*picked]}, "move": {"records": [*picked], "to": other}}[action]
    return Review(target="cluster", value=value, **said)


def register(
    app: Dash,
    source: Source,
    route: Callable[..., tuple[list[Any], str, str]],
    guard: Callable[[Any], Any],
    *,
    read_only: bool,
) -> None:
    """Adds the callbacks of review cards; `route` makes the page anew from its address. A card beside a table leaves that to
    `dashboard.pages.beside`: there nothing else is made anew."""
    app.clientside_callback(
        ClientsideFunction("review", "focus"), Output("said", "className"), Input("said", "children"), prevent_initial_call=True
    )

    @app.callback(
        Output("page", "children", allow_duplicate=True),
        Output("said", "children"),
        Input({"say": ALL}, "n_clicks"),
        Input({"undo": ALL}, "n_clicks"),
        State({"review": ALL}, "data"),
        State({"review": ALL}, "value"),
        State({"pick": ALL}, "checked"),
        State({"beside": ALL}, "data"),
        State("address", "data"),
        prevent_initial_call=True,
    )
    @guard
    def act(
        says: list[int],
        undos: list[int],
        stored: list[Any],
        values: list[Any],
        checks: list[bool],
        opened: list[Any],
        address: Any,
    ) -> Any:
        trigger = dash.ctx.triggered_id
        if not isinstance(trigger, dict) or not dash.ctx.triggered[0]["value"]:
            raise dash.exceptions.PreventUpdate
        if read_only:
            return dash.no_update, problem("This server is read-only.")
        names = [one["id"]["review"] for one in dash.ctx.states_list[1]]
        typed = {name: str(value or "") for name, value in zip(names, values, strict=True)}
        target = next((one for one in stored if isinstance(one, dict)), None)
        picked = [one["id"]["pick"] for one, on in zip(dash.ctx.states_list[2], checks, strict=True) if on]
        action = str(trigger.get("say", "undo"))
        try:
            if action == "undo":
                if not typed.get("who", "").strip() and "who" in typed:
                    raise ReviewError("Say who you are first: what is taken back carries a name too.")
                source.undo(int(trigger["undo"]), typed.get("who", "").strip())
            else:
                assert target is not None
                source.review(review_of(action, target, typed, picked))
        except ReviewError as error:
            return dash.no_update, problem(str(error))
        done = html.P(DONE[action], className="notices")
        if opened:
            dash.set_props("beside-said", {"data": source.held().version})
            return dash.no_update, done
        return route(source, address["href"])[0], done


def problem(words: str) -> html.P:
    return html.P(words, className="notices problem")
