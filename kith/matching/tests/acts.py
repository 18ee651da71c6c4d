"""What tests of matching do and look at more than once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kith.base import permit, scope
from kith.gate.actor import Actor
from kith.gate.tests.factories import actor_of
from kith.matching import commands
from kith.matching.models import Decision, Proposal, Round, Run, Unmatched
from kith.matching.queries import standing
from kith.matching.tests.factories import NOW, TODAY, free_mentor, staff, waiting_participant
from kith.programmes.models import Enrolment, Programme

HOLDING = ("proposed", "locked", "offered", "agreed")


def ewa_of(programme: Programme) -> Actor:
    """The coordinator of a programme's organisation."""
    return actor_of(staff(programme))


def opened(*programmes: Programme, **wishes: Any) -> Round:
    """A round over the waiting lists of some programmes."""
    given = {"seed": 7, "today": TODAY, "now": NOW, **wishes}
    return commands.open_round(ewa_of(programmes[0]), programmes=programmes, **given)


def solved_again(round_: Round, **wishes: Any) -> Run:
    """The same round, proposed once more."""
    return commands.solve_round(ewa(round_), round=round_, today=TODAY, now=NOW, **wishes)


def refreshed(round_: Round, *, today: date = TODAY) -> int:
    """The same round, brought up to date with the button."""
    return commands.refresh_round(ewa(round_), round=round_, today=today, now=NOW)


def ewa(round_: Round) -> Actor:
    """The coordinator of a round's organisation."""
    return actor_of(staff(round_))


def pair(round_: Round, participant: Enrolment, mentor: Enrolment | None = None) -> Proposal:
    """The row of two people; without a mentor, the row on which the participant stands now."""
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_, participant=participant).select_related(
            "round", "participant__programme", "participant__person", "mentor__person"
        )
        return rows.get(mentor=mentor) if mentor else rows.get(state__in=HOLDING)


def keep(round_: Round, participant: Enrolment) -> Proposal:
    """Keep the pair in which a participant stands."""
    return commands.lock_proposal(ewa(round_), proposal=pair(round_, participant))


def reject(
    round_: Round, participant: Enrolment, *, reason: str = "times", note: str = ""
) -> Proposal:
    """Leave out the pair in which a participant stands."""
    row = pair(round_, participant)
    return commands.reject_proposal(ewa(round_), proposal=row, reason=reason, note=note)


def take_back(round_: Round, participant: Enrolment, mentor: Enrolment) -> Proposal:
    """Take back what was decided about two people."""
    return commands.unlock_proposal(ewa(round_), proposal=pair(round_, participant, mentor))


def keep_pair(round_: Round, participant: Enrolment, mentor: Enrolment) -> Proposal:
    """Keep two people of one's own choice."""
    return commands.keep_pair(ewa(round_), round=round_, participant=participant, mentor=mentor)


def ask_both(round_: Round, participant: Enrolment, *, today: date = TODAY) -> Proposal:
    """Ask both sides of the pair in which a participant stands."""
    row = pair(round_, participant)
    return commands.accept_proposal(
        ewa(round_), proposal=row, why="Both like walking", today=today, now=NOW
    )


def answer(
    round_: Round, participant: Enrolment, side: str, said: str, *, now: datetime = NOW
) -> Proposal:
    """Note what one side of the open offer of a participant said by phone."""
    row = pair(round_, participant)
    return commands.record_answer(
        ewa(round_), proposal=row, side=side, answer=said, today=now.date(), now=now
    )


def withdraw(round_: Round, participant: Enrolment) -> Proposal:
    """Take the question to both sides back."""
    return commands.withdraw_offer(ewa(round_), proposal=pair(round_, participant), now=NOW)


def board(round_: Round) -> dict[str, str]:
    """The mentor with whom each participant stands on the board, by the names they go by."""
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_, state__in=HOLDING)
        return {
            str(row.participant.person.called): str(row.mentor.person.called)
            for row in rows.select_related("participant__person", "mentor__person")
        }


def nobody_for(round_: Round) -> dict[str, list[str]]:
    """Who is left without anybody, with the codes of the reasons."""
    with scope.entered(round_.organisation_id):
        rows = Unmatched.objects.filter(round=round_).select_related("participant__person")
        return {
            str(row.participant.person.called): [step["code"] for step in row.steps] for row in rows
        }


