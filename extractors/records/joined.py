"""A frame of records joined into a frame of deals, with each record's deal; what a register stores and a page may do in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors.model import DEAL_COLUMNS
from extractors.records.deal_claims import deal_claim
from extractors.records.deal_ids import assign
from extractors.records.deal_summary import summary
from extractors.records.deals import clusters
from extractors.records.export import frame_of


@dataclass(frozen=True, slots=True)
class Joined:
    """Deals as rows by column of `DEAL_COLUMNS`, record id -> deal id, and ids that are no longer a deal's -> the deal's that has their records."""

    deals: Sequence[dict[str, Any]]
    home: Mapping[str, str]
    redirects: Mapping[str, str]

    def frame(self) -> pd.DataFrame:
        return frame_of(self.deals, DEAL_COLUMNS)


def join(
    records: pd.DataFrame | Sequence[Mapping[str, Any]],
    before: Mapping[str, str] | None = None,
    elsewhere: Collection[str] = frozenset(),
) -> Joined:
    """Records (rows or a frame with the columns of `COLUMNS`) joined into deals.

    `before` is the earlier run's record id -> deal id, `elsewhere` are ids of deals of other blocks.
    """
    rows: Sequence[Mapping[str, Any]] = plain_rows(records) if isinstance(records, pd.DataFrame) else records
    by_id = {row["record_id"]: row for row in rows}
    found = clusters(deal_claim(row, position) for position, row in enumerate(rows))
    members = [[claim.record_id for claim in deal] for deal in found]
    ids, redirects = assign(members, before or {}, elsewhere)
    deals = [summary(one, [by_id[r] for r in records]) for one, records in zip(ids, members, strict=True)]
    return Joined(deals, {r: one for one, records in zip(ids, members, strict=True) for r in records}, redirects)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with `None` for what is missing."""
    names = list(frame.columns)
    columns = [frame[name].astype("object").where(frame[name].notna(), None).tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
