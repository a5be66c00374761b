"""What stands where around a trigger: subject, object, and the fillers of each preposition.

The one place that knows English word order. Everything is read off the chunk row; nothing here knows who buys or sells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.events.chunks import BE, DETERMINERS, LISTED_NOUNS, Chunk

PARTICIPLES = frozenset(
    [
        "bought",
        "sold",
        "sent",
        "given",
        "won",
        "sought",
        "chosen",
        "frozen",
        "lent",
        "got",
        "shipped",
        "withheld",
        "taken",
        "struck",
        "inked",
    ]
)
ADVERBS = frozenset(
    [
        "also",
        "already",
        "recently",
        "reportedly",
        "now",
        "not",
        "initially",
        "originally",
        "previously",
        "finally",
        "officially",
        "formally",
        "just",
        "still",
        "only",
        "currently",
        "subsequently",
        "quietly",
        "jointly",
        "successfully",
        "then",
        "later",
        "soon",
        "never",
        "ever",
        "even",
        "likely",
        "first",
        "secretly",
        "allegedly",
        "illegally",
        "each",
        "both",
        "all",
        "together",
    ]
)
# Verbs that claim no transfer: what follows them is theirs, not the trigger's.
OTHER_INFINITIVES = frozenset(
    [
        "use",
        "help",
        "escort",
        "defend",
        "operate",
        "replace",
        "protect",
        "fight",
        "keep",
        "maintain",
        "meet",
        "boost",
        "strengthen",
        "ensure",
        "deter",
        "counter",
        "train",
        "make",
        "build",
        "develop",
        "improve",
        "support",
        "enhance",
        "bolster",
        "increase",
        "expand",
        "modernise",
        "modernize",
        "upgrade",
        "deploy",
        "fly",
        "carry",
        "launch",
        "fire",
        "attack",
        "hit",
        "target",
        "strike",
        "patrol",
        "monitor",
        "track",
        "detect",
        "be",
        "have",
        "do",
        "take",
        "go",
        "come",
        "serve",
        "enable",
        "start",
        "begin",
        "continue",
        "create",
        "form",
        "reach",
        "end",
        "see",
        "show",
        "curb",
        "contain",
        "prevent",
        "avoid",
        "assist",
        "aid",
        "bring",
        "reduce",
        "limit",
        "cut",
        "save",
        "pay",
        "fund",
        "finance",
        "integrate",
        "equip",
        "produce",
        "manufacture",
        "repair",
        "service",
        "test",
    ]
).union(
    "anger upset irritate please appease reassure pressure persuade punish reward placate convince bypass threaten invade isolate woo court rival match offset "
    "oppose alarm press urge force push hold ratify join lift impose raise lower open close visit meet discuss negotiate consider reconsider review restore "
    "normalise normalize mend repair rebuild restart resume ease lead bring turn tow haul house store hunt find identify lower win lose leave stay move "
    "work talk say tell ask call consult sanction condemn criticise criticize protest warn complicate undermine weaken destabilise destabilize shift tilt".split()
)
OTHER_VERBS = frozenset(
    [
        "designed",
        "used",
        "using",
        "capable",
        "aimed",
        "intended",
        "meant",
        "able",
        "flown",
        "operated",
        "operating",
        "fired",
        "firing",
        "launched",
        "targeting",
        "hitting",
        "carrying",
        "carried",
        "making",
        "fitted",
        "becoming",
        "making",
        "replacing",
        "replaced",
        "destroyed",
        "deployed",
        "stationed",
        "tested",
        "developed",
    ]
)
LOCATIVE = frozenset(
    (
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "against",
        "over",
        "during",
        "toward",
        "towards",
        "amid",
        "about",
        "around",
        "within",
        "despite",
        "upon",
        "on",
    )
)


MODALS = frozenset("will would could may might can should must shall".split())
# "let Japan buy": the verb after them has the party between as its subject.
CAUSATIVES = frozenset("let lets letting help helps helped helping make makes made see sees saw seen".split())
# "in talks with Washington to buy": what these govern is not the one who is to buy.
NO_CONTROL = frozenset(("with", "from", "by", "between", "in", "at", "against"))


# Prepositions whose noun phrase may hold an owner: "after India's order".
OWNER_AFTER = frozenset(
    (
        "",
        "of",
        "in",
        "by",
        "for",
        "on",
        "after",
        "from",
        "with",
        "about",
        "to",
        "under",
        "over",
        "against",
        "amid",
        "despite",
        "during",
    )
)


@dataclass(frozen=True, slots=True)
class Slots:
    """Positions (indexes into the chunk row) of a trigger's neighbours, by slot."""

    subject: tuple[int, ...] = ()
    object: tuple[int, ...] = ()
    passive: bool = False
    left_groups: tuple[int, ...] = ()
    possessor: tuple[int, ...] = ()
    prepositions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    nominals: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    at: int = -1

    def of(self, *names: str) -> tuple[int, ...]:
        """Fillers of the prepositions named, in that order."""
        return tuple(i for name in names for i in self.prepositions.get(name, ()))


