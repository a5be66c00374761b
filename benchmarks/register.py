"""A register of made-up records, of any size, for timing: `python -m benchmarks.register SIZE PATH`.

Making a million takes some minutes, so registers are kept from one run to the next: under `data/made-up/`, or in the folder that
$BENCH_REGISTERS names.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.made_up import rows
from extractors import open_register
from extractors.records.deal_claims import block_of
from extractors.records.store import stale
from extractors.records.store.batches import insert
from extractors.records.store.tables import RECORDS

ROOT = Path(__file__).parents[1]


def build(path: Path, size: int) -> None:
    """Fills a new register with `size` records and joins them into deals."""
    with open_register(path, create=True, label="made up") as register:
        with register.writing() as connection:
            insert(connection, RECORDS, ({**row, "position": 0, "block": block_of(row)} for row in rows(size)))
            stale.mark_all(connection)
        register.rejoin("made up")


def kept(size: int) -> Path:
    """The register of this size, made in a process of its own where there is none yet; made anew where its rows are made differently."""
    folder = Path(os.environ.get("BENCH_REGISTERS") or ROOT / "data" / "made-up")
    folder.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256((ROOT / "benchmarks" / "made_up.py").read_bytes()).hexdigest()[:8]
    path, half = folder / f"{size}-{mark}.sqlite", folder / f"{size}-{mark}.half.sqlite"
    if not path.exists():
        for old in folder.glob(f"{size}-*.sqlite*"):
            old.unlink()
        subprocess.run(
            [sys.executable, "-m", "benchmarks.register", str(size), str(half)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        half.rename(path)
    return path


if __name__ == "__main__":
    begun = time.perf_counter()
    build(Path(sys.argv[2]), int(sys.argv[1]))
    print(f"{sys.argv[1]} records in {time.perf_counter() - begun:.1f} s: {sys.argv[2]}")
