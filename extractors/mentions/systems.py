"""Finds weapon systems in a text: designations from the tables, weapon classes by their nouns, unknown designations by shape.

A *strong* name counts wherever it stands. A *weak* one ("Patriot", "Apache", "Hawk") needs a licence in its sentence: a class
noun of its type, its maker, a licence word of its row, or the same system named in full elsewhere in the article; a veto
phrase of its row in the sentence forbids it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors import tables
from extractors.mentions.fold import lower
from extractors.mentions.gazetteer import Gazetteer
from extractors.model import Span
from extractors.tables import SystemRow

# Spellings of one English word; the tables hold the British one.
VARIANT_WORDS = (
    ("armour", "armor"),
    ("defence", "defense"),
    ("calibre", "caliber"),
    ("fuelling", "fueling"),
    ("mechanised", "mechanized"),
)
# A designation that no table knows: "KX-9", "YU-12A", "Type 88", beside a class noun.
SHAPE = re.compile(
    r"(?<![\w$€£./-])(?:[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z]{0,3}|[A-Z]{1,4}\d{1,4}[A-Z]{0,3}(?:-[A-Z0-9]{1,3})?|(?:Type|Project|Mk|MK) \d{1,4}[A-Z]?)(?![\w-]|\.\d)"
)
CLASS_NAME = re.compile(r"(?<![\w-])((?:[A-Z][a-z]+(?: [A-Z][a-z]+)?))[- ][Cc]lass(?=[ ,.)])")
# A name that no table knows, counted and before "vehicles": "60 Zorbax vehicles".
COUNTED_NAME = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozen|hundred)) (?:[a-z-]+ )?"
    r"(?P<name>[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)(?= (?:armou?red |light |[468]x[468] )?vehicles\b)"
)
NO_NAME = re.compile(
    r"(?:Army|Navy|Naval|Air|Force|Forces|Marine|Marines|Coast|Guard|Police|National|Royal|Special|Block|Batch|Phase|Class|Mark|Type|Gulf|Arab|State|Ministry|"
    r"Government|New|Main|Total|Other|More|Foreign|Federal|Defen[cs]e|Military|Border|Toyota|Ford|Nissan|Mercedes|Isuzu|\w+(?:ian|ish|ese|ern|can|day|ber|ary))\b"
)
NOT_A_SHAPE = re.compile(
    r"(?:G-\d|COVID-\d|Covid-\d|B-\d{4}|A-\d{3,}|CO2|H1B|Q[1-4]|[HF]Y ?\d+|FY\d+|S-1|US-\d|EU\d|UN\d|MH\d|PM2|5G|Boeing)"
)
# Words after a system that turn the noun group into something else than the system.
ACCESSORY = re.compile(
    r"'?s?[ -](?:(?:fighter |jet |weapons? |combat )?(?:spare parts?|spares|parts?|components?|pilots?|crews?|simulators?|upgrades?|modernisations?|modernizations?|overhauls?|maintenance|repairs?|training"
    r"|technolog(?:y|ies)|tests?|test-fir\w+|launch(?:es|ing)?|strikes?|attacks?|bases?|factory|factories|plants?|facilit(?:y|ies)|accidents?|crash(?:es)?|exercises?|drills?|fire|threats?"
    r"|stocks?|stockpiles?|arsenals?|fleets?|inventory|squadron leaders?|makers?|manufacturers?|industry|designers?|engineers?|commanders?|operators?|debris|fragments|wreckage|raids?|flights?|production line|guidance sections?|control sections?|containers?|canisters?|launch rails?|racks?|warheads?|motors?|test sets?|badges?|medals?|personnel|instructors?|technicians|squads?|teams?"
    r"|wings?|hull|fuselage|tyres|tires|wheels|hangars?|doctrine|division|brigade|battalion commander|crewmen|regime|ranges?|silos?|sites?|tubes?|seekers?|range|capsule|developer|know-how|sized?|like|style|replacements?|successors?|rivals?|equivalents?|clones?))\b"
)
LICENCE_DISTANCE = 160


@dataclass(frozen=True, slots=True)
class SystemMention:
    """A system's words in the text; `row` is the table row, or a row made of the class noun for an unknown designation."""

    start: int
    end: int
    row: SystemRow
    name: str
    text: str
    strong: bool


