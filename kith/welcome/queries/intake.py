"""Questions that a programme asks at its door, and what was answered to them."""

from dataclasses import dataclass
from datetime import datetime

from kith.methods.instruments.filling import Answers, Cell, Filled
from kith.methods.instruments.schema import Instrument, Kind, walk
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

    @property
    def instrument(self) -> Instrument:
        """Its items."""
        return instrument_of(self.version)

    def title(self, language: str) -> str:
        """Its title in the language of the page."""
        return self.asking.questionnaire.titled(language)

    def filled(self, given: Answers, *, language: str, now: datetime) -> Filled:
        """The questions with these answers in them."""
        return fill_version(self.version, given, now=now, language=language)

    def cells(self, filled: Filled) -> list[tuple[str, Cell]]:
        """Every question with its key, asked now or not; never what is worked out."""
        return [
            (key, cell)
            for key, cell in keyed(instrument_of(self.version), filled)
            if is_asked(cell) and not cell.read_only and not cell.item.is_calculated
        ]

    def heads(self, filled: Filled) -> dict[str, str]:
        """What stands above the first question of each entry of a repeat: "Child 2"."""
        repeats = {
            inner.name: repeat
            for repeat in self.instrument.walk()
            if repeat.kind is Kind.REPEAT
            for inner in walk(repeat.items)
        }
        found: dict[tuple[str, int], tuple[str, str]] = {}
        for key, cell in self.cells(filled):
            repeat = repeats.get(cell.item.name)
            if repeat is not None and cell.shown:
                words = f"{filled.cell(repeat.name).label} {cell.entry + 1}".strip()
                found.setdefault((repeat.name, cell.entry), (key, words))
        return dict(found.values())


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
