"""The sheet as it was given, with a column of remarks in the reader's language."""

from datetime import date

from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.methods.tables import ReportWords, write_report_xlsx
from kith.people.commands.imports.checking import decided, report_of
from kith.people.commands.imports.reading import table_of
from kith.people.models import ImportBatch
from kith.people.rules.listrows import with_corrections
from kith.people.rules.listwords import part_in_words, remark_in_words


def report_sheet(actor: Actor, *, batch: ImportBatch, today: date) -> bytes:
    """The list with remarks as XLSX; it writes nothing here. The page notes that it was read.

    Raises UnreadableList once the file is no longer kept.
    """
    table = with_corrections(table_of(batch), decided(batch).cells)
    report = report_of(actor, batch, table, today)
    words = ReportWords(
        heading=_("Remarks"),
        to_correct=_("To correct"),
        to_look_at=_("Please look"),
        not_an_entry=_("Not an entry"),
        sheet=_("List"),
        sentence=remark_in_words,
        why=part_in_words,
    )
    return write_report_xlsx(table, report, words=words)
