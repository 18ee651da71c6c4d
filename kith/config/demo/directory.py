"""Made-up services of the demo's town, and three referrals in different states."""

from datetime import datetime, timedelta

from kith.config.demo.crowd import Ground
from kith.gate.actor import Actor
from kith.people.models import Person
from kith.services.commands import (
    Sending,
    answer_offer,
    note_answer,
    note_sent,
    offer_referral,
    report_entry,
    say_how_it_was,
    write_entry,
)
from kith.services.models import Referral, Service
from kith.services.rules.states import Helped, ReferralState, Way, WrongEntry
from kith.services.rules.writing import Written

WORKDAYS = (0, 1, 2, 3, 4)
NINE_TO_FIVE = tuple((day, 540, 1020) for day in WORKDAYS)
MORNINGS = tuple((day, 480, 780) for day in WORKDAYS)
EVENINGS = tuple((day, 1020, 1200) for day in (0, 2))
SATURDAY = ((5, 600, 840),)


def _service(  # noqa: PLR0913 - a line of the table below
    name: str,
    provider: str,
    needs: tuple[str, ...],
    languages: tuple[str, ...],
    street: str,
    point: tuple[float, float],
    hours: tuple[tuple[int, int, int], ...],
    description: str,
    *,
    cost: str = "",
    phone: str = "",
) -> Written:
    return Written(
        name=name,
        provider=provider,
        needs=needs,
        languages=languages,
        street=street,
        postal_code="61-001",
        city="Poznań",
        region="wielkopolskie",
        country="PL",
        latitude=point[0],
        longitude=point[1],
        hours=hours,
        description=description,
        is_free=not cost,
        cost=cost,
        phone=phone,
    )


# All made up: names, numbers and what happens there. The streets of the town are real.
SERVICES = (
    _service(
        "Polish in the evening",
        "Fundacja Słowo",
        ("language", "connections"),
        ("pl", "uk", "en"),
        "ul. Wodna 8",
        (52.4075, 16.9372),
        EVENINGS,
        "Small groups at four levels. Children can come along; someone plays with them next door.",
        phone="+48 61 555 01 01",
    ),
    _service(
        "Interpreters by phone",
        "Stowarzyszenie Dwa Brzegi",
        ("language", "health", "rights"),
        ("pl", "uk", "ru", "ar", "fa"),
        "ul. Garbary 21",
        (52.4081, 16.9391),
        NINE_TO_FIVE,
        "For talks with a doctor, a school or an office. Call a day before.",
        phone="+48 61 555 01 02",
    ),
    _service(
        "Advice on residence and documents",
        "Punkt Prawny Most",
        ("rights",),
        ("pl", "uk", "en", "ru"),
        "ul. Święty Marcin 40",
        (52.4064, 16.9192),
        ((1, 600, 960), (3, 720, 1140)),
        "Lawyers read letters with you and help with applications. Bring all papers.",
        phone="+48 61 555 01 03",
    ),
    _service(
        "CV and first job",
        "Fundacja Warsztat",
        ("work",),
        ("pl", "en", "uk"),
        "ul. Głogowska 55",
        (52.3947, 16.8967),
        NINE_TO_FIVE,
        "Writing a CV, practising a job interview, knowing your rights at work.",
        phone="+48 61 555 01 04",
    ),
    _service(
        "Having a profession recognised",
        "Fundacja Warsztat",
        ("learning", "work"),
        ("pl", "en"),
        "ul. Głogowska 55",
        (52.3947, 16.8967),
        MORNINGS,
        "Which office recognises which diploma, and what is missing. By appointment.",
        phone="+48 61 555 01 05",
    ),
    _service(
        "Homework room",
        "Świetlica Wilda",
        ("learning", "connections"),
        ("pl", "uk"),
        "ul. Wierzbięcice 18",
        (52.3973, 16.9239),
        tuple((day, 840, 1080) for day in WORKDAYS),
        "For children from seven to fourteen: homework, games, something to eat.",
        phone="+48 61 555 01 06",
    ),
    _service(
        "Rooms and tenancy advice",
        "Klucz do domu",
        ("housing",),
        ("pl", "en", "uk"),
        "ul. Ratajczaka 12",
        (52.4059, 16.9257),
        ((0, 600, 900), (4, 600, 900)),
        "Reading a tenancy agreement, talking with a landlord, furniture for the first weeks.",
        phone="+48 61 555 01 07",
    ),
    _service(
        "Doctors who take time",
        "Przychodnia Jeżyce",
        ("health",),
        ("pl", "uk", "en"),
        "ul. Dąbrowskiego 77",
        (52.4142, 16.8998),
        MORNINGS,
        "General medicine for adults and children. An interpreter is there on Tuesdays.",
        cost="Free with insurance; otherwise 120 PLN",
        phone="+48 61 555 01 08",
    ),
    _service(
        "Someone to talk to",
        "Poradnia Cisza",
        ("health", "belonging"),
        ("pl", "uk", "ar"),
        "ul. Kościelna 4",
        (52.4151, 16.9113),
        ((1, 900, 1200), (3, 900, 1200)),
        "Talks with a psychologist, alone or in a group. Nobody is told that you come.",
        phone="+48 61 555 01 09",
    ),
    _service(
        "Women's breakfast",
        "Stowarzyszenie Dwa Brzegi",
        ("connections", "belonging"),
        ("pl", "uk", "ar", "fa"),
        "ul. Garbary 21",
        (52.4081, 16.9391),
        SATURDAY,
        "Eating and talking in several languages. Children are welcome.",
    ),
    _service(
        "Neighbours' football",
        "Klub Rataje",
        ("connections", "health"),
        ("pl", "en"),
        "os. Piastowskie 30",
        (52.3889, 16.9553),
        ((6, 660, 780),),
        "Every Sunday, men and women, no matter how well you play.",
    ),
    _service(
        "Computer and phone help",
        "Biblioteka Śródka",
        ("rights", "learning"),
        ("pl", "en", "uk"),
        "ul. Śródka 3",
        (52.4106, 16.9497),
        ((2, 960, 1140), *SATURDAY),
        "Online offices, e-mail, timetables: bring your own phone or use a computer there.",
        phone="+48 61 555 01 12",
    ),
)


