"""The figures as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extractors.evaluate.figures import COUNTS, Figure, Measured
from extractors.evaluate.match import FIELDS
from extractors.evaluate.score import GROUPS
from extractors.model import STATUSES


def number(figure: Figure) -> str:
    """The value to three places, or a dash."""
    return "-" if figure.value is None else f"{figure.value:.3f}"


def interval(figure: Figure) -> str:
    return "" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"


def lines(parts: Mapping[str, Measured], gap: Figure | None) -> Iterator[str]:
    """The report, line by line."""
    for name, measured in parts.items():
        yield from part_lines(name, measured)
    if gap is not None:
        yield f"--- gap in tuple f1, tune less confirm: {number(gap)}, 95 % interval {interval(gap)}"


def part_lines(name: str, measured: Measured) -> Iterator[str]:
    f, n = measured.figures, measured.counts
    yield f"--- {name}: {n['articles']} articles, {n['negatives']} without a record"
    for key in ("tuple", "found"):
        shown = "  ".join(f"{what} {number(f[f'{key} {what}'])}" for what in ("precision", "recall", "f1"))
        yield f"{key:6} {shown}  (f1's 95 % interval {interval(f[f'{key} f1'])})"
    yield "fields on found  " + "  ".join(f"{field} {number(f[f'field {field}'])}" for field in FIELDS)
    yield "right of found   " + "  ".join(f"{key} {f[key].right}/{f[key].of}" for key in ("stated number", "other year"))
    yield "status of found  " + "  ".join(f"{s} {f[f'status {s}'].right}/{f[f'status {s}'].of}" for s in STATUSES)
    false = f["false per negative"]
    yield f"false per article without a record  {number(false)} ({false.right}/{false.of})"
    yield "counts           " + "  ".join(f"{key} {n[key]}" for key in (*COUNTS, "spurious in negatives"))
    for group in GROUPS:
        yield f"by {group:17} {'tuple p':>8} {'r':>6} {'f1':>6} {'found r':>8} {'gold':>5} {'extracted':>9}"
        for value, row in measured.groups[group].items():
            shares = f"{number(row['precision']):>8} {number(row['recall']):>6} {number(row['f1']):>6} {number(row['found']):>8}"
            yield f"  {value:18} {shares} {row['recall'].of:5} {row['precision'].of:9}"
    if measured.rules is not None:
        yield "by rule              fired  right  wrong"
        for rule, c in sorted(measured.rules.items(), key=lambda r: (-r[1]["wrong"], -r[1]["fired"], r[0])):
            yield f"  {rule:18} {c['fired']:5}  {c['right']:5}  {c['wrong']:5}"
    if measured.changes is not None:
        totals = measured.changes.totals
        counts = ", ".join(f"{totals[key]} {key}" for key in ("gained", "lost", "false dropped", "false added"))
        yield f"against the earlier run: {counts}"
        yield from (f"  {kind:13} {article}  {what}" for kind, article, what in measured.changes.listed)
