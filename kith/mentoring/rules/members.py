"""Who belongs to a match: why someone leaves, and the roles that a programme names."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kith.matching.rules.words import called
from kith.programmes.rules import GroupRole, GroupShape, ProgrammeTemplate
from kith.web.words import and_list


class LeaveReason(StrEnum):
    """Why someone leaves a match that goes on. Nobody is asked for more than this."""

    HANDED_OVER = "handed_over"
    CAME_BACK = "came_back"
    NO_TIME = "no_time"
    MOVED_AWAY = "moved_away"
    OWN_WISH = "own_wish"
    OTHER = "other"


LEAVE_WORDS: dict[LeaveReason, str | Promise] = {
    LeaveReason.HANDED_OVER: _lazy("Someone else has taken over"),
    LeaveReason.CAME_BACK: _lazy("Whoever they stood in for is back"),
    LeaveReason.NO_TIME: _lazy("There is no time for it now"),
    LeaveReason.MOVED_AWAY: _lazy("Moved away"),
    LeaveReason.OWN_WISH: _lazy("Wished to stop"),
    LeaveReason.OTHER: _lazy("Another reason"),
}


def roles_of(template: ProgrammeTemplate) -> tuple[GroupRole, ...]:
    """The roles in a group of this programme; none where people meet in pairs."""
    return template.group.roles if template.group else ()


def known_roles(template: ProgrammeTemplate, keys: Collection[str]) -> list[str]:
    """Those keys that are roles of the programme, in its order."""
    return [role.key for role in roles_of(template) if role.key in keys]


def open_roles(template: ProgrammeTemplate, taken: Iterable[str]) -> tuple[GroupRole, ...]:
    """The roles that nobody has taken."""
    held = set(taken)
    return tuple(role for role in roles_of(template) if role.key not in held)


def role_names(template: ProgrammeTemplate, keys: Collection[str]) -> list[str]:
    """The names of some roles in the language of the page."""
    language = get_language() or "en"
    return [role.name.say(language) for role in roles_of(template) if role.key in keys]


def role_tasks(template: ProgrammeTemplate, keys: Collection[str]) -> list[str]:
    """What people in these roles look after, a sentence each."""
    language = get_language() or "en"
    return [role.task.say(language) for role in roles_of(template) if role.key in keys]


def fits(shape: GroupShape | None, size: int) -> bool:
    """Whether a group is as large as the programme says."""
    return shape is not None and shape.group_min <= size <= shape.group_max


class Grouped(Protocol):
    """A match as far as its names go."""

    group: Any
    mentor: Any
    participant: Any

    @property
    def is_group(self) -> bool:
        """Whether a group goes with the participant."""


def mentors_side(match: Grouped) -> str:
    """Who goes with the participant: the mentor, or the group by its name."""
    if not match.is_group:
        return called(match.mentor)
    if match.group is not None:
        return str(match.group.name)
    return _("the group of %(name)s") % {"name": called(match.mentor)}


def both_sides(match: Grouped) -> str:
    """The names of a match, as staff read them."""
    return and_list([called(match.participant), mentors_side(match)])
