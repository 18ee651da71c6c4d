"""What everybody may know of an organisation's courses."""

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import Course
from kith.learning.permissions import SEE_COURSES


def course_of(actor: Actor, key: str) -> Course | None:
    """A course by its key."""
    found: Course | None = visible(actor, SEE_COURSES, Course.objects.all()).filter(key=key).first()
    return found
