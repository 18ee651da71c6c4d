"""The questions of a version, and a version with answers in it."""

from datetime import datetime

from django.utils import timezone

from kith.methods.instruments.filling import Answers as Given
from kith.methods.instruments.filling import Filled, fill
from kith.methods.instruments.schema import Instrument
from kith.methods.instruments.stored import from_plain
from kith.questionnaires.models import Answers, Questionnaire, Version
from kith.questionnaires.rules import VersionState


class NoVersion(LookupError):
    """No version of the questionnaire is ready."""


def instrument_of(version: Version) -> Instrument:
    """The questions of a version."""
    return from_plain(version.content)


def newest_ready(questionnaire: Questionnaire) -> Version:
    """The version that is asked now. Raises NoVersion."""
    rows = Version.objects.filter(questionnaire=questionnaire, state=VersionState.READY.value)
    found: Version | None = rows.order_by("-number").first()
    if found is None:
        raise NoVersion(questionnaire.pk)
    return found


def filled_of(answers: Answers, given: Given, *, now: datetime, language: str = "") -> Filled:
    """A version with these answers, in the words that this person reads."""
    return fill_version(answers.version, given, now=now, language=language or answers.language)


def fill_version(version: Version, given: Given, *, now: datetime, language: str) -> Filled:
    """A version with some answers, its texts in a language."""
    return fill(instrument_of(version), given, language=language, **moments_of(now))


def moments_of(now: datetime) -> dict[str, str]:
    """The day and the moment as questions know them, on the clock of this installation."""
    here = timezone.localtime(now)
    return {"today": here.date().isoformat(), "now": here.strftime("%Y-%m-%dT%H:%M:%S")}
