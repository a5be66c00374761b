"""Closed lists of words by which word order is read."""

from __future__ import annotations

PARTICIPLES = frozenset("bought sold sent given won sought chosen frozen lent got shipped withheld taken struck inked".split())

ADVERBS = frozenset(
    "also already recently reportedly now not initially originally previously finally officially formally just still only currently subsequently "
    "quietly jointly successfully then later soon never ever even likely first secretly allegedly illegally each both all together".split()
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
    "designed used using capable aimed intended meant able flown operated operating fired firing launched targeting hitting carrying carried "
    "making fitted becoming making replacing replaced destroyed deployed stationed tested developed".split()
)

LOCATIVE = frozenset(
    "in at near outside inside against over during toward towards amid about around within despite upon on".split()
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

# Prepositions before the reason of an event: what another deal noun after them governs is that noun's own.
REASONS = frozenset(("over", "despite", "amid", "during"))

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

SAYING = frozenset("said says told added saying announced announces confirmed reported reports stated noted wrote".split())

# Nouns that take a state's name before them as an adjective, and what they do is no deal.
STANCES = frozenset(
    "sanctions pressure concerns objections criticism opposition embargo threat threats tensions waiver law laws objection warnings warning".split()
)
