"""Loads the checked-in tables under `data/` into frozen rows.

Only reading and column checks happen here; what a row means is decided by the stages that use it, and whether the
tables are sound is decided by `check_data`. CSV is read with the standard library, so `NO` and `NA` stay text.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


class TableError(ValueError):
    """A table that cannot be used: the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class SystemRow:
    """One weapon system, or (with `is_class`) one weapon class such as `frigate`."""

    id: str
    name: str
    family: str
    type: str
    sipri_category: str
    unroca_category: str
    origin: tuple[str, ...]
    maker: tuple[str, ...]
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    licence: tuple[str, ...]
    veto: tuple[str, ...]
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A state, force, company or body. `iso3` is the state it stands for, best first; empty for bodies and groups."""

    name: str
    kind: str
    iso3: tuple[str, ...]
    licence: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class ActorName:
    """One spelling of an actor; `how` says what kind of word it is (name, demonym, capital, seat, force, company, body)."""

    surface: str
    how: str
    strong: bool
    actor: ActorRow


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One trigger: its inflected forms, part of speech, frame, the status and deal type that it claims, and its example."""

    id: str
    forms: tuple[str, ...]
    pos: str
    frame: str
    status: str
    deal_type: str
    example: str


@dataclass(frozen=True, slots=True)
class IdiomRow:
    """One fixed construction: its pattern with slots, the status and deal type that it claims, and its example."""

    id: str
    pattern: str
    status: str
    deal_type: str
    example: str


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """One row of the measured confidences: the `base`, a `signal` with its points, or a `bin` that begins at its points.

    `records` have been measured of which `right` were right; `confidence` is their share, rounded down.
    """

    kind: str
    signal: str
    points: float
    records: int
    right: int
    confidence: float


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue: its forms, what it does to a trigger, where the trigger stands from it, and its example."""

    id: str
    forms: tuple[str, ...]
    category: str
    direction: str
    example: str


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One mark of an official source: the end of a `host` (`?` is any letter), or words that end a `source`'s name."""

    id: str
    kind: str
    form: str
    example: str


