"""The public page of the demo, and people who knocked there: what a coordinator finds to answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kith.config.demo.crowd import Ground, moment
from kith.gate.actor import Actor, visitor_of
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.welcome import commands
from kith.welcome.models import Application
from kith.welcome.queries.door import front_at
from kith.welcome.rules.states import AskedBy
from kith.welcome.rules.texts import talk_guide

SLUG = "mosty"
OWN_WORDS = {
    "en": "We look for people from Poznań who have an hour or two a week. You need not be"
    " perfect: you need to be there.",
    "pl": "Szukamy osób z Poznania, które mają godzinę lub dwie w tygodniu. Nie trzeba być"
    " idealnym: trzeba być.",
    "ar": "نبحث عن أشخاص من بوزنان لديهم ساعة أو ساعتان في الأسبوع. لا حاجة إلى الكمال:"
    " المهم الحضور.",
}


@dataclass(frozen=True)
class Knock:
    """Someone who knocked some days ago, and what they wrote."""

    name: str
    days_ago: int
    language: str
    answers: dict[str, Any]
    side: Side = Side.MENTOR
    email: str = ""
    asked_by: AskedBy = AskedBy.SELF
    helper: dict[str, Any] | None = None


KNOCKS = (
    Knock(
        "Zofia Wróblewska",
        2,
        "pl",
        {
            "languages": {"pl": 5, "en": 4},
            "topics": ["language", "offices", "social"],
            "times": ["tue-eve", "thu-eve", "sat-am"],
            "place": "Jeżyce",
            "online": True,
            "from_on": "",
            "why": "Uczyłam czterdzieści lat w szkole i brakuje mi rozmów. Mam czas i cierpliwość.",
        },
        email="zofia.wroblewska@example.org",
    ),
    Knock(
        "Daniel Mensah",
        12,
        "en",
        {
            "languages": {"en": 5, "fr": 3, "pl": 3},
            "topics": ["work", "digital"],
            "times": ["mon-eve", "wed-eve"],
            "place": "Grunwald",
            "online": None,
            "from_on": "",
            "why": "Someone helped me when I came. I would like to pass it on.",
        },
        email="daniel.mensah@example.org",
    ),
    Knock(
        "Kamil Adamczyk",
        16,
        "pl",
        {
            "languages": {"pl": 5, "uk": 2},
            "topics": ["housing"],
            "times": ["sun-pm"],
            "place": "Rataje",
            "online": False,
            "from_on": "",
            "why": "",
        },
    ),
    Knock(
        "Halina Pawlak",
        20,
        "pl",
        {
            "languages": {"pl": 5, "de": 4},
            "topics": ["health", "family"],
            "times": ["mon-am", "wed-am", "fri-am"],
            "place": "Winogrady",
            "online": True,
            "from_on": "",
            "why": "Jestem pielęgniarką na emeryturze.",
        },
        email="halina.pawlak@example.org",
    ),
    Knock(
        "Samira",
        3,
        "ar",
        {
            "languages": {"ar": 5},
            "interpreter": True,
            "place": "Wilda",
            "needs": ["language", "school", "offices"],
            "note": "بعد الساعة الرابعة من فضلكم",
        },
        side=Side.PARTICIPANT,
    ),
    Knock(
        "Bohdan",
        8,
        "en",
        {
            "languages": {"uk": 5},
            "interpreter": False,
            "place": "Łazarz",
            "needs": ["work", "recognition"],
            "note": "",
        },
        side=Side.PARTICIPANT,
        asked_by=AskedBy.ORGANISATION,
        helper={
            "name": "Anna Lewandowska",
            "organisation": "Language school Most",
            "contact": "office@most.example.org",
            "agreed": "told",
            "agreed_on": "",
        },
    ),
    Knock(
        "Nadia Rahimi",
        25,
        "en",
        {
            "languages": {"fa": 5},
            "interpreter": True,
            "place": "Wilda",
            "needs": ["language", "health"],
            "note": "",
        },
        side=Side.PARTICIPANT,
    ),
    Knock(
        "Lida",
        5,
        "en",
        {
            "languages": {"fa": 5},
            "interpreter": True,
            "place": "Jeżyce",
            "needs": ["health"],
            "note": "",
        },
        side=Side.PARTICIPANT,
        asked_by=AskedBy.HELPER,
        helper={"name": "Mina", "contact": "+48 500 100 200", "agreed": "here"},
    ),
)


def make_door(ground: Ground, coordinator: Actor, programme: Programme, *, now: datetime) -> None:
    """Open the public page, and let some people knock."""
    if coordinator.organisation is None:
        return
    taken = front_at(SLUG) is not None
    slug = f"{SLUG}-{coordinator.organisation.pk.hex[-6:]}" if taken else SLUG
    contact = "+48 61 000 00 00, office@mosty.example.org"
    commands.set_front(coordinator, slug=slug, contact=contact, is_open=True)
    commands.set_door(
        coordinator,
        programme=programme,
        slug="mentoring",
        for_mentors=True,
        for_participants=True,
        least_age=18,
        words=OWN_WORDS,
    )
    visitor = visitor_of(coordinator.organisation)
    rows = {one.name: _knock(visitor, one, programme, ground.today, slug) for one in KNOCKS}
    _answer(coordinator, programme, rows, ground.today, now)


def _knock(
    visitor: Actor, knock: Knock, programme: Programme, today: date, slug: str
) -> Application:
    number = sum(knock.name.encode()) * 7919 % 10**8
    written = commands.Written(
        name=knock.name,
        language=knock.language,
        phone=f"+4860{number:08d}"[:12],
        email=knock.email,
        channel="email" if knock.email else "phone",
        safe_to_write=None if knock.side is Side.MENTOR else True,
        is_adult=True,
        answers=knock.answers,
        helper=knock.helper,
        asked_by=knock.asked_by,
    )
    received = commands.apply(
        visitor,
        side=knock.side,
        programme=programme,
        written=written,
        mark=f"demo {slug} {knock.name}",
        today=today - timedelta(days=knock.days_ago),
    )
    return received.application


def _answer(
    coordinator: Actor,
    programme: Programme,
    rows: dict[str, Application],
    today: date,
    now: datetime,
) -> None:
    """One was asked back, one is invited, one talk was yesterday, one was declined kindly."""
    commands.ask_back(
        coordinator,
        application=rows["Daniel Mensah"],
        text="Would you also have time on a weekday afternoon? Many of our participants work in"
        " the evening.",
        today=today - timedelta(days=6),
    )
    commands.invite(
        coordinator,
        application=rows["Halina Pawlak"],
        at=moment(today + timedelta(days=2), 17),
        where="ul. Mostowa 7, Poznań",
        text="Zapraszamy na herbatę i rozmowę. Proszę wziąć ze sobą dokument ze zdjęciem.",
        today=today - timedelta(days=1),
        now=now,
    )
    before = moment(today - timedelta(days=4))
    commands.invite(
        coordinator,
        application=rows["Lida"],
        at=moment(today - timedelta(days=1), 11),
        where="ul. Mostowa 7, Poznań",
        text="",
        today=today - timedelta(days=4),
        now=before,
    )
    talked_on = today - timedelta(days=19)
    commands.accept_participant(
        coordinator,
        application=rows["Nadia Rahimi"],
        programme=programme,
        person=None,
        told=commands.Told(
            on=talked_on,
            language="fa",
            explained=[one.key for one in talk_guide().explained],
            interpreter="Parwin Amiri",
            wishes="Someone patient who likes walking. Rather a woman.",
        ),
        text="We are glad that you take part.",
        today=talked_on,
        now=moment(talked_on),
    )
    commands.decline(
        coordinator,
        application=rows["Kamil Adamczyk"],
        reason="less_time",
        text="",
        today=today - timedelta(days=3),
    )
