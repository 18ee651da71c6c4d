"""A round without prices: every act solves it anew; see `Live`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from kith.methods.matching.alternatives import Alternative, Move, compare
from kith.methods.matching.explain import (
    MatchExplanation,
    Part,
    UnmatchedExplanation,
    match_parts,
    parts_of,
)
from kith.methods.matching.live.base import Live, PairExplanation
from kith.methods.matching.live.change import Change
from kith.methods.matching.problem import BadProblem, Decision, DecisionConflict, Problem, Ruling
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.result import Certificate, Pair, Result
from kith.methods.matching.settings import Settings
from kith.methods.matching.solve import solve_with


class SolvedLive(Live, objective="leximin"):
    """A round that is solved anew after every act, and for every question of what would be."""

    def __init__(self, result: Result) -> None:
        self.settings, self._result = result.settings, result

    @classmethod
    def opened(cls, result: Result) -> "SolvedLive":
        """See `of`."""
        return cls(result)

    @classmethod
    def loaded(cls, problem: Problem, settings: Settings, saved: bytes) -> "SolvedLive":
        """See `restore`; the round is solved, which takes its time."""
        found = json.loads(saved)
        if found["participants"] != [one.id for one in problem.participants]:
            raise BadProblem("this was saved for other people, or for these in another order")
        mentors = [replace(one, capacity=found["places"][one.id]) for one in problem.mentors]
        decisions = tuple(Decision(Ruling(one[0]), *one[1:]) for one in found["decisions"])
        return cls(solve_with(replace(problem, mentors=mentors, decisions=decisions), settings))

    def save(self) -> bytes:
        """Decisions and places; see `Live.save`."""
        problem = self.problem
        decisions = [[one.ruling.value, one.participant, one.mentor] for one in problem.decisions]
        found = {
            "participants": [one.id for one in problem.participants],
            "places": {one.id: one.capacity for one in problem.mentors},
            "decisions": decisions,
        }
        return json.dumps(found).encode()

    @property
    def problem(self) -> Problem:
        """Everybody who takes part, with the places and decisions of now."""
        return self._result.given

    def participant(self, participant: str) -> Participant:
        """The record of a participant."""
        return self.problem.participants[self.problem.row(participant)]

    def mentor(self, mentor: str) -> Mentor:
        """The record of a mentor."""
        return self.problem.mentors[self.problem.column(mentor)]

    def parts_of(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Part, ...]]:
        """Contributions and words of some pairs."""
        outcome = self._result.outcome
        cells = [outcome.problem.cell(*pair) for pair in pairs]
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        return list(parts_of(outcome.scores, rows, columns))

    @property
    def matched(self) -> int:
        """How many matches there are."""
        return len(self._result.pairs)

    @property
    def total_fit(self) -> int:
        """Sum of the fits."""
        return self._result.total_fit

    @property
    def value(self) -> int:
        """Fits, waiting points and averted losses of all matches together."""
        outcome = self._result.outcome
        return sum(outcome.worth_of(row) for row in range(len(outcome.holders)))

    def mentor_of(self, participant: str) -> str | None:
        """Id of the mentor whom a participant is matched with."""
        outcome = self._result.outcome
        return outcome.mentor_of(outcome.problem.row(participant))

    def pairs(self) -> Iterator[Pair]:
        """All matches, in the order of the participants."""
        return iter(self._result.pairs)

    def unmatched(self) -> list[str]:
        """Who has no match, in the order of the participants."""
        return list(self._result.unmatched)

    def lock(self, participant: str, mentor: str) -> Change:
        """Keep this pair whatever happens. Raises DecisionConflict, and changes nothing then."""
        return self._become(self._with(Decision(Ruling.LOCK, participant, mentor)))

    def unlock(self, participant: str) -> Change:
        """Let a locked pair be moved again."""
        self.problem.row(participant)
        return self._become(replace(self.problem, decisions=self._without_lock(participant)))

    def reject(self, participant: str, mentor: str) -> Change:
        """Never propose this pair. Raises DecisionConflict when it is locked."""
        return self._become(self._with(Decision(Ruling.REJECT, participant, mentor)))

    def allow(self, participant: str, mentor: str) -> Change:
        """Take a rejection back."""
        self.problem.cell(participant, mentor)
        taken_back = Decision(Ruling.REJECT, participant, mentor)
        kept = tuple(one for one in self.problem.decisions if one != taken_back)
        return self._become(replace(self.problem, decisions=kept))

    def arrive(self, participant: Participant) -> Change:
        """One participant more. Raises BadProblem when the id is taken."""
        people = (*self.problem.participants, participant)
        return self._become(replace(self.problem, participants=people))

    def leave(self, participant: str) -> Change:
        """Go on without a participant; decisions about the person go too."""
        problem = self.problem
        problem.row(participant)
        others = tuple(one for one in problem.participants if one.id != participant)
        kept = tuple(one for one in problem.decisions if one.participant != participant)
        return self._become(replace(problem, participants=others, decisions=kept))

    def capacity(self, mentor: str, places: int) -> Change:
        """Another number of places. Raises DecisionConflict when more are locked."""
        mentors = list(self.problem.mentors)
        column = self.problem.column(mentor)
        mentors[column] = replace(mentors[column], capacity=places)
        return self._become(replace(self.problem, mentors=tuple(mentors)))

    def what_if_lock(self, participant: str, mentor: str) -> Change:
        """What a lock would change; nothing is changed. Raises DecisionConflict."""
        return self._change(self._solved(self._with(Decision(Ruling.LOCK, participant, mentor))))

    def what_if_reject(self, participant: str, mentor: str) -> Change:
        """What a rejection would change; nothing is changed. Raises DecisionConflict."""
        return self._change(self._solved(self._with(Decision(Ruling.REJECT, participant, mentor))))

    def alternatives(self, participant: str, limit: int = 5) -> list[Alternative]:
        """Other mentors, those of the best fit: each found by solving again."""
        outcome = self._result.outcome
        row = outcome.problem.row(participant)
        standing, now = outcome.field.standing(row), int(outcome.holders[row])
        candidates = [one for one in np.flatnonzero(standing.candidates).tolist() if one != now]
        ranked = sorted(candidates, key=lambda one: -int(standing.fits[one]))
        mentors = (outcome.problem.mentors[column].id for column in ranked)
        tried = (self._kept_instead(participant, mentor) for mentor in mentors)
        found = list(islice((one for one in tried if one is not None), limit))
        return sorted(found, key=lambda one: one.loss_to_others)

    def certificate(self) -> Certificate:
        """The proof of the last solve."""
        return self._result.certificate

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """Why this match, or why none."""
        return self._result.explain(participant)

    def explanations(
        self, participants: list[str] | None = None
    ) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """Explanations of everybody, or of some."""
        return self._result.explanations(participants)

    def explain_pair(self, participant: str, mentor: str) -> PairExplanation:
        """Why these two, or why not."""
        outcome = self._result.outcome
        row, column = outcome.problem.cell(participant, mentor)
        fit, gates = outcome.scores.fit(row, column), outcome.scores.failed_gates(row, column)
        matched = int(outcome.holders[row]) == column
        return PairExplanation(
            participant=participant,
            mentor=mentor,
            fit=fit,
            gates=gates,
            rejected=column in outcome.field.rejected.get(row, ()),
            below_floor=fit < outcome.field.floor,
            matched=matched,
            parts=match_parts(outcome, row, column),
            cost=None if matched or gates else self._kept_instead(participant, mentor),
        )

    def shared_points(self) -> Iterator[tuple[Pair, tuple[Part, ...]]]:
        """Every match with its contributions and words."""
        return self._result.shared_points()

    def _become(self, problem: Problem) -> Change:
        after = self._solved(problem)
        change = self._change(after)
        self._result = after
        return change

    def _solved(self, problem: Problem) -> Result:
        return self._result.solver(problem, self.settings)

    def _with(self, decision: Decision) -> Problem:
        decisions = (*self.problem.decisions, decision)
        return replace(self.problem, decisions=tuple(dict.fromkeys(decisions)))

    def _without_lock(self, participant: str) -> tuple[Decision, ...]:
        return tuple(
            one
            for one in self.problem.decisions
            if one.ruling is not Ruling.LOCK or one.participant != participant
        )

    def _change(self, after: Result) -> Change:
        """From the result of now to another one."""
        before, others = self._result, SolvedLive(after)
        now = {pair.participant: pair.mentor for pair in before.pairs}
        then = {pair.participant: pair.mentor for pair in after.pairs}
        people = dict.fromkeys(
            one.id for one in (*self.problem.participants, *after.given.participants)
        )
        moves = tuple(
            Move(one, now.get(one), then.get(one))
            for one in people
            if now.get(one) != then.get(one)
        )
        matched, fit = others.matched - self.matched, others.total_fit - self.total_fit
        return Change(moves, others.value - self.value, matched, fit)

    def _kept_instead(self, participant: str, mentor: str) -> Alternative | None:
        """What keeping this pair would cost; None when every place is locked for others."""
        wanted = Decision(Ruling.LOCK, participant, mentor)
        no = Decision(Ruling.REJECT, participant, mentor)
        kept = tuple(one for one in self._without_lock(participant) if one != no)
        try:
            after = self._solved(replace(self.problem, decisions=(*kept, wanted)))
        except DecisionConflict:
            return None
        return compare(self._result.outcome, after.outcome, participant=participant)
