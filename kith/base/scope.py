"""Whose rows this piece of work may touch: told to PostgreSQL, which enforces it by row security.

A scope also holds the vault keys opened on the way; they are gone when it ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from psycopg.pq import TransactionStatus

KeyName = tuple[UUID, str]


@dataclass
class Scope:
    """One organisation, one person, and the keys opened for them."""

    organisation_id: UUID | None = None
    user_id: UUID | None = None
    signing_in: bool = False
    opened: dict[KeyName, bytes | None] = field(default_factory=dict)
    wanted: set[KeyName] = field(default_factory=set)


_scope: ContextVar[Scope | None] = ContextVar("kith_scope", default=None)


def current() -> Scope:
    """The present scope; an empty one, which sees nothing, when none was entered."""
    return _scope.get() or Scope()


def _tell_database(scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kith.org', %s, false), set_config('kith.user', %s, false),"
            " set_config('kith.signing_in', %s, false)",
            [
                str(scope.organisation_id or ""),
                str(scope.user_id or ""),
                "on" if scope.signing_in else "",
            ],
        )


@contextmanager
def entered(
    organisation_id: UUID | None = None,
    *,
    user_id: UUID | None = None,
    signing_in: bool = False,
) -> Iterator[Scope]:
    """Work inside one organisation; the scope outside is restored afterwards."""
    before = _scope.get()
    if before is not None and (before.organisation_id, before.user_id, before.signing_in) == (
        organisation_id,
        user_id,
        signing_in,
    ):
        yield before
        return
    scope = Scope(organisation_id, user_id, signing_in)
    token = _scope.set(scope)
    _tell_database(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)
        # A broken transaction takes the setting back by itself when it is rolled back.
        if not _broken():
            _tell_database(before or Scope())


def _broken() -> bool:
    link = connection.connection
    if link is None or connection.needs_rollback:
        return True
    return bool(link.info.transaction_status == TransactionStatus.INERROR)
