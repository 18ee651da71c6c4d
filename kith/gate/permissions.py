"""What each role may do, declared once: the same Q lists the rows and checks the one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from kith.gate.actor import Actor, ActorKind
from kith.gate.roles import Role

Scope = Callable[[Actor], Q]
Rows = TypeVar("Rows", bound="QuerySet[Any]")


def everything(_actor: Actor) -> Q:
    """All rows of the actor's organisation."""
    return Q()


def nothing(_actor: Actor) -> Q:
    """No row at all."""
    return Q(pk__in=[])


@dataclass(frozen=True)
class Permission:
    """One thing that may be done: its name is also the audit verb."""

    name: str
    sentence: str | Promise
    grants: Mapping[Role, Scope]
    jobs: frozenset[str] = frozenset()
    fields: Mapping[Role, frozenset[str]] | None = None
    open_to_visitors: bool = False

    def __hash__(self) -> int:
        return hash(self.name)


_register: dict[str, Permission] = {}


class DeclaredTwice(RuntimeError):
    """Two rooms declared a permission of the same name."""


def permission(
    name: str,
    sentence: str | Promise,
    grants: Mapping[Role, Scope],
    *,
    jobs: tuple[str, ...] = (),
    fields: Mapping[Role, frozenset[str]] | None = None,
    open_to_visitors: bool = False,
) -> Permission:
    """Declare a permission: role → scope, jobs by name, readable fields where a role sees fewer.

    Raises DeclaredTwice.
    """
    if name in _register:
        raise DeclaredTwice(name)
    declared = Permission(name, sentence, dict(grants), frozenset(jobs), fields, open_to_visitors)
    _register[name] = declared
    return declared


def all_permissions() -> list[Permission]:
    """Every declared permission, by name."""
    return [_register[name] for name in sorted(_register)]


def has(actor: Actor, needed: Permission) -> bool:
    """Whether the actor has the permission for at least some rows."""
    if actor.kind is ActorKind.ANONYMOUS:
        return needed.open_to_visitors
    if actor.kind is ActorKind.JOB:
        return actor.job in needed.jobs
    return any(role in needed.grants for role in actor.roles)


def reach(actor: Actor, needed: Permission) -> Q:
    """The rows this permission reaches, as one Q; roles only ever add."""
    if not has(actor, needed):
        return Q(pk__in=[])
    if actor.kind is not ActorKind.PERSON:
        return Q()
    reached = Q(pk__in=[])
    for role in sorted(actor.roles):
        scope = needed.grants.get(role)
        if scope is everything:
            return Q()
        if scope is not None:
            reached |= scope(actor)
    return reached


def visible(actor: Actor, needed: Permission, rows: Rows) -> Rows:
    """The rows of the actor's organisation that the permission reaches."""
    return rows.filter(reach(actor, needed), organisation_id=actor.organisation_id)


def allows(actor: Actor, needed: Permission, row: Model | None = None) -> bool:
    """Whether the actor may do this at all, or to this one row: the same Q decides."""
    if not has(actor, needed):
        return False
    if row is None:
        return True
    if getattr(row, "organisation_id", actor.organisation_id) != actor.organisation_id:
        return False
    asked = reach(actor, needed)
    if asked == Q():
        return True
    return type(row)._default_manager.filter(asked, pk=row.pk).exists()


def readable_fields(actor: Actor, needed: Permission) -> frozenset[str] | None:
    """The fields this actor may see with the permission; None means all."""
    if needed.fields is None:
        return None
    seen: frozenset[str] = frozenset()
    for role in actor.roles & set(needed.grants):
        if role not in needed.fields:
            return None
        seen |= needed.fields[role]
    return seen
