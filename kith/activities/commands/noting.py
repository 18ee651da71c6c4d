"""Who came."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.activities.commands.turns import locked
from kith.activities.models import Activity, SignUp
from kith.activities.permissions import NOTE_WHO_CAME
from kith.activities.rules.plan import Answer
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command


class NotYetTime(Refused):
    """Nobody can have come before it began."""

    sentence = _("This activity has not begun yet.")


@command(NOTE_WHO_CAME, on="activity")
def note_who_came(
    actor: Actor,
    *,
    activity: Activity,
    came: Collection[UUID],
    others: int,
    today: date,
    now: datetime,
) -> Activity:
    """Note who of those who signed up came, and how many others. Raises NotYetTime."""
    activity = locked(activity)
    if activity.starts_at > now:
        raise NotYetTime()
    number = others
    for one in SignUp.objects.filter(activity=activity, answer=Answer.COMING.value):
        one.came = one.person_id in came
        one.save()
        number += 1 + one.guests if one.came else 0
    activity.noted_on, activity.came = today, number
    activity.save()
    return activity
