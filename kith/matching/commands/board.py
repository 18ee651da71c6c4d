"""Rows of the board from the engine's answers: pairs with their points, people without a pair."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from kith.matching.models import Proposal, Round, Unmatched, programmes_of
from kith.matching.rules.points import change_of, parts_of, points_of, steps_of
from kith.matching.rules.states import ProposalState
from kith.methods.matching.alternatives import Move
from kith.methods.matching.explain import Part, UnmatchedExplanation
from kith.methods.matching.live import Live
from kith.programmes.models import Enrolment

Places = Mapping[tuple[UUID, UUID], UUID]
"""A mentor's place by person and programme."""


def mentors_of(round_: Round, persons: Iterable[UUID] | None = None) -> Places:
    """Places of mentors in the programmes of a round; of all mentors, or of some."""
    rows = Enrolment.objects.filter(programme__in=programmes_of(round_), side="mentor").exclude(
        state="ended"
    )
    if persons is not None:
        rows = rows.filter(person__in=list(persons))
    found = rows.values_list("person_id", "programme_id", "pk")
    return {(person, programme): pk for person, programme, pk in found}


def waiting_by_key(keys: Iterable[str]) -> dict[UUID, Enrolment]:
    """Places of participants by key, with what the board needs of them."""
    needed = Enrolment.objects.only("programme_id", "person_id", "waiting_since", "state")
    return needed.in_bulk([UUID(key) for key in keys])


def pair_of(
    round_: Round,
    live: Live,
    participant: Enrolment,
    mentor: str,
    places: Places,
    parts: Sequence[Part] | None = None,
) -> Proposal:
    """A proposed pair, not saved yet, with what speaks for it.

    parts  what each criterion gives, where it is known already
    """
    row = Proposal(
        round=round_,
        organisation_id=round_.organisation_id,
        participant=participant,
        mentor_id=places[UUID(mentor), participant.programme_id],
    )
    describe(row, live, mentor, parts)
    row.fill_board()
    return row


def describe(row: Proposal, live: Live, mentor: str, parts: Sequence[Part] | None = None) -> None:
    """Shared points in words to be, and what each criterion gave."""
    key = str(row.participant_id)
    known = live.parts(key, mentor) if parts is None else parts
    row.points = points_of(known, live.participant(key), live.mentor(mentor))
    row.parts = parts_of(known)


def unmatched_of(round_: Round, live: Live, participants: Iterable[Enrolment]) -> list[Unmatched]:
    """People without a pair, not saved yet, with the reasons."""
    people = list(participants)
    reasons = live.explanations([str(one.pk) for one in people])
    return [
        Unmatched(
            round=round_,
            organisation_id=round_.organisation_id,
            participant=one,
            waiting_since=one.waiting_since,
            steps=steps_of(cast("UnmatchedExplanation", why)),
            change=change_of(cast("UnmatchedExplanation", why)),
        )
        for one, why in zip(people, reasons, strict=True)
    ]


def follow(
    round_: Round, live: Live, moves: Iterable[Move], *, besides: UUID | None = None
) -> None:
    """Bring the board to what the engine says after a decision.

    besides  the participant about whom was decided: their row was written by the decision
    """
    moved = {UUID(move.participant): move for move in moves}
    moved.pop(besides, None) if besides else None
    people = waiting_by_key(str(key) for key in moved)
    gone = Proposal.objects.filter(round=round_, participant__in=moved)
    gone.filter(state=ProposalState.PROPOSED.value).delete()
    Unmatched.objects.filter(round=round_, participant__in=moved).delete()
    found = [UUID(move.to_mentor) for move in moved.values() if move.to_mentor]
    places = mentors_of(round_, found)
    for key, move in moved.items():
        if move.to_mentor:
            propose(round_, live, people[key], move.to_mentor, places)
    left = [people[key] for key, move in moved.items() if move.to_mentor is None]
    Unmatched.objects.bulk_create(unmatched_of(round_, live, left))


def propose(
    round_: Round, live: Live, participant: Enrolment, mentor: str, places: Places
) -> Proposal:
    """Put a pair on the board; one that stood there before is the same row again."""
    fresh = pair_of(round_, live, participant, mentor, places)
    rows = Proposal.objects.filter(round=round_, participant=participant, mentor=fresh.mentor_id)
    known: Proposal | None = rows.first()
    if known is None:
        fresh.save()
        return fresh
    known.propose_again(fresh)
    return known