@functools.cache
def known() -> tuple[tuple[SystemRow, bool], ...]:
    """Row and strength for every key of the designation automaton."""
    pairs = []
    for row in tables.systems():
        weak = set(row.weak_aliases)
        for name in dict.fromkeys((row.name, *row.aliases, *row.weak_aliases)):
            pairs.append((row, name not in weak))
    return tuple(pairs)


@functools.cache
def designations() -> Gazetteer:
    names = []
    key = 0
    for row in tables.systems():
        for name in dict.fromkeys((row.name, *row.aliases, *row.weak_aliases)):
            names.append((name, key))
            key += 1
    return Gazetteer(names, vary=True)


@functools.cache
def class_forms() -> tuple[tuple[SystemRow, str], ...]:
    """Class row and singular form for every key of the class automaton."""
    return tuple((row, form) for row in tables.classes() for form in row.aliases)


@functools.cache
def class_nouns() -> Gazetteer:
    surfaces = []
    for key, (_, form) in enumerate(class_forms()):
        for spelling in class_spellings(form):
            surfaces.append((spelling, key))
    return Gazetteer(surfaces, vary=False)


def class_spellings(form: str) -> set[str]:
    """British and American spelling, hyphen or space, singular and plural (a plain plural s is left to the scan)."""
    found = {form}
    for british, american in VARIANT_WORDS:
        found |= {f.replace(british, american) for f in found}
    found |= {f.replace("-", " ") for f in found} | {f.replace(" ", "-", 1) for f in found}
    plurals = set()
    for f in found:
        if f.endswith("y") and f[-2:-1] not in "aeo":
            plurals.add(f[:-1] + "ies")
        elif f.endswith(("s", "x", "sh", "ch")):
            plurals.add(f + "es")
    return found | plurals


def systems(
    text: str, sentences: Sequence[Span], masks: Iterable[tuple[int, int]] = (), makers: Sequence[tuple[int, int, str]] = (),
    parties: Sequence[tuple[int, int]] = (),
) -> list[SystemMention]:  # fmt: skip
    """System mentions of the (folded) text by position, without overlaps; `makers` are company mentions (start, end, name), `parties` the
    stretches of all actors, in which no unknown name is looked for."""
    lowered = lower(text)
    forms = class_forms()
    class_hits = [
        (h.start, plural_end(text, h.end), *forms[h.keys[0]]) for h in class_nouns().scan(lowered)
        if not lowered.endswith(("anti-", "counter-", "non-"), max(0, h.start - 8), h.start)
    ]  # fmt: skip
    rows = known()
    strong: list[SystemMention] = []
    weak: list[SystemMention] = []
    for hit in designations().scan(text, suffixes=True):
        keys = sorted(hit.keys, key=lambda k: (not rows[k][1], k))
        row, is_strong = rows[keys[0]]
        if not is_strong and len({rows[k][0].id for k in keys}) > 1:
            row = choose_weak([rows[k][0] for k in keys], hit.start, hit.end, class_hits, sentences, makers)
        mention = SystemMention(hit.start, plural_end(text, hit.end), row, row.name, text[hit.start : hit.end], is_strong)
        (strong if is_strong else weak).append(mention)
    named = {m.row.id for m in strong} | {m.row.family for m in strong}
    licensed = [m for m in weak if is_licensed(m, text, lowered, sentences, class_hits, named, makers)]
    known_here = {m.row.id for m in licensed}
    licensed += [m for m in weak if m.row.id in known_here and m not in licensed and not is_vetoed(m, lowered, sentences)]
    class_mentions = [
        SystemMention(s, e, row, form, text[s:e], True) for s, e, row, form in class_hits if not is_infinitive(text, s, e)
    ]
    shapes = shape_mentions(text, [*strong, *licensed], class_mentions)
    shapes += counted_names(text, [*strong, *licensed, *shapes], parties)
    chosen = without_overlaps([*strong, *licensed, *shapes, *class_mentions])
    return [m for m in chosen if not any(a < m.end and m.start < b for a, b in masks)]


