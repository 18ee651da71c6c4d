"""What may be written in each section of each working paper.

The papers and their sections are named by the programme templates; here stands what kind of content
each section holds. A section of a template without a shape here is a fault that a test finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.people.rules import Side

Words = str | Promise
BOTH = frozenset({Side.PARTICIPANT, Side.MENTOR})
GROUP = frozenset({Side.MENTOR})
NOBODY: frozenset[Side] = frozenset()
MOST_ROWS = 120


class Shape(Enum):
    """How a section is written."""

    WORDS = "words"  # one text
    VOICES = "voices"  # a text for each person of the match
    ROWS = "rows"  # lines of a table
    TICKS = "ticks"  # sentences that somebody can say of themselves
    GOALS = "goals"  # the goals of the match, and a text for each
    STEPS = "steps"  # the small steps towards the goals, as they stand in the match


class Cell(Enum):
    """What one column of a table holds."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    MONTH = "month"
    MONEY = "money"
    DONE = "done"
    CHOICE = "choice"
    ROLE = "role"
    ANYONE = "anyone"
    OF_GROUP = "of_group"
    OF_FAMILY = "of_family"
    SEVERAL = "several"


PEOPLE = {
    Cell.ANYONE: BOTH,
    Cell.SEVERAL: BOTH,
    Cell.OF_GROUP: GROUP,
    Cell.OF_FAMILY: frozenset({Side.PARTICIPANT}),
}


@dataclass(frozen=True)
class Column:
    """One column of a table. It may stay empty unless it must be filled."""

    key: str
    cell: Cell
    label: Words
    help: Words = ""
    width: float = 1
    must: bool = False
    choices: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True)
class Section:
    """The shape of one section, its columns, and which side writes in it.

    plans  its lines are days before people: each can become a meeting of the match
    """

    shape: Shape
    columns: tuple[Column, ...] = ()
    by: frozenset[Side] = BOTH
    add: Words = ""
    plans: bool = False


HEADS: tuple[tuple[str, Words], ...] = (
    ("rent", _("Rent")),
    ("food", _("Food")),
    ("transport", _("Transport")),
    ("phone", _("Phone and internet")),
    ("school", _("School and children")),
    ("health", _("Health")),
    ("clothes", _("Clothes and household")),
    ("reserve", _("Reserve")),
    ("income", _("Income")),
)
PAYERS: tuple[tuple[str, Words], ...] = (
    ("family", _("The family")),
    ("group", _("The group")),
    ("organisation", _("The organisation")),
    ("public", _("A public office")),
)
WEEKDAYS: tuple[tuple[str, Words], ...] = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
    ("varies", _("It varies")),
)

_WORDS = Section(Shape.WORDS)
_VOICES = Section(Shape.VOICES)

