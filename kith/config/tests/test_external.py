"""A PostgreSQL of the administrator's own, and the rights of the serving role, on real servers."""

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from kith.config.server import Server, ServerProblem, attach, external, prepare_database, start
from kith.config.server.grants import GrantsIncomplete
from kith.config.tests.conftest import open_folder

DROP_MADE_ROLES = """
DO $$ DECLARE made text; BEGIN
  FOR made IN SELECT rolname FROM pg_roles WHERE rolname ~ '^kith_(app|test)_' LOOP
    EXECUTE format('DROP ROLE %I', made);
  END LOOP;
END $$
"""
TABLES = (
    "CREATE TABLE gate_auditevent (id int)",
    "CREATE TABLE django_migrations (id int)",
    "CREATE TABLE people_person (id serial)",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with open_folder() as folder:
        running = start(folder / "postgres", keys=folder / "keys", durable=False)
        run(running.superuser_url, "CREATE ROLE strong LOGIN CREATEROLE CREATEDB PASSWORD 'pw'")
        run(running.superuser_url, "CREATE ROLE plain LOGIN PASSWORD 'pw'")
        yield running
        running.stop()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """A database of the role strong, as an administrator would make it."""
    run(server.superuser_url, "CREATE DATABASE theirs OWNER strong")
    yield server.url("strong", "pw", "theirs")
    run(server.superuser_url, "DROP DATABASE theirs WITH (FORCE)")
    run(server.superuser_url, DROP_MADE_ROLES)


def run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def may(url: str, statement: str) -> bool:
    try:
        run(url, statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


# --- rights of the serving role ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("INSERT INTO people_person DEFAULT VALUES", True),
        ("UPDATE people_person SET id = id", True),
        ("DELETE FROM people_person", True),
        ("TRUNCATE people_person", False),
        ("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY", False),
        ("INSERT INTO gate_auditevent VALUES (1)", True),
        ("SELECT * FROM gate_auditevent", True),
        ("UPDATE gate_auditevent SET id = 2", False),
        ("DELETE FROM gate_auditevent", False),
        ("TRUNCATE gate_auditevent", False),
        ("SELECT * FROM django_migrations", True),
        ("DELETE FROM django_migrations", False),
        ("CREATE TABLE mine (id int)", False),
        ("CREATE TEMPORARY TABLE mine (id int)", False),
        ("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", False),
    ],
)
def test_serving_role_may_do_only_its_work(
    database: str, tmp_path: Path, statement: str, allowed: bool
) -> None:
    for table in TABLES:
        run(database, table)
    theirs = attach(database, "", keys=tmp_path, for_tests=True)
    for _ in range(2):
        prepare_database(database, theirs.app_role)

    assert may(theirs.app_url, statement) is allowed


def test_a_table_of_a_later_migration_is_closed_until_rights_are_said_anew(
    database: str, tmp_path: Path
) -> None:
    theirs = attach(database, "", keys=tmp_path, for_tests=True)
    prepare_database(database, theirs.app_role)
    run(database, "CREATE TABLE later (id int)")
    before = may(theirs.app_url, "SELECT * FROM later")

    prepare_database(database, theirs.app_role)

    assert (before, may(theirs.app_url, "SELECT * FROM later")) == (False, True)


def test_a_schema_that_the_owner_cannot_close_is_named(
    server: Server, database: str, tmp_path: Path
) -> None:
    there = server.url("kith_superuser", server.passwords.superuser, "theirs")
    theirs = attach(database, "", keys=tmp_path, for_tests=True)
    run(there, "ALTER SCHEMA public OWNER TO kith_superuser")
    run(there, "GRANT CREATE ON SCHEMA public TO PUBLIC")

    with pytest.raises(GrantsIncomplete, match="REVOKE CREATE ON SCHEMA public FROM PUBLIC"):
        prepare_database(database, theirs.app_role)


# --- addresses --------------------------------------------------------------------------------


def test_the_serving_role_is_made_once_and_its_password_kept_private(
    database: str, tmp_path: Path
) -> None:
    first = attach(database, "", keys=tmp_path / "keys", for_tests=True)
    second = attach(database, "", keys=tmp_path / "keys", for_tests=True)
    kept = tmp_path / "keys" / external.PASSWORDS

    assert first == second
    assert first.app_role != urlsplit(database).username
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_without_its_password_the_serving_role_is_not_taken_over(
    server: Server, database: str, tmp_path: Path
) -> None:
    first = attach(database, "", keys=tmp_path / "one")

    with pytest.raises(external.LostServingPassword):
        attach(database, "", keys=tmp_path / "two")
    assert may(first.app_url, "SELECT 1")


def test_an_owner_who_may_make_no_role_gets_the_statement_for_the_administrator(
    server: Server, tmp_path: Path
) -> None:
    run(server.superuser_url, "CREATE DATABASE small OWNER plain")
    try:
        with pytest.raises(external.RoleNeeded, match=r"CREATE ROLE kith_app_.* LOGIN NOSUPERUSER"):
            attach(server.url("plain", "pw", "small"), "", keys=tmp_path)
    finally:
        run(server.superuser_url, "DROP DATABASE small WITH (FORCE)")


def test_tests_never_touch_the_serving_role_of_an_installation(
    database: str, tmp_path: Path
) -> None:
    serving = attach(database, "", keys=tmp_path / "service")

    testing = attach(database, "", keys=tmp_path / "tests", for_tests=True)

    assert testing.app_role != serving.app_role
    assert may(serving.app_url, "SELECT 1")


def test_a_named_serving_role_is_used(server: Server, database: str, tmp_path: Path) -> None:
    theirs = attach(database, server.url("plain", "pw", "theirs"), keys=tmp_path)

    assert theirs.app_role == "plain"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", ["strong", "kith_superuser"])
def test_a_serving_role_that_could_walk_round_the_wall_is_refused(
    server: Server, database: str, tmp_path: Path, role: str
) -> None:
    password = "pw" if role == "strong" else server.passwords.superuser

    with pytest.raises(external.StrongServingRole):
        attach(database, server.url(role, password, "theirs"), keys=tmp_path)


def test_two_different_databases_are_refused(server: Server, database: str, tmp_path: Path) -> None:
    with pytest.raises(external.OtherDatabase):
        attach(database, server.app_url, keys=tmp_path)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("mysql://ana@host/kith", external.BadAddress),
        ("postgresql://ana@/kith?host=/nowhere/at/all", external.Unreachable),
        ("postgresql://ana@/kith?colour=red", external.BadAddress),
    ],
)
def test_addresses_that_lead_nowhere(url: str, kind: type[ServerProblem], tmp_path: Path) -> None:
    with pytest.raises(kind) as caught:
        attach(url, "", keys=tmp_path)

    assert str(caught.value).count("\n") == 0


def test_an_old_server_is_refused(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "OLDEST", 990000)

    with pytest.raises(external.OldServer, match="names PostgreSQL 18; Kith needs 15 or later"):
        attach(database, "", keys=tmp_path)
