"""How long the matches of a programme last, counted in the database and never one by one."""

from datetime import date, timedelta

from django.db.models import BooleanField, Count, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.mentoring.models import Match
from kith.mentoring.permissions import SEE_LASTING
from kith.mentoring.rules.lasting import AS_PLANNED, FEWEST
from kith.methods.trajectories.survival import Curve, Lasted, kaplan_meier
from kith.programmes.models import Programme


def lasting(actor: Actor, programme: Programme, *, today: date) -> Curve | None:
    """The curve of a programme's matches; None while there are fewer than ten. Raises Denied."""
    check(actor, SEE_LASTING)
    rows = Match.objects.filter(programme=programme, organisation=actor.organisation)
    early = Q(state="closed") & ~Q(close_reason__in=[one.value for one in AS_PLANNED])
    rows = rows.annotate(
        lasted=ExpressionWrapper(
            Coalesce("closed_on", Value(today)) - F("agreed_on"), output_field=DurationField()
        ),
        early=ExpressionWrapper(early, output_field=BooleanField()),
    )
    counted = rows.order_by().values_list("lasted", "early").annotate(number=Count("id"))
    seen = [Lasted(max(lasted, timedelta()).days, early, n) for lasted, early, n in counted]
    if sum(one.number for one in seen) < FEWEST:
        return None
    return kaplan_meier(seen)
