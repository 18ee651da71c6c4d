"""Made-up people, many at a time: who they are, what they speak, hope for and offer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from kith.base import vault
from kith.config.demo import pools
from kith.config.demo.pools import Circle
from kith.consent.models import Consent, note_asked
from kith.gate.models import Membership
from kith.people.commands.index import add_to_index
from kith.people.models import (
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
    note_checks,
)
from kith.people.rules import AGE_BANDS, INTERESTS, SLOTS, TOPICS, CheckKind, Gender, GenderWish

CHECKS = (
    CheckKind.IDENTITY,
    CheckKind.REFERENCES,
    CheckKind.INTERVIEW,
    CheckKind.CODE_OF_CONDUCT,
    CheckKind.RECORD_CHECK,
)
YEAR = 365
PEOPLE_PER_NOTE = 5


@dataclass(frozen=True)
class Names:
    """The names already given, and the circles of which none is left."""

    given: set[str]
    used_up: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(frozen=True)
class Ground:
    """What all people of the demo stand on."""

    places: list[Place]
    coordinators: list[Membership]
    today: date
    rng: Random
    names: Names


@dataclass(frozen=True)
class Drawn:
    """A person with the day they came."""

    person: Person
    came_on: date
    circle: Circle


def moment(day: date, hour: int = 10) -> datetime:
    """A point in time on a day, in the house's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def draw_people(ground: Ground, count: int, *, mentors: bool) -> list[Drawn]:
    """Make and store `count` people of one side, with everything the people room keeps of them."""
    drawn = [_draw(ground, mentors=mentors) for _ in range(count)]
    people = [one.person for one in drawn]
    vault.make_keys([(person.pk, "identity") for person in people])
    Person.objects.bulk_create(people, batch_size=2000)
    add_to_index(people)
    PersonLanguage.objects.bulk_create(
        [language for one in drawn for language in _languages(ground, one)], batch_size=5000
    )
    if mentors:
        _store_mentors(ground, drawn)
    else:
        _store_participants(ground, drawn)
    Note.objects.bulk_create(_notes(ground, drawn[::PEOPLE_PER_NOTE]), batch_size=5000)
    Consent.objects.bulk_create(
        [consent for one in drawn for consent in _consents(ground, one)], batch_size=5000
    )
    note_asked(person.pk for person in people)
    return drawn


def _draw(ground: Ground, *, mentors: bool) -> Drawn:
    rng = ground.rng
    settled = mentors and rng.random() < 0.3
    circle = pools.HOSTS if mentors and not settled else _newcomers(rng)
    came_on = ground.today - timedelta(days=int(YEAR * rng.random() ** 1.3))
    number = rng.randrange(10**8)
    person = Person(
        name=_name(circle, rng, ground.names),
        phone=f"+4850{number:08d}"[:12],
        email=f"person{number}@example.org" if rng.random() < 0.7 else "",
        contact_note=rng.choice(pools.CONTACT_NOTES),
        channel=rng.choice(("phone", "phone", "sms", "whatsapp", "email")),
        safe_to_write=rng.random() < 0.9 or None,
        language=circle.reads,
        age_band=rng.choice(AGE_BANDS),
        adult=True,
        is_participant=not mentors,
        is_mentor=mentors,
        place=rng.choice(ground.places),
        max_km=rng.choice((3, 5, 8, 10, 15)),
        online=rng.random() < 0.35,
        availability=sorted(rng.sample(SLOTS, rng.randint(3, 8)), key=SLOTS.index),
        responsible=rng.choice(ground.coordinators) if rng.random() < 0.8 else None,
        last_event_at=moment(came_on, rng.randint(8, 18)),
    )
    return Drawn(person, came_on, circle)


def _name(circle: Circle, rng: Random, names: Names) -> str:
    """A name that nobody has yet, as long as the circle has one left; then family names in pairs.

    Chance is asked twice in any case, so that the rest of a small demo stays as it is.
    """
    first, last = rng.choice(circle.first), rng.choice(circle.last)
    free = _next_free(circle, f"{first} {last}", names)
    if free is None:
        return f"{first} {last}-{rng.choice(circle.more or circle.last)}"
    names.given.add(free)
    return free


def _next_free(circle: Circle, name: str, names: Names) -> str | None:
    if circle.first in names.used_up:
        return None
    if name not in names.given:
        return name
    place = circle.names.index(name)
    later = (*circle.names[place:], *circle.names[:place])
    free = next((one for one in later if one not in names.given), None)
    if free is None:
        names.used_up.add(circle.first)
    return free


def _newcomers(rng: Random) -> Circle:
    return rng.choices(pools.NEWCOMERS, [circle.share for circle in pools.NEWCOMERS])[0]


