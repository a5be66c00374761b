"""One short function per frame of the trigger lexicon, from slots to roles.

Candidates come in order of preference; a role that two parties claim equally stays empty. Parties are chunk positions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.events.arguments import (
    LOTS,
    actor,
    actors_of,
    asked_about,
    beneficiary,
    carried,
    counted_arms,
    counted_out,
    end_users,
    first,
    follows_contract,
    follows_relative,
    fronted_subject,
    gets_money,
    groups_of,
    infinitive_object,
    is_command,
    left_list,
    objects,
    relative_object,
    shares_border,
    systems_of,
)
from extractors.events.chunks import Chunk
from extractors.events.roles import Roles
from extractors.events.slots import Slots
from extractors.events.wordlists import OTHER_INFINITIVES

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
        after = row[slots.at + 1].text if slots.at + 1 < len(row) else ""
        if left and after == "with" and not slots.of("to") and not groups_of(row, slots.of("with")):
            # "tankers kept the jets supplied with fuel"
            return Roles()
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
    # "beaten in the contest were the F-15 and the Rafale": what follows the verb is its subject
    inverted = slots.at + 1 < len(row) and row[slots.at + 1].text in ("was", "were")
    systems = first(
        counted_out(row, slots, "for", "of", "including", "to"),
        slots.left_groups[:1],
        () if inverted else groups_of(row, (*slots.object, *slots.of("in"))),
        asked_about(row, slots),
    )
    asks = row[slots.at].text.split(" ")[0] not in PLANS
    return Roles(first(states, actors_of(row, slots.of("by", "from", "in") if asks else slots.of("by"))), (), systems)


# Nouns of intent: "a plan to buy from France" has the seller under "from", "a request from France" the buyer.
PLANS = frozenset(
    "decision decisions plan plans intention intent interest programme program project wish desire hopes need".split()
)


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


def build(row: Sequence[Chunk], slots: Slots) -> Roles:
    """Building is a transfer only for another: "builds five corvettes for Riyadh", "won a contract to build two frigates"."""
    buyers = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    if slots.passive:
        makers = actors_of(row, slots.of("by"))
        return Roles(buyers, makers, left_list(row, slots)) if buyers else Roles()
    makers = tuple(i for i in actors_of(row, slots.subject) if actor(row, i).key not in {actor(row, b).key for b in buyers})
    if not buyers and not follows_contract(row, slots):
        return Roles()
    systems = first(objects(row, slots), relative_object(row, slots))
    return Roles(buyers, tuple(i for i in makers if actor(row, i).is_firm or buyers), systems)


def build_noun(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "A contract for production of Patriot missiles for Romania"."""
    buyers = tuple(i for i in actors_of(row, slots.of("for")) if not actor(row, i).is_firm)
    systems = groups_of(row, slots.of("of"))
    return Roles(buyers, actors_of(row, slots.of("by")), systems) if buyers or follows_contract(row, slots) else Roles()


def ask(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "Luanda has asked Madrid for three patrol aircraft"."""
    return Roles(actors_of(row, slots.subject), actors_of(row, slots.object), groups_of(row, slots.of("for")))


def place(row: Sequence[Chunk], slots: Slots) -> Roles:
    """ "Oman placed an order for 12 jets": of ships and missiles that are put somewhere nothing is bought."""
    beside = row[max(0, slots.at - 8) : slots.at + 8]
    if not any(c.trigger is not None and c.trigger.row.frame in ("ORDER", "DEAL", "REQ", "PURCHASE") for c in beside):
        return Roles()
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
    if nouns & {"SALE", "DELIVERY", "PACKAGE", "OFFER_N"} or ("APPROVAL" in nouns and not slots.passive):
        # "withholds the export licences for the engines": who could have allowed it does not buy
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
    "TALKS": symmetric,
    "DEAL": symmetric,
    "SELECT": select,
    "REQUEST": buy,
    "APPROVE": approve,
    "APPROVAL": sale,
    "PLACE": place,
    "ASK": ask,
    "CANCEL": cancel,
    "STOP": stop,
    "BAN": sale,
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
