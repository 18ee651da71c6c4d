"""The way through a course, as tests walk it."""

from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.learning.commands import joining, reading, trying, writing
from kith.learning.models import Certificate
from kith.learning.queries.content import modules_of, vignettes_of
from kith.learning.rules.passing import FINAL
from kith.learning.tests.factories import NOW, TODAY


def mentor(edition):
    return actor_of(MembershipFactory(mentor=True, organisation=edition.organisation))


def trainer(edition):
    return actor_of(
        MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
    )


def join(actor, edition, *, country="PL", today=TODAY):
    return joining.join(
        actor, edition=edition, country=country, language="en", today=today, now=NOW
    )


def read_all(seat) -> None:
    actor = actor_of(seat.member)
    for part in modules_of(seat.version_id):
        for screen in part.screens:
            reading.read_screen(actor, seat=seat, part=part, screen=screen, seconds=60, now=NOW)


def try_it(seat, part, *, option="a", now=NOW):
    actor = actor_of(seat.member)
    attempt = trying.begin(actor, seat=seat, part=part, language="en", now=now)
    answers = dict.fromkeys(attempt.questions, option)
    trying.keep_answers(actor, seat=seat, attempt=attempt, answers=answers, now=now)
    return trying.finish(actor, seat=seat, attempt=attempt, now=now)


def do_modules(seat) -> None:
    read_all(seat)
    for part in modules_of(seat.version_id):
        try_it(seat, part.key)


def hand_in(seat):
    return writing.hand_in(
        actor_of(seat.member),
        seat=seat,
        part=vignettes_of(seat.version_id)[0],
        answers={"act": "I ask her."},
        now=NOW,
    )


def accept(edition, work):
    return writing.answer_work(
        trainer(edition),
        work=work,
        accept=True,
        judged={"act/asks": "there"},
        feedback="You ask first. Good.",
        now=NOW,
    )


def pass_all(edition, seat) -> Certificate:
    do_modules(seat)
    try_it(seat, FINAL)
    accept(edition, hand_in(seat))
    return Certificate.objects.get(seat=seat)
