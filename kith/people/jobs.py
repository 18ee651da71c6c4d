"""Work of this room behind the page."""

from uuid import UUID

from kith.base import clock
from kith.gate.actor import Actor
from kith.people import commands
from kith.people.models import ImportBatch
from kith.people.rules import ImportState


def work_on_import(actor: Actor, *, batch_id: str) -> str:
    """Read, store or take back a long list, part by part, whatever it waits for."""
    batch = ImportBatch.objects.get(pk=UUID(batch_id))
    if batch.state == ImportState.CHECKING:
        commands.check_list(actor, batch=batch, today=clock.today())
    while commands.store_part(actor, batch=batch, today=clock.today(), now=clock.now()):
        pass
    while commands.undo_part(actor, batch=batch):
        pass
    return f"{batch.total} rows"


def reindex(actor: Actor) -> str:
    """Build the search index of an organisation anew."""
    count, after = 0, commands.reindex_people(actor)
    while after is not None:
        count, after = count + 1, commands.reindex_people(actor, after=after)
    return f"{count} parts"
