"""What the pages of working papers and letters read; the first argument is the actor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Sum

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import allows, visible
from kith.gate.roles import Role
from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.permissions import RECORD_MEETING, own_caseload
from kith.mentoring.queries.agreement import terms_of
from kith.mentoring.queries.members import all_members, own_rows, people_now
from kith.mentoring.queries.record import GoalWithSteps, goals
from kith.mentoring.rules.states import (
    WATCHED,
    GoalState,
    MatchState,
    MeetingState,
)
from kith.papers.models import Letter, Paper, Writing, Yes
from kith.papers.permissions import SEE_LETTERS, SEE_PAPERS, WRITE_PAPERS
from kith.papers.rules.shapes import ELSEWHERE, MEETING, Section, Shape, section_of
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.rules import known_documents
from kith.programmes.rules.templates import SpecialDocument

HISTORY_SHOWN = 60
STANDS = frozenset({MeetingState.PLANNED.value, MeetingState.HELD.value})


@dataclass(frozen=True)
class Opened:
    """One paper of a match with everything its page shows.

    writings  the newest writing of each section, by the key of the section
    """

    match: Match
    document: SpecialDocument
    paper: Paper | None
    writings: Mapping[str, Writing]
    people: list[MatchMember]
    goals: list[GoalWithSteps] = field(default_factory=list)
    yeses: list[Yes] = field(default_factory=list)

    @property
    def version(self) -> int:
        """The version as it stands; 0 before anybody wrote."""
        return self.paper.version if self.paper else 0

    def content(self, section: str) -> dict[str, Any]:
        """What stands in a section; empty before anybody wrote, and when its key was forgotten."""
        writing = self.writings.get(section)
        return (writing.content or {}) if writing else {}

    def number(self, section: str) -> int:
        """The number of the newest writing of a section; 0 before anybody wrote."""
        writing = self.writings.get(section)
        return writing.number if writing else 0

    def is_agreed(self) -> bool:
        """Whether the two the match turns to said yes to the version as it stands."""
        said = {yes.person_id for yes in self.yeses if yes.version == self.version}
        return self.version > 0 and {self.match.participant_id, self.match.mentor_id} <= said


def matches(actor: Actor) -> "QuerySet[Match]":
    """Matches whose papers this actor may read."""
    return visible(actor, SEE_PAPERS, Match.objects.select_related("programme__organisation"))


def documents_of(match: Match) -> tuple[SpecialDocument, ...]:
    """The papers that the programme of a match named when it was agreed, and those begun since.

    What is kept elsewhere by now stands here only where somebody wrote in it before.
    """
    begun = set(Paper.objects.filter(match=match).values_list("document", flat=True))
    agreed = [one for one in terms_of(match).rules.documents if one.key not in ELSEWHERE - begun]
    rest = begun - {one.key for one in agreed}
    return (*agreed, *(one for one in known_documents() if one.key in rest))


def document_of(match: Match, key: str) -> SpecialDocument | None:
    """One of the papers of the programme; None where it names no such paper."""
    return next((one for one in documents_of(match) if one.key == key), None)


def papers_of(match: Match) -> dict[str, Paper]:
    """The papers somebody has begun, by document."""
    return {paper.document: paper for paper in Paper.objects.filter(match=match)}


@reads(SEE_PAPERS, on="match", own=own_caseload)
def opened(actor: Actor, *, match: Match, document: SpecialDocument) -> Opened:
    """Open a paper; the look is noted. Raises Denied, ReasonNeeded."""
    paper = Paper.objects.filter(match=match, document=document.key).first()
    shapes = {section_of(document.key, section.key).shape for section in document.sections}
    return Opened(
        match=match,
        document=document,
        paper=paper,
        writings=newest(paper) if paper else {},
        people=people_now(match),
        goals=goals(match) if shapes & {Shape.GOALS, Shape.STEPS} else [],
        yeses=list(Yes.objects.filter(paper=paper).select_related("person")) if paper else [],
    )


def newest(paper: Paper) -> dict[str, Writing]:
    """The newest writing of each section of a paper."""
    rows = Writing.objects.filter(paper=paper).order_by("section", "-number")
    return {row.section: row for row in rows.distinct("section").select_related("written_by")}


def meetings_of_lines(match: Match, lines: Iterable[Mapping[str, Any]]) -> dict[str, Meeting]:
    """The meetings that lines of a paper became, by their key as it stands in the line."""
    keys = [str(line[MEETING]) for line in lines if MEETING in line]
    if not keys:
        return {}
    return {str(row.pk): row for row in Meeting.objects.filter(match=match, pk__in=keys)}


def stands_as_meeting(match: Match, line: Mapping[str, Any]) -> bool:
    """Whether a line is a meeting that is planned or took place."""
    row = meetings_of_lines(match, [line]).get(str(line.get(MEETING)))
    return row is not None and row.state in STANDS


def planned_lines(match: Match) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Lines of the papers of a match that are days before people: document, section, line."""
    papers = {paper.pk: paper for paper in Paper.objects.filter(match=match)}
    found = []
    for paper in papers.values():
        for key, writing in newest(paper).items():
            if section_of(paper.document, key).plans:
                rows = (writing.content or {}).get("rows", [])
                found += [(paper.document, key, line) for line in rows]
    return found


