"""What made-up mentors promised, and what they still need."""

from datetime import datetime, timedelta

from kith.config.demo.crowd import Ground
from kith.gate.actor import Actor, member_actor, visitor_of
from kith.gate.models import Membership
from kith.mentors.commands import (
    accept_conduct,
    answer_reference,
    name_referee,
    put_conduct_in_force,
    rest,
)
from kith.mentors.rules.references import questions
from kith.people.models import Person

OWN = {
    "en": ["I come to at least two of the evenings for mentors in a year."],
    "pl": ["Przychodzę na co najmniej dwa wieczory dla mentorów w roku."],
    "ar": ["أحضر أمسيتين على الأقل من أمسيات المرشدين في السنة."],
}

QUESTIONS = tuple(one.key for one in questions().questions)
KNOW_THEM: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Krystyna Zając",
        "krystyna.zajac@example.org",
        (
            "We sang in the same choir for eight years.",
            "Always. When the tram stood still, there was a call.",
            "Calmly and with curiosity. I have seen it with our new neighbours.",
            "Yes, and I have done so.",
            "No.",
        ),
    ),
    ("Marek Sowa", "marek.sowa@example.org", ()),
)


def make_mentor_path(ground: Ground, actor: Actor, *, now: datetime) -> None:
    """Own sentences from before the first mentor came; who leads a group accepted them here."""
    put_conduct_in_force(actor, own=OWN, today=ground.today - timedelta(days=450))
    mentors = own_mentors()
    for person in mentors[:1]:
        _name_people(ground, person)
    for person in mentors[1:]:
        _rest(ground, person, now=now)
        accept_conduct(
            mentor_actor(person),
            person=person,
            language=person.language if person.language in OWN else "en",
            today=ground.today - timedelta(days=90),
            now=now,
        )


def _name_people(ground: Ground, person: Person) -> None:
    """One has answered and waits to be read, the other has not."""
    actor, day = mentor_actor(person), ground.today - timedelta(days=6)
    for name, email, answers in KNOW_THEM:
        asked = name_referee(actor, person=person, name=name, email=email, language="en", today=day)
        if answers:
            answer_reference(
                visitor_of(person.organisation),
                reference=asked.reference,
                answers=dict(zip(QUESTIONS, answers, strict=True)),
                today=day + timedelta(days=2),
            )


def _rest(ground: Ground, person: Person, *, now: datetime) -> None:
    """Somebody who leads a group needs a few weeks."""
    rest(
        mentor_actor(person),
        person=person,
        until=ground.today + timedelta(days=35),
        today=ground.today - timedelta(days=1),
        now=now,
    )


def own_mentors() -> list[Person]:
    """The mentors of the demo who sign in, the one to look at first."""
    rows = Person.objects.filter(is_mentor=True, user__isnull=False).order_by("id")
    able = [person for person in rows if _roles(person) & {"mentor", "group_lead"}]
    return sorted(able, key=lambda person: "mentor" not in _roles(person))


def mentor_actor(person: Person) -> Actor:
    """The mentor as the one who acts."""
    rows = Membership.objects.filter(user=person.user_id)
    return member_actor(rows.select_related("organisation").get())


def _roles(person: Person) -> set[str]:
    return set(Membership.objects.get(user=person.user_id).roles)