def governing(row: Sequence[Chunk], at: int) -> str:
    """The preposition that governs the actor or group at `at`, through determiners, adjectives and lists; else empty."""
    j = at - 1
    steps = 0
    if opens_clause(row, at):
        return ""
    while j >= 0 and steps < 4:
        chunk = row[j]
        if chunk.kind == "preposition":
            return chunk.text
        if chunk.kind == "conjunction" or (chunk.kind == "comma" and chunk.text == ","):
            k = j - 1
            while k >= 0 and row[k].kind in ("comma", "conjunction"):
                k -= 1
            if k >= 0 and row[k].kind == row[at].kind and row[k].kind in ("actor", "group"):
                return "" if chunk.kind == "comma" and (is_fronted(row, k) or not list_goes_on(row, at)) else governing(row, k)
            return ""
        if chunk.kind == "word" and (chunk.text in DETERMINERS or chunk.text not in BE) and chunk.text not in ADVERBS:
            j -= 1
            steps += 1
            continue
        return ""
    return ""


def opens_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether the name at `at` starts the main clause right after a phrase that opens the sentence: "under the shah Iran bought"."""
    if row[at].actor is None or not 2 < at < 6 or at + 1 >= len(row) or row[0].kind != "preposition":
        return False
    if row[at - 1].kind not in ("word", "date") or row[at - 1].text in DETERMINERS or row[1].text not in ("the", "a"):
        return False
    following = row[at + 1].trigger
    return following is not None and following.row.pos == "verb" and all(c.kind == "word" for c in row[1:at])


def list_goes_on(row: Sequence[Chunk], at: int) -> bool:
    """Whether after the party or group at `at` one more of its kind follows: in "from the US, Jakarta decided" the comma ends a phrase."""
    j = at + 1
    while j < len(row) and (row[j].kind in ("comma", "conjunction") or row[j].text in DETERMINERS):
        j += 1
    return j > at + 1 and j < len(row) and row[j].kind == row[at].kind


def is_fronted(row: Sequence[Chunk], at: int) -> bool:
    """Whether the actor at `at` closes a phrase that opens the sentence: "Apart from Japan, Israel and Australia ..."."""
    short = at <= 3 or (at <= 6 and row[0].kind == "preposition")
    return short and any(c.kind == "preposition" for c in row[:at]) and all(c.kind in ("preposition", "word") for c in row[:at])


def is_participle(form: str) -> bool:
    head = form.split(" ")[0]
    return head in PARTICIPLES or head.endswith("ed")


def is_passive(row: Sequence[Chunk], at: int) -> bool:
    """Whether the verb at `at` is passive: a form of be before it, or a reduced relative ("jets ordered by India")."""
    trigger = row[at].trigger
    if trigger is None or not is_participle(trigger.form) or trigger.form.startswith("interested"):
        return False
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in ADVERBS:
        j -= 1
    if j >= 0 and row[j].kind == "word" and row[j].text in ("is", "are", "was", "were", "be", "been", "being", "gets"):
        return True
    if j >= 0 and row[j].kind == "word" and row[j].text in ("has", "have", "had", "having"):
        return False
    following = row[at + 1] if at + 1 < len(row) else None
    next_preposition = following is not None and following.kind in ("preposition", "date")
    if j >= 0 and row[j].kind == "group" and (next_preposition or following is None or following.kind in ("comma", "break")):
        return following is not None and (
            following.text in ("by", "to", "from", "for", "under", "in", "as", "with") or following.kind == "date"
        )
    if j >= 0 and row[j].text == "as" and next_preposition:
        return True
    if j >= 0 and row[j].kind == "comma":
        return following is not None and (
            following.text in ("by", "to", "from", "under", "for", "in") or following.kind == "date"
        )
    return False


def infinitive_at(row: Sequence[Chunk], at: int) -> int:
    """Where the "to" of the infinitive at `at` stands, over adverbs ("to either buy"); -1 where it is no infinitive."""
    j = at - 1
    while j >= 0 and row[j].kind == "word" and row[j].text in ADVERBS | {"either", "eventually", "jointly"}:
        j -= 1
    return j if j >= 0 and row[j].kind == "preposition" and row[j].text == "to" else -1


# Prepositions before the reason of an event: what another deal noun after them governs is that noun's own.
REASONS = frozenset(("over", "despite", "amid", "during"))


def opens_nominal(row: Sequence[Chunk], at: int) -> bool:
    """Whether a deal noun heads the phrase of the preposition at `at`: "over its purchase of missiles"."""
    verb = next((c.trigger.row.frame for c in reversed(row[:at]) if c.trigger is not None), "")
    for chunk in row[at + 1 : at + 5]:
        if chunk.trigger is not None:
            return chunk.trigger.row.pos == "noun" and verb not in ("TALK", "TALKS")
        if chunk.kind not in ("word", "actor"):
            return False
    return False


# Nouns that "of" makes part of a count or time, not of a name.
MEASURING = frozenset(
    "number numbers part end beginning middle batch lot total half fleet series range value cost price sum".split()
)
# Nouns of a state after which "of" names it.
OWNED = frozenset(
    "government governments states republic kingdom army armies navy navies forces those countries people ministry ministries likes police militaries".split()
)
# Verbs after "and" with which another statement starts.
FINITE = frozenset(
    "flies operates uses keeps has have had will would is are was were remains plans hopes says said wants fields it they".split()
)


def heads_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether the party at `at`, after an "and", has a verb of its own: "to Kosovo, and Belgrade protested"."""
    j = at + 1
    while j < len(row) and row[j].kind == "word" and row[j].text in ADVERBS:
        j += 1
    if j >= len(row):
        return False
    following = row[j]
    if following.kind == "trigger" and following.trigger is not None:
        return following.trigger.row.pos == "verb" and not following.trigger.form.endswith("ing")
    return following.kind == "word" and (
        following.text in FINITE or following.text in SAYING or following.text in MODALS or following.text.endswith("ed")
    )


