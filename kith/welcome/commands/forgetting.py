"""What is let go of: applications whose clock has run out, and those of people who are erased."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from kith.base import vault
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.welcome.commands.knocking import add_step, stand
from kith.welcome.models import Application, WelcomeTalk
from kith.welcome.permissions import LET_LAPSE
from kith.welcome.rules.states import MAY_LAPSE, Deed, State


@command(LET_LAPSE)
def let_lapse(actor: Actor, *, today: date) -> int:
    """Close applications of mentors who were asked something and never answered; gives how many."""
    silent = Application.objects.select_for_update().filter(
        side__in=[side.value for side in MAY_LAPSE], state=State.ASKED.value, due_on__lt=today
    )
    rows = list(silent)
    for row in rows:
        add_step(actor, row, Deed.LAPSED, today)
        stand(row, State.LAPSED, today)
    return len(rows)


def forget_applications(keys: Iterable[UUID]) -> int:
    """Erase applications for good: the key first, then the row with its history.

    Only inside a command: the retention run calls it.
    """
    rows = list(Application.objects.filter(pk__in=list(keys)))
    for row in rows:
        vault.forget(row.pk)
        row.delete()
    return len(rows)


def forget_person(person_id: UUID) -> None:
    """Let go of what is kept of someone who is being erased. Only inside a command."""
    keys = Application.objects.filter(person=person_id).values_list("pk", flat=True)
    forget_applications(list(keys))
    WelcomeTalk.objects.filter(person=person_id).delete()
