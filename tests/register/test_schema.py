"""Registers of other versions: an old one is brought up whole or stays, a newer one and something else are refused."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dashboard.source import Source
from extractors import Article, extract, open_register
from extractors.records.export import to_row
from extractors.records.register import RegisterError, place_of
from extractors.records.store import articles, schema
from extractors.records.store.connect import engine_of, reading, writing
from extractors.records.store.tables import METADATA
from tests.register.made import fill
from tests.register.server import Server

READ = Article("wire/1", "Peru ordered 15 K2 tanks from South Korea in 2021.", "K2 for Peru", None, "Wire")
# The records table of schema 1, as SQLite had it.
OLD_RECORDS = """
    buyer TEXT, system TEXT, quantity BIGINT, year BIGINT, seller TEXT, weapon_type TEXT, status TEXT, deal_type TEXT, domestic BOOLEAN,
    quantity_high BIGINT, quantity_note TEXT, year_basis TEXT, value DOUBLE, currency TEXT, value_scope TEXT, package_id TEXT,
    buyer_iso3 TEXT, seller_iso3 TEXT, buyer_entity TEXT, seller_entity TEXT, system_text TEXT, system_id TEXT, sipri_category TEXT,
    unroca_category TEXT, confidence DOUBLE, evidence TEXT, evidence_in TEXT, evidence_start BIGINT, evidence_end BIGINT, spans TEXT,
    events TEXT, rule TEXT, rules_version TEXT, article_id TEXT, title TEXT, source TEXT, url TEXT, published DATE,
    record_id TEXT NOT NULL, position INTEGER NOT NULL
