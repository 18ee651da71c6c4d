"""What the days that a programme plans bring up before a match."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, Func, IntegerField, OuterRef, Value, When

from kith.gate.actor import Actor
from kith.programmes.models import Programme
from kith.programmes.queries.lists import MOST_COUNTED, places, running
from kith.programmes.rules import PlaceState, Side, rules_of

MOST_PROGRAMMES = 10


@dataclass(frozen=True)
class LongWait:
    """How many wait for a mentor longer than their programme plans."""

    programme: Programme
    number: int
    days: int


def long_waits(actor: Actor, *, today: date) -> list[LongWait]:
    """Running programmes in which participants wait too long."""
    programmes = list(running(actor)[:MOST_PROGRAMMES])
    if not programmes:
        return []
    days = {one.pk: rules_of(one).attention.days_without_match for one in programmes}
    before = Case(
        *(When(pk=key, then=Value(today - timedelta(days=n))) for key, n in days.items()),
        output_field=DateField(),
    )
    rows = (
        places(actor)
        .select_related(None)
        .filter(
            programme=OuterRef("pk"),
            side=Side.PARTICIPANT.value,
            state=PlaceState.WAITING.value,
            waiting_since__lt=OuterRef("before"),
        )
    )
    # All of them in one question, each counted up to a limit.
    keys = ArraySubquery(rows.order_by("waiting_since").values("pk")[: MOST_COUNTED + 1])
    numbers = Programme.objects.filter(pk__in=list(days)).annotate(before=before)
    numbers = numbers.annotate(
        waits=Func(keys, function="CARDINALITY", output_field=IntegerField())
    )
    found = dict(numbers.values_list("pk", "waits"))
    return [LongWait(one, found[one.pk], days[one.pk]) for one in programmes if found[one.pk]]


def days_of_warning(actor: Actor) -> int | None:
    """How many days before a check of a mentor ends it is to be renewed: the most of them all."""
    rules = [rules_of(one).attention for one in running(actor)[:MOST_PROGRAMMES]]
    return max((one.check_expires_in_days for one in rules), default=None)
