"""A whole import in one act, for the command line: the same reading, checking and storing."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods.tables import BadMapping, Mapping
from kith.people.commands.erase import forget_file
from kith.people.commands.imports.checking import check_rows_of
from kith.people.commands.imports.reading import take_in
from kith.people.commands.imports.storing import finish, store_rows
from kith.people.models import ImportBatch, ImportRow
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.queries.imports import tally
from kith.people.rules import ImportState, RowState
from kith.people.rules.listrows import left_out_of, remarks_of
from kith.people.rules.listwords import part_in_words, remark_in_words


class WrongMapping(Refused):
    """The mapping given with a list cannot be used."""


@dataclass(frozen=True)
class RowReport:
    """What is said of one row; `good` rows go in."""

    row: int
    good: bool
    remarks: list[str]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of a list. `read` is the sum of the six numbers after it, always."""

    kind: str
    stored: bool
    read: int
    new: int
    same: int
    known: int
    left_out: int
    to_correct: int
    not_entries: int
    columns: dict[str, str]
    mapping: dict[str, Any]
    rows: list[RowReport]
    rows_not_entries: list[dict[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON. Sentences about rows may quote what stands in the list."""
        return asdict(self)


class _DryRun(Exception):
    """Undoes everything that a trial did."""

    def __init__(self, outcome: ImportOutcome) -> None:
        super().__init__()
        self.outcome = outcome


def import_list(
    actor: Actor,
    *,
    kind: str,
    content: bytes,
    filename: str,
    mapping: dict[str, Any] | None,
    dry_run: bool,
    today: date,
    now: datetime,
) -> ImportOutcome:
    """Bring in a list: rows that can go in do, the others are reported.

    Someone with the same name and the same phone or e-mail is taken as the same person; the
    caller vouches that everyone on the list is an adult.
    raises  UnreadableList, WrongMapping, Denied
    """
    try:
        return _import(
            actor,
            kind=kind,
            content=content,
            filename=filename,
            mapping=mapping,
            dry_run=dry_run,
            today=today,
            now=now,
        )
    except _DryRun as trial:
        return trial.outcome


@command(IMPORT_PEOPLE)
def _import(
    actor: Actor,
    *,
    kind: str,
    content: bytes,
    filename: str,
    mapping: dict[str, Any] | None,
    dry_run: bool,
    today: date,
    now: datetime,
) -> ImportOutcome:
    batch = take_in(actor, kind=kind, content=content, filename=filename)
    if mapping is not None:
        batch.mapping = _given(mapping)
    check_rows_of(actor, batch, today)
    if dry_run:
        trial = _DryRun(outcome_of(batch, stored=False))
        forget_file(batch)
        raise trial
    while store_rows(batch, today=today, now=now):
        pass
    batch.state = ImportState.STORING
    finish(batch, now)
    return outcome_of(batch, stored=True)


def _given(mapping: dict[str, Any]) -> dict[str, Any]:
    try:
        return Mapping.from_dict(mapping).to_dict()
    except BadMapping as fault:
        raise WrongMapping(str(fault)) from fault


def outcome_of(batch: ImportBatch, *, stored: bool) -> ImportOutcome:
    """What became of every row of a list."""
    found = tally(batch)
    return ImportOutcome(
        kind=batch.kind,
        stored=stored,
        read=found.read,
        new=found.new,
        same=found.same,
        known=found.known,
        left_out=found.leave,
        to_correct=found.correct,
        not_entries=found.not_entries,
        columns=dict(batch.mapping["columns"]),
        mapping=batch.mapping,
        rows=_reports(batch),
        rows_not_entries=[
            {"first": part.first, "last": part.last, "why": part_in_words(part)}
            for part in left_out_of(batch.reading)
        ],
    )


def _reports(batch: ImportBatch) -> list[RowReport]:
    rows = ImportRow.objects.filter(batch=batch).order_by("number")
    return [
        RowReport(
            row=row.number,
            good=row.state != RowState.CORRECT,
            remarks=[remark_in_words(one) for one in remarks_of(row.remarks)],
        )
        for row in rows.iterator(2000)
        if row.remarks
    ]
