"""Finds who can buy or sell: states (by name, demonym, capital, seat), forces, companies, groups and bodies.

A demonym or name grows over the noun of government that follows it ("the Indian Air Force", "Taiwan's army"). Names that are
also people or other places (Jordan, Georgia, Chad) count only where no capitalised neighbour makes them a person's or a
place's name; vetoed phrases ("Georgia Tech", "South China Sea") swallow the names inside them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors import tables
from extractors.mentions.fold import fold, lower
from extractors.mentions.gazetteer import Gazetteer
from extractors.model import Span, Where
from extractors.tables import ActorName, ActorRow

GOVERNMENT = (
    r"(?:(?:federal|central|national|royal|imperial|armed|air|naval|ground|land|special|security|defen[cs]e|military|coast|border|interior|foreign|prime|first|deputy|vice|state|marine|territorial"
    r"|acquisition|procurement|army|interim|republican|revolutionary|self[- ]defen[cs]e|ambassador|maritime|democratic|islamic|people's|top|senior|aerospace|civil|paramilitary|frontier|presidential) ){0,3}"
    r"(?:government|military|army|navy|air ?force|armed forces|forces?|ministry|ministers?|parliament|cabinet|coast ?guard|police|troops|officials?|president|presidency|premier|authorities"
    r"|marines|marine corps|national guard|administration|chancellor|lawmakers|senate|congress|service|services|command|guard|embassy|state|corps|committee|commission|council|leadership|leaders?|king|crown prince|general staff|department of defen[cs]e"
    r"|ministry of (?:national )?defen[cs]e|defen[cs]e department|agency|gendarmerie|soldiers|air defen[cs]e|air arm|fleet air arm|rulers?|regime|junta|customs|intelligence|side|delegation)(?! (?:\d|aircraft|jet|plane))"
)
FIRM = r"(?:(?:state-owned|state-run|private|defen[cs]e|arms|weapons|aerospace|aircraft|missile|drone|military|tank|ship|state|government-owned|armaments|engine|shipbuilding|vehicle|munitions|ammunition|technology|electronics|industrial) ){0,3}(?:company|companies|firms?|manufacturers?|maker|makers|giant|group|conglomerate|contractors?|shipbuilders?|shipyards?|exporters?|supplier|suppliers|producers?|builders?|plane ?makers?|consortium|industry|industries|dealers?|arms dealers?)"
GROW = re.compile(rf"(?:'s?)? (?:{GOVERNMENT})\b", re.IGNORECASE)
GROW_FIRM = re.compile(rf"(?:'s)? (?:{FIRM})\b", re.IGNORECASE)
PREFIX_OF = re.compile(
    r"(?:[Gg]overnment|[Kk]ingdom|[Rr]epublic|[Ss]tate|[Ss]ultanate|[Cc]ommonwealth|[Mm]inistry of (?:National )?[Dd]efen[cs]e|[Aa]rmed [Ff]orces|[Aa]rmy|[Nn]avy|[Aa]ir [Ff]orce) of (?:the )?$"
)
# "a NATO member", "the EU state": a state that belongs to the body, not the body.
MEMBER = re.compile(
    r"(?: and (?:the )?[A-Z][\w]+)?[ -](?:member|members|ally|allies|country|countries|state|states|nation|nations|partner|partners|standard|standards|calibre|caliber|summit|membership|panel|report|resolution|mission|experts?|sanctions|inspectors|envoy|arms embargo)\b"
)
# Words beside which a firm's weak name is the firm.
ARMS_CONTEXT = re.compile(
    r"\b(?:fighters?|submarines?|frigates?|corvettes?|howitzers?|drones?|torpedo(?:es)?|warships?|munitions?|air force|navy|army|armou?red|rockets?|guns?|orders?|deliver\w*|contracts?)\b"
)
PREFIXED = re.compile(r"(?:[Nn]on|[Aa]nti|[Pp]ro|[Tt]rans|[Ii]ntra|[Mm]id|[Pp]ost|[Pp]re)-$")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A party's words in the text.

    `iso3` lists the states it may stand for, best first (empty for a group or body); `how` is name, demonym, capital, seat,
    force, leader, company, body or firm; `possessive` where 's follows; `name` is the display name.
    """

    start: int
    end: int
    name: str
    kind: str
    iso3: tuple[str, ...]
    how: str
    possessive: bool = False
    where: Where = "text"

    @property
    def key(self) -> str:
        """What makes two mentions the same party: the state, else the name."""
        return self.iso3[0] if self.iso3 else self.name

    @property
    def is_firm(self) -> bool:
        return self.kind == "company" or self.how == "firm"