def starts_clause(row: Sequence[Chunk], at: int) -> bool:
    """Whether an unknown verb stands at `at`: a plain word right before a determiner ("to strengthen its", "or lose a")."""
    return (
        at + 1 < len(row)
        and row[at].kind == "word"
        and row[at].text.isalpha()
        and row[at].text not in DETERMINERS
        and row[at + 1].kind == "word"
        and row[at + 1].text in ("a", "an", "the", "its", "their", "his", "this", "these")
    )


def verb_slots(row: Sequence[Chunk], at: int) -> Slots:
    """Slots of the verb at `at`."""
    fronted = fronted_group(row, at)
    passive = is_passive(row, at) or fronted >= 0
    subject, left_groups, left = ([], [fronted], {}) if fronted >= 0 else leftward(row, at)
    obj, prepositions, nominals, aside = rightward(row[:fronted] if fronted >= 0 else row, at)
    if fronted >= 0 and fronted + 2 < len(row) and row[fronted + 1].text == "from" and row[fronted + 2].actor is not None:
        prepositions["from"] = (*prepositions.get("from", ()), fronted + 2)
    for name, found in left.items():
        prepositions[f"left {name}"] = found
    return Slots(tuple(subject), tuple(obj), passive, tuple(left_groups), (), prepositions, tuple(nominals), tuple(aside), at)


