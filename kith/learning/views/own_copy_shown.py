"""What is kept of somebody's learning: in words for the page, and as it is stored for the file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.base.fields import EncryptedTextField
from kith.learning.models import Attempt, Attended, BroughtCertificate, Certificate, Hours, Work
from kith.learning.queries.content import asked_among, vignette_of
from kith.learning.queries.own_copy import OwnCopy, RunCopy, SeatCopy
from kith.learning.queries.own_work import texts_of
from kith.learning.rules import words
from kith.learning.rules.certificate_words import HOURS_WORDS, REVOKED_WORDS
from kith.learning.rules.durations import minutes_words
from kith.learning.rules.elsewhere import BROUGHT_WORDS
from kith.learning.rules.package_words import COMPLETIONS, SUCCESSES
from kith.learning.rules.packages import Completion, Success
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import BroughtState, HoursKind, Revoked, SeatState, WorkState
from kith.learning.views.told import told
from kith.methods.learning.questions.schema import say
from kith.web.words import country_name, full_day, isolated

# Whose rows they are is known; links to others and the machine's own marks say nothing here.
LEFT_OUT = frozenset(
    {
        "organisation",
        "member",
        "user",
        "noted_by",
        "read_by",
        "reading",
        "seed",
        "brought_by",
        "decided_by",
    }
)
SECONDS = 60


@dataclass(frozen=True)
class Said:
    """Something asked, and what somebody answered; each line is safe HTML."""

    asked: str
    answers: list[SafeString]


@dataclass(frozen=True)
class Entry:
    """One thing that is kept: a heading, facts, and longer texts."""

    title: str
    facts: list[tuple[str, str]]
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """Entries of one kind."""

    title: str
    entries: list[Entry]


def sections_of(copy: OwnCopy) -> list[Section]:
    """All of it in the language of the page; kinds of which nothing is kept are left out."""
    kinds: list[tuple[str, Iterable[Entry]]] = [
        (_("Courses"), (entry for one in copy.seats for entry in _seat(one))),
        (_("Live sessions"), map(_attended, copy.attended)),
        (_("Certificates"), map(_certificate, copy.certificates)),
        (_("Certificates from elsewhere"), map(_brought, copy.brought)),
        (_("Refreshers and supervision"), map(_hours, copy.hours)),
        (_("Packages"), map(_run, copy.runs)),
    ]
    sections = [Section(title, list(entries)) for title, entries in kinds]
    return [one for one in sections if one.entries]


def _seat(one: SeatCopy) -> Iterator[Entry]:
    seat = one.seat
    facts = [
        (_("State"), str(words.SEAT_WORDS[SeatState(seat.state)])),
        (_("Joined"), full_day(seat.joined_on)),
        (_("Last activity"), _moment(seat.last_at)),
        (_("Works in"), country_name(seat.country)),
        (_("Reads in"), words.language_words(seat.language)),
    ]
    if seat.works_at:
        facts.append((_("Organisation"), isolated(str(seat.works_at))))
    if seat.extra_percent:
        facts.append((_("Extra time for tests"), f"{seat.extra_percent} %"))
    if seat.passed_on:
        facts.append((_("Passed on"), full_day(seat.passed_on)))
    yield Entry(words.edition_title(seat.edition.course.title, seat.edition.title), facts)
    for progress in one.progress:
        yield Entry(_part(one, progress.part), _progress(progress))
    for attempt in one.attempts:
        yield _attempt(one, attempt)
    for work in one.works:
        yield _work(one, work)


def _part(one: SeatCopy, key: str) -> str:
    if key == FINAL:
        return _("Final test")
    part = one.parts.get(key)
    return words.here(part.title) if part else key


def _progress(row: Any) -> list[tuple[str, str]]:
    pages = ngettext("%(number)d page", "%(number)d pages", len(row.screens))
    facts = [
        (_("Pages read"), pages % {"number": len(row.screens)}),
        (_("Time taken"), minutes_words(-(-row.seconds // SECONDS))),
    ]
    if row.best_percent is not None:
        facts.append((_("Best result"), f"{row.best_percent} %"))
    return [*facts, *([(_("Done"), full_day(row.done_on))] if row.done_on else [])]


def _attempt(one: SeatCopy, row: Attempt) -> Entry:
    questions = asked_among(row, one.parts)
    facts = [(_("Begun"), _moment(row.begun_at))]
    if row.finished_at:
        facts.append((_("Handed in"), _moment(row.finished_at)))
        facts.append((_("Result"), f"{row.percent} %"))
    title = _("%(part)s, try %(number)d") % {"part": _part(one, row.part), "number": row.number}
    said = [
        Said(
            say(question.stem, row.language),
            [line.html for line in told(question, row.answers.get(key), row.language)],
        )
        for key, question in questions.items()
    ]
    return Entry(title, facts, said)


def _work(one: SeatCopy, row: Work) -> Entry:
    facts = [(_("State"), str(words.WORK_WORDS[WorkState(row.state)]))]
    facts += [
        (label, _moment(at))
        for label, at in ((_("Handed in"), row.handed_in_at), (_("Read on"), row.read_at))
        if at
    ]
    part = one.parts.get(row.part)
    tasks = vignette_of(part).tasks if part else ()
    texts = texts_of(row)
    said = [
        Said(words.here(task.stem), [escape(texts[task.key])])
        for task in tasks
        if texts.get(task.key)
    ]
    facts += [
        (words.here(point.text), str(words.JUDGED_WORDS[row.judged[f"{task.key}/{point.key}"]]))
        for task in tasks
        for point in task.criteria
        if row.judged.get(f"{task.key}/{point.key}") in words.JUDGED_WORDS
    ]
    if str(row.feedback):
        said.append(Said(_("What the trainer wrote"), [escape(row.feedback)]))
    return Entry(_part(one, row.part), facts, said)


def _attended(row: Attended) -> Entry:
    at = words.moment_words(row.session.starts_at, row.session.minutes)
    edition = row.session.edition
    title = words.edition_title(edition.course.title, edition.title)
    return Entry(title, [(_("Took part"), at)])


def _certificate(row: Certificate) -> Entry:
    facts = [
        (_("Name"), isolated(row.name)),
        (_("Given on"), full_day(row.issued_on)),
        (_("Valid until"), full_day(row.valid_until)),
        (_("Code"), row.code),
        (_("Badge"), _("made") if str(row.badge) else _("not made")),
    ]
    if row.revoked_on:
        facts.append((_("Revoked on"), full_day(row.revoked_on)))
        facts.append((_("Why?"), str(REVOKED_WORDS[Revoked(row.revoked_why)])))
        facts += [(_("Note for the file"), str(row.revoked_note))] if str(row.revoked_note) else []
    return Entry(words.here(row.title), facts)


def _brought(row: BroughtCertificate) -> Entry:
    facts = [
        (_("State"), str(BROUGHT_WORDS[BroughtState(row.state)])),
        (_("Given by"), isolated(row.recognised.issuer.name)),
        (_("Given on"), full_day(row.issued_on)),
        (_("Valid until"), full_day(row.valid_until)),
        (_("Brought on"), full_day(row.brought_on)),
    ]
    return Entry(row.recognised.title, facts)


def _hours(row: Hours) -> Entry:
    facts = [(_("Day"), full_day(row.done_on)), (_("Time taken"), minutes_words(row.minutes))]
    return Entry(str(HOURS_WORDS[HoursKind(row.kind)]), facts)


def _run(one: RunCopy) -> Entry:
    run = one.run
    success = SUCCESSES.get(Success(run.success))
    kept: list[tuple[str, str]] = [
        (_("Part"), run.item),
        (_("State"), str(COMPLETIONS[Completion(run.completion)])),
        (_("Result"), str(success or "")),
        (_("Points"), _points(one)),
        (_("Time taken"), minutes_words(-(-run.seconds // SECONDS))),
        (_("Last activity"), _moment(run.last_at)),
        (_("Where you stopped"), str(run.location)),
    ]
    said = [
        Said(title, [escape(text)])
        for title, text in (
            (_("What the package keeps for itself"), str(run.suspend_data)),
            *((state.name, str(state.content)) for state in one.states),
            *((_statement(row), str(row.content)) for row in one.statements),
        )
        if text
    ]
    return Entry(run.package.title, [fact for fact in kept if fact[1]], said)


def _points(one: RunCopy) -> str:
    if one.run.score_raw is not None:
        return f"{one.run.score_raw:g}"
    return f"{one.run.score_scaled:g}" if one.run.score_scaled is not None else ""


def _statement(row: Any) -> str:
    return f"{row.verb.rsplit('/', 1)[-1]}, {_moment(row.stored_at)}"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{full_day(local.date())}, {local:%H:%M}"


# ── For a machine ────────────────────────────────────────────────────────────────────────────────


def file_of(copy: OwnCopy, *, now: datetime) -> dict[str, Any]:
    """Rows as they are stored, opened."""
    return {
        "made_at": now.isoformat(),
        "seats": [
            {
                **_plain(one.seat),
                "edition_title": one.seat.edition.title,
                "course": one.seat.edition.course.key,
                "progress": list(map(_plain, one.progress)),
                "attempts": list(map(_plain, one.attempts)),
                "works": list(map(_plain, one.works)),
            }
            for one in copy.seats
        ],
        "attended": [
            {**_plain(one), "starts_at": one.session.starts_at, "minutes": one.session.minutes}
            for one in copy.attended
        ],
        "certificates": list(map(_plain, copy.certificates)),
        "from_elsewhere": [
            {**_plain(one), "issuer": one.recognised.issuer.address} for one in copy.brought
        ],
        "hours": list(map(_plain, copy.hours)),
        "package_runs": [
            {
                **_plain(one.run),
                "package_title": one.run.package.title,
                "states": list(map(_plain, one.states)),
                "statements": list(map(_plain, one.statements)),
            }
            for one in copy.runs
        ],
    }


def _plain(row: Model) -> dict[str, Any]:
    return {
        one.name: _value(row, one) for one in row._meta.concrete_fields if one.name not in LEFT_OUT
    }


def _value(row: Model, one: Any) -> Any:
    value = getattr(row, one.attname)
    if isinstance(one, EncryptedTextField):
        text = str(value)
        try:
            return json.loads(text) if text[:1] in "{[" and text else text
        except ValueError:
            return text
    return value
