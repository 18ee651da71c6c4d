"""What made-up mentors promised, and what they still need."""

from datetime import datetime, timedelta

from kith.config.demo.crowd import Ground
from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership
from kith.mentors.commands import accept_conduct, put_conduct_in_force
from kith.people.models import Person

OWN = {
    "en": ["I come to at least two of the evenings for mentors in a year."],
    "pl": ["Przychodzę na co najmniej dwa wieczory dla mentorów w roku."],
    "ar": ["أحضر أمسيتين على الأقل من أمسيات المرشدين في السنة."],
}


def make_mentor_path(ground: Ground, actor: Actor, *, now: datetime) -> None:
    """Own sentences from before the first mentor came; who leads a group accepted them here."""
    put_conduct_in_force(actor, own=OWN, today=ground.today - timedelta(days=450))
    for person in own_mentors()[1:]:
        accept_conduct(
            mentor_actor(person),
            person=person,
            language=person.language if person.language in OWN else "en",
            today=ground.today - timedelta(days=90),
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
