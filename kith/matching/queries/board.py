"""The board of a round: keyset pages, bounded counts, and who is named on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.matching.models import Decision, Proposal, Round, Run, Unmatched
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.matcher import is_volunteer, of_others
from kith.matching.rules.shows import Show
from kith.matching.rules.states import Act, ProposalState
from kith.people.queries import listed, narrowed
from kith.programmes.models import Enrolment

ON_A_PAGE = 20
MOST_COUNTED = 999


Row = TypeVar("Row", Proposal, Unmatched)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows of a long list, and where the next ones begin ("" at its end)."""

    rows: Sequence[Row]
    after: str


@reads(SEE_ROUNDS, on="round")
def look_at(actor: Actor, *, round: Round) -> Round:  # noqa: A002 - the word of the room
    """Open pairs of a round with the names of both: the look is noted."""
    return round


def pairs_in(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    show: Show,
    after: str = "",
    text: str = "",
    number: int = ON_A_PAGE,
) -> Part[Proposal]:
    """Pairs of one list of the board, those first who have waited longest: the look is noted."""
    look_at(actor, round=round)
    rows = proposals(actor).filter(round=round, shelf=show.value)
    if text:
        found = narrowed(listed(actor), actor, text).values("pk")
        rows = rows.filter(Q(participant__person__in=found) | Q(mentor__person__in=found))
    return _part(rows, after, number)


def left_in(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    after: str = "",
    number: int = ON_A_PAGE,
) -> Part[Unmatched]:
    """Those for whom a round found nobody, the longest waiting first: the look is noted."""
    look_at(actor, round=round)
    rows = visible(actor, SEE_ROUNDS, Unmatched.objects.all()).filter(round=round)
    return _part(
        rows.select_related("participant__person", "participant__programme"), after, number
    )


def proposals(actor: Actor) -> "QuerySet[Proposal]":
    """Proposed pairs with the people of both sides."""
    rows = visible(actor, SEE_ROUNDS, Proposal.objects.all())
    if is_volunteer(actor):
        rows = rows.exclude(round__in=of_others())
    return rows.select_related(
        "round",
        "participant__programme",
        "participant__person__place",
        "mentor__person__place",
    )


def counted(actor: Actor, round_: Round) -> dict[Show, int]:
    """How many pairs stand on each list, counted up to MOST_COUNTED + 1."""
    rows = visible(actor, SEE_ROUNDS, Proposal.objects.all()).filter(round=round_)
    return {show: rows.filter(shelf=show.value)[: MOST_COUNTED + 1].count() for show in Show}


def unmatched_number(actor: Actor, round_: Round) -> int:
    """How many people have no pair, counted up to MOST_COUNTED + 1."""
    rows = visible(actor, SEE_ROUNDS, Unmatched.objects.all()).filter(round=round_)
    return rows[: MOST_COUNTED + 1].count()


def places_by_key(actor: Actor, keys: Iterable[str]) -> dict[str, Enrolment]:
    """Places in programmes with their people, by key."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    rows = rows.filter(pk__in=[UUID(key) for key in keys])
    return {str(row.pk): row for row in rows.select_related("person")}


def row_to_undo(decision: Decision) -> Proposal | None:
    """The pair on which a decision can be taken back with one button."""
    if decision.act not in {Act.LOCK.value, Act.REJECT.value}:
        return None
    rows = Proposal.objects.filter(
        round=decision.round_id,
        participant=decision.participant_id,
        mentor=decision.mentor_id,
        state__in=[ProposalState.LOCKED.value, ProposalState.REJECTED.value],
    )
    found: Proposal | None = rows.first()
    return found


def mentors_named(actor: Actor, rows: Iterable[Unmatched]) -> dict[str, Enrolment]:
    """The mentors whom the changes of these rows would open, by the key of the person."""
    rows = list(rows)
    keys = {key for row in rows if row.change for key in row.change.get("mentors", ())}
    programmes = {row.participant.programme_id for row in rows}
    return mentors_by_person(actor, programmes, keys)


def mentors_by_person(
    actor: Actor, programmes: Iterable[UUID], persons: Iterable[str]
) -> dict[str, Enrolment]:
    """Places of mentors in some programmes, by the key of the person."""
    found = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(
        person__in=[UUID(key) for key in persons], side="mentor", programme__in=list(programmes)
    )
    found = found.exclude(state="ended").select_related("person")
    return {str(row.person_id): row for row in found}


def last_decision(run: Run) -> Decision | None:
    """What was decided last, with whom it concerns."""
    rows = Decision.objects.filter(run=run).order_by("-number").defer("record")
    found: Decision | None = rows.select_related("participant__person", "mentor__person").first()
    return found


def _part(rows: "QuerySet[Row]", after: str, number: int) -> Part[Row]:
    rows = _after(rows, after).order_by(F("waiting_since").asc(), "id")
    found = list(rows[: number + 1])
    more, found = len(found) > number, found[:number]
    return Part(found, f"{found[-1].waiting_since}_{found[-1].pk}" if more else "")


def _after(rows: "QuerySet[Row]", after: str) -> "QuerySet[Row]":
    day, _mark, key = after.partition("_")
    try:
        since, pk = date.fromisoformat(day), UUID(key)
    except ValueError:
        return rows
    # The first condition alone is what the index is read by.
    return rows.filter(Q(waiting_since__gt=since) | Q(pk__gt=pk), waiting_since__gte=since)
