"""The embedded database, proved on real servers."""

import multiprocessing
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from kith.config.server import Server, ServerProblem, start
from kith.config.server import errors as problems
from kith.config.server.cluster import SUPERUSER, explain
from kith.config.server.install import account_for
from kith.config.server.locks import Lock
from kith.config.server.process import _url
from kith.config.server.sockets import LONGEST, PORT
from kith.config.tests.conftest import open_folder

NOBODY = 65534


def begin(place: Path) -> Server:
    return start(place / "postgres", keys=place / "keys", durable=False)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A home whose database was made and stopped, to be copied: that is quicker than making."""
    with open_folder() as folder:
        begin(folder).stop()
        yield folder


@pytest.fixture
def home(made: Path, place: Path) -> Path:
    return copied(made, place)


def copied(made: Path, place: Path) -> Path:
    for name in ("postgres", "keys"):
        subprocess.run(["/bin/cp", "-a", made / name, place / name], check=True)  # noqa: S603
    return place


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Server]:
    with open_folder() as folder:
        server = begin(copied(made, folder))
        yield server
        server.stop()


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


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_last_one_out_stops_the_server(home: Path) -> None:
    first, second = begin(home), begin(home)

    first.stop()
    still_there = ask(second.app_url, "SELECT 1")
    second.stop()

    assert (first.pid, still_there, alive(first.pid)) == (second.pid, 1, False)


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
    assert not alive(found.pop())


def wait_until(done: Callable[[], bool]) -> None:
    for _ in range(500):
        if done():
            return
        time.sleep(0.02)
    raise AssertionError("waited for ten seconds")


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


# --- problems, each in one sentence -----------------------------------------------------------


def problem_of(place: Path) -> ServerProblem:
    with pytest.raises(ServerProblem) as caught:
        begin(place).stop()
    assert str(caught.value).count("\n") == 0
    return caught.value


def test_a_folder_of_something_else_is_left_alone(place: Path) -> None:
    letter = place / "postgres" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("Dear Anna")

    problem = problem_of(place)

    assert type(problem) is problems.ForeignFolder
    assert letter.read_text() == "Dear Anna"


def test_a_database_that_kith_did_not_make_is_left_alone(home: Path) -> None:
    (home / "postgres" / "kith-database").unlink()

    assert type(problem_of(home)) is problems.ForeignFolder


def test_a_database_of_a_newer_postgresql_is_left_alone(home: Path) -> None:
    (home / "postgres" / "PG_VERSION").write_text("19\n")

    assert type(problem_of(home)) is problems.OtherVersion


def test_missing_passwords_are_named(home: Path) -> None:
    (home / "keys" / "database.json").unlink()

    assert type(problem_of(home)) is problems.LostPasswords


def test_passwords_of_another_database_are_named_and_nothing_keeps_running(home: Path) -> None:
    (home / "keys" / "database.json").write_text('{"superuser": "a", "owner": "b", "app": "c"}')

    problem = problem_of(home)

    assert type(problem) is problems.LostPasswords
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_a_full_disk_is_named_before_anything_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = psutil.disk_usage(str(place))._replace(free=1024)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: full)

    problem = problem_of(place)

    assert type(problem) is problems.FullDisk
    assert not (place / "postgres").exists()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("FATAL:  could not write lock file: No space left on device", problems.FullDisk),
        ("FATAL:  could not open file: Permission denied", problems.UnreadableFolder),
        ("HINT:  Is another postmaster (PID 7) running?", problems.NotOurs),
        ("FATAL:  something unheard of", problems.DidNotStart),
    ],
)
def test_what_postgresql_says_is_put_into_a_sentence(
    place: Path, said: str, kind: type[ServerProblem]
) -> None:
    assert type(explain(place, said=said, account=account_for(place))) is kind


def test_a_path_beyond_all_bounds_is_named(place: Path) -> None:
    deep = place
    for _ in range(10):
        deep = deep / ("d" * 100)
    deep.mkdir(parents=True)

    assert type(problem_of(deep)) is problems.PathTooLong


def test_a_folder_of_another_user_is_named(home: Path) -> None:
    said = as_other_user(home, lambda: str(problem_of(home)))

    assert said.startswith("The folder ")
    assert said.endswith("or choose another folder with KITH_HOME.")


def as_other_user(home: Path, act: Callable[[], str]) -> str:
    """What the act gives when the folders belong to someone else."""
    if os.geteuid() != 0:
        home.chmod(0o500)
        (home / "postgres").chmod(0o000)
        return act()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()

    def run() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        answers.put(act())

    program = context.Process(target=run)
    program.start()
    return str(answers.get(timeout=30))


def test_a_server_that_refuses_our_passwords_is_left_running(home: Path) -> None:
    server = begin(home)
    lock = Lock.shared(home / "postgres.users")
    server.stop()
    (home / "keys" / "database.json").write_text('{"superuser": "a", "owner": "b", "app": "c"}')

    problem = problem_of(home)
    still_there = alive(server.pid)
    lock.release()
    os.kill(server.pid, signal.SIGINT)
    wait_until(lambda: not alive(server.pid))

    assert (type(problem), still_there) == (problems.LostPasswords, True)