def make_directory(ground: Ground, actor: Actor, *, now: datetime) -> None:
    """Twelve services, the last one not checked for long, referrals, and what was said."""
    checked_on = [*[ground.today - timedelta(days=20)] * 11, ground.today - timedelta(days=400)]
    services = [
        write_entry(actor, written=written, service=None, today=day)
        for written, day in zip(SERVICES, checked_on, strict=True)
    ]
    _make_referrals(ground, actor, services, now=now)
    _make_voices(ground, actor, services[0], now=now)
    report_entry(
        actor,
        service=services[-1],
        what=WrongEntry.HOURS,
        note="Closed on Saturdays since the summer",
        today=ground.today - timedelta(days=2),
    )


# Whether it helped, whether it was hard to reach, and what others should know.
VOICES = (
    (Helped.YES, False, "Ask for the teacher who speaks Ukrainian"),
    (Helped.YES, False, ""),
    (Helped.PARTLY, True, "The tram stops at half past seven"),
    (Helped.YES, False, ""),
    (Helped.YES, None, ""),
    (Helped.NO, True, "No more room in the beginners' group"),
    (Helped.YES, False, ""),
    (Helped.YES, False, "Come ten minutes early the first time"),
    (Helped.PARTLY, False, ""),
    (Helped.YES, False, ""),
    (Helped.YES, None, ""),
)


def _make_voices(ground: Ground, actor: Actor, service: Service, *, now: datetime) -> None:
    """People who were there before, and what they said about it."""
    rows = Person.objects.filter(is_participant=True, user__isnull=True).order_by("-id")
    for person, (helped, hard, comment) in zip(rows[: len(VOICES)], VOICES, strict=False):
        referral = _offer(ground, actor, person, service, now=now)
        day = ground.today - timedelta(days=12)
        answer_offer(actor, referral=referral, accepts=True, today=day, now=now)
        own = Sending(Way.OWN)
        note_sent(actor, referral=referral, sending=own, on=day, today=ground.today, now=now)
        for state in (ReferralState.TAKEN_ON, ReferralState.DONE):
            note_answer(
                actor,
                referral=referral,
                state=state,
                reason=None,
                note="",
                on=day,
                today=ground.today,
                now=now,
            )
        say_how_it_was(
            actor,
            referral=referral,
            helped=helped,
            hard_to_reach=hard,
            comment=comment,
            today=ground.today,
        )


def _make_referrals(
    ground: Ground, actor: Actor, services: list[Service], *, now: datetime
) -> None:
    with_account = Person.objects.filter(is_participant=True, user__isnull=False)
    others = Person.objects.filter(is_participant=True, user__isnull=True).order_by("id")
    people = [*with_account.order_by("id")[:1], *others[:2]]
    offered = [
        _offer(ground, actor, *pair, now=now) for pair in zip(people, services, strict=False)
    ]
    for referral in offered[1:]:
        day = ground.today - timedelta(days=17)
        answer_offer(actor, referral=referral, accepts=True, today=day, now=now)
        together = Sending(Way.TOGETHER)
        note_sent(actor, referral=referral, sending=together, on=day, today=ground.today, now=now)
    for referral in offered[2:]:
        note_answer(
            actor,
            referral=referral,
            state=ReferralState.TAKEN_ON,
            reason=None,
            note="First talk on Thursday at three",
            on=ground.today - timedelta(days=6),
            today=ground.today,
            now=now,
        )


def _offer(
    ground: Ground, actor: Actor, person: Person, service: Service, *, now: datetime
) -> Referral:
    return offer_referral(
        actor,
        person=person,
        service=service,
        need=service.needs[0],
        wish="",
        today=ground.today - timedelta(days=20),
        now=now,
    )
