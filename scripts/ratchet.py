"""Prints the figures of a set and holds them to tests/ratchet.json: `python scripts/ratchet.py DIR [--raise]`.

Ends with 1 where a figure has dropped, or where docs/accuracy.md tells other figures of the same gold. With --raise the present
figures become the floors where they are better; no floor is ever lowered but by hand.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "scripts"))

from make_accuracy import known, set_of  # noqa: E402

from extractors.evaluate import ratchet  # noqa: E402
from extractors.evaluate.figures import gap, measure  # noqa: E402
from extractors.evaluate.files import EvaluationError  # noqa: E402
from extractors.evaluate.page import differences, kept  # noqa: E402
from extractors.evaluate.report import lines  # noqa: E402

FLOORS = ROOT / "tests" / "ratchet.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--raise", dest="raised", action="store_true", help="make the present figures the floors")
    options = parser.parse_args()
    try:
        found = set_of(options.folder)
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 1
    measured, between = measure(found), gap(found)
    floors = ratchet.read(FLOORS)
    if options.raised:
        floors, changed = ratchet.raised(floors, found, measured)
        ratchet.write(FLOORS, floors)
        print("\n".join(changed) or "no figure is better than its floor")
    else:
        print("\n".join(lines(measured, between)))
    faults = [*found.problems, *ratchet.falls(floors, found, measured)]
    told = known().get(found.name)
    if not options.raised and told is not None:
        stale = differences(told, kept(found, measured, between))
        faults += [f"docs/accuracy.md is not of today ({stale[0]}); run `make accuracy EVAL=DIR`"] if stale else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
