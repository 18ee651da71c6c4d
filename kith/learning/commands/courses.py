"""Courses of an organisation: taken from files, brought into use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import Course, CoursePart, CoursePicture, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.rules.shipped import SHIPPED
from kith.learning.rules.states import PartKind, VersionState
from kith.methods.learning.courses.reading import read_course
from kith.methods.learning.courses.schema import Course as Written
from kith.methods.learning.courses.schema import Module, Vignette
from kith.methods.learning.courses.stored import picture_files
from kith.methods.learning.questions.stored import sparse

SVG = "image/svg+xml"
Pictures = Mapping[str, Mapping[str, bytes]]
"""Module key -> name -> bytes."""


class NotADraft(Refused):
    """What was in use once stays as it is."""

    sentence = _("This wording was in use already. Make a new one to change something.")


@command(WRITE_COURSES)
def take_shipped(actor: Actor, *, now: datetime) -> list[Course]:
    """Bring the courses that come with Kith up to date; gives those that are new or changed.

    Learners finish the wording they began. A course that an organisation changed itself keeps its
    own wording in use; the new one waits as a draft beside it.
    """
    return [taken for folder in SHIPPED if (taken := _taken(folder, now)) is not None]


def _taken(folder: Path, now: datetime) -> Course | None:
    read = read_course(folder)
    written = read.course
    if written is None:
        raise LookupError(folder.name)
    course = Course.objects.filter(key=written.key).first()
    if course is not None and (course.shipped or 0) >= written.version:
        return None
    course = course or Course(key=written.key)
    is_own = course.pk and _is_changed(course)
    course.title, course.opens, course.shipped = dict(written.title), written.opens, written.version
    course.save()
    pictures = {
        one.key: picture_files(one, read.folders[one.key], read.files) for one in written.modules
    }
    version = keep_version(course, written, pictures)
    if not is_own:
        _use(version, now)
    return course


def _is_changed(course: Course) -> bool:
    """Whether somebody of the organisation made the wording in use."""
    used = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    return used.filter(made_by__isnull=False).exists()


def keep_version(course: Course, written: Written, pictures: Pictures) -> CourseVersion:
    """Keep a wording as a draft. Only inside a command."""
    last = CourseVersion.objects.filter(course=course).aggregate(last=Max("number"))["last"]
    version = CourseVersion.objects.create(
        course=course,
        number=(last or 0) + 1,
        state=VersionState.DRAFT.value,
        frame=sparse(replace(written, modules=(), vignettes=())),
        languages=list(written.languages),
    )
    for position, module in enumerate(written.modules):
        row = _keep_part(version, PartKind.MODULE, position, module)
        _keep_pictures(row, pictures.get(module.key, {}))
    for position, vignette in enumerate(written.vignettes):
        _keep_part(version, PartKind.VIGNETTE, position, vignette)
    return version


def _keep_part(
    version: CourseVersion, kind: PartKind, position: int, part: Module | Vignette
) -> CoursePart:
    return CoursePart.objects.create(
        version=version,
        kind=kind.value,
        position=position,
        key=part.key,
        title=dict(part.title),
        minutes=part.minutes,
        screens=[screen.name for screen in part.screens],
        content=sparse(part),
    )


def _keep_pictures(part: CoursePart, pictures: Mapping[str, bytes]) -> None:
    CoursePicture.objects.bulk_create(
        CoursePicture(part=part, name=name, media_type=SVG, content=content)
        for name, content in sorted(pictures.items())
    )


@command(WRITE_COURSES, on="version")
def use(actor: Actor, *, version: CourseVersion, now: datetime) -> CourseVersion:
    """Let learners who join from now on read this wording. Raises NotADraft."""
    if version.state != VersionState.DRAFT.value:
        raise NotADraft
    return _use(version, now)


def _use(version: CourseVersion, now: datetime) -> CourseVersion:
    before = CourseVersion.objects.filter(course=version.course_id, state=VersionState.IN_USE.value)
    before.update(state=VersionState.BEFORE.value)
    version.state, version.in_use_at = VersionState.IN_USE.value, now
    version.save(update_fields=["state", "in_use_at"])
    course = version.course
    course.title = version.frame["title"]
    course.save(update_fields=["title"])
    return version
