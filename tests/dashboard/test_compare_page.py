"""The Compare page without a browser: its address, both sides' filters, what is shown, and its CSV; files are made up."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from dashboard import uploads
from dashboard.app import create_app
from dashboard.compare_address import FOUND, asked_for
from dashboard.comparison import Compared, compared, summary
from dashboard.components import pairs
from dashboard.filters import Filters, parse
from dashboard.pages import compare
from dashboard.routing import route
from dashboard.source import Source
from dashboard.uploads import Files, received
from extractors import COMPARED, ReferenceFileError, open_register, parse_reference
from tests.reference import made_up as m

# Beside the test register: one alike, two that differ, two that no article tells of.
ROWS = [
    ["India", "France", "2016", "", "36", "", "Rafale", "FGA aircraft", "35", "", "2019-2022", "New", "Invented", "1", "36", "35"],
    ["Peru", "Russia", "2013", "", "20", "?", "Mi-35M", "combat helicopter", "20", "", "2014", "New", "=1+1", "1", "20", "20"],
    ["Malta", "Italy", "2013", "?", "1", "", "AW139", "helicopter", "1", "", "2015", "New", "", "1", "1", "1.25"],
    ["Chad", "China", "2011", "", "7", "", "<b>Q-5</b>", "FGA aircraft", "7", "", "2012; 2013", "New", "", "1", "7", "7"],
    ["Peru", "China", "2014", "", "40", "", "Type-90B", "self-propelled MRL", "40", "", "2015", "New", "", "1", "40", "40"],
]  # fmt: skip
WHOLE = m.made_up(m.REGISTER, ROWS, encoding="latin-1")


@pytest.fixture(scope="module")
def source(register_path: Path) -> Source:
    return Source(register_path)


@pytest.fixture(scope="module")
def found(source: Source) -> Compared:
    return compared(parse_reference(WHOLE, "mine.csv"), source.deals(), Filters())


def texts(part: Any) -> list[str]:
    """Every text of a component and of what is in it, in order."""
    if part is None or isinstance(part, (str, int)):
        return [] if part is None else [str(part)]
    if isinstance(part, (list, tuple)):
        return [text for one in part for text in texts(one)]
    return texts(getattr(part, "children", None))


def shown(source: Source, files: Files, address: str) -> str:
    page, _, _ = route(source, address, files=files)
    return " ".join(texts(page))


def test_each_outcome_has_its_rows(found: Compared) -> None:
    assert summary(found.table).outcomes == {"matched": 1, "differs": 2, "only articles": 2, "only register": 2}
    assert summary(found.table).apart == {"quantity": 1, "year": 1, "seller": 0}


@pytest.mark.parametrize(
    ("query", "differs", "matched", "articles", "register"),
    [
        ("", 2, 1, 2, 2),
        ("buyer=PER", 1, 0, 1, 1),
        ("buyer=TCD", 0, 0, 0, 1),
        ("seller=CHN", 0, 0, 0, 2),
        ("type=helicopter", 2, 0, 0, 0),
        ("year=2015", 1, 0, 0, 1),
        ("year=2019-2020", 0, 1, 0, 0),
        ("year=unknown", 0, 0, 1, 0),
        ("buyer!=PER", 1, 1, 1, 1),
        ("seller=RUS&buyer=MLT", 0, 0, 0, 0),
        ("status=ordered&q=tank&unit=claims", 2, 1, 2, 2),
    ],
)
def test_filters_ask_both_sides(found: Compared, query: str, differs: int, matched: int, articles: int, register: int) -> None:
    rows = found.rows(parse(query)[0])
    counts = {key: int((rows & found.outcome(name)).sum()) for key, name in FOUND.items()}
    assert counts == {"differs": differs, "matched": matched, "articles": articles, "register": register}


def test_a_choice_counts_the_rows_that_it_would_show(found: Compared) -> None:
    view = asked_for("found=register&seller=CHN")[0]
    for key in compare.CHOSEN:
        for option in compare.options(view, found, key):
            rows = found.rows(view.filters.keeping(key, [option["value"]])) & found.outcome("only register")
            assert option["label"].endswith(f"({rows.sum()})")
    assert [o["value"] for o in compare.options(view, found, "buyer")] == ["TCD", "PER"]


def test_the_address_is_read_and_written() -> None:
    key = "a" * 64
    assert asked_for(f"file={key}&reading=machine&counted=all&unit=claims")[1] == []
    query = f"file={key}&found=register&page=3&buyer=PER&year=2010-"
    view, notices = asked_for(query)
    assert (view.query(), notices) == (query, [])
    assert asked_for("")[0].address() == "/compare"
    assert view.address(found="differs", page=1, filters=Filters()) == f"/compare?file={key}"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("file=../x", "not the key of a file"),
        ("found=nothing", "not an outcome"),
        (f"file={'a' * 64}&status=ordered", "left aside here: Status"),
        (f"file={'a' * 64}&buyer_region=Asia&has!=value", "left aside here: Buyer’s region, States"),
        (f"file={'a' * 64}&unit=confirmed", "left aside here: confirmed deals alone"),
    ],
)
def test_what_an_address_says_in_vain_is_noticed(query: str, said: str) -> None:
    view, notices = asked_for(query)
    assert said in notices[0]
    assert view.found == "differs"


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999"])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    assert asked_for(f"page={page}")[0].page == 1


def test_the_page_without_a_file_says_how_and_states_the_terms(source: Source) -> None:
    said = shown(source, Files(), "/compare")
    for words in ("Choose a CSV file", "Stockholm International Peace Research Institute", "Disarmament Affairs", "memory only"):
        assert words in said


def test_the_page_says_what_was_understood_and_what_was_found(source: Source) -> None:
    files = Files()
    key = files.add(WHOLE, "mine.csv")
    said = shown(source, files, f"/compare?file={key}")
    assert "mine.csv : SIPRI Arms Transfers Database, the trade register, one line per order; 5 rows, years 2011 to 2022." in said
    assert "3 rows of the register matched with a deal of the articles, of which 2 differ (1 in quantity, 1 in year)" in said
    assert "2 deals only in the articles; 2 rows only in the register." in said
    assert "Disarmament Affairs" not in said
    claims = shown(source, files, f"/compare?file={key}&unit=claims&found=articles")
    assert "2 claims only in the articles" in claims


def test_planned_and_cancelled_deals_are_compared_where_the_address_counts_all(register_path: Path, source: Source) -> None:
    files = Files()
    key = files.add(WHOLE, "mine.csv")
    said = shown(source, files, f"/compare?file={key}")
    assert "1 planned and 1 cancelled deals of the articles are left out.  Compare them too" in said
    every = shown(source, files, f"/compare?file={key}&counted=all")
    assert "4 deals only in the articles; 2 rows only in the register." in every
    assert "Planned and cancelled deals are compared too.  Leave them out" in every
    assert "1 cancelled claim of the articles is left out." in shown(source, files, f"/compare?file={key}&unit=claims&buyer=NOR")
    assert "None of the deals here is planned or cancelled." in shown(source, files, f"/compare?file={key}&buyer=PER")
    # A status is no filter of this page, and so decides nothing here.
    assert "2 deals only in the articles" in shown(source, files, f"/compare?file={key}&status=planned")


def test_volumes_are_never_money(source: Source) -> None:
    files = Files()
    key = files.add(WHOLE, "mine.csv")
    said = shown(source, files, f"/compare?file={key}")
    assert "Volume (SIPRI TIV)" in said
    assert " 1.25 " in said
    assert not [sign for sign in ("$", "€", "USD", "EUR", "£") if sign in said]
    reports = files.add(m.made_up(m.UNROCA, m.UNROCA_ROWS, preamble=()), "un.csv")
    assert "SIPRI" not in shown(source, files, f"/compare?file={reports}&found=register")


def test_what_differs_is_marked_on_both_sides_and_leads_to_the_deal(found: Compared, source: Source) -> None:
    row = next(r for r in found.table.to_dict("records") if r["buyer"] == "Peru" and r["found"] == "differs")
    cells = {(c.name, c.side): pairs.cell(c, row, Filters(), True) for c in pairs.columns("differs", volumes=True)}
    assert texts(cells["Quantity", "articles"]) == ["24"]
    assert texts(cells["Quantity", "register"]) == ["≠\u00a0", "20\u00a0ordered", "?", "20\u00a0delivered"]
    assert [key for key, made in cells.items() if "apart" in (getattr(made, "className", None) or "")] == [
        ("Quantity", "articles"),
        ("Quantity", "register"),
    ]
    link = cells["System", "articles"].children
    assert link.href == f"/deal/{row['id']}"
    assert row["id"] in source.deals().frame["deal_id"].tolist()


@pytest.mark.parametrize(
    ("listed", "words"),
    [("", ""), ("2091", "2091"), ("2091; 2092; 2093; 2095", "2091–2093, 2095"), ("2091; 2093", "2091, 2093")],
)
def test_years_of_delivery_are_told_in_runs(listed: str, words: str) -> None:
    assert pairs.runs(listed) == words


def test_long_outcomes_have_pages(source: Source) -> None:
    rows = [
        ["Chad", "China", "2011", "", str(n), "", f"ZZ-{n}", "FGA aircraft", *[""] * 3, "New", *[""] * 4] for n in range(1, 121)
    ]
    files = Files()
    key = files.add(m.made_up(m.REGISTER, rows), "many.csv")
    last = shown(source, files, f"/compare?file={key}&found=register&page=3")
    assert "Rows 101 to 120 of 120" in last
    assert last.count("\u00a0ordered") == 20
    assert shown(source, files, f"/compare?file={key}&found=register&page=9") == last


def client_with(register_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> tuple[FlaskClient, str]:
    files = Files()
    monkeypatch.setattr("dashboard.app.Files", lambda: files)
    return create_app(register_path).server.test_client(), files.add(data, "mine.csv")


@pytest.mark.parametrize("query", ["", "found=matched", "found=articles&buyer=PER", "found=register", "found=register&year=2015"])
def test_the_csv_holds_what_is_shown(
    register_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch, found: Compared, query: str
) -> None:
    client, key = client_with(register_path, monkeypatch, WHOLE)
    answer = client.get(f"/download/comparison.csv?file={key}&{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert 'filename="arms-comparison-test-20' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(COMPARED)
    view = asked_for(query)[0]
    wanted = found.table[found.rows(view.filters) & found.outcome(FOUND[view.found])]
    assert [(r["id"], r["row"]) for r in rows] == [
        (identity, "" if pd.isna(line) else str(line)) for identity, line in zip(wanted["id"], wanted["row"], strict=True)
    ]


def test_every_format_has_the_same_cells_and_says_whose_terms_they_stay_under(
    register_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, key = client_with(register_path, monkeypatch, WHOLE)
    for found in ("differs", "matched", "articles", "register"):
        query = f"file={key}&found={found}"
        rows = client.get(f"/download/comparison.json?{query}").json
        held = pq.read_table(io.BytesIO(client.get(f"/download/comparison.parquet?{query}").data))
        assert (held.to_pylist(), held.column_names) == (rows, list(COMPARED))
        answer = client.get(f"/download/comparison.csv?{query}&raw=1")
        written = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        told = [
            {name: "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for name, cell in row.items()}
            for row in rows
        ]
        assert written == told
    sidecar = client.get(re.findall("<(.+?)>", answer.headers["Link"])[0]).json
    assert [column["titles"] for column in sidecar["tableSchema"]["columns"]] == list(COMPARED)
    assert "stays under its publisher's terms" in sidecar["dc:rights"]
    assert client.get(f"/download/comparison.xlsx?file={key}").status_code == 404


def test_formulas_are_made_harmless_unless_raw(register_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, key = client_with(register_path, monkeypatch, WHOLE)
    assert b"'=1+1" in client.get(f"/download/comparison.csv?file={key}").data
    assert b",=1+1" in client.get(f"/download/comparison.csv?file={key}&raw=1").data


def test_a_file_that_is_held_no_more_is_said(register_path: Path, source: Source) -> None:
    key = "b" * 64
    assert "does not hold this file any more" in shown(source, Files(), f"/compare?file={key}")
    answer = create_app(register_path).server.test_client().get(f"/download/comparison.csv?file={key}")
    assert answer.status_code == 404
    assert "Choose the same file again" in answer.text


def test_the_oldest_used_file_makes_room() -> None:
    files = Files(most_files=2, most_bytes=3 * len(WHOLE))
    first, second = files.add(WHOLE, "a.csv"), files.add(WHOLE + b"\r\n", "b.csv")
    assert files.get(first) is not None
    third = files.add(WHOLE + b"\r\n\r\n", "c.csv")
    assert [files.get(key) is not None for key in (first, second, third)] == [True, False, True]


def test_large_files_make_room_too() -> None:
    files = Files(most_files=9, most_bytes=2 * len(WHOLE))
    first, second = files.add(WHOLE, "a.csv"), files.add(WHOLE + b"\r\n", "b.csv")
    assert (files.get(first), files.get(second) is not None) == (None, True)


def test_a_comparison_is_made_once_per_state_of_the_register(source: Source) -> None:
    files = Files()
    key = files.add(WHOLE, "mine.csv")
    standard, every = Filters(), Filters().keeping("counted", ("all",))
    made = files.compared(key, source.deals(), standard)
    assert files.compared(key, source.data(), standard) is not made
    assert files.compared(key, source.deals(), every) is not made
    assert files.compared(key, source.deals(), standard) is made
    assert files.compared("c" * 64, source.deals(), standard) is None


def test_a_file_arrives_as_a_data_url() -> None:
    encoded = "data:text/csv;base64," + base64.b64encode(WHOLE).decode()
    assert received(encoded, "my\nfile.csv") == (WHOLE, "my file.csv")
    with pytest.raises(ReferenceFileError, match=r"^mine\.csv: did not arrive whole"):
        received(encoded[:-3], "mine.csv")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(ReferenceFileError, match=r"^mine\.csv: is larger than 16 MB; choose fewer"):
        received("data:;base64," + "A" * (uploads.MOST_BYTES * 4 // 3 + 8), "mine.csv")


def test_a_request_larger_than_any_file_is_refused_unread(register_path: Path) -> None:
    body = b"x" * (uploads.MOST_BODY + 1)
    answer = (
        create_app(register_path).server.test_client().post("/_dash-update-component", data=body, content_type="application/json")
    )
    assert answer.status_code == 413


def test_an_empty_register_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    open_register(path, create=True).close()
    assert "The register is empty" in shown(Source(path), Files(), "/compare")
