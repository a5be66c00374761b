"""Designations and descriptions of registers -> rows of the system tables, weapon class and weapon type.

SIPRI writes `MiG-29S/Fulcrum-C` and `F-16C Block-50/52`, a state writes "Leopard 2A4 main battle tank": the names in it are found
with the same gazetteer as in articles. A name that is weak there ("Hawk", "Archer") counts where the register's own description
says the same type, for the column holds nothing but a weapon.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors import tables
from extractors.mentions.fold import fold, lower
from extractors.mentions.gazetteer import Hit
from extractors.mentions.systems import class_forms, class_nouns, designations, known, related
from extractors.tables import SystemRow

# Registers' own short forms -> id of the class. Classes that articles know are found by their nouns.
SHORT_FORMS: Mapping[str, str] = {
    "fga aircraft": "fighter aircraft",
    "fighter/ground attack aircraft": "fighter aircraft",
    "mp aircraft": "maritime patrol aircraft",
    "asw aircraft": "maritime patrol aircraft",
    "asw helicopter": "maritime helicopter",
    "aew helicopter": "maritime helicopter",
    "apv": "armoured personnel carrier",
    "ifv": "infantry fighting vehicle",
    "reconnaissance av": "armoured vehicle",
    "aev": "armoured vehicle",
    "arv": "armoured vehicle",
    "alv": "armoured vehicle",
    "abl": "armoured vehicle",
    "mrl": "rocket launcher",
    "multiple rocket launcher": "rocket launcher",
    "spg": "howitzer",
    "spaag": "anti-aircraft gun",
    "aa gun": "anti-aircraft gun",
    "aa gun/sam system": "air defence system",
    "sam": "surface-to-air missile",
    "portable sam": "surface-to-air missile",
    "sam system": "air defence system",
    "mobile sam system": "air defence system",
    "mobile ad system": "air defence system",
    "bvraam": "air-to-air missile",
    "sraam": "air-to-air missile",
    "asm": "missile",
    "ssm": "ballistic missile",
    "arm": "missile",
    "ad system": "air defence system",
    "uav": "drone",
    "fac": "patrol vessel",
    "mcm ship": "minehunter",
    "als": "landing ship",
    "afsv": "armoured vehicle",
}
# Kinds of a whole category: the type where neither name nor description says more, and the class of articles that name no more.
CATEGORIES: Mapping[str, tuple[str, str]] = {
    "aircraft": ("aircraft", ""),
    "missiles": ("missile", ""),
    "armoured vehicles": ("armoured vehicle", ""),
    "engines": ("engine", ""),
    "sensors": ("sensor", ""),
    "ships": ("ship", ""),
    "artillery": ("artillery", ""),
    "air defence systems": ("air defence", ""),
    "satellites": ("satellite", ""),
    "salw": ("small arms", ""),
    "small arms": ("small arms", ""),
    "light weapons": ("small arms", ""),
    "small arms and light weapons": ("small arms", ""),
    "i": ("armoured vehicle", "battle tank"),
    "ii": ("armoured vehicle", ""),
    "iii": ("artillery", ""),
    "iv": ("aircraft", "fighter aircraft"),
    "iva": ("aircraft", "fighter aircraft"),
    "ivb": ("drone", "armed drone"),
    "v": ("helicopter", "attack helicopter"),
    "va": ("helicopter", "attack helicopter"),
    "vb": ("drone", "armed drone"),
    "vi": ("ship", ""),
    "vii": ("missile", ""),
    "viia": ("missile", ""),
    "viib": ("air defence", ""),
}
UN_NAMES = (
    ("tank", "i"), ("armoured combat", "ii"), ("artillery", "iii"), ("combat aircraft", "iv"), ("attack helicopter", "v"),
    ("rotary", "vb"), ("unmanned combat", "ivb"), ("uncrewed combat", "ivb"),
    ("warship", "vi"), ("missile", "vii"), ("manpads", "viib"), ("man-portable", "viib"),
)  # fmt: skip
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")  # "CAESAR", which articles write "Caesar"
NUMERAL = re.compile(
    r"(?:category\s*)?(?P<numeral>viii|vii|vi|iv|v|iii|ii|i)\s*\.?\s*\(?(?P<letter>[ab])?\)?(?![a-z])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Weapon:
    """What a register's row is about: rows of the system tables that it may mean, its class, its type, its UN category."""

    system_ids: tuple[str, ...]
    class_id: str
    weapon_type: str
    unroca_category: str = ""


