"""Names of parties as registers write them -> display name and ISO code of the country tables.

A register's column holds nothing but a party, so that names which are weak in running text ("Chad", "Jordan") count here. What no
table knows keeps its own words: it is compared as text and listed, never guessed at.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors import tables
from extractors.mentions.fold import fold

# Spellings of registers that running text does not have; further ones of groups name the group's row.
SPELLINGS: Mapping[str, str] = {
    "east germany (gdr)": "DDR",
    "germany (gdr)": "DDR",
    "german democratic republic": "DDR",
    "west germany": "DEU",
    "iran (islamic republic of)": "IRN",
    "lao people's democratic republic": "LAO",
    "libya gna": "LBY",
    "libya gnc": "LBY",
    "macedonia (fyrom)": "MKD",
    "the former yugoslav republic of macedonia": "MKD",
    "micronesia (federated states of)": "FSM",
    "netherlands (kingdom of the)": "NLD",
    "kingdom of the netherlands": "NLD",
    "republic of moldova": "MDA",
    "bolivia (plurinational state of)": "BOL",
    "venezuela (bolivarian republic of)": "VEN",
    "united republic of tanzania": "TZA",
    "united kingdom of great britain and northern ireland": "GBR",
    "saint kitts and nevis": "KNA",
    "north vietnam": "VNM",
    "north viet nam": "VNM",
    "serbia and montenegro": "YUG",
    "mujahedin (afghanistan)": "Mujahideen",
    "provisional ira (uk)": "IRA",
    "huthi rebels": "Houthis",
    "syria rebels": "Free Syrian Army",
    "ruf (sierra leone)": "Revolutionary United Front",
    "rsf (sudan)": "Rapid Support Forces",
    "pij (israel/palestine)": "Palestinian Islamic Jihad",
}
NOBODY = re.compile(
    r"(?:unknown|unspecified|not specified|undisclosed|confidential|classified|various|several|multiple)\b.*|\(multiple \w+\)|n/?a|none|-+|\.+",
    re.IGNORECASE,
)
GROUP_PLACE = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a register; `known` is false where no table has it. The name is empty where the register names nobody."""

    name: str
    iso3: str
    known: bool = True


@functools.cache
def names() -> Mapping[str, Party]:
    """Case-folded name or ISO code -> party."""
    found: dict[str, Party] = {}
    for name in tables.actor_names():
        if name.how in ("name", "body") and name.actor.kind != "company":
            iso3 = name.actor.iso3[0] if name.how == "name" and name.actor.iso3 else ""
            found.setdefault(key(name.surface), Party(name.actor.name, iso3))
    for code, shown in tables.country_names().items():
        found.setdefault(code.lower(), Party(shown, code))
    for spelling, meant in SPELLINGS.items():
        party = found.get(key(meant))
        if party is not None:
            found[spelling] = party
    return found


def key(text: str) -> str:
    """A name as compared: no case, no typesetting, `&` as and, no marks of groups (`*`) and bodies (`**`)."""
    return " ".join(fold(text).casefold().replace("&", " and ").rstrip("* ").split())


@functools.lru_cache(maxsize=4096)
def party(text: str) -> Party:
    """The party that a cell names: `UAE`, `NATO**`, `Hezbollah (Lebanon)*`, `unknown supplier(s)`."""
    wanted = key(text)
    if not wanted or NOBODY.fullmatch(wanted):
        return Party("", "")
    table = names()
    found = table.get(wanted) or table.get(wanted.removeprefix("the "))
    if found is None and text.rstrip().endswith("*"):
        found = table.get(GROUP_PLACE.sub("", wanted))
    return found or Party(" ".join(text.split()).rstrip("* "), "", known=False)
