"""The dashboard's own side: a filter change, a page of the table, the CSV, and a bare `bincount` beside them.

python -m benchmarks.ours REGISTER
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from plotly.io.json import to_json_plotly

from benchmarks import callbacks
from benchmarks.timing import clocked, milliseconds, spread
from benchmarks.walk import WIDE, walk
from dashboard.app import create_app
from dashboard.batches import blocks_of, columns_of
from dashboard.components import filterbar, more, years
from dashboard.csv_text import csv_bytes
from dashboard.data import Data
from dashboard.filters import mask, parse
from dashboard.pages import overview, table
from dashboard.source import Source
from dashboard.tally import Tally

STEPS, WARM, COMPARED = 160, 12, 8
USERS, STEPS_OF_A_USER = 30, 25


def made(data: Data, query: str, *, opened: bool = False) -> list[Any]:
    """What the server makes for a changed filter: the options of every control, and every chart of the overview."""
    filters = parse(query)[0]
    tally = Tally(filters, data)
    bar = [filterbar.standing(filters, data, "/", tally), filterbar.numbers(tally), *years.options(tally)]
    second = more.data_of(tally, callbacks.MORE) if opened else []
    return [bar, second, overview.content(data, filters)]


def change(data: Data, query: str, *, opened: bool = False) -> str:
    """The same as the text that is sent, by Dash's own encoder."""
    text: str = to_json_plotly(made(data, query, opened=opened))
    return text


def by_client(register: Path) -> Callable[[tuple[str, str]], None]:
    """A filter change (from a query to the next) through Flask's client in the same process: as over HTTP, but for the socket."""
    client = create_app(register).server.test_client()

    def ask(step: tuple[str, str]) -> None:
        for body in callbacks.bodies(*step, "http://127.0.0.1", opened="region" in "".join(step)):
            answer = client.post(callbacks.PATH, json=body)
            assert answer.status_code == 200, answer.text

    return ask


def csv_of(data: Data) -> tuple[float, float]:
    """Milliseconds to the first rows and to the last."""
    begun = time.perf_counter()
    pieces = csv_bytes(blocks_of(data, np.ones(len(data), dtype=bool)), [c.name for c in columns_of(data)])
    next(pieces)
    next(pieces)
    first = time.perf_counter()
    for _ in pieces:
        pass
    return (first - begun) * 1_000, (time.perf_counter() - begun) * 1_000


def measure(register: Path) -> dict[str, Any]:
    source = Source(register)
    opened = milliseconds(source.held)
    deals, records = source.deals(), source.data()
    found: dict[str, Any] = {"open": opened, "rows": {"claims": len(records), "deals": len(deals)}}
    queries, others = walk(deals, STEPS, seed=1), walk(deals, WARM + 40, seed=2)
    fresh = [query for query in others if query not in queries]
    for unit, suffix, data in (("deals", "", deals), ("claims", "&unit=claims", records)):
        for query in fresh[:WARM]:
            change(data, query + suffix, opened=True)
        asked, further = ([query + suffix for query in some] for some in (queries, fresh[WARM:]))
        found[unit] = clocked(functools.partial(change, data), asked)
        found[f"{unit} wide"] = clocked(functools.partial(change, data), [query + suffix for query in WIDE])
        found[f"{unit} json"] = clocked(to_json_plotly, [made(data, query) for query in asked[:20]])
        found[f"{unit} opened"] = clocked(functools.partial(change, data, opened=True), further)
    rows = mask(parse("year=2000-2010")[0], deals)
    wanted = {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "buyer", "sort": "desc"}]}
    found["grid first"] = milliseconds(lambda: table.page(deals, rows, wanted))
    found["grid"] = spread([milliseconds(lambda: table.page(deals, rows, wanted)) for _ in range(20)])
    codes = {"deals": deals.facets["buyer"].codes, "claims": records.facets["buyer"].codes}
    for unit, held in codes.items():
        found[f"{unit} bincount"] = spread([milliseconds(lambda held=held: np.bincount(held, minlength=300)) for _ in range(20)])
    found["csv first"], found["csv"] = csv_of(records)
    found["queries"] = queries
    found["users"] = [walk(deals, STEPS_OF_A_USER, 100 + user, regions=user % 3 == 0) for user in range(USERS)]
    ask, compared = (
        by_client(register),
        [query + "&unit=claims" for query in queries[STEPS // COMPARED // 2 :: STEPS // COMPARED]],
    )
    for step in zip(fresh[:WARM], fresh[1:WARM], strict=False):
        ask((step[0] + "&unit=claims", step[1] + "&unit=claims"))
    found["client"] = clocked(ask, list(zip([fresh[WARM - 1] + "&unit=claims", *compared], compared, strict=False)))
    wide = [query + "&unit=claims" for query in WIDE]
    found["client wide"] = clocked(ask, list(zip([compared[-1], *wide], wide, strict=False)))
    found["compared"] = compared
    return found


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1])), sys.stdout)
