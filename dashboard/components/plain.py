"""Components as plain lists, for parts of a page with thousands of elements: the browser builds these itself in a moment
(`assets/article.js`), where Dash would take a minute to make a component of each.

A node is a text, or `[tag, attributes, children]`. Nothing in it is ever read as HTML.
"""

from __future__ import annotations

from typing import Any

from dash import dcc
from dash.development.base_component import Component

Node = str | list[Any]
ATTRIBUTES = {"className": "class", "id": "id", "title": "title", "href": "href"}


def plain(part: Any) -> list[Node]:
    """The nodes of a component, a text, or a list of these; `None` gives none. A `dcc.Link` turns the page, as it does in Dash."""
    if part is None or part == "":
        return []
    if isinstance(part, (list, tuple)):
        return [node for one in part for node in plain(one)]
    if not isinstance(part, Component):
        return [str(part)]
    link = isinstance(part, dcc.Link)
    told = part.to_plotly_json()
    props = dict(told["props"])
    inside = plain(props.pop("children", None))
    attributes = {ATTRIBUTES.get(name, name): str(value) for name, value in props.items() if value is not None and kept(name)}
    if link:
        attributes["data-turn"] = ""
    return [["a" if link else str(told["type"]).lower(), attributes, inside]]


def kept(name: str) -> bool:
    return name in ATTRIBUTES or name.startswith(("data-", "aria-"))


def text_of(nodes: Any) -> str:
    """The words of nodes, without their marks."""
    return "".join(one if isinstance(one, str) else text_of(one[2]) for one in nodes)
