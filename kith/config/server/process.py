"""Starting and stopping the embedded database.

Every program that uses the database holds a shared lock beside its folder. Who comes first starts
the server, who leaves last stops it. The system drops the lock of a program that was killed, so a
server that such a program left behind is taken over by the next start.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psutil
import psycopg

from kith.config.server import cluster
from kith.config.server.errors import (
    DidNotStart,
    LostPasswords,
    NotOurs,
    ServerProblem,
    UnreadableFolder,
)
from kith.config.server.install import (
    Account,
    account_for,
    open_way,
    programs_for,
    quiet_environment,
)
from kith.config.server.locks import Lock
from kith.config.server.roles import APP, DATABASE, OWNER, ensure_roles
from kith.config.server.sockets import PORT, socket_folder

START_SECONDS = 300  # recovery after a crash may take a while
STOP_SECONDS = 60
PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class Server:
    """A running database and its addresses; stop() ends our use of it."""

    folder: Path
    socket: Path
    pid: int
    passwords: cluster.Passwords
    _use: Lock
    _child: subprocess.Popen[bytes] | None

    @property
    def owner_url(self) -> str:
        return self.url(OWNER, self.passwords.owner)

    @property
    def app_url(self) -> str:
        return self.url(APP, self.passwords.app)

    @property
    def superuser_url(self) -> str:
        return self.url(cluster.SUPERUSER, self.passwords.superuser)

    @property
    def app_role(self) -> str:
        return APP

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        return _url(self.socket, role=role, password=password, database=database)

    @property
    def size(self) -> int:
        """Bytes on disk of the database."""
        with psycopg.connect(self.owner_url) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def stop(self) -> None:
        """Leave the database; the last user stops the server and waits until it is down."""
        if not self._use.held:
            return
        with _start_lock(self.folder):
            alone = self._use.is_mine_alone()
            if alone:
                _stop_process(self.folder, self.pid, self._child)
                self._remove_socket_folder()
            self._use.release()

    def _remove_socket_folder(self) -> None:
        if self.socket != self.folder:
            with contextlib.suppress(OSError):
                self.socket.rmdir()


def start(
    folder: Path, *, keys: Path, run_folder: Path | None = None, durable: bool = True
) -> Server:
    """Start the database of the folder, or join the one that another of our programs started.

    keys        folder of the password file database.json
    run_folder  where the socket shall lie, when its path is short enough
    durable     false only for tests: quicker, and lost with the machine
    raises      ServerProblem, with one sentence for the person at the terminal
    """
    folder = folder.expanduser().absolute()
    account = account_for(folder)
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _start_lock(folder):
            return _start(folder, keys, account=account, run_folder=run_folder, durable=durable)
    except PermissionError as error:
        place = Path(error.filename) if error.filename else folder
        raise UnreadableFolder(place, account=account.name) from error
    except OSError as error:
        raise cluster.explain(folder, said=str(error), account=account) from error


def _start(
    folder: Path, keys: Path, *, account: Account, run_folder: Path | None, durable: bool
) -> Server:
    made = cluster.is_made(folder)
    cluster.check_place(folder, new=not made)
    open_way(folder, account)
    programs = programs_for(account)
    passwords = cluster.passwords_in(keys, new=not made)
    if not made:
        cluster.make(
            folder, account=account, programs=programs, passwords=passwords, durable=durable
        )
    use = Lock.shared(folder.with_name(f"{folder.name}.users"))
    try:
        child = None
        if _running(folder) is None:
            place = socket_folder(folder, account=account, run_folder=run_folder)
            child = _launch(folder, account=account, programs=programs, socket=place)
        return _join(folder, passwords=passwords, keys=keys, use=use, child=child)
    except BaseException:
        use.release()
        raise


def _join(
    folder: Path,
    *,
    passwords: cluster.Passwords,
    keys: Path,
    use: Lock,
    child: subprocess.Popen[bytes] | None,
) -> Server:
    notes = _running(folder)
    if notes is None:
        raise DidNotStart(folder, said="it stopped at once")
    server = Server(folder, notes.socket, notes.pid, passwords, use, child)
    address = server.url(cluster.SUPERUSER, passwords.superuser, "postgres")
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            ensure_roles(connection, owner=passwords.owner, app=passwords.app)
    except psycopg.OperationalError as error:
        if child is not None:
            _stop_process(folder, server.pid, child)
        if "password authentication failed" in str(error):
            raise LostPasswords(keys / "database.json") from error
        raise NotOurs(folder) from error
    return server


@contextlib.contextmanager
def _start_lock(folder: Path) -> Iterator[None]:
    lock = Lock.exclusive(folder.with_name(f"{folder.name}.start"))
    try:
        yield
    finally:
        lock.release()


def _url(socket: Path, *, role: str, password: str, database: str) -> str:
    query = urlencode({"host": str(socket), "port": PORT, "require_auth": "scram-sha-256"})
    return f"postgresql://{role}:{quote(password, safe='')}@/{database}?{query}"


# --- the process ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Notes:
    """What the server wrote into postmaster.pid."""

    pid: int
    socket: Path
    status: str


def _running(folder: Path) -> Notes | None:
    """The server that runs in the folder, ready to be asked; waits for one that comes or goes."""
    deadline = time.monotonic() + START_SECONDS
    while (notes := _notes(folder)) is not None:
        if notes.status == "ready":
            return notes
        if time.monotonic() > deadline:
            raise NotOurs(folder)
        time.sleep(PAUSE_SECONDS)
    return None


def _notes(folder: Path) -> Notes | None:
    file = folder / "postmaster.pid"
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
    except FileNotFoundError:
        return None
    if not lines or not lines[0].isdigit() or not _serves(int(lines[0]), folder):
        # A crash left the file, and its number may belong to another program since.
        file.unlink(missing_ok=True)
        return None
    socket = Path(lines[4]) if len(lines) > 4 else Path()
    status = lines[7] if len(lines) > 7 else "starting"
    return Notes(pid=int(lines[0]), socket=socket, status=status)


def _serves(pid: int, folder: Path) -> bool:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return str(folder) in process.cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _launch(
    folder: Path, *, account: Account, programs: Path, socket: Path
) -> subprocess.Popen[bytes]:
    """Start postgres in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    _clear_socket(socket)
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603
            [programs / "postgres", "-D", folder, "-c", f"unix_socket_directories={socket}"],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            env=quiet_environment(),
            start_new_session=True,
            **account.identity(),
        )
        problem = _wait_until_ready(folder, child, said, account)
        if problem is not None:
            raise problem
    return child


