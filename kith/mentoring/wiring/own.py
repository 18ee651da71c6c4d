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
from kith.mentoring.queries import agreement, care, lists
from kith.mentoring.queries.dates import open_week
from kith.mentoring.views.shown import moment
from kith.mentoring.wiring.pages import check_page
from kith.people.rules import Side
from kith.web import today
from kith.web.words import near

SOON = timedelta(days=7)
OWN = frozenset({Role.MENTOR, Role.PARTICIPANT})


def own_matches(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What one's own matches need: a signature, a note, the next meeting."""
    if not actor.has(*OWN):
        return
    found, now = lists.own(actor), clock.now()
    unnoted = care.unnoted(found, now=now)
    for match in found:
        if _is_unsigned(actor, match):
            yield _sign_line(actor, match)
        if match in unnoted and agreement.is_own(actor, match.mentor):
            yield _unnoted_line(match, day)
        if side := _asked_side(actor, match, day):
            yield _statements_line(actor, match, side)
        if match in unnoted:
            continue
        if match.next_meeting_at and now <= match.next_meeting_at <= now + SOON:
            yield _meet_line(actor, match, day)


def _asked_side(actor: Actor, match: Match, day: date) -> Side | None:
    """The side of the actor, when the six statements are open for it."""
    is_mentor = agreement.is_own(actor, match.mentor)
    side = Side.MENTOR if is_mentor else Side.PARTICIPANT
    return side if open_week(match, side, today=day) else None


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
    is_mentor = agreement.is_own(actor, match.mentor)
    return called(match.participant if is_mentor else match.mentor)


def _is_unsigned(actor: Actor, match: Match) -> bool:
    if match.state != "starting":
        return False
    return any(
        place.signature is None and agreement.is_own(actor, place.person)
        for place in agreement.places(match)
    )


def _sign_line(actor: Actor, match: Match) -> today.TodayLine:
    side = "mentor" if agreement.is_own(actor, match.mentor) else "participant"
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Sign the agreement with %(name)s") % {"name": _other(actor, match)},
        why=_("Both of you said yes. Read together how you want to treat each other."),
        action_label=_("Read and sign"),
        url=reverse("mentoring:sign", args=[match.pk, side]),
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
