"""Which extracted records agree with which gold records, by the rules of matching that the gold's guideline sets.

Extracted and gold records of an article are matched one to one, best pair first; a pair qualifies when the systems agree and
the buyers agree (or, where either side has none, the sellers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = ("buyer", "seller", "type", "quantity", "year", "status")
TUPLE = ("buyer", "system", "quantity", "year")
# Words that name no system by themselves: they agree only with themselves.
GENERAL = frozenset(["arm", "arms", "weapon", "system", "equipment", "aid", "hardware"])


@dataclass(frozen=True, slots=True)
class Predicted:
    """The fields of an extracted record that are compared; parties by ISO code, else by name."""

    buyer: str
    seller: str
    system: str
    type: str
    quantity: int | None
    year: int | None
    status: str
    rule: str = ""


def plain(text: str) -> tuple[str, frozenset[int]]:
    """Lower-case letters and digits without plural s, and the places where words, or runs of letters or digits, begin or end."""
    joined, places = "", {0}
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        word = word.lower()
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        joined += word.replace("armored", "armoured").replace("defense", "defence")
        places.add(len(joined))
    return joined, frozenset(places)


def systems_agree(predicted: str, accepted: Sequence[str]) -> bool:
    """Equal, or one inside the other from border to border: F-16 in F-16V, tank in battle tank, but not MiG-2 in MiG-29."""
    ours, our_places = plain(predicted)
    for value in accepted if ours else ():
        theirs, their_places = plain(value)
        if ours == theirs:
            return True
        if ours in GENERAL or theirs in GENERAL or len(predicted.split()) > len(value.split()) + 3:
            continue
        short, long, places = (ours, theirs, their_places) if len(ours) <= len(theirs) else (theirs, ours, our_places)
        if len(short) < 3 or not re.search("[a-z]", short):
            continue
        if any({m.start(), m.start() + len(short)} <= places for m in re.finditer(f"(?={re.escape(short)})", long)):
            return True
    return False


def parties_agree(predicted: str, accepted: Sequence[str | None]) -> bool:
    return plain(predicted)[0] in {plain(a or "")[0] for a in accepted or [None]}


def quantities_agree(predicted: int | None, accepted: Sequence[int | None]) -> bool:
    if predicted is None:
        return not accepted or None in accepted
    numbers = sorted(n for n in accepted if n is not None)
    close = len(numbers) == 2 and numbers[1] <= 2 * numbers[0] and numbers[0] <= predicted <= numbers[1]
    return predicted in numbers or close


def years_agree(predicted: int | None, accepted: Sequence[int | None], published: int | None) -> bool:
    return predicted in (accepted or (None, published))


def agreement(predicted: Predicted, gold: dict[str, Any]) -> dict[str, bool]:
    """Which fields of a predicted record the gold record accepts."""
    return {
        "system": systems_agree(predicted.system, gold["system"]),
        "buyer": parties_agree(predicted.buyer, gold.get("buyer", ())),
        "seller": parties_agree(predicted.seller, gold.get("seller", ())),
        "type": not gold.get("type") or predicted.type in gold["type"],
        "quantity": quantities_agree(predicted.quantity, gold.get("quantity", ())),
        "year": years_agree(predicted.year, gold.get("year", ()), gold.get("published")),
        "status": not gold.get("status") or predicted.status in gold["status"],
    }


def qualifies(predicted: Predicted, gold: dict[str, Any], agrees: dict[str, bool]) -> bool:
    if not agrees["system"]:
        return False
    if predicted.buyer and gold.get("buyer"):
        return agrees["buyer"]
    return bool(predicted.seller and gold.get("seller")) and agrees["seller"]


def pairs(predicted: Sequence[Predicted], gold: Sequence[dict[str, Any]]) -> list[tuple[int, int, dict[str, bool]]]:
    """Matched (predicted, gold, agreement), one to one, best first."""
    weights = {"buyer": 4, "quantity": 3, "year": 2, "seller": 1, "status": 1}
    ranked = []
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            agrees = agreement(ours, theirs)
            if qualifies(ours, theirs, agrees):
                exact = plain(ours.system)[0] == plain(theirs["system"][0])[0]
                ranked.append((-sum(w for name, w in weights.items() if agrees[name]) - exact, i, j, agrees))
    ranked.sort(key=lambda r: r[:3])
    used_i: set[int] = set()
    used_j: set[int] = set()
    matched = []
    for _, i, j, agrees in ranked:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            matched.append((i, j, agrees))
    return matched


def uncounted(gold: dict[str, Any]) -> bool:
    """A doubtful or a domestic record counts neither for nor against."""
    return bool(gold.get("optional") or gold.get("domestic"))
