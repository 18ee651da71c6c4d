"""What is let go of with a person who is being erased."""

from uuid import UUID

from kith.mentors.commands.references import forget_references
from kith.mentors.models import ConductAcceptance, Rest
from kith.mentors.queries.references import of_person


def forget_person(person_id: UUID) -> None:
    """Let go of everything of this room about someone. Only inside a command."""
    ConductAcceptance.objects.filter(person=person_id).delete()
    Rest.objects.filter(person=person_id).delete()
    forget_references(of_person(person_id))
