"""Reads the roles of a transfer off a trigger's slots: who buys, who sells, which systems.

Each frame of the trigger lexicon (BUY, SELL, ORDER, DEAL ...) is one short function from slots to roles. Candidates come in
order of preference; a role that two parties claim equally stays empty, and the trace says so. Parties are chunk positions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.events.chunks import Chunk
from extractors.events.slots import OTHER_INFINITIVES, Slots, governing, is_participle, noun_slots, verb_slots
from extractors.mentions.actors import ActorMention


@dataclass(frozen=True, slots=True)
class Roles:
    """Positions in the chunk row of buyers, sellers and systems; `authority` approved or stopped the transfer."""

    buyers: tuple[int, ...] = ()
    sellers: tuple[int, ...] = ()
    systems: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    authority: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger (its position in the chunk row) with its roles; `count` is the position of a count that has no noun, or -1."""

    at: int
    rule: str
    kind: str
    status: str
    deal_type: str
    roles: Roles
    passive: bool = False
    count: int = -1


def frames(row: Sequence[Chunk]) -> list[Frame]:
    """One frame per trigger of the sentence, in order."""
    found = []
    for at, chunk in enumerate(row):
        if chunk.trigger is None or is_adjective(row, at):
            continue
        rule = chunk.trigger.row
        slots = verb_slots(row, at) if rule.pos == "verb" else noun_slots(row, at)
        roles = READERS[rule.frame](row, slots)
        status = received(row, slots) or rule.status if rule.frame == "RECEIVE" and rule.status != "planned" else rule.status
        found.append(Frame(at, rule.id, rule.frame, status, rule.deal_type, settle(row, roles), slots.passive))
    return found


ARTICLES = frozenset("the its their these those this his our a an".split())


def is_adjective(row: Sequence[Chunk], at: int) -> bool:
    """Whether a participle only describes the systems after it: "28 contracted F-16s", "the ordered jets"."""
    trigger = row[at].trigger
    if trigger is None or trigger.row.pos != "verb" or not is_participle(trigger.form) or not 0 < at < len(row) - 1:
        return False
    before = row[at - 1]
    return row[at + 1].kind == "group" and (before.kind == "quantity" or before.text in ARTICLES)


# What is received may be a paper instead of a weapon: "received an offer", "got approval for".
RECEIVED = {"OFFER_N": "planned", "REQ": "planned", "APPROVAL": "approved", "ORDER": "ordered", "DEAL": "ordered"}


def received(row: Sequence[Chunk], slots: Slots) -> str:
    """The status that the deal noun in object position gives to a verb of receiving, else empty."""
    groups = [i for i in slots.object if row[i].group is not None]
    for i in slots.nominals[:1]:
        trigger = row[i].trigger
        if trigger is not None and not slots.passive and (not groups or i < groups[0]):
            return RECEIVED.get(trigger.row.frame, "")
    return ""


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


def left_list(row: Sequence[Chunk], slots: Slots) -> tuple[int, ...]:
    """The nearest group to the left and the list that it closes ("24 F-16s and 12 Apaches were sold")."""
    found = list(slots.left_groups[:1])
    for position in slots.left_groups[1:]:
        between = row[position + 1 : found[-1]]
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


