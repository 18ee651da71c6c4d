"""What every test stands on: a migrated database, reached as the serving role.

The serving role owns nothing and stands under row security, in tests as in service.
"""

import os
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from kith.base import events
from kith.config import schema
from kith.config.home import Home
from kith.config.server import prepare_database
from kith.config.settings import database
from kith.config.tests.plugin import Databases

LOCAL_HOSTS = "127.0.0.1,::1,localhost"


# A machine that does much else beside is slow without anything being wrong.
hypothesis.settings.register_profile(
    "kith", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("kith")


def pytest_configure(config: pytest.Config) -> None:
    config.option.allow_hosts = config.option.allow_hosts or LOCAL_HOSTS
    config.option.allow_unix_socket = True
    # Names of static files with a fingerprint need collectstatic first; argon2 is slow on purpose.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    # Those who run tests side by side keep their files apart.
    settings.KITH_FILES = str(
        Path(settings.KITH_FILES) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Journeys need a browser: they run only when they are named."""
    named = any("journeys" in argument for argument in config.args)
    return True if collection_path.name == "journeys" and not named else None


@pytest.fixture(autouse=True)
def _own_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who begins to listen in a test hears nothing of the next one."""
    known = {fact: [*handlers] for fact, handlers in events._listeners.items()}
    monkeypatch.setattr(events, "_listeners", defaultdict(list, known))


@pytest.fixture(scope="session")
def databases(django_db_blocker: DjangoDbBlocker) -> Iterator[Databases]:
    """The database server of this test run, with a migrated template."""
    run = Databases(Home(Path(os.environ["KITH_HOME"])))
    with run.made_once() as mine, django_db_blocker.unblock():
        if mine:
            run.create(run.template)
            use_database(run.owner_url(run.template))
            schema.bring_up()
            connections.close_all()
            prepare_database(run.owner_url(run.template), run.server.app_role)
    yield run
    run.close()


@pytest.fixture(scope="session")
def django_db_setup(
    databases: Databases, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this process its own copy of the template, as the serving role."""
    name = f"{databases.template}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    databases.copy(name)
    use_database(databases.app_url(name))

    yield

    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop(name)


@pytest.fixture
def fresh_database(
    databases: Databases, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """An empty migrated database of this test's own, for real commits and several connections.

    Not together with the `db` mark. Gives the address of the same database as its owner.
    """
    with _another_database(databases, django_db_blocker) as owner_url:
        yield owner_url


@pytest.fixture(scope="module")
def module_database(
    databases: Databases, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database that all tests of a module share, with what its fixtures committed."""
    with _another_database(databases, django_db_blocker) as owner_url:
        yield owner_url


@contextmanager
def _another_database(databases: Databases, blocker: DjangoDbBlocker) -> Iterator[str]:
    before = dict(connections.settings["default"])
    name = f"{databases.template}_{uuid.uuid4().hex[:8]}"
    databases.copy(name)
    with blocker.unblock():
        use_database(databases.app_url(name))
        yield databases.owner_url(name)
        connections.close_all()
        use_settings(before)
    databases.drop(name)


def use_settings(settings_of_database: dict[str, Any]) -> None:
    """Point Django's only database back to where it was."""
    connections.close_all()
    connections.settings["default"].update(settings_of_database)


def use_database(url: str) -> None:
    """Point Django's only database elsewhere; threads that come later follow."""
    connections.close_all()
    connections.settings["default"].update(database(url))
