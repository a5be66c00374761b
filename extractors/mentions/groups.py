"""Noun groups: "up to 36 second-hand French Rafale fighter jets" is one group of quantity, origin and system.

Works leftwards from each run of adjacent system mentions, over modifiers, origins and makers, to its count. What follows the run
can turn the group into an accessory of the system ("F-35 pilots", "Patriot battery spares"), which is then no object of a
transfer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mentions.actors import ActorMention
from extractors.mentions.quantities import Quantity
from extractors.mentions.systems import ACCESSORY, SystemMention

PLATFORMS = frozenset({"aircraft", "helicopter", "drone", "armoured vehicle", "ship", "submarine"})
PARTS = frozenset({"engine", "sensor", "ammunition", "missile", "small arms"})
# Between two mentions of one group: "MQ-9 Reaper (Predator B) drones", "F-35 \"Lightning\" jets", "Leopard 2 main battle tanks".
JOIN = re.compile(
    r"[ -]?[(\"'/]?[ ]?|[)\"',]{0,2} |'s? |[ ,](?:[A-Za-z-]+ ){0,2}(?:Block|Mk|Mark|variant|version|type|class|multi-?role|multirole|stealth|family of|series|military|naval|fast|light|heavy|advanced|new|transport|surface-to-air|air|tactical|twin-engine|medium|short-range|long-range|supersonic|guided|unmanned|maritime|attack|utility|fifth-generation|armed|medium-altitude|long-endurance|radar-evading|-?made|aerial|combat|portable|shoulder-fired|mobile|anti-aircraft|anti-tank|wheeled|tracked|amphibious|amphibian|main|search|rescue|presidential|reconnaissance|heavyweight|lightweight|mine-resistant|mine-protected|mine-proof|ambush-protected|scout|self-propelled|armou?red|infantry|battle|long|range|precision|\d+x\d+)(?: [A-Z0-9][\w-]*)?[ -]"
)
QUOTED = re.compile(r" ?[(\"'“][A-Z][\w -]{1,24}[)\"'”] ")
# Words that a count may stand away from its noun.
MODIFIER_STOP = frozenset(
    "to from for by with and or but that which who will would could may has have had is are was were be been said says bought ordered sold "
    "delivered in on at against into as than buy sell deliver order purchase acquire supply receive including include included contains contain "
    "contained comprises comprise covers cover also includes after before since until between under over through while where when its own not "
    "about worth valued costing plus per via it they he she we signed sign awarded approved if because offered using carrying against during "
    "without within using".split()
)
MAX_MODIFIERS = 7
# Units that hold an unsaid number of systems: "two squadrons of Mirages" are not two Mirages.
COLLECTIVE = frozenset(
    "squadron squadrons regiment regiments battalion battalions fleet variety type types version variant".split()
)
# Participles that describe a system; any other word in -ing or -ed is a verb and ends the group.
PARTICIPLES = frozenset(
    "guided armed unmanned advanced tracked wheeled armoured armored towed built made refurbished upgraded improved used modified modernised "
    "modernized integrated mounted manned propelled powered based launched piloted fired barrelled barreled second-hand aging ageing existing "
    "refitted overhauled converted customised customized specialised specialized reconditioned decommissioned retired loitering training "
    "refueling refuelling landing patrolling counter-battery long-awaited much-needed required needed remaining incoming outgoing leading "
    "cutting-edge night-fighting hard-hitting swing-wing fixed-wing tilting breaking mining limited combined proven planned promised donated "
    "seized surplus captured delayed unspecified assorted so-called red dedicated locally-assembled new-built highly-regarded indigenised "
    "indigenized equipped standardised networked fast-moving sophisticated".split()
)
PIECES_OF = re.compile(
    r" (?:units?|examples?|copies|pieces|sets?|aircraft|jets|vehicles|systems|ships|boats|tanks|helicopters|batteries|launchers|more|airframes|hulls) of (?:what .{0,20})?$"
)
# An adjective that a comma may part from the next: "a conventionally-armed, nuclear-powered submarine".
COORDINATE = re.compile(
    r"[a-z]+-(?:[a-z]+ed|range|altitude|endurance|speed|role|weather|level|class|time|term|resistant|proof|capable|wing|engine|seat)|armed|advanced|modern|new|sophisticated"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A system with its count and origins. `systems` are the mentions inside, `head` the one that names it best."""

    start: int
    end: int
    systems: tuple[SystemMention, ...]
    head: SystemMention
    quantity: Quantity | None
    origins: tuple[ActorMention, ...]
    accessory: bool
    definite: bool
    singular: bool
    unit: str = ""

    @property
    def is_class(self) -> bool:
        """Whether only a weapon class is named."""
        return self.head.row.is_class

    @property
    def type(self) -> str:
        return self.head.row.type

    @property
    def name(self) -> str:
        return self.head.name