SHAPES: dict[str, dict[str, Section]] = {
    "mentoring_plan": {
        "matters": _WORDS,
        "goals": Section(Shape.GOALS),
        "others": Section(
            Shape.ROWS,
            (
                Column("who", Cell.TEXT, _("Person or place"), width=2, must=True),
                Column("what_for", Cell.TEXT, _("What for"), width=3),
                Column("contact", Cell.TEXT, _("How to get in touch"), width=2),
            ),
            add=_("Add a person or place"),
        ),
    },
    "tandem_agreement": {
        "expectations": _VOICES,
        "giving": _VOICES,
        "rhythm": Section(
            Shape.ROWS,
            (
                Column("day", Cell.CHOICE, _("Day"), choices=WEEKDAYS, must=True),
                Column("at", Cell.TIME, _("Time")),
                Column("place", Cell.TEXT, _("Place"), width=2),
                Column("cancel", Cell.TEXT, _("How we cancel"), width=2),
            ),
            add=_("Add a time"),
        ),
        "languages": Section(
            Shape.ROWS,
            (
                Column("language", Cell.TEXT, _("Language"), must=True),
                Column("practises", Cell.ANYONE, _("Who practises")),
                Column("helps", Cell.ANYONE, _("Who helps")),
                Column("how", Cell.TEXT, _("How"), width=2),
            ),
            add=_("Add a language"),
        ),
        "limits": _VOICES,
    },
    "circle_plan": {
        "calendar": Section(
            Shape.ROWS,
            (
                Column("on", Cell.DAY, _("Date"), must=True),
                Column("at", Cell.TIME, _("Time")),
                Column("what", Cell.TEXT, _("What we do"), width=2, must=True),
                Column("place", Cell.TEXT, _("Place"), width=2),
                Column("who", Cell.SEVERAL, _("Who comes"), width=2),
                Column("brings", Cell.TEXT, _("Who brings what"), width=2),
            ),
            add=_("Add a date"),
            plans=True,
        ),
        "wishes": Section(
            Shape.ROWS,
            (
                Column("whose", Cell.TEXT, _("Whose wish"), _("A first name is enough.")),
                Column("wish", Cell.TEXT, _("The wish"), width=3, must=True),
            ),
            add=_("Add a wish"),
        ),
        "between": _WORDS,
    },
    "goal_sheet": {
        "strengths": _WORDS,
        "goals": Section(Shape.GOALS),
        "steps": Section(Shape.STEPS),
        "outcome": Section(Shape.GOALS),
    },
    "settlement_plan": {
        "first_weeks": Section(
            Shape.ROWS,
            (
                Column("what", Cell.TEXT, _("What must be done"), width=3, must=True),
                Column("on", Cell.DAY, _("Day")),
                Column("along", Cell.OF_GROUP, _("Who comes along")),
                Column("done", Cell.DONE, _("Done"), width=0.6),
            ),
            add=_("Add a task"),
        ),
        "budget": Section(
            Shape.ROWS,
            (
                Column("month", Cell.MONTH, _("Month"), must=True),
                Column("head", Cell.CHOICE, _("What for"), choices=HEADS, must=True, width=2),
                Column("planned", Cell.MONEY, _("Planned"), must=True),
                Column("spent", Cell.MONEY, _("Spent"), _("Leave it open until it is known.")),
                Column("payer", Cell.CHOICE, _("Who pays"), choices=PAYERS, must=True),
            ),
            add=_("Add an amount"),
        ),
        "own_way": Section(
            Shape.ROWS,
            (
                Column("what", Cell.TEXT, _("What we do ourselves"), width=3, must=True),
                Column("since", Cell.DAY, _("Since")),
            ),
            add=_("Add something"),
        ),
    },
    "duty_list": {
        "duties": Section(
            Shape.ROWS,
            (
                Column("role", Cell.ROLE, _("Area")),
                Column("what", Cell.TEXT, _("Task"), width=3, must=True),
                Column("of_group", Cell.OF_GROUP, _("From the group"), width=1.4),
                Column("of_family", Cell.OF_FAMILY, _("From the family"), width=1.4),
                Column("until", Cell.DAY, _("By when"), width=1.2),
                Column("done", Cell.DONE, _("Done"), width=0.6),
            ),
            by=GROUP,
            add=_("Add a task"),
        ),
    },
    "rota": {
        "weeks": Section(
            Shape.ROWS,
            (
                Column("week", Cell.DAY, _("Week from"), _("Any day of the week."), must=True),
                Column("who", Cell.OF_GROUP, _("Who is there"), must=True),
                Column("instead", Cell.OF_GROUP, _("Swapped with")),
                Column("note", Cell.TEXT, _("Note"), width=2),
            ),
            by=NOBODY,
        ),
    },
    "lesson_log": {
        "wanted": Section(
            Shape.ROWS,
            (
                Column("situation", Cell.TEXT, _("Situation"), width=4, must=True),
                Column("works", Cell.DONE, _("Works now"), width=0.8),
            ),
            add=_("Add a situation"),
        ),
        "lessons": Section(
            Shape.ROWS,
            (
                Column("on", Cell.DAY, _("Date"), must=True),
                Column("practised", Cell.TEXT, _("What we practised"), width=2, must=True),
                Column("sentence", Cell.TEXT, _("What I can say now"), width=2),
                Column("next", Cell.TEXT, _("Next time"), width=2),
            ),
            add=_("Add a lesson"),
        ),
        "levels": Section(Shape.TICKS),
    },
}

# What these papers hold has a room of its own. Lines of earlier times can be read, not changed.
ELSEWHERE = frozenset({"rota"})
# What Kith notes in a line beside its columns; it stays when somebody changes the line.
MEETING = "meeting"
# Papers that count when everybody they turn to has said yes to the words as they stand.
ASK_YES = frozenset({"tandem_agreement", "settlement_plan"})


def section_of(document: str, section: str) -> Section:
    """The shape of a section. Raises KeyError for what no template names."""
    return SHAPES[document][section]


def is_by_date(column: Column) -> bool:
    """Whether lines stand in the order of this column."""
    return column.cell in {Cell.DAY, Cell.MONTH} and column.must
