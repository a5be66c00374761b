"""Reviews: what a person says of the machine's reading. Kept apart from records, so that reading anew loses none.

A record's id can change when rules do. Its reviews then find it by the words that it was read from: `attach`. What a reviewer says
is laid over the machine's reading by `reviewed`, which keeps both. Everything here is pure; the tables are `store.reviews`.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import pandas as pd

from extractors.model import COLUMNS, DEAL_COLUMNS
from extractors.records.corrections import implied

TARGETS = ("record", "deal", "cluster")
# What can be done to what. A cluster is the set of records under one deal's id.
ACTIONS = {
    "record": ("confirm", "reject", "correct"),
    "deal": ("confirm", "reject", "correct"),
    "cluster": ("move", "merge", "split"),
}
FIELDS = {"record": {c.name: c.dtype for c in COLUMNS}, "deal": {c.name: c.dtype for c in DEAL_COLUMNS}}
STANDS = {"confirm": "confirmed", "reject": "rejected"}


class ReviewError(ValueError):
    """A review that makes no sense: the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One judgement. `id`, `made_at`, `machine`, `article_id` and `record_spans` are filled in when it is stored."""

    target: str
    target_id: str
    action: str
    field: str = ""
    value: Any = None
    note: str = ""
    who: str = ""
    id: int = 0
    made_at: str = ""
    machine: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    undone_by: str = ""
    undone_at: str = ""
    article_id: str = ""
    record_spans: Mapping[str, Sequence[Sequence[Any]]] = dataclasses.field(default_factory=dict)

    @property
    def stands(self) -> bool:
        return not self.undone_at


@dataclass(frozen=True, slots=True)
class Attached:
    """Reviews by the id that their target has now, earliest first; `moved` is review id -> that id where it is another one."""

    by_id: Mapping[str, tuple[Review, ...]]
    moved: Mapping[int, str]
    unattached: tuple[Review, ...]


def check(review: Review) -> None:
    """Raises `ReviewError` for an action, field or value that the target does not have."""
    if review.target not in TARGETS:
        raise ReviewError(f"{review.target!r} cannot be reviewed; only {', '.join(TARGETS)}")
    if review.action not in ACTIONS[review.target]:
        raise ReviewError(f"{review.action!r} is nothing to do to a {review.target}; only {', '.join(ACTIONS[review.target])}")
    if review.target == "cluster":
        check_group(review)
    if review.action != "correct":
        return
    dtype = FIELDS[review.target].get(review.field)
    if dtype is None or dtype == "JSON" or review.field in ("record_id", "deal_id", "article_id"):
        raise ReviewError(f"{review.field!r} is no column of a {review.target} that can be corrected")
    if not fits(dtype, review.value):
        raise ReviewError(f"{review.value!r} is no value of {review.field}, which is of type {dtype}")


def check_group(review: Review) -> None:
    """Raises `ReviewError` where a merge names no deal, a split or move no record, or a move no deal to go to."""
    value = review.value if isinstance(review.value, Mapping) else {}
    named = "with" if review.action == "merge" else "records"
    ids = value.get(named)
    if not isinstance(ids, (list, tuple)) or not ids or not all(isinstance(one, str) and one for one in ids):
        raise ReviewError(f"a {review.action} needs the ids of {'other deals' if named == 'with' else 'records'}")
    if review.action == "move" and not (isinstance(value.get("to"), str) and value["to"]):
        raise ReviewError("a move needs the id of the deal that records move to")
    if review.action == "merge" and review.target_id in ids:
        raise ReviewError("a deal cannot be merged with itself")


def split_off(number: int, deal_id: str) -> str:
    """The id of the deal that the review of this number splits off."""
    return hashlib.sha256(f"split\x1f{number}\x1f{deal_id}".encode()).hexdigest()[:16]


def fits(dtype: str, value: Any) -> bool:
    """Whether a value can stand in a column; `None` empties a column that is not text."""
    if dtype in ("string", "category"):
        return isinstance(value, str)
    if value is None:
        return True
    if dtype == "boolean":
        return isinstance(value, bool)
    if dtype == "date":
        return isinstance(value, str) and day(value) is not None
    return isinstance(value, int if dtype == "Int64" else (int, float)) and not isinstance(value, bool)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def attach(reviews: Iterable[Review], records: Iterable[Mapping[str, Any]]) -> Attached:
    """Reviews of records laid to the records that there are now: by id, else by the words that they were read from."""
    by_article: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    by_id: dict[str, Mapping[str, Any]] = {}
    for row in records:
        by_article[row["article_id"]].append(row)
        by_id[row["record_id"]] = row
    return gathered(
        (review, home_of(review, by_id, by_article[review.article_id])) for review in reviews if review.target == "record"
    )


def heirs(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Id of a record that is no more -> id of the new record read from its words, for the rows of one article; each heir once."""
    old, new = {row["record_id"] for row in before}, {row["record_id"] for row in after}
    lost = [row for row in before if row["record_id"] not in new]
    seen = [
        Review(
            target="record",
            target_id=row["record_id"],
            action="confirm",
            id=place,
            article_id=row["article_id"],
            machine=row,
            record_spans=spans_of(row),
        )
        for place, row in enumerate(lost)
    ]
    found: dict[str, str] = {}
    for place, heir in sorted(attach(seen, [row for row in after if row["record_id"] not in old]).moved.items()):
        if heir not in found.values():
            found[lost[place]["record_id"]] = heir
    return found


