"""Which groups and parties of a slot are a trigger's own: systems in object position, counted lots, whom a purchase is for."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.chunks import Chunk
from extractors.events.slots import Slots
from extractors.mentions.actors import ActorMention


def actors_of(row: Sequence[Chunk], positions: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(i for i in positions if row[i].actor is not None))


def groups_of(row: Sequence[Chunk], positions: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(i for i in positions if row[i].group is not None))


def actor(row: Sequence[Chunk], at: int) -> ActorMention:
    found = row[at].actor
    if found is None:
        raise ValueError(f"chunk {at} is no actor")
    return found


def first(*choices: tuple[int, ...]) -> tuple[int, ...]:
    """The first choice that is not empty."""
    return next((c for c in choices if c), ())


def systems_of(row: Sequence[Chunk], slots: Slots, *names: str) -> tuple[int, ...]:
    """Groups in object position, else under the prepositions named, else (relative or passive) nearest to the left."""
    listed = groups_of(row, (*slots.object, *slots.of("including")))
    return first(
        listed, groups_of(row, slots.of(*names, "for", "of", "with", "on", "worth", "under", "in")), slots.left_groups[:1]
    )


def objects(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """Groups in object position with those that "including" or "such as" adds."""
    return groups_of(row, (*slots.object, *slots.of("including")))


# Nouns that count out what stands under the preposition after them: "a batch of six jets", "dozens of tanks".
MEASURES = frozenset(
    "batch batches lot lots number numbers fleet fleets squadron squadrons set sets pair dozens hundreds thousands scores tranche total units unit consignment battery batteries "
    "first second third fourth fifth sixth final last initial remaining rest balance regiment regiments variety range version versions variant variants series quantity quantities amount amounts shipload share combination mix half most all some any many part "
    "one two three four five six seven eight nine ten delivery deliveries shipment shipments more type types kinds kind supply supplies stock stocks dozen couple".split()
)


def counted_out(row: Sequence[Chunk], slots: Slots, *names: str) -> tuple[int, ...]:
    """Groups under prepositions that a measure, a deal noun or a count carries, not another noun ("support for the missile")."""
    return tuple(i for i in groups_of(row, slots.of(*names)) if carried(row, i))


def carried(row: Sequence[Chunk], at: int) -> bool:
    j = at - 1
    while j >= 0 and row[j].kind != "preposition":
        j -= 1
    before = row[j - 1] if j >= 1 else None
    if before is None or row[j].text == "including":
        return True
    return before.kind in ("quantity", "trigger", "group", "money", "actor", "date") or before.text in MEASURES


# Nouns that may follow a designation: "six PAC-3 batteries, eight submarines and twelve P-3C aircraft".
UNIT_NOUNS = frozenset("battery batteries unit units vehicle vehicles boat boats kit kits".split())


def left_list(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """The nearest group to the left and the list that it closes ("24 F-16s and 12 Apaches were sold")."""
    found = list(slots.left_groups[:1])
    for position in slots.left_groups[1:]:
        between = row[position + 1 : found[-1]]
        if between[:1] and between[0].text in UNIT_NOUNS:
            between = between[1:]
        if all(c.kind in ("conjunction", "comma") for c in between):
            found.append(position)
        else:
            break
    return tuple(found)


def relative_object(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """Groups left of the subject, for "the jets that India ordered"; a group between subject and verb is no object."""
    left = left_list(row, slots)
    if left and slots.subject and row[left[0] + 1].text in ("it", "they"):
        # "the Mirages it bought in 1983"
        return left
    return left if left and slots.subject and left[0] < slots.subject[0] and left[0] >= slots.subject[0] - 4 else ()


# What is ordered of troops and their arms, not from a maker: "ordered his tanks to pull back", "ordered tanks into Giza".
COMMANDS = frozenset(
    "pull move leave withdraw fire advance return stand open go deploy shoot retreat strike attack sail patrol take cease halt".split()
)


def gets_money(row: Sequence[Chunk], slots: Slots) -> bool:
    """Whether what is received is a sum: "is getting about $200 million for the missiles"."""
    trigger = row[slots.at].trigger
    if trigger is None or trigger.row.frame != "RECEIVE":
        return False
    return any(c.kind == "money" for c in row[slots.at + 1 : slots.at + 3]) and not slots.nominals


def follows_relative(row: Sequence[Chunk], slots: Slots) -> bool:
    """Whether a relative clause puts its object before the subject: "the system that India is buying"."""
    if not slots.left_groups or not slots.subject or slots.left_groups[0] > slots.subject[0]:
        return False
    between = row[slots.left_groups[0] + 1 : slots.subject[0]]
    return any(c.kind == "relative" for c in between) and all(c.kind == "relative" or c.text in ("the", ",") for c in between)


def is_command(row: Sequence[Chunk], slots: Slots) -> bool:
    """Whether "order" gives a command to those who man the systems."""
    if row[slots.at].trigger is None or not row[slots.at].text.startswith("order"):
        return False
    for i in groups_of(row, slots.object)[:1]:
        after = [c.text for c in row[i + 1 : i + 3]]
        return after[:1] in (["into"], ["onto"], ["out"]) or (len(after) == 2 and after[0] == "to" and after[1] in COMMANDS)
    return False


def fronted_subject(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """The party after the comma, for a gerund before it: "After acquiring four corvettes, Indonesia turned to"."""
    trigger = row[slots.at].trigger
    if trigger is None or not trigger.form.endswith("ing") or any(c.actor is not None for c in row[: slots.at]):
        return ()
    comma = next((i for i in range(slots.at + 1, len(row) - 1) if row[i].text == ","), -1)
    return (comma + 1,) if comma > 0 and row[comma + 1].actor is not None else ()


def infinitive_object(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """The group right before an infinitive: "decide how many jets to buy", "30 tanks to acquire"."""
    left = slots.left_groups[:1]
    if (
        left
        and left[0] + 2 < len(row)
        and row[left[0] + 1].text == "to"
        and row[left[0] + 2].trigger is not None
        and not slots.object
    ):
        return left
    return ()


# What a state asks for before it asks for the system: "requested technical details on the Typhoon".
PAPERS = frozenset("details information data briefings briefing quotes quotation quotations prices proposals bids offers".split())


def asked_about(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """Groups of which a request wants papers first."""
    trigger = row[slots.at].trigger
    if trigger is None or trigger.row.frame not in ("REQUEST", "REQ", "ASK"):
        return ()
    found = groups_of(row, slots.of("on", "about", "for", "of"))
    return found if any(c.text in PAPERS for c in row[slots.at + 1 : slots.at + 5]) else ()


def counted_arms(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """Missiles and bombs that are bought with what carries them: "25 F-16s with 40 AMRAAMs"."""
    with_ = groups_of(row, slots.of("with"))
    return tuple(
        i for i in with_ if (g := row[i].group) is not None and g.quantity is not None and g.type in ("missile", "ammunition")
    )


def end_users(row: Sequence[Chunk], slots: Slots, systems: Sequence[int]) -> tuple[int, ...]:
    """The other state that a state buys for: "Germany ordered 20 Marders from Rheinmetall for Ukraine"."""
    bought_by = {actor(row, i).key for i in actors_of(row, slots.subject)}
    last = max(systems, default=-1)
    found = [
        i
        for i in actors_of(row, slots.of("for"))
        if i > last >= 0
        and actor(row, i).how in ("name", "capital")
        and not actor(row, i).possessive
        and row[i - 1].text == "for"
    ]
    keys = {actor(row, i).key for i in found}
    return tuple(found) if bought_by and len(keys) == 1 and not keys & bought_by else ()


# Verbs of a purpose whose object is helped: "send rockets to help Kyiv defend itself".
HELPS = frozenset("help assist support enable allow bolster strengthen aid let".split())


def beneficiary(row: Sequence[Chunk], systems: Sequence[int]) -> tuple[int, ...]:
    """Whom a purpose after the systems helps."""
    for j in range(max(systems, default=len(row)) + 1, len(row) - 2):
        if row[j].kind == "break" and row[j].text not in ("as",):
            break
        if row[j].text == "to" and row[j + 1].text in HELPS:
            found = next((i for i in range(j + 2, min(j + 6, len(row))) if row[i].actor is not None), -1)
            return (found,) if found >= 0 and not actor(row, found).is_firm else ()
    return ()


# Nouns whose "with" names a neighbour or a foe, not the other side of a deal.
NEIGHBOURLY = frozenset(
    "border borders frontier ties relations war conflict dispute row tensions friendship alliance clash clashes rivalry standoff competition parity line".split()
)


def shares_border(row: Sequence[Chunk], at: int) -> bool:
    """Whether the "with" of the party at `at` follows such a noun: "along the contested borders with China"."""
    j = at - 1
    while j > 0 and row[j].text != "with":
        j -= 1
    return j > 0 and row[j - 1].text in NEIGHBOURLY


# Units in which what was bought arrives.
LOTS = frozenset("batch batches shipment shipments consignment consignments tranche lot".split())


def follows_contract(row: Sequence[Chunk], slots: Slots) -> bool:
    """Whether the verb of building is what a contract is for: "a contract to build", "an order to produce"."""
    first_object = min((*slots.object, *slots.of("for", "of")), default=len(row))
    window = row[max(0, first_object - 7) : first_object]
    return any(c.trigger is not None and c.trigger.row.frame in ("DEAL", "ORDER") for c in window)
