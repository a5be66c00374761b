"""Made-up records in any number: buyers and systems after Zipf, about five claims a deal, one block of at least a fiftieth of all.

They are noise with the shape of a large register, for timing only, and stand for no real deal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import orjson

from extractors import COLUMNS, tables

CLAIMS_A_DEAL = 5
BUYERS, SELLERS = 190, 40
STAGES = np.array(["planned", "approved", "ordered", "delivered", "cancelled"])
EMPTY = {c.name: None if c.dtype in ("Int64", "Float64", "date") else "" for c in COLUMNS}


def rows(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """`count` record rows with the columns of a register, deterministic for a seed."""
    made = np.random.default_rng(seed)
    states = list(tables.country_names().items())
    systems = [(row.id, row.name, row.type) for row in tables.systems()]
    deals = max(1, count // CLAIMS_A_DEAL)
    buyer = np.minimum(made.zipf(1.3, deals) - 1, BUYERS - 1) % BUYERS
    system = (made.zipf(1.2, deals) - 1) % len(systems)
    seller = (made.zipf(1.5, deals) - 1) % SELLERS
    heavy = made.random(deals) < 0.03
    buyer[heavy], system[heavy] = 0, 0
    year = made.integers(1990, 2025, deals)
    number = made.choice([2, 4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 36, 40, 48, 50, 60, 72, 100, 120, 200], deals)
    deal = made.integers(0, deals, count)
    stage = made.choice(5, count, p=[0.25, 0.1, 0.4, 0.2, 0.05])
    lag = made.integers(0, 4, count)
    silent, vague = made.random(count) < 0.3, made.random(count) < 0.4
    for i in range(count):
        d = int(deal[i])
        status = str(STAGES[stage[i]])
        when = int(year[d]) + (int(lag[i]) if status in ("delivered", "cancelled") else 0)
        name = systems[int(system[d])]
        row = dict(EMPTY)
        row.update(
            buyer=states[int(buyer[d])][1],
            buyer_iso3=states[int(buyer[d])][0],
            seller="" if silent[i] else states[int(seller[d])][1],
            seller_iso3="" if silent[i] else states[int(seller[d])][0],
            system=name[1],
            system_id=name[0],
            system_text=name[1],
            weapon_type=name[2],
            quantity=None if vague[i] else int(number[d]),
            quantity_high=None if vague[i] else int(number[d]),
            quantity_note="" if vague[i] else "exact",
            year=when,
            year_basis="stated",
            status=status,
            deal_type="sale",
            domestic=False,
            events=orjson.dumps(
                [{"status": status, "year": when, "year_basis": "stated", "quantity": None, "spans": []}]
            ).decode(),
            evidence=f"A made-up sentence about {name[1]}.",
            evidence_in="text",
            evidence_start=0,
            evidence_end=60,
            spans="{}",
            article_id=f"made-up-{i // 2}",
            source=f"source {i % 97}",
            published=date(when, 1 + i % 12, 1 + i % 28),
            confidence=0.7,
            record_id=f"{i:016x}",
        )
        yield row
