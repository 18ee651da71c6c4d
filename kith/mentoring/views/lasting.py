"""How long the matches of a programme last, as one curve."""

from collections.abc import Iterator
from uuid import UUID

from babel.numbers import format_percent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.mentoring.queries import lasting as queries
from kith.mentoring.rules.lasting import FEWEST, last_day_drawn
from kith.methods.trajectories.survival import Curve
from kith.programmes.queries import programmes
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of
from kith.web.charts import Picture, Step, Steps, steps_picture
from kith.web.words import locale

WEEKS_OF_A_TICK = 4


@require_GET
def lasting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The curve of one programme, or the sentence that there are too few matches."""
    actor = actor_of(request)
    programme = get_object_or_404(programmes(actor), pk=pk)
    curve = queries.lasting(actor, programme, today=clock.today())
    length = rules_of(programme).length_weeks
    page = {
        "programme": programme,
        "picture": picture_of(curve, length_weeks=length) if curve else None,
        "fewest": FEWEST,
    }
    return render(request, "mentoring/lasting.html", page)


def picture_of(curve: Curve, *, length_weeks: int) -> Picture:
    """The curve up to the last day that rests on ten matches."""
    last = last_day_drawn(curve)
    ticks = list(_ticks(last))
    flags = ((length_weeks * 7.0, _("planned end")),) if length_weeks * 7 <= last else ()
    given = Steps(
        title=_title(curve, min(length_weeks, last // 7)),
        description=_(
            "The line falls where a match ended earlier than planned. The band around it shows"
            " between which shares the true one probably lies."
        ),
        steps=tuple(
            Step(point.days, point.share, point.lower, point.upper)
            for point in curve.points
            if point.days <= last
        ),
        last=max(last, 1),
        ticks=tuple((day, _("week %(week)d") % {"week": day // 7}) for day in ticks),
        shares=tuple((share, _percent(share)) for share in (0, 0.25, 0.5, 0.75, 1)),
        below=_("Matches that were seen for so long"),
        numbers=tuple((day, str(curve.at_risk(day))) for day in ticks),
        flags=flags,
        end=_percent(curve.at(last).share),
        head=(_("Week"), _("Still together"), _("Probably between"), _("Seen for so long")),
        table=tuple(_row(curve, day) for day in ticks),
    )
    return steps_picture(given, mirrored=get_language_bidi())


def _title(curve: Curve, week: int) -> str:
    share = _percent(curve.at(week * 7).share)
    return _("After %(week)d weeks, about %(share)s of matches had not ended early.") % {
        "week": week,
        "share": share,
    }


def _ticks(last: int) -> Iterator[int]:
    yield from range(0, last + 1, WEEKS_OF_A_TICK * 7)


def _row(curve: Curve, day: int) -> tuple[str, str, str, str]:
    point = curve.at(day)
    between = _("%(least)s and %(most)s") % {
        "least": _percent(point.lower),
        "most": _percent(point.upper),
    }
    return str(day // 7), _percent(point.share), between, str(curve.at_risk(day))


def _percent(share: float) -> str:
    return format_percent(share, format="#,##0 %", locale=locale())
