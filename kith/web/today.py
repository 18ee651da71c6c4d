"""Today: at most a dozen lines on what needs this person now. Rooms plug their sources in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kith.web.words import Text

if TYPE_CHECKING:
    from datetime import date

    from kith.gate.actor import Actor


class Kind(StrEnum):
    """What the round picture at the start of a line says."""

    CALL = "call"  # a person waits for a word from you
    WAIT = "wait"  # people are waiting; count may stand in the picture
    NOTICE = "notice"  # a date or a paper comes up
    PLAN = "plan"  # something to prepare in good time
    WRITE = "write"  # something to sign or write down


@dataclass(frozen=True, kw_only=True)
class TodayLine:
    """One sentence with one act.

    what    the act, as an imperative or a fact about people: "Call Olena and Marta"
    why     the date or the rule behind it
    weight  lines with more weight come first; 100 is a person who needs someone now
    count   number of people shown in the picture, for lines about several
    """

    kind: Kind
    what: Text
    why: Text
    action_label: Text
    url: str
    weight: int = 50
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """What someone does first while nothing is here yet."""

    what: Text
    why: Text
    action_label: Text
    url: str


class TooHeavy(Exception):
    """A source has a line that weighs more than it was plugged in with."""

    def __init__(self, source: Source, weight: int, most: int) -> None:
        name = getattr(source, "__qualname__", str(source))
        super().__init__(f"{name} gave a line of weight {weight}; it may have at most {most}.")


Source = Callable[["Actor", "date"], Iterable[TodayLine]]
Calm = Callable[["Actor", "date"], "Text | None"]
First = Callable[["Actor"], FirstStep | None]

WEIGHTIEST = 100

SOURCES: list[tuple[int, Source]] = []
CALM: list[Calm] = []
FIRST_STEPS: list[tuple[int, First]] = []


def add_source(source: Source, *, most: int = WEIGHTIEST) -> None:
    """Plug in lines; the source itself looks at who asks and gives nothing to the others.

    most  no line of it weighs more: where weightier ones fill the page, it is not asked at all
    """
    SOURCES.append((most, source))


def add_calm(sentence: Calm) -> None:
    """Plug in a sentence on what runs as planned, such as "41 matches are running as planned."."""
    CALM.append(sentence)


def add_first_step(first: First, *, order: int) -> None:
    """Plug in the first step of a role; the first answer in order is shown on an empty page."""
    FIRST_STEPS.append((order, first))


def lines_for(actor: Actor, today: date, limit: int = 12) -> list[TodayLine]:
    """The weightiest lines of all sources, as if all had been asked."""
    shown: list[tuple[int, int, TodayLine]] = []
    in_order = sorted(enumerate(SOURCES), key=lambda one: -one[1][0])
    for place, (most, source) in in_order:
        if len(shown) == limit and shown[-1][2].weight > most:
            break
        for line in source(actor, today):
            if line.weight > most:
                raise TooHeavy(source, line.weight, most)
            shown.append((-line.weight, place, line))
        shown = sorted(shown, key=lambda one: one[:2])[:limit]
    return [line for _weight, _place, line in shown]


def calm_for(actor: Actor, today: date) -> list[Text]:
    sentences = (sentence(actor, today) for sentence in CALM)
    return [sentence for sentence in sentences if sentence]


def first_step_for(actor: Actor) -> FirstStep | None:
    in_order = sorted(FIRST_STEPS, key=lambda pair: pair[0])
    answers = (first(actor) for _, first in in_order)
    return next((step for step in answers if step), None)