def fronted_group(row: Sequence[Chunk], at: int) -> int:
    """The group that a participle at the head of the sentence speaks of: "Ordered in 2013, Poland's 50 helicopters"; else -1."""
    trigger = row[at].trigger
    if at > 1 or trigger is None or not is_participle(trigger.form) or at + 1 >= len(row):
        return -1
    if row[at + 1].kind not in ("preposition", "date"):
        return -1
    comma = next((i for i in range(at + 1, len(row)) if row[i].text == ","), -1)
    return comma + 1 if 0 < comma < len(row) - 1 and row[comma + 1].kind == "group" else -1


def leftward(row: Sequence[Chunk], at: int) -> tuple[list[int], list[int], dict[str, tuple[int, ...]]]:
    """The subject's actors, the groups to the left nearest first, and actors under prepositions on the way."""
    groups: list[int] = []
    governed: dict[str, tuple[int, ...]] = {}
    relative_at = -1
    trigger_ing = (trigger := row[at].trigger) is not None and trigger.form.split(" ")[0].endswith("ing")
    head = pronoun_head(row, at)
    if head is not None:
        spoken_of = at - 2 if at >= 2 and row[at - 1].text in ("it", "they") and row[at - 2].kind == "group" else -1
        return head, [spoken_of] if spoken_of >= 0 else groups, governed
    shared = shared_subject(row, at)
    if shared:
        return shared, groups, governed
    j = before_aside(row, at)
    while j >= 0:
        chunk = row[j]
        if chunk.kind == "break" and chunk.text not in ("said", "says", "after", "as", "-", "told", "added", "since", "when"):
            break
        if (
            chunk.kind == "break"
            and chunk.text in ("after", "as", "since", "when", "said", "says")
            and groups == []
            and j < at - 1
            and any(c.kind == "actor" for c in row[j + 1 : at])
        ):
            break
        if chunk.kind == "relative":
            relative_at = j
        if chunk.kind == "group":
            groups.append(j)
        if chunk.kind == "actor":
            preposition = governing(row, j)
            before_relative = relative_at == j + 1 or (relative_at == j + 2 and row[j + 1].kind == "comma")
            actor = chunk.actor
            if trigger_ing and actor is not None and actor.is_firm and j == at - 2 and row[at - 1].text == ",":
                # "a proposal from Saab, offering the Gripen"
                return [j], groups, governed
            controls = (
                (j == infinitive_at(row, at) - 1 and preposition not in NO_CONTROL)
                or is_gerund_subject(row, j, at)
                or (j == at - 1 and j > 0 and row[j - 1].text in CAUSATIVES)
            )
            owns = (
                actor is not None
                and actor.possessive
                and at - j <= 6
                and not any(c.kind in ("group", "relative") for c in row[j + 1 : at])
            )
            if controls or owns:
                return [j], groups, governed
            if is_sanctioned(row, j, at):
                return [j], groups, governed
            if j + 1 < at and row[j + 1].text in STANCES:
                # "faced US sanctions for purchasing": whose sanctions they are does not buy
                j -= 1
                continue
            adjectival = (
                actor is not None
                and actor.how == "demonym"
                and j + 1 < at
                and row[j + 1].kind in ("trigger", "word")
                and row[j + 1].text not in BE
                and row[j + 1].text not in MODALS
            )
            if preposition and not before_relative:
                governed[preposition] = (*governed.get(preposition, ()), j)
            elif not adjectival:
                subjects = [j]
                k = j - 1
                while k >= 1 and row[k].kind in ("conjunction", "comma"):
                    if row[k - 1].kind == "actor" and governing(row, k - 1) == "":
                        subjects.append(k - 1)
                        k -= 2
                    elif row[k].kind == "conjunction" and row[k - 1].kind == "comma":
                        k -= 1
                    else:
                        break
                return list(reversed(subjects)), [*groups, *antecedent_group(row, subjects[-1])], governed
            else:
                governed["adjective"] = (*governed.get("adjective", ()), j)
        j -= 1
    return [], groups, governed


