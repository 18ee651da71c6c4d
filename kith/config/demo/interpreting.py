"""Made-up interpreters of the demo, who needs them, and bookings in different states."""

from datetime import datetime, timedelta

from django.utils import timezone

from kith.config.demo.crowd import Ground
from kith.gate.actor import Actor
from kith.interpreters.commands import (
    Details,
    Wanted,
    accept_confidentiality,
    add_interpreter,
    ask_for_booking,
    note_answer,
    note_cost,
    note_present,
    say_need,
)
from kith.interpreters.models import Booking, Cost, Interpreter
from kith.interpreters.rules import Level, Subject, Way
from kith.people.models import Person

# All made up. The last one has not promised confidentiality yet.
REGISTER = (
    Details(
        name="Samira Nasser",
        phone="+48 61 555 02 01",
        email="samira.nasser@example.org",
        region="Poznań",
        ways=[Way.IN_PERSON, Way.PHONE, Way.VIDEO],
        spoken={"ar": Level.FIRST, "pl": Level.CERTIFIED, "en": Level.FLUENT},
        is_volunteer=False,
        rate_cents=90_00,
        currency="PLN",
    ),
    Details(
        name="Oleh Bondar",
        phone="+48 61 555 02 02",
        email="",
        region="Poznań",
        ways=[Way.PHONE, Way.VIDEO],
        spoken={"uk": Level.FIRST, "ru": Level.FLUENT, "pl": Level.FLUENT},
        is_volunteer=True,
    ),
    Details(
        name="Parisa Karimi",
        phone="+48 61 555 02 03",
        email="parisa.karimi@example.org",
        region="Swarzędz",
        ways=[Way.IN_PERSON, Way.PHONE],
        spoken={"fa": Level.FIRST, "prs": Level.FLUENT, "pl": Level.FLUENT},
        is_volunteer=False,
        rate_cents=80_00,
        currency="PLN",
    ),
)


def make_interpreting(ground: Ground, actor: Actor, *, now: datetime) -> None:
    """Three interpreters, four needs, a booking of each kind, and two costs."""
    samira, oleh, _parisa = (add_interpreter(actor, details=one) for one in REGISTER)
    for one, language in ((samira, "pl"), (oleh, "pl")):
        accept_confidentiality(
            actor,
            interpreter=one,
            language=language,
            signed_name=one.name,
            today=ground.today - timedelta(days=60),
        )
    people = list(Person.objects.filter(is_participant=True, user__isnull=True).order_by("id")[2:5])
    own = Person.objects.filter(is_participant=True, user__isnull=False).order_by("id").first()
    pairs = [(one, language) for one, language in zip(people, ("uk", "fa", "uk"), strict=False)]
    if own is not None:
        pairs.append((own, "ar"))
    for person, language in pairs:
        _need(ground, actor, person, language, now=now)
    if own is not None:
        _past(ground, actor, own, samira, now=now)
        _coming(actor, own, samira, ground, now=now)
    if people:
        _ask(ground, actor, people[0], oleh, "uk", Way.PHONE, days=3, asked=4, now=now)


def _need(ground: Ground, actor: Actor, person: Person, language: str, *, now: datetime) -> None:
    say_need(
        actor,
        person=person,
        language=language,
        into="pl",
        ways=[Way.IN_PERSON, Way.PHONE],
        today=ground.today - timedelta(days=9),
        now=now,
    )


def _ask(  # noqa: PLR0913 - a line of the table of bookings
    ground: Ground,
    actor: Actor,
    person: Person,
    interpreter: Interpreter,
    language: str,
    way: Way,
    *,
    days: int,
    asked: int,
    now: datetime,
) -> Booking:
    starts = timezone.localtime(now).replace(hour=15, minute=0, second=0, microsecond=0)
    asked_at = now - timedelta(days=asked)
    return ask_for_booking(
        actor,
        person=person,
        interpreter=interpreter,
        wanted=Wanted(
            subject=Subject.MEETING,
            language=language,
            into="pl",
            way=way,
            starts_at=starts + timedelta(days=days),
            minutes=60,
            place="",
        ),
        today=ground.today - timedelta(days=asked),
        now=asked_at,
    )


def _past(
    ground: Ground, actor: Actor, person: Person, interpreter: Interpreter, *, now: datetime
) -> None:
    """Two hours that took place; the first one is paid."""
    for days, minutes in ((-26, 60), (-12, 75)):
        row = _ask(
            ground,
            actor,
            person,
            interpreter,
            "ar",
            Way.IN_PERSON,
            days=days,
            asked=5 - days,
            now=now,
        )
        day = ground.today + timedelta(days=days)
        row = note_answer(actor, booking=row, comes=True, today=day - timedelta(days=3))
        note_present(actor, booking=row, minutes=minutes, today=day)
    first = Cost.objects.order_by("on", "id").first()
    if first is not None:
        note_cost(
            actor,
            cost=first,
            cents=first.cents,
            currency=first.currency,
            paid_on=ground.today - timedelta(days=4),
        )


def _coming(
    actor: Actor, person: Person, interpreter: Interpreter, ground: Ground, *, now: datetime
) -> None:
    row = _ask(ground, actor, person, interpreter, "ar", Way.IN_PERSON, days=2, asked=3, now=now)
    note_answer(actor, booking=row, comes=True, today=ground.today - timedelta(days=2))
