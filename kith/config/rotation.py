"""Renews the house key: every data key is wrapped anew, then the old house key is dropped."""

import time
from datetime import datetime
from typing import Any

from django.db import connection

from kith.base import keyring, vault
from kith.config.organisations import actors
from kith.config.problems import CommandFailed
from kith.gate.commands import founding, note

ACTOR = "kith keys rotate"
VERB = "keys.rotated"
WAIT_SECONDS = 120
PAUSE_SECONDS = 0.2
BUSY = (
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND xact_start < %s)"
)


class LongTransaction(CommandFailed):
    def __init__(self) -> None:
        super().__init__(
            "Some work has been under way for minutes and may still use the old key: "
            "run this again later. Both keys are kept until then."
        )


def rotate_house_key() -> int:
    """Make a new house key and drop the old ones; gives how many data keys were wrapped anew.

    raises  LongTransaction
    """
    version = keyring.add_house_key()
    # Whoever began before may still write a data key wrapped by the old house key.
    _wait_for_earlier_work()
    count = 0
    for actor in actors(ACTOR):
        if actor.organisation is not None:
            with founding(actor.organisation):
                count += vault.rewrap()
            note(actor, VERB)
    keyring.keep_only(version)
    return count


def _wait_for_earlier_work() -> None:
    (begun,) = _ask("SELECT clock_timestamp()")
    deadline = time.monotonic() + WAIT_SECONDS
    while any(_ask(BUSY, begun)):
        if time.monotonic() > deadline:
            raise LongTransaction
        time.sleep(PAUSE_SECONDS)


def _ask(question: str, *values: datetime) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
