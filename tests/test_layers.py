"""Imports flow one way: ingest -> mentions -> events -> records; the dashboard sees only the public verbs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A package may import itself and what stands before it.
ORDER = ("model", "tables", "ingest", "mentions", "events", "records", "pipeline", "explain", "reference")
FILES = sorted([*(ROOT / "extractors").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("extractors", "dashboard")}


def room(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_flow_downwards(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    names = imports(path)
    if parts[0] == "dashboard":
        deeper = {n for n in names if n.startswith("extractors.") and room(n) in (*ORDER, "evaluate", "check_data")}
        assert deeper == set()
        return
    assert not any(n.startswith("dashboard") for n in names)
    if parts[1] not in ORDER:
        return
    mine = ORDER.index(parts[1])
    upward = {n for n in names if room(n) in ORDER and ORDER.index(room(n)) > mine}
    assert upward == set()


def test_only_the_loaded_tables_are_global_state() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Global)], path
