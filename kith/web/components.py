"""What components print: small plain records, so that a page cannot pass a wrong key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kith.web.words import Text

if TYPE_CHECKING:
    from datetime import date


Tone = Literal["calm", "info", "warn", "good"]
TONES: tuple[Tone, ...] = ("calm", "info", "warn", "good")
TONE_ICONS: dict[Tone, str] = {"calm": "bridge", "info": "letter", "warn": "alert", "good": "check"}

LADDER_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter above a list: a plain link with the number of rows behind it."""

    label: Text
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of a history."""

    on: date
    what: Text
    text: Text = ""
    icon: str = "clock"
    url: str = ""


@dataclass(frozen=True)
class Rung:
    """One step of a ladder as it is drawn."""

    state: Literal["filled", "gained", "lost", "open"]


def rungs(now: int | None, before: int | None) -> list[Rung]:
    """The five steps of one domain, from the first to the last.

    filled  reached at the start and now        gained  reached since the start
    lost    reached at the start and not now    open    not reached
    """
    reached = now or 0
    start = reached if before is None else before
    return [Rung(_state(step, reached, start)) for step in range(1, LADDER_STEPS + 1)]


def _state(step: int, reached: int, start: int) -> Literal["filled", "gained", "lost", "open"]:
    if step <= min(reached, start):
        return "filled"
    if step <= reached:
        return "gained"
    return "lost" if step <= start else "open"
