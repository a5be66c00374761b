"""The dashboard's speed at growing sizes, and beside it, in the same run, the plain way of pandas, Datasette and a bare `bincount`.

python -m benchmarks.dashboard [SIZE ...]

Every side is a process of its own, one after the other, over the same register and the same filters: see `ours`, `users`, `plain`,
`with_datasette` and `browser` in this folder for what each does. The figures are told, not judged: they depend on the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.register import ROOT, kept

SIZES = (10_000, 100_000, 1_000_000)
# The slow sides are asked for every so many-th of the changes.
EVERY_PLAIN = 8
UNITS = ("deals", "claims")
FIRST_PAGE, JOURNEY = 100_000, 1_000_000


def part(name: str, *arguments: str) -> dict[str, Any]:
    """What one side measured, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def measure(size: int) -> Iterator[str]:
    """All sides over a register of `size` records, in lines that are told as soon as they are known."""
    register = str(kept(size))
    ours = part("ours", register)
    yield from of_ours(ours)
    with tempfile.TemporaryDirectory() as folder:

        def asking(queries: list[Any]) -> str:
            path = Path(folder) / "asked.json"
            path.write_text(json.dumps(queries), encoding="utf-8")
            return str(path)

        asked = asking(ours["queries"][::EVERY_PLAIN])
        plain, tuned = part("plain", register, asked), part("plain", register, asked, "categories")
        yield from of_plain(ours, plain, tuned)
        yield from of_datasette(ours, part("with_datasette", register, asking(ours["compared"])))
        yield from of_users(part("users", register, asking(ours["users"])))
    if size == FIRST_PAGE:
        yield from of_first_page(part("browser", "first-page", register))
    if size == JOURNEY:
        yield from of_journey(part("browser", "journey", register))


def both(times: dict[str, Any], digits: int = 0) -> str:
    return f"{times['median']:,.{digits}f} and {times['p95']:,.{digits}f} ms"


def of_ours(ours: dict[str, Any]) -> Iterator[str]:
    rows = ours["rows"]
    yield f"{rows['claims']:,} records, {rows['deals']:,} deals (median and 95th percentile)"
    for unit in UNITS:
        wall, cpu, bare = ours[unit]["wall"], ours[unit]["cpu"], ours[f"{unit} bincount"]["median"]
        yield (
            f"  filter change, {unit}: {both(wall, 1)} of {wall['times']}; processor {both(cpu, 1)}, of it writing JSON "
            f"{ours[f'{unit} json']['cpu']['median']:.1f}; second half of the bar open {both(ours[f'{unit} opened']['wall'], 1)}; "
            f"a bincount {bare:.3f} ms, {bare / wall['median']:.2%} of a change"
        )
    yield (
        f"  table: 100 rows filtered and sorted {both(ours['grid'], 1)}, {ours['grid first']:.0f} when first sorted so; "
        f"CSV: first rows {ours['csv first']:.0f} ms, all {ours['csv'] / 1000:.2f} s"
    )


def of_plain(ours: dict[str, Any], plain: dict[str, Any], tuned: dict[str, Any]) -> Iterator[str]:
    for unit in (kind for one in UNITS for kind in (one, f"{one} wide")):
        yield (
            f"  plain pandas, {unit}: {both(plain[unit]['wall'])}, {times(plain[unit], ours[unit])}; "
            f"with texts as categories {both(tuned[unit]['wall'])}, {times(tuned[unit], ours[unit])}"
        )
    if "to_csv" in plain:
        yield f"  pandas' to_csv: {plain['to_csv'] / 1000:.2f} s; our CSV takes {ours['csv'] / plain['to_csv']:.2f} of it"


def of_datasette(ours: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    for unit, mine in (("claims", ours["client"]), ("claims wide", ours["client wide"])):
        ratio = times(other[unit], mine)
        yield f"  Datasette, {unit}: {both(other[unit]['wall'])} of {other[unit]['wall']['times']}; ours the same way {both(mine['wall'])}, {ratio}"


def of_users(users: dict[str, Any]) -> Iterator[str]:
    yield (
        f"  {users['users']} users, two seconds' thinking time, {users['seconds']:.0f} s: a request {both(users['request'])}, "
        f"a change of both {both(users['change'])}; {users['kilobytes']:.0f} kB a change"
    )
    yield f"  server: opened in {users['opened'] / 1000:.1f} s; {memory(users['started'])} once opened, {memory(users['megabytes'])} after the users"


def of_first_page(loads: dict[str, Any]) -> Iterator[str]:
    for name, page in loads.items():
        largest = ", ".join(f"{path.rpartition('/')[2]} {size / 1000:,.0f}" for path, size in page["largest"])
        drawn = f"{page['bytes'] / 1e6:.2f} MB in {page['requests']} requests, drawn in {page['drawn'] / 1000:.1f} s"
        yield f"  first page ({name} visitor): {drawn}; kB: {largest}"


def of_journey(walked: dict[str, Any]) -> Iterator[str]:
    yield f"  journey, {memory(walked['megabytes'])}:"
    yield from (f"    {name}: {taken / 1000:.2f} s" for name, taken in walked["steps"].items())


def times(slow: dict[str, Any], quick: dict[str, Any]) -> str:
    """How many times as long: the middle change, and all changes together; and so by processor time."""
    wall, together, cpu, spent = (slow[clock][by] / quick[clock][by] for clock in ("wall", "cpu") for by in ("median", "mean"))
    return f"{wall:,.1f} times ours, all together {together:,.1f} times (processor {cpu:,.1f} and {spent:,.1f} times)"


def memory(megabytes: dict[str, float]) -> str:
    if not megabytes:
        return "memory not known"
    return f"{megabytes['peak']:,.0f} MB at most (now {megabytes['anon']:,.0f} of its own and {megabytes['file']:,.0f} of mapped files)"


def main(sizes: Sequence[int]) -> int:
    for size in sizes:
        for line in measure(size):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
