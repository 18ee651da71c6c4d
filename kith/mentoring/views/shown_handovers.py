"""Hand-overs as pages print them: who, instead of whom, from when to when, and what is next."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.queries import handovers as queries
from kith.mentoring.queries.record import Record
from kith.mentoring.rules.handovers import HandOverState, there_on
from kith.mentoring.views.shown_groups import volunteer_lacks
from kith.people.rules import Side
from kith.web.components import Event
from kith.web.words import full_day, isolated


def page_of(handover: HandOver) -> str:
    """Where the coordinator looks after a hand-over."""
    return reverse("mentoring:hand_over", args=[handover.match_id, handover.member_id])


def answer_page(handover: HandOver) -> str:
    """Where the participant answers."""
    return reverse("mentoring:answer_hand_over", args=[handover.match_id, handover.pk])


def planned(one: HandOver) -> str:
    """ "Jan is to go on from 3 May in place of Marta." """
    words = {
        "name": isolated(called(one.person)),
        "other": isolated(called(one.member.person)),
        "from": full_day(one.from_on),
    }
    if one.until_on is None:
        return _("%(name)s is to take over from %(other)s on %(from)s.") % words
    words["until"] = full_day(one.until_on)
    return _("%(name)s is to stand in for %(other)s from %(from)s to %(until)s.") % words


def standing(one: HandOver) -> str:
    """ "Jan stands in for Marta until 3 June." """
    return _("%(name)s stands in for %(other)s until %(until)s.") % {
        "name": isolated(called(one.person)),
        "other": isolated(called(one.member.person)),
        "until": full_day(one.until_on or one.from_on),
    }


def asked_of_participant(one: HandOver) -> str:
    """The question, as the participant reads it."""
    words = {
        "name": isolated(called(one.person)),
        "other": isolated(called(one.member.person)),
        "from": full_day(one.from_on),
    }
    if one.until_on is None:
        return _("From %(from)s %(name)s would go on with you in place of %(other)s.") % words
    words["until"] = full_day(one.until_on)
    return _("From %(from)s to %(until)s %(name)s would meet you while %(other)s cannot.") % words


def state_of(one: HandOver) -> str:
    """Where it stands, for staff."""
    if one.state == HandOverState.BEGUN:
        return standing(one)
    if one.state == HandOverState.AGREED:
        return " ".join([planned(one), _("The participant said yes.")])
    return " ".join([planned(one), _("The participant has not answered yet.")])


def lacking(one: HandOver, today: date) -> list[str]:
    """What is missing meanwhile, so that it could not begin on its day."""
    if one.state not in {HandOverState.ASKED, HandOverState.AGREED}:
        return []
    return volunteer_lacks(queries.ready_to_take(one.match, one.person, today=today))


def events(opened: Record) -> list[Event]:
    """Who came to a match and who left, for its history; the names are those of that time."""
    came = [_came(row, opened.match) for row in opened.members]
    left = [_left(row, opened.members) for row in opened.members]
    return [event for event in (*left, *came) if event is not None]


def _came(row: MatchMember, match: Match) -> Event | None:
    if row.instead_of is not None:
        what = _("%(name)s came in place of %(other)s") % {
            "name": called(row.person),
            "other": called(row.instead_of.person),
        }
    elif row.since > match.agreed_on and row.side == Side.MENTOR:
        what = _("%(name)s came") % {"name": called(row.person)}
    else:
        return None
    return Event(on=row.since, what=what, icon="people")


def _left(row: MatchMember, members: list[MatchMember]) -> Event | None:
    taken_over = {one.instead_of_id for one in members if one.instead_of_id}
    if row.until is None or row.side != Side.MENTOR or row.pk in taken_over:
        return None
    return Event(on=row.until, what=_("%(name)s left") % {"name": called(row.person)}, icon="hand")


def with_whom(opened: Record, day: date) -> str:
    """With which mentor they met on a day, where a pair has had more than one."""
    mentors = [row for row in opened.members if row.side == Side.MENTOR]
    if opened.match.is_group or len(mentors) < 2:
        return ""
    there = there_on(mentors, day)
    return _("with %(name)s") % {"name": isolated(called(there.person))} if there else ""


def candidates(match: Match, found: list[Any], today: date) -> list[dict[str, Any]]:
    """Who could take the place, with what is still missing."""
    rows = [queries.ready_to_take(match, one, today=today) for one in found]
    return [
        {"person": one.person, "name": str(one.person.name), "lacking": volunteer_lacks(one)}
        for one in rows
    ]


def asked_of(actor: Actor, match: Match) -> list[dict[str, str]]:
    """What the participant behind the account is asked about this match."""
    return [
        {"said": asked_of_participant(one), "url": answer_page(one)}
        for one in queries.own_asked(actor)
        if one.match_id == match.pk
    ]


def of_match(match: Match, *, is_staff: bool) -> list[dict[str, str]]:
    """What is open about who goes with whom, for the page of the match."""
    if not is_staff:
        return [
            {"said": standing(one), "url": ""}
            for one in queries.open_of(match)
            if one.state == HandOverState.BEGUN
        ]
    return [{"said": state_of(one), "url": page_of(one)} for one in queries.open_of(match)]
