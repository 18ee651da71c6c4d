"""What everybody may know of an organisation's courses."""

from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import Course, CourseVersion
from kith.learning.permissions import SEE_COURSES
from kith.learning.rules.states import VersionState


def course_of(actor: Actor, key: str) -> Course | None:
    """A course by its key."""
    found: Course | None = visible(actor, SEE_COURSES, Course.objects.all()).filter(key=key).first()
    return found


def version_in_use(course: Course) -> UUID | None:
    """The wording that a course is given in now."""
    rows = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    found: UUID | None = rows.values_list("pk", flat=True).first()
    return found
