"""What a picture is made of, and how it becomes SVG.

Colours are classes of the style sheet, so that a picture follows the dark style and prints;
nothing is said by colour alone. A picture is drawn twice, for a wide page and for a phone, so that
its words keep their size; the style sheet shows one of the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import Literal

WIDE, NARROW = 720, 340
TEXT, SMALL = 13, 12
LETTER = 0.56
"""About how wide a letter is, in units of the size of the text."""


class Look(StrEnum):
    """Classes of the style sheet."""

    PINE = "ch-pine"
    PINE_SOFT = "ch-pine-soft"
    CLAY = "ch-clay"
    CLAY_SOFT = "ch-clay-soft"
    SKY = "ch-sky"
    SKY_SOFT = "ch-sky-soft"
    PLUM = "ch-plum"
    SUN = "ch-sun"
    QUIET = "ch-quiet"
    GRID = "ch-grid"
    EDGE = "ch-edge"
    WORDS = "ch-words"
    STRONG = "ch-strong"
    MUTED = "ch-muted"


Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    look: Look
    radius: float = 3


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; open, and dashed where it only divides."""

    points: tuple[tuple[float, float], ...]
    look: Look
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape."""

    points: tuple[tuple[float, float], ...]
    look: Look


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle; hollow ones say that something did not happen, or not yet. `title` is its name."""

    x: float
    y: float
    radius: float
    look: Look
    hollow: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Diamond:
    x: float
    y: float
    radius: float
    look: Look
    hollow: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str
    look: Look = Look.WORDS
    anchor: Anchor = "start"


Part = Box | Stroke | Area | Dot | Diamond | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Parts in the order in which they are painted."""

    width: float
    height: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Picture:
    """What a page shows: a sentence as title, the drawing twice, and the table behind it.

    description  what somebody hears who does not see the picture
    head, rows   the same facts as a table
    """

    title: str
    description: str
    wide: Drawing
    narrow: Drawing
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Along:
    """A place along the picture: from left to right, or from right to left."""

    first: float
    last: float
    left: float
    right: float
    mirrored: bool

    def __call__(self, value: float) -> float:
        share = (value - self.first) / ((self.last - self.first) or 1)
        if self.mirrored:
            share = 1 - share
        return self.left + share * (self.right - self.left)

    @property
    def start(self) -> Anchor:
        """The anchor of words that begin at a place and go on in the direction of reading."""
        return "end" if self.mirrored else "start"

    @property
    def end(self) -> Anchor:
        return "start" if self.mirrored else "end"

    def beside(self, distance: float) -> float:
        """A distance in the direction of reading."""
        return -distance if self.mirrored else distance


def width_of(text: str, size: float = TEXT) -> float:
    """About how wide a text is."""
    return len(text) * size * LETTER


def spread(values: Sequence[tuple[float, str]], *, gap: float = 10) -> list[tuple[float, str]]:
    """Labels along a line, without those that would run into the one before."""
    kept: list[tuple[float, str]] = []
    for place, text in values:
        if kept:
            before, said = kept[-1]
            if abs(place - before) < (width_of(said, SMALL) + width_of(text, SMALL)) / 2 + gap:
                continue
        kept.append((place, text))
    return kept


@lru_cache(maxsize=512)
def svg(drawing: Drawing) -> str:
    """The drawing as SVG, without its title and description, which the page gives.

    Kept by content: the same facts are drawn once. No name of a person belongs into a drawing.
    """
    return "".join(_drawn(part) for part in drawing.parts)


def _drawn(part: Part) -> str:
    match part:
        case Box():
            return (
                f'<rect class="{part.look}" x="{_n(part.x)}" y="{_n(part.y)}"'
                f' width="{_n(max(part.width, 0))}" height="{_n(part.height)}"'
                f' rx="{_n(part.radius)}"></rect>'
            )
        case Stroke():
            dashed = " ch-dashed" if part.dashed else ""
            return (
                f'<polyline class="ch-line {part.look}{dashed}" points="{_points(part.points)}">'
                "</polyline>"
            )
        case Area():
            return f'<polygon class="{part.look}" points="{_points(part.points)}"></polygon>'
        case Dot():
            return (
                f'<circle class="{_class(part)}" cx="{_n(part.x)}" cy="{_n(part.y)}"'
                f' r="{_n(part.radius)}">{_title(part.title)}</circle>'
            )
        case Diamond():
            x, y, r = part.x, part.y, part.radius
            corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
            return (
                f'<polygon class="{_class(part)}" points="{_points(corners)}">'
                f"{_title(part.title)}</polygon>"
            )
        case Words():
            return (
                f'<text class="{part.look}" x="{_n(part.x)}" y="{_n(part.y)}"'
                f' text-anchor="{part.anchor}">{escape(part.text)}</text>'
            )


def _class(part: Dot | Diamond) -> str:
    return f"{part.look} ch-hollow" if part.hollow else str(part.look)


def _title(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
