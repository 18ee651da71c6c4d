"""Translating a draft: one piece at a time, stamped with the English it was made from."""

from collections.abc import Mapping
from typing import cast

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.courses import NotADraft
from kith.learning.commands.parts import Gone, ScreenUnusable, edit, unchanged
from kith.learning.models import CoursePart, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.rules.pieces import bodied
from kith.learning.rules.states import VersionState
from kith.learning.rules.translating import (
    Place,
    Text,
    course_texts,
    texts_at,
    with_course_texts,
    with_texts,
)
from kith.methods.learning.courses.schema import Course, Part, questions_in
from kith.methods.learning.questions.checks import structure_faults
from kith.methods.learning.questions.stored import record, sparse


class GapsDiffer(Refused):
    """A gap without a place cannot be filled."""

    sentence = _("The text needs each gap of the English one, such as {1}, exactly once.")


class HalfAScreen(Refused):
    """Learners read a heading and its text in one language."""

    sentence = _("Translate heading and text, or leave both empty.")


@command(WRITE_COURSES, on="part")
def translate_piece(
    actor: Actor,
    *,
    part: CoursePart,
    place: Place,
    name: str,
    language: str,
    texts: Mapping[str, str],
    seen: str,
) -> CoursePart:
    """Keep a piece in a language.

    Raises NotADraft, Gone, ChangedMeanwhile, ScreenUnusable, HalfAScreen, GapsDiffer.
    """

    def changed(old: Part) -> Part:
        before = texts_at(old, place, name, language)
        if before is None:
            raise Gone
        unchanged(shown(before), seen)
        new = with_texts(old, place, name, language, _fitting(place, texts))
        if any(structure_faults(one) for one in questions_in(new) if one.key == name):
            raise GapsDiffer
        return new

    return edit(part, changed)


def shown(texts: list[Text]) -> list[list[str]]:
    """What somebody had before them, for its fingerprint."""
    return [[one.path, one.english, one.other] for one in texts]


def _fitting(place: Place, texts: Mapping[str, str]) -> Mapping[str, str]:
    if place is not Place.SCREEN:
        return texts
    heading, body = texts.get("heading", "").strip(), texts.get("body", "")
    if not heading and not body.strip():
        return {}
    if not heading or not body.strip():
        raise HalfAScreen
    found = bodied(heading, body)
    if found is None:
        raise ScreenUnusable
    return {"heading": found[0], "body": found[1]}


@command(WRITE_COURSES, on="version")
def translate_course(
    actor: Actor, *, version: CourseVersion, language: str, texts: Mapping[str, str], seen: str
) -> CourseVersion:
    """Keep what stands about the whole course in a language. Its title makes the language one of
    the course. Raises NotADraft, ChangedMeanwhile.
    """
    row: CourseVersion = CourseVersion.objects.select_for_update().get(pk=version.pk)
    if row.state != VersionState.DRAFT.value:
        raise NotADraft
    old = cast("Course", record(Course, row.frame, "course"))
    unchanged(shown(course_texts(old, language)), seen)
    new = with_course_texts(old, language, texts)
    row.frame, row.languages = sparse(new), list(new.languages)
    row.save(update_fields=["frame", "languages"])
    return row
