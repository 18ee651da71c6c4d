"""A paper as pages and files show it: sections with their words, lines, sentences and goals."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kith.base import clock
from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Meeting
from kith.mentoring.rules.states import MeetingState, Who
from kith.papers import queries
from kith.papers.queries import Opened
from kith.papers.rules.levels import level_steps
from kith.papers.rules.said import Surroundings, month_words, months_from, sums
from kith.papers.rules.said import said as said_cell
from kith.papers.rules.shapes import MEETING, PEOPLE, Cell, Column, Section, Shape, section_of
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.programmes.rules.templates import DocumentSection
from kith.web.money import currency_of, money
from kith.web.words import full_day, near

MONTHS_BEFORE, MONTHS = 1, 16


@dataclass(frozen=True)
class Voice:
    """Somebody's words, or words about one goal."""

    key: str
    name: str
    text: str
    may_write: bool
    note: str = ""


@dataclass(frozen=True)
class ShownCell:
    """One cell with the heading of its column."""

    label: str
    text: str
    is_number: bool = False


@dataclass(frozen=True)
class ShownLine:
    """One line of a table.

    meeting   what became of it as a meeting, in words; empty while it is none
    may_plan  whether whoever reads can make it a meeting
    """

    key: str
    cells: list[ShownCell]
    meeting: str = ""
    may_plan: bool = False

    @property
    def name(self) -> str:
        """What tells this line from others."""
        return next((cell.text for cell in self.cells if cell.text), "")


@dataclass(frozen=True)
class Sentence:
    """A can-do sentence, and the day on which it was ticked."""

    key: str
    text: str
    ticked: str


@dataclass(frozen=True)
class Step:
    """A small step towards a goal."""

    text: str
    who: str
    is_done: bool


@dataclass(frozen=True)
class StepsOfGoal:
    goal: str
    steps: list[Step]


