"""The kind of reminder about courses: the room below knows nothing of reminders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kith.base import clock
from kith.base.events import listen
from kith.learning.events import LearnersTold
from kith.learning.permissions import LEARNERS
from kith.reminders.commands import remind
from kith.reminders.queries import courses
from kith.reminders.rules.kinds import Kind, When, add_kind

ANNOUNCEMENT = "learning.announcement"


def plug_in() -> None:
    """Called once when Django is ready."""
    add_kind(
        Kind(
            key=ANNOUNCEMENT,
            title=_("News of a course"),
            sentence=ngettext_lazy(
                "There is news of a course of yours.",
                "There are %(number)d pieces of news of your courses.",
                "number",
            ),
            roles=frozenset(LEARNERS),
            when=When.AT_ONCE,
            still=courses.told_still,
            told=courses.told,
            icon="course",
            order=75,
        )
    )
    listen(LearnersTold, _told)


def _told(fact: LearnersTold) -> None:
    """Whoever learns in the edition hears of it at once."""
    remind(ANNOUNCEMENT, courses.of_announcement(fact.announcement_id), now=clock.now())