@functools.cache
def names() -> tuple[ActorName, ...]:
    return tables.actor_names()


@functools.cache
def gazetteer() -> Gazetteer:
    surfaces = [(fold(name.surface), key) for key, name in enumerate(names())]
    vetoes = dict.fromkeys(phrase for name in names() for phrase in name.actor.veto)
    return Gazetteer([*surfaces, *((fold(phrase), -1) for phrase in vetoes if phrase[:1].isupper())], vary=False)


@functools.cache
def capital_surfaces() -> frozenset[str]:
    """Surfaces that tables write in capitals (USSR, NATO): kept when a headline in capitals is re-cased."""
    return frozenset(name.surface for name in names() if name.surface.isupper() and len(name.surface) <= 6)


def recase(text: str) -> str:
    """A line in capitals with its words capitalised instead, same length; words with digits and known acronyms stay."""

    def word(match: re.Match[str]) -> str:
        surface = match.group()
        if surface in capital_surfaces() or any(c.isdigit() for c in surface) or len(surface) == 1:
            return surface
        return surface[0] + lower(surface[1:])

    return re.sub(r"[^\s/()\"<>,;:-]+", word, text)


def actors(text: str, sentences: Sequence[Span], masks: Iterable[tuple[int, int]] = ()) -> list[ActorMention]:
    """Actor mentions of the (folded) text by position, without overlaps."""
    table = names()
    blocked = list(masks)
    candidates: list[tuple[int, int, list[ActorName]]] = []
    for hit in gazetteer().scan(text):
        candidates.append((hit.start, hit.end, [table[k] for k in hit.keys if k >= 0]))
    candidates.sort(key=lambda c: (-(c[1] - c[0]), c[0]))
    taken: list[tuple[int, int]] = []
    strong_states = {n.actor.iso3[0] for _, _, found in candidates for n in found if n.strong and n.actor.iso3}
    mentions = []
    for start, end, found in candidates:
        if (
            any(s < end and start < e for s, e in taken)
            or any(s < end and start < e for s, e in blocked)
            or PREFIXED.search(text[max(0, start - 6) : start])
        ):
            continue
        sentence = next((s for s in sentences if s.start <= start < s.end), Span(0, len(text)))
        chosen = choose(found, text, start, end, sentence, strong_states)
        if chosen is None:
            if not found:
                taken.append((start, end))
            continue
        taken.append((start, end))
        if chosen.how == "body" and MEMBER.match(text, end):
            continue
        if (
            chosen.how == "force"
            and text[start : start + 6] == "Royal "
            and re.search(r"\b(?:its|their|country's|own) $", text[max(0, start - 12) : start])
        ):
            # "its Royal Air Force" is the subject's, not Britain's
            continue
        mentions.append(grown(chosen, text, start, end))
    return merged(sorted(mentions, key=lambda m: m.start), text)


