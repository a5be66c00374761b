"""Lints the checked-in tables: what a wrong row would silently break is found here, by name and line.

Duplicates, unknown types and states, an alias that does not find itself, a strong alias that is an English word, cells that a
careless reader would take for missing (NO, NA), and rules whose example does not hold.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections import Counter, defaultdict

from spellchecker import SpellChecker
from spellchecker.spellchecker import WordFrequency

from extractors import groups, tables
from extractors.events.readers import READERS
from extractors.mentions.systems import class_forms, class_nouns, designations, known
from extractors.model import DEAL_TYPES, SIPRI_CATEGORIES, STATUSES, UNROCA_CATEGORIES, WEAPON_TYPES
from extractors.records.confidence import BIN_RECORDS, SIGNALS, share

SIPRI = frozenset((*SIPRI_CATEGORIES, ""))
UNROCA = frozenset((*UNROCA_CATEGORIES, ""))
# A name this frequent in pyspellchecker's English word list is a word of ordinary prose and must be weak.
WORD_FREQUENCY = 150
CUE_CATEGORIES = frozenset(
    (
        "planned",
        "future",
        "approved",
        "ordered",
        "delivered",
        "cancelled",
        "negated",
        "pseudo",
        "not-weapon",
        "no-transfer",
        "possession",
    )
)


CALENDAR = frozenset(calendar.month_name[1:]) | frozenset(calendar.day_name)


def findings() -> list[str]:
    """Every finding, one line each; none for sound tables."""
    found: list[str] = []
    try:
        found += check_systems()
        found += check_actors()
        found += check_groups()
        found += check_classes()
        found += check_rules()
        found += check_confidence()
    except tables.TableError as error:
        found.append(str(error))
    return found


@functools.cache
def english() -> WordFrequency:
    """Frequencies of English words, lower case."""
    return SpellChecker(language="en").word_frequency


def is_common_word(name: str) -> bool:
    word = name.lower()
    return word.isalpha() and word in english() and english()[word] >= WORD_FREQUENCY


def check_systems() -> list[str]:
    found = []
    rows = tables.systems()
    ids = Counter(row.id for row in rows)
    known_ids = set(ids)
    strong: dict[str, list[str]] = defaultdict(list)
    states = set(tables.country_names())
    for row in rows:
        where = f"systems, {row.id}"
        if ids[row.id] > 1:
            found.append(f"{where}: the id stands {ids[row.id]} times; give each system its own")
        if not row.name or not row.id:
            found.append(f"{where}: id and name must not be empty")
        if row.type not in WEAPON_TYPES:
            found.append(f"{where}: unknown type {row.type!r}; use one of {', '.join(WEAPON_TYPES)}")
        if row.sipri_category not in SIPRI:
            found.append(f"{where}: unknown SIPRI category {row.sipri_category!r}")
        if row.unroca_category not in UNROCA:
            found.append(f"{where}: unknown UN category {row.unroca_category!r}")
        if row.family not in known_ids:
            found.append(f"{where}: family {row.family!r} has no row")
        for iso in row.origin:
            if iso not in states:
                found.append(f"{where}: unknown state {iso!r}")
        weak = set(row.weak_aliases)
        for name in weak:
            if name in CALENDAR or len(name) < 2 or (name.isdigit() and len(name) < 4):
                found.append(f"{where}: weak alias {name!r} is a month or too short to mean a system; leave it out")
        for name in dict.fromkeys((row.name, *row.aliases)):
            if name in weak:
                continue
            strong[name].append(row.id)
            if is_common_word(name):
                found.append(f"{where}: strong alias {name!r} is an English word; make it weak")
            if len(name) < 3 and not any(c.isdigit() for c in name):
                found.append(f"{where}: strong alias {name!r} is too short; make it weak")
    for name, owners in strong.items():
        if len(set(owners)) > 1:
            found.append(f"systems: strong alias {name!r} stands for {', '.join(sorted(set(owners)))}; keep it at one")
    return found + check_find_themselves()


def check_find_themselves() -> list[str]:
    """Aliases that the automaton does not return as themselves in a plain sentence."""
    found = []
    automaton = designations()
    for key, (row, is_strong) in enumerate(known()):
        name = names_by_key()[key]
        text = f"They said {name} stood there."
        start = len("They said ")
        if not any(
            hit.start == start and hit.end >= start + len(name) and key in hit.keys for hit in automaton.scan(text, suffixes=True)
        ):
            found.append(f"systems, {row.id}: alias {name!r} does not find itself ({'strong' if is_strong else 'weak'})")
    return found


def names_by_key() -> list[str]:
    return [name for row in tables.systems() for name in dict.fromkeys((row.name, *row.aliases, *row.weak_aliases))]


def check_actors() -> list[str]:
    found = []
    states = tables.country_names()
    for iso, name in (("NOR", "Norway"), ("NAM", "Namibia")):
        if states.get(iso) != name:
            found.append(f"countries: {iso} reads as {states.get(iso)!r} instead of {name!r}; a reader took NO or NA for missing")
    strong: dict[str, set[str]] = defaultdict(set)
    for entry in tables.actor_names():
        if entry.strong:
            strong[entry.surface].add(entry.actor.iso3[0] if entry.actor.iso3 else entry.actor.name)
        for iso in entry.actor.iso3:
            if not re.fullmatch(r"[A-Z]{3}", iso) or iso not in states:
                found.append(f"actors, {entry.surface}: unknown state {iso!r}")
        if entry.surface != entry.surface.strip() or not entry.surface:
            found.append(f"actors, {entry.actor.name}: an empty or padded spelling")
    for surface, owners in strong.items():
        if len(owners) > 1:
            found.append(f"actors: {surface!r} stands for {', '.join(sorted(owners))}; make it weak with a licence")
    return found


def check_groups() -> list[str]:
    """Regions that leave a state out or do not nest, and memberships of unknown states or with spells that overlap."""
    states, placed = set(tables.country_names()), groups.regions()
    found = [f"regions: {iso} has no line" for iso in sorted(states - set(placed))]
    found += [f"regions: unknown state {iso!r}" for iso in sorted(set(placed) - states)]
    above: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for iso, names in placed.items():
        if len(names) < 2:
            found.append(f"regions, {iso}: needs a region and a subregion")
        for depth, name in enumerate(names):
            above[name].add(names[:depth])
    found += [f"regions: {name!r} stands below more than one region" for name, ways in above.items() if len(ways) > 1]
    spells: dict[tuple[str, str], list[groups.Membership]] = defaultdict(list)
    for spell in groups.alliances():
        spells[spell.group, spell.iso3].append(spell)
        where = f"alliances, {spell.group}, {spell.iso3}"
        if spell.iso3 not in states:
            found.append(f"{where}: unknown state")
        if not 1900 <= spell.first <= (spell.last or 2100) <= 2100:
            found.append(f"{where}: the years {spell.first} to {spell.last} are no spell of time")
    for (group, iso), held in spells.items():
        held.sort(key=lambda spell: spell.first)
        if any(a.last is None or a.last >= b.first for a, b in zip(held, held[1:], strict=False)):
            found.append(f"alliances, {group}, {iso}: spells overlap")
    return found


def check_classes() -> list[str]:
    found = []
    forms = Counter(form for _, form in class_forms())
    for form, count in forms.items():
        if count > 1:
            found.append(f"classes: form {form!r} stands {count} times")
    for row in tables.classes():
        if row.type not in WEAPON_TYPES:
            found.append(f"classes, {row.id}: unknown type {row.type!r}")
        if row.sipri_category not in SIPRI or row.unroca_category not in UNROCA:
            found.append(f"classes, {row.id}: unknown SIPRI or UN category")
        if row.id not in row.aliases and row.id not in ("sensor", "mine", "military system"):
            found.append(f"classes, {row.id}: the id is not among its own forms")
    automaton = class_nouns()
    for key, (row, form) in enumerate(class_forms()):
        if not any(key in hit.keys for hit in automaton.scan(f"the {form} of")):
            found.append(f"classes, {row.id}: form {form!r} does not find itself")
    return found


def check_rules() -> list[str]:
    found = []
    triggers = tables.triggers()
    ids = Counter([t.id for t in triggers] + [c.id for c in tables.cues()])
    found += [f"rules: id {one!r} stands {count} times" for one, count in ids.items() if count > 1]
    by_form = Counter((form, t.pos) for t in triggers for form in t.forms)
    found += [f"triggers: {pos} {form!r} stands {count} times" for (form, pos), count in by_form.items() if count > 1]
    for trigger in triggers:
        if trigger.frame not in READERS:
            found.append(f"triggers, {trigger.id}: unknown frame {trigger.frame!r}")
        if trigger.status not in STATUSES:
            found.append(f"triggers, {trigger.id}: unknown status {trigger.status!r}")
        if trigger.deal_type not in DEAL_TYPES:
            found.append(f"triggers, {trigger.id}: unknown deal type {trigger.deal_type!r}")
        if "=>" not in trigger.example:
            found.append(f"triggers, {trigger.id}: the example lacks its expected status")
    for cue in tables.cues():
        if cue.category not in CUE_CATEGORIES:
            found.append(f"cues, {cue.id}: unknown category {cue.category!r}")
        if "=>" not in cue.example:
            found.append(f"cues, {cue.id}: the example lacks its expected reading")
    return found


def check_confidence() -> list[str]:
    """What is unsound in the table of measured confidences; it is generated, so the remedy is always to make it anew."""
    rows = tables.confidence()
    found = []
    wanted = [f"{signal}: {level}" for signal, levels in SIGNALS.items() for level in levels]
    given = [row.signal for row in rows if row.kind == "signal"]
    if given != wanted:
        found.append(f"signals differ from the code's: {', '.join(sorted(set(given) ^ set(wanted))) or 'order or repeats'}")
    if sum(row.kind == "base" for row in rows) != 1 or any(row.kind not in ("base", "signal", "bin") for row in rows):
        found.append("kinds must be one base, then signal and bin")
    bins = [row for row in rows if row.kind == "bin"]
    if not bins or any(a.points >= b.points or a.confidence >= b.confidence for a, b in zip(bins, bins[1:], strict=False)):
        found.append("bins must rise in points and in confidence")
    for row in rows:
        if not 0 <= row.right <= row.records or (row.kind == "bin" and row.records < BIN_RECORDS):
            found.append(
                f"{row.kind} {row.signal or row.points}: {row.right} right of {row.records} records is too few or no share"
            )
        elif row.confidence != share(row.right, row.records):
            found.append(f"{row.kind} {row.signal or row.points}: confidence is not {row.right} of {row.records}, rounded down")
    return [f"confidence, {one}; make the table anew with scripts/measure_confidence.py" for one in found]


def summary() -> str:
    """How much the tables hold, counted as the lint counts: spellings that the matcher derives are not aliases."""
    rows = tables.systems()
    aliases = sum(len({*row.aliases, *row.weak_aliases} - {row.name}) for row in rows)
    names = tables.actor_names()
    kinds = Counter(name.actor.kind for name in {n.actor: n for n in names}.values())
    parts = [
        f"{len(rows)} systems with {aliases} aliases",
        f"{len(class_forms())} class nouns",
        f"{len(names)} spellings of actors",
    ]
    parts += [f"{len({n.actor.name for n in names if n.actor.kind == kind})} {kind}" for kind in sorted(kinds)]
    parts += [f"{len(groups.region_names())} regions", f"{len(groups.alliance_names())} alliances and unions"]
    return "tables are sound: " + ", ".join(parts)
