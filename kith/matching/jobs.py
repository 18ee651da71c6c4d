"""Work of this room behind the page."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from kith.base import clock
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.matching import commands
from kith.matching.commands.running import solved
from kith.matching.models import Proposal, Round, Run
from kith.matching.queries.rounds import due_reminders, ended_offers
from kith.matching.rules.audit import digest_of
from kith.matching.rules.snapshot import unpack
from kith.matching.rules.states import RoundState, RunState

AT_ONCE = 500


class StopAsked(Exception):
    """Somebody let go of the run while it was being solved."""


def solve_run(actor: Actor, *, run_id: str) -> str:
    """Solve a round of many people, saying how far it is; a stop or a fault is kept with it."""
    run = _run(run_id)
    if run.state != RunState.ASKED.value:
        return "nothing to do"
    try:
        commands.note_step(actor, run=run, stage="reading", done=0, total=0)
        problem = commands.begin_run(actor, run=run, today=clock.today())
        result = solved(problem, run, progress=_telling(actor, run))
        commands.note_step(actor, run=run, stage="writing", done=0, total=0)
        commands.store_run(actor, run=run, result=result, now=clock.now())
    except (StopAsked, commands.NoLongerWanted):
        commands.fail_run(actor, run=run, state=RunState.STOPPED)
        return "stopped"
    except Refused as refusal:
        fault = type(refusal).__name__
        commands.fail_run(actor, run=run, state=RunState.FAILED, fault=fault)
        return fault
    except Exception:
        commands.fail_run(actor, run=run, state=RunState.FAILED, fault="Unknown")
        raise
    return f"{len(result.pairs)} pairs"


def repeat_run(actor: Actor, *, run_id: str) -> str:
    """Solve a run again from its record and keep what came out beside the first result."""
    run = _run(run_id)
    if run.problem is None:
        return "no record"
    result = solved(unpack(run.problem), run)
    commands.note_repetition(actor, run=run, digest=digest_of(result), now=clock.now())
    return "same" if digest_of(result) == run.digest else "different"


def look_after_offers(actor: Actor) -> str:
    """Remind who has not answered; an offer whose days are over ends, and the next one comes."""
    today, now = clock.today(), clock.now()
    reminded = _each(due_reminders(actor, today=today), lambda row: _remind(actor, row, today))
    ended = _each(ended_offers(actor, today=today), lambda row: _end(actor, row, now))
    return f"{reminded} reminded, {ended} ended"


def bring_up_to_date(actor: Actor) -> str:
    """New arrivals take part in rolling rounds from the day they come."""
    rounds = Round.objects.filter(state=RoundState.OPEN.value, is_rolling=True)
    return f"{sum(_refreshed(actor, round_) for round_ in rounds[:AT_ONCE])} changes"


def take_in_newcomer(actor: Actor, *, round_id: str) -> str:
    """Somebody has come: the round takes them in within moments."""
    return f"{_refreshed(actor, Round.objects.get(pk=UUID(round_id)))} changes"


def _refreshed(actor: Actor, round_: Round) -> int:
    """A round that is being solved, or has nothing to stand on, is brought up to date later."""
    with suppress(Refused):
        return commands.refresh_round(actor, round=round_, today=clock.today(), now=clock.now())
    return 0


def _remind(actor: Actor, row: Proposal, today: date) -> None:
    commands.remind_of_offer(actor, proposal=row, today=today)


def _end(actor: Actor, row: Proposal, now: datetime) -> None:
    commands.expire_offer(actor, proposal=row, now=now)


def _each(rows: "list[Proposal]", act: Callable[[Proposal], None]) -> int:
    for row in rows:
        act(row)
    return len(rows)


def _run(run_id: str) -> Run:
    found: Run = Run.objects.select_related("round").get(pk=UUID(run_id))
    return found


def _telling(actor: Actor, run: Run) -> Callable[[str, int, int], None]:
    """Keep each new stage with the run, and end the work when a person asked for it."""
    last: list[str] = []

    def tell(stage: str, done: int, total: int) -> None:
        if last[-1:] != [stage]:
            last.append(stage)
            commands.note_step(actor, run=run, stage=stage, done=done, total=total)
        if Run.objects.filter(pk=run.pk, is_stop_asked=True).exists():
            raise StopAsked

    return tell
