"""Matches of the demo that change hands, near their end, or are over: done through commands."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kith.consent.commands import Signed, record_answer
from kith.consent.queries import newest
from kith.consent.rules import State
from kith.gate.actor import Actor, job_actor
from kith.mentoring import commands
from kith.mentoring.models import FollowUp, Match, MatchMember
from kith.mentoring.permissions import FOLLOW_UP_JOB
from kith.mentoring.queries.handovers import candidates, ready_to_take
from kith.mentoring.rules.closing import FOLLOW_UP, ClosingNote
from kith.mentoring.rules.handovers import HandOverPlan
from kith.mentoring.rules.states import TalkWay
from kith.people.rules import Side

STANDS_IN = timedelta(days=28)
TRIED = 12
LATER = timedelta(days=183), timedelta(days=243)


def make_endings(actor: Actor, *, today: date, now: datetime) -> None:
    """A stand-in is asked for, a wish, closing talks, and a talk after the end."""
    pairs = list(_pairs(actor)[:TRIED])
    for match in pairs[2:]:
        if _ask_stand_in(actor, match, today=today, now=now):
            break
    if len(pairs) > 1:
        _wish(actor, pairs[1], today=today, now=now)
    _talk_about_ending(actor, today=today, now=now)
    _ask_later(actor, today=today, now=now)


def _pairs(actor: Actor) -> "QuerySet[Match]":
    """Running pairs of one's own people; those with a sign-in stay as they are."""
    rows = Match.objects.filter(state="active", unit="pair", mentor__user__isnull=True)
    rows = rows.filter(participant__user__isnull=True, participant__responsible=actor.membership)
    found: QuerySet[Match] = rows.select_related("participant", "mentor", "programme")
    return found.order_by("-id")


def _ask_stand_in(actor: Actor, match: Match, *, today: date, now: datetime) -> bool:
    found = candidates(actor, match, text="")
    ready = (one for one in found if ready_to_take(match, one, today=today).is_ready)
    person = next(ready, None)
    if person is None:
        return False
    commands.ask_hand_over(
        actor,
        match=match,
        member=MatchMember.objects.get(match=match, person=match.mentor, until__isnull=True),
        person=person,
        plan=HandOverPlan(today + timedelta(days=3), today + STANDS_IN),
        today=today,
        now=now,
    )
    return True


def _wish(actor: Actor, match: Match, *, today: date, now: datetime) -> None:
    commands.wish_for_change(actor, match=match, side=Side.PARTICIPANT, today=today, now=now)


def _talk_about_ending(actor: Actor, *, today: date, now: datetime) -> None:
    """The pair whose planned time ends first has begun to say goodbye."""
    match = (
        _pairs(actor).filter(planned_end_on__isnull=False).order_by("planned_end_on", "id").first()
    )
    if match is None:
        return
    note = ClosingNote(
        today,
        TalkWay.IN_PERSON,
        {"helped": "yes", "own_pace": "yes", "knows_where": "partly"},
        ("activity", "service"),
        "The choir on Thursdays, and the advice for tenants.",
    )
    commands.note_closing_talk(
        actor, match=match, side=Side.PARTICIPANT, note=note, today=today, now=now
    )


def _ask_later(actor: Actor, *, today: date, now: datetime) -> None:
    """People of matches that ended half a year ago agreed to be asked."""
    earliest, latest = today - LATER[1], today - LATER[0]
    rows = Match.objects.filter(state="closed", closed_on__range=(earliest, latest))
    for match in rows.select_related("participant").order_by("-closed_on", "id")[:2]:
        if newest(match.participant, FOLLOW_UP) is None:
            record_answer(
                actor,
                person=match.participant,
                purpose=FOLLOW_UP,
                state=State.GIVEN,
                language=match.participant.language,
                now=now,
                signed=Signed("typed", str(match.participant.name)),
            )
    if actor.membership is not None and not FollowUp.objects.exists():
        job = job_actor(FOLLOW_UP_JOB, actor.membership.organisation)
        commands.open_follow_ups(job, today=today)
