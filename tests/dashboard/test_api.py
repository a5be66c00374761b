"""The JSON addresses: what they answer, what they refuse, and that they are what their description says."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from flask.testing import FlaskClient

from dashboard import openapi
from dashboard.app import create_app
from dashboard.filters import KEYS, mask, parse
from dashboard.pages import addresses
from dashboard.routing import route
from dashboard.source import Source
from extractors import Article, Review, extract, open_register


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def got(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    return answer.json


def refused(client: FlaskClient, address: str, status: int = 400) -> tuple[str, str]:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.json["error"]["status"] == status
    return answer.json["error"]["what"], answer.json["error"]["remedy"]


@pytest.mark.parametrize("unit", ["deals", "records"])
@pytest.mark.parametrize(
    "query", ["", "buyer=IND", "year=2013-2014", "status!=planned", "q=helicopter", "buyer=XXX", "seller=unknown"]
)
def test_rows_and_total_are_those_of_the_files(client: FlaskClient, unit: str, query: str) -> None:
    page = got(client, f"/api/{unit}?{query}")
    assert page["rows"] == client.get(f"/download/{unit}.json?{query}").json
    assert page["total"] == len(page["rows"])
    assert page["next"] is None
    assert page["filters"] == parse(query)[0].query()


@pytest.mark.parametrize("sort", ["", "buyer", "-year,system", "-quantity", "published", "-value,-record_id"])
def test_next_leads_through_every_row_once(client: FlaskClient, sort: str) -> None:
    whole = got(client, f"/api/records?status!=cancelled&sort={sort}")["rows"]
    address, rows, pages = f"/api/records?status!=cancelled&sort={sort}&limit=2", [], 0
    while address:
        answer = client.get(address)
        rows += answer.json["rows"]
        assert answer.headers.get("Link") == (f'<{answer.json["next"]}>; rel="next"' if answer.json["next"] else None)
        address, pages = answer.json["next"], pages + 1
    assert rows == whole
    assert pages == (len(whole) + 1) // 2


def test_sorting_puts_what_is_missing_last_and_keeps_ties(client: FlaskClient) -> None:
    def values(sort: str, column: str) -> list[Any]:
        return [row[column] for row in got(client, f"/api/records?sort={sort}&counted=all")["rows"]]

    assert values("-quantity", "quantity") == [36, 31, 24, 15, 14, 1, None]
    assert values("quantity", "quantity") == [1, 14, 15, 24, 31, 36, None]
    assert values("seller", "seller") == ["France", "Iran", "Italy", "Russia", "South Korea", "United States", ""]
    assert values("-seller", "seller")[-1] == ""
    stand = [row["system"] for row in got(client, "/api/records?buyer=PER")["rows"]]
    assert [row["system"] for row in got(client, "/api/records?buyer=PER&sort=buyer")["rows"]] == stand
    assert [row["system"] for row in got(client, "/api/records?buyer=PER&sort=-buyer")["rows"]] == stand


def test_one_deal_and_one_record_lead_to_each_other(client: FlaskClient) -> None:
    row = got(client, "/api/deals?buyer=IND&status=ordered")["rows"][0]
    deal = got(client, f"/api/deals/{row['deal_id']}")
    assert deal["deal"] == row
    (address,) = deal["links"]["records"]
    record = got(client, address)
    assert record["record"]["record_id"] == deal["records"][0]
    assert record["deal"] == row["deal_id"]
    assert record["links"]["deal"] == deal["links"]["self"] == f"/api/deals/{row['deal_id']}"
    assert record["links"]["article"] == f"/article/{quote('trade/india-1', safe='')}"


@pytest.mark.parametrize("by", openapi.BY)
@pytest.mark.parametrize("query", ["", "status!=planned", "unit=claims", "buyer=XXX"])
def test_counts_are_those_of_the_rows(client: FlaskClient, register_path: Path, by: str, query: str) -> None:
    found = got(client, f"/api/counts?by={by}&{query}")
    source = Source(register_path)
    data = source.data() if "claims" in query else source.deals()
    rows = mask(parse(query)[0], data)
    assert found["total"] == sum(one["count"] for one in found["counts"]) == rows.sum()
    unit = "records" if "claims" in query else "deals"
    assert found["unit"] == unit
    for one in found["counts"]:
        rest = query.replace("unit=claims", "")
        assert got(client, f"/api/{unit}?{by}={quote(one['key'])}&{rest}&limit=1")["total"] == one["count"]


def test_years_stand_in_their_order_and_the_rest_most_first(client: FlaskClient) -> None:
    assert [one["key"] for one in got(client, "/api/counts?by=year&counted=all")["counts"]] == [
        "2013",
        "2014",
        "2016",
        "2021",
        "2022",
        "unknown",
    ]
    buyers = got(client, "/api/counts?by=buyer&counted=all")["counts"]
    assert [one["count"] for one in buyers] == sorted((one["count"] for one in buyers), reverse=True)
    assert buyers[0] == {"key": "IND", "name": "India", "count": 2}


@pytest.mark.parametrize(
    ("address", "what", "remedy"),
    [
        ("/api/deals?foo=1", "“foo” is no parameter", "It takes: sort, limit, offset, buyer"),
        ("/api/deals?foo!=1", "“foo!” is no parameter", "buyer"),
        ("/api/deals?type=bomb", "“bomb” is not a value of type.", "It takes: aircraft"),
        ("/api/deals?year=20-10", "“20-10” is not a value of year.", "It takes 2015, 2010-2022"),
        ("/api/deals?buyer=", "“” is not a value of buyer.", "name or a code"),
        ("/api/deals?unit=claims", "“unit” is no parameter", "sort"),
        ("/api/deals?raw=1", "“raw” is no parameter", "sort"),
        ("/api/deals?limit=0", "“0” is not a value of limit.", "from 1 to 1,000"),
        ("/api/deals?limit=1001", "“1001” is not a value of limit.", "/download/"),
        ("/api/deals?limit=x", "“x” is not a value of limit.", "whole number"),
        ("/api/deals?limit=1&limit=2", "“limit” is given twice.", "once"),
        ("/api/deals?offset=-1", "“-1” is not a value of offset.", "from 0"),
        ("/api/deals?sort=nothing", "“nothing” is nothing to sort by.", "deal_id, buyer"),
        ("/api/deals?sort=events", "“events” is nothing to sort by.", "deal_id, buyer"),
        ("/api/deals?sort=buyer,-buyer", "names too many columns, or one twice", "3"),
        ("/api/deals?sort=buyer,year,seller,system", "too many columns", "3"),
        ("/api/counts", "What to count by is missing.", "by="),
        ("/api/counts?by=moon", "“moon” is nothing to count by.", "buyer, seller, type, year, status"),
        ("/api/counts?by=buyer&limit=3", "“limit” is no parameter", "by"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_remedy(client: FlaskClient, address: str, what: str, remedy: str) -> None:
    told = refused(client, address)
    assert what in told[0]
    assert remedy in told[1]


@pytest.mark.parametrize("address", ["/api/deals/none", "/api/records/none", "/api/deals/a%2Fb", "/api/nowhere", "/api/deals/"])
def test_what_is_not_there_is_said(client: FlaskClient, address: str) -> None:
    assert all(refused(client, address, 404))


def test_nothing_can_be_written(client: FlaskClient) -> None:
    for address in ("/api/deals", "/api/deals/x", "/api/counts", "/api/openapi.json"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = client.open(address, method=method)
            assert answer.status_code == 405
            assert answer.headers["Allow"] == "GET, HEAD"
            assert answer.json["error"]["remedy"] == "Use GET: these addresses only read."


def test_a_missing_register_is_said(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none.sqlite").server.test_client()
    for address in ("/api/deals", "/api/deals/x", "/api/counts?by=buyer"):
        what, remedy = refused(client, address, 503)
        assert "none.sqlite" in what + remedy
        assert "python -m extractors extract" in what + remedy


def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/deals?buyer=IND")
    again = client.get("/api/deals?buyer=IND", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/deals?buyer=PER", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_reviews_and_joined_deals_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    with open_register(path, create=True) as register:
        for name, text in (
            ("a", "Peru ordered 15 K2 tanks from South Korea in 2021."),
            ("b", "Chad bought 4 Mi-35 helicopters in 2019."),
        ):
            article = Article(name, text)
            register.replace(article, extract(article))
    client = create_app(path).server.test_client()
    first, second = (row["deal_id"] for row in got(client, "/api/deals?sort=buyer")["rows"])
    Source(path).review(Review(target="deal", target_id=first, action="reject", who="Ann", note="not so"))
    assert [row["deal_id"] for row in got(client, "/api/deals")["rows"]] == [second]
    assert "reading=machine" in refused(client, f"/api/deals/{first}", 404)[1]
    assert got(client, f"/api/deals/{first}?reading=machine")["deal"]["deal_id"] == first
    assert got(client, "/api/deals?reading=machine")["total"] == 2


def checked(document: dict[str, Any], schema: dict[str, Any], body: Any) -> None:
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(body)


def test_answers_are_what_the_description_says(client: FlaskClient) -> None:
    document = got(client, "/api/openapi.json")
    assert document["openapi"].startswith("3.1.")
    ids = {unit: got(client, f"/api/{unit}?limit=1")["rows"][0][f"{unit[:-1]}_id"] for unit in ("deals", "records")}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        address = path.replace("{id}", ids.get(path.split("/")[2], ""))
        query = "?by=seller" if path == "/api/counts" else ""
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator.check_schema(schema)
        checked(document, schema, got(client, address + query))
        wrong = client.get(f"{address}?nothing=1")
        assert wrong.status_code == 400
        assert document["components"]["responses"]["Refused"]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/Error"
        }
        checked(document, {"$ref": "#/components/schemas/Error"}, wrong.json)


def test_the_description_names_every_parameter_and_only_those_that_are_taken(client: FlaskClient) -> None:
    document = got(client, "/api/openapi.json")
    shared = document["components"]["parameters"]
    assert list(shared) == list(KEYS)
    assert {one["name"] for one in shared.values()} == set(KEYS)
    for path, methods in document["paths"].items():
        told = methods["get"]["parameters"]
        named = {one["name"] if "name" in one else one["$ref"].rpartition("/")[2] for one in told} - {"id"}
        _, remedy = refused(client, path.replace("{id}", "x") + "?nothing=1")
        assert set(remedy.removeprefix("It takes: ").removesuffix(".").split(", ")) == named


def test_operations_have_names_of_their_own_and_references_lead_somewhere(client: FlaskClient) -> None:
    document = got(client, "/api/openapi.json")
    names = [methods["get"]["operationId"] for methods in document["paths"].values()]
    assert len(set(names)) == len(names) == 5

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [node["$ref"]] if "$ref" in node else [one for value in node.values() for one in references(value)]
        return [one for value in node for one in references(value)] if isinstance(node, list) else []

    for reference in set(references(document)):
        place = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_the_page_describes_every_address_key_and_file(register_path: Path, client: FlaskClient) -> None:
    page, name, _ = route(Source(register_path), "/api")
    text = " ".join(str(part.to_plotly_json()) for part in page)
    assert name == "JSON addresses"
    for word in (*openapi.description()["paths"], *KEYS, "limit", "sort", "/download/records.parquet", "/api/openapi.json"):
        assert word in text
    for address, _ in addresses.EXAMPLES:
        assert client.get(address).status_code == 200


def test_keys_are_described_in_words_and_what_is_left_out_is_said(client: FlaskClient) -> None:
    document = got(client, "/api/openapi.json")
    for key, one in document["components"]["parameters"].items():
        assert not one["description"].startswith(f"{key}.")
    assert "left out unless `counted=all` or a `status` asks for them" in document["info"]["description"]
    every, standard = got(client, "/api/deals?counted=all")["total"], got(client, "/api/deals")["total"]
    planned = got(client, "/api/deals?status=planned&status=cancelled")["total"]
    assert every - standard == planned > 0
