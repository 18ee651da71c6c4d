"""A solved round that people change: what it can do, whatever it was solved for."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kith.methods.matching.alternatives import Alternative
from kith.methods.matching.explain import MatchExplanation, Part, UnmatchedExplanation
from kith.methods.matching.live.change import Change
from kith.methods.matching.problem import BadProblem, Gate, Problem
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.result import Certificate, Pair, Result
from kith.methods.matching.settings import Objective, Settings


@dataclass(frozen=True)
class PairExplanation:
    """Why these two, or why not.

    gates     those that the pair does not pass; `rejected`: a person said no; `below_floor`
    parts     contributions and words, which sum to the fit
    matched   they are proposed to each other now
    cost      what everybody else would lose; None where the pair cannot be kept, or is matched
    """

    participant: str
    mentor: str
    fit: int
    gates: tuple[Gate, ...]
    rejected: bool
    below_floor: bool
    matched: bool
    parts: tuple[Part, ...]
    cost: Alternative | None


class Live(ABC):
    """A solved round, the best after every act.

    With the objective "sum" acts are repaired where they happen, over all pairs: mostly some
    milliseconds. With "leximin" every act solves anew. Among sets of matches of the same value the
    one near to what stands is kept, so it may be another than a solve from the beginning finds.
    """

    settings: Settings
    _kinds: ClassVar[dict[Objective, type["Live"]]] = {}

    def __init_subclass__(cls, *, objective: Objective) -> None:
        """Whoever can change rounds of an objective says so."""
        cls._kinds[objective] = cls

    @staticmethod
    def of(result: Result) -> "Live":
        """The round as it was solved."""
        return Live._kinds[result.settings.objective].opened(result)

    @staticmethod
    def restore(problem: Problem, settings: Settings, saved: bytes) -> "Live":
        """The round as it was saved.

        problem   the one that `problem` gave then: the same people in the same order; its
                  decisions and places are not read, those of the save hold
        raises    BadProblem when it was saved for other people
        """
        return Live._kinds[settings.objective].loaded(problem, settings, saved)

    @classmethod
    @abstractmethod
    def opened(cls, result: Result) -> "Live":
        """See `of`."""

    @classmethod
    @abstractmethod
    def loaded(cls, problem: Problem, settings: Settings, saved: bytes) -> "Live":
        """See `restore`."""

    @abstractmethod
    def save(self) -> bytes:
        """Everything that `restore` needs beside the problem; the same bytes for the same state."""

    @property
    @abstractmethod
    def problem(self) -> Problem:
        """Everybody who takes part, with the places and decisions of now."""

    @abstractmethod
    def participant(self, participant: str) -> Participant:
        """The record of a participant. Raises BadProblem for who does not take part."""

    @abstractmethod
    def mentor(self, mentor: str) -> Mentor:
        """The record of a mentor with the places of now. Raises BadProblem as above."""

    def parts(self, participant: str, mentor: str) -> tuple[Part, ...]:
        """Contributions and words of any pair; they sum to its fit."""
        return self.parts_of([(participant, mentor)])[0]

    @abstractmethod
    def parts_of(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Part, ...]]:
        """Contributions and words of some pairs; many together are quicker than one by one."""

    def has_participant(self, participant: str) -> bool:
        """True for who takes part."""
        return _is_known(self.participant, participant)

    def has_mentor(self, mentor: str) -> bool:
        """True for a mentor who takes part."""
        return _is_known(self.mentor, mentor)

    @property
    @abstractmethod
    def matched(self) -> int:
        """How many matches there are."""

    @property
    @abstractmethod
    def total_fit(self) -> int:
        """Sum of the fits."""

    @property
    @abstractmethod
    def value(self) -> int:
        """Fits, waiting points and averted losses of all matches together."""

    @abstractmethod
    def mentor_of(self, participant: str) -> str | None:
        """Id of the mentor whom a participant is matched with."""

    @abstractmethod
    def pairs(self) -> Iterator[Pair]:
        """All matches, in the order of the participants."""

    @abstractmethod
    def unmatched(self) -> list[str]:
        """Who has no match, in the order of the participants."""

    @abstractmethod
    def lock(self, participant: str, mentor: str) -> Change:
        """Keep this pair whatever happens. Raises DecisionConflict, and changes nothing then."""

    @abstractmethod
    def unlock(self, participant: str) -> Change:
        """Let a locked pair be moved again."""

    @abstractmethod
    def reject(self, participant: str, mentor: str) -> Change:
        """Never propose this pair. Raises DecisionConflict when it is locked."""

    @abstractmethod
    def allow(self, participant: str, mentor: str) -> Change:
        """Take a rejection back."""

    @abstractmethod
    def arrive(self, participant: Participant) -> Change:
        """One participant more. Raises BadProblem when the id is taken."""

    @abstractmethod
    def leave(self, participant: str) -> Change:
        """Go on without a participant; decisions about the person go too."""

    @abstractmethod
    def capacity(self, mentor: str, places: int) -> Change:
        """Another number of places. Raises DecisionConflict when more are locked."""

    @abstractmethod
    def what_if_lock(self, participant: str, mentor: str) -> Change:
        """What a lock would change; nothing is changed. Raises DecisionConflict."""

    @abstractmethod
    def what_if_reject(self, participant: str, mentor: str) -> Change:
        """What a rejection would change; nothing is changed. Raises DecisionConflict."""

    @abstractmethod
    def alternatives(self, participant: str, limit: int = 5) -> list[Alternative]:
        """Other mentors for one participant, each with its exact loss to the others."""

    @abstractmethod
    def certificate(self) -> Certificate:
        """The proof that nothing better exists, checked independently."""

    @abstractmethod
    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """Why this match, or why none."""

    @abstractmethod
    def explanations(
        self, participants: list[str] | None = None
    ) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """Explanations of everybody, or of some; many together are quicker than one by one."""

    @abstractmethod
    def explain_pair(self, participant: str, mentor: str) -> PairExplanation:
        """Why these two, or why not, and what it would cost the others."""

    @abstractmethod
    def shared_points(self) -> Iterator[tuple[Pair, tuple[Part, ...]]]:
        """Every match with its contributions and words, without ranks."""


def _is_known(look: Callable[[str], object], person: str) -> bool:
    try:
        look(person)
    except BadProblem:
        return False
    return True
