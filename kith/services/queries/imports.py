"""Directories that are or were brought in."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.services.models import DirectoryImport, ImportedEntry
from kith.services.permissions import IMPORT_SERVICES
from kith.services.rules.bringing import BUSY, EntryState

AT_ONCE = 50
SHOWN = (EntryState.UNREADABLE, EntryState.CHANGED, EntryState.NEW, EntryState.STAYED)


def imports(actor: Actor) -> "QuerySet[DirectoryImport]":
    """Imports this actor may see, the newest first."""
    rows = visible(actor, IMPORT_SERVICES, DirectoryImport.objects.select_related("by", "file"))
    return rows.order_by("-id")


def open_imports(actor: Actor) -> "QuerySet[DirectoryImport]":
    """Imports that wait for somebody."""
    return imports(actor).filter(state="checked")


def busy_imports(actor: Actor) -> "QuerySet[DirectoryImport]":
    """Imports that are being worked on."""
    return imports(actor).filter(state__in=[state.value for state in BUSY])


def entries(
    actor: Actor, batch: DirectoryImport, state: EntryState, *, after: int = 0
) -> list[ImportedEntry]:
    """The next entries of a file in one state; one more than is shown."""
    rows = visible(actor, IMPORT_SERVICES, ImportedEntry.objects.filter(batch=batch))
    rows = rows.filter(state=state.value, number__gt=after).defer("document", "before")
    return list(rows.order_by("number")[: AT_ONCE + 1])


def imports_begun_before(day: date) -> "QuerySet[DirectoryImport, UUID]":
    """Keys of imports whose files were brought in on or before a day and are still kept."""
    rows = DirectoryImport.objects.filter(created_at__date__lte=day, file__isnull=False)
    return rows.values_list("pk", flat=True)