SAYING = frozenset("said says told added saying announced announces confirmed reported reports stated noted wrote".split())


# Nouns that take a state's name before them as an adjective, and what they do is no deal.
STANCES = frozenset(
    "sanctions pressure concerns objections criticism opposition embargo threat threats tensions waiver law laws objection warnings warning".split()
)


def is_sanctioned(row: Sequence[Chunk], party: int, at: int) -> bool:
    """Whether the party is blamed for, or kept from, what the gerund at `at` says: "sanctions on China for purchasing"."""
    trigger = row[at].trigger
    if trigger is None or not trigger.form.endswith("ing") or at < 2:
        return False
    return row[at - 1].text in ("for", "over", "from") and governing(row, party) in ("on", "against")


def is_gerund_subject(row: Sequence[Chunk], party: int, at: int) -> bool:
    """Whether the party right before a gerund is its subject: "towards Australia acquiring", "help Kyiv in procuring"."""
    trigger = row[at].trigger
    if trigger is None or not trigger.form.split(" ")[0].endswith("ing") or row[party].actor is None:
        return False
    return party == at - 1 or (party == at - 2 and row[at - 1].text == "in")


def pronoun_head(row: Sequence[Chunk], at: int) -> list[int] | None:
    """Who "it" or "they" right before the verb are: the party that heads the sentence, if any; None where no pronoun stands there."""
    j = at - 1
    while (
        j >= 0
        and row[j].kind in ("word", "preposition")
        and (row[j].text in ADVERBS or row[j].text in BE or row[j].text in MODALS or row[j].text == "to")
    ):
        j -= 1
    if j >= 0 and row[j].text == "we":
        return speaker(row)
    if j < 1 or row[j].text not in ("it", "they"):
        return None
    starts = [i for i in range(1, j) if row[i].actor is not None and (row[i - 1].kind == "conjunction" or row[i - 1].text == ";")]
    start = max((i for i in starts if any(c.kind == "break" or c.trigger is not None for c in row[:i])), default=0)
    heads = [
        i
        for i in range(start, j)
        if row[i].actor is not None and governing(row, i) == "" and not (i + 1 < j and row[i + 1].text in STANCES)
    ]
    plain = [i for i in heads if (party := row[i].actor) is not None and not party.possessive and party.how != "demonym"]
    return (plain or heads)[:1]


def speaker(row: Sequence[Chunk]) -> list[int]:
    """The state whose representative says what is quoted: "we have bought 24 howitzers," Bangladesh's army chief told reporters."""
    for i, chunk in enumerate(row):
        if chunk.actor is not None and not chunk.actor.is_firm:
            for following in row[i + 1 : i + 8]:
                if following.text in SAYING:
                    return [i]
                if following.kind in ("actor", "group", "trigger") or following.text == ";":
                    break
    return []


def shared_subject(row: Sequence[Chunk], at: int) -> list[int]:
    """The subject that a verb after "and" shares with the verb before it: "Slovakia handed over 30 carriers and received 15 tanks"."""
    j = at - 1
    while j >= 0 and (row[j].kind == "date" or (row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text in BE))):
        j -= 1
    if j < 1 or row[j].kind != "conjunction":
        return []
    for k in range(j - 1, -1, -1):
        trigger = row[k].trigger
        if row[k].kind in ("break", "relative"):
            return []
        if trigger is not None and trigger.row.pos == "verb":
            return [] if is_passive(row, k) else leftward(row, k)[0]
    return []