def choose(found: list[ActorName], text: str, start: int, end: int, sentence: Span, strong_states: set[str]) -> ActorName | None:
    """The reading of a surface: a strong one, else the first weak one that is licensed."""
    for name in found:
        if name.strong and not vetoed(name.actor, text, sentence):
            return name
    weak = [name for name in found if not name.strong and not vetoed(name.actor, text, sentence)]
    for name in weak:
        if weak_allowed(name, text, start, end, sentence, strong_states):
            return name
    # "IAF", "Chavez": the one force or leader so called whose state the article names outright
    forces = [
        name for name in weak if name.how in ("force", "leader") and name.actor.iso3 and name.actor.iso3[0] in strong_states
    ]
    return forces[0] if len(forces) == 1 else None


def vetoed(actor: ActorRow, text: str, sentence: Span) -> bool:
    return any(phrase in text[sentence.start : sentence.end] for phrase in actor.veto if not phrase[:1].isupper())


def weak_allowed(name: ActorName, text: str, start: int, end: int, sentence: Span, strong_states: set[str]) -> bool:
    """Whether a weak name may stand: a licence word near, its state named outright, or no capitalised neighbour (states only)."""
    window = lower(text[max(sentence.start, start - 120) : min(sentence.end, end + 120)])
    if any(re.search(rf"(?<!\w){re.escape(word.lower())}", window) for word in name.actor.licence):
        return True
    if name.actor.kind == "company" and ARMS_CONTEXT.search(window):
        return True
    if name.how == "leader":
        return False
    if name.how in ("force", "company", "body"):
        return name.how == "force" and bool(name.actor.iso3) and not name.actor.licence and name.actor.iso3[0] in strong_states
    if name.actor.iso3 and name.actor.iso3[0] in strong_states and name.how != "name":
        return True
    before = re.search(r"([A-Z][\w.]*)[ -]$", text[max(sentence.start, start - 25) : start])
    after = re.match(r" ([A-Z][a-z]+)", text[end : end + 20])
    return not before and not (after and not re.match(r"'s? |(?: (?:Air|Army|Navy|Armed|Defen))", text[end : end + 12]))


def grown(name: ActorName, text: str, start: int, end: int) -> ActorMention:
    """The mention with the noun of government or firm that follows it, and "government of" before it."""
    actor, how = name.actor, name.how
    prefix = PREFIX_OF.search(text[max(0, start - 40) : start])
    if prefix and how == "name":
        start = max(0, start - 40) + prefix.start()
        how = "force"
    if how in ("name", "demonym", "capital"):
        follow = GROW.match(text, end)
        if follow:
            # "the Hungarian parliament's defence committee" grows twice
            again = GROW.match(text, follow.end())
            end, how = (again or follow).end(), "force"
        else:
            firm = GROW_FIRM.match(text, end)
            if firm and how != "capital":
                end, how = firm.end(), "firm"
    elif how == "company":
        suffix = re.match(
            r" (?:Corp(?:oration)?|Co|Inc|Ltd|Plc|PLC|plc|SA|AG|GmbH|Group|Company|LLC|AB|SpA|S\.A\.|NV)\b\.?",
            text[end : end + 14],
        )
        end += suffix.end() if suffix else 0
    possessive = text[end : end + 2] == "'s" or (text[end : end + 1] == "'" and text[end - 1] == "s")
    return ActorMention(start, end, actor.name, actor.kind, actor.iso3, how, possessive)


def merged(mentions: list[ActorMention], text: str) -> list[ActorMention]:
    """Mentions without those that a grown neighbour has come to cover."""
    kept: list[ActorMention] = []
    for mention in mentions:
        if (
            kept
            and mention.kind == "company"
            and kept[-1].how in ("name", "demonym", "firm")
            and 0 <= mention.start - kept[-1].end <= 3
            and text[kept[-1].end : mention.start] in (" ", "'s ")
        ):
            # "France's Dassault", "Russian arms exporter Rosoboronexport": one firm
            kept[-1] = replace(mention, start=kept[-1].start)
            continue
        if kept and mention.start < kept[-1].end:
            if mention.end <= kept[-1].end:
                continue
            kept.pop()
        kept.append(mention)
    return kept
