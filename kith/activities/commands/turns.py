"""Who has a place: counted anew after every answer, with the activity locked."""

from uuid import UUID

from django.db.models import F, Sum

from kith.activities.events import PlaceFound
from kith.activities.models import Activity, SignUp
from kith.activities.rules.plan import Answer, who_moves_up
from kith.base.events import announce


def locked(activity: Activity) -> Activity:
    """The activity, held until the act is over: two who take the last place come one by one."""
    row: Activity = Activity.objects.select_for_update().get(pk=activity.pk)
    return row


def taken_in(activity: Activity, *, without: UUID | None = None) -> int:
    """The places taken, guests included."""
    rows = SignUp.objects.filter(activity=activity, answer=Answer.COMING.value)
    if without is not None:
        rows = rows.exclude(person=without)
    return int(rows.aggregate(taken=Sum(F("guests") + 1))["taken"] or 0)


def settle(activity: Activity) -> None:
    """Free places go to those who wait, in their turn; each hears of it."""
    taken = taken_in(activity)
    waits = SignUp.objects.filter(activity=activity, answer=Answer.WAITING.value)
    line = list(waits.order_by("answered_at", "id")[:100])
    for number in who_moves_up(activity.places, taken, [one.guests for one in line]):
        one = line[number]
        one.answer = Answer.COMING.value
        one.save()
        taken += 1 + one.guests
        announce(PlaceFound(activity.pk, one.person_id))
    activity.taken = taken
    activity.save()
