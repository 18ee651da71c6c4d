"""A round with prices, which prove it and show where to look after each act; see `Live`."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from kith.methods.matching.alternatives import Alternative, Move
from kith.methods.matching.explain import (
    Explainer,
    MatchExplanation,
    Part,
    Told,
    UnmatchedExplanation,
    match_parts,
    parts_of,
)
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.base import Live, PairExplanation
from kith.methods.matching.live.change import Change
from kith.methods.matching.live.checking import certify
from kith.methods.matching.live.matches import Matches, Step
from kith.methods.matching.live.opening import bonus, opened_proof, usual_bonus
from kith.methods.matching.live.proof import Proof
from kith.methods.matching.live.rulings import (
    check_lock,
    check_places,
    check_reject,
    failed_gates,
)
from kith.methods.matching.live.store import pack, unpack
from kith.methods.matching.live.told import Now
from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.result import Certificate, Pair, Result
from kith.methods.matching.settings import Settings


class PricedLive(Live, objective="sum"):
    """A round that is repaired where people change it.

    unmatched_loss  what a match is worth beside fit and waiting: more than any chain of moves
    """

    def __init__(
        self, proof: Proof, settings: Settings, *, given: list[str],
        unmatched_loss: int, usual_bonus: int,
    ) -> None:  # fmt: skip
        self.settings, self.unmatched_loss = settings, unmatched_loss
        self._proof, self._people, self._network = proof, proof.people, proof.network
        self._given, self._usual_bonus = given, usual_bonus
        self._matches = Matches(proof)
        self._told: Explainer | None = None

    @classmethod
    def opened(cls, result: Result) -> "PricedLive":
        """See `of`."""
        proof, loss = opened_proof(result)
        return cls(
            proof,
            result.settings,
            given=[one.id for one in result.given.participants],
            unmatched_loss=loss,
            usual_bonus=usual_bonus(result),
        )

    @classmethod
    def loaded(cls, problem: Problem, settings: Settings, saved: bytes) -> "PricedLive":
        """See `restore`."""
        found = unpack(problem, saved)
        return cls(
            found.proof,
            settings,
            given=[one.id for one in problem.participants],
            unmatched_loss=found.unmatched_loss,
            usual_bonus=found.usual_bonus,
        )

    def save(self) -> bytes:
        """Arrays only; see `Live.save`."""
        return pack(
            self._proof,
            self._given,
            unmatched_loss=self.unmatched_loss,
            usual_bonus=self._usual_bonus,
        )

    @property
    def problem(self) -> Problem:
        """Everybody who takes part, with the places and decisions of now."""
        locked = {row: self._network.column_of(row) for row in self._network.locked}
        return self._people.current(self._given, locked, self._network.capacity)

    def participant(self, participant: str) -> Participant:
        """The record of a participant."""
        return self._people.problem.participants[self._people.row(participant)]

    def mentor(self, mentor: str) -> Mentor:
        """The record of a mentor, with the places of now."""
        column = self._people.column(mentor)
        places = int(self._network.capacity[column])
        return replace(self._people.problem.mentors[column], capacity=places)

    def parts_of(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Part, ...]]:
        """Contributions and words of some pairs."""
        cells = [self._cell(*pair) for pair in pairs]
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        return list(parts_of(self._people.scores, rows, columns))

    @property
    def matched(self) -> int:
        """How many matches there are."""
        return self._matches.matched

    @property
    def total_fit(self) -> int:
        """Sum of the fits."""
        return self._matches.fit

    @property
    def value(self) -> int:
        """Fits, waiting points and averted losses of all matches together."""
        return self._matches.value

    def mentor_of(self, participant: str) -> str | None:
        """Id of the mentor whom a participant is matched with."""
        return self._people.mentor(self._matches.holders[self._people.row(participant)])

    def pairs(self) -> Iterator[Pair]:
        """All matches, in the order of the participants."""
        for one in self._given:
            row = self._people.rows[one]
            mentor = self._people.mentor(self._matches.holders[row])
            if mentor is not None:
                yield Pair(one, mentor, self._matches.fits[row], row in self._network.locked)

    def unmatched(self) -> list[str]:
        """Who has no match, in the order of the participants."""
        return [one for one in self._given if self.mentor_of(one) is None]

    def lock(self, participant: str, mentor: str) -> Change:
        """Keep this pair whatever happens. Raises DecisionConflict, and changes nothing then."""
        row, column = self._lockable(participant, mentor)
        return self._act(partial(self._lock, row, column), rows=[row])

    def unlock(self, participant: str) -> Change:
        """Let a locked pair be moved again."""
        row = self._people.row(participant)
        return self._act(partial(self._unlock, row), rows=[row], columns=self._held(row))

    def reject(self, participant: str, mentor: str) -> Change:
        """Never propose this pair. Raises DecisionConflict when it is locked."""
        row, column = self._cell(participant, mentor)
        check_reject(self._people, self._network, row, column)
        self._people.rejected.setdefault(row, set()).add(column)
        return self._act(partial(self._close, row, column), rows=[row])

    def allow(self, participant: str, mentor: str) -> Change:
        """Take a rejection back."""
        row, column = self._cell(participant, mentor)
        self._people.rejected.get(row, set()).discard(column)
        return self._act(partial(self._reopen, row, column), rows=[row])

    def arrive(self, participant: Participant) -> Change:
        """One participant more. Raises BadProblem when the id is taken."""
        row = self._people.add(participant)
        self._given.append(participant.id)
        averted = self.unmatched_loss + self._bonus(participant)
        self._proof.add_row(averted)
        self._matches.add_row()
        return self._act(None, rows=[row])

    def leave(self, participant: str) -> Change:
        """Go on without a participant; decisions about the person go too."""
        row = self._people.row(participant)
        change = self._act(partial(self._leave, row), rows=[row], columns=self._held(row))
        self._people.remove(participant)
        self._given.remove(participant)
        return change

    def capacity(self, mentor: str, places: int) -> Change:
        """Another number of places. Raises DecisionConflict when more are locked."""
        column = self._people.column(mentor)
        self._people.check_capacity(column, places)
        check_places(self._people, self._network, column, places)
        return self._act(partial(self._network.resize, column, places), columns=[column])

    def what_if_lock(self, participant: str, mentor: str) -> Change:
        """What a lock would change; nothing is changed. Raises DecisionConflict."""
        row, column = self._lockable(participant, mentor)
        return self._try(partial(self._lock, row, column), row)

    def what_if_reject(self, participant: str, mentor: str) -> Change:
        """What a rejection would change; nothing is changed. Raises DecisionConflict."""
        row, column = self._cell(participant, mentor)
        check_reject(self._people, self._network, row, column)
        rejected = self._people.rejected.setdefault(row, set())
        was_rejected = column in rejected
        rejected.add(column)
        try:
            return self._try(partial(self._close, row, column), row)
        finally:
            if not was_rejected:
                rejected.discard(column)

    def alternatives(self, participant: str, limit: int = 5) -> list[Alternative]:
        """The other mentors who cost the whole least, cheapest first, over all pairs.

        Prices bound from below what a mentor costs, so that few need to be tried.
        """
        row = self._people.row(participant)
        found: list[tuple[int, int, int, Change]] = []
        for bound, column, fit in self._ranked(row):
            if len(found) >= limit and bound > found[limit - 1][0]:
                break
            change = self._tried(row, column)
            found.append((-change.value, -fit, column, change))
            found.sort(key=lambda one: one[:3])
        return [self._alternative(row, column, change) for _, _, column, change in found[:limit]]

    def certificate(self) -> Certificate:
        """The proof, over all pairs."""
        return certify(self._proof)

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """Why this match, or why none."""
        return self._explainer.explain(participant)

    def explanations(
        self, participants: list[str] | None = None
    ) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """Explanations of everybody, or of some."""
        some = self._given if participants is None else participants
        return self._explainer.explain_all([self._people.row(one) for one in some])

    def explain_pair(self, participant: str, mentor: str) -> PairExplanation:
        """Why these two, or why not."""
        row, column = self._cell(participant, mentor)
        fit = self._people.scores.fit(row, column)
        matched = self._matches.holders[row] == column
        gates = failed_gates(self._people, row, column)
        can = not gates and not matched and self._network.net.capacity[column] > 0
        return PairExplanation(
            participant=participant,
            mentor=mentor,
            fit=fit,
            gates=gates,
            rejected=column in self._people.rejected.get(row, ()),
            below_floor=fit < self._proof.floor,
            matched=matched,
            parts=match_parts(self._now, row, column),
            cost=self._alternative(row, column, self._tried(row, column)) if can else None,
        )

    def shared_points(self) -> Iterator[tuple[Pair, tuple[Part, ...]]]:
        """Every match with its contributions and words."""
        pairs = list(self.pairs())
        rows = [self._people.row(pair.participant) for pair in pairs]
        columns = [self._matches.holders[row] for row in rows]
        return zip(pairs, parts_of(self._people.scores, rows, columns), strict=True)

    @property
    def _explainer(self) -> Explainer:
        if self._told is None:
            self._told = Explainer(Now(self._proof, self._matches))
        return self._told

    @property
    def _now(self) -> Told:
        return self._explainer.outcome

    def _tried(self, row: int, column: int) -> Change:
        return self._try(partial(self._relock, row, column), row)

    def _ranked(self, row: int) -> Iterator[tuple[int, int, int]]:
        """Mentors whom a row could have instead: the least they cost, column and fit."""
        standing = self._now.field.standing(row)
        now = self._matches.holders[row]
        places = np.asarray(self._network.net.capacity)
        can = standing.candidates & (places > 0)
        if now != NOBODY:
            can[now] = False
        worth = standing.fits + self._proof.averted[row]
        prices = self._proof.prices
        gain = int(self._proof.gains[row])
        if row in self._network.locked:
            gain = int(worth[now] - prices[now])
        bounds = gain + prices - worth
        columns = np.flatnonzero(can)
        for column in columns[np.lexsort((columns, -standing.fits[columns], bounds[columns]))]:
            yield int(bounds[column]), int(column), int(standing.fits[column])

    def _alternative(self, row: int, column: int, change: Change) -> Alternative:
        own = self._people.participant(row)
        averted, fit = int(self._proof.averted[row]), self._people.scores.fit(row, column)
        now = self._matches.holders[row]
        worth_now = 0 if now == NOBODY else self._matches.fits[row] + averted
        return Alternative(
            mentor=self._people.problem.mentors[column].id,
            fit=fit,
            contributions=self._people.scores.explain(row, column),
            loss_to_others=-change.value - worth_now + fit + averted,
            matches_lost=-change.matched,
            moves=tuple(move for move in change.moves if move.participant != own),
        )

    def _act(
        self, do: Callable[[], object] | None, *, rows: Collection[int] = (),
        columns: Collection[int] = (),
    ) -> Change:  # fmt: skip
        steps = self._done(do, rows, columns)
        self._network.forget()
        self._told = None
        change = self._change(steps)
        self._matches.note(steps)
        return change

    def _try(self, do: Callable[[], object], row: int) -> Change:
        with self._proof.trial():
            return self._change(self._done(do, [row], self._held(row)))

    def _done(
        self, do: Callable[[], object] | None, rows: Collection[int], columns: Collection[int]
    ) -> list[Step]:
        if do is not None:
            do()
        self._proof.prove(rows, columns)
        return self._matches.steps(rows)

    def _change(self, steps: list[Step]) -> Change:
        people = self._people
        moves = tuple(
            Move(people.participant(one.row), people.mentor(one.leaves), people.mentor(one.takes))
            for one in steps
        )
        return Change(moves, *self._matches.sums(steps))

    def _cell(self, participant: str, mentor: str) -> tuple[int, int]:
        return self._people.row(participant), self._people.column(mentor)

    def _held(self, row: int) -> list[int]:
        column = self._matches.holders[row]
        return [] if column == NOBODY else [column]

    def _lockable(self, participant: str, mentor: str) -> tuple[int, int]:
        row, column = self._cell(participant, mentor)
        check_lock(self._people, self._network, row, column)
        return row, column

    def _bonus(self, participant: Participant) -> int:
        since = participant.waiting_since
        if since is None:
            return self._usual_bonus
        return bonus(self.settings.waiting, max(0, (self._people.problem.as_of - since).days))

    def _lock(self, row: int, column: int) -> None:
        if row in self._network.locked:
            return
        pair = self._network.pair(row, column)
        if pair == NOBODY:
            worth = self._people.scores.fit(row, column) + int(self._proof.averted[row])
            self._network.add(row, column, worth)
            pair = self._network.pair(row, column)
        self._network.lock(pair)
        self._proof.competes[row] = False

    def _relock(self, row: int, column: int) -> None:
        if row in self._network.locked:
            self._unlock(row)
        self._lock(row, column)

    def _unlock(self, row: int) -> None:
        if row in self._network.locked:
            least = self._proof.floor + int(self._proof.averted[row])
            self._proof.competes[row] = True
            self._proof.forget(row)
            self._network.unlock(row, closed=self._people.closed(row), least=least)

    def _close(self, row: int, column: int) -> None:
        pair = self._network.pair(row, column)
        if pair != NOBODY and row not in self._network.locked:
            self._network.close(pair)

    def _reopen(self, row: int, column: int) -> None:
        self._proof.forget(row)
        pair = self._network.pair(row, column)
        closed = row in self._network.locked or column in self._people.closed(row)
        if pair == NOBODY or closed:
            return
        fit = int(self._network.worth[pair]) - int(self._proof.averted[row])
        if fit >= self._proof.floor:
            self._network.open(pair)
            self._network.improve([row])

    def _leave(self, row: int) -> None:
        self._network.leave(row)
        self._proof.competes[row] = False
