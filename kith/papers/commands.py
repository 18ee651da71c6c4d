"""Writing in working papers, saying yes to them, and making letters."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands import plan_meeting
from kith.mentoring.models import Match
from kith.mentoring.rules.notes import MeetingPlan
from kith.mentoring.rules.states import MatchState
from kith.papers.models import Letter, Paper, Writing, Yes
from kith.papers.permissions import MAKE_LETTERS, OWN_WORDS, WRITE_PAPERS
from kith.papers.queries import everybody, may_speak_for, may_write, newest, stands_as_meeting
from kith.papers.rules.letters import TO, WITH_WORDS, LetterKind
from kith.papers.rules.shapes import ASK_YES, MEETING, MOST_ROWS, is_by_date, section_of
from kith.people.models import Person
from kith.people.rules import Side

Content = dict[str, Any]


class WrittenMeanwhile(Refused):
    """Two wrote at once; nobody's words are lost."""

    sentence = _("Somebody else wrote here meanwhile. Read it, then put your words in again.")


class PaperIsClosed(Refused):
    """A paper ends with its match."""

    sentence = _("This match has ended. Its papers can be read and are not changed any more.")


class LineIsGone(Refused):
    """Somebody took the line out."""

    sentence = _("This line was taken out meanwhile.")


class LineHasNoTime(Refused):
    """A meeting has a day and a time."""

    sentence = _("Write a time in this line first. Then it can become a meeting.")


class LinePlanned(Refused):
    """One line is one meeting."""

    sentence = _("This day is a meeting already. Change the meeting itself.")


class TooManyLines(Refused):
    """A paper, not an archive."""

    sentence = _("There are very many lines here. Take out old ones first.")


class PaperChanged(Refused):
    """A yes is given to words as they stand."""

    sentence = _("The paper was changed meanwhile. Read it again, then say yes.")


class NotYourWords(Denied):
    """Nobody speaks for the other side."""

    sentence = _("These are somebody else's words.")


class LetterNeedsWords(Refused):
    """A letter of achievement is made of somebody's own words."""

    sentence = _("This letter is made of own words. Write a sentence, or choose a reached goal.")


@command(WRITE_PAPERS, on="match")
def write_text(
    actor: Actor, *, match: Match, document: str, section: str, text: str, seen: int, now: datetime
) -> Writing:
    """Put one text into a section. Raises WrittenMeanwhile, PaperIsClosed, Denied."""
    paper = _paper(actor, match, document, section)
    _require_seen(paper, section, seen)
    return _write(actor, paper, section, {"text": text.strip()}, now)


@command(WRITE_PAPERS, on="match")
def write_voice(
    actor: Actor,
    *,
    match: Match,
    document: str,
    section: str,
    voice: UUID,
    text: str,
    seen: int,
    now: datetime,
) -> Writing:
    """Put the words of one person, or about one goal, into a section.

    Raises WrittenMeanwhile, PaperIsClosed, NotYourWords, Denied.
    """
    person = Person.objects.filter(pk=voice).first()
    if person is not None and not may_speak_for(actor, match, person):
        raise NotYourWords(seen=True, refused=WRITE_PAPERS.name, row=match)
    paper = _paper(actor, match, document, section)
    voices = dict(_content(paper, section).get("voices", {}))
    # Words of others may have changed meanwhile; only the same voice would be lost.
    if voices.get(str(voice), "") and _number(paper, section) != seen:
        raise WrittenMeanwhile()
    voices[str(voice)] = text.strip()
    return _write(actor, paper, section, {"voices": voices}, now)


@command(WRITE_PAPERS, on="match")
def put_line(
    actor: Actor,
    *,
    match: Match,
    document: str,
    section: str,
    line: str | None,
    values: Mapping[str, Any],
    now: datetime,
) -> Writing:
    """Add a line to a table, or change one. Raises LineIsGone, TooManyLines, PaperIsClosed."""
    paper = _paper(actor, match, document, section)
    lines = list(_content(paper, section).get("rows", []))
    if line is None:
        if len(lines) >= MOST_ROWS:
            raise TooManyLines()
        lines.append({"id": uuid4().hex[:12], **values})
    else:
        place = _place(lines, line)
        kept = {key: lines[place][key] for key in (MEETING,) if key in lines[place]}
        lines[place] = {"id": line, **kept, **values}
    return _write(actor, paper, section, {"rows": _ordered(document, section, lines)}, now)


