"""Bringing in a list: read, look, agree, store, and take back."""

from kith.people.commands.imports.checking import check_list
from kith.people.commands.imports.columns import (
    NoNames,
    choose_columns,
    choose_words,
    resume_import,
)
from kith.people.commands.imports.outcome import ImportOutcome, RowReport, WrongMapping, import_list
from kith.people.commands.imports.reading import (
    ImportBusy,
    UnreadableList,
    choose_sheet,
    throw_away,
    upload_list,
)
from kith.people.commands.imports.rows import StillToCorrect, choose_row, choose_rows, correct_row
from kith.people.commands.imports.sheets import report_sheet
from kith.people.commands.imports.storing import (
    stop_import,
    store_import,
    store_part,
)
from kith.people.commands.imports.undoing import undo_import, undo_part

__all__ = [
    "ImportBusy",
    "ImportOutcome",
    "NoNames",
    "RowReport",
    "StillToCorrect",
    "UnreadableList",
    "WrongMapping",
    "check_list",
    "choose_columns",
    "choose_row",
    "choose_rows",
    "choose_sheet",
    "choose_words",
    "correct_row",
    "import_list",
    "report_sheet",
    "resume_import",
    "stop_import",
    "store_import",
    "store_part",
    "throw_away",
    "undo_import",
    "undo_part",
    "upload_list",
]
