"""Articles and records: the register as it was first published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extractors.records.migrations.columns import DAY, FLOAT, TEXT, TRUTH, WHOLE, columns

revision = "1"
down_revision = None

RECORD = """
    buyer system quantity year seller weapon_type status deal_type domestic quantity_high quantity_note year_basis value currency
    value_scope package_id buyer_iso3 seller_iso3 buyer_entity seller_entity system_text system_id sipri_category unroca_category
    confidence evidence evidence_in evidence_start evidence_end spans events rule rules_version article_id title source url published
    record_id
"""


def upgrade() -> None:
    meta = op.create_table("meta", sa.Column("name", TEXT, primary_key=True), sa.Column("value", TEXT, nullable=False))
    op.create_table("articles", *columns("id text title published source url sha256", "id", {DAY: "published"}, required=True))
    numbers = {
        WHOLE: "quantity year quantity_high evidence_start evidence_end",
        FLOAT: "value confidence",
        TRUTH: "domestic",
        DAY: "published",
    }
    op.create_table("records", *columns(RECORD, "record_id", numbers), sa.Column("position", sa.Integer, nullable=False))
    op.create_index("records_by_article", "records", ["article_id", "position"])
    op.bulk_insert(
        meta,
        [
            {"name": "schema_version", "value": "1"},
            {"name": "label", "value": ""},
            {"name": "changes", "value": "0"},
        ],
    )


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older form: restore the copy that was kept")
