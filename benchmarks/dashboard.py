"""What a page costs the server at growing sizes: a filter change with every chart counted, a page of the grid, the CSV, memory.

python -m benchmarks.dashboard [SIZE ...]

Each size is a register of made-up records in a process of its own. Beside the dashboard's way stand, in the same run, a bare `bincount`
and the plain way of pandas: `groupby` over a frame for each chart, drawn with `go.Figure`.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.batches import blocks_of, columns_of
from dashboard.components import filterbar, years
from dashboard.csv_text import csv_bytes
from dashboard.data import Data
from dashboard.filters import mask, parse, view
from dashboard.pages import overview, table
from dashboard.source import Source
from dashboard.tally import Tally

SIZES = (10_000, 100_000, 1_000_000)
QUERIES = (
    "", "buyer=IND", "seller=FRA", "type=aircraft", "year=2000-2010", "buyer=IND&type=aircraft", "buyer!=IND&year=2005-",
    "seller_region=Europe", "buyer_group=NATO", "has=quantity", "counted=all",
)  # fmt: skip
PLAIN = (["year", "weapon_type"], ["buyer"], ["seller"], ["seller", "buyer"], ["status"])


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


def change(source: Source, query: str) -> None:
    """What the server does for a changed filter: the options of every control, and every chart of the overview."""
    filters = parse(query)[0]
    data = view(source, filters)
    tally = Tally(filters, data)
    filterbar.numbers(tally)
    years.options(tally)
    filterbar.standing(filters, data, "/", tally)
    overview.content(data, filters)


def plain_way(frame: pd.DataFrame, query: str, source: Source) -> None:
    """The same charts by `groupby` and `go.Figure`."""
    import plotly.graph_objects as go

    filters = parse(query)[0]
    chosen = frame[mask(filters, view(source, filters))]
    for keys in PLAIN:
        counted = chosen.groupby(keys, observed=True).size().sort_values(ascending=False)
        go.Figure(go.Bar(x=[str(key) for key in counted.index[:500]], y=counted.to_numpy()[:500])).to_json()


def csv_of(data: Data) -> tuple[float, float]:
    """Milliseconds to the first bytes and to the last."""
    begun = time.perf_counter()
    pieces = csv_bytes(blocks_of(data, np.ones(len(data), dtype=bool)), [c.name for c in columns_of(data)])
    next(pieces)
    next(pieces)
    first = time.perf_counter()
    for _ in pieces:
        pass
    return (first - begun) * 1_000, (time.perf_counter() - begun) * 1_000


def spread(times: Sequence[float]) -> dict[str, float]:
    return {"median": statistics.median(times), "p95": float(np.percentile(times, 95))}


def measure(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.sqlite"
        subprocess.run([sys.executable, "-m", "benchmarks.register", str(size), str(path)], check=True, stdout=subprocess.DEVNULL)
        source = Source(path)
        opened = milliseconds(source.held)
        found: dict[str, Any] = {"records": size, "deals": len(source.deals()), "open": opened}
        for query in QUERIES:
            change(source, query)
        found["change"] = spread([milliseconds(lambda q=query: change(source, q)) for query in QUERIES * 3])
        claims = [f"{query}&unit=claims" for query in QUERIES]
        for query in claims:
            change(source, query)
        found["claims"] = spread([milliseconds(lambda q=query: change(source, q)) for query in claims])
        deals, records = source.deals(), source.data()
        asked = {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "buyer", "sort": "desc"}]}
        rows = mask(parse("year=2000-2010")[0], deals)
        table.page(deals, rows, asked)
        found["grid"] = spread([milliseconds(lambda: table.page(deals, rows, asked)) for _ in range(20)])
        found["csv_first"], found["csv"] = csv_of(records)
        found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        codes = deals.facets["buyer"].codes
        found["bincount"] = spread([milliseconds(lambda: np.bincount(codes, minlength=300)) for _ in range(20)])
        frame = deals.frame
        found["plain"] = spread([milliseconds(lambda q=query: plain_way(frame, q, source)) for query in QUERIES])
        found["to_csv"] = milliseconds(lambda: records.frame.to_csv(index=False)) if size <= 100_000 else None
    return found


def told(one: dict[str, Any]) -> str:
    change_ms, plain = one["change"]["median"], one["plain"]["median"]
    to_csv = "" if one["to_csv"] is None else f" ({one['csv'] / one['to_csv']:.2f} of frame and to_csv)"
    return (
        f"{one['records']:>9,} records, {one['deals']:,} deals: opened in {one['open'] / 1000:.1f} s; filter change median "
        f"{change_ms:.0f} ms, p95 {one['change']['p95']:.0f} (claims {one['claims']['median']:.0f}, {one['claims']['p95']:.0f}); "
        f"plain pandas {plain / change_ms:.1f} times as long, a bincount {one['bincount']['median'] / change_ms:.4f} of it; grid page "
        f"{one['grid']['median']:.1f} ms; CSV first rows {one['csv_first']:.0f} ms, all {one['csv'] / 1000:.1f} s{to_csv}; {one['megabytes']:,.0f} MB"
    )


def main(sizes: Sequence[int]) -> int:
    for size in sizes:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.dashboard", "--one", str(size)], capture_output=True, text=True, check=True
        )
        print(told(json.loads(run.stdout)), flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
