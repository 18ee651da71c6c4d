"""A CV as a file: the person's own words under Kith's headings, and nothing of ours beside them."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.people.rules.labels import LEVELS, language_name
from kith.web.papers import Bullets, Facts, Heading, Paper, Paragraph, Part, Written, written
from kith.work.models import Job, Qualification
from kith.work.queries.cv import Content
from kith.work.rules import Recognition, years


def cv_paper(found: Content, *, language: str, today: date) -> Paper:
    """The CV in one language, without the name of an organisation on it."""
    with translation.override(language):
        cv = found.cv
        parts: list[Part] = []
        if cv.contact:
            parts.append(Paragraph(written(cv.contact)))
        if cv.about:
            parts += [Heading(_("A few words about me")), Paragraph(written(cv.about))]
        parts += _jobs(found.jobs)
        parts += _learned(found.qualifications)
        if cv.skills:
            lines = [written(line) for line in cv.skills.splitlines() if line.strip()]
            parts += [Heading(_("What I can do well")), Bullets(lines)]
        parts += _languages(found)
        return Paper(
            title=_("CV"),
            context=written(found.person.name),
            language=language,
            organisation="",
            on=today,
            parts=parts,
        )


def _jobs(rows: Sequence[Job]) -> list[Part]:
    parts: list[Part] = [Heading(_("Work"))] if rows else []
    for row in rows:
        parts.append(Facts([_line(years(row.begun_in, row.ended_in), row.title, row.employer)]))
        if row.what:
            parts.append(Paragraph(written(row.what)))
    return parts


def _learned(rows: Sequence[Qualification]) -> list[Part]:
    if not rows:
        return []
    lines = [_line(str(row.finished_in or ""), row.title, _school(row)) for row in rows]
    return [Heading(_("Education and qualifications")), Facts(lines)]


def _school(row: Qualification) -> str:
    """Where it was learned, and that it is recognised, for whom this helps."""
    known = _("recognised here") if row.state == Recognition.RECOGNISED else ""
    return "\n".join(said for said in (row.school, known) if said)


def _line(when: str, what: str, where: str) -> tuple[Written, Written]:
    return written(when or "–"), written("\n".join(said for said in (what, where) if said))


def _languages(found: Content) -> list[Part]:
    if not found.languages:
        return []
    lines = [(capfirst(language_name(one.code)), str(LEVELS[one.level])) for one in found.languages]
    return [Heading(_("Languages")), Facts(lines)]
