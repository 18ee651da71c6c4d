"""Questions that a programme asks at its door, and what was answered to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.methods.instruments.answering import with_answers
from kith.methods.instruments.filling import Answers, Cell, Filled
from kith.methods.instruments.screens import keyed
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.questionnaires.models import Asking, Version
from kith.questionnaires.queries.content import (
    NoVersion,
    fill_version,
    instrument_of,
    newest_ready,
)
from kith.questionnaires.queries.lists import asked_at
from kith.questionnaires.rules import Moment, Readers
from kith.questionnaires.rules.said import answer_words, is_asked
from kith.welcome.models import Application, IntakeAnswers


@dataclass(frozen=True)
class Sheet:
    """One questionnaire at the door."""

    asking: Asking
    version: Version

    def title(self, language: str) -> str:
        """Its title in the language of the page."""
        return self.asking.questionnaire.titled(language)

    def filled(self, given: Mapping[str, str], *, language: str, now: datetime) -> Filled:
        """The questions with these answers in them."""
        return self._fill(with_answers({}, given), language, now)

    def cells(self, filled: Filled) -> list[tuple[str, Cell]]:
        """Every question with its key, asked now or not; never what is worked out."""
        return [
            (key, cell)
            for key, cell in keyed(instrument_of(self.version), filled)
            if is_asked(cell) and not cell.read_only and not cell.item.is_calculated
        ]

    def _fill(self, given: Answers, language: str, now: datetime) -> Filled:
        return fill_version(self.version, given, now=now, language=language)


@dataclass(frozen=True)
class Answered:
    """One questionnaire with what somebody answered; an empty answer was left open."""

    title: str
    lines: list[tuple[str, str]]


def sheets(programme: Programme | None, side: Side) -> list[Sheet]:
    """What a programme asks this side at the door, in its order.

    Only what coordinators read: whoever answers here is known by name to those who handle it.
    """
    found = []
    for asking in asked_at(programme, Moment.APPLICATION, side) if programme else []:
        if asking.readers != Readers.COORDINATOR.value:
            continue
        try:
            found.append(Sheet(asking, newest_ready(asking.questionnaire)))
        except NoVersion:
            continue
    return found


def answered(application: Application, *, language: str, now: datetime) -> list[Answered]:
    """What was answered with an application, in the words of the version it was answered to.

    The application was found through the desk before.
    """
    rows = IntakeAnswers.objects.filter(application=application).order_by("id")
    found = []
    for row in rows.select_related("asking__questionnaire", "version"):
        sheet = Sheet(row.asking, row.version)
        filled = fill_version(row.version, row.given or {}, now=now, language=language)
        cells = [cell for _key, cell in sheet.cells(filled) if cell.shown]
        lines = [(cell.label or cell.hint, answer_words(cell)) for cell in cells]
        found.append(Answered(sheet.title(language), lines))
    return found