def _languages(ground: Ground, drawn: Drawn) -> list[PersonLanguage]:
    levels = dict(drawn.circle.languages)
    if drawn.person.is_mentor:
        levels["pl"] = 5
        if ground.rng.random() < 0.45:
            levels.setdefault(*ground.rng.choice(pools.EXTRA_LANGUAGES))
    return [
        PersonLanguage(person=drawn.person, code=code, level=level)
        for code, level in levels.items()
    ]


def _store_mentors(ground: Ground, drawn: list[Drawn]) -> None:
    MentorProfile.objects.bulk_create([_offer(ground, one) for one in drawn], batch_size=5000)
    MentorCheck.objects.bulk_create(
        [check for one in drawn for check in _checks(ground, one)], batch_size=5000
    )
    note_checks(one.person.pk for one in drawn)


def _offer(ground: Ground, drawn: Drawn) -> MentorProfile:
    rng = ground.rng
    trained_on = drawn.came_on + timedelta(days=rng.randint(3, 20))
    return MentorProfile(
        person=drawn.person,
        topics=rng.sample(sorted(TOPICS), rng.randint(2, 5)),
        interests=rng.sample(INTERESTS, 3),
        capacity=rng.choice((1, 1, 1, 2, 2, 3)),
        gender=rng.choice((Gender.WOMAN, Gender.WOMAN, Gender.MAN, Gender.UNSAID)),
        settled_here=drawn.circle is not pools.HOSTS and rng.random() < 0.8,
        available_since=drawn.came_on,
        trained_on=trained_on,
        trained_until=trained_on + timedelta(days=rng.choice((380, 730, 730))),
        paused_until=ground.today + timedelta(days=40) if rng.random() < 0.03 else None,
    )


def _checks(ground: Ground, drawn: Drawn) -> list[MentorCheck]:
    rng = ground.rng
    # Some mentors have only just come: their papers are not complete yet.
    kinds = CHECKS if rng.random() < 0.92 else CHECKS[: rng.randint(1, 3)]
    done_on = drawn.came_on + timedelta(days=rng.randint(0, 5))
    return [
        MentorCheck(
            person=drawn.person,
            kind=kind,
            done_on=done_on,
            valid_until=_valid_until(ground, done_on),
            seen_by=rng.choice(ground.coordinators),
        )
        for kind in kinds
    ]


def _valid_until(ground: Ground, done_on: date) -> date:
    until = done_on + timedelta(days=ground.rng.choice((370, 730, 1095)))
    # One paper in forty ends this month: the office looks ahead.
    if ground.rng.random() < 0.025:
        until = ground.today + timedelta(days=ground.rng.randint(3, 28))
    return max(until, done_on)


def _store_participants(ground: Ground, drawn: list[Drawn]) -> None:
    rng = ground.rng
    ParticipantProfile.objects.bulk_create(
        [
            ParticipantProfile(
                person=one.person,
                needs=rng.sample(sorted(TOPICS), rng.randint(1, 3)),
                interests=rng.sample(INTERESTS, 2),
                gender_wish=rng.choice((GenderWish.NONE,) * 6 + (GenderWish.WOMAN,)),
                gender_wish_firm=rng.random() < 0.3,
                interpreter=rng.random() < 0.15,
                asked_on=one.came_on,
            )
            for one in drawn
        ],
        batch_size=5000,
    )


def _notes(ground: Ground, drawn: list[Drawn]) -> list[Note]:
    """Drawn by turns, not by chance: the rest of the demo stays as it is."""
    said = {False: pools.NOTES, True: pools.MENTOR_NOTES}
    return [
        Note(
            person=one.person,
            written_on=one.came_on,
            written_by=ground.coordinators[number % len(ground.coordinators)],
            **_by_turns(said[one.person.is_mentor], number),
        )
        for number, one in enumerate(drawn)
    ]


def _by_turns(sentences: Sequence[dict[str, str]], number: int) -> dict[str, str]:
    return sentences[number % len(sentences)]


def _consents(ground: Ground, drawn: Drawn) -> list[Consent]:
    rng = ground.rng
    purposes = [("mentoring", 0.95), ("contact_by_message", 0.8), ("statistics", 0.6)]
    asked = [purpose for purpose, chance in purposes if rng.random() < chance]
    explained_by = rng.choice(ground.coordinators)
    return [
        Consent(
            person=drawn.person,
            purpose=purpose,
            version="1",
            language=drawn.circle.reads,
            state="given" if purpose == "mentoring" or rng.random() < 0.85 else "refused",
            decided_on=drawn.came_on,
            explained_by=explained_by,
            signature_kind="typed",
            signature=str(drawn.person.name),
        )
        for purpose in asked
    ]