def attach_deals(reviews: Iterable[Review], deal_ids: Collection[str], redirects: Mapping[str, str]) -> Attached:
    """Reviews of deals and clusters laid to the deals that there are now: by id, else by the id's redirect."""
    return gathered(
        (review, next((one for one in (review.target_id, redirects.get(review.target_id)) if one in deal_ids), None))
        for review in reviews
        if review.target != "record"
    )


def gathered(pairs: Iterable[tuple[Review, str | None]]) -> Attached:
    found: dict[str, list[Review]] = defaultdict(list)
    moved: dict[int, str] = {}
    left: list[Review] = []
    for review, home in sorted(pairs, key=lambda pair: pair[0].id):
        if home is None:
            left.append(review)
            continue
        found[home].append(review)
        if home != review.target_id:
            moved[review.id] = home
    return Attached({one: tuple(listed) for one, listed in found.items()}, moved, tuple(left))


def home_of(review: Review, by_id: Mapping[str, Mapping[str, Any]], candidates: Sequence[Mapping[str, Any]]) -> str | None:
    """The record that the review speaks of. Of records whose ids differ by their ordinal alone, the one that has its words."""
    same = by_id.get(review.target_id)
    if same is not None:
        alike = [row for row in candidates if key(row) == key(same)]
        best = clearly_best(alike, review)
        return str((best or same)["record_id"])
    best = clearly_best([row for row in candidates if resembles(row, review)], review)
    return None if best is None else str(best["record_id"])


def key(row: Mapping[str, Any]) -> tuple[Any, Any]:
    """What an id is made from beside article and ordinal."""
    return row["buyer"], row["system_id"]


def clearly_best(rows: Sequence[Mapping[str, Any]], review: Review) -> Mapping[str, Any] | None:
    """The row that shares most of the review's words; none where no row does, or two do alike."""
    ranked = sorted(((overlap(spans_of(row), review.record_spans), place) for place, row in enumerate(rows)), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return rows[ranked[0][1]]


def resembles(row: Mapping[str, Any], review: Review) -> bool:
    """The same system, or the same buyer of what the same words name: a buyer's words alone are shared by all that it bought."""
    told = review.machine
    if row["system"] == told.get("system") or (row["system_id"] and row["system_id"] == told.get("system_id")):
        return True
    buyer = row["buyer"] and row["buyer"] == told.get("buyer")
    only = {"system": review.record_spans.get("system", ())}
    return bool(buyer) and overlap({"system": spans_of(row).get("system", ())}, only) > 0


def spans_of(row: Mapping[str, Any]) -> Mapping[str, Sequence[Sequence[Any]]]:
    spans = row["spans"]
    found: Mapping[str, Sequence[Sequence[Any]]] = orjson.loads(spans) if isinstance(spans, str) and spans else spans or {}
    return found


Spans = Mapping[str, Sequence[Sequence[Any]]]


def overlap(one: Spans, other: Spans) -> int:
    """How many code points two sets of spans share."""
    return len(points(one) & points(other))


def points(spans: Spans) -> set[tuple[str, int]]:
    return {(where, at) for found in spans.values() for start, end, where in found for at in range(start, end)}


def reviewed(frame: pd.DataFrame, reviews: Mapping[str, Sequence[Review]], id_column: str = "record_id") -> pd.DataFrame:
    """The frame as people say it is, with two more columns: `review` (confirmed, rejected, corrected or empty) and `machine`.

    `reviews` are by id, as `Attached.by_id` has them; of reviews that stand, the latest on a field counts. `machine` is JSON text:
    the machine's value of every field that is another one now. Rows stay in order and number: a rejected one is marked, not dropped.
    """
    result = frame.copy()
    places = {one: place for place, one in enumerate(frame[id_column].tolist())}
    dtypes = {c.name: c.dtype for c in (*COLUMNS, *DEAL_COLUMNS)}
    state = [""] * len(frame)
    machine: list[dict[str, Any]] = [{} for _ in state]
    corrected: dict[str, dict[int, Any]] = defaultdict(dict)
    for one, listed in reviews.items():
        if one not in places:
            continue
        place = places[one]
        state[place], changes = outcome(listed)
        if {"buyer_iso3", "seller_iso3"} & {*changes} and "domestic" not in changes:
            buyer, seller = (changes.get(n, frame[n].iloc[place]) for n in ("buyer_iso3", "seller_iso3"))
            changes["domestic"] = bool(buyer) and buyer == seller
        for name, value in changes.items():
            if name in frame.columns:
                corrected[name][place] = value
    for name, values in corrected.items():
        held = frame[name].astype("object").where(frame[name].notna(), None).tolist()
        for place, value in values.items():
            said = day(value) if dtypes[name] == "date" and value is not None else value
            if said != held[place]:
                machine[place][name] = held[place]
            held[place] = said
        series = pd.Series(held, index=frame.index, dtype="object")
        result[name] = series.astype("category" if dtypes[name] == "category" else frame[name].dtype.name)  # type: ignore[call-overload]
    result["review"] = pd.Series(state, index=frame.index, dtype="str")
    told = ["" if not kept else orjson.dumps(kept, default=str).decode() for kept in machine]
    result["machine"] = pd.Series(told, index=frame.index, dtype="str")
    return result


def outcome(reviews: Iterable[Review]) -> tuple[str, dict[str, Any]]:
    """What reviews of one target come to: its standing, and field -> value of the corrections with what they imply; the latest counts."""
    standing, changes = "", {}
    for review in sorted((r for r in reviews if r.stands), key=lambda r: r.id):
        if review.action == "correct":
            changes.update({**implied(review.target, review.field, review.value), review.field: review.value})
        standing = STANDS.get(review.action, "corrected" if review.action == "correct" else standing)
    return standing, changes
