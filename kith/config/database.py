"""Opens the database of a home: the embedded one, or the one that KITH_DATABASE_URL names."""

import os

from kith.config import options, server
from kith.config.home import Home

Database = server.Server | server.External


def open_database(home: Home, *, embedded: bool = False) -> Database:
    """The database of the home, running. The demo is always embedded, away from real records.

    raises  ServerProblem
    """
    url = "" if embedded else options.text("KITH_DATABASE_URL")
    if url:
        return server.attach(url, options.text("KITH_DATABASE_APP_URL"), keys=home.keys)
    return server.start(home.postgres, keys=home.keys)


def environment(home: Home, database: Database, *, demo: bool, owner: bool) -> dict[str, str]:
    """What a process needs to know to serve this home; the owner's address only where it must."""
    return {
        "KITH_HOME": str(home.root),
        "KITH_CONFIG": os.environ.get("KITH_CONFIG") or str(options.home_folder() / "kith.toml"),
        "KITH_DATABASE_APP_URL": database.app_url,
        "KITH_DATABASE_URL": database.owner_url if owner else "",
        "KITH_DATABASE_ROLE": "owner" if owner else "app",
        "KITH_DATABASE_APP_ROLE": database.app_role,
        "KITH_DEMO": "yes" if demo else "no",
        "DJANGO_SETTINGS_MODULE": "kith.config.settings",
    }
