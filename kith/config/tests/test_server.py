"""The embedded database, proved on real servers."""

import multiprocessing
import os
import signal
import stat
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from kith.config.server import Server, start
from kith.config.server.cluster import SUPERUSER
from kith.config.server.process import _url
from kith.config.server.sockets import LONGEST, PORT
from kith.config.tests.conftest import alive, begin, wait_until

NOBODY = 65534


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- what a started server is -----------------------------------------------------------------


def test_both_roles_reach_the_same_database(running: Server) -> None:
    assert ask(running.owner_url, "SELECT current_user || '@' || current_database()") == (
        "kith_owner@kith"
    )
    assert ask(running.app_url, "SELECT current_user || '@' || current_database()") == (
        "kith_app@kith"
    )


def test_folder_and_passwords_are_private(running: Server) -> None:
    assert mode(running.folder) == 0o700
    assert mode(running.folder.parent / "keys") == 0o700
    assert mode(running.folder.parent / "keys" / "database.json") == 0o600


@pytest.mark.parametrize("role", ["kith_owner", "kith_app", SUPERUSER])
def test_nobody_comes_in_without_the_password(running: Server, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(_url(running.socket, role=role, password="guess", database="kith"))


def test_every_host_rule_asks_for_a_password(running: Server) -> None:
    rules = ask(
        running.superuser_url, "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
    )

    assert rules == ["scram-sha-256"]


def test_server_listens_on_no_network(running: Server) -> None:
    assert ask(running.superuser_url, "SHOW listen_addresses") == ""
    assert psutil.Process(running.pid).net_connections("inet") == []


@pytest.mark.parametrize(
    ("role", "rights"),
    [("kith_owner", (False, False, False, True)), ("kith_app", (False, False, False, False))],
)
def test_roles_are_weak(running: Server, role: str, rights: tuple[bool, ...]) -> None:
    with psycopg.connect(running.superuser_url) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = %s",
            [role],
        ).fetchone()

    assert found == rights


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine (id int)", "CREATE TEMP TABLE mine (id int)", "CREATE SCHEMA mine"],
)
def test_serving_role_makes_nothing(running: Server, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app_url, statement)


def test_what_is_written_survives_a_power_cut_in_service(place: Path) -> None:
    server = start(place / "postgres", keys=place / "keys")
    try:
        settings = [
            ask(server.superuser_url, f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        ]
    finally:
        server.stop()

    assert settings == ["on", "on", "on", "on"]


def test_log_holds_no_statement_no_value_and_no_row(running: Server) -> None:
    with psycopg.connect(running.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE, age int)")
        connection.execute("INSERT INTO people VALUES ('Oksana-Planted', 1)")
        for statement in (
            "INSERT INTO people VALUES ('Oksana-Planted', 2)",
            "SELECT 'Oksana-Planted'::int",
            "SELECT nothing FROM people WHERE name = 'Oksana-Planted'",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 1 / (length(%s) - 14)", ["Oksana-Planted"])
    logs = list((running.folder / "log").glob("*.log"))

    assert [log for log in logs if "Planted" in log.read_text()] == []
    assert len(logs) == 1


# --- starting and stopping --------------------------------------------------------------------


def test_second_start_finds_what_the_first_kept(home: Path) -> None:
    server = begin(home)
    ask_nothing(server.owner_url, "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()

    again = begin(home)
    number = ask(again.owner_url, "SELECT number FROM kept")
    again.stop()

    assert number == 7


def ask_nothing(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_stop_ends_the_process_and_may_be_called_twice(home: Path) -> None:
    server = begin(home)

    server.stop()
    server.stop()

    assert not alive(server.pid)
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_last_one_out_stops_the_server(home: Path) -> None:
    first, second = begin(home), begin(home)

    first.stop()
    still_there = ask(second.app_url, "SELECT 1")
    second.stop()

    assert (first.pid, still_there) == (second.pid, 1)
    # It has let go of the folder by now; its last breath may take a moment longer.
    wait_until(lambda: not alive(first.pid))


def test_ctrl_c_at_the_terminal_does_not_reach_the_server(running: Server) -> None:
    assert os.getpgid(running.pid) != os.getpgid(0)
    assert os.getsid(running.pid) != os.getsid(0)


def test_start_after_the_server_was_killed(home: Path) -> None:
    server = begin(home)
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not alive(server.pid))

    again = begin(home)
    answer = ask(again.app_url, "SELECT 1")
    again.stop()
    server.stop()

    assert answer == 1


def test_start_takes_over_what_a_killed_program_left_running(home: Path) -> None:
    context = multiprocessing.get_context("fork")
    pids = context.Queue()

    def begin_and_wait() -> None:
        pids.put(begin(home).pid)
        time.sleep(60)

    program = context.Process(target=begin_and_wait)
    program.start()
    orphan = pids.get(timeout=30)
    program.kill()
    program.join()

    server = begin(home)
    answer = ask(server.app_url, "SELECT 1")
    server.stop()

    assert (server.pid, answer, alive(orphan)) == (orphan, 1, False)


def test_a_number_that_belongs_to_another_program_now_is_no_server(home: Path) -> None:
    stale = home / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{home}/postgres\n1\n{PORT}\n{home}\n\n0 0\nready\n")

    server = begin(home)
    answer = ask(server.app_url, "SELECT 1")
    server.stop()

    assert (answer, server.pid != os.getpid()) == (1, True)


def test_many_starts_at_once_make_one_server(place: Path) -> None:
    context = multiprocessing.get_context("fork")
    pids = context.Queue()
    programs = [context.Process(target=lambda: pids.put(begin(place).pid)) for _ in range(4)]
    for program in programs:
        program.start()
    found = {pids.get(timeout=30) for _ in programs}
    for program in programs:
        program.join()
    begin(place).stop()

    assert len(found) == 1
    # It has let go of the folder by now; its last breath may take a moment longer.
    wait_until(lambda: not any(map(alive, found)))


def test_an_interrupted_first_start_is_begun_anew(place: Path) -> None:
    draft = place / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    server = begin(place)
    answer = ask(server.app_url, "SELECT 1")
    server.stop()

    assert (answer, draft.exists()) == (1, False)


@pytest.mark.parametrize("name", ["Żółta łódź — дім", "with 'quotes\" and, comma", "x" * 180])
def test_any_folder_name_works(place: Path, name: str) -> None:
    home = place / name
    home.mkdir()

    server = begin(home)
    answer = ask(server.app_url, "SELECT 1")
    server.stop()

    assert answer == 1
    assert len(os.fsencode(server.socket)) < LONGEST
    assert not server.socket.exists()


def test_socket_lies_where_it_was_asked_for(home: Path) -> None:
    server = start(home / "postgres", keys=home / "keys", run_folder=home / "run", durable=False)
    lies = (home / "run" / f".s.PGSQL.{PORT}").is_socket()
    server.stop()

    assert lies


def test_variables_of_the_terminal_do_not_steer_the_server(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nowhere")

    server = begin(place)
    port = ask(server.superuser_url, "SHOW port")
    server.stop()

    assert port == str(PORT)
