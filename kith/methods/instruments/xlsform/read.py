"""From an XLSForm file to an instrument, or to all that is wrong with it."""

from pathlib import PurePath

from kith.methods.instruments.checks import check_instrument
from kith.methods.instruments.findings import Finding, InstrumentRefused
from kith.methods.instruments.reading import Reading
from kith.methods.instruments.schema import Instrument
from kith.methods.instruments.xlsform.choices import ChoicesReader
from kith.methods.instruments.xlsform.headings import (
    Headings,
    Settings,
    read_headings,
    read_settings,
)
from kith.methods.instruments.xlsform.sheets import Book, read_book
from kith.methods.instruments.xlsform.standard import standard_findings
from kith.methods.instruments.xlsform.survey import SurveyReader

LANGUAGE = "en"


def read_xlsform(content: bytes, *, filename: str, language: str = LANGUAGE) -> Reading:
    """The instrument of a file and every finding in it; no instrument when one refuses.

    language  what the file is written in when none of its columns says so
    """
    try:
        book = read_book(content, filename=filename)
    except InstrumentRefused as refused:
        return Reading(None, refused.findings)
    instrument, findings = _read(book, filename=filename, language=language)
    if not any(one.refuses for one in findings):
        findings += standard_findings(book)
    return Reading.of(instrument, findings)


def _read(book: Book, *, filename: str, language: str) -> tuple[Instrument, list[Finding]]:
    settings, findings = read_settings(book)
    headings = read_headings(book, settings, language=language)
    choices = ChoicesReader(headings, settings)
    choices.read(book)
    survey = SurveyReader(headings, choices)
    survey.read(book)
    instrument = _instrument(settings, headings, choices, survey, stem=PurePath(filename).stem)
    findings = [
        *book.findings,
        *findings,
        *headings.findings,
        *choices.refused_columns(book),
        *choices.findings,
        *survey.findings,
    ]
    return instrument, findings + check_instrument(instrument, choice_rows=choices.rows)


def _instrument(
    settings: Settings,
    headings: Headings,
    choices: ChoicesReader,
    survey: SurveyReader,
    *,
    stem: str,
) -> Instrument:
    return Instrument(
        id=settings.id or stem,
        version=settings.version,
        title={headings.default_language: settings.title or settings.id or stem},
        languages=headings.languages,
        default_language=headings.default_language,
        items=survey.items,
        choices={name: tuple(found) for name, found in choices.lists.items()},
    )
