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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.register import ROOT, kept

SIZES = (10_000, 100_000, 1_000_000)
# The slow sides are asked for every so many-th of the changes.
EVERY_PLAIN = 8
FIRST_PAGE, JOURNEY = 100_000, 1_000_000


def part(name: str, *arguments: str) -> dict[str, Any]:
    """What one side measured, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def measure(size: int) -> dict[str, Any]:
    """All sides over a register of `size` records."""
    register = str(kept(size))
    found = {"size": size, "ours": part("ours", register)}
    asked = {
        "users": found["ours"]["users"],
        "plain": found["ours"]["queries"][::EVERY_PLAIN],
        "with_datasette": found["ours"]["compared"],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, queries in asked.items():
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps(queries), encoding="utf-8")
            found[name] = part(name, register, str(path))
            if name == "plain":
                found["categories"] = part(name, register, str(path), "categories")
    if size == FIRST_PAGE:
        found["first page"] = part("browser", "first-page", register)
    if size == JOURNEY:
        found["journey"] = part("browser", "journey", register)
    return found


def both(times: dict[str, Any], digits: int = 0) -> str:
    return f"{times['median']:,.{digits}f} and {times['p95']:,.{digits}f} ms"


def told(one: dict[str, Any]) -> list[str]:
    """The figures in lines."""
    ours, users, plain, other = one["ours"], one["users"], one["plain"], one["with_datasette"]
    to_csv = f", {ours['csv'] / plain['to_csv']:.2f} of pandas' to_csv" if "to_csv" in plain else ""
    lines = [f"{ours['rows']['claims']:,} records, {ours['rows']['deals']:,} deals (median and 95th percentile)"]
    for unit in ("deals", "claims"):
        wall, cpu = ours[unit]["wall"], ours[unit]["cpu"]
        lines += [
            f"  filter change, {unit}: {both(wall, 1)} of {wall['times']}; processor {both(cpu, 1)}, of it writing JSON {ours[f'{unit} json']['cpu']['median']:.1f}; "
            f"second half of the bar open {both(ours[f'{unit} opened']['wall'], 1)}",
            f"    plain pandas: {both(plain[unit]['wall'])}, {times(plain[unit], ours[unit])}; with texts as categories "
            f"{both(one['categories'][unit]['wall'])}, {times(one['categories'][unit], ours[unit])}",
            f"    a bincount: {ours[f'{unit} bincount']['median']:.2f} ms, one {wall['median'] / ours[f'{unit} bincount']['median']:,.0f}th of a change",
        ]
    lines += [
        f"    Datasette: {both(other['claims']['wall'])} of {other['claims']['wall']['times']}; ours the same way {both(ours['client']['wall'])}, {times(other['claims'], ours['client'])}",
        f"  {users['users']} users, two seconds' thinking time, {users['seconds']:.0f} s: a request {both(users['request'])}, "
        f"a change of both {both(users['change'])}; {users['kilobytes']:.0f} kB a change",
        f"  server: opened in {users['opened'] / 1000:.1f} s; {memory(users['started'])} once opened, {memory(users['megabytes'])} after the users",
        f"  table: 100 rows filtered and sorted {both(ours['grid'], 1)}, {ours['grid first']:.0f} when first sorted so; "
        f"CSV: first rows {ours['csv first']:.0f} ms, all {ours['csv'] / 1000:.2f} s{to_csv}",
    ]
    for name, page in one.get("first page", {}).items():
        largest = ", ".join(f"{path.rpartition('/')[2]} {size / 1000:,.0f}" for path, size in page["largest"])
        lines.append(
            f"  first page ({name} visitor): {page['bytes'] / 1e6:.2f} MB in {page['requests']} requests, drawn in {page['drawn'] / 1000:.1f} s; kB: {largest}"
        )
    if walked := one.get("journey"):
        lines.append(f"  journey, {memory(walked['megabytes'])}:")
        lines += [f"    {name}: {taken / 1000:.2f} s" for name, taken in walked["steps"].items()]
    return lines


def times(slow: dict[str, Any], quick: dict[str, Any]) -> str:
    """How many times as long, by wall and by processor time."""
    wall, cpu = (slow[clock]["median"] / quick[clock]["median"] for clock in ("wall", "cpu"))
    return f"{wall:,.1f} times ours (processor {cpu:,.1f} times)"


def memory(megabytes: dict[str, float]) -> str:
    if not megabytes:
        return "memory not known"
    return f"{megabytes['peak']:,.0f} MB at most (now {megabytes['anon']:,.0f} of its own and {megabytes['file']:,.0f} of mapped files)"


def main(sizes: Sequence[int]) -> int:
    for size in sizes:
        print("\n".join(told(measure(size))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
