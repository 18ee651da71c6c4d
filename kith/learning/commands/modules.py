"""Whole modules of a draft: added, moved, taken out."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.courses import NotADraft
from kith.learning.commands.parts import Gone, Head, TooMuch
from kith.learning.models import CoursePart, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.rules.pieces import name_for
from kith.learning.rules.states import PartKind, VersionState
from kith.methods.learning.courses.schema import Module, Screen
from kith.methods.learning.questions.schema import ENGLISH
from kith.methods.learning.questions.stored import sparse

MOST_MODULES = 40
FIRST_SCREEN = "first"


class LastModule(Refused):
    """A course without a module is nothing to learn."""

    sentence = _("This is the only module. A course needs at least one.")


@dataclass(frozen=True)
class _Draft:
    """A locked draft with its modules in their order."""

    version: CourseVersion
    modules: list[CoursePart]

    def number(self, modules: list[CoursePart]) -> None:
        """Keep the modules in this order."""
        for position, row in enumerate(modules):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


@command(WRITE_COURSES, on="version")
def add_module(actor: Actor, *, version: CourseVersion, head: Head) -> CoursePart:
    """A module at the end, with an empty first screen and an empty bank for its quiz.

    Raises NotADraft, TooMuch.
    """
    draft = _locked(version)
    if len(draft.modules) >= MOST_MODULES:
        raise TooMuch
    taken = set(CoursePart.objects.filter(version=version).values_list("key", flat=True))
    module = _new_module(name_for(head.title, taken, "module"), head)
    return CoursePart.objects.create(
        version=draft.version,
        kind=PartKind.MODULE.value,
        position=max((row.position for row in draft.modules), default=-1) + 1,
        key=module.key,
        title=dict(module.title),
        minutes=module.minutes,
        screens=[one.name for one in module.screens],
        content=sparse(module),
    )


def _new_module(key: str, head: Head) -> Module:
    return Module(
        key=key,
        title={ENGLISH: head.title},
        aim={ENGLISH: head.aim},
        minutes=head.minutes,
        screens=(Screen(FIRST_SCREEN, {ENGLISH: head.title}, {ENGLISH: ""}),),
    )


@command(WRITE_COURSES, on="part")
def move_module(actor: Actor, *, part: CoursePart, by: int) -> None:
    """Put a module some places later, or earlier where `by` is below 0. Raises NotADraft, Gone."""
    draft = _locked(part.version)
    row = _its_row(draft, part)
    rest = [one for one in draft.modules if one.pk != row.pk]
    place = max(0, min(len(rest), draft.modules.index(row) + by))
    draft.number([*rest[:place], row, *rest[place:]])


@command(WRITE_COURSES, on="part")
def remove_module(actor: Actor, *, part: CoursePart) -> None:
    """Take a module out of a draft, with its pictures. Raises NotADraft, Gone, LastModule."""
    draft = _locked(part.version)
    row = _its_row(draft, part)
    rest = [one for one in draft.modules if one.pk != row.pk]
    if not rest:
        raise LastModule
    row.delete()
    draft.number(rest)


def _locked(version: CourseVersion) -> _Draft:
    """Two who change the order wait for each other, and for whoever brings it into use."""
    row = CourseVersion.objects.select_for_update().get(pk=version.pk)
    if row.state != VersionState.DRAFT.value:
        raise NotADraft
    modules = CoursePart.objects.filter(version=row, kind=PartKind.MODULE.value).defer("content")
    return _Draft(row, list(modules.order_by("position", "id")))


def _its_row(draft: _Draft, part: CoursePart) -> CoursePart:
    found = next((one for one in draft.modules if one.pk == part.pk), None)
    if found is None:
        raise Gone
    return found
