"""The one filter bar: its controls, what they say, and what of an address they cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import dash_mantine_components as dmc
import orjson
from dash import dcc, html

from dashboard.components import presets, years
from dashboard.components.download_menu import download_menu
from dashboard.data import UNKNOWN, Data
from dashboard.filters import FAMILY, NO_ROWS, PARTY, VIEWS, Filters, counts_confirmed, leaves_out, parse
from dashboard.profiles import subject, within
from dashboard.tally import Tally

SELECTS = {"buyer": "Buyer", "seller": "Seller", "type": "Weapon type", "system": "System", "status": "Status"}
WORDS = {
    **SELECTS,
    "deal_type": "Kind of deal",
    "source": "Source",
    PARTY: "Buyer or seller",
    FAMILY: "System or a variant of it",
    "year": "Year",
    "domestic": "Deal",
    "min_confidence": "Confidence",
    "q": "Text",
    "buyer_region": "Buyer’s region",
    "buyer_group": "Buyer’s alliance",
    "seller_region": "Seller’s region",
    "seller_group": "Seller’s alliance",
    "sipri": "SIPRI category",
    "unroca": "UN category",
    "has": "States",
}


# Of a key over facets, those whose names its values have.
OF_FACETS = {PARTY: ("buyer", "seller"), FAMILY: ("system",)}


def options(filters: Filters, data: Data, key: str, tally: Tally | None = None) -> list[dict[str, str]]:
    """A select's options with their counts under the other filters: most first, then by name; chosen ones stay."""
    facet, counts = data.facets[key], (tally or Tally(filters, data)).choosing(key)
    codes = facet.ordered(counts)
    rows = [(facet.keys[code], facet.names[code], n) for code, n in zip(codes.tolist(), counts[codes].tolist(), strict=True)]
    found = {value for value, _, _ in rows}
    rows += sorted(((one, facet.name(one), 0) for one in selected(filters, data, key) if one not in found), key=itemgetter(1))
    return [{"value": value, "label": f"{name} ({n:,})"} for value, name, n in rows]


def selected(filters: Filters, data: Data, key: str) -> list[str]:
    """The chosen keys of a select, spelt as the register spells them."""
    facet = data.facets[key]
    return [
        value if value in facet.index or value.upper() not in facet.index else value.upper()
        for value in filters.kept.get(key, ())
    ]


def from_controls(values: Sequence[Any], before: Filters) -> Filters:
    """The filters that the controls show (in the order of `SELECTS`, then years), with what they cannot show kept as it was."""
    *chosen, first, last, unknown = values
    filters = before
    for key, keys in zip(SELECTS, chosen, strict=True):
        filters = filters.keeping(key, keys or ())
    return filters.keeping("year", years.values(first, last, bool(unknown), before))


def select(filters: Filters, data: Data, key: str) -> dmc.MultiSelect:
    """A select that the browser gives its options: see `names` and `numbers`."""
    chosen = selected(filters, data, key)
    return chooser(f"filter-{key}", SELECTS[key], chosen, [{"value": one, "label": data.facets[key].name(one)} for one in chosen])


def names(data: Data) -> dict[str, Any]:
    """What the selects can offer, by code: sent once with a page, so that a changed filter sends numbers alone."""
    held = {key: {"keys": data.facets[key].keys, "names": data.facets[key].names} for key in SELECTS}
    return {"of": state(data), "held": held}


def numbers(tally: Tally) -> str:
    """The options of every select, most rows first, then by name: codes and how many rows choosing each would show.

    JSON text, for Dash's own encoder looks at thousands of numbers one by one.
    """
    found = {}
    for key in SELECTS:
        counts = tally.choosing(key)
        codes = tally.data.facets[key].ordered(counts)
        found[key] = {"codes": codes.tolist(), "counts": counts[codes].tolist()}
    return orjson.dumps({"of": state(tally.data), "found": found}).decode()


def state(data: Data) -> str:
    """What codes depend on."""
    return f"{data.version} {data.noun}"


