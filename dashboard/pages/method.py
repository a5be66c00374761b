"""How the numbers come about: what a record and a deal are, how texts are read, how often rightly, and with which versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard import versions
from dashboard.components import accuracy
from dashboard.source import RegisterError, Source
from dashboard.versions import State
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, Column, rules_version

PATH = "/method"
CONTENTS = {
    "what": "Records and deals",
    "reading": "How a text is read",
    "accuracy": "How often it is right",
    "limits": "What it misses",
    "dictionary": "Columns",
    "versions": "Versions",
}
STEPS = (
    ("Reading in", "Files become articles: text, title, publication date, source, address. The text is kept to the letter, for every number points into it. What is not English is left unread."),
    ("Gate", "An article that names no weapon cannot hold a record, and stops here."),
    ("Mentions", "Tables hold the names of states, forces, firms and more than 6,000 weapon systems; small grammars find numbers, money and dates. A name that is a common word too, such as Patriot, counts only beside words that make it a weapon."),
    ("Claims", "Words such as “ordered”, “sale” or “deliveries” open a claim; grammar says who buys, who sells, what and how many. What the words leave open stays empty."),
    ("Status", "“Plans to”, “in talks”, “cancelled” decide whether the claim is planned, approved, ordered, delivered or cancelled, or whether nothing is claimed."),
    ("Context", "“The kingdom”, “the jets”, “12 more” take up what was named before, where exactly one candidate fits. A seller comes from the article’s words, never from what is known of a weapon."),
    ("Record", "What an article says of one deal becomes one record, with every stage that it tells of. Years are worked out from the publication date; each field keeps the words that gave it."),
)  # fmt: skip
JOINING = (
    ("Same buyer", "Only records of one buyer are compared. Those that say most found deals; each later one joins the deal that it fits, or founds its own."),
    ("Fit", "Same system or family, no other seller, years in which one order can lie, numbers that are one order’s. “A further 12” is a deal of its own."),
    ("What stands", "A value that a person checked, else an official source’s, else what most articles say, else the latest. Where articles disagree, the deal says so, with each side."),
    ("Reviews", "What people confirm, reject, correct, merge or split stands over all of it; the machine’s reading stays to be looked at."),
)  # fmt: skip
LIMITS = (
    "A record is a claim of one article, not a fact; a deal is what rules made of such claims. Open the sentence before you quote a number.",
    "The register holds the articles that somebody put into it. What they do not tell of is missing, and a state with a lively press looks busier than one without.",
    "Quantities are added only within one weapon type; prices are in the currency of the article and are never converted.",
    "Only English is read, and only text: no tables in pictures, no documents behind links.",
    "Planned and cancelled transfers are records too: look at the status before adding anything up.",
)


def layout(source: Source) -> tuple[list[Any], str]:
    """The page, and the register's label; a register that cannot be read takes only its own part away."""
    try:
        held: State | str = versions.state(source)
    except RegisterError as error:
        held = str(error)
    label = held.label if isinstance(held, State) else ""
    return [
        html.H1("How these numbers come about", className="page-title"),
        html.P(lead(held), className="reading", id="method-reading"),
        html.Nav(html.Ul([html.Li(html.A(name, href=f"#{key}")) for key, name in CONTENTS.items()], className="contents"), **{"aria-label": "On this page"}),
        html.Div([what(), reading(), measured(), limits(), dictionary(), versions_of(held)], className="method", id="method"),
    ], label  # fmt: skip


def lead(held: State | str) -> str:
    rules = "Rules read articles into records and join these into deals: no model, no network, and the same article always gives the same records."
    if isinstance(held, str):
        return rules
    counts = [
        f"{n:,} {word if n == 1 else word + 's'}"
        for n, word in ((held.articles, "article"), (held.records, "record"), (held.deals, "deal"))
    ]
    return f"{rules} Here, {counts[0]} gave {counts[1]}, which make {counts[2]}."


def section(key: str, *body: Any) -> html.Section:
    return html.Section(
        [html.H2(CONTENTS[key], id=f"{key}-title"), *body], id=key, className="card", tabIndex=-1, **{"aria-labelledby": f"{key}-title"}
    )  # fmt: skip


def what() -> html.Section:
    return section(
        "what",
        html.P(
            [
                "A ", html.Strong("record"), " is one arms transfer that one article claims: who gets it, what, how many, in which year, "
                "from whom, and how far the deal has come. It carries the sentence that says so and the place of every word that it was "
                "read from. It needs a system and a party; what the article does not say stays empty.",
            ]
        ),
        html.P(
            [
                "A ", html.Strong("deal"), " joins the records of all articles that tell of one transfer. Charts and tables count deals by "
                "default; a switch counts the claims of single articles instead.",
            ]
        ),
        html.Div(
            html.P(
                [
                    "Ten articles report that Peru ordered 36 jets, and two of them say 32. That is ",
                    html.Strong("ten records and one deal"), ": 36 jets, with a note on who says otherwise. Not 360 jets.",
                ]
            ),
            className="example",
        ),
    )  # fmt: skip


