"""Rows of the board from the engine's answers: pairs with their points, people without a pair."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from kith.matching.models import Proposal, Round, Unmatched, programmes_of
from kith.matching.rules.points import change_of, parts_of, points_of, steps_of
from kith.matching.rules.states import ProposalState
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
            steps=steps_of(cast("UnmatchedExplanation", why), live.participant(str(one.pk))),
            change=change_of(cast("UnmatchedExplanation", why)),
        )
        for one, why in zip(people, reasons, strict=True)
    ]


def follow(
    round_: Round, live: Live, concerned: Iterable[str], *, besides: UUID | None = None
) -> None:
    """Bring the board to what the engine says of these people after a decision.

    concerned  keys of everybody who was moved or named, whether they stand elsewhere now or not
    besides    the participant about whom was decided: their row was written by the decision
    """
    keys = [key for key in map(UUID, concerned) if key != besides]
    if not keys:
        return
    # Whoever has left stands nowhere.
    now = {key: live.mentor_of(str(key)) for key in keys if live.has_participant(str(key))}
    people = waiting_by_key(str(key) for key in now)
    stays = _propose(round_, live, people, now)
    shown = Proposal.objects.filter(round=round_, participant__in=keys)
    shown.filter(state=ProposalState.PROPOSED.value).exclude(pk__in=stays).delete()
    Unmatched.objects.filter(round=round_, participant__in=keys).delete()
    left = [people[key] for key, mentor in now.items() if mentor is None]
    Unmatched.objects.bulk_create(unmatched_of(round_, live, left))


def _propose(
    round_: Round, live: Live, people: Mapping[UUID, Enrolment], wanted: Mapping[UUID, str | None]
) -> list[UUID]:
    """Put pairs on the board; one that stood there before is the same row again. Gives the keys."""
    pairs = [(key, mentor) for key, mentor in wanted.items() if mentor is not None]
    places = mentors_of(round_, [UUID(mentor) for _, mentor in pairs])
    rows = Proposal.objects.filter(round=round_, participant__in=[key for key, _ in pairs])
    known = {(row.participant_id, row.mentor_id): row for row in rows.select_related("participant")}
    every = live.parts_of([(str(key), mentor) for key, mentor in pairs])
    fresh, stays = [], []
    for (key, mentor), parts in zip(pairs, every, strict=True):
        made = pair_of(round_, live, people[key], mentor, places, parts)
        before = known.get((key, made.mentor_id))
        if before is None:
            fresh.append(made)
        else:
            before.propose_again(made)
        stays.append((before or made).pk)
    Proposal.objects.bulk_create(fresh)
    return stays
