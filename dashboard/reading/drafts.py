"""What a reader says of a batch's records before these are added: reviews that are not stored yet, laid over the machine's reading.

A later word on a field takes the place of an earlier one, and confirming that of rejecting: so a record has few drafts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.reviewing import judgement
from extractors import Review, ReviewError, judged_rows

LONGEST = 1_000
ACTIONS = ("confirm", "reject", "correct")
# What only a register knows of a record, for one that is in none.
BLANK = {"review": "", "machine": ""}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one record, earliest first: `stored` in the register, and `drafts` that are not."""

    stored: tuple[Review, ...] = ()
    drafts: tuple[Review, ...] = ()

    def reviews(self) -> tuple[Review, ...]:
        """All of it, numbered in its order."""
        return tuple(replace(one, id=number) for number, one in enumerate((*self.stored, *self.drafts), start=1))

    def saying(self, review: Review) -> Said:
        """The same with one more draft, in place of an earlier one about the same."""
        return replace(self, drafts=(*self.without(about(review)).drafts, review))

    def without(self, what: str) -> Said:
        """The same without the draft about `what`."""
        return replace(self, drafts=tuple(one for one in self.drafts if about(one) != what))


def about(review: Review) -> str:
    """The column that a review is about; of confirming and rejecting `record`."""
    return review.field if review.action == "correct" else "record"


def drafted(action: str, row: Mapping[str, Any], typed: Mapping[str, str], *, reason: bool) -> Review:
    """The review that a click means, without a name yet. Raises `ReviewError` with what is missing; `reason` says that one is needed."""
    if action not in ACTIONS:
        raise ReviewError("That is nothing to do to a record.")
    if any(len(words) > LONGEST for words in typed.values()):
        raise ReviewError(f"Say it shorter: at most {LONGEST:,} characters.")
    made = judgement(action, {"kind": "record", "id": row["record_id"]}, typed, reason=reason)
    return replace(made, machine={made.field: row[made.field]}) if made.field else made


def rows_of(rows: Sequence[dict[str, Any]], said: Mapping[str, Said]) -> list[dict[str, Any]]:
    """Records as their reader says they are, with the columns `review` and `machine` as a register's downloads have them."""
    spoken = {row["record_id"]: said[row["record_id"]].reviews() for row in rows if row["record_id"] in said}
    if not spoken:
        return [{**row, **BLANK} for row in rows]
    judged = {row["record_id"]: row for row in judged_rows([row for row in rows if row["record_id"] in spoken], spoken)}
    return [judged.get(row["record_id"], {**row, **BLANK}) for row in rows]
