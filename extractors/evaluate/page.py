"""The accuracy page and the README's table, made of measured figures that were kept as JSON.

Figures of a set whose articles are not at hand can be shown so, and the page can be made again, to the letter, from what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.evaluate.figures import HELD_OUT, TUNED, Figure, Measured
from extractors.evaluate.files import Set
from extractors.evaluate.match import FIELDS
from extractors.evaluate.score import GROUPS
from extractors.model import STATUSES

Kept = Mapping[str, Any]

# What is aimed at, on each part.
AIMS = {
    "tuple f1": "0.80",
    "found precision": "0.92",
    "found recall": "0.88",
    "field buyer": "0.97",
    "field seller": "0.90",
    "field type": "0.97",
    "field quantity": "0.95",
    "field year": "0.95",
    "field status": "0.90",
    "stated number": "0.85",
    "other year": "0.80",
    "false per negative": "0.03 or less",
    **{f"status {status}": "0.75" for status in STATUSES},
}
NAMES = {
    "tuple precision": "tuple, precision",
    "tuple recall": "tuple, recall",
    "tuple f1": "tuple, F1",
    "found precision": "found, precision",
    "found recall": "found, recall",
    "found f1": "found, F1",
    "false per negative": "false records per article that has none",
    "stated number": "quantity, where the gold has a number",
    "other year": "year, where it is not the article's own",
}
HEAD = """# Accuracy

How well records are read, measured against records that people made by reading the same articles. Made by `make accuracy`; a test
holds the open set's figures to a fresh run. Behind each figure stands the 95 % interval that resampling articles gives. The interval
tells how far chance in the choice of articles reaches, not how far articles of another kind may lie.

*Found* means that a record and a gold record have the same system and buyer (the same seller where either names no buyer); *tuple*
that buyer, system, quantity and year are all right. Fields are counted on found records. Doubtful and domestic records of the gold
count neither for nor against. Two careful readers agree with each other at tuple F1 0.80 to 0.95.
"""
SETS = """
## What was measured on

The development set holds real articles, which belong to others and are not here. Its part *tune* was read while rules were written;
of *confirm* only the figures were looked at, so it shows what to expect of unseen articles of the same sources. The
[open set](../tests/open_set/README.md) was written for the purpose, in more styles and more years; anyone can run it.
`make evaluate EVAL=DIR` repeats the figures of a set and holds them to `tests/ratchet.json`.

"""


# The set of easy text, which is told apart from the others.
EASY = "seeds"
EASY_TEXT = """
## Briefs of seeds/, easy text

The [briefs](../seeds/README.md) that `make run` reads are our own prose on real deals: short, plain, one or two deals each. Rules were
written while reading them, and a brief that a reader would stumble over was put more plainly. The figures tell what becomes of plain
text that is known, and nothing of unseen articles; they stand apart from those above for that reason, and are held by `tests/ratchet.json`
too.

