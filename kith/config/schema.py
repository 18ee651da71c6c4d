"""Brings the tables to the state that this Kith expects, and knows when they already are.

A print of everything that shapes the tables is kept as the comment of the database, so that a
start needs one question instead of Django and all its migrations.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from kith.config.problems import CommandFailed
from kith.config.server import prepare_database

PACKAGE = Path(__file__).resolve().parent.parent
SHAPING = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "gate/walls.py")
LIBRARIES = ("django", "django-allauth", "procrastinate")


class NewerDatabase(CommandFailed):
    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"This database was used by a newer Kith, which added {names[0]}: "
            "install that version or a later one. Nothing was changed."
        )


def fingerprint() -> str:
    """A print of all that shapes the tables: our migrations, walls, grants and the libraries."""
    digest = hashlib.sha256()
    files = [file for pattern in SHAPING for file in PACKAGE.glob(pattern)]
    for file in [*sorted(files), PACKAGE / "config" / "server" / "grants.py"]:
        digest.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return f"kith {digest.hexdigest()[:32]}"


def is_current(owner_url: str) -> bool:
    """Whether the tables were brought to the present state already."""
    with psycopg.connect(owner_url) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == fingerprint()


def bring_up() -> None:
    """Migrate and raise the walls of row security; Django must be connected as the owner."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from kith.gate.walls import raise_walls  # noqa: PLC0415 - needs the models

    refuse_newer()
    call_command("migrate", verbosity=0, interactive=False)
    raise_walls()


def analyze(owner_url: str) -> None:
    """Tell the database how its tables look after much was written at once."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def refuse_newer() -> None:
    """Raise NewerDatabase when migrations were applied that this Kith does not have."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(connection)
    unknown = [
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps
        and (app, name) not in loader.disk_migrations
        and not _was_replaced(loader, (app, name))
    ]
    if unknown:
        raise NewerDatabase(sorted(unknown))


def _was_replaced(loader: object, key: tuple[str, str]) -> bool:
    known = loader.disk_migrations  # type: ignore[attr-defined]
    return any(key in migration.replaces for migration in known.values())


def finish(owner_url: str, app_role: str) -> None:
    """Grant the serving role its rights and remember the present state."""
    prepare_database(owner_url, app_role)
    with psycopg.connect(owner_url) as connection:
        name = sql.Identifier(connection.info.dbname)
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(fingerprint()))
        connection.execute(statement)
