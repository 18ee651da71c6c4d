"""Open answers to made-up stories: written by learners, read by trainers."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.finishing import settle
from kith.learning.commands.reading import HasLeft
from kith.learning.models import CoursePart, Seat, Work
from kith.learning.permissions import LEARN, READ_WORK
from kith.learning.queries.content import vignette_of
from kith.learning.rules.states import NEXT_WORK, Judged, SeatState, WorkState

LONGEST_ANSWER = 6000
LONGEST_FEEDBACK = 4000


class WithTheTrainer(Refused):
    """What is being read is not changed."""

    sentence = _("A trainer is reading this answer. You can write on when it comes back.")


class TaskUnanswered(Refused):
    """Every task asks for some words."""

    sentence = _("Write something for each task before you hand it in. What you wrote is kept.")


class FeedbackMissing(Refused):
    """A learner is always told something."""

    sentence = _("Write to the learner what was good and what is missing.")


class JudgementMissing(Refused):
    """Every point to look for gets a word."""

    sentence = _("Say of each point whether it is there, partly there, or not yet.")


class NotHandedIn(Refused):
    """There is nothing to read, or somebody has read it already."""

    sentence = _("This answer is not waiting to be read.")


@command(LEARN, on="seat")
def keep_draft(actor: Actor, *, seat: Seat, part: CoursePart, answers: Mapping[str, str]) -> Work:
    """Keep what somebody wrote so far. Raises WithTheTrainer, HasLeft."""
    if seat.state == SeatState.LEFT.value:
        raise HasLeft
    work = _work(seat, part)
    if WorkState(work.state) in {WorkState.HANDED_IN, WorkState.ACCEPTED}:
        raise WithTheTrainer
    tasks = vignette_of(part).tasks
    kept = {task.key: answers.get(task.key, "")[:LONGEST_ANSWER] for task in tasks}
    work.answers = json.dumps(kept)
    work.save()
    return work


def _work(seat: Seat, part: CoursePart) -> Work:
    found = Work.objects.select_for_update().filter(seat=seat, part=part.key).first()
    return found or Work(seat=seat, user=seat.member.user_id, part=part.key)


@command(LEARN, on="seat")
def hand_in(
    actor: Actor, *, seat: Seat, part: CoursePart, answers: Mapping[str, str], now: datetime
) -> Work:
    """Give an answer to a trainer. Raises TaskUnanswered, WithTheTrainer, HasLeft."""
    work = keep_draft(actor, seat=seat, part=part, answers=answers)
    if not all(text.strip() for text in json.loads(work.answers).values()):
        raise TaskUnanswered
    work.state, work.handed_in_at = WorkState.HANDED_IN.value, now
    work.save(update_fields=["state", "handed_in_at"])
    return work


@command(READ_WORK, on="work")
def keep_reading(actor: Actor, *, work: Work, judged: Mapping[str, str], feedback: str) -> Work:
    """Keep what a trainer wrote so far, out of the learner's sight. Raises NotHandedIn."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if work.state != WorkState.HANDED_IN.value:
        raise NotHandedIn
    work.reading = json.dumps({"judged": dict(judged), "feedback": feedback[:LONGEST_FEEDBACK]})
    work.save(update_fields=["reading"])
    return work


@command(READ_WORK, on="work")
def answer_work(
    actor: Actor,
    *,
    work: Work,
    accept: bool,
    judged: Mapping[str, str],
    feedback: str,
    now: datetime,
) -> Work:
    """Write back to a learner, and accept the answer or ask for more.

    judged  task/criterion -> there, partly, not_yet

    Raises NotHandedIn, FeedbackMissing, JudgementMissing.
    """
    work = Work.objects.select_for_update().get(pk=work.pk)
    target = WorkState.ACCEPTED if accept else WorkState.RETURNED
    if target not in NEXT_WORK[WorkState(work.state)]:
        raise NotHandedIn
    if not feedback.strip():
        raise FeedbackMissing
    work.judged = _judged(work, judged)
    work.feedback, work.state = feedback[:LONGEST_FEEDBACK], target.value
    work.reading = ""
    work.read_by, work.read_at = actor.membership, now
    work.save()
    settle(actor, work.seat, today=timezone.localdate(now))
    return work


def _judged(work: Work, judged: Mapping[str, str]) -> dict[str, str]:
    row = CoursePart.objects.select_related("version").get(
        version=work.seat.version_id, kind="vignette", key=work.part
    )
    asked = [
        f"{task.key}/{criterion.key}"
        for task in vignette_of(row).tasks
        for criterion in task.criteria
    ]
    known = {key: judged[key] for key in asked if judged.get(key) in set(Judged)}
    if len(known) < len(asked):
        raise JudgementMissing
    return known
