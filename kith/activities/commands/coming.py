"""Saying yes or no to an activity."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.activities.commands.turns import locked, settle, taken_in
from kith.activities.models import Activity, SignUp
from kith.activities.permissions import SIGN_UP
from kith.activities.rules.plan import MOST_GUESTS, ActivityState, Answer, is_room
from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.permissions import everything
from kith.people.models import Person
from kith.programmes.models import Enrolment


class ActivityIsOver(Refused):
    """It is too late to say yes or no."""

    sentence = _("This activity is over.")


class ActivityIsOff(Refused):
    """It does not take place."""

    sentence = _("This activity does not take place.")


class NotInProgramme(Refused):
    """Activities are for those who have a place in the programme, matched or not."""

    sentence = _("This person has no place in the programme of this activity.")


class TooManyGuests(Refused):
    """A slip of the finger, most likely."""

    sentence = _("At most nine people can be brought along. Call us if you are more.")


@command(SIGN_UP, on="activity")
def sign_up(
    actor: Actor, *, activity: Activity, person: Person, guests: int, now: datetime
) -> SignUp:
    """Say that someone comes; where no place is left, they wait for one.

    Raises Denied for somebody else's answer, ActivityIsOver, ActivityIsOff, NotInProgramme,
    TooManyGuests.
    """
    _check_person(actor, person)
    activity = locked(activity)
    _check_activity(activity, now)
    if not 0 <= guests <= MOST_GUESTS:
        raise TooManyGuests()
    places = Enrolment.objects.filter(programme=activity.programme_id, person=person)
    if not places.exclude(state="ended").exists():
        raise NotInProgramme()
    one = SignUp.objects.filter(activity=activity, person=person).first()
    others = taken_in(activity, without=person.pk)
    waits = SignUp.objects.filter(activity=activity, answer=Answer.WAITING.value)
    nobody_before = one is not None and one.answer == Answer.COMING.value
    nobody_before = nobody_before or not waits.exclude(person=person).exists()
    fits = nobody_before and is_room(activity.places, others, guests)
    answer = Answer.COMING if fits else Answer.WAITING
    one = _kept(actor, one or SignUp(activity=activity, person=person), answer, guests, now)
    settle(activity)
    one.refresh_from_db()
    return one


@command(SIGN_UP, on="activity")
def say_no(actor: Actor, *, activity: Activity, person: Person, now: datetime) -> SignUp:
    """Say that someone does not come; the place goes to who waits. Raises as `sign_up`."""
    _check_person(actor, person)
    activity = locked(activity)
    _check_activity(activity, now)
    one = SignUp.objects.filter(activity=activity, person=person).first()
    one = _kept(actor, one or SignUp(activity=activity, person=person), Answer.NOT_COMING, 0, now)
    settle(activity)
    return one


def _kept(actor: Actor, one: SignUp, answer: Answer, guests: int, now: datetime) -> SignUp:
    # Whoever already waits keeps the turn, however often the button is pressed.
    if one.answer != answer.value or one.answered_at is None:
        one.answered_at = now
    one.answer, one.guests = answer.value, guests
    one.taken_by = None if one.person.user_id == actor.user_id else actor.membership
    one.save()
    return one


def _check_person(actor: Actor, person: Person) -> None:
    """Staff answer for everybody, the others for themselves alone."""
    is_staff = any(SIGN_UP.grants.get(role) is everything for role in actor.roles)
    if not is_staff and (actor.user_id is None or person.user_id != actor.user_id):
        raise Denied(refused=SIGN_UP.name)


def _check_activity(activity: Activity, now: datetime) -> None:
    if activity.state == ActivityState.CALLED_OFF.value:
        raise ActivityIsOff()
    if activity.starts_at + timedelta(minutes=activity.minutes) <= now:
        raise ActivityIsOver()