def buy(row: Sequence[Chunk], slots: Slots) -> Roles:
    if slots.passive:
        by = actors_of(row, slots.of("by"))
        sellers = actors_of(row, slots.of("from"))
        return Roles(first(by, actors_of(row, slots.of("for"))), sellers, left_list(row, slots))
    if is_command(row, slots) or gets_money(row, slots):
        return Roles()
    subject = actors_of(row, slots.subject)
    if subject and all(actor(row, i).is_firm for i in subject) and slots.nominals and not actors_of(row, slots.of("from")):
        # "Hanwha secured a contract for 24 howitzers"
        return win(row, slots)
    sellers = first(actors_of(row, slots.of("from")), actors_of(row, slots.of("through", "via")))
    nations = any(c.text in ("countries", "nations", "states", "customers", "others", "allies") for c in row[: slots.at])
    named_after = tuple(i for i in actors_of(row, slots.of("including")) if nations and not actor(row, i).is_firm)
    buyers = first(subject, fronted_subject(row, slots), actors_of(row, slots.of("left by", "left for"))[:1], named_after)
    if buyers and all(actor(row, b).is_firm for b in buyers):
        buyers = actors_of(row, slots.of("for"))
    systems = first(
        relative_object(row, slots) if follows_relative(row, slots) else (),
        objects(row, slots),
        relative_object(row, slots),
        infinitive_object(row, slots),
        counted_out(row, slots, "of", "for", "including", "from", "under", "with", "on"),
        asked_about(row, slots),
    )
    systems = (*systems, *(i for i in counted_arms(row, slots) if i not in systems))
    ends = end_users(row, slots, systems)
    if ends and buyers and not sellers:
        sellers = buyers
    return Roles(ends or buyers, sellers, systems)


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
    return tuple(i for i in with_ if (g := row[i].group) is not None and g.quantity is not None and g.type in ("missile", "ammunition"))


def end_users(row: Sequence[Chunk], slots: Slots, systems: Sequence[int]) -> tuple[int, ...]:
    """The other state that a state buys for: "Germany ordered 20 Marders from Rheinmetall for Ukraine"."""
    bought_by = {actor(row, i).key for i in actors_of(row, slots.subject)}
    last = max(systems, default=-1)
    found = [i for i in actors_of(row, slots.of("for")) if i > last >= 0 and actor(row, i).how == "name" and not actor(row, i).possessive and row[i - 1].text == "for"]
    keys = {actor(row, i).key for i in found}
    return tuple(found) if bought_by and len(keys) == 1 and not keys & bought_by else ()


# What ships and jets are sent to do without being handed over.
ATTENDS = frozenset(
    "take participate join attend perform patrol escort evacuate rescue search monitor intercept bomb strike".split()
)


def sell(row: Sequence[Chunk], slots: Slots) -> Roles:
    first_system = min(groups_of(row, slots.object), default=len(row))
    indirect = tuple(i for i in actors_of(row, slots.object) if i < first_system)
    to = first(actors_of(row, slots.of("to")), indirect)
    if slots.passive:
        left = left_list(row, slots)
        if (left or slots.of("to")) and not (slots.subject and groups_of(row, slots.object)):
            return Roles(first(to, actors_of(row, slots.of("for"))), actors_of(row, slots.of("by", "from")), left)
        return Roles(actors_of(row, slots.subject), actors_of(row, slots.of("by", "from")), systems_of(row, slots, "with"))
    if any(c.text == "to" and row[i + 1].text in ATTENDS for i, c in enumerate(row[slots.at : len(row) - 1], start=slots.at)):
        return Roles()
    sellers = actors_of(row, slots.subject)
    systems = first(
        objects(row, slots),
        groups_of(row, slots.of("with", "of", "for")),
        relative_object(row, slots),
        groups_of(row, slots.of("to", "from", "in")),
        groups_of(row, slots.aside)[:1],
    )
    buyers = first(to, actors_of(row, slots.of("for", "with")), beneficiary(row, systems))
    return Roles(tuple(b for b in buyers if b not in sellers), sellers, systems)


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


def equip(row: Sequence[Chunk], slots: Slots) -> Roles:
    if slots.passive and slots.left_groups[:1] and slots.left_groups[0] >= slots.at - 3:
        # "the drones come equipped with missiles": the platform is fitted, nobody buys
        return Roles()
    if slots.passive:
        return Roles(actors_of(row, slots.subject), actors_of(row, slots.of("by")), groups_of(row, slots.of("with")))
    return Roles(actors_of(row, slots.object), actors_of(row, slots.subject), groups_of(row, slots.of("with")))


