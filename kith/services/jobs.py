"""Work of this room behind the page."""

from uuid import UUID

from kith.base import clock
from kith.gate.actor import Actor
from kith.services import commands
from kith.services.models import DirectoryImport


def work_on_import(actor: Actor, *, batch_id: str) -> str:
    """Store or take back a long directory, part by part, whatever it waits for."""
    batch = DirectoryImport.objects.get(pk=UUID(batch_id))
    while commands.store_part(actor, batch=batch, today=clock.today(), now=clock.now()):
        pass
    while commands.undo_part(actor, batch=batch):
        pass
    return f"{batch.total} entries"
