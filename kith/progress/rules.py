"""Eight domains and the ladder of five steps.

A step is ordinal and chosen by the person. It is a plain Enum on purpose: steps cannot be added,
compared by size or turned into a number, and nothing here looks at more than one domain.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from kith.base.content import ContentFault, ParticipantText, Pictogram, Unfit, read_content

CONTENT = Path(__file__).parent / "content"

# A map is kept for this purpose alone: without the consent to it none is drawn.
PURPOSE = "mentoring"


class DomainFault(ContentFault):
    """The domains say something that no code expects, or leave something out."""


class Step(Enum):
    """The ladder from its lowest step to its highest."""

    NOT_YET = "not_yet"
    STARTING = "starting"
    WITH_HELP = "with_help"
    MOSTLY_ALONE = "mostly_alone"
    COULD_HELP_OTHERS = "could_help_others"


class Difference(Enum):
    """What changed in one domain between two maps, as a message code."""

    FIRST_LOOK = "first_look"
    SAME = "same"
    ONE_STEP_ON = "one_step_on"
    SEVERAL_STEPS_ON = "several_steps_on"
    HARDER_NOW = "harder_now"


@dataclass(frozen=True)
class StepWords:
    key: Step
    name: ParticipantText
    meaning: ParticipantText


@dataclass(frozen=True)
class DifferenceWords:
    key: Difference
    text: ParticipantText


@dataclass(frozen=True)
class Indicator:
    """Something to talk about in a domain. It is not ticked, counted or stored."""

    key: str
    text: ParticipantText


@dataclass(frozen=True)
class LadderSentence:
    step: Step
    sentence: ParticipantText


@dataclass(frozen=True)
class Domain:
    """number is the place in the list and the way programme templates name a domain."""

    number: int
    key: str
    name: ParticipantText
    short_name: ParticipantText
    pictogram: Pictogram
    indicators: tuple[Indicator, ...]
    ladder: tuple[LadderSentence, ...]

    def __post_init__(self) -> None:
        if len({indicator.key for indicator in self.indicators}) != 4:
            raise Unfit("indicators", "four of them, each with a key of its own")
        if [rung.step for rung in self.ladder] != list(Step):
            raise Unfit("ladder", "one sentence for each step, from the lowest to the highest")

    def sentence_for(self, step: Step) -> ParticipantText:
        return next(rung.sentence for rung in self.ladder if rung.step is step)


@dataclass(frozen=True)
class Domains:
    steps: tuple[StepWords, ...]
    differences: tuple[DifferenceWords, ...]
    domains: tuple[Domain, ...]

    def __post_init__(self) -> None:
        if [words.key for words in self.steps] != list(Step):
            raise Unfit("steps", "words for each step, from the lowest to the highest")
        if [words.key for words in self.differences] != list(Difference):
            raise Unfit("differences", "words for each difference, in the order of the code")
        if [domain.number for domain in self.domains] != list(range(1, 9)):
            raise Unfit("domains", "eight of them, numbered from 1 to 8")
        if len({domain.key for domain in self.domains}) != len(self.domains):
            raise Unfit("domains", "each has a key of its own")


@cache
def load_domains() -> Domains:
    """Everything of `domains.toml`. Raises DomainFault with the file and the key at fault."""
    return read_content(CONTENT / "domains.toml", Domains, fault=DomainFault)


def all_domains() -> tuple[Domain, ...]:
    return load_domains().domains


def domain(key: str) -> Domain:
    for known in all_domains():
        if known.key == key:
            return known
    raise DomainFault("domains.toml", key, "there is no such domain")


def domains_numbered(numbers: tuple[int, ...]) -> tuple[Domain, ...]:
    """The domains a programme template puts first, in its order."""
    return tuple(all_domains()[number - 1] for number in numbers)


def step_words(step: Step) -> StepWords:
    return next(words for words in load_domains().steps if words.key is step)


def difference_words(before: Step | None, after: Step) -> Difference:
    """What to say about one domain; before is None when the person looks at it the first time."""
    if before is None:
        return Difference.FIRST_LOOK
    ladder = list(Step)
    steps_on = ladder.index(after) - ladder.index(before)
    if steps_on == 0:
        return Difference.SAME
    if steps_on < 0:
        return Difference.HARDER_NOW
    return Difference.ONE_STEP_ON if steps_on == 1 else Difference.SEVERAL_STEPS_ON


def difference_text(difference: Difference) -> ParticipantText:
    return next(words.text for words in load_domains().differences if words.key is difference)
