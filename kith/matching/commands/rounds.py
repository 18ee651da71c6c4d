"""Opening a round, asking for proposals, and closing it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base import jobs
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import check, command
from kith.matching.commands.running import (
    NobodyToMatch,
    begin,
    solved,
    store,
)
from kith.matching.models import Proposal, Round, RoundProgramme, Run, programmes_of
from kith.matching.permissions import SOLVE
from kith.matching.queries.matcher import require_matcher, require_matcher_of
from kith.matching.queries.pool import waiting_numbers
from kith.matching.queries.standing import forget, latest_run
from kith.matching.rules.shows import put
from kith.matching.rules.states import (
    BUSY,
    SMALL_CELLS,
    UNDECIDED,
    ProposalState,
    RoundState,
    RunState,
)
from kith.matching.rules.wishes import Wishes
from kith.programmes.models import Programme
from kith.programmes.rules import rules_of


class RoundIsOpen(Refused):
    """One round at a time, so that nobody is proposed twice."""

    sentence = _("A round is open in this programme. Decide about its pairs or close it first.")


class RoundIsClosed(Refused):
    """A closed round is a record; nothing in it changes."""

    sentence = _("This round is closed. Start a new one.")


class RoundIsBusy(Refused):
    """Decisions wait until the proposals are there."""

    sentence = _("Proposals are being made. Wait until they are there.")


class NothingWeighed(Refused):
    """All weights at zero say nothing."""

    sentence = _("At least one thing must count.")


class NoProgramme(Refused):
    """A round looks at the waiting list of something."""

    sentence = _("Choose at least one programme.")


@command(SOLVE)
def open_round(
    actor: Actor,
    *,
    programmes: Sequence[Programme],
    seed: int,
    today: date,
    now: datetime,
    wishes: Wishes | None = None,
    is_rolling: bool = False,
) -> Round:
    """Start a round and propose pairs, at once or, where many wait, in the background.

    Raises NoProgramme, RoundIsOpen, NobodyToMatch, NothingWeighed.
    """
    if not programmes:
        raise NoProgramme()
    for programme in programmes:
        check(actor, SOLVE, programme)
    require_matcher(actor, programmes)
    if RoundProgramme.objects.filter(programme__in=programmes, is_open=True).exists():
        raise RoundIsOpen()
    round_: Round = Round.objects.create(
        opened_on=today, is_rolling=is_rolling, by=actor.membership
    )
    RoundProgramme.objects.bulk_create(
        RoundProgramme(round=round_, programme=programme) for programme in programmes
    )
    wanted = wishes or Wishes.of_templates(rules_of(programme) for programme in programmes)
    _ask(actor, round_, wanted, seed=seed, today=today, now=now)
    return round_


@command(SOLVE, on="round")
def solve_round(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    today: date,
    now: datetime,
    wishes: Wishes | None = None,
) -> Run:
    """Propose pairs again; kept, rejected and accepted pairs stay as people decided.

    wishes  other weights and gates than before; None keeps them
    raises  RoundIsClosed, RoundIsBusy, NobodyToMatch, NothingWeighed
    """
    require_matcher_of(actor, round)
    require_open(round)
    before = latest_run(round)
    if before is not None and before.state in BUSY:
        raise RoundIsBusy()
    wanted = wishes or Wishes.read(before.settings if before else {})
    seed = before.seed if before else 0
    return _ask(actor, round, wanted, seed=seed, today=today, now=now)


@command(SOLVE, on="round")
def stop_solving(actor: Actor, *, round: Round) -> None:  # noqa: A002 - the word of the room
    """Let go of the proposals that are being made; what stood before stands.

    Asked a second time it ends at once, for a worker that is gone.
    """
    require_matcher_of(actor, round)
    run = latest_run(round)
    if run is not None and run.state in BUSY:
        if run.is_stop_asked or run.state == RunState.ASKED.value:
            run.state = RunState.STOPPED.value
        run.is_stop_asked = True
        run.save(update_fields=["is_stop_asked", "state"])


@command(SOLVE, on="round")
def close_round(actor: Actor, *, round: Round) -> Round:  # noqa: A002 - the word of the room
    """End a round: pairs without a decision are let go, offers go on. Raises RoundIsClosed."""
    require_matcher_of(actor, round)
    require_open(round)
    states = [state.value for state in UNDECIDED]
    rows = Proposal.objects.filter(round=round, state__in=states)
    rows.update(**put(ProposalState.DROPPED))
    RoundProgramme.objects.filter(round=round).update(is_open=False)
    round.state = RoundState.CLOSED.value
    round.save()
    for run in Run.objects.filter(round=round).only("pk"):
        forget(run.pk)
    return round


def require_open(round_: Round) -> None:
    """Raises RoundIsClosed."""
    if round_.state != RoundState.OPEN.value:
        raise RoundIsClosed()


def _ask(
    actor: Actor, round_: Round, wishes: Wishes, *, seed: int, today: date, now: datetime
) -> Run:
    if not any(wishes.weights.values()):
        raise NothingWeighed()
    participants, mentors = waiting_numbers(list(programmes_of(round_)))
    if not participants or not mentors:
        raise NobodyToMatch()
    before = latest_run(round_)
    run: Run = Run.objects.create(
        round=round_,
        number=before.number + 1 if before else 1,
        seed=seed,
        settings=wishes.stored(),
        asked_at=now,
        by=actor.membership,
    )
    if participants * mentors > SMALL_CELLS:
        jobs.ask_for("matching.solve", round_.organisation_id, run_id=run.pk)
    else:
        _solve_at_once(actor, run, today=today, now=now)
    return run


def _solve_at_once(actor: Actor, run: Run, *, today: date, now: datetime) -> None:
    problem = begin(actor, run, today=today)
    store(actor, run, solved(problem, run), now=now)
