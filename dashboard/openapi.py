"""The JSON addresses described for programs: OpenAPI 3.1, made from the columns and from the keys that the addresses understand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.asking import MOST, MOST_KEYS, PAGE
from dashboard.csvw import CLOSED, RIGHTS
from dashboard.filters import KEYS, VIEWS, expected
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS, Column

BY = ("buyer", "seller", "type", "year", "status", "system", "deal_type")
TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "category": {"type": "string"},
    "JSON": {"type": ["object", "array", "null"]},
    "Int64": {"type": ["integer", "null"]},
    "Float64": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
}
MEANS = {
    "buyer": "Recipient: ISO 3166 alpha-3, else its name",
    "seller": "Supplier: likewise",
    "type": "Type of weapon",
    "system": "Id of the weapon system, else its name",
    "status": "Furthest stage that stands",
    "deal_type": "Kind of deal",
    "source": "Source of an article; of a deal, of one of its articles",
    "year": "Year; a range leaves unknown years out",
    "buyer_region": "UN region, or part of one, of the buyer",
    "seller_region": "UN region, or part of one, of the seller",
    "buyer_group": "Alliance or union that the buyer was in at the end of the deal’s year",
    "seller_group": "Alliance or union that the seller was in at the end of the deal’s year",
    "sipri": "SIPRI’s category of the system",
    "unroca": "Category of the system in the UN Register of Conventional Arms",
    "party": "Buyer or seller: ISO 3166 alpha-3, else a name",
    "family": "A system with its variants: id, else name",
    "domestic": "Whether a state buys from its own industry",
    "has": "What must be stated; of several, all",
    "min_confidence": "At least so sure: the measured share of like records that were right",
    "q": "Text that a name, sentence or title holds, in small or capital letters",
    "unit": "What is counted",
    "counted": "Whether planned and cancelled ones are counted: standard leaves them out unless a status is asked for",
    "reading": "As people corrected it, or as the machine read it",
    "by": "What a chart of years is stacked by",
    "side": "Whom a map shows",
    "show": "How the Flows page draws",
    "top": "How many sellers and buyers flows are drawn of",
    "at": "The one year that flows are drawn of",
}
# Keys whose meaning says what they take.
SPEAKS = frozenset({"buyer", "seller", "party", "system", "family", "source", "q"})


def description() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Arms transfers",
            "version": "1",
            "summary": "Deals and records of arms transfers, read from news articles by rules",
            "description": (
                "Read-only. The keys that filter pages filter here: repeat one for “either”, different ones mean “and”, `key!=value` leaves "
                "out, and `unknown` is a value of every key. Planned and cancelled deals are left out unless "
                f"`counted=all` or a `status` asks for them. What is not understood is refused with 400. {RIGHTS}"
            ),
        },
        "servers": [{"url": "/"}],
        "paths": {
            **{path: {"get": operation} for unit in ("deals", "records") for path, operation in of_unit(unit)},
            "/api/counts": {"get": counting()},
        },
        "components": {
            "schemas": {
                "Deal": row((*DEAL_COLUMNS, *REVIEW_COLUMNS)),
                "Record": row((*COLUMNS, *REVIEW_COLUMNS)),
                "Register": closed({"label": {"type": "string"}, "version": {"type": "string"}}),
                "Error": closed(
                    {"error": closed({"status": {"type": "integer"}, "what": {"type": "string"}, "remedy": {"type": "string"}})}
                ),
            },
            "parameters": {key: parameter(key) for key in KEYS},
            "responses": {
                name: {"description": words, "content": content({"$ref": "#/components/schemas/Error"})}
                for name, words in PROBLEMS.items()
            },
        },
    }


PROBLEMS = {
    "Refused": "A parameter or value that means nothing here, with what is taken",
    "NotHeld": "No such deal or record",
    "NoRegister": "The register cannot be read now",
}


def of_unit(unit: str) -> list[tuple[str, dict[str, Any]]]:
    """The list and the single one of deals or records."""
    name = unit[:-1]
    schema = {"$ref": f"#/components/schemas/{name.title()}"}
    page = closed(
        {
            "total": {"type": "integer", "description": f"{unit} that the filters keep"},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "address of the next page, also in the Link header"},
            "filters": {"type": "string", "description": "the filters in their canonical spelling"},
            "register": {"$ref": "#/components/schemas/Register"},
            "rows": {"type": "array", "items": schema},
        }
    )
    single = {
        name: schema,
        **({"records": {"type": "array", "items": {"type": "string"}}} if unit == "deals" else {"deal": {"type": "string"}}),
        "links": {"type": "object"},
        "register": {"$ref": "#/components/schemas/Register"},
    }
    own = [
        query(
            "sort",
            f"Up to {MOST_KEYS} columns with commas between them, a - before one that goes down; what is missing comes last.",
        ),
        query(
            "limit",
            f"Rows of a page: 1 to {MOST:,}; {PAGE} where it is not given.",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
        ),
        query("offset", "Rows to pass over.", {"type": "integer", "minimum": 0, "default": 0}),
    ]
    identity = {"name": "id", "in": "path", "required": True, "description": f"Id of the {name}", "schema": {"type": "string"}}
    refused = {"400": problem("Refused"), "503": problem("NoRegister")}
    return [
        (
            f"/api/{unit}",
            {
                "operationId": f"list_{unit}",
                "summary": f"{unit.title()}, filtered, sorted and paged",
                "parameters": [*own, *(reference(key) for key in KEYS if key != "unit")],
                "responses": {"200": {"description": f"A page of {unit}", "content": content(page)}, **refused},
            },
        ),
        (
            f"/api/{unit}/{{id}}",
            {
                "operationId": f"get_{name}",
                "summary": f"One {name}",
                "parameters": [identity, reference("reading")],
                "responses": {
                    "200": {"description": f"The {name}", "content": content(closed(single))},
                    "404": problem("NotHeld"),
                    **refused,
                },
            },
        ),
    ]


def counting() -> dict[str, Any]:
    """The counts of one facet."""
    one = closed({"key": {"type": "string"}, "name": {"type": "string"}, "count": {"type": "integer"}})
    body = closed(
        {
            "by": {"enum": list(BY)},
            "unit": {"enum": ["deals", "records"]},
            "total": {"type": "integer"},
            "filters": {"type": "string"},
            "register": {"$ref": "#/components/schemas/Register"},
            "counts": {"type": "array", "items": one},
        }
    )
    return {
        "operationId": "count",
        "summary": "How many deals, or claims, each buyer, seller, type, year or status has: most first, years in their order",
        "parameters": [
            {**query("by", "What to count by", {"enum": list(BY)}), "required": True},
            *(reference(key) for key in KEYS),
        ],
        "responses": {
            "200": {"description": "Counts; unknown is a value like any other", "content": content(body)},
            "400": problem("Refused"),
            "503": problem("NoRegister"),
        },
    }


def row(columns: Sequence[Column]) -> dict[str, Any]:
    return closed({column.name: {**typed(column), "description": column.description} for column in columns})


def typed(column: Column) -> dict[str, Any]:
    """The JSON type of a column; text that is not known is empty."""
    return {"enum": [*CLOSED[column.name], ""]} if column.name in CLOSED else TYPES[column.dtype]


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def query(name: str, words: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": schema or {"type": "string"}}


def parameter(key: str) -> dict[str, Any]:
    """A filter; `key!` with the same values leaves out."""
    words = f"{MEANS[key]}." if key in SPEAKS else f"{MEANS[key]}. {expected(key)}"
    if key in VIEWS:
        return query(key, words, {"enum": list(VIEWS[key]), "default": VIEWS[key][0]})
    many = {"type": "array", "items": {"type": "string"}}
    return {**query(key, words, many), "style": "form", "explode": True}


def reference(key: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{key}"}


def problem(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}
