"""The wording of a course, as the player and the marking read it. What is in use never changes,
so that it is read once by each process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import cast
from uuid import UUID

from kith.learning.models import Attempt, CoursePart, CourseVersion
from kith.learning.rules.states import PartKind, VersionState
from kith.methods.learning.courses.schema import Course, Module, Vignette
from kith.methods.learning.questions.schema import Question
from kith.methods.learning.questions.stored import record

KEPT = 64
"""Parts and frames that a process keeps at hand; a part takes about half a megabyte."""


def frame_of(version_id: UUID) -> Course:
    """The course without its parts."""
    version = CourseVersion.objects.only("state").get(pk=version_id)
    if version.state == VersionState.DRAFT.value:
        return _read_frame(version_id)
    return _kept_frame(version_id)


def modules_of(version_id: UUID) -> list[CoursePart]:
    """Modules in their order, without their texts."""
    return _parts(version_id, PartKind.MODULE)


def vignettes_of(version_id: UUID) -> list[CoursePart]:
    """Stories in their order, without their texts."""
    return _parts(version_id, PartKind.VIGNETTE)


def _parts(version_id: UUID, kind: PartKind) -> list[CoursePart]:
    rows = CoursePart.objects.filter(version=version_id, kind=kind.value).defer("content")
    return list(rows.select_related("version").order_by("position"))


def part_of(row: CoursePart) -> Module:
    """The module of a row."""
    if row.version.state == VersionState.DRAFT.value:
        return _read_module(row.pk)
    return _kept_module(row.pk)


def vignette_of(row: CoursePart) -> Vignette:
    """The story of a row."""
    if row.version.state == VersionState.DRAFT.value:
        return _read_vignette(row.pk)
    return _kept_vignette(row.pk)


def asked_in(attempt: Attempt, version_id: UUID) -> Mapping[str, Question]:
    """module/question -> question, in the order they are asked; what is gone is left out."""
    return asked_among(attempt, {row.key: row for row in modules_of(version_id)})


def asked_among(attempt: Attempt, modules: Mapping[str, CoursePart]) -> Mapping[str, Question]:
    """The same, of modules that are at hand."""
    found: dict[str, Question] = {}
    for key in attempt.questions:
        module, _slash, name = key.partition("/")
        question = part_of(modules[module]).question(name) if module in modules else None
        if question is not None:
            found[key] = question
    return found


def _content(key: UUID) -> object:
    return CoursePart.objects.values_list("content", flat=True).get(pk=key)


def _read_frame(key: UUID) -> Course:
    plain = CourseVersion.objects.values_list("frame", flat=True).get(pk=key)
    return cast("Course", record(Course, plain, "course"))


def _read_module(key: UUID) -> Module:
    return cast("Module", record(Module, _content(key), "module"))


def _read_vignette(key: UUID) -> Vignette:
    return cast("Vignette", record(Vignette, _content(key), "vignette"))


_kept_frame = lru_cache(maxsize=KEPT)(_read_frame)
_kept_module = lru_cache(maxsize=KEPT)(_read_module)
_kept_vignette = lru_cache(maxsize=KEPT)(_read_vignette)
