"""Answers to the six statements about a match, given by each side alone."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.roles import Role
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match, RelationshipCheck
from kith.mentoring.permissions import ANSWER_CHECK
from kith.mentoring.queries.agreement import is_own
from kith.mentoring.queries.dates import open_week
from kith.mentoring.rules.checks import asks_for_talk, check_texts, is_whole
from kith.people.rules import Side


class NoCheckOpen(Refused):
    """Nothing is asked now, or it was answered meanwhile."""

    sentence = _("There is nothing to answer now. Thank you.")


class AnswersMissing(Refused):
    """Every statement has an answer, or none has."""

    sentence = _("Please answer every statement, or choose that you would rather not.")


class NotYourSide(Denied):
    """The other side never answers, nor reads, what one side says."""

    sentence = _("Each of the two answers alone.")


@command(ANSWER_CHECK, on="match")
def answer_check(
    actor: Actor,
    *,
    match: Match,
    side: Side,
    answers: Mapping[str, str],
    today: date,
    now: datetime,
) -> RelationshipCheck:
    """Keep the answers of one side; none at all: they would rather not.

    Raises NotYourSide, NoCheckOpen, AnswersMissing.
    """
    _require_side(actor, match, side)
    week = open_week(match, side, today=today)
    if week is None:
        raise NoCheckOpen()
    if answers and not is_whole(answers, side):
        raise AnswersMissing()
    check: RelationshipCheck = RelationshipCheck.objects.create(
        match=match,
        side=side.value,
        week=week,
        answered_on=today,
        text_version=check_texts().version,
        answers=json.dumps(dict(answers), sort_keys=True) if answers else "",
        offers_talk=asks_for_talk(answers),
        noted_by=actor.membership,
    )
    refresh(match, now=now)
    return check


def _require_side(actor: Actor, match: Match, side: Side) -> None:
    person = match.participant if side is Side.PARTICIPANT else match.mentor
    if not (is_own(actor, person) or actor.has(Role.COORDINATOR)):
        raise NotYourSide(seen=True, refused=ANSWER_CHECK.name, row=match)
