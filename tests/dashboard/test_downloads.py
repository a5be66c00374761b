"""Files of every format hold the rows and cells of the view, and say what they are."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import orjson
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from frictionless import Dialect, Resource, Schema, formats

from dashboard.app import create_app
from dashboard.batches import blocks_of, columns_of
from dashboard.filters import mask, parse
from dashboard.source import Source
from extractors import COLUMNS, DEAL_COLUMNS, REVIEW_COLUMNS

QUERIES = ["", "buyer=IND", "year=2013-2014", "status!=planned", "q=helicopter", "buyer=XXX", "buyer=MLT&raw=1"]
UNITS = {"deals": (*DEAL_COLUMNS, *REVIEW_COLUMNS), "records": (*COLUMNS, *REVIEW_COLUMNS)}


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def got(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.data


def csv_rows(client: FlaskClient, unit: str, query: str) -> list[dict[str, str]]:
    text = got(client, f"/download/{unit}.csv?{query}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cell(value: Any) -> str:
    """A value of JSON as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return orjson.dumps(value).decode()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_format_has_the_same_cells(client: FlaskClient, register_path: Path, unit: str, query: str) -> None:
    source = Source(register_path)
    data = source.deals() if unit == "deals" else source.data()
    lines = [orjson.loads(line) for line in got(client, f"/download/{unit}.jsonl?{query}").splitlines()]
    assert len(lines) == mask(parse(query)[0], data).sum()
    assert orjson.loads(got(client, f"/download/{unit}.json?{query}")) == lines
    raw = query if "raw" in query else f"{query}&raw=1"
    assert csv_rows(client, unit, raw) == [{name: cell(value) for name, value in line.items()} for line in lines]
    held = pq.read_table(io.BytesIO(got(client, f"/download/{unit}.parquet?{query}")))
    assert held.column_names == [column.name for column in UNITS[unit]]
    nested = {column.name for column in UNITS[unit] if column.dtype == "JSON"}
    stored = [{k: orjson.loads(v) if k in nested else v for k, v in row.items()} for row in held.to_pylist()]
    assert [orjson.loads(orjson.dumps(row)) for row in stored] == lines


def test_a_large_view_comes_in_batches_that_keep_the_order(register_path: Path) -> None:
    data = Source(register_path).data()
    places = mask(parse("counted=all")[0], data).nonzero()[0].repeat(3_000)[::-1]
    batches = list(blocks_of(data, places))
    assert len(batches) > 2
    assert [one for batch in batches for one in batch.column("record_id").to_pylist()] == [
        row["record_id"] for row in data.rows(range(len(data)))[::-1] for _ in range(3_000)
    ]


