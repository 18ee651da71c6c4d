"""What keeps the embedded database from starting, each in one sentence."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kith.config.server import ServerProblem
from kith.config.server import errors as problems
from kith.config.server.cluster import explain
from kith.config.server.install import account_for
from kith.config.server.locks import Lock
from kith.config.tests.conftest import alive, begin, wait_until

NOBODY = 65534


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