"""


def kept(found: Set, measured: Mapping[str, Measured], gap: Figure | None) -> dict[str, Any]:
    """What is kept of a set: its identity, and the figures of each part without rules and changes, to four places."""
    parts = {}
    for name, part in measured.items():
        told = part.to_json()
        parts[name] = {key: rounded(told[key]) for key in ("figures", "by", "counts")}
    return {"gold_sha256": found.sha256, "parts": parts, "gap": gap and rounded(gap.to_json())}


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def page(sets: Mapping[str, Kept], failures: str) -> str:
    """docs/accuracy.md."""
    easy, sets = sets.get(EASY), {name: one for name, one in sets.items() if name != EASY}
    columns = columns_of(sets)
    sections = [
        ("Figures", "figure", [n for n in NAMES if n.split()[0] in ("tuple", "found", "false")]),
        ("By field", "field of found records", [*(f"field {f}" for f in FIELDS), "stated number", "other year"]),
        ("By status", "status right, of found records that have it", [f"status {s}" for s in STATUSES]),
    ]
    text = HEAD + SETS + set_table(sets)
    for title, first, names in sections:
        text += f"\n## {title}\n\n" + table(
            [first, "aim", *(label for label, _ in columns)],
            [[NAMES.get(n, n.split()[-1]), AIMS.get(n, ""), *(cell(part["figures"][n]) for _, part in columns)] for n in names],
        )
        if title == "Figures":
            text += "".join(gap_lines(sets))
    for group in GROUPS:
        text += f"\n## By {group}, tuple\n\n" + group_table(sets, group)
    text += "" if easy is None else easy_section(easy)
    return f"{text}\n{failures.strip()}\n"


def easy_section(easy: Kept) -> str:
    """The figures of the briefs under a heading of their own."""
    told = easy["parts"]["all"]
    names = [
        *(n for n in NAMES if not n.startswith("false")),
        *(f"field {f}" for f in FIELDS),
        *(f"status {s}" for s in STATUSES),
    ]
    rows = [[NAMES.get(n, f"{n.split()[-1]} right, of found"), cell(told["figures"][n])] for n in names]
    counts = "{articles} briefs, {gold} gold records, {predicted} extracted".format(**told["counts"])
    return f"{EASY_TEXT}{counts}; sha256 of the gold `{easy['gold_sha256']}`.\n\n" + table(["figure", "briefs"], rows)


def columns_of(sets: Mapping[str, Kept]) -> list[tuple[str, Kept]]:
    """Each part of each set with its label, the parts of a set before its whole."""
    found = []
    for name, one in sets.items():
        parts = sorted(one["parts"], key=lambda p: [TUNED, HELD_OUT, "all"].index(p) if p in (TUNED, HELD_OUT, "all") else 1)
        found += [(label(name, part), one["parts"][part]) for part in parts]
    return found


def label(name: str, part: str) -> str:
    shown = name.replace("_", " ")
    return shown if part == "all" else f"{shown}: {part}"


def set_table(sets: Mapping[str, Kept]) -> str:
    rows = []
    for name, one in sets.items():
        for part, told in one["parts"].items():
            sizes = [str(told["counts"][key]) for key in ("articles", "negatives", "gold", "predicted")]
            rows.append([name.replace("_", " "), part, *sizes, f"`{one['gold_sha256']}`" if part == "all" else ""])
    return table(["set", "part", "articles", "without a record", "gold records", "extracted", "sha256 of the gold"], rows)


def gap_lines(sets: Mapping[str, Kept]) -> Iterator[str]:
    for name, one in sets.items():
        if one["gap"]:
            between = cell({**one["gap"], "of": 1})
            yield f"\nGap in tuple F1 between tune and confirm ({name.replace('_', ' ')}): {between}; aim: the interval reaches 0.06 or less.\n"


def group_table(sets: Mapping[str, Kept], group: str) -> str:
    """Tuple figures of each value of a group, whole sets side by side; sources belong to one set each."""
    wholes = {name: one["parts"]["all"]["by"][group] for name, one in sets.items()}
    if group == "source":
        rows = [[name.replace("_", " "), value, *group_cells(row)] for name, by in wholes.items() for value, row in by.items()]
        return table(["set", "source", "precision", "recall", "F1", "gold"], rows)
    values = sorted(
        {value for by in wholes.values() for value in by},
        key=lambda v: (-sum(by[v]["recall"]["of"] for by in wholes.values() if v in by), v),
    )
    heads = [f"{name.replace('_', ' ')}: {what}" for name in wholes for what in ("precision", "recall", "F1", "gold")]
    rows = [[value, *(c for by in wholes.values() for c in group_cells(by.get(value)))] for value in values]
    return table([group, *heads], rows)


def group_cells(row: Mapping[str, Any] | None) -> list[str]:
    if row is None:
        return ["-"] * 4
    return [*(cell(row[what]) for what in ("precision", "recall", "f1")), str(row["recall"]["of"])]


def cell(figure: Mapping[str, Any]) -> str:
    """A value with its interval."""
    if figure["value"] is None:
        return "-"
    interval = "" if figure["low"] is None else f" ({figure['low']:.2f} to {figure['high']:.2f})"
    return f"{figure['value']:.2f}{interval}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    made = [heads, ["---"] * len(heads), *rows]
    return "".join(f"|{'|'.join(f' {text} ' if text else ' ' for text in row)}|\n" for row in made)


def short_table(sets: Mapping[str, Kept]) -> str:
    """The README's table: what matters most, and the command that repeats it."""
    columns = columns_of({name: one for name, one in sets.items() if name != EASY})
    names = ("tuple f1", "found precision", "found recall", *(f"field {f}" for f in FIELDS), "false per negative")
    rows = [[NAMES.get(n, f"{n.split()[-1]} right, of found"), *(cell(part["figures"][n]) for _, part in columns)] for n in names]
    return table(["", *(name for name, _ in columns)], rows)


def differences(told: Kept, fresh: Kept) -> list[str]:
    """Figures that are told otherwise, at two decimals, than a fresh run gives them; everything where the gold is another."""
    if told["gold_sha256"] != fresh["gold_sha256"]:
        return ["the gold is another"]
    found = []
    for path, value in leaves(fresh):
        was: Any = told
        for key in path:
            was = was.get(key) if isinstance(was, dict) else None
        if was != value and not (isinstance(was, float) and isinstance(value, float) and abs(was - value) <= 0.005):
            found.append(f"{' '.join(path[1:])}: {was}, now {value}")
    return found


def leaves(kept: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The shares of what is kept, each with its path; counts are only ever shown beside them."""
    for key, value in kept.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        elif key in ("value", "low", "high"):
            yield (*path, key), value
