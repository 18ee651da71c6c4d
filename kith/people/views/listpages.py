"""What the pages of an import print: counts, rows and remarks in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.base import clock, files
from kith.gate.actor import Actor
from kith.methods.tables import Column, LeaveOut, Severity
from kith.people import queries
from kith.people.forms import ColumnsForm, CorrectForm, TwinForm
from kith.people.models import ImportBatch, ImportRow, Person
from kith.people.rules import ImportKind, ImportState, labels
from kith.people.rules.listrows import Plain, left_out_of, remarks_of
from kith.people.rules.listwords import COLUMNS, part_in_words, remark_on_page, remark_with_column
from kith.web import words
from kith.web.components import Tone

XLSX = files.XLSX
ROWS_SHOWN = 40
BATCHES_SHOWN = 30
SAMPLES = 3
TONES: dict[str, Tone] = {
    ImportState.STORED: "good",
    ImportState.CHECKED: "info",
    ImportState.UPLOADED: "info",
    ImportState.STOPPED: "warn",
}


def steps() -> list[str]:
    """The steps of an import."""
    return [_("The file"), _("The columns"), _("Your yes"), _("Done")]


@dataclass(frozen=True)
class BatchLine:
    """An import in the list of imports."""

    batch: ImportBatch
    who: str
    when: str
    state: str
    tone: Tone


def batches(actor: Actor) -> list[BatchLine]:
    """The last imports, the newest first."""
    today = clock.today()
    return [
        BatchLine(
            batch=batch,
            who=_("by %(name)s") % {"name": batch.by.name} if batch.by else "",
            when=words.near(timezone.localdate(batch.created_at), today),
            state=str(labels.IMPORT_STATES[batch.state]),
            tone=TONES.get(batch.state, "calm"),
        )
        for batch in queries.imports(actor)[:BATCHES_SHOWN]
    ]


def content_of(file: UploadedFile) -> bytes:
    """The bytes of an upload. Raises FileTooLarge."""
    if (file.size or 0) > settings.KITH_UPLOAD_BYTES:
        raise files.FileTooLarge()
    content: bytes = file.read()
    return content


def progress_in_words(batch: ImportBatch) -> str:
    """How far a long import is."""
    total = batch.total
    if batch.state == ImportState.STORING:
        said = ngettext(
            "%(done)d of %(total)d row is in.", "%(done)d of %(total)d rows are in.", total
        )
    elif batch.state == ImportState.UNDOING:
        said = ngettext(
            "%(done)d of %(total)d row was looked at.",
            "%(done)d of %(total)d rows were looked at.",
            total,
        )
    else:
        said = ngettext(
            "%(total)d row is being read. Nothing is stored yet.",
            "%(total)d rows are being read. Nothing is stored yet.",
            total,
        )
    return said % {"done": batch.progress, "total": total}


@dataclass(frozen=True)
class ColumnLine:
    """A column with samples, and what it is taken for or why it never is."""

    heading: str
    letter: str
    samples: str
    field: Any
    never: str


def columns(
    batch: ImportBatch, form: ColumnsForm, found: Sequence[Column], never: Mapping[str, str]
) -> dict[str, Any]:
    """The page of columns."""
    fields = {heading: form[name] for name, heading in form.headings.items()}
    lines = [
        ColumnLine(
            heading=column.heading,
            letter=column.letter,
            samples=" · ".join(column.samples[:SAMPLES]),
            field=fields.get(column.heading),
            never=_never(never.get(column.heading)),
        )
        for column in found
    ]
    reading = batch.reading or {}
    return {
        "batch": batch,
        "form": form,
        "lines": lines,
        "several_sheets": len(reading.get("sheets", [])) > 1,
        "sheet": reading.get("sheet", ""),
        "context": _rows_found(reading),
        "steps": steps(),
    }


def _never(reason: str | None) -> str:
    return str(COLUMNS[LeaveOut(reason).value]) if reason else ""


def _rows_found(reading: Plain) -> str:
    count = int(reading.get("rows", 0))
    return ngettext("%(count)d row found", "%(count)d rows found", count) % {"count": count}


def preview(actor: Actor, batch: ImportBatch) -> dict[str, Any]:
    """The page before the one yes."""
    found = queries.tally(batch)
    unknown = (batch.findings or {}).get("unknown", [])
    return {
        "batch": batch,
        "tally": found,
        "sum": _sum(found, batch),
        "unknown": len(unknown),
        "twins": queries.rows_with_twins(actor, batch).count(),
        "submit": _submit(found, batch),
        "steps": steps(),
    }


def _submit(found: queries.Tally, batch: ImportBatch) -> str:
    count = found.going_in
    if batch.kind == ImportKind.MENTORS:
        said = ngettext("Bring in %(count)d mentor", "Bring in %(count)d mentors", count)
    else:
        said = ngettext("Bring in %(count)d participant", "Bring in %(count)d participants", count)
    return said % {"count": count}


@dataclass(frozen=True)
class SumLine:
    """One line of a sum that adds up to the rows of the file."""

    label: str
    count: int


def _sum(found: queries.Tally, batch: ImportBatch) -> list[SumLine]:
    stored = batch.state in {ImportState.STORED, ImportState.STOPPED, ImportState.UNDONE}
    lines = (
        (_("went in as new people") if stored else _("go in as new people"), found.new),
        (
            _("filled in someone already here") if stored else _("fill in someone already here"),
            found.same,
        ),
        (_("came in with an earlier list and stay as they are"), found.known),
        (_("are left out by hand"), found.leave),
        (_("wait to be corrected"), found.correct),
        (_("are no entries: title, headings, blank or a total"), found.not_entries),
    )
    return [SumLine(label, count) for label, count in lines if count]


def result(actor: Actor, batch: ImportBatch) -> dict[str, Any]:
    """The page after an import."""
    found = queries.tally(batch)
    stays = (batch.findings or {}).get("stays", {})
    return {
        "batch": batch,
        "tally": found,
        "sum": _sum(found, batch),
        "left": queries.rows_to_store(actor, batch).count(),
        "stays": [(person, stays[str(person.pk)]) for person in _people(actor, stays)],
        "is_mentors": batch.kind == ImportKind.MENTORS,
        "steps": steps(),
    }


def _people(actor: Actor, stays: Mapping[str, str]) -> list[Person]:
    found = queries.people(actor).filter(pk__in=list(stays)[:ROWS_SHOWN])
    return sorted(found, key=lambda person: labels.by_name(str(person.name)))


@dataclass(frozen=True)
class RowLine:
    """A row of the report: who, and what is to be corrected or looked at."""

    number: int
    name: str
    wrong: list[str]
    look: list[str]
    may_correct: bool


def report(actor: Actor, batch: ImportBatch, after: int) -> dict[str, Any]:
    """The report by row: first what keeps rows out, then the remarks on rows that go in."""
    rows = queries.rows_with_remarks(actor, batch).filter(number__gt=after)
    part = list(rows[: ROWS_SHOWN + 1])
    more, part = len(part) > ROWS_SHOWN, part[:ROWS_SHOWN]
    left_out = left_out_of(batch.reading) if batch.reading else []
    return {
        "batch": batch,
        "to_correct": _lines(queries.rows_to_correct(actor, batch)[:ROWS_SHOWN]),
        "lines": _lines(part),
        "next_url": f"?after={part[-1].number}" if more else "",
        "first_url": "?" if after else "",
        "left_out": [(part.first, part.last, part_in_words(part)) for part in left_out],
        "steps": steps(),
        "has_file": batch.file_id is not None,
    }


def _lines(rows: Sequence[ImportRow] | QuerySet[ImportRow]) -> list[RowLine]:
    return [_line(row) for row in rows]


def _line(row: ImportRow) -> RowLine:
    wrong: list[str] = []
    look: list[str] = []
    for one in remarks_of(row.remarks):
        said = remark_with_column(one)
        (wrong if one.severity is Severity.CORRECT else look).append(said)
    name = str((row.values or {}).get("name", "")) or _("No name")
    return RowLine(row.number, name, wrong, look, bool(wrong))


def faults(row: ImportRow) -> list[tuple[str, str]]:
    """What still keeps a row out: (heading, sentence)."""
    return [
        (one.column, remark_on_page(one))
        for one in remarks_of(row.remarks)
        if one.severity is Severity.CORRECT
    ]


def with_remarks(form: CorrectForm, row: ImportRow) -> CorrectForm:
    """The form of a row as it stands in the list, with what is wrong at its cells."""
    cells = row.cells or {}
    bound = CorrectForm({name: cells[heading] for name, heading in form.names.items()}, cells=cells)
    bound.is_valid()
    bound.say(faults(row))
    return bound


@dataclass(frozen=True)
class Twins:
    """A row beside whom it may be, fact by fact."""

    form: TwinForm
    reason: str
    number: int
    other: str
    facts: list[tuple[str, str, str]]


def twins(
    batch: ImportBatch, part: Sequence[ImportRow], forms: Sequence[TwinForm]
) -> dict[str, Any]:
    """The page of possible duplicates."""
    numbers = [row.twin_row for row in part if row.twin_row is not None]
    earlier = queries.earlier_rows(batch, numbers)
    pairs = [_pair(row, form, earlier) for row, form in zip(part, forms, strict=True)]
    return {"batch": batch, "pairs": pairs, "steps": steps()}


def _pair(row: ImportRow, form: TwinForm, earlier: Mapping[int, ImportRow]) -> Twins:
    if row.twin is not None:
        other, facts = _("In Kith"), _person_facts(row.twin)
    else:
        known = earlier.get(row.twin_row or 0)
        other = _("Row %(number)d of this list") % {"number": row.twin_row or 0}
        facts = _row_facts(known.values or {}) if known else {}
    mine = _row_facts(row.values or {})
    shown = [(label, mine.get(label, ""), facts.get(label, "")) for label in {**mine, **facts}]
    reason = str(labels.TWIN_REASONS.get(row.twin_reason, row.twin_reason))
    return Twins(form, reason, row.number, other, shown)


def _row_facts(values: Plain) -> dict[str, str]:
    spoken = [labels.language_name(code) for code, _level in values.get("languages", [])]
    topics = [*values.get("needs", []), *values.get("help_topics", [])]
    facts = {
        _("Name"): values.get("name", ""),
        _("Phone"): values.get("phone", ""),
        _("E-mail"): values.get("email", ""),
        _("District or town"): values.get("place", ""),
        _("Languages"): words.and_list(spoken),
        _("Topics"): words.comma_list(labels.in_words(topics, labels.NEEDS)),
    }
    return {label: str(text) for label, text in facts.items() if text}


def _person_facts(person: Person) -> dict[str, str]:
    facts = {
        _("Name"): person.name,
        _("Phone"): person.phone,
        _("E-mail"): person.email,
        _("District or town"): person.place.name if person.place else "",
    }
    return {label: str(text) for label, text in facts.items() if text}
