"""What each column is and what unknown words mean; then the whole list is read."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base import jobs
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods import tables
from kith.methods.tables import LEFT_OUT, Target
from kith.people.commands.imports.checking import check_rows_of
from kith.people.commands.imports.reading import locked, move, require
from kith.people.models import ImportBatch
from kith.people.permissions import IMPORT_JOB, IMPORT_PEOPLE
from kith.people.rules import BIG_LIST_ROWS, BUSY, ImportState

NAMES = frozenset({Target.NAME, Target.FIRST_NAME, Target.LAST_NAME})


class NoNames(Refused):
    """Without a name nobody can be written down."""

    sentence = _("Choose which column holds the names.")


@command(IMPORT_PEOPLE, on="batch")
def choose_columns(
    actor: Actor, *, batch: ImportBatch, columns: Mapping[str, str], today: date
) -> ImportBatch:
    """Say what each column is (heading → target, empty leaves it out) and read the whole list.

    Raises NoNames, ImportBusy.
    """
    batch = locked(batch)
    require(batch, ImportState.UPLOADED, ImportState.CHECKED)
    mapping = tables.Mapping.from_dict(batch.mapping)
    for heading, target in columns.items():
        mapping = mapping.with_column(heading, target or LEFT_OUT)
    if not NAMES.intersection(map(mapping.target, mapping.columns)):
        raise NoNames()
    return _read_all(actor, batch, mapping, today)


@command(IMPORT_PEOPLE, on="batch")
def choose_words(
    actor: Actor,
    *,
    batch: ImportBatch,
    words: Mapping[tuple[str, str], tuple[str, ...]],
    today: date,
) -> ImportBatch:
    """Say what unknown words mean, (target, text) → codes, and read the whole list again.

    Raises ImportBusy.
    """
    batch = locked(batch)
    require(batch, ImportState.CHECKED)
    mapping = tables.Mapping.from_dict(batch.mapping)
    for (target, text), codes in words.items():
        mapping = mapping.with_value(target, text, codes)
    return _read_all(actor, batch, mapping, today)


def _read_all(
    actor: Actor, batch: ImportBatch, mapping: tables.Mapping, today: date
) -> ImportBatch:
    batch.mapping = mapping.to_dict()
    move(batch, ImportState.CHECKING)
    if batch.total > BIG_LIST_ROWS:
        jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
        return batch
    check_rows_of(actor, batch, today)
    return move(batch, ImportState.CHECKED)


@command(IMPORT_PEOPLE, on="batch")
def resume_import(actor: Actor, *, batch: ImportBatch) -> ImportBatch:
    """Ask again for work behind the page that was cut off; doing a part twice changes nothing."""
    batch = locked(batch)
    require(batch, *BUSY)
    jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
    return batch
