"""Rounds, their runs, and what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Proposal, Round, RoundProgramme, Run
from kith.matching.permissions import DECIDE, SEE_ROUNDS
from kith.matching.queries.board import mentors_by_person, places_by_key
from kith.matching.queries.matcher import is_volunteer, matched_by_volunteers, of_others
from kith.matching.queries.standing import standing
from kith.matching.rules.states import REMIND_DAYS, Answer, ProposalState, RoundState
from kith.methods.matching.alternatives import Alternative, Move
from kith.methods.matching.live import Live
from kith.methods.matching.problem import BadProblem
from kith.programmes.models import Enrolment, Programme

PAST_ROUNDS = 20
ALTERNATIVES = 4
MOST_ENDED = 500


@dataclass(frozen=True)
class Option:
    """Another mentor for a participant, and what it would mean.

    lost  how many pairs fewer there would be in all
    """

    mentor: Enrolment
    alternative: Alternative
    left_without: list[Enrolment]
    moved: list[Enrolment]


@dataclass(frozen=True)
class Effect:
    """What a decision would do to others: who goes on waiting, who gets somebody else, who gains.

    own  the mentor whom the participant in question would be proposed then
    """

    own: Enrolment | None
    left_without: list[Enrolment]
    moved: list[Enrolment]
    gained: list[Enrolment]


def running_programmes(actor: Actor) -> "QuerySet[Programme]":
    """Programmes that are not closed, the oldest first."""
    rows = visible(actor, SEE_ROUNDS, Programme.objects.all())
    if is_volunteer(actor):
        rows = rows.filter(pk__in=matched_by_volunteers())
    return rows.filter(closed_on__isnull=True).order_by("opened_on", "id")


def rounds(actor: Actor) -> "QuerySet[Round]":
    """All rounds, the newest first."""
    rows = visible(actor, SEE_ROUNDS, Round.objects.all())
    if is_volunteer(actor):
        rows = rows.exclude(pk__in=of_others())
    return rows.order_by("-id")


def names_of(rounds: Iterable[Round]) -> dict[UUID, list[str]]:
    """The names of the programmes of some rounds, the oldest programme first."""
    named: dict[UUID, list[str]] = {one.pk: [] for one in rounds}
    links = RoundProgramme.objects.filter(round__in=list(named)).select_related("programme")
    for link in links.order_by("programme__opened_on", "programme__id"):
        named[link.round_id].append(link.programme.name)
    return named


def open_rounds(actor: Actor) -> dict[UUID, Round]:
    """The round in which people still decide, by programme."""
    rows = RoundProgramme.objects.filter(is_open=True, round__in=rounds(actor).values("pk"))
    return {row.programme_id: row.round for row in rows.select_related("round")}


def past_rounds(actor: Actor) -> list[Round]:
    """The last rounds that are over."""
    return list(rounds(actor).filter(state=RoundState.CLOSED.value)[:PAST_ROUNDS])


def runs_of(actor: Actor, round_: Round) -> list[Run]:
    """All solvings of a round, the last one first."""
    rows = visible(actor, SEE_ROUNDS, Run.objects.all()).filter(round=round_)
    return list(rows.defer("problem", "standing").order_by("-number"))


def runs(actor: Actor) -> "QuerySet[Run]":
    """Solvings with their rounds; the record itself is not read."""
    rows = visible(actor, SEE_ROUNDS, Run.objects.all())
    if is_volunteer(actor):
        rows = rows.exclude(round__in=of_others())
    return rows.defer("problem", "standing").select_related("round", "by")


def has_record(run: Run) -> bool:
    """Whether what was asked in a run is still kept, so that it can be repeated."""
    return bool(Run.objects.filter(pk=run.pk, problem__isnull=False).exists())


def records_before(day: date) -> Iterable[UUID]:
    """Closed rounds whose last run was up to a day and is still kept; for the retention clock."""
    kept = Run.objects.filter(problem__isnull=False, round__state=RoundState.CLOSED.value)
    later = Run.objects.filter(asked_at__date__gt=day).values("round")
    return kept.exclude(round__in=later).order_by().values_list("round", flat=True).distinct()


def options_of(actor: Actor, participant: Enrolment, run: Run) -> list[Option] | None:
    """Other mentors for a participant, and what each would mean for others.

    None when the participant does not take part. Raises NothingStands.
    """
    key = str(participant.pk)
    with standing(run) as live:
        if not live.has_participant(key):
            return None
        found = live.alternatives(key, ALTERNATIVES)
    people = places_by_key(actor, {move.participant for one in found for move in one.moves})
    mentors = mentors_by_person(actor, [participant.programme_id], [one.mentor for one in found])
    return [_option(one, mentors, people) for one in found if one.mentor in mentors]


def mentors_beside(actor: Actor, participant: Enrolment) -> "QuerySet[Enrolment]":
    """Mentors on the list of a participant's programme."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    return rows.filter(programme=participant.programme_id, side="mentor").select_related("person")


