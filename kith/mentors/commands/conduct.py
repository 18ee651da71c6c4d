"""The code of conduct: accepted by mentors, given own sentences by coordinators."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentors.models import ConductAcceptance, ConductEdition
from kith.mentors.permissions import ACCEPT_CONDUCT, ASK_AGAIN, KEEP_CONDUCT
from kith.mentors.queries import conduct as queries
from kith.mentors.rules.conduct import GRACE, LONGEST_SENTENCE, MOST_SENTENCES
from kith.people.commands.checks import end_checks_early, keep_check
from kith.people.commands.people import touch
from kith.people.models import MentorCheck, Person
from kith.people.rules import CheckKind

AT_ONCE = 500


class AlreadyAccepted(Refused):
    """One yes for each edition."""

    sentence = _("You have accepted this text already.")


class TooManySentences(Refused):
    """A promise has to stay short enough to be read."""

    sentence = _("Write at most twelve sentences of at most 300 letters each.")


@command(ACCEPT_CONDUCT, on="person")
def accept_conduct(
    actor: Actor, *, person: Person, language: str, today: date, now: datetime
) -> ConductAcceptance:
    """Accept the edition in force; a check is noted by which every gate knows of it.

    Raises AlreadyAccepted.
    """
    text = queries.in_force(language)
    before = ConductAcceptance.objects.filter(person=person, edition=text.edition).first()
    if before is not None and not queries.is_to_renew(before, today):
        raise AlreadyAccepted()
    until = queries.valid_until(person, CheckKind.CODE_OF_CONDUCT, today=today)
    noted = keep_check(
        person,
        CheckKind.CODE_OF_CONDUCT.value,
        done_on=today,
        valid_until=until,
        seen_by=None,
    )
    kept = before or ConductAcceptance(person=person, edition=text.edition)
    kept.language, kept.words = language, list(text.sentences)
    kept.accepted_on, kept.noted = today, noted
    kept.save()
    touch(person, at=now)
    return kept


@command(KEEP_CONDUCT)
def put_conduct_in_force(
    actor: Actor, *, own: Mapping[str, Sequence[str]], today: date
) -> ConductEdition:
    """Put other own sentences in force: every mentor is asked again. Raises TooManySentences."""
    said = {language: list(lines) for language, lines in own.items() if lines}
    if any(_is_too_much(lines) for lines in said.values()):
        raise TooManySentences()
    newest = queries.newest_edition()
    edition = ConductEdition(
        number=newest.number + 1 if newest else 1,
        own=said,
        in_force_on=today,
        by=actor.membership,
    )
    edition.save()
    end_checks_early(
        MentorCheck.objects.filter(kind=CheckKind.CODE_OF_CONDUCT.value), until=today + GRACE
    )
    return edition


def _is_too_much(lines: Sequence[str]) -> bool:
    return len(lines) > MOST_SENTENCES or any(len(line) > LONGEST_SENTENCE for line in lines)


@command(ASK_AGAIN)
def ask_again(actor: Actor, *, today: date) -> int:
    """Let what was accepted in an earlier edition end; gives how many. Kith itself may have
    brought a new text with its last version."""
    number = 0
    while True:
        keys = queries.checks_of_earlier(until=today + GRACE)[:AT_ONCE]
        shortened = end_checks_early(
            MentorCheck.objects.filter(pk__in=list(keys)), until=today + GRACE
        )
        number += shortened
        if not shortened:
            return number