def may_plan(actor: Actor, match: Match) -> bool:
    """Whether the actor plans meetings of this match now."""
    return match.state in WATCHED and allows(actor, RECORD_MEETING, match)


def history(match: Match, document: SpecialDocument) -> list[Writing]:
    """Who wrote in which section and when, the newest first; the words stay closed."""
    rows = Writing.objects.filter(match=match, paper__document=document.key)
    return list(rows.select_related("written_by").order_by("-number")[:HISTORY_SHOWN])


def may_write(actor: Actor, match: Match, section: Section) -> bool:
    """Whether the actor writes in a section: staff always, others where their side does.

    Nobody does where no side does any more.
    """
    if match.state == MatchState.CLOSED.value or not allows(actor, WRITE_PAPERS, match):
        return False
    if not section.by:
        return False
    if actor.has(Role.COORDINATOR):
        return True
    row = own_rows(actor, [match]).get(match.pk)
    return row is not None and Side(row.side) in section.by


def may_speak_for(actor: Actor, match: Match, person: Person) -> bool:
    """Whose words one writes: one's own; staff everybody's; the mentor's side the family's too,
    sitting together."""
    own = own_rows(actor, [match]).get(match.pk)
    if actor.has(Role.COORDINATOR) or (own is not None and own.person_id == person.pk):
        return True
    sides = {row.person_id: row.side for row in people_now(match)}
    return (
        own is not None
        and own.side == Side.MENTOR.value
        and sides.get(person.pk) == Side.PARTICIPANT.value
    )


# ── Letters ──────────────────────────────────────────────────────────────────────────────────────


def letters_of(actor: Actor, match: Match) -> "QuerySet[Letter]":
    """The letters of a match this actor may read: staff all, others their own."""
    rows = Letter.objects.filter(match=match).select_related("person", "match__programme")
    if not allows(actor, SEE_LETTERS, match):
        return rows.none()
    if not actor.has(Role.COORDINATOR):
        rows = rows.filter(person__user_id=actor.user_id)
    ordered: QuerySet[Letter] = rows.order_by("kind", "id")
    return ordered


def everybody(match: Match) -> list[MatchMember]:
    """Everybody who belongs or belonged to a match, each once, the last time they did."""
    return list({row.person_id: row for row in all_members(match)}.values())


def reached_goals(match: Match) -> list[tuple[str, str]]:
    """The goals a participant reached, to choose from for the own letter."""
    return [
        (str(one.goal.pk), str(one.goal.title))
        for one in goals(match)
        if one.goal.state == GoalState.REACHED.value
    ]


def minutes_together(match: Match, member: MatchMember) -> int:
    """How long the meetings were that took place while someone belonged to the match."""
    rows = Meeting.objects.filter(
        match=match, state=MeetingState.HELD.value, held_on__gte=member.since
    )
    if member.until is not None:
        rows = rows.filter(held_on__lte=member.until)
    return int(rows.aggregate(sum=Sum("minutes"))["sum"] or 0)