def effect_of_reject(actor: Actor, proposal: Proposal, run: Run) -> Effect | None:
    """What rejecting this pair would do; None where the engine does not know the pair."""
    key, mentor = str(proposal.participant_id), str(proposal.mentor.person_id)
    with standing(run) as live:
        moves = _tried(live, key, mentor)
    return None if moves is None else effect(actor, proposal.participant, moves)


def effect(actor: Actor, participant: Enrolment, moves: Iterable[Move]) -> Effect:
    """Moves as people: that of the participant apart from those of others."""
    moves = list(moves)
    key = str(participant.pk)
    own = next((one.to_mentor for one in moves if one.participant == key), None)
    others = [one for one in moves if one.participant != key]
    people = places_by_key(actor, {one.participant for one in others})
    mentors = mentors_by_person(actor, [participant.programme_id], [own] if own else [])

    def those(wanted: Iterable[Move]) -> list[Enrolment]:
        return [people[one.participant] for one in wanted if one.participant in people]

    return Effect(
        own=mentors.get(own) if own else None,
        left_without=those(one for one in others if one.to_mentor is None),
        moved=those(one for one in others if one.to_mentor and one.from_mentor),
        gained=those(one for one in others if one.from_mentor is None),
    )


def due_reminders(actor: Actor, *, today: date) -> list[Proposal]:
    """Offers whose last day is near and of which somebody has not said a word."""
    open_side = Q(participant_answer=Answer.NONE.value) | Q(mentor_answer=Answer.NONE.value)
    rows = _offered(actor).filter(open_side, reminded_on__isnull=True)
    return list(rows.filter(answer_by__lte=today + timedelta(days=REMIND_DAYS))[:MOST_ENDED])


def ended_offers(actor: Actor, *, today: date) -> list[Proposal]:
    """Offers whose days are over. A question that was asked keeps one open."""
    asking = Q(participant_answer=Answer.ASK.value) | Q(mentor_answer=Answer.ASK.value)
    return list(_offered(actor).exclude(asking).filter(answer_by__lt=today)[:MOST_ENDED])


def _offered(actor: Actor) -> "QuerySet[Proposal]":
    rows = visible(actor, DECIDE, Proposal.objects.all())
    rows = rows.filter(state=ProposalState.OFFERED.value).order_by("answer_by", "id")
    return rows.select_related("round", "participant__person", "mentor__person")


def _tried(live: Live, participant: str, mentor: str) -> tuple[Move, ...] | None:
    try:
        return live.what_if_reject(participant, mentor).moves
    except BadProblem:
        return None


def _option(
    found: Alternative, mentors: dict[str, Enrolment], people: dict[str, Enrolment]
) -> Option:
    left = [people[move.participant] for move in found.moves if move.to_mentor is None]
    moved = [people[move.participant] for move in found.moves if move.to_mentor is not None]
    return Option(mentors[found.mentor], found, left, moved)
