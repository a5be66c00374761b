"""Records and deals as people say they are: reviews laid over the machine's reading, which stays as it is.

Records that were corrected or rejected let their blocks be joined anew; what people said of which records belong together then
stands over that; corrections of a deal's own fields come last. Everything here is pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors.model import COLUMNS, DEAL_COLUMNS
from extractors.records.deal_claims import block_of
from extractors.records.deal_summary import summary
from extractors.records.export import frame_of
from extractors.records.joined import Joined, join, plain_rows
from extractors.records.reviews import Review, attach, attach_deals, reviewed, split_off


@dataclass(frozen=True, slots=True)
class Judged:
    """`records` and `deals` with the columns `review` and `machine`; rejected ones are marked, and rejected records are of no deal.

    `home` is record id -> deal id, `redirects` old deal id -> the one that has its records. `said` are the reviews that stand, by the
    id that their record or deal has now; `unattached` those whose record or deal is gone.
    """

    records: pd.DataFrame
    deals: pd.DataFrame
    home: Mapping[str, str]
    redirects: Mapping[str, str]
    said: Mapping[str, tuple[Review, ...]]
    unattached: tuple[Review, ...]


def judge(records: pd.DataFrame, joined: Joined, reviews: Sequence[Review]) -> Judged:
    """Lays the reviews over the records (columns of `COLUMNS`) and the deals that they were joined into."""
    standing = [review for review in reviews if review.stands]
    of_records = attach(standing, told_in(records, {review.article_id for review in standing}))
    said = reviewed(records, of_records.by_id)
    grouping = Grouping(joined, records, said)
    grouping.join_anew({one for one, listed in of_records.by_id.items() if any(r.action != "confirm" for r in listed)})
    clusters = [review for review in standing if review.target == "cluster"]
    left = [*of_records.unattached, *(review for review in clusters if not grouping.regroup(review))]
    grouping.make({grouping.home[one] for one in of_records.by_id if one in grouping.home})
    deals = frame_of(sorted(grouping.deals.values(), key=lambda deal: str(deal["deal_id"])), DEAL_COLUMNS)
    of_deals = attach_deals([r for r in standing if r.target == "deal"], grouping.deals, grouping.redirects)
    left += of_deals.unattached
    said_of = defaultdict(list, {one: [*listed] for one, listed in (*of_records.by_id.items(), *of_deals.by_id.items())})
    for review in clusters:
        if review not in left:
            said_of[grouping.current(review.target_id) or review.target_id].append(review)
    return Judged(
        said,
        reviewed(deals, of_deals.by_id, "deal_id"),
        grouping.home,
        grouping.redirects,
        {one: tuple(sorted(listed, key=lambda review: review.id)) for one, listed in said_of.items()},
        tuple(sorted(left, key=lambda review: review.id)),
    )


def judged_rows(rows: Sequence[Mapping[str, Any]], reviews: Mapping[str, Sequence[Review]]) -> list[dict[str, Any]]:
    """Records as plain rows with what reviews by record id say of them: see `reviewed`. Rejected ones are marked, not dropped."""
    return plain_rows(reviewed(frame_of([dict(row) for row in rows], COLUMNS), reviews))


def told_in(records: pd.DataFrame, article_ids: Collection[str]) -> list[dict[str, Any]]:
    """The rows of these articles' records."""
    return plain_rows(records[records["article_id"].isin(list(article_ids))])


def blocks(records: pd.DataFrame) -> list[str]:
    """The block of every row."""
    names = ("buyer_iso3", "buyer", "seller_iso3", "seller")
    columns = (records[name].tolist() for name in names)
    return [block_of(dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


class Grouping:
    """The deals while reviews are laid over them: `home` (record id -> deal id), `deals` and `redirects` as they come to stand."""

    def __init__(self, joined: Joined, machine: pd.DataFrame, said: pd.DataFrame) -> None:
        self.home = dict(joined.home)
        self.deals = {str(deal["deal_id"]): dict(deal) for deal in joined.deals}
        self.redirects = dict(joined.redirects)
        self._machine, self._said = machine, said
        self._place = {one: place for place, one in enumerate(said["record_id"].tolist())}
        self._members: dict[str, set[str]] = defaultdict(set)
        for one, deal in self.home.items():
            self._members[deal].add(one)

    def join_anew(self, record_ids: Collection[str]) -> None:
        """Joins the blocks of corrected or rejected records anew, out of what people say of them; a rejected record is of no deal."""
        if not record_ids:
            return
        before, after = blocks(self._machine), blocks(self._said)
        touched = {listed[self._place[one]] for one in record_ids for listed in (before, after)}
        places = [place for place, pair in enumerate(zip(before, after, strict=True)) if touched & {*pair}]
        rows = plain_rows(self._said.iloc[places])
        held = {row["record_id"]: self.home.pop(row["record_id"]) for row in rows if row["record_id"] in self.home}
        made = join([row for row in rows if row["review"] != "rejected"], held)
        for deal in {*held.values()}:
            self.deals.pop(deal, None)
            self._members.pop(deal, None)
        self.deals.update({str(deal["deal_id"]): deal for deal in made.deals})
        for one, deal in made.home.items():
            self.put(one, deal)
        self.redirects.update(made.redirects)

    def regroup(self, review: Review) -> bool:
        """Merges, splits or moves as a person said; `False` where the deal or the records are not there any more."""
        here = self.current(review.target_id)
        if review.action == "merge":
            others = {one for one in map(self.current, review.value["with"]) if one is not None} - {here}
            if here is None or not others:
                return False
            self.assign([one for other in sorted(others) for one in sorted(self._members[other])], here)
            self.redirects.update(dict.fromkeys(others, here))
            return True
        there = split_off(review.id, review.target_id) if review.action == "split" else self.current(review.value["to"])
        moved = [one for one in map(self.found, review.machine.get("named", ())) if one is not None]
        if not moved or there is None:
            return False
        self.assign(moved, there)
        return True

    def current(self, deal_id: str) -> str | None:
        """The id under which a deal stands, or nothing."""
        seen: set[str] = set()
        while deal_id not in self.deals and deal_id in self.redirects and deal_id not in seen:
            seen.add(deal_id)
            deal_id = self.redirects[deal_id]
        return deal_id if deal_id in self.deals else None

    def found(self, named: Mapping[str, Any]) -> str | None:
        """The record that is meant, by id or by its words, where it is of a deal."""
        told = Review(
            target="record",
            target_id=named["record_id"],
            action="confirm",
            article_id=named["article_id"],
            machine=named,
            record_spans=named["spans"],
        )
        one = next(iter(attach([told], told_in(self._machine, {told.article_id})).by_id), None)
        return one if one in self.home else None

    def put(self, record_id: str, deal_id: str) -> None:
        self._members[self.home.get(record_id, deal_id)].discard(record_id)
        self._members[deal_id].add(record_id)
        self.home[record_id] = deal_id

    def assign(self, record_ids: Collection[str], deal_id: str) -> None:
        """Puts records into a deal; a deal that loses its last record is gone."""
        touched = {deal_id, *(self.home[one] for one in record_ids)}
        for one in record_ids:
            self.put(one, deal_id)
        self.make(touched)

    def make(self, deal_ids: Collection[str]) -> None:
        """Sums deals up anew over their records."""
        for deal in deal_ids:
            places = sorted(self._place[one] for one in self._members[deal])
            if places:
                self.deals[deal] = summary(deal, plain_rows(self._said.iloc[places]))
            else:
                self.deals.pop(deal, None)
