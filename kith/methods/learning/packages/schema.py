"""What a package says of itself: what can be started in it, and what it asks of a player."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Standard(StrEnum):
    SCORM_12 = "scorm12"
    SCORM_2004 = "scorm2004"
    CMI5 = "cmi5"


class MoveOn(StrEnum):
    """What a learner needs before a unit of cmi5 counts as done."""

    PASSED = "Passed"
    COMPLETED = "Completed"
    COMPLETED_AND_PASSED = "CompletedAndPassed"
    COMPLETED_OR_PASSED = "CompletedOrPassed"
    NOT_APPLICABLE = "NotApplicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that can be started.

    key         its own in the package; stays the same when the package comes again
    path        of the file it starts with, as the package names it
    query       what stands behind the path when it is started, with ? or #; may be empty
    depth       how many headings of the contents it stands under
    tells       whether it speaks to the player; what does not is done when it was opened
    mastery     share of the points that passes, 0 to 1; None when it does not say
    launch      what it is given when it starts, as a text
    prerequisites, move_on, own_window, activity   of SCORM 1.2, and of cmi5
    """

    key: str
    title: str
    path: str
    query: str = ""
    depth: int = 0
    headings: tuple[str, ...] = ()
    tells: bool = True
    mastery: Fraction | None = None
    launch: str = ""
    prerequisites: str = ""
    move_on: MoveOn = MoveOn.NOT_APPLICABLE
    own_window: bool = False
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that works otherwise here than the package asks. code: a key of REMARKS."""

    code: str
    item: str = ""

    @property
    def sentence(self) -> str:
        return REMARKS[self.code]


REMARKS: dict[str, str] = {
    "prerequisites": "It asks for an order of its parts. Here they can be started in any order.",
    "sequencing": "It steers the order of its parts by rules. Here they can be started in any.",
    "navigation": "It asks for buttons of the player. Here the list of parts is used.",
    "other_contents": "It has several tables of contents. Here the first is used.",
    "time_limit": "It has a time limit. Here no time runs out.",
    "objectives": "It shares results between parts. Here each part keeps its own.",
    "hidden": "It hides a part from the list. Here it is not shown.",
    "entitlement": "It asks for a key of its own before it starts. Here none is given.",
    "frames": "It is made of frames that read each other. In a closed frame they may not.",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """A package's own account of itself."""

    standard: Standard
    title: str
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...] = ()
    activity: str = ""