def chooser(
    identity: str | dict[str, str], name: str, chosen: list[str], listed: list[dict[str, str]], empty: str = "Any"
) -> dmc.MultiSelect:
    """A select of several values, searched by typing; `empty` is what it says while none is chosen."""
    return dmc.MultiSelect(
        id=identity,
        label=name,
        data=listed,
        value=chosen,
        placeholder="" if chosen else empty,
        searchable=True,
        clearable=True,
        hidePickedOptions=False,
        limit=200,
        maxDropdownHeight=320,
        nothingFoundMessage="Nothing in this view matches",
        filter={"function": "prefixFirst"},
        selectFirstOptionOnChange=True,
        openOnFocus=False,
        clearButtonProps={"aria-label": f"Clear {name.lower()}"},
        size="sm",
    )


def disclosure(name: str, identity: str, panel: str) -> html.Button:
    """The button that opens a part of the bar, which starts closed."""
    return html.Button(name, id=identity, className="button", **{"aria-expanded": "false", "aria-controls": panel})


def bar(filters: Filters, data: Data, path: str) -> html.Section:
    """The bar with its controls set to the filters; what the page of the path sets narrows their options and counts."""
    inside = within(filters, path)
    tally = Tally(inside, data)
    return html.Section(
        [
            dcc.Store(id="query", data=filters.query()),
            dcc.Store(id="filter-names", data=names(data)),
            dcc.Store(id="filter-numbers", data=numbers(tally)),
            html.Button(
                "Filters",
                id="filters-toggle",
                className="button filters-toggle",
                **{"aria-expanded": "false", "aria-controls": "filters"},
            ),
            html.Div(
                [
                    *(select(inside, data, key) for key in SELECTS),
                    years.controls(tally),
                    html.Div(
                        [
                            disclosure("More filters", "more-toggle", "more"),
                            disclosure("Presets", "presets-toggle", "presets-panel"),
                        ],
                        className="more-line",
                    ),
                    html.Div(id="more", className="more", hidden=True, role="group", **{"aria-label": "More filters"}),
                    presets.panel(),
                ],
                id="filters",
                className="filters",
            ),
            html.Div(standing(filters, data, path, tally), id="standing", className="standing"),
        ],
        className="filter-section",
        **{"aria-label": "Filters"},
    )


def standing(filters: Filters, data: Data, path: str, tally: Tally | None = None) -> list[Any]:
    """The line under the bar: how many deals or records are shown, what else the address filters by, and the ways out."""
    inside, noun = within(filters, path), data.noun
    tally = tally or Tally(inside, data)
    count, out = tally.count, tally.left_out()
    every = Tally(within(parse("counted=all")[0], path), data).count if subject(path) else len(data)
    narrowed = filters
    for key in NO_ROWS:
        narrowed = narrowed.without(key)
    if counts_confirmed(filters):
        shown = f"{count:,} confirmed of {every:,} {noun}s"
    elif narrowed or count < every:
        shown = f"{count:,} of {every:,} {noun}s"
    else:
        shown = f"All {count:,} {noun}s" if count != 1 else f"The one {noun}"
    parts: list[Any] = [
        html.Span(shown, id="count", role="status", tabIndex=-1, **{"data-count": count}),
        *switches(filters, data, path),
    ]
    parts += [chip(filters, data, path, key, value, dropped=False) for key, value in unseen(filters)]
    parts += [chip(filters, data, path, key, value, dropped=True) for key, values in filters.dropped.items() for value in values]
    if narrowed:
        unit = Filters({key: filters.kept[key] for key in NO_ROWS if key in filters.kept})
        parts.append(dcc.Link("Clear all filters", href=address(path, unit), id="clear", className="quiet"))
    parts.append(download_menu(inside, noun, count))
    why = [html.Span(f"{nothing(filters, data)} ", id="nothing-line")] if not count else []
    return [*parts, statuses(filters, path, out, why)]


def nothing(filters: Filters, data: Data) -> str:
    """Why nothing is shown."""
    if counts_confirmed(filters) and not {"confirmed", "corrected"} & set(data.facets["review"].keys):
        return f"No {data.noun} has been confirmed or corrected by a person here."
    return f"No {data.noun} matches these filters."