@command(WRITE_PAPERS, on="match")
def take_line_out(
    actor: Actor, *, match: Match, document: str, section: str, line: str, now: datetime
) -> Writing:
    """Take a line out of a table. Raises LineIsGone, PaperIsClosed."""
    paper = _paper(actor, match, document, section)
    lines = list(_content(paper, section).get("rows", []))
    del lines[_place(lines, line)]
    return _write(actor, paper, section, {"rows": lines}, now)


@command(WRITE_PAPERS, on="match")
def plan_line(
    actor: Actor,
    *,
    match: Match,
    document: str,
    section: str,
    line: str,
    minutes: int,
    now: datetime,
) -> Writing:
    """Make a planned day a meeting of the match, once; everybody of it is told as of each meeting.

    Raises LineIsGone, LineHasNoTime, LinePlanned, PaperIsClosed, and what `plan_meeting` raises.
    """
    paper = _paper(actor, match, document, section)
    lines = list(_content(paper, section).get("rows", []))
    place = _place(lines, line)
    row = lines[place]
    if not row.get("on") or not row.get("at"):
        raise LineHasNoTime()
    if stands_as_meeting(match, row):
        raise LinePlanned()
    at = timezone.make_aware(
        datetime.combine(date.fromisoformat(row["on"]), time.fromisoformat(row["at"]))
    )
    plan = MeetingPlan(at=at, minutes=minutes, place=str(row.get("place", "")))
    meeting = plan_meeting(actor, match=match, plan=plan, now=now)
    lines[place] = {**row, MEETING: str(meeting.pk)}
    return _write(actor, paper, section, {"rows": lines}, now)


@command(WRITE_PAPERS, on="match")
def tick_sentences(
    actor: Actor,
    *,
    match: Match,
    document: str,
    section: str,
    keys: Collection[str],
    today: date,
    now: datetime,
) -> Writing:
    """Say which sentences fit now; the day of the first tick stays. Raises PaperIsClosed."""
    paper = _paper(actor, match, document, section)
    before = _content(paper, section).get("ticks", {})
    ticks = {key: before.get(key, today.isoformat()) for key in sorted(keys)}
    return _write(actor, paper, section, {"ticks": ticks}, now)


@command(WRITE_PAPERS, on="match")
def say_yes(
    actor: Actor, *, match: Match, document: str, person: Person, seen: int, today: date
) -> Yes:
    """Someone's yes to a paper as it stands. Raises PaperChanged, NotYourWords, PaperIsClosed."""
    _require_open(match)
    if person.pk not in {match.participant_id, match.mentor_id} or not may_speak_for(
        actor, match, person
    ):
        raise NotYourWords(seen=True, refused=WRITE_PAPERS.name, row=match)
    paper = Paper.objects.select_for_update().filter(match=match, document=document).first()
    if paper is None or document not in ASK_YES or paper.version != seen:
        raise PaperChanged()
    said = Yes.objects.filter(paper=paper, person=person).first() or Yes(paper=paper, person=person)
    said.version, said.said_on = paper.version, today
    said.taken_by = None if person.user_id == actor.user_id else actor.membership
    said.save()
    return said


@command(MAKE_LETTERS, on="match")
def make_letter(
    actor: Actor,
    *,
    match: Match,
    person: Person,
    kind: LetterKind,
    language: str,
    words: str,
    goals: Sequence[str],
    today: date,
) -> Letter:
    """Make or renew a letter to someone of a match. Raises LetterNeedsWords, NotYourWords."""
    return _keep_letter(actor, match, person, kind, language, words, goals, today)


