"""Parts of a page: a card, a table alone, a row of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

Cells = Sequence[Any]


def card(identity: str, title: str, reading: Any, *body: Any, wide: bool = False) -> html.Section:
    """A titled part of a page with one line on what it shows."""
    return html.Section(
        [html.H2(title, id=f"{identity}-title"), html.P(reading, className="reading"), *body],
        id=f"{identity}-card",
        className="card wide" if wide else "card",
        **{"aria-labelledby": f"{identity}-title"},
    )


def table(head: Cells, rows: Sequence[Cells], *, numbers: Sequence[int] = (), identity: str = "") -> html.Table:
    """A table whose first column names its rows; `numbers` are the columns to be set right."""
    name = {"id": identity} if identity else {}
    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *(
                    html.Td(cell, className="number" if i in numbers else "", **{"data-label": str(head[i])})
                    for i, cell in enumerate(row[1:], 1)
                ),
            ]
        )
        for row in rows
    ]
    headings = [html.Th(text, scope="col", className="number" if i in numbers else "") for i, text in enumerate(head)]
    return html.Table(
        [html.Thead(html.Tr(headings)), html.Tbody(body)], className="listing many" if len(head) > 3 else "listing", **name
    )


def scrolled(inside: Any, label: str) -> html.Div:
    """A part that may be wider than its card: it scrolls by itself, with the keyboard too."""
    return html.Div(inside, className="scroll", tabIndex=0, role="group", **{"aria-label": label})


def counts(pairs: Sequence[tuple[str, int]], identity: str) -> html.Dl:
    """Headline figures: the words for one, and how many; a plural s is taken off for one."""
    return html.Dl(
        [html.Div([html.Dt(name if n != 1 or not name.endswith("s") else name[:-1]), html.Dd(f"{n:,}")]) for name, n in pairs],
        className="figures",
        id=identity,
    )
