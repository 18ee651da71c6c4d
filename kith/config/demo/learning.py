"""Courses in the demo: two editions, learners on their way, one who finished, an answer to read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kith.base.models import Organisation
from kith.gate.actor import Actor, member_actor, visitor_of
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.learning.commands import asking, joining, planning, reading, trying, writing
from kith.learning.commands.asking import Wish
from kith.learning.commands.courses import take_shipped
from kith.learning.models import Course, CoursePart, Edition, Seat, Work
from kith.learning.queries.content import asked_in, modules_of, vignettes_of
from kith.learning.rules.joining import PARTNER_COUNTRIES
from kith.learning.rules.passing import FINAL
from kith.methods.learning.questions.schema import (
    Choosing,
    Gapped,
    Matching,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
)

LEARNERS = (Role.SUPERVISOR, Role.MENTOR, Role.GROUP_LEAD, Role.SAFEGUARDING_LEAD)
STORIES = {
    "amals-letter": (
        "I would sit down with her and read the letter aloud, look for the day by which an answer"
        " is due, and ask what she wants. I would not call the landlord for her."
    ),
}


def make_learning(*, now: datetime) -> None:
    """Courses that come with Kith, an edition that is open and one that has closed."""
    trainer = member_actor(Membership.objects.get(roles=[Role.TRAINER.value]))
    begun = now - timedelta(days=40)
    courses = {course.key: course for course in take_shipped(trainer, now=begun)}
    mentoring = _edition(trainer, courses["helping-newcomers"], "Winter 2026/27", begun, days=120)
    support = _edition(trainer, courses["understanding-vulnerability"], "Winter", begun, days=120)
    _edition(trainer, courses["helping-newcomers"], "Autumn", now - timedelta(days=150), days=90)
    _sessions(trainer, support, now)
    seats = _seats(mentoring, now=begun)
    _finish(trainer, seats[0], now=begun + timedelta(days=20))
    _hand_in(seats[1], now=now - timedelta(days=2))
    for seat in seats[1:]:
        _read(seat, modules=1, now=now - timedelta(days=16))
    planning.tell(
        trainer,
        edition=mentoring,
        title="Welcome",
        body="Take one module a week. Write to me when something is unclear.",
    )
    _request(trainer.organisation, now=now)


def _edition(trainer: Actor, course: Course, title: str, begin: datetime, *, days: int) -> Edition:
    first = timezone.localdate(begin)
    plan = planning.EditionPlan(
        title=title,
        starts_on=first,
        closes_on=first + timedelta(days=days - 30),
        ends_on=first + timedelta(days=days),
        countries=PARTNER_COUNTRIES,
        seats=40,
        is_public=True,
        trainer=trainer.membership,
    )
    return planning.plan_edition(trainer, course=course, plan=plan)


def _sessions(trainer: Actor, edition: Edition, now: datetime) -> None:
    for days in (-7, 14):
        begin = (now + timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)
        planning.plan_session(
            trainer,
            edition=edition,
            starts_at=begin,
            minutes=120,
            place="",
            link="https://meet.example.org/mosty",
        )


def _seats(edition: Edition, *, now: datetime) -> list[Seat]:
    found: list[Seat] = []
    for role in LEARNERS:
        member = Membership.objects.filter(roles__contains=[role.value]).order_by("id").first()
        if member is not None and not any(seat.member_id == member.pk for seat in found):
            seat = joining.join(
                member_actor(member),
                edition=edition,
                country="PL",
                language="en",
                today=timezone.localdate(now),
                now=now,
            )
            found.append(seat)
    return found


def _read(seat: Seat, *, modules: int, now: datetime) -> None:
    actor = member_actor(seat.member)
    for part in modules_of(seat.version_id)[:modules]:
        for screen in part.screens:
            reading.read_screen(actor, seat=seat, part=part, screen=screen, seconds=95, now=now)


def _try(seat: Seat, part: str, *, now: datetime) -> None:
    actor = member_actor(seat.member)
    attempt = trying.begin(actor, seat=seat, part=part, language="en", now=now)
    answers = {
        key: right_answer(question) for key, question in asked_in(attempt, seat.version_id).items()
    }
    trying.keep_answers(actor, seat=seat, attempt=attempt, answers=answers, now=now)
    trying.finish(actor, seat=seat, attempt=attempt, now=now)


def _hand_in(seat: Seat, *, now: datetime) -> Work:
    part = vignettes_of(seat.version_id)[0]
    return _write(seat, part, now=now)


def _write(seat: Seat, part: CoursePart, *, now: datetime) -> Work:
    text = STORIES.get(part.key, "I would ask first, and agree the next step together.")
    tasks: Mapping[str, str] = {one["key"]: text for one in _tasks(part)}
    return writing.hand_in(member_actor(seat.member), seat=seat, part=part, answers=tasks, now=now)


def _tasks(part: CoursePart) -> list[dict[str, Any]]:
    return list(part.content["tasks"])


def _finish(trainer: Actor, seat: Seat, *, now: datetime) -> None:
    """One learner has done everything."""
    modules = modules_of(seat.version_id)
    _read(seat, modules=len(modules), now=now)
    for part in modules:
        _try(seat, part.key, now=now)
    _try(seat, FINAL, now=now)
    for part in vignettes_of(seat.version_id):
        work = _write(seat, part, now=now)
        judged = {
            f"{task['key']}/{one['key']}": "there"
            for task in _tasks(part)
            for one in task["criteria"]
        }
        writing.answer_work(
            trainer,
            work=work,
            accept=True,
            judged=judged,
            feedback="You read the letter together before doing anything. That is the heart of it.",
            now=now,
        )


def right_answer(question: Question) -> object:
    """An answer that has all points."""
    answer: object = ""
    match question:
        case Single():
            answer = max(question.options, key=lambda one: one.weight).key
        case Choosing():
            answer = [one.key for one in question.options if one.weight > 0]
        case Matching():
            answer = [one.key for one in question.pairs]
        case Ordering():
            answer = [one.key for one in question.items]
        case Numeric():
            answer = str(float(question.numbers[0].low or 0))
        case Short():
            answer = question.answers_in("en")[0].text
        case Gapped():
            answer = [gap.answers_in("en")[0].text for gap in question.gaps]
    return answer


def _request(organisation: Organisation | None, *, now: datetime) -> None:
    if organisation is None:
        return
    asking.ask(
        visitor_of(organisation),
        wish=Wish(
            asking="Public library, Poznań",
            name="Anna Wrona",
            email="anna.wrona@example.org",
            country="PL",
            language="pl",
            wish="Half a day for twelve colleagues at the desk, before spring.",
            people=12,
        ),
        now=now,
    )