def test_places_without_an_order_are_taken_as_they_stand(register_path: Path) -> None:
    data = Source(register_path).data()
    ids = [row["record_id"] for row in data.rows(range(len(data)))]
    for places in ([0, 2, 1, 3], [4], [2, 3, 4], [5, 3]):
        (batch,) = blocks_of(data, mask(parse("counted=all")[0], data).nonzero()[0][places], columns_of(data)[-3:])
        assert batch.column("record_id").to_pylist() == [ids[place] for place in places]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("jsonl", "application/jsonl"),
        ("json", "application/json"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_an_answer_names_its_file_and_kind(client: FlaskClient, form: str, kind: str) -> None:
    answer = client.get(f"/download/deals.{form}")
    assert answer.headers["Content-Type"] == kind
    assert re.search(rf'attachment; filename="arms-deals-test-\d{{4}}-\d\d-\d\d\.{form}"', answer.headers["Content-Disposition"])
    assert answer.is_streamed


def test_parquet_says_what_it_is(client: FlaskClient) -> None:
    schema = pq.read_schema(io.BytesIO(got(client, "/download/deals.parquet?buyer=IND")))
    assert schema.metadata[b"filters"] == b"buyer=IND"
    assert b"stay their publishers'" in schema.metadata[b"rights"]
    assert [schema.field(c.name).metadata[b"description"].decode() for c in DEAL_COLUMNS] == [c.description for c in DEAL_COLUMNS]


def test_an_address_that_names_no_file_says_which_there_are(client: FlaskClient) -> None:
    answer = client.get("/download/deals.xlsx")
    assert answer.status_code == 404
    for address in re.findall(r"^/\S+$", answer.text, re.M):
        assert client.get(address).status_code == 200
    assert answer.text.count("/download/") == 10


def test_a_missing_register_is_said(tmp_path: Path) -> None:
    server = create_app(tmp_path / "none.sqlite").server.test_client()
    for form in ("csv", "jsonl", "json", "parquet", "csv-metadata.json"):
        answer = server.get(f"/download/deals.{form}")
        assert answer.status_code == 503
        assert "python -m extractors extract" in answer.text


# Metadata Vocabulary for Tabular Data, sections 5.4 to 5.6 and 5.9: which properties may stand where.
INHERITED = {
    "aboutUrl",
    "datatype",
    "default",
    "lang",
    "null",
    "ordered",
    "propertyUrl",
    "required",
    "separator",
    "textDirection",
    "valueUrl",
}
ALLOWED = {
    "Table": {"url", "dialect", "notes", "suppressOutput", "tableDirection", "tableSchema", "transformations", "@id", "@type"} | INHERITED,
    "Schema": {"columns", "foreignKeys", "primaryKey", "rowTitles", "@id", "@type"} | INHERITED,
    "Column": {"name", "suppressOutput", "titles", "virtual", "@id", "@type"} | INHERITED,
    "Dialect": {
        "commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount", "lineTerminators", "quoteChar",
        "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows", "trim", "@id", "@type",
    },
}  # fmt: skip
PREFIXES = {"dc", "schema", "xsd"}
BUILT_IN = {"string", "json", "integer", "double", "boolean", "date"}


def problems(node: dict[str, Any], kind: str) -> list[str]:
    """What of a node breaks the rules of CSVW."""
    found = [] if node["@type"] == kind else [f"{kind}: is of type {node['@type']}"]
    common = {name for name in node if name not in ALLOWED[kind] and name != "@context"}
    found += [f"{kind}: {name}" for name in common if name.split(":")[0] not in PREFIXES or ":" not in name or kind == "Dialect"]
    return found


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("query", ["", "buyer=IND&status!=planned", "source=%3DTest%2C+Gov", "raw=1"])
def test_the_sidecar_is_valid_csvw_and_describes_the_file(client: FlaskClient, unit: str, query: str) -> None:
    address = f"/download/{unit}.csv?{query}" if query else f"/download/{unit}.csv"
    answer = client.get(address)
    found = re.fullmatch(r'<(.+)>; rel="describedby"; type="application/csvm\+json"', answer.headers["Link"])
    assert found
    told = client.get(found[1])
    assert told.headers["Content-Type"] == "application/csvm+json"
    sidecar = orjson.loads(told.data)
    assert sidecar["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert urljoin(found[1], sidecar["url"]) == address
    schema = sidecar["tableSchema"]
    columns = schema["columns"]
    assert [*problems(sidecar, "Table"), *problems(sidecar["dialect"], "Dialect"), *problems(schema, "Schema")] == []
    assert [problem for column in columns for problem in problems(column, "Column")] == []
    names = [column["name"] for column in columns]
    assert [name for name in names if not re.fullmatch(r"[a-zA-Z0-9.][a-zA-Z0-9._]*", name)] == []
    assert len(set(names)) == len(names)
    assert schema["primaryKey"] in names
    kinds = [column["datatype"] for column in columns]
    assert {kind if isinstance(kind, str) else kind["base"] for kind in kinds} <= BUILT_IN
    assert {key for kind in kinds if isinstance(kind, dict) for key in kind} == {"base", "format"}
    assert [column["titles"] for column in columns] == [column.name for column in UNITS[unit]]
    assert [column["dc:description"] for column in columns] == [column.description for column in UNITS[unit]]
    header = answer.data.decode("utf-8-sig").splitlines()[0].split(",")
    assert header == names


@pytest.mark.parametrize("unit", UNITS)
def test_every_cell_is_of_the_datatype_that_the_sidecar_states(client: FlaskClient, tmp_path: Path, unit: str) -> None:
    (tmp_path / "told.csv").write_bytes(got(client, f"/download/{unit}.csv?counted=all"))
    sidecar = orjson.loads(got(client, f"/download/{unit}.csv-metadata.json?counted=all"))
    kinds = {"double": "number", "json": "any"}
    fields = []
    for column in sidecar["tableSchema"]["columns"]:
        told = column["datatype"] if isinstance(column["datatype"], dict) else {"base": column["datatype"]}
        field: dict[str, Any] = {"name": column["name"], "type": kinds.get(told["base"], told["base"])}
        field["constraints"] = {"required": column.get("required", False)}
        if told["base"] == "string" and "format" in told:
            field["constraints"]["pattern"] = told["format"]
        fields.append(field)
    schema = Schema.from_descriptor(
        {"fields": fields, "primaryKey": [sidecar["tableSchema"]["primaryKey"]], "missingValues": [""]}
    )
    control = formats.CsvControl(delimiter=sidecar["dialect"]["delimiter"], quote_char=sidecar["dialect"]["quoteChar"])
    resource = Resource(
        path="told.csv", basepath=str(tmp_path), encoding="utf-8-sig", schema=schema, dialect=Dialect(controls=[control])
    )
    report = resource.validate()
    assert report.valid, report.flatten(["message"])
    assert report.tasks[0].stats["rows"] == 7


def test_the_sidecar_says_filters_rules_time_and_rights(client: FlaskClient, register_path: Path) -> None:
    sidecar = orjson.loads(got(client, "/download/deals.csv-metadata.json?buyer=PER&buyer=IND&status!=planned&foo=1"))
    told = {one["schema:name"]: one["schema:value"] for one in sidecar["schema:additionalProperty"]}
    (rules,) = {row["rules_version"] for row in Source(register_path).data().rows(range(7))}
    assert told["register"] == "test"
    assert told["rules version"] == rules
    assert told["filters"] == "buyer=PER&buyer=IND&status!=planned"
    assert told["filters in words"] == "buyer is PER or IND; status is not planned"
    assert "“foo” is not a filter" in told["ignored"]
    assert int(told["rows"]) == len(csv_rows(client, "deals", "buyer=PER&buyer=IND&status!=planned"))
    assert "stay their publishers'" in sidecar["dc:rights"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", sidecar["dc:created"]["@value"])
    assert "apostrophe" in sidecar["dc:description"]
    assert "apostrophe" not in orjson.loads(got(client, "/download/deals.csv-metadata.json?raw=1"))["dc:description"]


def test_a_saved_sidecar_names_the_saved_file(client: FlaskClient) -> None:
    answer = client.get("/download/deals.csv-metadata.json?buyer=IND&saved=1")
    file = re.search(r'filename="(.+?)"', client.get("/download/deals.csv").headers["Content-Disposition"])
    assert file
    assert answer.json["url"] == file[1]
    assert f'filename="{file[1]}-metadata.json"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["source=%0d%0aX-Evil:1", "q=ärger", "q=%3C%3E%22", 'q=<">'])
def test_no_query_breaks_the_headers(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/download/deals.csv?{query}")
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert re.fullmatch(r'<[!-~]+>; rel="describedby"; type="application/csvm\+json"', answer.headers["Link"])
    assert "<" not in answer.headers["Link"][1:]
