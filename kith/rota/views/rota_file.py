"""The weeks ahead of a rota on paper."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.mentoring.models import Match
from kith.rota.views.shown import ShownDuty
from kith.web import papers
from kith.web.papers import Column, Paper, Paragraph, Part, Table
from kith.web.words import full_day


def rota_paper(match: Match, duties: Sequence[ShownDuty], names: str, *, today: date) -> Paper:
    """Who comes when, in the language of the page; a duty that nobody has is left to fill in."""
    parts: list[Part] = [Paragraph(_("Whoever cannot come looks for a swap."), "quiet")]
    if duties:
        columns = [Column(_("Day"), 2.2), Column(_("Time"), 1.6), Column(_("Who comes"), 2)]
        columns.append(Column(_("What for"), 2))
        parts.append(Table(columns, [_row(one) for one in duties]))
    else:
        parts.append(Paragraph(_("No duty is laid out yet."), "quiet"))
    return Paper(
        title=_("Who comes when"),
        context=papers.written(names),
        language=get_language() or "en",
        organisation=str(match.programme.organisation),
        on=today,
        parts=parts,
    )


def _row(one: ShownDuty) -> list[str | papers.Written]:
    day = full_day(timezone.localdate(one.duty.at))
    return [day, one.hours, papers.written(one.who), one.what]