def groups(
    text: str,
    systems: Sequence[SystemMention],
    quantities: Sequence[Quantity],
    actors: Sequence[ActorMention],
    stops: frozenset[int],
) -> list[Group]:
    """Noun groups of the (folded) text, by position; no group reaches left over a trigger (`stops` are where triggers end)."""
    found = []
    run: list[SystemMention] = []
    for mention in systems:
        if run and joins(text, run[-1], mention):
            run.append(mention)
            continue
        if run:
            found.append(build(text, run, quantities, actors, stops))
        run = [mention]
    if run:
        found.append(build(text, run, quantities, actors, stops))
    return found


def joins(text: str, left: SystemMention, right: SystemMention) -> bool:
    """Whether two mentions belong to one noun group."""
    gap = text[left.end : right.start]
    if len(gap) > 40 or "\n" in gap:
        return False
    if gap == " of " and left.row.type == "ammunition" and right.row.type in ("ammunition", "small arms"):
        return True
    if left.row.is_class and not right.row.is_class:
        # "fighter jet Rafale", "tanks, T-90s": apposition only where closed up and the class is singular
        return gap == " " and not text[left.start : left.end].endswith("s")
    if left.row.is_class and right.row.is_class:
        return gap in (" ", "-") and not text[left.start : left.end].endswith("s")
    if text[left.end - 1] == "s" and left.end - left.start > len(left.text):
        return False
    if not left.row.is_class and not right.row.is_class and left.row.family != right.row.family and left.row.id != right.row.id:
        return gap in (" ", " (", "-") and left.row.type == right.row.type
    return bool(JOIN.fullmatch(gap) or QUOTED.fullmatch(gap))


def build(
    text: str, run: list[SystemMention], quantities: Sequence[Quantity], actors: Sequence[ActorMention], stops: frozenset[int]
) -> Group:
    head = head_of(run)
    end = run[-1].end
    if text[end : end + 1] == ")" and "(" in text[run[0].start : end]:
        end += 1
    start, quantity, origins, definite, unit = leftwards(text, run[0].start, quantities, actors, stops)
    if unit in COLLECTIVE:
        quantity = None
    accessory = bool(ACCESSORY.match(text, end)) and head.row.type not in ("other",)
    last = text[run[-1].start : run[-1].end]
    singular = not last.endswith("s") or last.endswith("ss")
    return Group(start, end, tuple(run), head, quantity, tuple(origins), accessory, definite, singular, unit)


def head_of(run: list[SystemMention]) -> SystemMention:
    """The mention that names what is transferred: the first designation, unless a part follows it ("F-16 engines")."""
    last = run[-1]
    named = [m for m in run if not m.row.is_class]
    if not named:
        return max(run, key=lambda m: (m.row.id != "arms", m.end - m.start)) if last.row.type == run[0].row.type else last
    platform = named[0]
    if last.row.is_class and platform.row.type in PLATFORMS and last.row.type in PARTS and last.row.id != "cruise missile":
        return last
    return max(named, key=lambda m: (m.row.type == named[0].row.type, m.strong, len(m.name)))


def is_origin(actor: ActorMention, joint: str, text: str) -> bool:
    """Whether an actor right before a system tells where it comes from; a bare name is its own noun ("sold India F-16s")."""
    if actor.how == "demonym" or actor.is_firm or actor.possessive or joint.startswith("-") or "'s" in joint:
        return True
    words = text[actor.start : actor.end]
    return actor.how == "name" and (words.replace(".", "").isupper() and len(words) <= 4)


def is_verb(word: str) -> bool:
    """Whether a lower-case word before a system is a verb rather than a modifier."""
    if not word.endswith(("ing", "ed")) or word in PARTICIPLES or "-" in word:
        return False
    return len(word) > 4