def plural_end(text: str, end: int) -> int:
    """The end including a plural s."""
    return end + 1 if text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum() else end


def without_overlaps(mentions: list[SystemMention]) -> list[SystemMention]:
    """Longest first, then strong before weak, then earliest; what overlaps a chosen one is dropped."""
    chosen: list[SystemMention] = []
    for mention in sorted(mentions, key=lambda m: (-(m.end - m.start), not m.strong, m.row.is_class, m.start)):
        if all(mention.end <= c.start or c.end <= mention.start for c in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def choose_weak(
    rows: list[SystemRow], start: int, end: int, class_hits: list[tuple[int, int, SystemRow, str]], sentences: Sequence[Span],
    makers: Sequence[tuple[int, int, str]],
) -> SystemRow:  # fmt: skip
    """Of systems that share a weak name, the one whose type the class noun right after it names, else whose maker the sentence names; else the first."""
    following = next((row.type for s, _, row, _ in class_hits if 0 <= s - end <= 2), "")
    if any(row.type == following for row in rows):
        return next(row for row in rows if row.type == following)
    sentence = next((s for s in sentences if s.start <= start < s.end), Span(0, end))
    named = [name for s, _, name in makers if sentence.start <= s < sentence.end]
    return next((row for row in rows if any(name in row.maker for name in named)), rows[0])


def is_licensed(
    mention: SystemMention, text: str, lowered: str, sentences: Sequence[Span], class_hits: list[tuple[int, int, SystemRow, str]],
    named: set[str], makers: Sequence[tuple[int, int, str]],
) -> bool:  # fmt: skip
    """Whether a weak name may stand for its system here."""
    row = mention.row
    sentence = next((s for s in sentences if s.start <= mention.start < s.end), Span(0, len(text)))
    if is_vetoed(mention, lowered, sentences):
        return False
    if row.id in named or row.family in named:
        return True
    low, high = mention.start - LICENCE_DISTANCE, mention.end + LICENCE_DISTANCE
    for s, e, class_row, _ in class_hits:
        if (
            sentence.start <= s < sentence.end
            and s >= low
            and e <= high
            and (related(class_row.type, row.type) or (class_row.id == "carrier" and row.type == "armoured vehicle"))
            and not (s < mention.end and mention.start < e)
        ):
            return True
    if any(sentence.start <= s < sentence.end and name in row.maker for s, _, name in makers):
        return True
    if (noun := NOUN_AFTER.get(row.type)) is not None and noun.match(lowered, mention.end):
        return True
    near = lowered[max(sentence.start, low) : min(sentence.end, high)]
    if any(re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", near) for word in row.licence):
        return True
    counted = re.search(
        r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen)) (?:\w+ ){0,2}$",
        text[max(0, mention.start - 30) : mention.start],
    )
    return bool(counted) and text[mention.end - 1] == "s"


# Plain nouns that, right after a weak name, make it the system's: "12 Mamba vehicles".
NOUN_AFTER = {
    "armoured vehicle": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:vehicles?|carriers?|cars?|trucks?|tanks?|turrets?)\b"),
    "ship": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:ships?|boats?|vessels?|craft|cutters?|class)\b"),
    "submarine": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:submarines?|boats?|subs|class)\b"),
    "aircraft": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:jets?|planes?|aircraft|fighters?|trainers?|transports?|bombers?)\b"),
    "helicopter": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:helicopters?|choppers?|gunships?)\b"),
    "artillery": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:guns?|howitzers?|mortars?|launchers?|rockets?)\b"),
    "air defence": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:launchers?|missiles?|batter(?:y|ies)|systems?|guns?|vehicles?)\b"),
    "missile": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:missiles?|launchers?|rockets?)\b"),
    "drone": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:drones?|aircraft|uavs?)\b"),
    "small arms": re.compile(r"s?[ -](?:[\w-]+ ){0,1}(?:rifles?|pistols?|guns?|machine guns?)\b"),
    "sensor": re.compile(r"s?[ -](?:[\w-]+ ){0,2}(?:radars?|sonars?)\b"),
}


