"""A record in words, as its page prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.people.models import MentorCheck, Note
from kith.people.permissions import WRITE_NOTES
from kith.people.queries import Record, next_step, standings
from kith.people.queries.boards import NextStep, Standing
from kith.people.rules import CHECK_WARNING_DAYS, DAYS, PARTS, CheckKind, Side, labels
from kith.web import words
from kith.web.components import Tone
from kith.web.forms.week import DAYS as DAY_NAMES


@dataclass(frozen=True)
class Head:
    """The top of a record: one line on who this is, where they stand, what comes next."""

    context: str
    standing: Standing | None
    step: NextStep | None


def head_of(actor: Actor, record: Record, today: date) -> Head:
    """The top of a record."""
    person = record.person
    side = Side.PARTICIPANT if person.is_participant else Side.MENTOR
    said = standings(actor, [person.pk], side)
    context = " · ".join(part for part in _about(record, today) if part)
    return Head(context, said.get(person.pk), next_step(actor, person))


def _about(record: Record, today: date) -> list[str]:
    person = record.person
    sides = []
    if person.is_participant:
        sides.append(_("Participant"))
    if person.is_mentor:
        sides.append(_("Mentor"))
    asked_on = record.hopes.asked_on if record.hopes else None
    asked = words.near(asked_on, today) if asked_on else ""
    return [
        " · ".join(sides),
        _("asked for a mentor %(when)s") % {"when": asked} if asked else "",
        _("likes to be called %(name)s") % {"name": person.called} if person.called else "",
        _("in the archive") if person.archived_at else "",
    ]


def languages_in_words(record: Record) -> list[tuple[str, str]]:
    """Each language with how well it is spoken."""
    return [
        (labels.language_name(row.code), str(labels.LEVELS[row.level])) for row in record.languages
    ]


def times_in_words(slots: list[str]) -> list[tuple[str, str]]:
    """For each part of the day the days that suit: ("Evenings", "Monday and Thursday")."""
    chosen = set(slots)
    found = []
    for part in PARTS:
        days = [str(DAY_NAMES[day]) for day in DAYS if f"{day}-{part}" in chosen]
        if len(days) == len(DAYS):
            found.append((str(_part_word(part)), _("every day")))
        elif days:
            found.append((str(_part_word(part)), words.and_list(days)))
    return found


def _part_word(part: str) -> str:
    return {"am": _("Mornings"), "pm": _("Afternoons"), "eve": _("Evenings")}[part]


@dataclass(frozen=True)
class ShownCheck:
    """A check in words, or one that is still open."""

    label: str
    words: str
    tone: Tone
    state: str
    check: MentorCheck | None = None


def checks_in_words(record: Record, today: date) -> list[ShownCheck]:
    """The newest check of each kind that was noted."""
    newest: dict[str, MentorCheck] = {}
    for check in record.checks:
        known = newest.get(check.kind)
        if known is None or _end(check) > _end(known):
            newest[check.kind] = check
    return [_shown(newest[kind], today) for kind in CheckKind if kind in newest]


def _end(check: MentorCheck) -> date:
    return check.valid_until or date.max


def _shown(check: MentorCheck, today: date) -> ShownCheck:
    tone, state = _state(check.valid_until, today)
    done = _("done %(when)s") % {"when": words.near(check.done_on, today)} if check.done_on else ""
    seen = _("seen by %(name)s") % {"name": check.seen_by.name} if check.seen_by else ""
    return ShownCheck(
        label=str(labels.CHECKS[check.kind]),
        words=" · ".join(part for part in (done, seen) if part),
        tone=tone,
        state=state,
        check=check,
    )


def _state(until: date | None, today: date) -> tuple[Tone, str]:
    if until is None:
        return "good", _("no end")
    if until < today:
        return "warn", _("ended %(when)s") % {"when": words.near(until, today)}
    ends = _("ends %(when)s") % {"when": words.near(until, today)}
    return ("warn" if (until - today).days <= CHECK_WARNING_DAYS else "good"), ends


@dataclass(frozen=True)
class ShownNote:
    """A note in words: its parts that say something, who wrote it and when."""

    parts: list[tuple[str, str]]
    origin: str
    remove_url: str


def notes_in_words(actor: Actor, notes: Iterable[Note], today: date) -> list[ShownNote]:
    """Notes with each part under its own label."""
    may_write = has(actor, WRITE_NOTES)
    return [_shown_note(actor, note, today, may_write=may_write) for note in notes]


def _shown_note(actor: Actor, note: Note, today: date, *, may_write: bool) -> ShownNote:
    texts = [(str(label), str(getattr(note, name))) for name, label in labels.NOTE_PARTS.items()]
    origin = (
        _("From the list") if note.from_list else "",
        str(note.written_by.name) if note.written_by else "",
        words.near(note.written_on, today),
    )
    is_mine = note.written_by is None or note.written_by == actor.membership
    return ShownNote(
        parts=[(label, text) for label, text in texts if text],
        origin=" · ".join(part for part in origin if part),
        remove_url=reverse("people:remove_note", args=[note.pk]) if may_write and is_mine else "",
    )