def steps(told: Iterable[tuple[str, str]]) -> html.Ol:
    return html.Ol([html.Li([html.Strong(f"{name}. "), words]) for name, words in told])


def reading() -> html.Section:
    return section(
        "reading",
        html.H3("From an article to its records"),
        steps(STEPS),
        html.H3("From records to deals"),
        steps(JOINING),
        html.P(
            [
                "An article’s page shows its mentions, why each record was made and why other candidates were refused; the command ",
                html.Code("python -m extractors explain"), " prints the same.",
            ]
        ),
    )  # fmt: skip


def measured() -> html.Section:
    return section(
        "accuracy",
        html.P(
            "Measured against records that people made by reading the same articles. A record counts as found where system and buyer agree. The interval behind a figure tells how far chance in "
            "the choice of articles reaches, not how far articles of another kind may lie. The confidence of a record is measured in the same way: "
            "the share of right records among those with like signals.",
        ),
        *accuracy.tables(versions.accuracy()),
    )


def limits() -> html.Section:
    missed = versions.failures()
    listed: list[Any] = []
    if missed:
        listed = [
            html.H3("Known to be misread"),
            html.P("Kinds of wording that are still read wrongly; a test holds this list to be true."),
            html.Dl(
                [
                    part
                    for kind, words, _ in missed
                    for part in (html.Dt(kind), html.Dd(words or "It stands for itself: see the example."))
                ],
                className="missed",
            ),
            html.Details(
                [
                    html.Summary("An example of each"),
                    html.P("All made up.", className="reading"),
                    html.Ul([html.Li([html.Strong(f"{kind}: "), f"“{example}”"]) for kind, _, example in missed]),
                ]
            ),
        ]
    return section("limits", html.Ul([html.Li(words) for words in LIMITS]), *listed)


def dictionary() -> html.Section:
    return section(
        "dictionary",
        html.P("In the order in which every file, table and download has them. Empty means that no article says."),
        columns("records", "Of a record", COLUMNS, shown=True),
        columns("deals", "Of a deal", DEAL_COLUMNS),
        columns("reviews", "Added by downloads, which follow what people said unless asked not to", REVIEW_COLUMNS),
    )


def columns(key: str, title: str, told: Iterable[Column], *, shown: bool = False) -> html.Details:
    """One table of the dictionary; each row has an address of its own."""
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in ("Column", "Type", "Meaning")]))
    rows = [
        html.Tr([html.Th(html.Code(c.name), scope="row", id=f"{key}-{c.name}"), html.Td(c.dtype), html.Td(coded(c.description))])
        for c in told
    ]
    summary = html.Summary(f"{title}: {len(rows)} column{'s' * (len(rows) != 1)}")
    return html.Details([summary, html.Table([head, html.Tbody(rows)], className="dictionary")], open=shown, id=f"columns-{key}")


def coded(words: str) -> list[Any]:
    """A description with the names between its backticks as code."""
    return [html.Code(part) if i % 2 else part for i, part in enumerate(words.split("`"))]


def versions_of(held: State | str) -> html.Section:
    rows: list[tuple[str, Any]] = [
        ("Program", versions.program() or "not known"),
        ("Rules and tables", html.Code(rules_version())),
    ]
    if isinstance(held, str):
        return section("versions", listing(rows), html.P(f"The register cannot be read: {held}", className="notices"))
    older = held.records - held.current
    made = "all by these rules" if not older else f"{held.current:,} by these rules, {older:,} by earlier ones"
    rows += [
        ("Register", held.label or "without a label"),
        ("Articles", f"{held.articles:,}"),
        ("Records", f"{held.records:,}, {made}" if held.records else "none yet"),
        ("Deals", f"{held.deals:,}"),
        ("Reviews that stand", f"{held.reviews:,}"),
        ("Last run", last_run(held)),
    ]
    notice = (
        html.P(["Read the older ones anew: ", html.Code("python -m extractors refresh")], className="notices") if older else None
    )
    after = html.P(
        [
            "Every deal and every review can be looked through: ",
            dcc.Link("deals", href="/deals"),
            ", ",
            dcc.Link("reviews", href="/reviews"),
            ".",
        ]
    )
    return section("versions", listing(rows), notice, after)


def listing(rows: Iterable[tuple[str, Any]]) -> html.Dl:
    return html.Dl([part for name, told in rows for part in (html.Dt(name), html.Dd(told))], className="versions")


def last_run(held: State) -> str:
    """`extract, 2026-01-31 12:00 UTC: 3 articles added, 1 changed`"""
    if held.run is None:
        return "none yet"
    when = str(held.run["finished"])[:16].replace("T", " ")
    counts = [f"{held.run[name]:,} {name}" for name in ("added", "changed", "unchanged", "removed") if held.run[name]]
    return f"{held.run['command']}, {when} UTC: {'articles ' + ', '.join(counts) if counts else 'nothing to do'}"


def register(app: Dash) -> None:
    """In the browser, the address's anchor leads to its section or column."""
    app.clientside_callback(ClientsideFunction("article", "anchored"), Output("method", "className"), Input("method", "id"))