def before_aside(row: Sequence[Chunk], at: int) -> int:
    """Where the search for the subject of the verb at `at` starts: before an aside between commas that parts them.

    "Kuwait, which had looked at Rafales, has signed", "Ukraine and Poland, Turkey's partner, also ordered".
    """
    j = at - 1
    while j >= 0 and row[j].kind == "word" and (row[j].text in ADVERBS or row[j].text in BE or row[j].text in MODALS):
        j -= 1
    if j < 2 or row[j].text != ",":
        return at - 1
    relative = next((k for k in range(j - 1, -1, -1) if row[k].kind == "relative" and row[k - 1].text == ","), -1)
    opening = next((k for k in range(j - 1, 0, -1) if row[k].text == ","), -1)
    for k in (relative - 1, opening):
        if k > 0 and row[k - 1].actor is not None and governing(row, k - 1) == "":
            return k - 1
    return at - 1


def is_apposition(row: Sequence[Chunk], at: int) -> bool:
    """Whether the owner at `at` only describes the party after it: "Qatar's rival Bahrain"."""
    return at + 2 < len(row) and row[at + 1].kind == "word" and row[at + 2].kind == "actor"


def reports(row: Sequence[Chunk], at: int) -> bool:
    """Whether the party at `at` is who says so, not one more of a list: "..., the Chadian army said"."""
    for chunk in row[at + 1 : at + 9]:
        if chunk.text in SAYING:
            return True
        if chunk.kind in ("conjunction", "group", "break"):
            return False
    return False


def antecedent_group(row: Sequence[Chunk], subject: int) -> list[int]:
    """The group that a relative clause speaks of, right before its subject: "the jets (that) India ordered"."""
    j = subject - 1
    while j >= 0 and (row[j].kind in ("relative", "comma") or row[j].text in DETERMINERS):
        j -= 1
    return [j] if j >= 0 and row[j].kind == "group" else []


