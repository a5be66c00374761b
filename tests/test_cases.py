"""The tables of cases: a text, and exactly the records that it claims.

Cases that are not read rightly yet are named in `cases/not-yet.txt`. They are run like the others and must fail: one that passes has
to be taken off (`make not-yet`), and the list may not grow beyond what `ratchet.json` allows.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors import Article, extract
from extractors.evaluate import ratchet
from extractors.model import Record

CASES = Path(__file__).parent / "cases"
NOT_YET_FILE = CASES / "not-yet.txt"


def load() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append((f"{path.stem}:{case['id']}", case))
    return found


ALL = load()
NOT_YET = frozenset(NOT_YET_FILE.read_text(encoding="utf-8").split() if NOT_YET_FILE.exists() else ())


def plain(text: str) -> str:
    words = re.findall(r"[^\W_]+", text.lower())
    joined = "".join(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words)
    return joined.replace("armored", "armoured").replace("defense", "defence")


def system_agrees(got: Record, expected: str) -> bool:
    """Equal names, one name closing the other ("AH-64D Apache", "AH-64D"), or for a class the same class."""
    a, b = plain(got.system), plain(expected)
    return a == b or (min(len(a), len(b)) >= 3 and (a in b or b in a)) or plain(got.system_id) == b or b in plain(got.system_text)


def differences(got: Record, expected: dict[str, Any]) -> list[str]:
    """What a record has otherwise than its case says; a key that the case leaves out must be empty for the core fields."""
    core = {
        "buyer": got.buyer_iso3 or got.buyer,
        "seller": got.seller_iso3 or got.seller,
        "quantity": got.quantity,
        "year": got.year,
        "status": got.status,
        "type": got.weapon_type,
    }
    found = [
        f"{name}: {value!r}, expected {expected.get(name)!r}"
        for name, value in core.items()
        if (value or None) != (expected.get(name) or None)
    ]
    if not system_agrees(got, expected["system"]):
        found.append(f"system: {got.system!r}, expected {expected['system']!r}")
    for name in (
        "quantity_high",
        "quantity_note",
        "year_basis",
        "value",
        "currency",
        "deal_type",
        "domestic",
        "buyer_entity",
        "system_text",
    ):
        if name in expected and getattr(got, name) != expected[name]:
            found.append(f"{name}: {getattr(got, name)!r}, expected {expected[name]!r}")
    return found


def check(case: dict[str, Any]) -> list[str]:
    """Every difference between the records of a case's text and its expectations."""
    article = Article("case", case["text"], case.get("title", ""), case.get("published"))
    got = list(extract(article))
    expected = list(case.get("record", ()))
    problems = []
    for want in expected:
        ranked = sorted(got, key=lambda r: len(differences(r, want)))
        if not ranked:
            if not want.get("optional"):
                problems.append(f"missing: {want}")
            continue
        faults = differences(ranked[0], want)
        if faults and want.get("optional") and len(faults) > 2:
            continue
        problems += faults
        got.remove(ranked[0])
    problems += [
        f"not expected: {r.buyer_iso3 or r.buyer} <- {r.seller_iso3 or r.seller}, {r.system}, {r.quantity}, {r.year}, {r.status}"
        for r in got
    ]
    return problems


@pytest.mark.parametrize(("name", "case"), ALL, ids=[name for name, _ in ALL])
def test_case(name: str, case: dict[str, Any]) -> None:
    problems = check(case)
    if name in NOT_YET:
        assert problems, f"{name} passes now: take it off tests/cases/not-yet.txt (`make not-yet` does)"
    else:
        assert problems == []


def test_the_list_of_known_misses_only_shrinks() -> None:
    listed = NOT_YET_FILE.read_text(encoding="utf-8").split()
    assert listed == sorted(set(listed))
    assert set(listed) <= {name for name, _ in ALL}, "a listed case is gone"
    assert len(listed) <= ratchet.read(Path(__file__).parent / "ratchet.json")["not_yet"]


def test_there_are_enough_cases() -> None:
    negatives = [case for _, case in ALL if not case.get("record")]
    assert len(ALL) >= 250
    assert len(negatives) >= 70
    assert len({name.split(":", 1)[1] for name, _ in ALL}) == len(ALL)
