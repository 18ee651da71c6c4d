"""Answering: begun, kept at every step, sent, passed over or taken back. All of it is voluntary."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods.instruments.answering import Nested, with_answers, with_entry, without_entry
from kith.methods.instruments.answers import Fault
from kith.methods.instruments.filling import Answers as Given
from kith.methods.instruments.filling import Filled
from kith.methods.instruments.screens import keyed
from kith.people.models import Person
from kith.programmes.models import Enrolment
from kith.programmes.rules import PlaceState
from kith.questionnaires.events import AnswersSent
from kith.questionnaires.models import Answers, Asking, Version
from kith.questionnaires.permissions import ANSWER, KEEP_ANSWERS
from kith.questionnaires.queries.content import filled_of, instrument_of, newest_ready
from kith.questionnaires.rules import (
    PURPOSE,
    AnswersState,
    Moment,
    Occasion,
)

WITHOUT_PLACE = frozenset({Moment.APPLICATION, Moment.WELCOME})
"""At these moments someone has no place and no consent yet; the room that holds them asks."""


class NotAsked(Refused):
    """Nobody asks this person these questions."""

    sentence = _("These questions are not asked now. Thank you.")


class ConsentMissing(Refused):
    """Answers are kept for mentoring, so the yes to mentoring must be in force."""

    sentence = _("These questions can be answered once the yes to mentoring is given.")


class AnswersOver(Refused):
    """The answers were sent, or taken back."""

    sentence = _("These answers are sent already. Thank you.")


class AnswersUnfit(Refused):
    """Some answers do not hold; `faults` says which, by key."""

    sentence = _("Please look at the answer again.")

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        self.faults = dict(faults)
        super().__init__()


class AnswersMissing(AnswersUnfit):
    """Questions that were neither answered nor passed over."""

    sentence = _("Some questions wait for an answer, or for “Rather not say”.")


@command(ANSWER, on="person")
def begin_answers(
    actor: Actor,
    *,
    asking: Asking,
    person: Person,
    occasion: Occasion,
    language: str,
    today: date,
) -> Answers:
    """Begin, or go on with what was begun; who would rather not before may begin after all.

    Raises NotAsked, ConsentMissing, AnswersOver.
    """
    _require_asked(asking, person, occasion)
    known = Answers.objects.filter(asking=asking, person=person, occasion=occasion.key).first()
    if known is not None and known.state == AnswersState.SENT.value:
        raise AnswersOver()
    version = newest_ready(asking.questionnaire)
    row = known or Answers(asking=asking, person=person, occasion=occasion.key)
    if known is None or row.state == AnswersState.DECLINED.value:
        row.version, row.begun_on, row.state = version, today, AnswersState.OPEN.value
        row.language = language
        row.changed_on = today
        row.together_with = None if _is_own(actor, person) else actor.membership
        row.save()
    return row


@command(KEEP_ANSWERS, on="answers")
def keep_answers(
    actor: Actor,
    *,
    answers: Answers,
    given: Mapping[str, str],
    passed_over: Collection[str] = (),
    at_screen: str = "",
    language: str = "",
    today: date,
    now: datetime,
) -> Answers:
    """Keep the answers of one screen; an empty one is no answer.

    given        key -> text
    passed_over  keys of questions that the person would rather not answer

    Raises AnswersOver, AnswersUnfit for keys of `given` that do not hold.
    """
    _require_open(answers)
    kept = with_answers(answers.given or {}, {**given, **dict.fromkeys(passed_over, "")})
    filled = filled_of(answers, kept, now=now, language=language)
    asked = {key for key in given if key not in passed_over}
    answers.passed_over = sorted((set(answers.passed_over) - asked) | set(passed_over))
    faults = {key: fault for key, fault in faults_of(answers, filled).items() if key in asked}
    if faults:
        raise AnswersUnfit(faults)
    answers.given = kept
    return _touched(answers, today, at_screen=at_screen, language=language)


@command(KEEP_ANSWERS, on="answers")
def add_entry(
    actor: Actor, *, answers: Answers, repeat: str, today: date, now: datetime
) -> Answers:
    """One more entry of a repeat. Raises AnswersOver."""
    return _with_entries(
        answers, lambda kept, number: with_entry(kept, repeat, entries=number), repeat, today, now
    )


@command(KEEP_ANSWERS, on="answers")
def remove_entry(
    actor: Actor, *, answers: Answers, repeat: str, entry: int, today: date, now: datetime
) -> Answers:
    """Take one entry of a repeat out; those after it move up. Raises AnswersOver."""
    return _with_entries(
        answers,
        lambda kept, number: without_entry(kept, repeat, entry, entries=number),
        repeat,
        today,
        now,
    )


@command(KEEP_ANSWERS, on="answers")
def send_answers(actor: Actor, *, answers: Answers, today: date, now: datetime) -> Answers:
    """Send the answers: what is not asked any more is left out, and nothing is changed later.

    Raises AnswersOver, AnswersMissing.
    """
    _require_open(answers)
    filled = filled_of(answers, answers.given or {}, now=now)
    faults = faults_of(answers, filled)
    if faults:
        raise AnswersMissing(faults)
    answers.given = filled.answers
    answers.state, answers.sent_on = AnswersState.SENT.value, today
    _touched(answers, today)
    _announce(answers)
    return answers


@command(ANSWER, on="person")
def decline(
    actor: Actor,
    *,
    asking: Asking,
    person: Person,
    occasion: Occasion,
    language: str,
    today: date,
) -> None:
    """Would rather not: nothing is kept but that this occasion is over. Raises AnswersOver."""
    known = Answers.objects.filter(asking=asking, person=person, occasion=occasion.key).first()
    if known is not None and known.state == AnswersState.SENT.value:
        raise AnswersOver()
    row = known or Answers(
        asking=asking,
        person=person,
        occasion=occasion.key,
        version=newest_ready(asking.questionnaire),
        begun_on=today,
        language=language,
    )
    _emptied(row, today)


@command(KEEP_ANSWERS, on="answers")
def forget_answers(actor: Actor, *, answers: Answers, today: date) -> None:
    """Take back what was answered, at any time and without a reason."""
    _emptied(answers, today)


@command(ANSWER, on="person")
def take_over_answers(  # noqa: PLR0913 - what another room has collected
    actor: Actor,
    *,
    person: Person,
    asking: Asking,
    version: Version,
    given: Given,
    passed_over: Collection[str] = (),
    language: str,
    today: date,
    now: datetime,
) -> Answers:
    """Keep answers that an upper room collected before the person had a record.

    Raises AnswersOver, AnswersMissing.
    """
    key = Moment(asking.moment).value
    if Answers.objects.filter(asking=asking, person=person, occasion=key).exists():
        raise AnswersOver()
    row = Answers(
        asking=asking,
        version=version,
        person=person,
        occasion=key,
        language=language,
        passed_over=sorted(passed_over),
        begun_on=today,
        changed_on=today,
        sent_on=today,
        state=AnswersState.SENT.value,
    )
    filled = filled_of(row, given, now=now)
    if faults := faults_of(row, filled):
        raise AnswersMissing(faults)
    row.given = filled.answers
    row.save()
    _announce(row)
    return row


def remove_answers(person_id: UUID) -> None:
    """Remove what someone who is being erased has answered. Only inside a command."""
    Answers.objects.filter(person_id=person_id).delete()


def faults_of(answers: Answers, filled: Filled) -> dict[str, Fault]:
    """Key -> why the answer does not hold; what was passed over is not missing."""
    passed = set(answers.passed_over)
    return {
        key: cell.fault
        for key, cell in keyed(instrument_of(answers.version), filled)
        if cell.fault and not (cell.missing and key in passed)
    }


def _require_asked(asking: Asking, person: Person, occasion: Occasion) -> None:
    if asking.ended_on is not None or occasion.moment.value != asking.moment:
        raise NotAsked()
    if occasion.week and occasion.week not in asking.weeks:
        raise NotAsked()
    if occasion.moment in WITHOUT_PLACE:
        return
    places = Enrolment.objects.filter(programme=asking.programme, person=person, side=asking.side)
    if not places.exclude(state=PlaceState.ENDED.value).exists():
        raise NotAsked()
    if not in_force(person, PURPOSE):
        raise ConsentMissing()


def _require_open(answers: Answers) -> None:
    if answers.state != AnswersState.OPEN.value:
        raise AnswersOver()


def _with_entries(
    answers: Answers,
    change: Callable[[Given, int], Nested],
    repeat: str,
    today: date,
    now: datetime,
) -> Answers:
    _require_open(answers)
    known = answers.given or {}
    number = filled_of(answers, known, now=now).entries.get(repeat, 0)
    answers.given = change(known, number)
    # Keys of later entries mean other entries now.
    answers.passed_over = [one for one in answers.passed_over if not one.startswith(f"{repeat}.")]
    return _touched(answers, today)


def _touched(answers: Answers, today: date, *, at_screen: str = "", language: str = "") -> Answers:
    answers.at_screen = at_screen[:200] or answers.at_screen
    answers.language = language or answers.language
    answers.changed_on = today
    answers.save()
    return answers


def _emptied(row: Answers, today: date) -> None:
    row.state = AnswersState.DECLINED.value
    row.given, row.passed_over, row.at_screen = None, [], ""
    row.sent_on, row.changed_on = None, today
    row.save()


def _announce(answers: Answers) -> None:
    asking = answers.asking
    fact = AnswersSent(answers.pk, answers.person_id, asking.programme_id, asking.moment)
    events.announce(fact)


def _is_own(actor: Actor, person: Person) -> bool:
    return person.user_id is not None and person.user_id == actor.user_id