# Class nouns that are verbs as well.
VERBS = frozenset("bomb ship arm mine ram shell rocket tank torpedo drone fighter".split())


def is_infinitive(text: str, start: int, end: int) -> bool:
    """Whether the word is a verb here: "a plan to bomb an airliner"."""
    return (
        text[start:end] in VERBS
        and re.search(r"\b(?:to|will|would|could|not|and) $", text[max(0, start - 7) : start]) is not None
    )


def names_class(mention: SystemMention, text: str) -> bool:
    """Whether a plain noun of the system's type follows its name right away."""
    noun = NOUN_AFTER.get(mention.row.type)
    return noun is not None and noun.match(lower(text), mention.end) is not None


def is_vetoed(mention: SystemMention, lowered: str, sentences: Sequence[Span]) -> bool:
    """Whether a veto phrase of the row stands in the mention's sentence."""
    sentence = next((s for s in sentences if s.start <= mention.start < s.end), Span(0, len(lowered)))
    window = lowered[sentence.start : sentence.end]
    return any(veto.lower() in window for veto in mention.row.veto)


RELATED = (
    frozenset({"air defence", "missile", "artillery", "ammunition"}),
    frozenset({"aircraft", "drone"}),
    frozenset({"aircraft", "helicopter"}),
    frozenset({"ship", "submarine"}),
    frozenset({"armoured vehicle", "other"}),
    frozenset({"artillery", "armoured vehicle"}),
    frozenset({"small arms", "ammunition"}),
    frozenset({"small arms", "missile"}),
    frozenset({"drone", "missile"}),
    frozenset({"sensor", "aircraft"}),
    frozenset({"sensor", "air defence"}),
)


def related(a: str, b: str) -> bool:
    """Whether a class noun of type `a` can speak of a system of type `b` ("Patriot missiles")."""
    return a == b or any({a, b} <= group for group in RELATED)


def counted_names(text: str, known_mentions: Sequence[SystemMention], parties: Sequence[tuple[int, int]]) -> list[SystemMention]:
    """Unknown names after a count and before "vehicles", which alone name no weapon."""
    found = []
    taken = [*((m.start, m.end) for m in known_mentions), *parties]
    for match in COUNTED_NAME.finditer(text):
        start, end = match.span("name")
        if NO_NAME.search(match.group("name")) or any(s < end and start < e for s, e in taken):
            continue
        row, name = vehicle_row(), match.group("name")
        unknown = SystemRow("", name, "", row.type, row.sipri_category, row.unroca_category, (), (), (), (), (), ())
        found.append(SystemMention(start, end, unknown, name, name, True))
    return found


@functools.cache
def vehicle_row() -> SystemRow:
    """The class that plain "vehicles" after an unknown name are taken for."""
    return next(row for row in tables.classes() if row.id == "armoured vehicle")


def shape_mentions(text: str, known_mentions: list[SystemMention], class_mentions: list[SystemMention]) -> list[SystemMention]:
    """Unknown designations: a designation's shape, or "X-class", right before or after a class noun."""
    found = []
    for pattern, is_class_name in ((SHAPE, False), (CLASS_NAME, True)):
        for match in pattern.finditer(text):
            if NOT_A_SHAPE.match(match.group()) or any(m.start < match.end() and match.start() < m.end for m in known_mentions):
                continue
            beside = next((c for c in class_mentions if 0 <= c.start - match.end() <= 1 or 0 <= match.start() - c.end <= 1), None)
            if beside is None or beside.row.id == "arms" or (is_class_name and beside.row.type not in ("ship", "submarine")):
                continue
            name = match.group(1) + " class" if is_class_name else match.group()
            row = SystemRow(
                "", name, "", beside.row.type, beside.row.sipri_category, beside.row.unroca_category, (), (), (), (), (), ()
            )
            found.append(SystemMention(match.start(), match.end(), row, name, match.group(), True))
    return found