def receive(row: Sequence[Chunk], slots: Slots) -> Roles:
    subject = actors_of(row, slots.subject)
    if not slots.passive and subject and all(actor(row, i).is_firm for i in subject) and received(row, slots) == "ordered":
        # "Rheinmetall received an order from Hungary for": the one who receives an order sells
        return win(row, slots)
    trigger, noun = row[slots.at].trigger, row[slots.nominals[0]].trigger if slots.nominals else None
    awaits = trigger is not None and trigger.row.status == "planned"
    if awaits and noun is not None and noun.row.frame in ("ORDER", "REQ") and actors_of(row, slots.of("from")):
        # "the maker expects orders from Sweden and Poland"
        return win(row, slots)
    roles = buy(row, slots)
    if slots.passive:
        return roles
    return Roles(roles.buyers, first(roles.sellers, actors_of(row, slots.of("by"))), roles.systems)


def lease(row: Sequence[Chunk], slots: Slots) -> Roles:
    return sell(row, slots) if actors_of(row, slots.of("to")) else buy(row, slots)


def award(row: Sequence[Chunk], slots: Slots) -> Roles:
    systems = systems_of(row, slots, "for")
    if slots.passive:
        return Roles(
            first(actors_of(row, slots.of("by")), actors_of(row, slots.of("from"))),
            first(actors_of(row, slots.subject), actors_of(row, slots.of("to"))),
            systems,
        )
    sellers = first(actors_of(row, slots.of("to")), actors_of(row, slots.object))
    buyers = actors_of(row, slots.subject)
    if not sellers and buyers and all(actor(row, b).is_firm for b in buyers):
        # "Raytheon awarded SeaRAM contract": headline passive
        return Roles(actors_of(row, slots.of("by", "for", "from")), buyers, systems)
    return Roles(buyers, sellers, systems)


def win(row: Sequence[Chunk], slots: Slots) -> Roles:
    sellers = actors_of(row, slots.subject)
    # "a contract from the US Army for Patriots for Romania": whom it is for gets them
    ends = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    buyers = first(ends, actors_of(row, slots.of("from", "with", "by", "to")))
    if not buyers:
        buyers = actors_of(row, slots.object)
    return Roles(tuple(b for b in buyers if not actor(row, b).is_firm), sellers, systems_of(row, slots, "for"))


def symmetric(row: Sequence[Chunk], slots: Slots) -> Roles:
    """Talks, signatures, agreements: the sides are told apart later, by firm, origin and order."""
    following = row[slots.at + 1] if slots.at + 1 < len(row) else None
    if row[slots.at].text.endswith(" to") and following is not None and following.text in OTHER_INFINITIVES:
        # "agreed to ratify", "agreed to help strengthen": no transfer is agreed
        return Roles()
    partners = tuple(i for i in slots.of("with") if not shares_border(row, i))
    sides = actors_of(row, (*slots.subject, *slots.possessor, *partners, *slots.of("between", "by"), *slots.object))
    buyers = actors_of(row, slots.of("to"))
    sellers = actors_of(row, slots.of("from"))
    systems = first(
        groups_of(row, slots.object),
        slots.left_groups[:1] if slots.passive else (),
        groups_of(
            row, slots.of("for", "on", "of", "over", "to", "about", "including", "worth", "under", "covering", "with", "from")
        ),
        slots.left_groups[:1],
    )
    return Roles((), sellers, systems, (*sides, *buyers, *actors_of(row, slots.of("for"))))


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


def select(row: Sequence[Chunk], slots: Slots) -> Roles:
    if slots.passive:
        return Roles(actors_of(row, slots.of("by")), (), left_list(row, slots))
    firms = tuple(i for i in actors_of(row, slots.object) if actor(row, i).is_firm)
    return Roles(actors_of(row, slots.subject), firms, systems_of(row, slots, "for"))


def approve(row: Sequence[Chunk], slots: Slots) -> Roles:
    buyers = first(actors_of(row, slots.of("to", "left to")), actors_of(row, slots.object), actors_of(row, slots.of("for")))
    authority = actors_of(row, slots.of("by")) if slots.passive else actors_of(row, slots.subject)
    systems = left_list(row, slots) if slots.passive and slots.left_groups else systems_of(row, slots, "of", "to")
    # "the government notified Congress": the approving state's own bodies do not buy
    approving = {actor(row, a).key for a in authority}
    buyers = tuple(b for b in buyers if actor(row, b).key not in approving)
    return Roles(buyers, actors_of(row, slots.of("from")), systems, (), authority)


