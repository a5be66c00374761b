"""Takes the cases that pass by now off tests/cases/not-yet.txt: `python scripts/make_not_yet.py [--add]`.

With --add, cases that fail are put on the list too; how many it may hold stands in tests/ratchet.json, which this script lowers to
the length of the list and never raises.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.evaluate import ratchet  # noqa: E402
from tests.test_cases import ALL, NOT_YET, NOT_YET_FILE, check  # noqa: E402

FLOORS = ROOT / "tests" / "ratchet.json"


def main(add: bool) -> int:
    failing = {name for name, case in ALL if check(case)}
    listed = sorted(failing if add else failing & NOT_YET)
    floors = ratchet.read(FLOORS)
    limit = floors.get("not_yet", len(listed))
    NOT_YET_FILE.write_text("".join(f"{name}\n" for name in listed), encoding="utf-8")
    ratchet.write(FLOORS, {**floors, "not_yet": min(limit, len(listed))})
    print(f"{len(listed)} cases listed, {len(NOT_YET - set(listed))} taken off, {len(set(listed) - NOT_YET)} added")
    for name in sorted(failing - set(listed)):
        print(f"fails and is not listed: {name}")
    if len(listed) > limit:
        print(f"the list is longer than the {limit} that tests/ratchet.json allows; make more cases pass, or raise it by hand")
    return 0


if __name__ == "__main__":
    sys.exit(main("--add" in sys.argv[1:]))
