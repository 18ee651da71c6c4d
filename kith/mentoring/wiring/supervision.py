"""Lines on Today about supervision and about how many matches a mentor has."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kith.base import clock
from kith.base.few import Few
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.models import MentorCare
from kith.mentoring.permissions import KEEP_LOAD, SUPERVISE
from kith.mentoring.queries import supervision as queries
from kith.mentoring.rules.mentors import SessionState
from kith.mentoring.views.shown_meetings import moment
from kith.reminders.rules.kinds import Kind, add_kind
from kith.web import today
from kith.web.words import and_list, full_day, near

MOST_NAMED = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    today.add_source(supervision, most=59)
    add_kind(
        Kind(
            key="mentoring.supervision_soon",
            title=gettext_lazy("Supervision comes up"),
            sentence=ngettext_lazy(
                "Supervision comes up.", "%(number)d sessions of supervision come up.", "number"
            ),
            roles=frozenset({Role.MENTOR, Role.GROUP_LEAD}),
            days=1,
            source=queries.invited_soon,
            still=queries.invited_still,
            icon="cup",
            order=35,
        )
    )


def supervision(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Mentors who wait for supervision, sessions to note, and mentors with many matches."""
    if has(actor, SUPERVISE):
        yield from _waiting(actor, day)
        yield from _to_note(actor, day)
    if has(actor, KEEP_LOAD):
        yield from (_load_line(care) for care in queries.crowded(actor, today=day))
    if actor.has(Role.MENTOR):
        yield from _own(actor, day)


def _waiting(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    found = queries.due(actor, today=day, named=MOST_NAMED)
    if not found.rows:
        return
    number = found.number
    what = ngettext("Offer %(names)s supervision", "Offer %(number)d mentors supervision", number)
    asked = "&".join(f"mentor={care.person_id}" for care in found.rows)
    yield today.TodayLine(
        kind=today.Kind.PLAN,
        what=what % {"names": called(found.rows[0].person), "number": number},
        why=_why(found, day),
        action_label=_("Plan a session"),
        url=f"{reverse('mentoring:plan_supervision')}?{asked}",
        weight=59,
        count=number if number > 1 else None,
    )


def _why(found: Few[MentorCare], day: date) -> str:
    if found.number > 1:
        names = [called(care.person) for care in found.rows]
        if found.number > len(names):
            names.append(_("%(number)d more") % {"number": found.number - len(names)})
        said = _("%(names)s: longer without than the programme plans.")
        return said % {"names": and_list(names)}
    care = found.rows[0]
    if care.supervised_on is None:
        return _("None yet. The programme plans it since %(day)s.") % {"day": full_day(care.since)}
    return _("The last was %(when)s. That is longer than the programme plans.") % {
        "when": near(care.supervised_on, day)
    }


def _to_note(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    now, mine = clock.now(), actor.membership
    for one in queries.planned(actor):
        at = one.row.planned_at
        if at is None or at > now or one.row.led_by_id != (mine.pk if mine else None):
            continue
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Note the supervision with %(names)s")
            % {"names": and_list([called(row.mentor) for row in one.invited[:MOST_NAMED]])},
            why=_("It was planned %(when)s.") % {"when": near(timezone.localdate(at), day)},
            action_label=_("Note it"),
            url=reverse("mentoring:session", args=[one.row.pk]),
            weight=52,
        )


def _load_line(care: MentorCare) -> today.TodayLine:
    said = ngettext(
        "%(number)d match at once is more than the programme plans for one mentor.",
        "%(number)d matches at once are more than the programme plans for one mentor.",
        care.running,
    )
    return today.TodayLine(
        kind=today.Kind.NOTICE,
        what=_("Ask %(name)s whether it is too much") % {"name": called(care.person)},
        why=said % {"number": care.running},
        action_label=_("Look at it"),
        url=reverse("mentoring:load", args=[care.pk]),
        weight=57,
    )


def _own(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """The next session, for a mentor who is invited."""
    now = clock.now()
    for one in queries.own(actor):
        row = one.supervision
        if row.state == SessionState.PLANNED.value and row.planned_at and row.planned_at >= now:
            when = moment(row.planned_at, day)
            yield today.TodayLine(
                kind=today.Kind.PLAN,
                what=_("You have supervision"),
                why=when[:1].upper() + when[1:] + ".",
                action_label=_("Open"),
                url=reverse("mentoring:my_supervision"),
                weight=28,
            )
