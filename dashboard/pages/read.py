"""The Read page: articles that somebody brings are read in the background, shown with their words, then added or downloaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard import reviewing
from dashboard.components import batch, bring, draft, read_files, trace
from dashboard.pages.record import heading
from dashboard.read_address import PATH, Shown, asked_for
from dashboard.reading import inputs
from dashboard.reading.desk import Declined, Desk
from dashboard.reading.inputs import Brought, NotReadable
from dashboard.reading.job import Job
from dashboard.tracing import traced
from extractors import ReviewError, rules_version

TICK = 600
SAID = {
    "confirm": "Confirmed.",
    "reject": "Rejected: downloads leave it out.",
    "correct": "Corrected.",
}


def layout(desk: Desk, query: str) -> list[Any]:
    """The page for an address."""
    shown = asked_for(query)
    job = desk.get(shown.job) if shown.job else None
    return [
        html.H1("Read articles", className="page-title"),
        html.P(
            "Bring articles about arms transfers, and rules read them: who buys what from whom, each record with the sentence that says so.",
            className="reading",
        ),
        dcc.Store(id="read-go"),
        dcc.Store(id="read-here", data=shown.address()),
        bring.section(read_only=desk.read_only, closed=job is not None),
        batch.gone() if shown.job and job is None else None,
        *(results(job, shown, read_only=desk.read_only) if job is not None else []),
    ]


def results(job: Job, shown: Shown, *, read_only: bool) -> list[Any]:
    """The batch: how far it is, what can be done with it, and its articles."""
    busy = job.busy
    return [
        html.Section(
            [
                html.H2(job.brought.name, id="read-name", tabIndex=-1),
                html.P(batch.status(job), id="read-status", role="status", **{"data-state": job.state}),
                html.Div(
                    [
                        html.Div(batch.progress(job), id="read-progress", className="progress"),
                        html.Button("Stop", id="read-stop", n_clicks=0, className="button", type="button"),
                    ],
                    id="read-running",
                    hidden=not busy,
                    className="row",
                ),
                html.Div(batch.actions(job, read_only=read_only), id="read-actions"),
            ],
            className="card",
            id="read-batch",
            **{"aria-labelledby": "read-name"},
        ),
        html.Div(batch.content(job, shown, read_only=read_only), id="read-results"),
        dcc.Store(id="read-shown", data=seen(job)),
        dcc.Interval(id="read-tick", interval=TICK, disabled=not busy),
    ]


def seen(job: Job) -> dict[str, Any]:
    """What a page shows of a batch: nothing is sent to it again while this stays the same."""
    return {"changes": job.changes, "state": job.state}


def update(job: Job | None, shown: Shown, before: dict[str, Any], *, read_only: bool) -> tuple[Any, ...]:
    """What has changed since the page was last told: see the outputs of `tick`."""
    if job is None:
        return (dash.no_update, dash.no_update, dash.no_update, True, [], [batch.gone()], before, True)
    now = seen(job)
    if now == before:
        return (*([dash.no_update] * 7), not job.busy)
    # a batch that has ended may have been through others since
    turned = now["state"] != before["state"] or not job.busy
    return (
        batch.status(job) if turned else dash.no_update,
        job.state,
        batch.progress(job),
        not job.busy,
        batch.actions(job, read_only=read_only) if turned else dash.no_update,
        # an open article stays as it is: somebody reads it
        dash.no_update if shown.article and not turned else batch.content(job, shown, read_only=read_only),
        now,
        not job.busy,
    )


def found_again(job: Job, record_id: str, *, read_only: bool) -> list[Any]:
    """A record of a batch as it stands after a click."""
    read = next(read for read in job.reads if any(record.record_id == record_id for record in read.records))
    row = next(row for row in job.rows(read) if row["record_id"] == record_id)
    return draft.inside(row, batch.texts(read), job, read_only=read_only, correcting=True)


def register(app: Dash, desk: Desk) -> None:
    """Takes what is brought, tells how far it is, adds it, and hands out its records."""
    app.clientside_callback(
        ClientsideFunction("address", "go"),
        Output("read-go", "storage_type"),
        Input("read-go", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(ClientsideFunction("read", "stay"), Output("nav-read", "href"), Input("read-here", "data"))
    app.clientside_callback(
        ClientsideFunction("read", "another"),
        Output("read-said", "children", allow_duplicate=True),
        Input("read-ways", "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("read", "settle"), Output("read-name", "className"), Input("read-status", "data-state")
    )
    app.clientside_callback(
        ClientsideFunction("read", "told"),
        Output(draft.part("told", MATCH), "className"),
        Input(draft.part("told", MATCH), "children"),
        prevent_initial_call=True,
    )
    read_files.add_routes(app.server, desk)

    def taken(make: Callable[[], Brought]) -> tuple[Any, Any]:
        """Where the new batch is, or why there is none."""
        try:
            return Shown(desk.read(make())).address(), None
        except (NotReadable, Declined) as refusal:
            return dash.no_update, bring.refused(str(refusal))

    @app.callback(
        Output("read-go", "data"),
        Output("read-said", "children"),
        Input("read-paste", "n_clicks"),
        *(State(f"read-{name}", "value") for name in ("text", "title", "published", "source", "url")),
        prevent_initial_call=True,
    )
    def paste(clicks: int, *values: str | None) -> tuple[Any, Any]:
        if not clicks:
            raise dash.exceptions.PreventUpdate
        return taken(lambda: inputs.pasted(*(value or "" for value in values)))

    @app.callback(
        Output("read-go", "data", allow_duplicate=True),
        Output("read-said", "children", allow_duplicate=True),
        Output("read-files", "contents"),
        Input("read-files", "contents"),
        State("read-files", "filename"),
        State("read-files-published", "value"),
        prevent_initial_call=True,
    )
    def bring_files(contents: list[str] | None, names: list[str] | None, published: str | None) -> tuple[Any, ...]:
        if not contents:
            raise dash.exceptions.PreventUpdate
        # let go of, so that the same files can be brought again
        return *taken(lambda: inputs.files(contents, names or [], published or "")), None

    @app.callback(
        Output("read-go", "data", allow_duplicate=True),
        Output("read-said", "children", allow_duplicate=True),
        Input("read-fetch", "n_clicks"),
        State("read-address", "value"),
        State("read-address-published", "value"),
        prevent_initial_call=True,
    )
    def fetch(clicks: int, url: str | None, published: str | None) -> tuple[Any, Any]:
        if not clicks:
            raise dash.exceptions.PreventUpdate
        return taken(lambda: inputs.page(url or "", published or "", desk.page))

    @app.callback(
        Output("read-status", "children"),
        Output("read-status", "data-state"),
        Output("read-progress", "children"),
        Output("read-running", "hidden"),
        Output("read-actions", "children"),
        Output("read-results", "children"),
        Output("read-shown", "data"),
        Output("read-tick", "disabled"),
        Input("read-tick", "n_intervals"),
        State("read-shown", "data"),
        State("read-here", "data"),
        prevent_initial_call=True,
    )
    def tick(_: int, before: dict[str, Any], here: str) -> tuple[Any, ...]:
        shown = asked_for(here.partition("?")[2])
        return update(desk.get(shown.job), shown, before, read_only=desk.read_only)

    @app.callback(
        Output("read-tick", "disabled", allow_duplicate=True),
        Input("read-stop", "n_clicks"),
        State("read-here", "data"),
        prevent_initial_call=True,
    )
    def stop(clicks: int, here: str) -> bool:
        job = desk.get(asked_for(here.partition("?")[2]).job)
        if clicks and job is not None:
            job.stop()
        return False

    @app.callback(
        Output("read-tick", "disabled", allow_duplicate=True),
        Output("read-said", "children", allow_duplicate=True),
        Input("read-add", "n_clicks"),
        State("read-replacing", "checked"),
        State({"review": ALL}, "value"),
        State("read-here", "data"),
        prevent_initial_call=True,
    )
    def add(clicks: int, replacing: bool, names: list[str | None], here: str) -> tuple[Any, Any]:
        if not clicks:
            raise dash.exceptions.PreventUpdate
        who = next((name for name in names if name), "")
        try:
            desk.add(asked_for(here.partition("?")[2]).job, replacing=bool(replacing), typed={"who": who})
        except (Declined, ReviewError) as refusal:
            return dash.no_update, bring.refused(str(refusal))
        return False, None

    @app.callback(
        Output(draft.part("body", MATCH), "children"),
        Output(draft.part("told", MATCH), "children"),
        Input({"say-draft": ALL, "record": MATCH}, "n_clicks"),
        Input({"take-back": ALL, "record": MATCH}, "n_clicks"),
        State({"draft": ALL, "record": MATCH}, "value"),
        State("read-here", "data"),
        prevent_initial_call=True,
    )
    def say(_: list[int], __: list[int], values: list[str | None], here: str) -> tuple[Any, Any]:
        trigger = dash.ctx.triggered_id
        if not isinstance(trigger, dict) or not dash.ctx.triggered[0]["value"]:
            raise dash.exceptions.PreventUpdate
        names = [one["id"]["draft"] for one in dash.ctx.states_list[0]]
        typed = {name: str(value or "") for name, value in zip(names, values, strict=True)}
        key, one = asked_for(here.partition("?")[2]).job, trigger["record"]
        try:
            if "take-back" in trigger:
                job, told = desk.take_back(key, one, trigger["take-back"]), reviewing.DONE["undo"]
            else:
                job, told = desk.say(key, one, trigger["say-draft"], typed), SAID[trigger["say-draft"]]
        except (Declined, ReviewError) as refusal:
            return dash.no_update, reviewing.problem(str(refusal))
        dash.set_props("read-actions", {"children": batch.actions(job, read_only=desk.read_only)})
        return found_again(job, one, read_only=desk.read_only), html.P(told, className="notices")

    @app.callback(
        Output("read-trace", "children"),
        Output("read-why", "hidden"),
        Input("read-why", "n_clicks"),
        State("read-here", "data"),
        prevent_initial_call=True,
    )
    def why(clicks: int, here: str) -> tuple[Any, bool]:
        shown = asked_for(here.partition("?")[2])
        job = desk.get(shown.job)
        if not clicks:
            raise dash.exceptions.PreventUpdate
        place = max(shown.article, 1) - 1
        if job is None or place >= len(job.reads):
            return batch.gone(), True
        article, rows = job.reads[place].article, job.reads[place].rows()
        told = trace.why(traced(article), article, rows, [heading(row) for row in rows], rules_version())
        return html.Div(told, id="trace", className="why"), True


__all__ = ["PATH", "layout", "register"]
