"""Where somebody goes on in a course: one step, found from what they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kith.learning.rules.states import WorkState

WITH_TRAINER = frozenset({WorkState.HANDED_IN, WorkState.ACCEPTED})


class Step(StrEnum):
    """What comes next."""

    READ = "read"
    QUIZ = "quiz"
    WRITE = "write"
    FINAL = "final"
    LIVE = "live"
    WAIT = "wait"
    DONE = "done"


@dataclass(frozen=True)
class Have:
    """A module or a story and what somebody has of it.

    screens  all of its screens, in their order
    read     those that were read
    is_done  a module: everything read and the quiz passed
    work     a story: where the answer stands; None for a module, and before the first word
    """

    part: str
    screens: tuple[str, ...]
    read: frozenset[str] = frozenset()
    is_module: bool = True
    is_done: bool = False
    work: WorkState | None = None

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(one for one in self.screens if one not in self.read)

    def unread_after(self, screen: str) -> str:
        """The next screen to read, those before it last; empty when all is read."""
        place = self.screens.index(screen) + 1 if screen in self.screens else 0
        later = [one for one in self.screens[place:] if one not in self.read]
        return next(iter([*later, *self.unread]), "")


@dataclass(frozen=True)
class Onward:
    """A step, with the part and the screen where it has some."""

    step: Step
    part: str = ""
    screen: str = ""


def onward(
    parts: Sequence[Have],
    *,
    stopped: tuple[str, str],
    is_passed: bool,
    final_passed: bool,
    live_missing: bool,
) -> Onward:
    """The next step. Modules come first, then stories, then the final test.

    parts    modules and stories in their order
    stopped  part and screen that were read last
    """
    if is_passed:
        return Onward(Step.DONE)
    for have in sorted(parts, key=lambda one: one.part != stopped[0]):
        if step := _in_part(have, stopped[1] if have.part == stopped[0] else ""):
            return step
    if not final_passed:
        return Onward(Step.FINAL)
    if any(have.work is WorkState.HANDED_IN for have in parts):
        return Onward(Step.WAIT)
    return Onward(Step.LIVE if live_missing else Step.DONE)


def _in_part(have: Have, stopped: str) -> Onward | None:
    if have.is_done or have.work in WITH_TRAINER:
        return None
    if screen := have.unread_after(stopped):
        return Onward(Step.READ, have.part, screen)
    return Onward(Step.QUIZ if have.is_module else Step.WRITE, have.part)