def order(row: Sequence[Chunk], slots: Slots) -> Roles:
    firms = tuple(i for i in actors_of(row, slots.possessor) if actor(row, i).is_firm)
    states = tuple(i for i in actors_of(row, slots.possessor) if not actor(row, i).is_firm)
    first_group = min(groups_of(row, (*slots.object, *slots.of("for", "of"))), default=len(row))
    ordering = [*slots.of("by"), *(i for i in slots.of("from") if i < first_group and not states and not slots.of("by"))]
    customers = tuple(i for i in actors_of(row, ordering) if not actor(row, i).is_firm)
    makers = tuple(
        i
        for i in actors_of(row, slots.of("from", "with", "to"))
        if actor(row, i).is_firm or actor(row, i).kind == "state" and i not in customers
    )
    systems = first(
        groups_of(row, slots.object), groups_of(row, slots.of("for", "of", "including", "on", "to")), slots.left_groups[:1]
    )
    ends = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    return Roles(first(states, customers, ends), first(firms, makers), systems)


def purchase(row: Sequence[Chunk], slots: Slots) -> Roles:
    states = tuple(i for i in actors_of(row, slots.possessor) if not actor(row, i).is_firm)
    systems = first(
        groups_of(row, slots.of("of", "including")),
        slots.left_groups[:1],
        groups_of(row, (*slots.of("for", "from", "on"), *slots.object)),
    )
    return Roles(
        first(actors_of(row, slots.of("by")), states, actors_of(row, slots.of("for"))), actors_of(row, slots.of("from")), systems
    )


def sale(row: Sequence[Chunk], slots: Slots) -> Roles:
    buyers = first(
        actors_of(row, slots.of("to", "including")),
        tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm),
    )
    sellers = first(actors_of(row, slots.of("by")), actors_of(row, slots.possessor), actors_of(row, slots.of("from")))
    systems = first(
        groups_of(row, slots.of("of", "including")),
        slots.left_groups[:1],
        groups_of(row, (*slots.object, *slots.of("for", "with", "to", "on"))),
    )
    return Roles(tuple(b for b in buyers if b not in sellers), sellers, systems)


def package(row: Sequence[Chunk], slots: Slots) -> Roles:
    roles = sale(row, slots)
    return Roles(roles.buyers, roles.sellers, groups_of(row, (*slots.of("including", "of", "with"), *slots.object)))


def request(row: Sequence[Chunk], slots: Slots) -> Roles:
    states = tuple(i for i in actors_of(row, slots.possessor) if not actor(row, i).is_firm)
    systems = first(
        counted_out(row, slots, "for", "of", "including", "to"),
        slots.left_groups[:1],
        groups_of(row, (*slots.object, *slots.of("in"))),
        asked_about(row, slots),
    )
    asks = row[slots.at].text not in PLANS
    return Roles(first(states, actors_of(row, slots.of("by", "from", "in") if asks else slots.of("by"))), (), systems)


# Nouns of intent: "a plan to buy from France" has the seller under "from", "a request from France" the buyer.
PLANS = frozenset("plan plans intention intent interest programme program project wish desire hopes need".split())


def talks(row: Sequence[Chunk], slots: Slots) -> Roles:
    return symmetric(row, slots)


def ban(row: Sequence[Chunk], slots: Slots) -> Roles:
    return sale(row, slots)


