"""A working paper as a file: filled in, or empty to write on by hand."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.matching.rules.words import called
from kith.papers.queries import Opened
from kith.papers.rules.shapes import ASK_YES, Cell, Column, Shape
from kith.papers.views.shown import ShownSection
from kith.web import papers
from kith.web.papers import Facts, Heading, Lines, Paper, Paragraph, Part, Table, Tick, Ticks
from kith.web.words import full_day

BLANK_ROWS, BLANK_LINES = 7, 4


def paper_file(
    opened: Opened,
    sections: Sequence[ShownSection],
    names: str,
    *,
    today: date,
    is_blank: bool = False,
) -> Paper:
    """The paper in the language of the page."""
    parts: list[Part] = []
    for section in sections:
        parts += [Heading(section.title), Paragraph(section.guide, "quiet")]
        parts += _blank(section) if is_blank else _filled(section)
    if opened.document.key in ASK_YES:
        parts += [_signatures(opened, is_blank=is_blank)]
    return Paper(
        title=opened.document.title.say(get_language() or "en"),
        context=papers.written(names),
        language=get_language() or "en",
        organisation=str(opened.match.programme.organisation),
        on=today,
        parts=parts,
    )


def _filled(section: ShownSection) -> list[Part]:
    if section.is_empty and section.shape != Shape.TICKS.value:
        return [Paragraph(_("Nothing written yet."), "quiet")]
    return [*_words(section), *_table(section), *_ticks(section), *_goals(section)]


def _words(section: ShownSection) -> list[Part]:
    found: list[Part] = []
    if section.text:
        found.append(Paragraph(papers.written(section.text), "said"))
    for voice in section.voices:
        if voice.text or section.shape == Shape.GOALS.value:
            found.append(Heading(papers.written(voice.name), level=3))
        if voice.note:
            found.append(Paragraph(voice.note, "quiet"))
        if voice.text:
            found.append(Paragraph(papers.written(voice.text), "said"))
    return found


def _table(section: ShownSection) -> list[Part]:
    if not section.lines:
        return []
    rows = [[papers.written(cell.text) for cell in line.cells] for line in section.lines]
    found: list[Part] = [Table(_columns(section.columns), rows)]
    if section.totals:
        found.append(Facts([(label, amount) for label, amount in section.totals]))
    return found


def _columns(columns: Sequence[Column]) -> list[papers.Column]:
    return [
        papers.Column(column.label, column.width, "end" if column.cell is Cell.MONEY else "start")
        for column in columns
    ]


def _ticks(section: ShownSection) -> list[Part]:
    found: list[Part] = []
    for name, sentences in section.groups:
        ticks = [Tick(_sentence(one.text, one.ticked), bool(one.ticked)) for one in sentences]
        found += [Heading(name, level=3), Ticks(ticks)]
    return found


def _sentence(text: str, day: str) -> str:
    return _("%(sentence)s (since %(day)s)") % {"sentence": text, "day": day} if day else text


def _goals(section: ShownSection) -> list[Part]:
    found: list[Part] = []
    for one in section.goals:
        found.append(Heading(papers.written(one.goal), level=3))
        steps = [
            Tick(papers.written(f"{step.text} · {step.who}"), step.is_done) for step in one.steps
        ]
        found.append(Ticks(steps) if steps else Paragraph(_("No step yet."), "quiet"))
    return found


def _blank(section: ShownSection) -> list[Part]:
    if section.shape == Shape.ROWS.value:
        return [Table(_columns(section.columns), [], empty_rows=BLANK_ROWS)]
    if section.shape == Shape.TICKS.value:
        return _ticks(section)
    if section.shape == Shape.VOICES.value:
        return [Lines(BLANK_LINES, _("Participant")), Lines(BLANK_LINES, _("Mentor"))]
    return [Lines(BLANK_LINES + 2)]


def _signatures(opened: Opened, *, is_blank: bool) -> Part:
    if is_blank:
        labels = (_("Participant"), _("Mentor"))
        return papers.Signatures(
            [papers.SignatureLine(label, _("Date and signature")) for label in labels]
        )
    said = {yes.person_id: yes for yes in opened.yeses if yes.version == opened.version}
    places = []
    for person in (opened.match.participant, opened.match.mentor):
        yes = said.get(person.pk)
        note = (
            _("said yes on %(day)s") % {"day": full_day(yes.said_on)}
            if yes
            else _("Date and signature")
        )
        places.append(papers.SignatureLine(papers.written(called(person)), note))
    return papers.Signatures(places)
