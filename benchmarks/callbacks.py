"""What a browser posts to the server when a filter changes: the bodies of Dash's two callbacks, control by control."""

from __future__ import annotations

from typing import Any

from dashboard.components import years
from dashboard.components.filterbar import SELECTS
from dashboard.components.more import DROPPED, KEPT, shown_share
from dashboard.filters import Filters, parse

PATH = "/_dash-update-component"
MORE = (*KEPT, "min_confidence", "dropped")
ANSWERS = (
    "query.data", "standing.children", "filter-numbers.data", "filter-from.data", "filter-to.data", "filter-year-unknown.label",
)  # fmt: skip
OUTPUT = f'..{"...".join(ANSWERS)}...{{"more":["ALL"]}}.data..'


def bodies(before: str, after: str, address: str, *, opened: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The requests for a change from one query to the next: the filter bar's, then the overview's. `opened` is the bar's second half."""
    return choose(parse(before)[0], parse(after)[0], address, opened=opened), redraw(after)


def choose(before: Filters, after: Filters, address: str, *, opened: bool) -> dict[str, Any]:
    was, now, second = first_half(before), first_half(after), MORE if opened else ()
    changed = [f"{one['id']}.{one['property']}" for one, old in zip(now, was, strict=True) if one != old]
    changed += [f'{{"more":"{key}"}}.value' for key in second if of_second(after, key) != of_second(before, key)]
    named = [{"id": {"more": key}} for key in second]
    return {
        "output": OUTPUT,
        "outputs": [*map(split, ANSWERS), [{**one, "property": "data"} for one in named]],
        "inputs": [
            *now,
            [{**one, "property": "value", "value": of_second(after, key)} for one, key in zip(named, second, strict=True)],
        ],
        "changedPropIds": changed,
        "parsedChangedPropsIds": changed,
        "state": [
            [{**one, "property": "id", "value": one["id"]} for one in named],
            {"id": "query", "property": "data", "value": before.query()},
            {"id": "address", "property": "data", "value": {"href": f"{address}/"}},
        ],
    }


def redraw(query: str) -> dict[str, Any]:
    return {
        "output": "overview.children",
        "outputs": split("overview.children"),
        "inputs": [{"id": "query", "property": "data", "value": query}],
        "changedPropIds": ["query.data"],
        "parsedChangedPropsIds": ["query.data"],
    }


def first_half(filters: Filters) -> list[dict[str, Any]]:
    first, last, unknown = years.shown(filters)
    return [
        *({"id": f"filter-{key}", "property": "value", "value": list(filters.kept.get(key, ()))} for key in SELECTS),
        {"id": "filter-from", "property": "value", "value": first and str(first)},
        {"id": "filter-to", "property": "value", "value": last and str(last)},
        {"id": "filter-year-unknown", "property": "checked", "value": unknown},
    ]


def of_second(filters: Filters, key: str) -> Any:
    if key == "min_confidence":
        return shown_share(filters)
    if key == "dropped":
        return [f"{one}={value}" for one in DROPPED for value in filters.dropped.get(one, ())]
    return list(filters.kept.get(key, ()))


def split(name: str) -> dict[str, str]:
    identity, _, part = name.rpartition(".")
    return {"id": identity, "property": part}
