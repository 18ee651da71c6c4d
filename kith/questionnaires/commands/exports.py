"""Answers as a file: without names, without calculated values, made behind the page."""

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import files, jobs
from kith.base.errors import Refused
from kith.consent.queries import persons_agreed
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods.instruments.answers_out import Sent, answer_tables, write_csv, write_workbook
from kith.questionnaires.models import Answers, AnswersFile, Asking
from kith.questionnaires.permissions import EXPORT_ANSWERS, EXPORT_JOB, TIDY
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.rules import (
    COUNTED_FROM,
    STATISTICS,
    AnswersState,
    Moment,
    Readers,
    occasion_of,
)

KEPT = timedelta(days=7)
ZIP = "application/zip"
CHANCE = secrets.SystemRandom()


class TooFewAnswers(Refused):
    """So few answers would say who gave them."""

    sentence = _(
        "Fewer than ten people who agreed to counting have answered. Their answers would say who "
        "they are, so there is no file yet."
    )


@command(EXPORT_ANSWERS, on="asking")
def ask_for_file(actor: Actor, *, asking: Asking, form: str, today: date) -> AnswersFile:
    """Have answers written into a file behind the page. Raises TooFewAnswers."""
    _sent_answers(asking)
    made: AnswersFile = AnswersFile.objects.create(
        asking=asking, form=form, asked_by=actor.membership, asked_on=today
    )
    jobs.ask_for(EXPORT_JOB, asking.organisation_id, file_id=made.pk)
    return made


@command(EXPORT_ANSWERS, on="wanted")
def write_file(actor: Actor, *, wanted: AnswersFile) -> AnswersFile:
    """Write the file that somebody asked for. Raises TooFewAnswers when answers were taken back."""
    if wanted.file_id is not None:
        return wanted
    asking = wanted.asking
    found = _sent_answers(asking)
    # The order in which people answered would say something about them.
    CHANCE.shuffle(found)
    tables = answer_tables(
        [_sent(row) for row in found], with_texts=asking.readers == Readers.COORDINATOR.value
    )
    content = write_workbook(tables) if wanted.form == "xlsx" else write_csv(tables)
    wanted.file = files.keep(
        content=content,
        kind=files.XLSX if wanted.form == "xlsx" else ZIP,
        name=f"answers.{'xlsx' if wanted.form == 'xlsx' else 'zip'}",
        subject_id=wanted.pk,
        store="draft",
    )
    wanted.people = len({row.person_id for row in found})
    wanted.save()
    return wanted


@command(TIDY)
def remove_old_files(actor: Actor, *, today: date) -> int:
    """Remove files of answers after their week; gives how many there were."""
    old = AnswersFile.objects.filter(asked_on__lte=today - KEPT).select_related("file")
    found = list(old[:500])
    for row in found:
        kept, row.file = row.file, None
        row.delete()
        if kept is not None:
            files.remove(kept)
    return len(found)


def remove_unfinished(ids: list[UUID]) -> int:
    """Remove answers that nobody finished. Only inside a command."""
    count, _ = Answers.objects.filter(pk__in=ids, state=AnswersState.OPEN.value).delete()
    return count


def _sent_answers(asking: Asking) -> list[Answers]:
    rows = Answers.objects.filter(asking=asking, state=AnswersState.SENT.value)
    rows = rows.select_related("version").order_by("id")
    if asking.readers == Readers.COORDINATOR.value:
        return list(rows)
    counted = list(rows.filter(person__in=persons_agreed(STATISTICS)))
    if len({row.person_id for row in counted}) < COUNTED_FROM:
        raise TooFewAnswers()
    return counted


def _sent(row: Answers) -> Sent:
    occasion = occasion_of(row.occasion)
    # The day of someone who answered on request would say who it was.
    shown = Moment.REQUEST.value if occasion.moment is Moment.REQUEST else occasion.key
    return Sent(instrument_of(row.version), row.given or {}, shown)