"""
TABLES_NOW = sorted([*METADATA.tables, "alembic_version"])


def old_register(path: Path) -> None:
    """A register as schema 1 had it: three tables, no id, no Alembic."""
    record = to_row(extract(READ)[0])
    values = articles.values_of(READ)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE meta (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name))")
        connection.execute(
            "CREATE TABLE articles (id TEXT NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL, published DATE, source TEXT NOT NULL, "
            "url TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (id))"
        )
        connection.execute(f"CREATE TABLE records ({OLD_RECORDS}, PRIMARY KEY (record_id))")
        connection.execute("CREATE INDEX records_by_article ON records (article_id, position)")
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [("schema_version", "1"), ("label", "old"), ("changes", "7")])
        connection.execute(
            f"INSERT INTO articles VALUES ({', '.join('?' * 7)})",
            [values[n] for n in ("id", "text", "title", "published", "source", "url", "sha256")],
        )
        names = [column.split()[0] for column in OLD_RECORDS.split(",")]
        held = [{**record, "position": 0}[name] for name in names]
        connection.execute(f"INSERT INTO records VALUES ({', '.join('?' * len(held))})", held)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def old_database(url: str) -> None:
    """A database as schema 1 would have had it."""
    place = place_of(url)
    with writing(engine_of(place), place) as connection:
        schema.migrate(connection, None, "1")
        connection.exec_driver_sql("DROP TABLE alembic_version")
        connection.exec_driver_sql("UPDATE meta SET value = 'old' WHERE name = 'label'")


def test_a_new_register_has_the_tables_that_the_program_reads(place: str) -> None:
    with open_register(place, create=True) as register:
        fill(register)
        with register.reading() as connection:
            assert sorted(sa.inspect(connection).get_table_names()) == TABLES_NOW
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            difference = compare_metadata(context, METADATA)
    assert difference == [], "columns changed: add a step to extractors/records/migrations/versions"


def test_the_steps_lead_to_the_version_of_the_program() -> None:
    steps = sorted((schema.MIGRATIONS / "versions").glob("v*.py"), key=lambda path: int(re.findall(r"\d+", path.name)[0]))
    assert [f'revision = "{n}"' in path.read_text() for n, path in enumerate(steps, 1)] == [True] * schema.SCHEMA_VERSION


def test_an_old_file_is_brought_up_and_a_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite"
    old_register(path)
    before = dump(path)
    said: list[str] = []
    with open_register(path, say=said.append) as register:
        assert register.label == "old"
        assert register.article("wire/1") == READ
        assert register.frame()["system"].tolist() == ["K2"]
        assert register.replace(READ, extract(READ)) == "unchanged"
        assert re.fullmatch(r"7-[0-9a-f]{32}-\d+", register.version())
        with register.reading() as connection:
            assert sorted(sa.inspect(connection).get_table_names()) == TABLES_NOW
            assert connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'schema_version'").scalar() == "2"
        fill(register)
    copy = tmp_path / "mine.before-2.sqlite"
    assert said == [f"{path}: brought from schema 1 to 2; the register as it was is kept in {copy}"]
    assert dump(copy) == before
    open_register(path, say=said.append).close()
    assert len(said) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.before-2.sqlite", "mine.sqlite"]


def test_an_earlier_copy_is_not_overwritten(tmp_path: Path) -> None:
    path, copy = tmp_path / "mine.sqlite", tmp_path / "mine.before-2.sqlite"
    old_register(path)
    copy.write_text("mine")
    open_register(path, say=[].append).close()
    assert copy.read_text() == "mine"
    assert dump(tmp_path / "mine.before-2-2.sqlite")


def test_a_step_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.sqlite"
    old_register(path)
    before = dump(path)
    monkeypatch.setattr(schema, "migrate", half_done(schema.migrate))
    with pytest.raises(RegisterError, match="was left as it was .*half done"):
        open_register(path)
    assert dump(path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.sqlite"]
    monkeypatch.undo()
    open_register(path, say=[].append).close()


def test_a_copy_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.sqlite"
    old_register(path)
    before = dump(path)

    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema.os, "replace", full)
    with pytest.raises(RegisterError, match="was left as it was .*No space left"):
        open_register(path)
    assert dump(path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.sqlite"]


def test_a_database_is_brought_up_in_one_transaction(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.fresh()
    old_database(url)
    monkeypatch.setattr(schema, "migrate", half_done(schema.migrate))
    with pytest.raises(RegisterError, match="was left as it was .*half done"):
        open_register(url)
    monkeypatch.undo()
    place = place_of(url)
    with reading(engine_of(place), place) as connection:
        assert sorted(sa.inspect(connection).get_table_names()) == ["articles", "meta", "records"]
    said: list[str] = []
    with open_register(url, say=said.append) as register:
        assert register.label == "old"
        fill(register)
    assert said == [f"{place}: brought from schema 1 to 2"]


def half_done(migrate: Callable[..., None]) -> Callable[..., None]:
    """Runs the steps and fails after them, still inside of the transaction."""

    def run(*arguments: object) -> None:
        migrate(*arguments)
        raise RuntimeError("half done")

    return run


def test_many_open_an_old_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite"
    old_register(path)
    said: list[str] = []
    found: list[int] = []

    def look() -> None:
        with open_register(path, say=said.append) as register:
            found.append(register.count())

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 6
    assert len(said) == 1
    assert len(list(tmp_path.glob("*.before-2*"))) == 1


def test_the_dashboard_opens_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite"
    old_register(path)
    assert len(Source(path).data()) == 1


def test_a_newer_register_is_refused(place: str) -> None:
    with open_register(place, create=True) as register, register.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9'")
    with pytest.raises(RegisterError, match=r"newer version of this program \(schema 9\); update the program"):
        open_register(place, create=True)


def test_something_else_is_refused_and_left_alone(place: str) -> None:
    found = place_of(place)
    with writing(engine_of(found), found) as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
    before = found.path.read_bytes() if found.path else b""
    for create in (True, False):
        with pytest.raises(RegisterError, match="is not a register of this program"):
            open_register(place, create=create)
    if found.path:
        assert found.path.read_bytes() == before


def test_an_empty_place_is_told(place: str) -> None:
    with pytest.raises(RegisterError, match="there is no register yet; make one with: python -m extractors extract"):
        open_register(place)


def test_another_encoding_is_refused(server: Server) -> None:
    url = server.fresh("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(RegisterError, match="encoding is SQL_ASCII; make one with: createdb -E UTF8"):
        open_register(url, create=True)
