"""Drafts of a course: copied from the wording in use or taken from files, used or discarded."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.courses import NotADraft, Pictures, keep_version
from kith.learning.commands.courses import use as bring_in
from kith.learning.commands.planning import NoWording
from kith.learning.models import Course, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries.wordings import (
    draft_of,
    picture_bytes,
    reading_of,
    version_in_use,
    whole,
)
from kith.learning.rules.states import VersionState
from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.courses.schema import Course as Written
from kith.methods.learning.courses.schema import Part, questions_in

LONGEST_KEY, LONGEST_PICTURE, LONGEST_LANGUAGE = 60, 100, 8


class DraftExists(Refused):
    """Two drafts of one course would be taken for each other."""

    sentence = _("There is a draft of this course already. Go on with that one, or discard it.")


class NotReady(Refused):
    """The checks have found something that learners would stumble over."""

    sentence = _("The checks still name something to change. Nothing was brought into use.")


class NamesTooLong(Refused):
    """A name that no table holds."""

    sentence = _("Keys and names have 60 letters at most, names of pictures 100.")


@command(WRITE_COURSES, on="course")
def copy_wording(actor: Actor, *, course: Course) -> CourseVersion:
    """A draft with the text of the wording in use. Raises DraftExists, NoWording."""
    _lock(course)
    if draft_of(course) is not None:
        raise DraftExists
    used = version_in_use(course)
    if used is None:
        raise NoWording
    return _keep(actor, course, whole(used), picture_bytes(used))


@command(WRITE_COURSES)
def take_files(actor: Actor, *, written: Written, pictures: Pictures) -> CourseVersion:
    """A draft from files: of the course with the same key, or of a new one.

    Raises DraftExists, NamesTooLong.
    """
    _check_names(written)
    course = Course.objects.select_for_update().filter(key=written.key).first()
    if course is None:
        course = Course(key=written.key, title=dict(written.title), opens=written.opens.value)
        course.save()
    if draft_of(course) is not None:
        raise DraftExists
    return _keep(actor, course, written, pictures)


def _check_names(written: Written) -> None:
    parts: list[Part] = [*written.modules, *written.vignettes]
    names = [written.key, *(one.key for one in parts)]
    names += [one.name for part in parts for one in part.screens]
    names += [one.key for part in parts for one in questions_in(part)]
    pictures = [one.name for module in written.modules for one in module.pictures]
    if any(len(one) > LONGEST_KEY for one in names) or any(
        len(one) > LONGEST_PICTURE for one in pictures
    ):
        raise NamesTooLong
    if any(len(one) > LONGEST_LANGUAGE for one in written.languages):
        raise NamesTooLong


def _keep(actor: Actor, course: Course, written: Written, pictures: Pictures) -> CourseVersion:
    version = keep_version(course, written, pictures)
    version.made_by = actor.membership
    version.save(update_fields=["made_by"])
    return version


def _lock(course: Course) -> None:
    Course.objects.select_for_update().get(pk=course.pk)


@command(WRITE_COURSES, on="version")
def bring_into_use(actor: Actor, *, version: CourseVersion, now: datetime) -> CourseVersion:
    """Let those who join from now on read it. Raises NotADraft, NotReady."""
    _lock(version.course)
    if check_course(reading_of(version)).errors:
        raise NotReady
    return bring_in(actor, version=version, now=now)


@command(WRITE_COURSES, on="version")
def discard_draft(actor: Actor, *, version: CourseVersion) -> None:
    """Throw a draft away; nobody learns from it. Raises NotADraft."""
    version = CourseVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != VersionState.DRAFT.value:
        raise NotADraft
    version.delete()
