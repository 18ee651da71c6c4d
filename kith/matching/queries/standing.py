"""What stands in a round now: the solved run with every decision since, kept in memory.

A server keeps the rounds that people work on. What another server decided meanwhile is read from
the decisions and applied; a decision that was undone with its transaction throws the copy away.
"""

from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, RLock
from uuid import UUID
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.matching.models import Decision, Round, Run
from kith.matching.rules.snapshot import participant_of, unpack
from kith.matching.rules.states import Act, RunState
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.live import Change, Live
from kith.methods.matching.solve import solve_with

MOST_KEPT = 3
"""So many rounds stay in the memory of one server: a round of 10,000 people takes some 40 MB."""


class NothingStands(Refused):
    """The record of a run is gone, or there is none yet."""

    sentence = _("The answers behind this round are no longer kept. Propose again to go on.")


@dataclass
class _Kept:
    """A round in memory: `last` is the decision of this `number`, the last one it holds."""

    live: Live
    lock: RLock
    last: UUID | None = None
    number: int = 0


_kept: "OrderedDict[UUID, _Kept]" = OrderedDict()
_guard = Lock()


def latest_run(round_: Round) -> Run | None:
    """The last solving that was asked for, in whatever state; without its long texts."""
    rows = Run.objects.filter(round=round_).defer("problem", "standing")
    return rows.order_by("-number").first()


def current_run(round_: Round) -> Run | None:
    """The last solving that has come to its end."""
    rows = Run.objects.filter(round=round_, state=RunState.DONE.value).defer("problem", "standing")
    return rows.order_by("-number").first()


@contextmanager
def standing(run: Run) -> Iterator[Live]:
    """The round as it stands after the last decision. Raises NothingStands.

    Held for one thread; whoever changes it writes the decision with `remember` before leaving.
    """
    kept = _opened(run)
    with kept.lock:
        _catch_up(run, kept)
        try:
            yield kept.live
        except BaseException:
            # What was half done is in this copy only.
            forget(run.pk)
            raise


def remember(run: Run, decision: Decision) -> None:
    """The copy in memory holds this decision too; it counts once its transaction does."""
    kept = _kept.get(run.pk)
    if kept is not None:
        kept.last, kept.number = decision.pk, decision.number


def forget(run_id: UUID) -> None:
    """Let a copy go; the next reader builds it anew."""
    with _guard:
        _kept.pop(run_id, None)


def apply(live: Live, decision: Decision) -> Change:
    """Do to a round what a decision says. Raises DecisionConflict, BadProblem."""
    return _ACTS[Act(decision.act)](live, decision)


def _places(live: Live, decision: Decision) -> Change:
    return live.capacity(_mentor(decision), decision.places or 0)


def _participant(decision: Decision) -> str:
    return str(decision.participant_id)


def _mentor(decision: Decision) -> str:
    return str(decision.mentor.person_id) if decision.mentor else ""


_ACTS: dict[Act, Callable[[Live, Decision], Change]] = {
    Act.LOCK: lambda live, one: live.lock(_participant(one), _mentor(one)),
    Act.UNLOCK: lambda live, one: live.unlock(_participant(one)),
    Act.REJECT: lambda live, one: live.reject(_participant(one), _mentor(one)),
    Act.ALLOW: lambda live, one: live.allow(_participant(one), _mentor(one)),
    Act.ARRIVE: lambda live, one: live.arrive(participant_of(one.record)),
    Act.LEAVE: lambda live, one: live.leave(_participant(one)),
    Act.PLACES: _places,
    Act.ONE_LESS: _places,
    Act.ONE_MORE: _places,
}


def _opened(run: Run) -> _Kept:
    with _guard:
        kept = _kept.get(run.pk)
        if kept is not None:
            _kept.move_to_end(run.pk)
            return kept
    kept = _Kept(_read(run), RLock())
    with _guard:
        kept = _kept.setdefault(run.pk, kept)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept


def _read(run: Run) -> Live:
    stored = Run.objects.only("problem", "standing", "settings", "seed", "round_id").get(pk=run.pk)
    if stored.problem is None or not stored.standing:
        raise NothingStands()
    problem = unpack(stored.problem)
    settings = Wishes.read(stored.settings).engine_settings(seed=stored.seed)
    try:
        return Live.restore(problem, settings, b64decode(str(stored.standing)))
    except (ValueError, KeyError, BadZipFile):
        # Kept by an earlier Kith in another form: what it says can be found again.
        return Live.of(solve_with(problem, settings))


def _catch_up(run: Run, kept: _Kept) -> None:
    """Apply what was decided since; begin anew when the copy holds what never came to be."""
    if not Run.objects.filter(pk=run.pk, problem__isnull=False).exists():
        raise NothingStands()
    since = _decisions(run, kept.number)
    if kept.number:
        if not since or since[0].pk != kept.last:
            kept.live, kept.last, kept.number = _read(run), None, 0
            since = _decisions(run, 0)
        else:
            since = since[1:]
    for decision in since:
        apply(kept.live, decision)
        kept.last, kept.number = decision.pk, decision.number


def _decisions(run: Run, number: int) -> list[Decision]:
    rows = Decision.objects.filter(run=run, number__gte=number).order_by("number")
    return list(rows.select_related("mentor"))
