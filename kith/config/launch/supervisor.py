"""`kith run`: keeps one house served until it is told to stop."""

import contextlib
import http.client
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from kith.config.home import Home
from kith.config.launch import choice
from kith.config.launch.choice import Place
from kith.config.launch.house import House, choice_file, open_house
from kith.config.launch.shown import Shown
from kith.config.problems import KNOWN, CommandFailed
from kith.config.progress import Progress
from kith.config.server.locks import Lock
from kith.config.terminal import Terminal

RUN_LOCK = "run.lock"
PAUSE_SECONDS = 0.3
ANSWER_SECONDS = 90
TRY_SECONDS = 3
SERVER_ERROR = 500

Announce = Callable[[House], None]


class AlreadyRunning(CommandFailed):
    def __init__(self, root: Path) -> None:
        super().__init__(f"Kith already runs with the data folder {root}: use that one or stop it.")


class NoAnswer(CommandFailed):
    def __init__(self, log: Path) -> None:
        super().__init__(f"The web server does not answer; the end of {log} says why.")


class StopRequested(BaseException):
    """Ctrl-C, or a polite signal from the system."""


class Stop:
    """The wish to stop, noted when it comes and raised where nothing is half done.

    An exception raised by the signal itself would be lost where Python swallows exceptions, such
    as in the hooks that run around a fork.
    """

    def __init__(self) -> None:
        self._wanted = False

    def note(self, _number: int, _frame: FrameType | None) -> None:
        self._wanted = True

    def check(self) -> None:
        """Raises StopRequested."""
        if self._wanted:
            raise StopRequested


class Supervisor:
    """Serves the chosen place on the given sockets, and changes place when the pages ask."""

    def __init__(
        self, root: Home, sockets: list[socket.socket], *, terminal: Terminal, demo_allowed: bool
    ) -> None:
        self.root = root
        self.sockets = sockets
        self.terminal = terminal
        self.demo_allowed = demo_allowed
        self.choice = choice_file(root)
        self.stop = Stop()

    def run(self, *, announce: Announce) -> None:
        """Serve until StopRequested, which is passed on after everything has stopped."""
        with self._alone(), noted_signals(self.stop):
            house = self._open(self._wanted())
            try:
                self._start(house)
                announce(house)
                while True:
                    wanted = self._watch(house)
                    house = self._change(house, wanted)
            finally:
                self.terminal.line("Stopping …")
                house.close()

    def _wanted(self) -> Place:
        return choice.chosen(self.choice) if self.demo_allowed else Place.OWN

    def _open(self, place: Place, *, relay: Path | None = None) -> House:
        with self.terminal.step("Starting the database"):
            house = open_house(self.root, place)
        try:
            self.stop.check()
            house.prepare(Shown(self.terminal, relay=relay, before=self.stop.check))
        except BaseException:
            house.close()
            raise
        return house

    def _start(self, house: House) -> None:
        with self.terminal.step("Starting the web server"):
            house.start(self.sockets, choice_file=str(self.choice) if self.demo_allowed else "")
            self._wait_for_answer(house)

    def _wait_for_answer(self, house: House) -> None:
        host, port = self.sockets[0].getsockname()[:2]
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            self.stop.check()
            house.tend()
            if answers(host, port):
                return
            time.sleep(PAUSE_SECONDS)
        raise NoAnswer(house.home.logs / "web.log")

    def _watch(self, house: House) -> Place:
        """Keep the house served until another place is wanted."""
        while (wanted := self._wanted()) == house.place:
            self.stop.check()
            house.tend()
            time.sleep(PAUSE_SECONDS)
        return wanted

    def _change(self, house: House, wanted: Place) -> House:
        """Prepare the other place while this one still serves the waiting page, then change."""
        change = choice.change_file(self.choice)
        try:
            following = self._open(wanted, relay=change)
        except KNOWN as problem:
            self.terminal.line(str(problem))
            Progress(problem=str(problem)).save(change)
            choice.choose(self.choice, house.place)
            return house
        house.close()
        try:
            self._start(following)
        except BaseException:
            following.close()
            raise
        change.unlink(missing_ok=True)
        return following

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = Lock.only(self.root.root / RUN_LOCK)
        if lock is None:
            raise AlreadyRunning(self.root.root)
        try:
            yield
        finally:
            lock.release()


def answers(host: str, port: int) -> bool:
    """Whether the web server answers at all; what it says about the page is not our business."""
    link = http.client.HTTPConnection(host, port, timeout=TRY_SECONDS)
    try:
        link.request("HEAD", "/", headers={"Host": "localhost"})
        return link.getresponse().status < SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


@contextlib.contextmanager
def noted_signals(stop: Stop) -> Iterator[None]:
    """Note the polite signals; an impatient second Ctrl-C changes nothing."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop.note) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
