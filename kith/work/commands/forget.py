"""Letting go: of someone who is erased, and of applications that are long over."""

from collections.abc import Iterable
from uuid import UUID

from kith.work.models import Application, Cv, Interview, Job, Move, Qualification, Sharing


def let_go_of_person(person_id: UUID) -> None:
    """Remove everything of someone who is being erased. Only inside a command."""
    for table in (Move, Interview, Application, Qualification, Job, Cv, Sharing):
        table.objects.filter(person_id=person_id).delete()


def remove_applications(keys: Iterable[UUID]) -> int:
    """Remove applications whose time is over. Only inside a command."""
    rows = Application.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number