def _clear_socket(socket: Path) -> None:
    """Remove the socket of a server that was killed: its number may be another program's now.

    Nobody serves our folder at this point, and nobody else may write where our socket lies.
    """
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (socket / name).unlink(missing_ok=True)


def _wait_until_ready(
    folder: Path, child: subprocess.Popen[bytes], said: IO[bytes], account: Account
) -> Exception | None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            return cluster.explain(folder, said=_words(said, folder, child.pid), account=account)
        notes = _notes_of(folder, child.pid)
        if notes is not None and notes.status == "ready":
            return None
        time.sleep(PAUSE_SECONDS)
    child.send_signal(signal.SIGQUIT)
    child.wait(STOP_SECONDS)
    return DidNotStart(folder, said="nothing for five minutes")


def _notes_of(folder: Path, pid: int) -> Notes | None:
    """Read the notes of our own child only: a file that is half written is left alone."""
    try:
        first = (folder / "postmaster.pid").read_text().partition("\n")[0]
    except FileNotFoundError:
        return None
    return _notes(folder) if first.strip() == str(pid) else None


def _words(said: IO[bytes], folder: Path, pid: int) -> str:
    """What the server printed, and what it wrote to its own log after that."""
    said.seek(0)
    text = said.read().decode(errors="replace")
    for log in (folder / "log").glob("*.log"):
        lines = log.read_text(errors="replace").splitlines()
        text += "".join(f"{line}\n" for line in lines if f"[{pid}]" in line)
    return text


def _stop_process(folder: Path, pid: int, child: subprocess.Popen[bytes] | None) -> None:
    """Ask for a fast, clean shutdown; insist only when it does not come."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if not _serves(pid, folder):
            break
        try:
            os.kill(pid, request)
        except ProcessLookupError:
            break
        if _gone(folder, pid, child):
            break
    if child is not None:
        child.wait()


def _gone(folder: Path, pid: int, child: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        if child is not None:
            child.poll()
        if not _serves(pid, folder):
            return True
        time.sleep(PAUSE_SECONDS)
    return False


__all__ = ["Server", "ServerProblem", "start"]
