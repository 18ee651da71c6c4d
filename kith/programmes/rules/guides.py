"""Guides for meetings: what a match can do in a phase, as data in our own words.

Each holds a page for mentors and staff and a short page for participants. Nothing is noted about
who reads which.
"""

from dataclasses import dataclass
from functools import cache

from kith.base.content import ContentFault, ParticipantText, StaffText, Unfit, read_content
from kith.programmes.rules.loading import CONTENT
from kith.programmes.rules.templates import GuideKey, ProgrammeTemplate, Stage


class GuideFault(ContentFault):
    """A guide says something that no code expects, or leaves something out."""


@dataclass(frozen=True)
class GuideStep:
    minutes: int
    text: StaffText


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: the name of the publication, and what it says in our words."""

    name: str
    fact: StaffText


@dataclass(frozen=True)
class ParticipantPage:
    lead: ParticipantText
    points: tuple[ParticipantText, ...]
    help: ParticipantText


@dataclass(frozen=True)
class Guide:
    """One guide.

    otherwise  what is different in a group, with an interpreter, by video
    elsewhere  where else there is help
    """

    key: GuideKey
    stages: tuple[Stage, ...]
    domains: tuple[int, ...]
    title: ParticipantText
    in_short: StaffText
    why: StaffText
    otherwise: StaffText
    needs: tuple[StaffText, ...]
    words: tuple[StaffText, ...]
    avoid: tuple[StaffText, ...]
    elsewhere: tuple[StaffText, ...]
    steps: tuple[GuideStep, ...]
    sources: tuple[Source, ...]
    participant: ParticipantPage

    def __post_init__(self) -> None:
        if not self.stages or len(set(self.stages)) != len(self.stages):
            raise Unfit("stages", "each phase once, and at least one")
        if not self.domains or not set(self.domains) <= set(range(1, 9)):
            raise Unfit("domains", "each is one of the eight domains, 1 to 8")
        if not 4 <= len(self.steps) <= 6:
            raise Unfit("steps", "four to six steps")
        if not self.sources:
            raise Unfit("sources", "a fact needs its source")

    @property
    def minutes(self) -> int:
        """How long the steps take together."""
        return sum(step.minutes for step in self.steps)


@cache
def load_guide(key: GuideKey) -> Guide:
    """The guide of that key. Raises GuideFault with the file and the key at fault."""
    path = CONTENT / "guides" / f"{key.value}.toml"
    guide = read_content(path, Guide, fault=GuideFault)
    if guide.key is not key:
        raise GuideFault(path.name, "key", "it differs from the name of the file")
    return guide


def all_guides() -> tuple[Guide, ...]:
    """Every guide, in the order of the library."""
    return tuple(load_guide(key) for key in GuideKey)


def guides_for(template: ProgrammeTemplate, stage: Stage) -> tuple[Guide, ...]:
    """The guides a programme uses in a phase, in the order in which it names them."""
    named = (load_guide(key) for key in template.guides)
    return tuple(guide for guide in named if stage in guide.stages)
