"""The served routes, without a browser: pages, downloads, health, and what is refused."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from flask.testing import FlaskClient

from dashboard import csv_text, downloads
from dashboard.app import create_app
from dashboard.components import filterbar
from dashboard.filters import mask, parse
from dashboard.pages import table
from dashboard.routing import route
from dashboard.source import Source
from extractors import COLUMNS, REVIEW_COLUMNS, Article, extract, open_register


@pytest.fixture(scope="module")
def client(register_path: Path) -> FlaskClient:
    return create_app(register_path).server.test_client()


def rows_of(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/download/records.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def shown(register: Path, address: str) -> str:
    page, name, label = route(Source(register), address)
    return f"{name} {label} " + " ".join(str(part.to_plotly_json()) for part in page if not isinstance(part, (str, type(None))))


def test_health(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "records": 7})


def test_the_download_has_the_columns_of_a_record(client: FlaskClient) -> None:
    answer = client.get("/download/records.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfbuyer,system,quantity,year,seller,")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert 'attachment; filename="arms-records-test-20' in answer.headers["Content-Disposition"]
    rows = rows_of(client, "counted=all")
    assert len(rows) == 7
    assert len(rows_of(client, "")) == 5
    assert list(rows[0]) == [column.name for column in (*COLUMNS, *REVIEW_COLUMNS)]
    assert next(row for row in rows if row["system"] == "Rafale")["quantity"] == "36"


@pytest.mark.parametrize(
    "query",
    ["", "buyer=IND", "year=2013-2014", "status!=planned", "q=helicopter", "buyer=XXX", "counted=all", "buyer_region=Asia"],
)
def test_the_download_has_the_rows_that_the_page_counts(client: FlaskClient, register_path: Path, query: str) -> None:
    data = Source(register_path).data()
    assert len(rows_of(client, query)) == mask(parse(query)[0], data).sum()


def test_formulas_are_made_harmless_unless_raw(client: FlaskClient) -> None:
    assert rows_of(client, "buyer=MLT")[0]["source"] == "'=Test, Gov"
    assert rows_of(client, "buyer=MLT&raw=1")[0]["source"] == "=Test, Gov"
    assert not client.get("/download/records.csv?raw=1").data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("=1+1", "'=1+1"), ("+4", "'+4"), ("-x", "'-x"), ("@a", "'@a"), ("\tq", "'\tq"), ("a=b", "a=b"), (-4, "-4"), ("", "")],
)
def test_risky_cells(value: Any, expected: Any) -> None:
    assert csv_text.cells(pa.array([value]), raw=False).to_pylist() == [expected]


def test_a_label_and_a_day_are_in_the_file_name(register_path: Path) -> None:
    assert downloads.file_name(Source(register_path).data(), "2026-01-31") == "arms-records-test-2026-01-31.csv"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.example:8050", "[::1"])
def test_other_names_are_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8050", "127.0.0.1", "[::1]:8050", "192.0.2.7:80"])
def test_addresses_and_localhost_are_served(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_name_given_at_the_start_is_served(register_path: Path) -> None:
    named = create_app(register_path, host_names=("charts.example",)).server.test_client()
    assert named.get("/healthz", headers={"Host": "charts.example:80"}).status_code == 200


@pytest.mark.parametrize(
    ("origin", "code"), [("http://localhost", 200), ("http://evil.example", 403), ("null", 403), ("http://localhost:99", 403)]
)
def test_another_origin_is_refused(client: FlaskClient, origin: str, code: int) -> None:
    assert client.get("/healthz", headers={"Host": "localhost", "Origin": origin}).status_code == code


def test_every_answer_is_hardened(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_name_what_they_show(register_path: Path) -> None:
    assert "Who buys what from whom" in shown(register_path, "/")
    assert "“foo” is not a filter" in shown(register_path, "/?foo=1")
    assert "No deal matches" in shown(register_path, "/?buyer=XXX")
    assert "No record matches" in shown(register_path, "/?buyer=XXX&unit=claims")
    assert "There is no such page" in shown(register_path, "/nowhere")
    assert "There is no such deal" in shown(register_path, "/deal/0000")
    assert "There is no such record" in shown(register_path, "/record/0000")
    assert "There is no such article" in shown(register_path, "/article/none")


def test_tabs_and_bookmarks_name_the_deal_record_or_article(register_path: Path) -> None:
    source = Source(register_path)
    (deal,) = source.deals().rows(source.deals().where("buyer", "Malta"))
    (record,) = source.data().rows(source.data().where("buyer", "Malta"))
    assert route(source, f"/deal/{deal['deal_id']}")[1] == "Malta: 1 AW139 from Italy, ordered"
    assert route(source, f"/record/{record['record_id']}")[1] == "Malta: 1 AW139 from Italy, ordered"
    assert route(source, f"/article/{record['article_id']}")[1] == (record["title"] or record["article_id"])
    assert route(source, "/deal/0000")[1] == "Deal"


def test_an_empty_view_says_why_in_the_line_of_the_statuses(register_path: Path) -> None:
    filters = parse("buyer=XXX")[0]
    line = filterbar.standing(filters, Source(register_path).deals(), "/")[-1]
    assert line.id == "left-out"
    assert line.children[0].id == "nothing-line"
    assert line.children[0].children == "No deal matches these filters. "


def test_a_deal_s_sentences_stand_before_the_form_to_review_it(register_path: Path) -> None:
    source = Source(register_path)
    (deal,) = source.deals().rows(source.deals().where("buyer", "Malta"))
    identities = [getattr(part, "id", None) for part in route(source, f"/deal/{deal['deal_id']}")[0]]
    assert identities.index("claims") < identities.index("review")


def test_a_record_and_an_article_with_slashes_open(register_path: Path) -> None:
    frame = Source(register_path).data().frame
    row = frame[frame["system"] == "Rafale"].iloc[0]
    assert "36 Rafale from France, ordered" in shown(register_path, f"/record/{row['record_id']}")
    assert "India orders jets" in shown(register_path, "/article/trade%2Findia-1")
    assert "India orders jets" in shown(register_path, "/article/trade/india-1")


def test_a_missing_register_is_said_and_healed(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    server = create_app(path).server.test_client()
    answer = server.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (503, "error")
    assert server.get("/download/records.csv").status_code == 503
    assert str(path) in shown(path, "/")
    assert "python -m extractors extract" in shown(path, "/")
    with open_register(path, create=True) as register:
        assert "The register is empty" in shown(path, "/")
        article = Article("a", "Peru ordered 15 K2 tanks from South Korea in 2021.")
        register.replace(article, extract(article))
    assert server.get("/healthz").json == {"status": "ok", "records": 1}


def test_a_broken_register_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database, but it is long enough to be looked at as one" * 40)
    server = create_app(path).server.test_client()
    assert server.get("/healthz").status_code == 503
    assert "not a readable SQLite file" in shown(path, "/deals")
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).execute("create table t (a)").connection.close()
    assert "is not a register" in shown(other, "/")


def test_a_changed_register_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    source = Source(path)
    article = Article("a", "Peru ordered 15 K2 tanks from South Korea in 2021.")
    with open_register(path, create=True) as register:
        register.replace(article, extract(article))
        first = source.data()
        assert source.data() is first
        changed = Article("a", "Peru ordered 16 K2 tanks from South Korea in 2021.")
        register.replace(changed, extract(changed))
    assert source.data().frame["quantity"].tolist() == [16]


def test_the_grid_sorts_filters_and_pages(register_path: Path) -> None:
    data = Source(register_path).data()
    rows = mask(parse("counted=all")[0], data)
    ask = {"startRow": 0, "endRow": 3, "sortModel": [{"colId": "quantity", "sort": "desc"}], "filterModel": {}}
    first = table.page(data, rows, ask)
    assert first["rowCount"] == 7
    assert [row["quantity"] for row in first["rowData"]] == [36, 31, 24]
    rest = table.page(data, rows, {**ask, "startRow": 3, "endRow": 10})
    assert [row["quantity"] for row in rest["rowData"]] == [15, 14, 1, None]
    asked = {
        "filterModel": {
            "buyer": {"filterType": "text", "type": "contains", "filter": "ND"},
            "year": {"filterType": "number", "type": "greaterThan", "filter": 2016},
        }
    }
    found = table.page(data, rows, asked)
    assert [(row["buyer"], row["year"]) for row in found["rowData"]] == [("India", 2021)]
    assert table.page(data, rows, {"filterModel": {"seller": {"filterType": "text", "type": "blank"}}})["rowCount"] == 1


@pytest.mark.parametrize(
    ("quantity", "high", "note", "expected"),
    [
        (450, None, "at least", "450+"),
        (20, 30, "range", "20–30"),
        (1200, 1200, "exact", "1,200"),
        (5, 5, "about", "about 5"),
        (9, 9, "at most", "up to 9"),
        (None, None, "vague", "some"),
        (None, None, "", ""),
    ],
)
def test_quantities_keep_their_bounds(quantity: Any, high: Any, note: str, expected: str) -> None:
    assert table.quantity_words({"quantity": quantity, "quantity_high": high, "quantity_note": note}) == expected
