"""Everybody of a live round: records, arrays that grow, and what people decided about pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kith.methods.matching.block import Couples
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.problem import BadProblem, Decision, Gate, Problem, Ruling
from kith.methods.matching.profile import (
    Ints,
    Mentor,
    Participant,
    PersonArrays,
    Vocabulary,
    participant_arrays,
    vocabulary,
)
from kith.methods.matching.score import GATE_BIT, Scores, score_block

WORDS = {"topics": "topics", "required": "topics", "languages": "languages"}
WORDS |= {"interests": "interests", "marks": "marks"}
"""Tables with a column for each word, and the list of words that they follow."""


@dataclass(frozen=True, eq=False)
class KnownScores(Scores):
    """Scores of people whose exclusions are known already."""

    known: Mapping[int, Ints]

    @property
    def excluded(self) -> Mapping[int, Ints]:
        """Columns with which each row must never be matched."""
        return self.known


class People:
    """Participants (rows) and mentors (columns) of a round; rows are only ever added.

    rows      id -> row of everybody who still takes part
    scores    fits and gates of every pair; mentors: their arrays, row after row in memory
    excluded  columns that a rule closes, rejected  those that a person closed, by row
    words, column_order  of the arrays; place of each column in the order of the mentors outside
    """

    def __init__(
        self, scores: Scores, rejected: Mapping[int, Iterable[int]], *, column_order: Ints,
        words: Vocabulary | None = None,
    ) -> None:  # fmt: skip
        problem = scores.problem
        self.problem = replace(problem, participants=list(problem.participants), decisions=())
        self.rows = dict(problem.participant_rows)
        self.rejected = {row: set(columns) for row, columns in rejected.items() if columns}
        self.excluded = dict(scores.excluded)
        self.column_order = column_order
        self._base = dict(vars(scores.participants))
        self._size = len(problem.participants)
        self.mentors = scores.mentors
        self._words = words
        self.scores = self._scored()

    @property
    def words(self) -> Vocabulary:
        """The words of the columns of the arrays."""
        if self._words is None:
            self._words = vocabulary(self.problem.participants, self.problem.mentors)
        return self._words

    def row(self, participant: str) -> int:
        """Row of a participant. Raises BadProblem when there is none."""
        if participant not in self.rows:
            raise BadProblem(f"{participant} is not in this round")
        return self.rows[participant]

    def column(self, mentor: str) -> int:
        """Column of a mentor. Raises BadProblem when there is none."""
        return self.problem.column(mentor)

    def mentor(self, column: int) -> str | None:
        """Id of a mentor; None for NOBODY."""
        return None if column == NOBODY else self.problem.mentors[column].id

    def participant(self, row: int) -> str:
        """Id of a participant."""
        return self.problem.participants[row].id

    def closed(self, row: int) -> set[int]:
        """Columns that are closed to a row by rules or by people."""
        return {*self.excluded.get(row, ()), *self.rejected.get(row, ())}

    def is_closed(self, row: int, column: int) -> bool:
        """True for a pair that a rule, a mark or a person closed."""
        if not self.problem.participants[row].requires <= self.problem.mentors[column].marks:
            return True
        if column in self.rejected.get(row, ()):
            return True
        return row in self.excluded and column in self.excluded[row]

    def fits(self, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """(k,) fit and failed gates of pairs, exclusions left out."""
        some, others = rows.tolist(), columns.tolist()
        block = Couples(self.scores.participants.take(some), self.mentors.take(others))
        fits, failed = score_block(block, self.problem)
        return fits[:, 0].astype(np.int64), failed[:, 0].astype(np.int64)

    def failed(self, row: int, column: int) -> int:
        """Gates that one pair does not pass, exclusions among them, one bit for each."""
        _, failed = self.fits(np.array([row]), np.array([column]))
        excluded = column in self.excluded.get(row, ())
        return int(failed[0]) | (GATE_BIT[Gate.EXCLUDED] if excluded else 0)

    def check_capacity(self, column: int, places: int) -> None:
        """Raises BadProfile when a mentor cannot have so many places."""
        replace(self.problem.mentors[column], capacity=places)

    def add(self, participant: Participant) -> int:
        """Take somebody in; gives the row. Raises BadProblem when the id is taken."""
        if participant.id in self.rows:
            raise BadProblem(f"the id {participant.id} is used twice")
        arrays = vars(participant_arrays([participant], self._words_with(participant)))
        if self._size == len(self._base["online"]):
            self._base = {name: _longer(table) for name, table in self._base.items()}
        row, self._size = self._size, self._size + 1
        for name, table in self._base.items():
            table[row] = arrays[name][0]
        people: Any = self.problem.participants
        people.append(participant)
        self.rows[participant.id] = row
        columns = self._excluded_of(participant)
        if columns:
            self.excluded[row] = np.array(sorted(columns), dtype=np.int64)
        self.scores = self._scored()
        return row

    def remove(self, participant: str) -> int:
        """Let somebody go; gives the row, which stays empty. Raises BadProblem."""
        row = self.row(participant)
        del self.rows[participant]
        self.rejected.pop(row, None)
        return row

    def current(self, given: Sequence[str], locked: Mapping[int, int], capacity: Ints) -> Problem:
        """The problem as it is now; `given` says in which order."""
        people = {one.id: one for one in self.problem.participants if one.id in self.rows}
        decisions = [
            Decision(Ruling.REJECT, self.participant(row), self.problem.mentors[column].id)
            for row, columns in sorted(self.rejected.items())
            for column in sorted(columns)
        ]
        decisions += [
            Decision(Ruling.LOCK, self.participant(row), self.problem.mentors[column].id)
            for row, column in sorted(locked.items())
        ]
        return replace(
            self.problem,
            participants=[people[one] for one in given if one in people],
            mentors=[
                _with_places(self.problem.mentors[column], int(capacity[column]))
                for column in np.argsort(self.column_order).tolist()
            ],
            decisions=tuple(decisions),
        )

    def _scored(self) -> Scores:
        arrays = PersonArrays(**{name: table[: self._size] for name, table in self._base.items()})
        return KnownScores(self.problem, arrays, _by_columns(self.mentors), self.excluded)

    def _words_with(self, participant: Participant) -> Vocabulary:
        """The words of the arrays; new ones of the newcomer get columns behind the others."""
        own = vocabulary([participant], [])
        grown = {name: _extended(vars(self.words)[name], new) for name, new in vars(own).items()}
        self._words = Vocabulary(**grown)
        for table, words in WORDS.items():
            more = len(grown[words]) - self._base[table].shape[1]
            if more:
                self._base[table] = _wider(self._base[table], more)
                tables = vars(self.mentors)
                self.mentors = PersonArrays(**{**tables, table: _wider(tables[table], more)})
        return self._words

    def _excluded_of(self, participant: Participant) -> set[int]:
        numbers = self.problem.mentor_columns
        named = {*participant.excluded}
        named |= {mentor for one, mentor in self.problem.exclusions if one == participant.id}
        named |= {one.id for one in self.problem.mentors if participant.id in one.excluded}
        return {numbers[one] for one in named if one in numbers}


def _by_columns(people: PersonArrays) -> PersonArrays:
    """The same, column after column in memory: quicker where one meets everybody."""
    tables: Any = {name: np.asfortranarray(table) for name, table in vars(people).items()}
    return PersonArrays(**tables)


def _with_places(mentor: Mentor, places: int) -> Mentor:
    return mentor if mentor.capacity == places else replace(mentor, capacity=places)


def _extended(numbers: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    grown = dict(numbers)
    for word in new:
        grown.setdefault(word, len(grown))
    return grown


def _longer(table: Any) -> Any:
    room = len(table) // 8 + 16
    return np.concatenate([table, np.zeros((room, *table.shape[1:]), dtype=table.dtype)])


def _wider(table: Ints, more: int) -> Ints:
    return np.pad(table, ((0, 0), (0, more)))
