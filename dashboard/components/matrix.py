"""A heatmap as a table: counts of two things that meet, darker the more, each a link where there is something to open.

It is a table and no drawing, so that it can be read aloud, copied and reached by keyboard; the style sheet colours its steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import dcc, html

from dashboard.aggregate import Grid
from dashboard.figures import bins


def step(count: int, highest: int) -> int:
    """The shade of a count, 0 the lightest, of up to five between 1 and `highest`."""
    return next(place for place, (first, last) in enumerate(bins(highest)) if first <= count <= last)


def matrix(
    grid: Grid,
    names_down: Sequence[str],
    names_across: Sequence[str],
    *,
    corner: str,
    highest: int,
    links: Callable[[str, str], str | None],
    label: str,
    turned: bool = True,
) -> html.Div:
    """The heatmap of a grid; `links` gives the address of a cell's deals, `highest` is the count that the darkest shade stands for."""
    head = html.Tr(
        [
            html.Td(corner, className="corner"),
            *(html.Th(html.Span(name), scope="col") for name in names_across),
            html.Th(html.Span("All"), scope="col", className="sum"),
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(names_down[i], scope="row"),
                *(
                    cell(int(count), highest, links(grid.down[i], grid.across[j]), f"{names_down[i]}, {names_across[j]}")
                    for j, count in enumerate(line)
                ),
                html.Td(f"{int(line.sum()):,}" if line.any() else "", className="sum"),
            ]
        )
        for i, line in enumerate(grid.counts)
    ]
    foot = [
        html.Tr(
            [
                html.Th("All", scope="row"),
                *(html.Td(f"{int(n):,}" if n else "") for n in grid.counts.sum(axis=0)),
                html.Td(f"{int(grid.counts.sum()):,}", className="sum"),
            ],
            className="sum",
        )
    ]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody([*body, *foot])], className="matrix turned" if turned else "matrix"),
        className="scroll",
        tabIndex=0,
        role="group",
        **{"aria-label": label},
    )


def cell(count: int, highest: int, href: str | None, named: str) -> html.Td:
    if not count:
        return html.Td("", className="none")
    shown = f"{count:,}"
    inside = (
        dcc.Link([html.Span(f"{named}: ", className="unseen"), shown], href=href, title=f"{named}: {shown}")
        if href
        else html.Span(shown)
    )
    return html.Td(inside, className=f"shade-{step(count, highest)}")
