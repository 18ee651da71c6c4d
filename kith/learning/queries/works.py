"""What learners handed in about made-up stories, for those who read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import CoursePart, Work
from kith.learning.permissions import READ_WORK
from kith.learning.queries.editions import is_key
from kith.learning.rules.states import PartKind, WorkState
from kith.methods.learning.questions.schema import Words

AT_ONCE = 20
MOST_COUNTED = 99


@dataclass(frozen=True)
class Line:
    """One answer of the list, and the name of its story."""

    work: Work
    story: Words


@dataclass(frozen=True)
class Page:
    """A page of the list, and where the next one begins."""

    lines: list[Line]
    after: str


def works(actor: Actor) -> "QuerySet[Work]":
    """The answers this actor reads; drafts are nobody's business."""
    rows = Work.objects.exclude(state=WorkState.DRAFT.value)
    return visible(actor, READ_WORK, rows.select_related("seat__edition__course", "seat__member"))


def number_waiting(actor: Actor) -> int:
    """How many answers wait to be read, at most one more than 99."""
    rows = _waiting(actor).order_by()
    return rows.select_related(None)[: MOST_COUNTED + 1].count()


def oldest_waiting(actor: Actor) -> Work | None:
    """The answer that waits longest."""
    return _waiting(actor).order_by("handed_in_at", "id").first()


def waiting(actor: Actor, *, after: str = "") -> Page:
    """Answers that wait to be read, the oldest first."""
    rows = _waiting(actor)
    at, key = _mark(after)
    if at is not None:
        rows = rows.filter(Q(handed_in_at__gt=at) | Q(handed_in_at=at, id__gt=key))
    found = list(rows.order_by("handed_in_at", "id")[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    last = found[-1] if more else None
    after = f"{last.handed_in_at.isoformat()}_{last.pk}" if last and last.handed_in_at else ""
    stories = _stories(found)
    return Page([Line(one, stories[one.pk]) for one in found], after)


def story_row(work: Work) -> CoursePart:
    """The story in the wording that the learner read."""
    rows = CoursePart.objects.select_related("version")
    found: CoursePart = rows.get(
        version=work.seat.version_id, kind=PartKind.VIGNETTE.value, key=work.part
    )
    return found


def _waiting(actor: Actor) -> "QuerySet[Work]":
    return works(actor).filter(state=WorkState.HANDED_IN.value)


def _stories(found: Iterable[Work]) -> dict[UUID, Words]:
    works = list(found)
    rows = CoursePart.objects.filter(
        version__in={one.seat.version_id for one in works},
        key__in={one.part for one in works},
        kind=PartKind.VIGNETTE.value,
    )
    titles = {(row[0], row[1]): row[2] for row in rows.values_list("version", "key", "title")}
    return {one.pk: titles.get((one.seat.version_id, one.part), {"en": one.part}) for one in works}


def _mark(after: str) -> tuple[datetime, UUID] | tuple[None, None]:
    at, _line, key = after.partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None, None
    if moment.tzinfo is None or not is_key(key):
        return None, None
    return moment, UUID(key)