@functools.cache
def class_rows() -> Mapping[str, SystemRow]:
    return {row.id: row for row in tables.classes()}


@functools.lru_cache(maxsize=16384)
def weapon(designation: str, description: str, category: str) -> Weapon:
    """The weapon of a row, from its three cells; what they do not say stays empty."""
    sign = numeral(category)
    kind, of_category = CATEGORIES.get(sign or plain_category(category), ("", ""))
    said = class_rows().get(class_in(description))
    if said is not None and sign and not related(said.type, kind):
        # a state's free words beside a category: "105 mm gun for tank"
        said = None
    expected = said.type if said is not None else kind
    # "Meteor" alone is a jet of old; "Meteor BVRAAM" is the missile
    rows = named(designation, expected) or named(f"{designation} {description}".strip(), expected) or named(description, expected)
    class_id = said.id if said is not None else of_category
    return Weapon(tuple(row.id for row in rows), class_id, rows[0].type if rows else expected, sign.upper().rstrip("AB"))


def plain_category(category: str) -> str:
    return lower(fold(category)).replace("-", " ").strip()


def numeral(category: str) -> str:
    """`I` to `VIIb` of a UN category in small letters, written as a numeral or by its name; empty for others."""
    text = lower(fold(category)).strip()
    match = NUMERAL.match(text)
    if match and (match.end() == len(text) or not text[match.end()].isalnum()):
        return match["numeral"] + (match["letter"] or "")
    if plain_category(category) in CATEGORIES:
        return ""
    return next((sign for name, sign in UN_NAMES if name in text), "")


def class_in(description: str) -> str:
    """The class that a description says: of its class nouns the longest, the last of equals; empty for none."""
    text = lower(fold(description))
    short = SHORT_FORMS.get(text.strip())
    if short is None:
        short = next((SHORT_FORMS[word] for word in re.split(r"[\s,;()]+", text) if word in SHORT_FORMS), None)
    if short is not None:
        return short
    forms = class_forms()
    hits = [h for h in class_nouns().scan(text) if not text.endswith("anti-", 0, h.start)]
    best = max(hits, key=lambda h: (h.end - h.start, h.start), default=None)
    return forms[best.keys[0]][0].id if best is not None else ""


def named(text: str, expected: str) -> list[SystemRow]:
    """Rows that a text names, the most exact first; weak names only where the `expected` type agrees."""
    folded = fold(text)
    found = rows_in(folded, expected) or rows_in(SHOUTED.sub(lambda m: m.group().capitalize(), folded), expected)
    return list({row.id: row for row in found}.values())


def rows_in(folded: str, expected: str) -> list[SystemRow]:
    found: list[tuple[tuple[int, int, bool, int], SystemRow]] = []
    for hit in outermost(designations().scan(folded, suffixes=True)):
        for key in hit.keys:
            row, strong = known()[key]
            if expected and not related(row.type, expected):
                continue
            if strong or (expected and hit.start == 0):
                exact = squeezed(folded[hit.start : hit.end]) == squeezed(row.name)
                found.append(((hit.start, -(hit.end - hit.start), not exact, key), row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


@functools.lru_cache(maxsize=65536)
def squeezed(name: str) -> str:
    """A designation as compared: letters and digits only, without case and the word class."""
    return re.sub(r"[\W_]+", "", re.sub(r"[ -]class\b", "", name.lower()))


def outermost(hits: list[Hit]) -> list[Hit]:
    """Hits that lie in no longer one."""
    return [
        h for h in hits if not any(o.start <= h.start and h.end <= o.end and (o.end - o.start) > (h.end - h.start) for o in hits)
    ]
