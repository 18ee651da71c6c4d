"""A letter as a file: fixed sentences in its language, and what somebody wrote or chose."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.mentoring.models import MatchMember
from kith.papers.models import Letter
from kith.papers.rules.letters import LetterKind, letter_text
from kith.web.papers import (
    Bullets,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Part,
    SignatureLine,
    Signatures,
    written,
)
from kith.web.words import full_day, isolated

DAYS_OF_A_MONTH = 30.4


def letter_file(letter: Letter, member: MatchMember, *, minutes: int) -> Paper:
    """The letter in its own language; minutes is the time of meetings, for the certificate."""
    text = letter_text(LetterKind(letter.kind))
    organisation = str(letter.match.programme.organisation)
    with translation.override(letter.language):
        first, last = _days(letter, member)
        names = {
            "name": isolated(letter.person.name),
            "programme": isolated(letter.match.programme.name),
            "organisation": isolated(organisation),
            "first": full_day(first),
            "last": full_day(last),
        }
        own = text.words.say(letter.language) if text.words else ""
        return Paper(
            title=text.title.say(letter.language),
            context=written(letter.person.name),
            language=letter.language,
            organisation=organisation,
            on=letter.given_on,
            parts=[
                Paragraph(text.opening.say(letter.language, **names), "lead"),
                *_own_words(letter, own),
                *_service(letter, member, minutes),
                Paragraph(text.ending.say(letter.language, **names)),
                Signatures([SignatureLine(_("For the organisation"), _("Date and signature"))]),
            ],
        )


def _days(letter: Letter, member: MatchMember) -> tuple[date, date]:
    first = letter.match.started_on or member.since
    return max(first, member.since), member.until or letter.match.closed_on or letter.given_on


def _own_words(letter: Letter, question: str) -> list[Part]:
    found: list[Part] = []
    if letter.words:
        found += [Heading(question), Paragraph(written(letter.words), "said")]
    if letter.goals:
        found += [
            Heading(_("Goals that were reached")),
            Bullets([written(goal) for goal in letter.goals]),
        ]
    return found


def _service(letter: Letter, member: MatchMember, minutes: int) -> list[Part]:
    if letter.kind != LetterKind.SERVICE.value:
        return []
    first, last = _days(letter, member)
    months = max(1, round((last - first).days / DAYS_OF_A_MONTH))
    hours = round(minutes / 60)
    return [
        Facts(
            [
                (_("Programme"), written(letter.match.programme.name)),
                (
                    _("Length"),
                    ngettext("%(number)d month", "%(number)d months", months) % {"number": months},
                ),
                (
                    _("Time in meetings"),
                    ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours},
                ),
            ]
        )
    ]
