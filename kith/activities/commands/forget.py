"""Letting go of what was said about coming."""

from uuid import UUID

from kith.activities.commands.pictures import remove_pictures_of
from kith.activities.commands.turns import locked, settle
from kith.activities.models import Activity, SignUp
from kith.activities.rules.plan import ActivityState, Answer


def let_go_of_person(person_id: UUID) -> None:
    """Someone is erased: answers and pictures go, their places are free for others.

    Runs inside the act of the room below.
    """
    remove_pictures_of(person_id)
    rows = SignUp.objects.filter(person=person_id)
    held = list(rows.filter(answer=Answer.COMING.value, came__isnull=True).values("activity"))
    rows.delete()
    open_ones = Activity.objects.filter(
        pk__in=[row["activity"] for row in held],
        noted_on__isnull=True,
        state=ActivityState.PLANNED.value,
    )
    for activity in open_ones:
        settle(locked(activity))


def forget_answers(keys: list[UUID]) -> int:
    """Erase who signed up for activities long over; how many came stays with the activity."""
    SignUp.objects.filter(activity__in=keys).delete()
    return len(keys)
