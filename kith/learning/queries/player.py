"""A course as one learner has it: what is read, what comes next, how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.learning.models import (
    Attempt,
    Attended,
    CoursePart,
    CoursePicture,
    LiveSession,
    Progress,
    Seat,
    Work,
)
from kith.learning.permissions import LEARN, SEE_COURSES
from kith.learning.queries.content import frame_of, modules_of, vignettes_of
from kith.learning.rules.onward import Have, Onward, onward
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import PartKind, SeatState, WorkState
from kith.methods.learning.courses.schema import Course


def seats(actor: Actor) -> QuerySet[Seat]:
    """One's own places, with the course and the wording begun."""
    rows = visible(actor, LEARN, Seat.objects.all())
    return rows.select_related("edition__course", "version", "member")


def part_in(seat: Seat, key: str, *kinds: PartKind) -> CoursePart | None:
    """A module or a story of the wording begun, without its text."""
    named = [kind.value for kind in kinds or tuple(PartKind)]
    rows = CoursePart.objects.filter(version=seat.version_id, key=key, kind__in=named)
    return rows.select_related("version").defer("content").order_by("kind").first()


def progress_in(seat: Seat, key: str) -> Progress | None:
    """What one has of a part."""
    found: Progress | None = Progress.objects.filter(seat=seat, part=key).first()
    return found


def pictures(actor: Actor, part: UUID) -> QuerySet[CoursePicture]:
    """Pictures of a part, for whoever may see courses or learns from it."""
    rows = CoursePicture.objects.filter(part=part)
    if has(actor, SEE_COURSES):
        return visible(actor, SEE_COURSES, rows)
    own = visible(actor, LEARN, Seat.objects.all())
    return rows.filter(part__version__in=own.values("version"))


@dataclass(frozen=True)
class PartHad:
    """A module or a story, and what somebody has of it."""

    row: CoursePart
    progress: Progress | None
    work: Work | None
    tries: int = 0

    @property
    def is_module(self) -> bool:
        return self.row.kind == PartKind.MODULE.value

    @property
    def is_done(self) -> bool:
        """Read and passed; of a story, accepted."""
        if self.is_module:
            return bool(self.progress and self.progress.done_on)
        return self.work_state is WorkState.ACCEPTED

    @property
    def work_state(self) -> WorkState | None:
        return WorkState(self.work.state) if self.work else None

    @property
    def have(self) -> Have:
        """The same without tables."""
        read = frozenset(self.progress.screens) if self.progress else frozenset()
        return Have(
            part=self.row.key,
            screens=tuple(self.row.screens),
            read=read & frozenset(self.row.screens),
            is_module=self.is_module,
            is_done=self.is_done,
            work=self.work_state,
        )

    @property
    def minutes_left(self) -> int:
        """Of the minutes it takes, by the screens still to read; a quiz or task is a screen."""
        if self.is_done or self.work_state is WorkState.HANDED_IN:
            return 0
        steps = len(self.row.screens) + 1
        return round(self.row.minutes * (len(self.have.unread) + 1) / steps)


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a course."""

    seat: Seat
    frame: Course
    parts: tuple[PartHad, ...]
    final_passed: bool
    final_tries: int
    live_attended: bool
    sessions: tuple[LiveSession, ...]

    @property
    def modules(self) -> list[PartHad]:
        return [one for one in self.parts if one.is_module]

    @property
    def stories(self) -> list[PartHad]:
        return [one for one in self.parts if not one.is_module]

    @property
    def is_passed(self) -> bool:
        return self.seat.state == SeatState.PASSED.value

    @property
    def may_take_final(self) -> bool:
        return all(one.is_done for one in self.modules)

    @property
    def final_minutes(self) -> int:
        """Minutes that the final test takes: its limit, else 40 seconds a question."""
        asked = self.frame.final_questions_per_module * len(self.modules)
        return self.frame.final_minutes or max(1, asked * 2 // 3)

    @property
    def minutes_left(self) -> int:
        rest = 0 if self.final_passed else self.final_minutes
        return 0 if self.is_passed else rest + sum(one.minutes_left for one in self.parts)

    @property
    def minutes_read(self) -> int:
        """Minutes with a screen in view so far."""
        return sum(one.progress.seconds for one in self.parts if one.progress) // 60

    @cached_property
    def onward(self) -> Onward:
        return onward(
            [one.have for one in self.parts],
            stopped=(self.seat.part, self.seat.screen),
            is_passed=self.is_passed,
            final_passed=self.final_passed,
            live_missing=self.frame.live_session and not self.live_attended,
        )


def standing_of(seat: Seat) -> Standing:
    """All of it; the number of queries does not depend on the course or on others."""
    frame = frame_of(seat.version_id)
    progress = {one.part: one for one in Progress.objects.filter(seat=seat)}
    works = {one.part: one for one in Work.objects.filter(seat=seat)}
    passed = _tries(seat)
    finals = passed.get(FINAL, [])
    rows = [*modules_of(seat.version_id), *vignettes_of(seat.version_id)]
    return Standing(
        seat=seat,
        frame=frame,
        parts=tuple(_had(row, progress, works, passed) for row in rows),
        final_passed=any(finals),
        final_tries=len(finals),
        live_attended=frame.live_session and _has_attended(seat),
        sessions=_sessions(seat) if frame.live_session else (),
    )


def _had(
    row: CoursePart,
    progress: Mapping[str, Progress],
    works: Mapping[str, Work],
    passed: Mapping[str, list[bool | None]],
) -> PartHad:
    is_module = row.kind == PartKind.MODULE.value
    return PartHad(
        row=row,
        progress=progress.get(row.key),
        work=None if is_module else works.get(row.key),
        tries=len(passed.get(row.key, [])) if is_module else 0,
    )


def _tries(seat: Seat) -> dict[str, list[bool | None]]:
    """Part -> whether each attempt at it was passed."""
    found: dict[str, list[bool | None]] = {}
    rows = Attempt.objects.filter(seat=seat).order_by("number").values_list("part", "passed")
    for part, passed in rows:
        found.setdefault(part, []).append(passed)
    return found


def _has_attended(seat: Seat) -> bool:
    rows = Attended.objects.filter(
        member=seat.member_id, session__edition__course=seat.edition.course_id
    )
    return bool(rows.exists())


def _sessions(seat: Seat) -> tuple[LiveSession, ...]:
    return tuple(LiveSession.objects.filter(edition=seat.edition_id).order_by("starts_at"))
