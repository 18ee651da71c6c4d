"""Small parts of starting and serving."""

import io
import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from kith.config import options
from kith.config.launch import choice, listening
from kith.config.launch.choice import Place
from kith.config.launch.shown import Shown
from kith.config.launch.supervisor import Stop, StopRequested, noted_signals
from kith.config.mail import mail_settings
from kith.config.options import OptionFault
from kith.config.progress import PEOPLE, Progress
from kith.config.server.cluster import write_private
from kith.config.server.errors import UnreadableFolder
from kith.config.server.install import account_for
from kith.config.server.locks import Lock
from kith.config.server.sockets import socket_folder
from kith.config.terminal import Terminal


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


# --- where Kith listens -----------------------------------------------------------------------


def test_localhost_is_listened_to_under_both_its_addresses() -> None:
    sockets = listening.listen("127.0.0.1", 0)
    families = [one.family for one in sockets]
    for one in sockets:
        one.close()

    assert families[0] == socket.AF_INET
    assert families[1:] in ([], [socket.AF_INET6])


def test_a_port_that_only_another_ipv6_program_holds_is_taken_too() -> None:
    with (
        socket.create_server(("::1", 0), family=socket.AF_INET6) as other,
        pytest.raises(listening.PortTaken),
    ):
        listening.listen("127.0.0.1", other.getsockname()[1])


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(listening.AddressUnknown, match=r"KITH_BIND says 192\.0\.2\.1"):
        listening.listen("192.0.2.1", 0)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104
        ("10.0.0.7", False),
    ],
)
def test_which_addresses_are_this_machine_alone(address: str, expected: bool) -> None:
    assert options.is_loopback(address) is expected


# --- own folder or demo -----------------------------------------------------------------------


def test_own_folder_is_looked_at_until_the_demo_was_chosen(tmp_path: Path) -> None:
    file = tmp_path / choice.FILE
    before = choice.chosen(file)

    choice.choose(file, Place.DEMO)

    assert (before, choice.chosen(file)) == (Place.OWN, Place.DEMO)


@pytest.mark.parametrize(
    ("here", "wanted", "saved", "expected"),
    [
        ("no", Place.OWN, Progress(), None),
        ("yes", Place.DEMO, Progress(), None),
        ("no", Place.DEMO, Progress(step=PEOPLE, share_percent=40), Progress(PEOPLE, 40)),
        (
            "no",
            Place.OWN,
            Progress(problem="The disk is full."),
            Progress(problem="The disk is full."),
        ),
    ],
)
def test_what_the_waiting_page_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    here: str,
    wanted: Place,
    saved: Progress,
    expected: Progress | None,
) -> None:
    file = tmp_path / choice.FILE
    monkeypatch.setenv("KITH_CHOICE", str(file))
    monkeypatch.setenv("KITH_DEMO", here)
    choice.choose(file, wanted)
    saved.save(choice.change_file(file))

    assert choice.change_progress() == expected


def test_asking_again_forgets_the_last_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / choice.FILE
    monkeypatch.setenv("KITH_CHOICE", str(file))
    Progress(problem="The disk is full.").save(choice.change_file(file))

    choice.choose_demo()

    assert choice.change_progress() == Progress()


# --- words on the terminal --------------------------------------------------------------------


def test_where_lines_cannot_move_each_step_is_one_plain_line() -> None:
    stream = io.StringIO()
    shown = Shown(Terminal(stream))

    for share in (None, 10, 20):
        shown(Progress(step=PEOPLE, share_percent=share))
    shown.finish()

    assert stream.getvalue() == "Making up people …\n"


def test_where_lines_move_the_share_is_replaced_in_place(tmp_path: Path) -> None:
    stream = Screen()
    relay = tmp_path / "change.json"
    shown = Shown(Terminal(stream), relay=relay)

    shown(Progress(step=PEOPLE, share_percent=10))
    shown.finish()

    assert stream.getvalue().split("\r")[1:3] == ["Making up people …", "Making up people … 10 %"]
    assert stream.getvalue().count("\n") == 1
    assert Progress.load(relay) == Progress(PEOPLE, 10)


# --- mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://ana:pass%40word@mail.example.org", "mail.example.org", 587, True, False),
        ("smtps://mail.example.org", "mail.example.org", 465, False, True),
        ("smtp://localhost:25", "localhost", 25, False, False),
    ],
)
def test_mail_address(url: str, host: str, port: int, tls: bool, ssl: bool) -> None:
    found = mail_settings(url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


def test_mail_password_may_hold_any_letter() -> None:
    found = mail_settings("smtp://ana:p%40ss%3Aword@mail.example.org")

    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ana", "p@ss:word")


def test_a_mail_address_of_another_kind_is_named() -> None:
    with pytest.raises(OptionFault, match="must look like smtp://"):
        mail_settings("https://mail.example.org")


# --- files and locks --------------------------------------------------------------------------


def test_a_private_file_is_never_readable_by_others(tmp_path: Path) -> None:
    write_private(tmp_path / "secret", "x")

    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_only_one_holds_the_exclusive_lock(tmp_path: Path) -> None:
    first = Lock.only(tmp_path / "lock")
    second = Lock.only(tmp_path / "lock")
    assert first is not None
    first.release()

    assert second is None
    assert Lock.only(tmp_path / "lock") is not None


def test_a_shared_lock_knows_whether_it_is_alone(tmp_path: Path) -> None:
    first, second = Lock.shared(tmp_path / "lock"), Lock.shared(tmp_path / "lock")
    together = first.is_mine_alone()
    second.release()

    assert (together, first.is_mine_alone()) == (False, True)


def test_the_socket_of_someone_else_is_not_trusted(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = place / ("x" * 120) / "postgres"
    folder.mkdir(parents=True)
    account = account_for(folder)
    chosen = socket_folder(folder, account=account, run_folder=None)
    chosen.rmdir()
    chosen.symlink_to(place)
    try:
        with pytest.raises(UnreadableFolder):
            socket_folder(folder, account=account, run_folder=None)
    finally:
        chosen.unlink()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_noted_and_raised_only_where_asked(number: int) -> None:
    stop = Stop()

    with noted_signals(stop):
        stop.check()
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        with pytest.raises(StopRequested):
            stop.check()


def test_work_that_is_shown_goes_no_further_after_a_stop() -> None:
    stream = io.StringIO()
    stop = Stop()
    shown = Shown(Terminal(stream), before=stop.check)
    stop.note(signal.SIGTERM, None)

    with pytest.raises(StopRequested):
        shown(Progress(step=PEOPLE))

    assert stream.getvalue() == ""