def states(round_: Round) -> dict[tuple[str, str], str]:
    """The state of every row of a round, by the names of the two."""
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_)
        return {
            (str(row.participant.person.called), str(row.mentor.person.called)): row.state
            for row in rows.select_related("participant__person", "mentor__person")
        }


def run_of(round_: Round) -> Run:
    """The last run that gave something."""
    with scope.entered(round_.organisation_id):
        run = standing.current_run(round_)
        assert run is not None
        return Run.objects.select_related("round").get(pk=run.pk)


def decisions(round_: Round) -> list[Decision]:
    """What was decided after the last run, in order."""
    run = run_of(round_)
    with scope.entered(round_.organisation_id):
        return list(Decision.objects.filter(run=run).order_by("number"))


def engine(round_: Round) -> dict[str, str | None]:
    """What stands in memory: the mentor of each participant, by the names they go by."""
    run = run_of(round_)
    with scope.entered(round_.organisation_id), standing.standing(run) as live:
        pairs = {one.participant: one.mentor for one in live.pairs()}
        left = live.unmatched()
        named = {str(row.pk): row for row in Enrolment.objects.filter(pk__in=[*pairs, *left])}
        mentors = {
            str(row.person_id): str(row.person.called)
            for row in Enrolment.objects.filter(person__in=pairs.values())
        }
        found = {str(named[key].person.called): mentors[one] for key, one in pairs.items()}
        return {**found, **{str(named[key].person.called): None for key in left}}


def rebuilt(round_: Round) -> dict[str, str | None]:
    """What stands when the copy in memory is built anew from the record."""
    standing.forget(run_of(round_).pk)
    return engine(round_)


def whole(round_: Round) -> dict[str, str | None]:
    """The board with those for whom there is nobody: what the engine should say as well."""
    return {**board(round_), **dict.fromkeys(nobody_for(round_))}


@contextmanager
def writing(programme: Programme) -> Iterator[None]:
    """Write rows as another room would."""
    with scope.entered(programme.organisation_id), permit.lifted():
        yield


def three_and_two(programme: Programme) -> tuple[Enrolment, ...]:
    """Olena wishes Marta's help, Amal wishes Piotr's; Iva came last and finds nobody."""
    return (
        waiting_participant(programme, called="Olena", needs=["offices"]),
        waiting_participant(programme, called="Amal", needs=["work"]),
        waiting_participant(programme, called="Iva", waiting_since=date(2026, 11, 1)),
        free_mentor(programme, called="Marta", topics=["offices"]),
        free_mentor(programme, called="Piotr", topics=["work"]),
    )


def the_proposal(programme: Programme, **which: Any) -> Proposal:
    """The one proposal of this kind."""
    with scope.entered(programme.organisation_id):
        rows = Proposal.objects.select_related(
            "participant__programme", "round", "participant__person", "mentor__person"
        )
        return rows.get(**which)


def pairs_of(round_: Round) -> list[tuple[UUID, UUID, str]]:
    """Who stands with whom and how, the longest waiting first."""
    with scope.entered(round_.organisation_id):
        rows = Proposal.objects.filter(round=round_).order_by("participant__waiting_since", "id")
        return [(row.participant_id, row.mentor_id, row.state) for row in rows]


def state_of(enrolment: Enrolment) -> str:
    """Where somebody stands in a programme now."""
    with scope.entered(enrolment.organisation_id):
        return Enrolment.objects.get(pk=enrolment.pk).state


def accepted(programme: Programme, **which: Any) -> Proposal:
    """Both sides of a proposal are asked."""
    proposal = the_proposal(programme, **which)
    return commands.accept_proposal(
        ewa_of(programme), proposal=proposal, why="Both like walking", today=TODAY, now=NOW
    )


def noted(programme: Programme, proposal: Proposal, side: str, answer: str) -> Any:
    """Somebody says on the phone what they answer."""
    proposal = the_proposal(programme, pk=proposal.pk)
    return commands.record_answer(
        ewa_of(programme), proposal=proposal, side=side, answer=answer, today=TODAY, now=NOW
    )
