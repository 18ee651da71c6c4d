"""A PostgreSQL server of the administrator's own, named by KITH_DATABASE_URL."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from kith.config.server.cluster import write_private
from kith.config.server.errors import ServerProblem

OLDEST = 150000
PASSWORDS = "serving-role.json"


class OldServer(ServerProblem):
    def __init__(self, version: int) -> None:
        super().__init__(
            f"KITH_DATABASE_URL names PostgreSQL {version // 10000}; Kith needs 15 or later."
        )


class Unreachable(ServerProblem):
    def __init__(self, option: str, *, said: str) -> None:
        super().__init__(f"The database named by {option} does not answer. It said: {said}")


class BadAddress(ServerProblem):
    def __init__(self, option: str) -> None:
        super().__init__(f"{option} must look like postgresql://user:password@host:5432/database.")


class RoleNeeded(ServerProblem):
    def __init__(self, role: str) -> None:
        super().__init__(
            "The owner in KITH_DATABASE_URL may not make roles: let a database administrator run "
            f"\"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'\", "
            "then set KITH_DATABASE_APP_URL to the same address with that role and password."
        )


class LostServingPassword(ServerProblem):
    def __init__(self, role: str, file: Path) -> None:
        super().__init__(
            f"The database role {role} exists, but its password is not in {file}: "
            "bring the keys folder back from your backup, or set KITH_DATABASE_APP_URL."
        )


class StrongServingRole(ServerProblem):
    def __init__(self, role: str) -> None:
        super().__init__(
            f"The role {role} in KITH_DATABASE_APP_URL could walk round row security: "
            "name a role that is no superuser, does not bypass row security and owns nothing."
        )


class OtherDatabase(ServerProblem):
    def __init__(self) -> None:
        super().__init__(
            "KITH_DATABASE_URL and KITH_DATABASE_APP_URL name two different databases: "
            "only the role and its password may differ."
        )


@dataclass(frozen=True)
class External:
    """The two addresses of a database that Kith neither starts nor stops."""

    owner_url: str
    app_url: str

    @property
    def app_role(self) -> str:
        return urlsplit(self.app_url).username or ""

    @property
    def size(self) -> int:
        """Bytes on disk of the database."""
        with psycopg.connect(self.owner_url) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def stop(self) -> None:
        """Nothing to stop: the server is not ours."""


def attach(url: str, app_url: str, *, keys: Path, for_tests: bool = False) -> External:
    """Check both addresses, making the serving role where none is named and the owner may.

    keys       folder that keeps the password of a role we made
    for_tests  use a role of its own, and give it a new password when ours is unknown
    raises     ServerProblem
    """
    with _connect("KITH_DATABASE_URL", url) as owner:
        if owner.info.server_version < OLDEST:
            raise OldServer(owner.info.server_version)
        app_url = app_url or _own_role(owner, url, keys=keys, for_tests=for_tests)
        facts = _facts(owner)
    with _connect("KITH_DATABASE_APP_URL", app_url) as serving:
        if _facts(serving) != facts:
            raise OtherDatabase
        _check_weak(serving, owner=urlsplit(url).username or "")
    return External(url, app_url)


def _connect(option: str, url: str) -> psycopg.Connection:
    if not re.match(r"postgres(ql)?://", url):
        raise BadAddress(option)
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.ProgrammingError as error:
        raise BadAddress(option) from error
    except psycopg.OperationalError as error:
        raise Unreachable(option, said=str(error).splitlines()[-1].strip()) from error


def _facts(connection: psycopg.Connection) -> tuple[object, ...]:
    row = connection.execute(
        "SELECT oid, datname FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return row or ()


def _own_role(owner: psycopg.Connection, url: str, *, keys: Path, for_tests: bool) -> str:
    info = owner.info
    place = f"{info.host}:{info.port}/{info.dbname}"
    prefix = "kith_test" if for_tests else "kith_app"
    role = f"{prefix}_{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    file = keys / PASSWORDS
    known = json.loads(file.read_text()) if file.exists() else {}
    exists = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if not exists or (role not in known and for_tests):
        known[role] = secrets.token_urlsafe(32)
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, json.dumps(known))
        _make_role(owner, role, known[role], verb="ALTER" if exists else "CREATE")
    if role not in known:
        raise LostServingPassword(role, file)
    return _with_role(url, role, known[role])


def _make_role(owner: psycopg.Connection, role: str, password: str, *, verb: str) -> None:
    # Only a superuser may even say NOSUPERUSER in ALTER; new roles are weak anyway.
    statement = sql.SQL(f"{verb} ROLE {{}} LOGIN PASSWORD {{}}").format(
        sql.Identifier(role), sql.Literal(password)
    )
    try:
        owner.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RoleNeeded(role) from error


def _with_role(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(password, safe='')}@{host}"))


def _check_weak(serving: psycopg.Connection, *, owner: str) -> None:
    row = serving.execute(
        """
        SELECT rolsuper OR rolbypassrls OR current_user = %(owner)s
               OR (SELECT datdba = pg_roles.oid FROM pg_database WHERE datname = current_database())
        FROM pg_roles WHERE rolname = current_user
        """,
        {"owner": owner},
    ).fetchone()
    if row is None or row[0]:
        raise StrongServingRole(serving.info.user)
