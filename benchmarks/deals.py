"""Joins made-up records into deals at growing sizes: processor seconds of one core, peak memory, comparisons, each size in a process of its own.

python -m benchmarks.deals [SIZE ...]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter

from benchmarks.made_up import rows
from extractors.records import deals
from extractors.records.deal_claims import DealClaim, deal_claim
from extractors.records.open_deal import OpenDeal

SIZES = (10_000, 100_000, 1_000_000)
MOST_SECONDS, MOST_MEGABYTES, LEAST_BLOCK = 120, 4_000, 20_000


def measure(size: int) -> dict[str, float]:
    claims = []
    spent, counted = 0.0, 0
    fits = deals.fits

    def counting(deal: OpenDeal, claim: DealClaim) -> bool:
        nonlocal counted
        counted += 1
        return fits(deal, claim)

    deals.fits = counting
    for position, row in enumerate(rows(size)):
        begun = time.process_time()
        claims.append(deal_claim(row, position))
        spent += time.process_time() - begun
    begun = time.process_time()
    found = deals.clusters(claims)
    clustered = time.process_time() - begun
    largest = Counter((c.buyer, c.line) for c in claims).most_common(1)[0][1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "records": size,
        "deals": len(found),
        "compared": counted,
        "boiled_down": spent,
        "clustered": clustered,
        "megabytes": peak,
        "largest": largest,
    }


def main(sizes: list[int]) -> int:
    found = []
    for size in sizes:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.deals", "--one", str(size)], capture_output=True, text=True, check=True
        )
        found.append(json.loads(run.stdout))
        one = found[-1]
        total = one["boiled_down"] + one["clustered"]
        growth = ""
        if len(found) > 1:
            before = found[-2]
            growth = f", {total / (before['boiled_down'] + before['clustered']):.1f} times the time for {size / before['records']:.0f} times the records"
        print(
            f"{size:>9,} records -> {one['deals']:,} deals in {total:.1f} s ({one['boiled_down']:.1f} s reading rows, "
            f"{one['clustered']:.1f} s clustering, {one['compared'] / size:.1f} comparisons a record), {one['megabytes']:,.0f} MB, "
            f"largest buyer and system {one['largest']:,}{growth}",
            flush=True,
        )
    last = found[-1]
    if last["records"] >= 1_000_000:
        within = (
            last["boiled_down"] + last["clustered"] <= MOST_SECONDS
            and last["megabytes"] <= MOST_MEGABYTES
            and last["largest"] >= LEAST_BLOCK
        )
        print("within two minutes and 4 GB" if within else "MISSED: two minutes, 4 GB, or a block of 20,000")
        return 0 if within else 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main([int(a) for a in sys.argv[1:]] or list(SIZES)))
