"""How the questions of a course work: difficulty, discrimination, and what was chosen."""

from dataclasses import dataclass
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import Course, CoursePart, CourseVersion, Tally
from kith.learning.permissions import GIVE_COURSES
from kith.learning.queries.content import part_of
from kith.learning.rules.figures import LEAST, Sums, badness, difficulty, discrimination
from kith.learning.rules.states import PartKind, VersionState
from kith.methods.learning.questions.schema import Choosing, Question, Words

AT_ONCE = 20


@dataclass(frozen=True)
class Share:
    """One option, and the share that chose it, 0 to 1; None under ten answers."""

    text: Words
    share: float | None
    is_right: bool


@dataclass(frozen=True)
class Figure:
    """One question with its figures."""

    part: CoursePart
    question: Question
    number: int
    difficulty: float | None
    discrimination: float | None
    shares: list[Share]


@dataclass(frozen=True)
class Page:
    """Some questions, the worst first; and all modules."""

    figures: list[Figure]
    modules: list[CoursePart]
    number: int
    next: int | None


NONE = Sums(0, 0, 0, 0, 0, 0)


def page(actor: Actor, course: Course, *, part: UUID | None, start: int) -> Page:
    """Questions of the wording in use, the worst first."""
    modules = modules_in_use(actor, course)
    asked = [module for module in modules if part in {None, module.pk}]
    rows = Tally.objects.filter(part__in=[module.pk for module in asked])
    tallies = {(row.part_id, row.question): row for row in rows}
    found = [
        (badness(_sums(tally)), module, question, tally)
        for module in asked
        for question in part_of(module).questions
        for tally in (tallies.get((module.pk, question.key)),)
    ]
    found.sort(key=lambda one: (one[0], one[1].position, one[2].key))
    shown = found[start : start + AT_ONCE]
    following = start + AT_ONCE
    return Page(
        [_figure(module, question, tally) for _bad, module, question, tally in shown],
        modules,
        len(found),
        following if len(found) > following else None,
    )


def modules_in_use(actor: Actor, course: Course) -> list[CoursePart]:
    """The modules of the wording in use, without their texts."""
    used = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    rows = CoursePart.objects.filter(version__in=used, kind=PartKind.MODULE.value)
    parts = visible(actor, GIVE_COURSES, rows.defer("content").select_related("version"))
    return list(parts.order_by("position"))


def figure(actor: Actor, part: UUID, key: str) -> Figure | None:
    """One question, whichever wording it belongs to."""
    rows = CoursePart.objects.filter(kind=PartKind.MODULE.value).defer("content")
    parts = visible(actor, GIVE_COURSES, rows.select_related("version__course"))
    row = parts.filter(pk=part).first()
    question = part_of(row).question(key) if row is not None else None
    if row is None or question is None:
        return None
    return _figure(row, question, Tally.objects.filter(part=row, question=key).first())


def _sums(tally: Tally | None) -> Sums:
    if tally is None:
        return NONE
    return Sums(
        tally.number,
        tally.points,
        tally.points_squared,
        tally.rest,
        tally.rest_squared,
        tally.product,
    )


def _figure(part: CoursePart, question: Question, tally: Tally | None) -> Figure:
    sums = _sums(tally)
    chosen = tally.chosen if tally is not None else {}
    return Figure(
        part=part,
        question=question,
        number=sums.number,
        difficulty=difficulty(sums),
        discrimination=discrimination(sums),
        shares=_shares(question, chosen, sums.number),
    )


def _shares(question: Question, chosen: dict[str, int], number: int) -> list[Share]:
    if not isinstance(question, Choosing):
        return []
    return [
        Share(
            one.text,
            chosen.get(one.key, 0) / number if number >= LEAST else None,
            one.weight > 0,
        )
        for one in question.options
    ]