def rightward(row: Sequence[Chunk], at: int) -> tuple[list[int], dict[str, tuple[int, ...]], list[int], list[int]]:
    """Object fillers, fillers by preposition, nominal triggers on the way, and what follows a comma without belonging."""
    obj: list[int] = []
    prepositions: dict[str, tuple[int, ...]] = {}
    nominals: list[int] = []
    aside: list[int] = []
    slot, since_actor, last, listed_in = "", False, -1, ""
    resumed = ""
    j = at + 1
    while j < len(row):
        chunk = row[j]
        if (
            chunk.text == ";"
            and last >= 0
            and row[last].kind == "group"
            and j + 1 < len(row)
            and row[j + 1].kind in ("group", "quantity", "conjunction")
        ):
            j += 1
            continue
        if chunk.kind == "break" and chunk.text in ("-", "--", ":") and slot and row[j - 1].text in LISTED_NOUNS:
            j += 1
            continue
        if (
            chunk.kind == "break"
            or (chunk.kind == "relative" and j > at + 1)
            or (chunk.kind == "word" and chunk.text in OTHER_VERBS and j > at + 1)
        ):
            break
        if chunk.kind == "preposition":
            if chunk.text in REASONS and j > at + 1 and opens_nominal(row, j):
                break
            if chunk.text == "to" and j + 1 < len(row) and (row[j + 1].text in OTHER_INFINITIVES or starts_clause(row, j + 1)):
                break
            if chunk.text == "including" and slot in ("to", "from", "by", "with", "for") and row[j - 1].text in LISTED_NOUNS:
                # "sold to countries including Qatar": the list is of those it was sold to
                j += 1
                continue
            if chunk.text == "of" and slot in ("to", "from", "for", "with", "by") and row[j - 1].text in OWNED:
                # "to the governments of Qatar and Kuwait"
                j += 1
                continue
            unknown_firm = row[j - 1].kind == "word" and row[j - 1].text not in MEASURING and not since_actor
            if (
                chunk.text == "of"
                and slot in ("from", "with", "by")
                and j + 1 < len(row)
                and row[j + 1].actor is not None
                and unknown_firm
            ):
                # "from Garden Reach of India"
                j += 1
                continue
            if slot != "aside":
                slot, since_actor = chunk.text, False
        elif chunk.kind == "comma":
            ahead = j + 1
            while ahead < len(row) and row[ahead].kind == "word" and row[ahead].text in DETERMINERS:
                ahead += 1
            following = row[ahead] if ahead < len(row) else None
            if following is None:
                break
            continues = (
                following.kind in ("conjunction", "preposition")
                or (last >= 0 and following.kind == row[last].kind and following.kind in ("group", "actor"))
                or (following.kind in ("quantity", "group") and last >= 0 and row[last].kind == "group")
                or (following.kind == "group" and last < 0 and slot == "" and row[at].trigger is not None and j <= at + 3)
                or chunk.text == "("
            )
            if following.kind == "actor" and (heads_clause(row, ahead) or (continues and reports(row, ahead))):
                break
            if not continues:
                resumed, slot = (resumed if slot == "aside" else slot), "aside"
            elif slot == "aside":
                # the comma that closes an aside: the main clause goes on
                slot = resumed
        elif chunk.kind == "conjunction" and (starts_clause(row, j + 1) or (j + 1 < len(row) and row[j + 1].text in FINITE)):
            break
        elif chunk.kind == "trigger" and chunk.trigger is not None:
            if chunk.trigger.row.pos == "noun":
                nominals.append(j)
            elif row[j - 1].kind == "preposition" and row[j - 1].text == "to":
                break
            elif row[j - 1].kind in ("conjunction",) and not obj:
                j += 1
                continue
            else:
                break
        elif chunk.kind == "actor" and chunk.actor is not None and chunk.actor.possessive and is_apposition(row, j):
            pass
        elif chunk.kind == "actor" and row[j - 1].kind == "conjunction" and heads_clause(row, j):
            break
        elif chunk.kind in ("actor", "group"):
            last = j
            if slot == "aside":
                aside.append(j)
            else:
                goes_on = chunk.kind == "group" and since_actor and slot in ("to", "from", "by", "with", "for")
                # "signed for 30 Mi-28s from Russia, 24 FA-50s": one more lot belongs where the lot before it stands
                into = listed_in if goes_on else slot
                if into in ("", "including") and (into == "" or chunk.kind == "group"):
                    obj.append(j)
                else:
                    prepositions[into] = (*prepositions.get(into, ()), j)
                if chunk.kind == "group":
                    listed_in = into if into == "for" and not obj else ""
            since_actor = since_actor or chunk.kind == "actor"
        elif (
            chunk.kind == "word"
            and chunk.text in ("will", "would", "has", "have", "had", "is", "are", "was", "were", "could", "may")
            and j > at + 2
        ):
            break
        j += 1
    return obj, prepositions, nominals, aside


def noun_slots(row: Sequence[Chunk], at: int) -> Slots:
    """Slots of the noun at `at`: its possessor or demonym, its modifiers to the left, its prepositions to the right."""
    possessor: list[int] = []
    groups: list[int] = []
    j = at - 1
    steps = 0
    while j >= 0 and steps < 6:
        chunk = row[j]
        if chunk.kind == "group":
            groups.append(j)
            if chunk.group is not None and chunk.group.definite and not chunk.group.origins:
                break
        elif chunk.kind == "actor" and chunk.actor is not None:
            near = j == at - 1 or (bool(groups) and j == groups[-1] - 1)
            owning = chunk.actor.possessive or near or chunk.actor.how in ("demonym", "company", "firm", "force")
            if owning and governing(row, j) in OWNER_AFTER:
                possessor.append(j)
            break
        elif chunk.kind in ("money", "quantity", "date") or (
            chunk.kind == "trigger" and chunk.trigger is not None and chunk.trigger.row.pos == "noun"
        ):
            pass
        elif chunk.kind == "word" and chunk.text not in BE and chunk.text not in ("a", "an"):
            if chunk.text in ("the", "this", "that", "its", "their"):
                break
        elif chunk.kind == "word" and chunk.text in ("a", "an"):
            break
        else:
            break
        j -= 1
        steps += 1
    obj, prepositions, nominals, aside = rightward(row, at)
    return Slots((), tuple(obj), False, tuple(groups), tuple(possessor), prepositions, tuple(nominals), tuple(aside), at)