def split(cell: str) -> tuple[str, ...]:
    """The parts of a `|`-separated cell, in order, without empty ones."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_csv(path: Path, required: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file as text; raises `TableError` naming the file when a column is missing or a line is ragged."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise TableError(f"{path}: column {missing[0]} is missing; add it to the first line")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise TableError(
                    f"{path}, line {reader.line_num}: more or fewer cells than the first line; quote cells with commas"
                )
            rows.append(row)
        return rows


SYSTEM_COLUMNS = [
    "id",
    "name",
    "family",
    "type",
    "sipri_category",
    "unroca_category",
    "origin",
    "maker",
    "aliases",
    "weak_aliases",
    "licence",
    "veto",
    "source",
]


@functools.cache
def systems() -> tuple[SystemRow, ...]:
    """Every weapon system of `data/gazetteers/systems/`, in file and line order."""
    rows = []
    for path in sorted((DATA / "gazetteers" / "systems").glob("*.csv")):
        for row in read_csv(path, tuple(SYSTEM_COLUMNS)):
            rows.append(system_row(row, is_class=False))
    return tuple(rows)


@functools.cache
def classes() -> tuple[SystemRow, ...]:
    """Every weapon class of `data/gazetteers/classes.csv`; `aliases` are its singular forms."""
    path = DATA / "gazetteers" / "classes.csv"
    columns = ("id", "forms", "type", "sipri_category", "unroca_category")
    return tuple(
        SystemRow(
            row["id"], row["id"], row["id"], row["type"], row["sipri_category"], row["unroca_category"],
            (), (), split(row["forms"]), (), (), (), is_class=True,
        )
        for row in read_csv(path, columns)
    )  # fmt: skip


def system_row(row: dict[str, str], *, is_class: bool) -> SystemRow:
    return SystemRow(
        id=row["id"],
        name=row["name"],
        family=row["family"] or row["id"],
        type=row["type"],
        sipri_category=row["sipri_category"],
        unroca_category=row["unroca_category"],
        origin=split(row["origin"]),
        maker=split(row["maker"]),
        aliases=split(row["aliases"]),
        weak_aliases=split(row["weak_aliases"]),
        licence=split(row["licence"]),
        veto=split(row["veto"]),
        is_class=is_class,
    )


@functools.cache
def actor_names() -> tuple[ActorName, ...]:
    """Every spelling of every state, force, body and company."""
    folder = DATA / "gazetteers"
    names: list[ActorName] = []
    for row in read_csv(folder / "countries.csv", ("iso3", "name", "aliases", "demonyms", "capital", "seats", "weak_aliases")):
        actor = ActorRow(
            row["name"], "state", (row["iso3"],), split(row["licence"]), split(row["veto"]),
            int(row["valid_to"]) if row["valid_to"] else None,
        )  # fmt: skip
        weak = set(split(row["weak_aliases"]))
        plain = [
            (n, "name", n not in weak) for n in dict.fromkeys((row["name"], *split(row["aliases"]), *split(row["weak_aliases"])))
        ]
        plain += [(n, "demonym", True) for n in split(row["demonyms"])] + [
            (n, "demonym", False) for n in split(row["demonym_weak"])
        ]
        plain += [(n, "capital", True) for n in split(row["capital"])] + [
            (n, "capital", False) for n in split(row["capital_weak"])
        ]
        plain += [(n, "seat", True) for n in split(row["seats"])]
        names += [ActorName(surface, how, strong, actor) for surface, how, strong in plain]
    state_names = {name.actor.iso3[0]: name.actor.name for name in names}
    for row in read_csv(folder / "forces.csv", ("alias", "iso3", "strength", "licence", "veto")):
        actor = ActorRow(
            state_names.get(row["iso3"], row["iso3"]), "state", (row["iso3"],), split(row["licence"]), split(row["veto"])
        )
        names.append(ActorName(row["alias"], "force", row["strength"] == "strong", actor))
    for row in read_csv(folder / "leaders.csv", ("alias", "iso3", "strength", "licence", "from", "to", "source")):
        actor = ActorRow(state_names.get(row["iso3"], row["iso3"]), "state", (row["iso3"],), split(row["licence"]), ())
        names.append(ActorName(row["alias"], "leader", row["strength"] == "strong", actor))
    for row in read_csv(folder / "bodies.csv", ("name", "kind", "aliases", "weak_aliases", "licence", "veto")):
        actor = ActorRow(row["name"], row["kind"], (), split(row["licence"]), split(row["veto"]))
        weak = set(split(row["weak_aliases"]))
        for surface in dict.fromkeys((row["name"], *split(row["aliases"]), *split(row["weak_aliases"]))):
            names.append(ActorName(surface, "body", surface not in weak, actor))
    for row in read_csv(folder / "companies.csv", ("name", "iso3", "aliases", "weak_aliases", "licence", "veto", "former_names")):
        actor = ActorRow(row["name"], "company", split(row["iso3"]), split(row["licence"]), split(row["veto"]))
        weak = set(split(row["weak_aliases"]))
        every = (row["name"], *split(row["aliases"]), *split(row["former_names"]), *split(row["weak_aliases"]))
        for surface in dict.fromkeys(every):
            names.append(ActorName(surface, "company", surface not in weak, actor))
    return tuple(names)


@functools.cache
def country_names() -> dict[str, str]:
    """ISO 3166 alpha-3 -> display name."""
    return {n.actor.iso3[0]: n.actor.name for n in actor_names() if n.actor.kind == "state"}


@functools.cache
def triggers() -> tuple[TriggerRow, ...]:
    """The trigger lexicon of `data/rules/triggers.csv`."""
    rows = read_csv(DATA / "rules" / "triggers.csv", ("id", "forms", "pos", "frame", "status", "deal_type", "example"))
    return tuple(
        TriggerRow(r["id"], split(r["forms"]), r["pos"], r["frame"], r["status"], r["deal_type"], r["example"]) for r in rows
    )


@functools.cache
def cues() -> tuple[CueRow, ...]:
    """The cues and pseudo-triggers of `data/rules/cues.csv`."""
    rows = read_csv(DATA / "rules" / "cues.csv", ("id", "forms", "category", "direction", "example"))
    return tuple(CueRow(r["id"], split(r["forms"]), r["category"], r["direction"], r["example"]) for r in rows)


@functools.cache
def idioms() -> tuple[IdiomRow, ...]:
    """The fixed constructions of `data/rules/idioms.toml`, tried in file order."""
    path = DATA / "rules" / "idioms.toml"
    with path.open("rb") as handle:
        entries = tomllib.load(handle)["idiom"]
    try:
        return tuple(IdiomRow(**entry) for entry in entries)
    except TypeError as error:
        raise TableError(f"{path}: an idiom has other keys than id, pattern, status, deal_type, example ({error})") from error


@functools.cache
def confidence() -> tuple[ConfidenceRow, ...]:
    """The measured points and shares of `data/rules/confidence.csv`."""
    path = DATA / "rules" / "confidence.csv"
    rows = read_csv(path, ("kind", "signal", "points", "records", "right", "confidence"))
    try:
        return tuple(
            ConfidenceRow(r["kind"], r["signal"], float(r["points"]), int(r["records"]), int(r["right"]), float(r["confidence"]))
            for r in rows
        )
    except ValueError as error:
        raise TableError(f"{path}: {error}; make the table anew with scripts/measure_confidence.py") from error


@functools.cache
def official_marks() -> tuple[OfficialRow, ...]:
    """The marks of official sources in `data/rules/official.csv`."""
    rows = read_csv(DATA / "rules" / "official.csv", ("id", "kind", "form", "example"))
    return tuple(OfficialRow(r["id"], r["kind"], r["form"], r["example"]) for r in rows)


@functools.cache
def rules_version() -> str:
    """Twelve hex digits over every table and every source file of this package: changes with any of them."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent
    for path in sorted([*DATA.glob("gazetteers/**/*.csv"), *DATA.glob("rules/*"), *package.rglob("*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