def statuses(filters: Filters, path: str, out: dict[str, int], why: list[Any]) -> html.Span:
    """Which statuses the totals count: how many of each they leave out, and the link that counts them too; `why` goes before."""
    if "status" in filters.kept:
        said: list[Any] = ["Only the statuses chosen are counted."]
    elif not leaves_out(filters):
        said = ["Planned and cancelled ones are counted too."]
    elif not out:
        said = ["None here is planned or cancelled."]
    else:
        some = " and ".join(f"{count:,} {status}" for status, count in out.items())
        link = dcc.Link("Count them too", href=address(path, filters.keeping("counted", ("all",))), id="count-all")
        said = [f"{some} {'is' if sum(out.values()) == 1 else 'are'} left out. ", link]
    return html.Span([*why, *said], id="left-out", className="quiet")


# Of each choice what it is called on a page; the order is that of `VIEWS`.
SWITCHES = {
    "unit": ("Count", ("Deals", "Claims", "Confirmed deals")),
    "counted": ("Statuses", ("Approved to delivered", "All statuses")),
    "reading": ("Reading", ("Reviewed", "Machine’s")),
}
# A choice that another would leave without a row: people confirm no reading of the machine's.
AGAINST = {("unit", "confirmed"): "reading", ("reading", "machine"): "unit"}


def switches(filters: Filters, data: Data, path: str) -> list[html.Span]:
    """The same view counted in deals, claims or confirmed deals, with or without planned and cancelled ones (a status that is
    chosen decides that itself), and, where somebody reviewed something, as people or the machine say it is."""
    hidden = {"counted"} if "status" in filters.kept else set()
    hidden |= {"reading"} if not data.judged and "reading" not in filters.kept else set()
    return [switch(key, filters, path) for key in SWITCHES if key not in hidden]


def switch(key: str, filters: Filters, path: str) -> html.Span:
    """Links, one for each choice; the one that is shown is marked."""
    meaning, names = SWITCHES[key]
    now = filters.kept.get(key, VIEWS[key])[0]

    def to(choice: str) -> Filters:
        changed = filters.keeping(key, () if choice == VIEWS[key][0] else (choice,))
        other = AGAINST.get((key, choice), "")
        return changed.without(other) if any((other, value) in AGAINST for value in changed.kept.get(other, ())) else changed

    return html.Span(
        [
            html.Span(words, id=f"{key}-{choice}", **{"aria-current": "true"})
            if choice == now
            else dcc.Link(
                words,
                href=address(path, to(choice)),
                id=f"{key}-{choice}",
            )
            for choice, words in zip(VIEWS[key], names, strict=True)
        ],
        className="switch",
        role="group",
        **{"aria-label": meaning},
    )


def unseen(filters: Filters) -> list[tuple[str, str]]:
    """Kept values that no control shows."""
    shown = {*SELECTS, *NO_ROWS}
    ranges = [v for v in filters.kept.get("year", ()) if v != UNKNOWN]
    if len(ranges) <= 1:
        shown.add("year")
    return [
        (key, value)
        for key, values in filters.kept.items()
        if key not in shown
        for value in values
        if (key, value) != ("year", UNKNOWN)
    ]


def chip(filters: Filters, data: Data, path: str, key: str, value: str, *, dropped: bool) -> dcc.Link:
    name = value
    for side in OF_FACETS.get(key, (key,)):
        name = data.facets[side].name(value) if side in data.facets and name == value else name
    if key == "has":
        words = f"States {'no ' + name.split()[-1] if dropped else name}"
    else:
        words = f"{WORDS[key]} {'is not' if dropped else 'is' if key != 'min_confidence' else 'at least'} {name}"
    return dcc.Link(
        [words, html.Span(" ×", **{"aria-hidden": "true"})],
        href=address(path, filters.minus(key, value, dropped=dropped)),
        className="chip",
        title=f"Remove this filter: {words}",
    )


def address(path: str, filters: Filters) -> str:
    """A page or download with the filters in its query string."""
    return f"{path}?{filters.query()}" if filters else path