@dataclass(frozen=True)
class ShownSection:
    """One section of a paper with whatever its shape holds."""

    key: str
    title: str
    guide: str
    shape: str
    may_write: bool
    add: str
    columns: Sequence[Column]
    plans: bool = False
    written: str = ""
    text: str = ""
    voices: list[Voice] = field(default_factory=list)
    lines: list[ShownLine] = field(default_factory=list)
    totals: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, list[Sentence]]] = field(default_factory=list)
    goals: list[StepsOfGoal] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything here yet."""
        ticked = any(one.ticked for _name, group in self.groups for one in group)
        spoken = any(voice.text for voice in self.voices)
        return not (self.text or self.lines or self.goals or ticked or spoken)


def sections(actor: Actor, paper: Opened, language: str) -> list[ShownSection]:
    """Every section in the order of the template."""
    around = surroundings(paper, language)
    return [
        _section(actor, paper, one, section_of(paper.document.key, one.key), language, around)
        for one in paper.document.sections
    ]


def surroundings(paper: Opened, language: str) -> Surroundings:
    """The names and areas that lines of a paper point to."""
    group = rules_of(paper.match.programme).group
    return Surroundings(
        names={str(row.person_id): called(row.person) for row in queries.everybody(paper.match)},
        roles={role.key: role.name.say(language) for role in (group.roles if group else ())},
        currency=currency_of(str(paper.match.programme.organisation.country)),
    )


def options(paper: Opened, section: Section, language: str, today: date) -> dict[str, Any]:
    """What can be chosen in each column of a table."""
    around, found = surroundings(paper, language), {}
    start = paper.match.started_on or today
    for column in section.columns:
        if column.cell in PEOPLE:
            found[column.key] = people(paper, PEOPLE[column.cell])
        elif column.cell is Cell.ROLE:
            found[column.key] = list(around.roles.items())
        elif column.cell is Cell.MONTH:
            first = min(start, today)
            found[column.key] = [(one, month_words(one)) for one in months_from(first, MONTHS)]
        elif column.choices:
            found[column.key] = [(key, str(label)) for key, label in column.choices]
    return found


def people(paper: Opened, sides: frozenset[Side]) -> list[tuple[str, str]]:
    """People of a match to choose from."""
    return [
        (str(row.person_id), called(row.person)) for row in paper.people if Side(row.side) in sides
    ]


def _section(
    actor: Actor,
    paper: Opened,
    one: DocumentSection,
    shape: Section,
    language: str,
    around: Surroundings,
) -> ShownSection:
    content = paper.content(one.key)
    may_write = queries.may_write(actor, paper.match, shape)
    return ShownSection(
        key=one.key,
        title=one.title.say(language),
        guide=one.guide.say(language),
        shape=shape.shape.value,
        may_write=may_write,
        add=str(shape.add),
        columns=shape.columns,
        written=_written(paper, one.key),
        text=content.get("text", ""),
        voices=_voices(actor, paper, shape, content.get("voices", {}), may_write=may_write),
        plans=shape.plans,
        lines=_lines(actor, paper, shape, content.get("rows", []), around),
        totals=_totals(one.key, content.get("rows", []), around),
        groups=_groups(shape, content.get("ticks", {}), language),
        goals=_steps(paper) if shape.shape is Shape.STEPS else [],
    )


def _written(paper: Opened, section: str) -> str:
    writing = paper.writings.get(section)
    if writing is None or writing.written_by is None:
        return ""
    return _("Last written by %(name)s on %(day)s.") % {
        "name": writing.written_by.name,
        "day": full_day(writing.written_at.date()),
    }


def _voices(
    actor: Actor, paper: Opened, shape: Section, said: dict[str, str], *, may_write: bool
) -> list[Voice]:
    if shape.shape is Shape.VOICES:
        return [
            Voice(
                key=str(row.person_id),
                name=called(row.person),
                text=said.get(str(row.person_id), ""),
                may_write=may_write and queries.may_speak_for(actor, paper.match, row.person),
            )
            for row in paper.people
        ]
    if shape.shape is Shape.GOALS:
        return [
            Voice(
                key=str(one.goal.pk),
                name=str(one.goal.title),
                text=said.get(str(one.goal.pk), ""),
                may_write=may_write,
                note=_("until %(day)s") % {"day": full_day(one.goal.due_on)}
                if one.goal.due_on
                else "",
            )
            for one in paper.goals
        ]
    return []


def _lines(
    actor: Actor, paper: Opened, shape: Section, rows: list[dict[str, Any]], around: Surroundings
) -> list[ShownLine]:
    found = [_line(shape.columns, line, around) for line in rows]
    if not shape.plans or not rows:
        return found
    meetings = queries.meetings_of_lines(paper.match, rows)
    may_plan, today = queries.may_plan(actor, paper.match), clock.today()
    return [
        replace(
            one,
            meeting=_meeting_words(meeting, today) if meeting is not None else "",
            may_plan=may_plan and _is_plannable(line, meeting, today),
        )
        for one, line in zip(found, rows, strict=True)
        for meeting in [meetings.get(str(line.get(MEETING)))]
    ]


def _meeting_words(meeting: Meeting, today: date) -> str:
    words = {"when": near(timezone.localdate(meeting.planned_at or meeting.created_at), today)}
    if meeting.state == MeetingState.HELD:
        return _("it took place")
    if meeting.state == MeetingState.PLANNED:
        return _("meeting, %(when)s") % words
    return _("called off")


def _is_plannable(line: dict[str, Any], meeting: Meeting | None, today: date) -> bool:
    """A day with its time that lies ahead and is no meeting, or one that was called off."""
    if not line.get("on") or not line.get("at") or line["on"] < today.isoformat():
        return False
    return meeting is None or meeting.state not in queries.STANDS


def _line(columns: Sequence[Column], line: dict[str, Any], around: Surroundings) -> ShownLine:
    cells = [
        ShownCell(str(column.label), said_cell(column, line, around), column.cell is Cell.MONEY)
        for column in columns
    ]
    return ShownLine(line["id"], cells)


def _totals(
    section: str, lines: list[dict[str, Any]], around: Surroundings
) -> list[tuple[str, str]]:
    if section != "budget" or not lines:
        return []
    found = sums(lines)
    return [
        (_("Planned to be paid"), money(found.planned, around.currency)),
        (_("Paid so far"), money(found.spent, around.currency)),
        (_("Planned to come in"), money(found.income, around.currency)),
    ]


def _groups(
    shape: Section, ticks: dict[str, str], language: str
) -> list[tuple[str, list[Sentence]]]:
    if shape.shape is not Shape.TICKS:
        return []
    return [
        (
            group.name.say(language),
            [
                Sentence(
                    one.key,
                    one.sentence.say(language),
                    full_day(date.fromisoformat(ticks[one.key])) if one.key in ticks else "",
                )
                for one in group.sentences
            ],
        )
        for group in level_steps().groups
    ]


def _steps(paper: Opened) -> list[StepsOfGoal]:
    names = {
        Who.PARTICIPANT.value: called(paper.match.participant),
        Who.MENTOR.value: called(paper.match.mentor),
    }
    return [
        StepsOfGoal(
            str(one.goal.title),
            [
                Step(str(step.text), names.get(step.who, _("both")), step.done_on is not None)
                for step in one.steps
            ],
        )
        for one in paper.goals
    ]
