"""What rooms above say about people on the pages of this room. They plug it in at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from kith.gate.actor import Actor
from kith.people.models import Person
from kith.people.rules import Side
from kith.web.boards import Board
from kith.web.components import Tone

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where someone stands, in a word or two: "Waiting", "With a mentor".

    when  what a list says of the time: "waiting for 23 days"; the last event when empty
    """

    label: Text
    tone: Tone = "calm"
    when: Text = ""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The one act that moves someone on."""

    label: Text
    url: str


Standings = Callable[[Actor, Sequence[UUID], Side], Mapping[UUID, Standing]]
FindStep = Callable[[Actor, Person], NextStep | None]
FilterRows = Callable[[Actor], Q]
WarningDays = Callable[[Actor], int | None]


@dataclass(frozen=True, kw_only=True)
class StandingPlug:
    key: str
    find: Standings
    order: int


@dataclass(frozen=True, kw_only=True)
class StepPlug:
    key: str
    find: FindStep
    order: int


@dataclass(frozen=True, kw_only=True)
class FilterPlug:
    key: str
    label: Text
    rows: FilterRows
    order: int


@dataclass(frozen=True, kw_only=True)
class WarningPlug:
    key: str
    days: WarningDays
    order: int


STANDINGS: Board[StandingPlug] = Board("standings of people")
NEXT_STEPS: Board[StepPlug] = Board("next steps of a person")
FILTERS: dict[Side, Board[FilterPlug]] = {
    Side.PARTICIPANT: Board("filters of participants"),
    Side.MENTOR: Board("filters of mentors"),
}


WARNINGS: Board[WarningPlug] = Board("days of warning before a check ends")


def add_warning_days(key: str, days: WarningDays, *, order: int) -> None:
    """Plug in how many days before its end a check is to be renewed; the longest counts."""
    WARNINGS.add(WarningPlug(key=key, days=days, order=order))


def add_standing(key: str, find: Standings, *, order: int) -> None:
    """Plug in words on where people stand. `find` gets the keys of one page and asks once."""
    STANDINGS.add(StandingPlug(key=key, find=find, order=order))


def add_next_step(key: str, find: FindStep, *, order: int) -> None:
    """Plug in a next step; the first answer in order becomes the filled button of the record.

    This room itself takes 50 (add languages or times) and 60 (note a check).
    """
    NEXT_STEPS.add(StepPlug(key=key, find=find, order=order))


def add_list_filter(side: Side, key: str, label: Text, rows: FilterRows, *, order: int) -> None:
    """Plug a filter into a list: `rows` is a Q on Person that an index answers."""
    FILTERS[side].add(FilterPlug(key=key, label=label, rows=rows, order=order))


def standings(actor: Actor, person_ids: Sequence[UUID], side: Side) -> dict[UUID, Standing]:
    """What is said of each of these people; of two answers the one with the lower order."""
    said: dict[UUID, Standing] = {}
    for plug in STANDINGS:
        for person_id, standing in plug.find(actor, person_ids, side).items():
            said.setdefault(person_id, standing)
    return said


def next_step(actor: Actor, person: Person) -> NextStep | None:
    """The one next step of a person, or None when everything runs."""
    answers: Any = (plug.find(actor, person) for plug in NEXT_STEPS)
    return next((step for step in answers if step is not None), None)
