"""Deals, their records, and the ids that deals had before, in the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from extractors.model import DEAL_COLUMNS
from extractors.records.store import meta
from extractors.records.store.batches import batches, insert
from extractors.records.store.tables import DEAL_REDIRECTS, DEALS, RECORD_DEALS, rows_of, typed


def rows(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Deals as plain values, by id."""
    yield from rows_of(connection, DEALS, DEAL_COLUMNS, DEALS.c.deal_id)


def links(connection: sa.Connection) -> dict[str, str]:
    """Record id -> deal id."""
    return {row.record_id: row.deal_id for row in connection.execute(sa.select(RECORD_DEALS).order_by(RECORD_DEALS.c.record_id))}


def redirects(connection: sa.Connection) -> dict[str, str]:
    """Id of a deal that is no more -> the deal that has its records now."""
    return {row.old_id: row.new_id for row in connection.execute(sa.select(DEAL_REDIRECTS).order_by(DEAL_REDIRECTS.c.old_id))}


def put(
    connection: sa.Connection,
    deals: Sequence[Mapping[str, Any]],
    home: Mapping[str, str],
    moved: Mapping[str, str],
    gone: Collection[str] | None = None,
) -> None:
    """Stores deals with their records (`home`: record id -> deal id) in place of the deals `gone`, or of all of them.

    `moved` are ids that are no longer a deal's -> the deal that has their records; earlier redirects to them follow.
    """
    old = set(connection.execute(sa.select(DEALS.c.deal_id)).scalars()) if gone is None else set(gone)
    if gone is None:
        connection.execute(DEALS.delete())
        connection.execute(RECORD_DEALS.delete())
    else:
        for part in batches(sorted(old | {str(deal["deal_id"]) for deal in deals})):
            connection.execute(DEALS.delete().where(DEALS.c.deal_id.in_(part)))
            connection.execute(RECORD_DEALS.delete().where(RECORD_DEALS.c.deal_id.in_(part)))
        for part in batches(sorted(home)):
            connection.execute(RECORD_DEALS.delete().where(RECORD_DEALS.c.record_id.in_(part)))
    insert(connection, DEALS, (typed(DEAL_COLUMNS, dict(deal)) for deal in deals))
    insert(connection, RECORD_DEALS, ({"record_id": one, "deal_id": deal} for one, deal in sorted(home.items())))
    before = redirects(connection)
    after = followed({**before, **moved}, {str(deal["deal_id"]) for deal in deals})
    if after != before:
        connection.execute(DEAL_REDIRECTS.delete())
        insert(connection, DEAL_REDIRECTS, ({"old_id": one, "new_id": to} for one, to in sorted(after.items())))
    meta.count_change(connection)


def followed(redirects: Mapping[str, str], standing: Collection[str]) -> dict[str, str]:
    """Redirects that lead to their end in one step; none from an id that is a deal's again, none in a circle."""
    found = {}
    for one in redirects:
        if one in standing:
            continue
        seen, to = {one}, redirects[one]
        while to in redirects and to not in standing and to not in seen:
            seen.add(to)
            to = redirects[to]
        if to not in seen:
            found[one] = to
    return found
