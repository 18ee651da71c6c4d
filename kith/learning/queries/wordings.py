"""Wordings of courses for those who write them: lists, one part at a time, and all of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import Course, CoursePart, CoursePicture, CourseVersion, Seat, Tally
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries.content import frame_of, part_of, vignette_of
from kith.learning.rules.states import PartKind, SeatState, VersionState
from kith.methods.learning.courses.reading import Reading
from kith.methods.learning.courses.schema import Course as Written
from kith.methods.learning.courses.schema import Part, Vignette
from kith.methods.learning.courses.writing import folder_of, picture_paths

SHOWN = 20


@dataclass(frozen=True)
class Wording:
    """One wording with how many people learn from it now."""

    row: CourseVersion
    learners: int


@dataclass(frozen=True)
class CourseLine:
    course: Course
    wordings: tuple[Wording, ...]

    @property
    def draft(self) -> CourseVersion | None:
        return self._in(VersionState.DRAFT)

    @property
    def in_use(self) -> CourseVersion | None:
        return self._in(VersionState.IN_USE)

    def _in(self, state: VersionState) -> CourseVersion | None:
        return next((one.row for one in self.wordings if one.row.state == state.value), None)


def course_lines(actor: Actor, *, after: str) -> tuple[list[CourseLine], str]:
    """Courses by their keys with all wordings, newest first; and where to go on, or nothing."""
    rows = courses(actor).filter(key__gt=after).order_by("key")
    found = list(rows[: SHOWN + 1])
    shown = found[:SHOWN]
    wordings = _wordings(shown)
    lines = [CourseLine(one, tuple(wordings[one.pk])) for one in shown]
    return lines, shown[-1].key if len(found) > SHOWN else ""


def _wordings(shown: Iterable[Course]) -> dict[UUID, list[Wording]]:
    versions = CourseVersion.objects.filter(course__in=list(shown)).defer("frame")
    learning = Seat.objects.filter(version__in=versions, state=SeatState.LEARNING.value)
    counts = dict(learning.values_list("version").annotate(number=Count("pk")))
    found: dict[UUID, list[Wording]] = defaultdict(list)
    for one in versions.select_related("made_by").order_by("-number"):
        found[one.course_id].append(Wording(one, counts.get(one.pk, 0)))
    return found


def courses(actor: Actor) -> QuerySet[Course]:
    return visible(actor, WRITE_COURSES, Course.objects.all())


def versions(actor: Actor) -> QuerySet[CourseVersion]:
    """Every wording of the organisation's courses."""
    return visible(actor, WRITE_COURSES, CourseVersion.objects.select_related("course", "made_by"))


def parts(actor: Actor) -> QuerySet[CoursePart]:
    """Modules and stories of every wording, without their texts."""
    rows = CoursePart.objects.select_related("version__course").defer("content", "version__frame")
    return visible(actor, WRITE_COURSES, rows)


def parts_of(version: CourseVersion) -> list[CoursePart]:
    """Modules, then stories, each in their order, without their texts."""
    rows = CoursePart.objects.filter(version=version).defer("content").select_related("version")
    return list(rows.order_by("kind", "position"))


def content_of(row: CoursePart) -> Part:
    """The module or the story of a row."""
    return vignette_of(row) if row.kind == PartKind.VIGNETTE.value else part_of(row)


def whole(version: CourseVersion) -> Written:
    """The course with all its parts."""
    rows = parts_of(version)
    modules = tuple(part_of(one) for one in rows if one.kind == PartKind.MODULE.value)
    stories = tuple(vignette_of(one) for one in rows if one.kind == PartKind.VIGNETTE.value)
    return replace(frame_of(version.pk), modules=modules, vignettes=stories)


def picture_bytes(version: CourseVersion) -> dict[str, dict[str, bytes]]:
    """Key of a module -> name -> bytes."""
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    for one in CoursePicture.objects.filter(part__version=version).select_related("part"):
        found[one.part.key][one.name] = bytes(one.content)
    return dict(found)


def reading_of(version: CourseVersion) -> Reading:
    """A wording as the checks take it: without files of texts, so that findings name screens."""
    course = whole(version)
    folders = {one.key: folder_of(one, at) for at, one in enumerate(course.modules, start=1)}
    folders |= {one.key: folder_of(one) for one in course.vignettes}
    return Reading(course, (), picture_paths(course, picture_bytes(version)), folders)


def version_in_use(course: Course) -> CourseVersion | None:
    rows = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    return rows.first()


def draft_of(course: Course) -> CourseVersion | None:
    rows = CourseVersion.objects.filter(course=course, state=VersionState.DRAFT.value)
    return rows.order_by("-number").first()


def pictures_of(row: CoursePart) -> list[CoursePicture]:
    """The pictures of a part by name, without their bytes."""
    return list(CoursePicture.objects.filter(part=row).defer("content").order_by("name"))


def pictures(actor: Actor) -> QuerySet[CoursePicture]:
    return visible(actor, WRITE_COURSES, CoursePicture.objects.select_related("part__version"))


def stories_about(row: CoursePart) -> list[Vignette]:
    """The stories of the same wording in which something is looked for that a module teaches."""
    stories = (one for one in parts_of(row.version) if one.kind == PartKind.VIGNETTE.value)
    return [one for one in map(vignette_of, stories) if _leads_to(one, row.key)]


def _leads_to(story: Vignette, module: str) -> bool:
    taught = (one.taught or "" for task in story.tasks for one in task.criteria)
    return any(one.partition("/")[0] == module for one in taught)


@dataclass(frozen=True)
class Asked:
    """How often a question was answered by learners of any wording, and the share of points."""

    number: int
    percent: int


def asked_of(row: CoursePart) -> dict[str, Asked]:
    """Question -> how it did, over all wordings of the course."""
    same = Tally.objects.filter(part__version__course=row.version.course_id, part__key=row.key)
    sums: dict[str, tuple[int, float]] = {}
    for key, number, points in same.values_list("question", "number", "points"):
        before = sums.get(key, (0, 0.0))
        sums[key] = (before[0] + number, before[1] + points)
    return {
        key: Asked(number, round(100 * points / number))
        for key, (number, points) in sums.items()
        if number
    }
