"""The data folder of the embedded database: made once, whole or not at all."""

import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kith.config.server.errors import (
    DidNotStart,
    ForeignFolder,
    FullDisk,
    LostPasswords,
    NotOurs,
    OtherVersion,
    PathTooLong,
    UnreadableFolder,
)
from kith.config.server.install import MAJOR, Account

SUPERUSER = "kith_superuser"
MARKER = "kith-database"
LONGEST_PATH = 900
NEEDED_BYTES = 150 * 1024 * 1024

SERIOUS = re.compile(r"\b(FATAL|PANIC|ERROR|error):")

# Passwords for everyone, through the socket only: no trust, no peer, no network.
HOST_RULES = """\
local   all           all   scram-sha-256
local   replication   all   scram-sha-256
"""

# What the log may hold: starts, stops and failures of the server, never a statement, a parameter
# or the row that an error message quotes.
CONFIGURATION = """\
# Written by Kith. Your own settings go to local.conf beside this file.
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 80
shared_buffers = 128MB
effective_cache_size = 768MB
work_mem = 16MB
maintenance_work_mem = 96MB
max_wal_size = 1GB
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
jit = off
autovacuum_naptime = 15s
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, mdy'
default_text_search_config = 'pg_catalog.simple'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = 'none'
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
include 'local.conf'
"""

LOCAL = "# Settings of your own; they win over those of Kith. See `kith doctor` afterwards.\n"

# A test database may be lost at any time; it only has to be quick.
CARELESS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 64MB
autovacuum_naptime = 10min
"""


@dataclass(frozen=True)
class Passwords:
    superuser: str
    owner: str
    app: str


def passwords_in(keys: Path, *, new: bool) -> Passwords:
    """The passwords kept in the keys folder; new ones are written first, before any database."""
    file = keys / "database.json"
    if file.exists():
        try:
            return Passwords(**json.loads(file.read_text()))
        except (TypeError, ValueError) as error:
            raise LostPasswords(file) from error
    if not new:
        raise LostPasswords(file)
    passwords = Passwords(*(secrets.token_urlsafe(32) for _ in range(3)))
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(file, json.dumps(asdict(passwords)))
    return passwords


def write_private(file: Path, text: str) -> None:
    """Write whole or not at all, readable by nobody else at any moment."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".")
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    Path(draft).replace(file)


def is_made(folder: Path) -> bool:
    """True for a database of ours, false for nothing yet; a foreign folder is refused."""
    if not folder.exists() or not any(folder.iterdir()):
        return False
    version, marker = folder / "PG_VERSION", folder / MARKER
    if not (version.is_file() and marker.is_file()):
        raise ForeignFolder(folder)
    if version.read_text().strip() != MAJOR:
        raise OtherVersion(folder, found=version.read_text().strip(), ours=MAJOR)
    return True


def check_place(folder: Path, *, new: bool) -> None:
    if len(os.fsencode(folder)) > LONGEST_PATH:
        raise PathTooLong(folder)
    free = shutil.disk_usage(folder.parent).free
    if free < (NEEDED_BYTES if new else NEEDED_BYTES // 10):
        raise FullDisk(folder)


def make(
    folder: Path, *, account: Account, programs: Path, passwords: Passwords, durable: bool
) -> None:
    """Make the data folder beside its place and move it there when it is complete."""
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.give(draft)
    with _password_file(passwords.superuser, beside=draft, account=account) as password_file:
        answer = account.run(
            [
                programs / "initdb",
                f"--pgdata={draft}",
                f"--username={SUPERUSER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
            ]
        )
    if answer.returncode != 0:
        raise explain(folder, said=answer.stderr, account=account)
    _configure(draft, account=account, durable=durable)
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)


def _configure(draft: Path, *, account: Account, durable: bool) -> None:
    files = {
        "postgresql.conf": CONFIGURATION + ("" if durable else CARELESS),
        "pg_hba.conf": HOST_RULES,
        "local.conf": LOCAL,
        MARKER: f"A database of Kith, PostgreSQL {MAJOR}.\n",
    }
    for name, text in files.items():
        (draft / name).write_text(text)
        (draft / name).chmod(0o600)
        account.give(draft / name)


@contextmanager
def _password_file(password: str, *, beside: Path, account: Account) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=beside.parent, prefix=".")
    with os.fdopen(handle, "w") as stream:
        stream.write(password)
    account.give(Path(name))
    try:
        yield Path(name)
    finally:
        Path(name).unlink()


def explain(folder: Path, *, said: str, account: Account) -> Exception:
    """The error class for what a PostgreSQL program said before it gave up."""
    if "No space left" in said:
        return FullDisk(folder)
    if "Permission denied" in said or "has wrong ownership" in said:
        return UnreadableFolder(folder, account=account.name)
    if "is another postmaster" in said.lower() or "still in use" in said:
        return NotOurs(folder)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    serious = [line for line in lines if SERIOUS.search(line)]
    return DidNotStart(folder, said=(serious or lines or ["nothing"])[-1])