def leftwards(
    text: str, at: int, quantities: Sequence[Quantity], actors: Sequence[ActorMention], stops: frozenset[int]
) -> tuple[int, Quantity | None, list[ActorMention], bool, str]:
    """From the first system word to the left: start of the group, its count, its origins, whether it is definite, its unit."""
    origins: list[ActorMention] = []
    by_end = {a.end: a for a in actors}
    counts = {q.end: q for q in quantities if q.note != "year-like"}
    position, modifiers, unit = at, 0, ""
    definite = False
    while position > 0 and modifiers <= MAX_MODIFIERS:
        gap = re.search(
            r"(?: ?[\"']|[ -]|'s? |, |-(?:made|built|designed|origin|produced|supplied|manufactured|developed|type|donated) |/)?$",
            text[:position][-16:],
        )
        width = len(gap.group()) if gap else 0
        before = position - width
        joint = text[before:position]
        if before in stops or (joint.startswith(",") and not re.search(r"\w$", text[max(0, before - 1) : before])):
            break
        if before in counts and (width or text[before - 1 : before] == ""):
            if joint.startswith(","):
                break
            count = counts[before]
            owner = next((a for a in actors if a.possessive and text[a.end : count.start] in ("'s ", "' ")), None)
            return count.start, count, [*origins, *([owner] if owner else [])], definite, unit
        actor = next((a for a in actors if a.start < before <= a.end), None) if before not in by_end else by_end[before]
        if actor is not None and not joint.startswith(",") and is_origin(actor, joint, text):
            origins.append(actor)
            position = actor.start
            continue
        if actor is not None:
            break
        match = re.search(r"[^\s,;:()\"]+$", text[:before][-40:])
        if not match or not width:
            break
        word = match.group()
        lowered = word.lower().strip("'")
        if word in ("made", "built") or (joint.startswith(",") and not COORDINATE.fullmatch(word)):
            break
        if lowered in ("of",):
            unit_match = re.search(
                r"(units?|sets?|rounds?|tonnes|tons|batter(?:y|ies)|regiments?|squadrons?|battalions?|batch(?:es)?|fleet|number|examples?|copies|total|systems?|pairs?|pieces|shipments?|consignments?|tranche|variety|type|types|version|variant|lot) of$",
                text[max(0, before - 30) : before],
            )
            if unit_match and unit_match.group(1) in ("pair", "pairs") and before - 3 in counts:
                return counts[before - 3].start, counts[before - 3], origins, definite, unit
            if unit_match:
                unit = unit_match.group(1)
                position = before - len(unit_match.group())
                modifiers += 1
                continue
            numbered = re.search(r"(\w+) of$", text[max(0, before - 20) : before])
            of_at = before - 3
            if of_at in counts and numbered:
                return counts[of_at].start, counts[of_at], origins, True, unit
            break
        if lowered in ("the", "these", "those", "its", "their", "this", "such", "his", "our"):
            definite = True
            position = before - len(word)
            # "12 of the jets", "six of its F-16s"
            of = re.search(r"(\w+) of $", text[max(0, position - 24) : position])
            if of and position - 4 in counts:
                return counts[position - 4].start, counts[position - 4], origins, True, unit
            # "54 units of the howitzer"
            pieces = PIECES_OF.search(text[max(0, position - 40) : position])
            counted = position - len(pieces.group()) if pieces else -1
            if counted in counts:
                return counts[counted].start, counts[counted], origins, True, unit
            return position, None, origins, definite, unit
        if lowered in ("a", "an", "one"):
            position = before - len(word)
            if lowered == "one":
                return position, Quantity(position, before, 1, 1, "exact"), origins, False, unit
            return position, None, origins, False, "a"
        if lowered == "and" and (pair := re.search(r"\w[\w,.]* (?P<one>[a-z-]+) and$", text[max(0, before - 40) : before])):
            # "18 coastal and riverine patrol boats"
            first_of_pair = before - len("and") - 1 - len(pair.group("one"))
            if first_of_pair - 1 in counts:
                return counts[first_of_pair - 1].start, counts[first_of_pair - 1], origins, definite, unit
        if lowered in MODIFIER_STOP or not word[-1].isalnum() or is_verb(lowered):
            break
        position = before - len(word)
        modifiers += 1
    return position, None, origins, definite, unit
