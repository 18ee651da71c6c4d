"""How a directory is brought in: the states of a file and of its entries."""

from enum import StrEnum


class ImportState(StrEnum):
    """Where a file stands. Nothing is stored before somebody agrees."""

    CHECKED = "checked"
    STORING = "storing"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"


NEXT_IMPORT = {
    ImportState.CHECKED: frozenset({ImportState.STORING}),
    ImportState.STORING: frozenset({ImportState.STORED}),
    ImportState.STORED: frozenset({ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}
BUSY = frozenset({ImportState.STORING, ImportState.UNDOING})


class EntryState(StrEnum):
    """What an entry of a file is, compared with the directory."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNREADABLE = "unreadable"
    # Since the import somebody changed the entry or referred a person to it.
    STAYED = "stayed"


MOST_AT_ONCE = 200
BIG_FILE = 500
