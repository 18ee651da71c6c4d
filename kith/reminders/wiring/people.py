"""The kinds of reminders about what rooms below keep."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kith.gate.roles import Role
from kith.people.rules import CHECK_WARNING_DAYS
from kith.reminders.queries import checks
from kith.reminders.rules.kinds import Kind, When, add_kind

MENTORS = frozenset({Role.MENTOR, Role.GROUP_LEAD})


def plug_in() -> None:
    """Called once when Django is ready."""
    add_kind(
        Kind(
            key="people.check_ends",
            title=_("A check of a mentor ends"),
            sentence=ngettext_lazy(
                "One of your checks ends soon.",
                "%(number)d of your checks end soon.",
                "number",
            ),
            roles=MENTORS,
            when=When.BEFORE,
            days=CHECK_WARNING_DAYS,
            source=checks.ending_checks,
            still=checks.checks_still,
            told=checks.checks_told,
            icon="paper",
            order=70,
        )
    )
    add_kind(
        Kind(
            key="people.training_ends",
            title=_("The training of a mentor has to be renewed"),
            sentence=ngettext_lazy(
                "Your training ends soon.", "%(number)d trainings of yours end soon.", "number"
            ),
            roles=MENTORS,
            when=When.BEFORE,
            days=CHECK_WARNING_DAYS,
            source=checks.ending_trainings,
            still=checks.trainings_still,
            icon="learning",
            order=71,
        )
    )
