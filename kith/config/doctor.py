"""What may be wrong with an installation: one finding for each part, with a remedy."""

import os
import shutil
import smtplib
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from kith.config import mail, options, schema
from kith.config.database import Database, open_database
from kith.config.home import MARK, Home
from kith.config.options import OPTIONS, OptionFault, is_loopback
from kith.config.server import ServerProblem

LEAST_FREE_BYTES = 1024**3
CLOCK_SECONDS = 5
HEARTBEAT_SECONDS = 60
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
# Set by `kith run` for its own processes, not by people.
INNER = {"KITH_DATABASE_ROLE", "KITH_DATABASE_APP_ROLE", "KITH_CHOICE", "KITH_SERVED"}


@dataclass(frozen=True)
class Finding:
    """What was found about one part; the remedy is empty when all is well."""

    name: str
    said: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        return not self.remedy


def examine(home: Home) -> list[Finding]:
    """Every part of the installation, the records last. Changes nothing and makes nothing."""
    findings = [_configuration(), _keys(home), _disk(home), _mail()]
    if not (home.root / MARK).exists():
        return [*findings, _not_begun(home)]
    try:
        database = open_database(home)
    except ServerProblem as problem:
        return [*findings, Finding("database", "It does not open.", str(problem))]
    try:
        return [*findings, *_of_database(database)]
    finally:
        database.stop()


def _not_begun(home: Home) -> Finding:
    said = f"There is nothing in {home.root} yet."
    return Finding("database", said, "Start Kith once with kith run, or set KITH_HOME.")


def _of_database(database: Database) -> list[Finding]:
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        parts: list[Callable[[psycopg.Connection], Finding]] = [_clock, _worker]
        return [_database(database, connection), *[part(connection) for part in parts]]


# --- configuration ----------------------------------------------------------------------------


def _configuration() -> Finding:
    try:
        faults = [*_unusable(), *_unknown(), *_contradictions()]
    except OptionFault as fault:
        faults = [str(fault)]
    if faults:
        remedy = "Correct it; docs/guides/configuration.md lists all settings."
        return Finding("configuration", faults[0], remedy)
    return Finding("configuration", "All settings can be used.")


def _unusable() -> list[str]:
    for option in OPTIONS:
        if option.kind is int:
            options.number(option.name)
        elif option.kind is bool:
            options.flag(option.name)
    mail.mail_settings(options.text("KITH_MAIL_URL"))
    zone = options.text("KITH_TIME_ZONE")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return [f"KITH_TIME_ZONE is “{zone}”, which is no time zone."]
    return []


def _unknown() -> list[str]:
    known = {option.name for option in OPTIONS} | INNER
    wrong = sorted(name for name in os.environ if name.startswith("KITH_") and name not in known)
    keys = {option.key for option in OPTIONS}
    strange = sorted(set(options.in_file()) - keys)
    return [f"{name} is no setting of Kith." for name in [*wrong, *strange]]


def _contradictions() -> list[str]:
    if not is_loopback(options.text("KITH_BIND")) and options.listed("KITH_HOSTS") == ["localhost"]:
        return ["KITH_BIND lets others in, but KITH_HOSTS names localhost only."]
    if options.flag("KITH_DEMO") and not is_loopback(options.text("KITH_BIND")):
        return ["KITH_DEMO is on, but the demo works on this machine only."]
    options.clock_file()
    return []


# --- what lies on the disk --------------------------------------------------------------------


def _keys(home: Home) -> Finding:
    if not home.keys.exists():
        return Finding("keys", "There are none yet.", "Start Kith once with kith run.")
    try:
        loose = [path for path in [home.keys, *sorted(home.keys.iterdir())] if _is_loose(path)]
    except PermissionError:
        return Finding(
            "keys", f"{home.keys} cannot be read.", "Run this as the user who runs Kith."
        )
    if loose:
        right = "700" if loose[0].is_dir() else "600"
        return Finding("keys", f"Others may read {loose[0]}.", f"Run chmod {right} {loose[0]}")
    return Finding("keys", f"Readable by their owner alone, in {home.keys}.")


def _is_loose(path: Path) -> bool:
    wanted = PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE
    return bool(stat.S_IMODE(path.stat().st_mode) & ~wanted)


def _disk(home: Home) -> Finding:
    place = next(path for path in [home.root, *home.root.parents] if path.exists())
    free = shutil.disk_usage(place).free
    said = f"{free / 1024**3:.1f} GiB are free for {home.root}."
    remedy = "" if free >= LEAST_FREE_BYTES else "Free some space: at least 1 GiB is needed."
    return Finding("disk", said, remedy)


def _mail() -> Finding:
    url = options.text("KITH_MAIL_URL")
    if not url:
        return Finding("mail", "None is sent; links and codes are shown to be passed on by hand.")
    try:
        mail.greet(url)
    except (OSError, smtplib.SMTPException, OptionFault) as problem:
        return Finding("mail", f"It does not work: {problem}", "Check KITH_MAIL_URL.")
    return Finding("mail", "The mail server lets us in.")


# --- what the database knows ------------------------------------------------------------------


def _database(database: Database, connection: psycopg.Connection) -> Finding:
    version = connection.info.server_version // 10000
    said = f"PostgreSQL {version}, {database.size / 1024**2:.0f} MiB."
    if not schema.is_current(database.owner_url):
        return Finding(
            "database", f"{said} Its tables are of another version.", "Run kith migrate."
        )
    return Finding("database", said)


def _clock(connection: psycopg.Connection) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    now = datetime.now(UTC)
    apart = abs((row[0] - now).total_seconds()) if row else 0.0
    local = time.strftime("%Y-%m-%d %H:%M %Z")
    if apart > CLOCK_SECONDS:
        said = f"This machine and the database are {apart:.0f} s apart."
        return Finding("clock", said, "Let both set their clocks by the network (NTP).")
    latest = _latest(connection)
    if latest is not None and latest > now:
        said = f"It is {local} here, but something was recorded at {latest:%Y-%m-%d %H:%M} UTC."
        return Finding("clock", said, "Set the clock of this machine right.")
    return Finding("clock", f"It is {local} here.")


def _latest(connection: psycopg.Connection) -> datetime | None:
    if not _exists(connection, "gate_auditevent"):
        return None
    row = connection.execute("SELECT max(at) FROM gate_auditevent").fetchone()
    return row[0] if row else None


def _worker(connection: psycopg.Connection) -> Finding:
    remedy = "Start Kith with kith run, or a worker with kith worker."
    if not _exists(connection, "procrastinate_workers"):
        return Finding("worker", "None has ever run.", remedy)
    row = connection.execute("SELECT max(last_heartbeat) FROM procrastinate_workers").fetchone()
    beat = row[0] if row else None
    if beat is None:
        return Finding("worker", "None is running.", remedy)
    ago = (datetime.now(UTC) - beat).total_seconds()
    if ago > HEARTBEAT_SECONDS:
        return Finding("worker", f"The last one was heard {ago / 60:.0f} minutes ago.", remedy)
    return Finding("worker", f"It was heard {max(ago, 0):.0f} seconds ago.")


def _exists(connection: psycopg.Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return bool(row and row[0])
