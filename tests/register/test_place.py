"""Where a register is, and that its password stays unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.__main__ import main as serve
from extractors import default_register, open_register, place_of
from extractors.__main__ import main
from extractors.records.register import Register, RegisterError
from tests.register.server import Server


@pytest.mark.parametrize(
    ("given", "shown", "secret"),
    [
        ("postgresql://ann:s3cret@host:5433/arms", "postgresql://ann@host:5433/arms", ["s3cret"]),
        ("postgres://ann@host/arms", "postgresql://ann@host/arms", []),
        ("postgresql+psycopg://host/arms?password=s3cret&sslmode=require", "postgresql://host/arms", ["s3cret"]),
        ("postgresql:///arms?host=/run/pg", "postgresql:///arms", []),
        ("postgresql://ann:p%40ss%2Fw@host/arms", "postgresql://ann@host/arms", ["p@ss/w"]),
        ("data/register.sqlite", "data/register.sqlite", []),
        ("sqlite:///data/register.sqlite", "data/register.sqlite", []),
        ("sqlite:////data/register.sqlite", "/data/register.sqlite", []),
    ],
)
def test_a_place_is_shown_without_its_password(given: str, shown: str, secret: list[str]) -> None:
    place = place_of(given)
    assert str(place) == shown
    assert place.secrets() == secret
    assert not any(word in repr(place) for word in secret)
    assert place_of(place) is place


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://ann:s3cret@host/arms", "cannot be kept at mysql://"),
        ("postgresql+asyncpg2://ann:s3cret@host:x/arms", "cannot be read"),
        ("postgresql://ann:s3cret@host:54x/arms", "cannot be read"),
        ("postgresql://ann:pa@s3cret@host/arms", "write it as %40"),
        ("postgresql://ann:s3cret@host", "names no database"),
        ("sqlite://", "cannot be kept"),
    ],
)
def test_a_wrong_address_is_told_and_not_repeated(given: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RegisterError) as raised:
        place_of(given)
    assert said in str(raised.value)
    for command in (lambda: main(["articles", "--register", given]), lambda: serve(["--register", given])):
        with pytest.raises(SystemExit) as stopped:
            command()
        assert stopped.value.code == 2
        told = capsys.readouterr().err
        assert said in told.replace("%%", "%")
        assert "s3cret" not in told + str(raised.value)


def test_the_environment_names_either(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ARMS_REGISTER", "postgresql://ann@host/arms")
    assert str(default_register()) == "postgresql://ann@host/arms"
    monkeypatch.setenv("ARMS_REGISTER", "some/where.sqlite")
    assert default_register().path == Path("some/where.sqlite")
    monkeypatch.delenv("ARMS_REGISTER")
    assert default_register().path is not None
    monkeypatch.setenv("ARMS_REGISTER", "mysql://ann:s3cret@host/arms")
    for run in (lambda: main(["articles"]), lambda: serve([])):
        assert run() == 1
        told = capsys.readouterr().err
        assert "cannot be kept at mysql://" in told
        assert "s3cret" not in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "wr0ng"}, "the password of tests is wrong or missing"),
        ({"user": "nobody-here"}, "the password of nobody-here is wrong or missing"),
        ({"database": "none"}, "make it with: createdb none"),
    ],
)
def test_what_a_server_refuses_is_told(
    server: Server, change: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url(**{"database": "postgres", **change})
    assert main(["articles", "--register", url]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert server.password not in told
    assert "wr0ng" not in told
    assert told.startswith("postgresql://")


def test_a_server_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["articles", "--register", "postgresql://ann:s3cret@127.0.0.1:1/arms"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("postgresql://ann@127.0.0.1:1/arms: the server cannot be reached (")
    assert "check that it runs" in told
    assert "s3cret" not in told


def test_a_server_is_reached_by_its_socket(server: Server) -> None:
    name = server.fresh().rpartition("/")[2]
    url = f"postgresql://tests:{server.password}@/{name}?host={server.sockets}&port={server.port}"
    with open_register(url, create=True) as register:
        assert register.count() == 0


def test_a_user_without_rights_is_told(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    url = server.fresh()
    with open_register(url, create=True) as register, register.writing() as connection:
        connection.exec_driver_sql("CREATE USER reader PASSWORD 'readers'")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    reader = server.url(url.rpartition("/")[2], "reader", "readers")
    assert main(["articles", "--register", reader]) == 0
    assert main(["refresh", "--register", reader]) == 1
    assert "let the database's owner grant it" in capsys.readouterr().err


ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def test_a_connection_that_was_lost_meanwhile_is_made_anew(server: Server) -> None:
    url = server.fresh()
    with open_register(url, create=True) as register:
        alone(url)
        assert register.count() == 0


def alone(url: str) -> None:
    """Ends every other connection to the database."""
    with open_register(url) as other, other.writing() as connection:
        connection.exec_driver_sql(ALONE)


def read_after_all_connections_ended(register: Register, url: str) -> None:
    with register.reading() as connection:
        alone(url)
        connection.exec_driver_sql("SELECT 1")


def test_a_server_that_goes_away_at_work_is_told(server: Server) -> None:
    url = server.fresh()
    with open_register(url, create=True) as register:
        with pytest.raises(RegisterError, match="cannot be reached"):
            read_after_all_connections_ended(register, url)
        assert register.count() == 0
