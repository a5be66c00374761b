"""A heatmap as a table: counts of two things that meet, darker the more, each a link where there is something to open.

It is a table and no drawing, so that it can be read aloud, copied and reached by keyboard; the style sheet colours its steps.
"""

from __future__ import annotations

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts import Heatmap
from dashboard.figures import shades


def matrix(drawn: Heatmap, *, links: Callable[[str, str], str | None], label: str, outward: bool = False) -> html.Div:
    """The table of a heatmap; `links` gives the address of a cell's deals, which `outward` opens in a tab of its own."""
    steps = shades(drawn.grid.counts, drawn.highest)
    grid, corner = drawn.grid, html.Td(drawn.corner, className="corner")
    names = [html.Th(html.Span(name), scope="col") for name in drawn.across]
    head = html.Tr([corner, *names, html.Th(html.Span("All"), scope="col", className="sum")])
    body = [
        html.Tr(
            [
                html.Th(drawn.down[i], scope="row"),
                *(
                    cell(int(count), int(steps[i, j]), links(key, grid.across[j]), f"{drawn.down[i]}, {drawn.across[j]}", outward)
                    for j, count in enumerate(grid.counts[i])
                ),
                html.Td(f"{int(grid.counts[i].sum()):,}" if grid.counts[i].any() else "", className="sum"),
            ]
        )
        for i, key in enumerate(grid.down)
    ]
    foot = html.Tr(
        [
            html.Th("All", scope="row"),
            *(html.Td(f"{int(n):,}" if n else "") for n in grid.counts.sum(axis=0)),
            html.Td(f"{int(grid.counts.sum()):,}", className="sum"),
        ],
        className="sum",
    )
    made = html.Table([html.Thead(head), html.Tbody([*body, foot])], className="matrix turned")
    return html.Div(made, className="scroll", tabIndex=0, role="group", **{"aria-label": label})


def cell(count: int, step: int, href: str | None, named: str, outward: bool) -> html.Td:
    if not count:
        return html.Td("", className="none")
    shown = f"{count:,}"
    inside: list[html.Span | str] = [html.Span(f"{named}: ", className="unseen"), shown]
    told = f"{named}: {shown}"
    if href is None:
        made: Component = html.Span(shown)
    elif outward:
        made = html.A(inside, href=href, title=told, target="_blank", rel="noopener")
    else:
        made = dcc.Link(inside, href=href, title=told)
    return html.Td(made, className=f"shade-{step}")