def cancellation(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "India's cancellation of the tanker programme" is the buyer's; with a recipient, "of the sale to Iraq", the seller's."""
    systems = systems_of(row, slots, "of")
    to = actors_of(row, slots.of("to"))
    who = first(actors_of(row, slots.possessor), actors_of(row, slots.of("by")))
    return Roles(to, who, systems) if to else Roles(who, actors_of(row, slots.of("from", "with")), systems)


def arrive(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "The first batch of six aircraft has arrived in Kano": of counted lots only, for ships and jets also come to visit."""
    left = slots.left_groups[:1]
    group = row[left[0]].group if left else None
    if group is None or (group.quantity is None and group.unit not in LOTS):
        return Roles()
    return Roles(actors_of(row, slots.of("in", "at", "to")), actors_of(row, slots.of("from")), left)


# Units in which what was bought arrives.
LOTS = frozenset("batch batches shipment shipments consignment consignments tranche lot".split())


def build(row: Sequence[Chunk], slots: Slots) -> Roles:
    """Building is a transfer only for another: "builds five corvettes for Riyadh", "won a contract to build two frigates"."""
    buyers = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    if slots.passive:
        makers = actors_of(row, slots.of("by"))
        return Roles(buyers, makers, left_list(row, slots)) if buyers else Roles()
    makers = tuple(i for i in actors_of(row, slots.subject) if actor(row, i).key not in {actor(row, b).key for b in buyers})
    if not buyers and not follows_contract(row, slots):
        return Roles()
    return Roles(buyers, tuple(i for i in makers if actor(row, i).is_firm or buyers), objects(row, slots))


def follows_contract(row: Sequence[Chunk], slots: Slots) -> bool:
    """Whether the verb of building is what a contract is for: "a contract to build", "an order to produce"."""
    first_object = min((*slots.object, *slots.of("for", "of")), default=len(row))
    window = row[max(0, first_object - 7) : first_object]
    return any(c.trigger is not None and c.trigger.row.frame in ("DEAL", "ORDER") for c in window)


def build_noun(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "A contract for production of Patriot missiles for Romania"."""
    buyers = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    systems = groups_of(row, slots.of("of"))
    return Roles(buyers, actors_of(row, slots.of("by")), systems) if buyers or follows_contract(row, slots) else Roles()


def ask(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "Luanda has asked Madrid for three patrol aircraft"."""
    return Roles(actors_of(row, slots.subject), actors_of(row, slots.object), groups_of(row, slots.of("for")))


def place(row: Sequence[Chunk], slots: Slots) -> Roles:
    return Roles(actors_of(row, slots.subject), actors_of(row, slots.of("with", "to", "from")), systems_of(row, slots, "for"))


def stop(row: Sequence[Chunk], slots: Slots) -> Roles:
    """Blocking, banning, rejecting: of a system only where a recipient or a deal noun makes it a transfer."""
    roles = cancel(row, slots)
    if actors_of(row, slots.of("to")) or slots.nominals:
        who = () if slots.passive else actors_of(row, slots.subject)
        return Roles(roles.buyers, roles.sellers, roles.systems, (), who)
    return Roles()


def cancel(row: Sequence[Chunk], slots: Slots) -> Roles:
    to = tuple(i for i in actors_of(row, slots.of("to")) if carried(row, i))
    systems = left_list(row, slots) if slots.passive else systems_of(row, slots, "of", "for")
    who = actors_of(row, slots.of("by")) if slots.passive else actors_of(row, slots.subject)
    nouns = {t.row.frame for i in slots.nominals if (t := row[i].trigger) is not None}
    owners = tuple(i for i in actors_of(row, slots.object) if actor(row, i).possessive or actor(row, i).how == "demonym")
    if "OFFER_N" in nouns and not slots.passive:
        # "Brasilia rejected Rome's offer": who rejects would have bought, whose offer it is would have sold
        withdrawn = row[slots.nominals[0] - 1].text in ("its", "their", "his", "an", "the")
        return Roles(to, who, systems) if withdrawn and not owners else Roles(who, owners, systems)
    to = first(to, tuple(i for i in actors_of(row, slots.object) if i not in owners) if "APPROVAL" in nouns else ())
    if to:
        return Roles(to, who, systems)
    if nouns & {"SALE", "DELIVERY", "PACKAGE", "OFFER_N"}:
        return Roles((), who, systems)
    return Roles(who, actors_of(row, slots.of("from", "with")), systems)


READERS: dict[str, Callable[[Sequence[Chunk], Slots], Roles]] = {
    "BUY": buy,
    "RECEIVE": receive,
    "SELL": sell,
    "EQUIP": equip,
    "LEASE": lease,
    "AWARD": award,
    "WIN": win,
    "SIGN": symmetric,
    "TALK": symmetric,
    "TALKS": talks,
    "DEAL": symmetric,
    "SELECT": select,
    "REQUEST": buy,
    "APPROVE": approve,
    "APPROVAL": sale,
    "PLACE": place,
    "ASK": ask,
    "CANCEL": cancel,
    "STOP": stop,
    "BAN": ban,
    "ARRIVE": arrive,
    "BUILD": build,
    "BUILD_N": build_noun,
    "CANCEL_N": cancellation,
    "ORDER": order,
    "PURCHASE": purchase,
    "LEASE_N": purchase,
    "SALE": sale,
    "DELIVERY": sale,
    "PACKAGE": package,
    "REQ": request,
    "OFFER_N": sale,
}


# The largest exporters of major arms in SIPRI's tables over 2000 to 2024, largest first: of two states that "signed a deal", who sells.
EXPORTERS = (
    "USA RUS FRA DEU CHN GBR ITA ISR ESP KOR SWE NLD UKR TUR CHE NOR CAN ZAF POL JPN BLR CZE FIN BRA AUS BEL SRB IND ARE AUT JOR IRN PAK SGP IDN"
).split()


def export_rank(party: ActorMention) -> int:
    return EXPORTERS.index(party.key) if party.key in EXPORTERS else len(EXPORTERS)


def settle(row: Sequence[Chunk], roles: Roles) -> Roles:
    """Roles with firms kept out of the buyer's place, symmetric parties told apart, and each party in one role only."""
    buyers = [b for b in roles.buyers if not actor(row, b).is_firm]
    sellers = list(roles.sellers)
    for party in roles.parties:
        if actor(row, party).is_firm and party not in sellers:
            sellers.append(party)
    states = [p for p in dict.fromkeys(roles.parties) if not actor(row, p).is_firm and p not in sellers and p not in buyers]
    origins = {iso for i in roles.systems if (g := row[i].group) is not None for iso in g.head.row.origin}
    named = {o.key for i in roles.systems if (g := row[i].group) is not None for o in g.origins}
    for party in states:
        key = actor(row, party).key
        if len(states) == 1 and not sellers and governing(row, party) == "with" and (key in origins or key in named):
            # "a deal agreed with Moscow for the submarines"
            sellers.append(party)
            continue
        if (
            not sellers
            and len({actor(row, p).key for p in states}) > 1
            and (key in origins or key in named)
            and not all(actor(row, p).key in origins for p in states)
        ):
            sellers.append(party)
        else:
            buyers.append(party)
    if len({actor(row, b).key for b in buyers}) == 2 and roles.parties and not roles.buyers and not sellers:
        # "India signed a deal with France": the subject buys; "Japan and Vietnam signed a deal": the larger exporter sells
        one, other = buyers[0], buyers[-1]
        if governing(row, one) == governing(row, other) == "with":
            # "deals with Indonesia and Vietnam": they are on the same side
            return Roles(tuple(dict.fromkeys(buyers)), (), roles.systems, (), roles.authority)
        between = row[one + 1 : other]
        together = any(c.kind == "conjunction" for c in between) and all(
            c.kind in ("conjunction", "comma", "word") or c.text == "of" for c in between
        )
        sold_by = one if together and export_rank(actor(row, one)) < export_rank(actor(row, other)) else other
        sellers = [sold_by]
        buyers = [b for b in buyers if actor(row, b).key != actor(row, sold_by).key]
    seller_keys = {actor(row, s).key for s in sellers}
    if roles.parties:
        buyers = [b for b in buyers if actor(row, b).key not in seller_keys or len(buyers) == 1]
    return Roles(tuple(dict.fromkeys(buyers)), tuple(dict.fromkeys(sellers)), roles.systems, (), roles.authority)