@command(OWN_WORDS, on="match")
def write_own_letter(
    actor: Actor,
    *,
    match: Match,
    person: Person,
    language: str,
    words: str,
    goals: Sequence[str],
    today: date,
) -> Letter:
    """A participant's own letter of achievement. Raises LetterNeedsWords, NotYourWords."""
    if person.user_id != actor.user_id and not may_speak_for(actor, match, person):
        raise NotYourWords(seen=True, refused=OWN_WORDS.name, row=match)
    kind = LetterKind.ACHIEVEMENT
    return _keep_letter(actor, match, person, kind, language, words, goals, today)


def let_go_of_person(person_id: UUID) -> None:
    """Someone is erased: their letters and their yes go. Texts of their match went with its key.

    Runs inside the act of the room below that erases the person.
    """
    Letter.objects.filter(person=person_id).delete()
    Yes.objects.filter(person=person_id).delete()


def _keep_letter(
    actor: Actor,
    match: Match,
    person: Person,
    kind: LetterKind,
    language: str,
    words: str,
    goals: Sequence[str],
    today: date,
) -> Letter:
    from_side = _side_of(match, person)
    if from_side not in TO[kind]:
        raise NotYourWords(seen=True, refused=MAKE_LETTERS.name, row=match)
    if kind is LetterKind.ACHIEVEMENT and not (words.strip() or goals):
        raise LetterNeedsWords()
    letter = Letter.objects.filter(match=match, person=person, kind=kind.value).first()
    letter = letter or Letter(match=match, person=person, kind=kind.value)
    letter.language, letter.given_on, letter.made_by = language, today, actor.membership
    letter.words = words.strip() if kind in WITH_WORDS else ""
    letter.goals = list(goals) if kind is LetterKind.ACHIEVEMENT else None
    letter.save()
    return letter


def _side_of(match: Match, person: Person) -> Side | None:
    row = next((one for one in everybody(match) if one.person_id == person.pk), None)
    return Side(row.side) if row else None


def _paper(actor: Actor, match: Match, document: str, section: str) -> Paper:
    """The paper to write in, held until the act is done: a second writer waits for the first."""
    _require_open(match)
    if not may_write(actor, match, section_of(document, section)):
        raise Denied(seen=True, refused=WRITE_PAPERS.name, row=match)
    Match.objects.select_for_update().get(pk=match.pk)
    found = Paper.objects.filter(match=match, document=document).first()
    if found is None:
        found = Paper(match=match, document=document)
        found.save()
    paper: Paper = found
    return paper


def _require_open(match: Match) -> None:
    if match.state == MatchState.CLOSED.value:
        raise PaperIsClosed()


def _require_seen(paper: Paper, section: str, seen: int) -> None:
    if _number(paper, section) != seen:
        raise WrittenMeanwhile()


def _number(paper: Paper, section: str) -> int:
    rows = Writing.objects.filter(paper=paper, section=section)
    return int(rows.aggregate(last=Max("number"))["last"] or 0)


def _content(paper: Paper, section: str) -> Content:
    writing = newest(paper).get(section)
    return dict(writing.content or {}) if writing else {}


def _place(lines: Sequence[Mapping[str, Any]], line: str) -> int:
    found = next((place for place, one in enumerate(lines) if one["id"] == line), None)
    if found is None:
        raise LineIsGone()
    return found


def _ordered(document: str, section: str, lines: list[Content]) -> list[Content]:
    """Lines with a day stand in the order of their days, others as they were added."""
    column = next((one for one in section_of(document, section).columns if is_by_date(one)), None)
    if column is None:
        return lines
    key = column.key
    return sorted(lines, key=lambda line: str(line.get(key) or ""))


def _write(actor: Actor, paper: Paper, section: str, content: Content, now: datetime) -> Writing:
    paper.version += 1
    paper.written_at = now
    paper.save()
    writing: Writing = Writing.objects.create(
        paper=paper,
        match=paper.match,
        number=paper.version,
        section=section,
        content=content,
        written_by=actor.membership,
        written_at=now,
    )
    return writing
