"""Who belongs to a match, as its page prints them."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import CHANGE_MEMBERS, PARTICIPANT, SHARE_TASKS
from kith.mentoring.queries import members as queries
from kith.mentoring.queries.record import Record
from kith.mentoring.rules.members import LEAVE_WORDS, LeaveReason, role_names, role_tasks
from kith.mentoring.rules.states import RUNNING
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.words import and_list, comma_list, full_day

PAIR_WORDS = {
    Side.PARTICIPANT: gettext_lazy("Participant"),
    Side.MENTOR: gettext_lazy("Mentor"),
}
GROUP_WORDS = {
    Side.PARTICIPANT: gettext_lazy("The family"),
    Side.MENTOR: gettext_lazy("The group"),
}


def shown_members(opened: Record, actor: Actor, *, today: date) -> dict[str, Any]:
    """Both sides as far as the reader may know them, those who left, and what a group lacks."""
    match = opened.match
    words = GROUP_WORDS if match.is_group else PAIR_WORDS
    sides = [side for side in Side if side is Side.MENTOR or opened.shows(PARTICIPANT)]
    rows = [row for row in opened.members if Side(row.side) in sides]
    now = [row for row in rows if row.until is None]
    first, is_staff = {match.participant_id, match.mentor_id}, actor.is_staff
    now.sort(key=lambda row: row.person_id not in first)
    is_open = match.is_group and match.state in RUNNING
    may_change = allows(actor, CHANGE_MEMBERS, match) and is_open
    may_share = allows(actor, SHARE_TASKS, match) and is_open
    return {
        "people": [
            {
                "title": words[side],
                "id": "people" if side is sides[0] else "",
                "add_url": _add_url(match, side) if may_change else "",
                "may_change": may_change or (may_share and side is Side.MENTOR),
                "members": [
                    shown_member(row, match, actor, today) for row in now if row.side == side
                ],
            }
            for side in sides
        ],
        "earlier": [left(row, match, today) for row in rows if row.until] if is_staff else [],
        "lacks": lacks(opened) if may_change else [],
    }


def _add_url(match: Match, side: Side) -> str:
    return reverse("mentoring:new_member", args=[match.pk, side.value])


def shown_member(row: MatchMember, match: Match, actor: Actor, today: date) -> dict[str, Any]:
    """Someone of the match: name, what they look after, since when."""
    template = rules_of(match.programme)
    return {
        "row": row,
        "name": str(row.person.name) if actor.is_staff else called(row.person),
        "is_own": actor.user_id is not None and row.person.user_id == actor.user_id,
        "is_first": match.is_group and row.person_id in {match.mentor_id, match.participant_id},
        "url": reverse("people:person", args=[row.person_id]) if actor.is_staff else "",
        "roles": comma_list(role_names(template, row.roles)) if row.roles else "",
        "tasks": role_tasks(template, row.roles),
        "since": _("since %(when)s") % {"when": full_day(row.since)},
        "came_late": row.since > match.agreed_on,
        "hand_over_url": _hand_over_url(row, match, actor),
        "instead_of": called(row.instead_of.person) if row.instead_of else "",
    }


def _hand_over_url(row: MatchMember, match: Match, actor: Actor) -> str:
    """Where somebody else can take this place, for those who may change it."""
    is_open = row.side == Side.MENTOR and match.state in RUNNING
    if not is_open or not allows(actor, CHANGE_MEMBERS, match):
        return ""
    return reverse("mentoring:hand_over", args=[match.pk, row.pk])


def left(row: MatchMember, match: Match, today: date) -> dict[str, str]:
    """Someone who belonged to the match: until when, and why they left."""
    template = rules_of(match.programme)
    when = {"since": full_day(row.since), "until": full_day(row.until or today)}
    return {
        "name": str(row.person.name),
        "roles": comma_list(role_names(template, row.roles)) if row.roles else "",
        "when": _("from %(since)s to %(until)s") % when,
        "why": str(LEAVE_WORDS[LeaveReason(row.leave_reason)]),
    }


def lacks(opened: Record) -> list[str]:
    """What the programme plans of a group and this one has not."""
    shape = queries.shape_of(opened.match, opened.members)
    if shape is None or opened.match.closed_on is not None:
        return []
    said = []
    if not shape.as_planned:
        sentence = ngettext(
            "%(number)d person is in the group; the programme plans %(least)d to %(most)d.",
            "%(number)d people are in the group; the programme plans %(least)d to %(most)d.",
            shape.size,
        )
        said.append(sentence % {"number": shape.size, "least": shape.least, "most": shape.most})
    if shape.without:
        names = role_names(rules_of(opened.match.programme), [one.key for one in shape.without])
        said.append(_("Nobody looks after this yet: %(roles)s.") % {"roles": and_list(names)})
    return said
