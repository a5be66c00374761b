"""The figures that a set of articles has reached, below which no change may fall.

`tests/ratchet.json` holds a floor for each figure of each part of each known set. A set is known by the sha256 of its gold: when
the gold changes, its old floors say nothing about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from extractors.evaluate.figures import Measured
from extractors.evaluate.files import Set

TOLERANCE = 0.002
# Of these figures less is better.
LESS = frozenset(["false per negative"])


def read(path: Path) -> dict[str, Any]:
    """The ratchet's contents; an empty one where there is no file yet."""
    return dict(orjson.loads(path.read_bytes())) if path.exists() else {"sets": {}}


def write(path: Path, ratchet: Mapping[str, Any]) -> None:
    path.write_bytes(orjson.dumps(ratchet, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def falls(ratchet: Mapping[str, Any], found: Set, measured: Mapping[str, Measured]) -> list[str]:
    """A line for every figure that is worse than its floor by more than the tolerance, or that has no floor to hold it."""
    known = ratchet["sets"].get(found.name)
    if known is None or known["gold_sha256"] != found.sha256:
        return [f"no floors for this gold of the set {found.name} ({found.sha256[:12]}); `make ratchet` sets them"]
    lines = []
    for part, floors in known["parts"].items():
        for name, floor in floors.items():
            value = measured[part].figures[name].value if part in measured else None
            if value is None:
                lines.append(f"{part}: {name} is not measured any more (floor {floor:.3f})")
            elif (value - floor if name in LESS else floor - value) > TOLERANCE:
                lines.append(f"{part}: {name} is {value:.3f}, the floor is {floor:.3f}")
    return lines


def raised(ratchet: Mapping[str, Any], found: Set, measured: Mapping[str, Measured]) -> tuple[dict[str, Any], list[str]]:
    """The ratchet with every floor at the better of itself and the present figure, and a line for each change.

    Floors of another gold are dropped: figures of two golds cannot be compared.
    """
    known = ratchet["sets"].get(found.name, {})
    same = known.get("gold_sha256") == found.sha256
    lines = [] if same or not known else [f"{found.name}: the gold has changed, floors start anew"]
    parts: dict[str, dict[str, float]] = {}
    for part, result in measured.items():
        old = known["parts"].get(part, {}) if same else {}
        parts[part] = dict(old)
        for name, figure in result.figures.items():
            if figure.value is None:
                continue
            value = round(figure.value, 4)
            best = min if name in LESS else max
            parts[part][name] = best(value, old.get(name, value))
            if parts[part][name] != old.get(name):
                lines.append(f"{found.name} {part}: {name} {old.get(name, '-')} -> {parts[part][name]}")
    entry = {"gold_sha256": found.sha256, "parts": parts}
    return {**ratchet, "sets": {**ratchet["sets"], found.name: entry}}, lines
