"""How many people a mentor takes on, from when, and rests; said by the mentor."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentors.models import Rest
from kith.mentors.permissions import SET_CAPACITY, SETTLE_REST
from kith.mentors.rules.capacity import LONGEST_REST, MOST_PEOPLE
from kith.people.commands.people import touch
from kith.people.models import MentorProfile, Person


class TooMany(Refused):
    """More than five people at a time is agreed with the coordinator."""

    sentence = _("Up to five people at a time. For more, talk with your coordinator.")


class RestDayUnfit(Refused):
    """A rest ends on a day to come, within a year."""

    sentence = _("Choose a day after today, at most a year ahead.")


@command(SET_CAPACITY, on="person")
def set_capacity(
    actor: Actor,
    *,
    person: Person,
    capacity: int,
    available_since: date | None,
    now: datetime,
) -> MentorProfile:
    """Say how many people one accompanies at a time, and from when. Raises TooMany."""
    profile = _profile(person)
    # A coordinator may have agreed on more; keeping that is no change.
    if not 0 <= capacity <= max(MOST_PEOPLE, profile.capacity):
        raise TooMany()
    profile.capacity, profile.available_since = capacity, available_since
    profile.save()
    touch(person, at=now)
    return profile


@command(SET_CAPACITY, on="person")
def rest(actor: Actor, *, person: Person, until: date, today: date, now: datetime) -> Rest:
    """Nobody new until a day; a rest that runs gets another end. Raises RestDayUnfit."""
    if not today < until <= today + LONGEST_REST:
        raise RestDayUnfit()
    profile = _profile(person)
    _end_rests(person, today)
    profile.paused_until = until
    profile.save()
    resting = Rest(person=person, said_on=today, until=until)
    resting.save()
    touch(person, at=now)
    return resting


@command(SET_CAPACITY, on="person")
def end_rest(actor: Actor, *, person: Person, today: date, now: datetime) -> MentorProfile:
    """Be there again."""
    profile = _profile(person)
    profile.paused_until = None
    profile.save()
    _end_rests(person, today)
    touch(person, at=now)
    return profile


@command(SETTLE_REST, on="rest")
def settle_rest(actor: Actor, *, rest: Rest, today: date) -> Rest:
    """Both sides know how it goes on while the mentor rests."""
    rest.settled_on, rest.settled_by = today, actor.membership
    rest.save()
    return rest


def _profile(person: Person) -> MentorProfile:
    found: MentorProfile = MentorProfile.objects.select_for_update().get(person=person)
    return found


def _end_rests(person: Person, today: date) -> None:
    for row in Rest.objects.filter(person=person, ended_on__isnull=True):
        row.ended_on = today
        row.save()
