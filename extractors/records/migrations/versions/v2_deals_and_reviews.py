"""Deals, reviews, the runs, and an id for every register."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

from extractors.records.migrations.columns import FLOAT, TEXT, TRUTH, WHOLE, columns

revision = "2"
down_revision = "1"

DEAL = """
    deal_id buyer system quantity year seller weapon_type status deal_type domestic quantity_low quantity_high value currency value_scope
    package_id buyer_iso3 seller_iso3 system_id sipri_category unroca_category confidence year_planned year_approved year_ordered
    year_delivered year_cancelled quantity_ordered quantity_delivered articles sources disagree why events
"""
DEAL_NUMBERS = {
    WHOLE: """
        quantity year quantity_low quantity_high year_planned year_approved year_ordered year_delivered year_cancelled quantity_ordered
        quantity_delivered articles sources
    """,
    FLOAT: "value confidence",
    TRUTH: "domestic",
}
REVIEW = "id target target_id action field value machine note who made_at undone_by undone_at article_id record_spans"
RUN = "id command started finished seconds rules_version added changed unchanged removed records"

BLOCK = """
    CASE WHEN buyer_iso3 <> '' THEN buyer_iso3 WHEN buyer <> '' THEN buyer
    WHEN seller_iso3 = 'SUN' THEN '?RUS' WHEN seller_iso3 <> '' THEN '?' || seller_iso3 ELSE '?' || seller END
"""


def upgrade() -> None:
    runs = {WHOLE: "id added changed unchanged removed records", FLOAT: "seconds"}
    op.create_table("runs", *columns(RUN, "id", runs, required=True))
    op.create_table("deals", *columns(DEAL, "deal_id", DEAL_NUMBERS))
    op.create_table("record_deals", *columns("record_id deal_id", "record_id", required=True))
    op.create_index("record_deals_by_deal", "record_deals", ["deal_id"])
    op.add_column("records", sa.Column("block", TEXT, nullable=False, server_default=""))
    op.execute(sa.text(f"UPDATE records SET block = {BLOCK}"))
    op.create_index("records_by_block", "records", ["block"])
    op.create_table("stale_blocks", *columns("block", "block"))
    op.execute(sa.text("INSERT INTO stale_blocks (block) SELECT DISTINCT block FROM records"))
    op.create_table("deal_redirects", *columns("old_id new_id", "old_id", required=True))
    op.create_table("reviews", *columns(REVIEW, "id", {WHOLE: "id"}, required=True))
    op.create_index("reviews_by_target", "reviews", ["target", "target_id"])
    meta = sa.table("meta", sa.column("name", sa.Text), sa.column("value", sa.Text))
    op.bulk_insert(meta, [{"name": "register_id", "value": uuid.uuid4().hex}])
    op.execute(meta.update().where(meta.c.name == "schema_version").values(value=revision))


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older form: restore the copy that was kept")
