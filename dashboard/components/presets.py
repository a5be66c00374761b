"""Views that a user has named: kept in the browser alone, opened and shared as links.

Everything about them happens in `assets/presets.js`; the server neither sees nor keeps a name.
"""

from __future__ import annotations

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html


def store() -> dcc.Store:
    """Where the browser keeps them: a list of `{name, query}`."""
    return dcc.Store(id="presets", storage_type="local")


def panel() -> html.Div:
    """The closed panel: a name for the present view, and the views named before."""
    return html.Div(
        [
            html.Div(
                [
                    html.Label("Name of this view", htmlFor="preset-name"),
                    dcc.Input(id="preset-name", type="text", maxLength=80, className="text", autoComplete="off", value=""),
                    html.Button("Keep", id="preset-keep", className="button"),
                ],
                className="preset-new",
            ),
            html.P(id="preset-said", className="reading", role="status"),
            html.Ul(id="preset-list", className="preset-list"),
        ],
        id="presets-panel",
        className="more",
        hidden=True,
        role="group",
        **{"aria-label": "Presets"},
    )


def register(app: Dash) -> None:
    """Opens the panel, keeps and removes presets, and lists them."""
    app.clientside_callback(
        ClientsideFunction("presets", "open"),
        Output("presets-panel", "hidden"),
        Output("presets-toggle", "aria-expanded"),
        Input("presets-toggle", "n_clicks"),
    )
    app.clientside_callback(
        ClientsideFunction("presets", "change"),
        Output("presets", "data"),
        Output("preset-name", "value"),
        Output("preset-said", "children"),
        Input("preset-keep", "n_clicks"),
        Input("preset-name", "n_submit"),
        Input({"preset-remove": ALL}, "n_clicks"),
        State("preset-name", "value"),
        State("query", "data"),
        State("presets", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("presets", "list"),
        Output("preset-list", "children"),
        Input("presets", "modified_timestamp"),
        Input("query", "data"),
        State("presets", "data"),
    )
