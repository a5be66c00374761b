"""A register of made-up records, of any size, for timing: `python -m benchmarks.register SIZE PATH`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.made_up import rows
from extractors import open_register
from extractors.records.deal_claims import block_of
from extractors.records.store import stale
from extractors.records.store.batches import insert
from extractors.records.store.tables import RECORDS


def build(path: Path, size: int) -> None:
    """Fills a new register with `size` records and joins them into deals."""
    with open_register(path, create=True, label="made up") as register:
        with register.writing() as connection:
            insert(connection, RECORDS, ({**row, "position": 0, "block": block_of(row)} for row in rows(size)))
            stale.mark_all(connection)
        register.rejoin("made up")


if __name__ == "__main__":
    begun = time.perf_counter()
    build(Path(sys.argv[2]), int(sys.argv[1]))
    print(f"{sys.argv[1]} records in {time.perf_counter() - begun:.1f} s: {sys.argv[2]}")
