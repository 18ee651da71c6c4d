"""Lines on Today for mentors and participants: what their own matches need."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.queries import agreement, care, lists, members
from kith.mentoring.queries.dates import open_week
from kith.mentoring.views.shown import names
from kith.mentoring.views.shown_meetings import moment
from kith.mentoring.wiring.pages import check_page
from kith.people.models import Person
from kith.people.rules import Side
from kith.web import today
from kith.web.words import near

SOON = timedelta(days=7)
OWN = frozenset({Role.MENTOR, Role.GROUP_LEAD, Role.PARTICIPANT})


def own_matches(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What one's own matches need: a signature, a note, the next meeting."""
    if not actor.has(*OWN):
        return
    found, now = lists.own(actor), clock.now()
    unnoted, sides = care.unnoted(found, now=now), members.own_sides(actor, found)
    unsigned = agreement.unsigned(actor, found)
    for match in found:
        if match.pk in unsigned:
            yield _sign_line(actor, match, unsigned[match.pk])
        if match in unnoted and sides.get(match.pk) is Side.MENTOR:
            yield _unnoted_line(match, day)
        if side := _asked_side(actor, match, day):
            yield _statements_line(actor, match, side)
        if match in unnoted:
            continue
        if match.next_meeting_at and now <= match.next_meeting_at <= now + SOON:
            yield _meet_line(actor, match, day)


def _asked_side(actor: Actor, match: Match, day: date) -> Side | None:
    """The side for which the actor speaks, when the six statements are open for it."""
    both = {Side.PARTICIPANT: match.participant, Side.MENTOR: match.mentor}
    own = next((side for side, one in both.items() if agreement.is_own(actor, one)), None)
    return own if own and open_week(match, own, today=day) else None


def _statements_line(actor: Actor, match: Match, side: Side) -> today.TodayLine:
    name = _other(actor, match)
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("How is it going with %(name)s?") % {"name": name},
        why=_("Six short statements. Your coordinator reads your answers, %(name)s does not.")
        % {"name": name},
        action_label=_("Answer"),
        url=check_page(match, side),
        weight=55,
    )


def _other(actor: Actor, match: Match) -> str:
    return names(match, actor)


def _sign_line(actor: Actor, match: Match, person: Person) -> today.TodayLine:
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Sign the agreement with %(name)s") % {"name": _other(actor, match)},
        why=_("Everybody said yes. Read together how you want to treat each other.")
        if match.is_group
        else _("Both of you said yes. Read together how you want to treat each other."),
        action_label=_("Read and sign"),
        url=reverse("mentoring:sign", args=[match.pk, person.pk]),
        weight=65,
    )


def _unnoted_line(match: Match, day: date) -> today.TodayLine:
    when = near(timezone.localdate(match.next_meeting_at), day) if match.next_meeting_at else ""
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Did you meet %(name)s?") % {"name": called(match.participant)},
        why=_("A meeting was planned %(when)s. One tap is enough.") % {"when": when},
        action_label=_("Note it"),
        url=reverse("mentoring:match", args=[match.pk]),
        weight=70,
    )


def _meet_line(actor: Actor, match: Match, day: date) -> today.TodayLine:
    when = moment(match.next_meeting_at, day) if match.next_meeting_at else ""
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("You meet %(name)s") % {"name": _other(actor, match)},
        why=when[:1].upper() + when[1:] + ".",
        action_label=_("Open"),
        url=reverse("mentoring:match", args=[match.pk]),
        weight=30,
    )
