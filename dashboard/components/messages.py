"""What a page says where there is nothing to show: each message names what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

# Where a message ends in a command to type, it starts so.
COMMAND = "python -m extractors "


def panel(heading: str, *body: Any, identity: str = "message") -> html.Section:
    return html.Section(
        [html.H1(heading), *body], id=identity, className="message", role="alert" if identity == "problem-panel" else None
    )


def broken_register(message: str) -> html.Section:
    said, start, rest = message.partition(COMMAND)
    return panel(
        "The register cannot be read",
        html.P(said),
        html.Pre(start + rest) if start else None,
        html.P("This page works again, without a restart, as soon as the file does."),
        identity="problem-panel",
    )


def empty_register(path: str) -> html.Section:
    return panel(
        "The register is empty",
        html.P(
            [
                "It holds no records yet. ",
                dcc.Link("Read some articles", href="/read"),
                " here, or from the command line, then reload this page:",
            ]
        ),
        html.Pre(f"python -m extractors extract YOUR_ARTICLES --register {path}"),
        identity="empty-register",
    )


def nothing_matches(path: str, noun: str) -> html.Section:
    return html.Section(
        [
            html.H2(f"No {noun} matches these filters"),
            html.P(["Take one away, or ", dcc.Link("clear all filters", href=path), "."]),
        ],
        className="message",
        id="nothing",
    )


def unknown_page(path: str) -> html.Section:
    return panel(
        "There is no such page",
        html.P(["Nothing is served at ", html.Code(path), "."]),
        html.P([dcc.Link("Overview", href="/"), " and ", dcc.Link("deals", href="/deals"), " are the places to start."]),
        identity="not-found",
    )


def not_held(kind: str, identity: str) -> html.Section:
    return panel(
        f"There is no such {kind}",
        lost(kind, identity),
        html.P(dcc.Link("Search all deals", href="/deals")),
        identity="not-held",
    )


def lost(kind: str, identity: str) -> html.P:
    return html.P(
        [
            "The register holds no ",
            kind,
            " with the id ",
            html.Code(identity),
            ". It may have been read again with other rules, or taken out.",
        ]
    )


def notices(found: Sequence[str]) -> html.Div:
    """Parts of an address that were left out, each with the reason; nothing where there are none."""
    return html.Div([html.P(text) for text in found], className="notices" if found else "", role="status" if found else None)
