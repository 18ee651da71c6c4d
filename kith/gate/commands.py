"""@command and @reads: the one way to write, and the way to look at a protected record.

A command checks the permission, opens the transaction, enters the organisation's scope, lifts the
write permit, runs the act and adds its line to the audit chain. Commands may call commands of
lower rooms: same transaction, own check, own line.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction

from kith.base import permit, scope
from kith.base.errors import Denied, ReasonNeeded
from kith.base.models import Organisation
from kith.gate import audit
from kith.gate.actor import Actor
from kith.gate.permissions import Permission, Scope, allows

P = ParamSpec("P")
Result = TypeVar("Result")


@dataclass
class _Trail:
    actor: Actor
    lines: list[audit.Line] = field(default_factory=list)


_trail: ContextVar[_Trail | None] = ContextVar("kith_audit_trail", default=None)


def command(
    needed: Permission, *, on: str | None = None
) -> Callable[[Callable[Concatenate[Actor, P], Result]], Callable[Concatenate[Actor, P], Result]]:
    """Make a function an act. `on` names the keyword argument whose row is acted on.

    Raises Denied when the actor may not; whatever the act raises undoes everything.
    """

    def dress(
        act: Callable[Concatenate[Actor, P], Result],
    ) -> Callable[Concatenate[Actor, P], Result]:
        @wraps(act)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Result:
            row = kwargs.get(on) if on else None
            with _transaction(actor):
                check(actor, needed, row)
                with permit.lifted() as touched:
                    result = act(actor, *args, **kwargs)
                _note(needed, row if row is not None else result, touched)
            return result

        run.permission = needed  # type: ignore[attr-defined]
        run.acts_on = on  # type: ignore[attr-defined]
        return run

    return dress


def reads(
    needed: Permission, *, on: str, own: Scope | None = None
) -> Callable[[Callable[Concatenate[Actor, P], Result]], Callable[Concatenate[Actor, P], Result]]:
    """Make a function a protected read: its row is checked and the look is noted in the audit.

    With `own`, rows outside that scope open only with a reason the actor gave for the row.
    Raises Denied, ReasonNeeded.
    """

    def dress(
        look: Callable[Concatenate[Actor, P], Result],
    ) -> Callable[Concatenate[Actor, P], Result]:
        @wraps(look)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Result:
            row = kwargs[on]
            with _transaction(actor):
                check(actor, needed, row)
                reason = _reason(actor, row, own)
                result = look(actor, *args, **kwargs)
                _note(needed, row, permit.Touched(), reason=reason)
            return result

        run.permission = needed  # type: ignore[attr-defined]
        return run

    return dress


def check(actor: Actor, needed: Permission, row: object = None) -> None:
    """Raise Denied unless the actor may do this, to this row where one is given."""
    subject = row if isinstance(row, models.Model) else None
    if not allows(actor, needed, subject):
        raise Denied(refused=needed.name, row=subject)


def _reason(actor: Actor, row: object, own: Scope | None) -> str:
    if own is None or not isinstance(row, models.Model):
        return ""
    if type(row)._default_manager.filter(own(actor), pk=row.pk).exists():
        return ""
    reason = actor.reasons.get(str(row.pk), "")
    if not reason:
        raise ReasonNeeded(row.pk)
    return reason


@contextmanager
def _transaction(actor: Actor) -> Iterator[None]:
    outer = _trail.get()
    if outer is not None and outer.actor is actor:
        yield
        return
    trail = _Trail(actor)
    token = _trail.set(trail)
    try:
        with scope.entered(actor.organisation_id, user_id=actor.user_id), transaction.atomic():
            yield
            audit.write(actor, trail.lines)
    except Denied as refusal:
        _note_refusal(actor, refusal)
        raise
    finally:
        _trail.reset(token)


def _note_refusal(actor: Actor, refusal: Denied) -> None:
    """Keep who tried what in vain; the act itself was undone before."""
    if actor.is_signed_in and refusal.refused:
        row = refusal.row if isinstance(refusal.row, models.Model) else None
        note(actor, f"refused: {refusal.refused}", row)


def _note(needed: Permission, row: object, touched: permit.Touched, *, reason: str = "") -> None:
    trail = _trail.get()
    if trail is None:
        return
    named = isinstance(row, models.Model)
    trail.lines.append(
        audit.Line(
            verb=needed.name,
            row_model=row._meta.label if isinstance(row, models.Model) else "",
            row_id=row.pk if named and isinstance(row.pk, UUID) else None,  # type: ignore[attr-defined]
            changes={model: sorted(names) for model, names in sorted(touched.fields.items())},
            reason=reason,
        )
    )


@contextmanager
def founding(organisation: Organisation) -> Iterator[None]:
    """Write the first rows of an organisation, before anyone has a role in it.

    Used by the start page, invitations being accepted, and the demo programme; each notes what
    it did under its own verb with `note`.
    """
    with (
        scope.entered(organisation.pk),
        transaction.atomic(),
        permit.lifted(),
    ):
        yield


def note(actor: Actor, verb: str, row: models.Model | None = None, *, reason: str = "") -> None:
    """Add one line to the chain outside a command: sign-ins, refusals, first rows."""
    line = audit.Line(
        verb=verb,
        row_model=row._meta.label if row is not None else "",
        row_id=row.pk if row is not None else None,
        reason=reason,
    )
    with scope.entered(actor.organisation_id, user_id=actor.user_id), transaction.atomic():
        audit.write(actor, [line])
