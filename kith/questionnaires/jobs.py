"""Work of this room behind the page."""

from uuid import UUID

from kith.base import clock
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.questionnaires import commands
from kith.questionnaires.models import AnswersFile


def write_file(actor: Actor, *, file_id: str) -> str:
    """Write the file of answers that somebody asked for."""
    wanted = AnswersFile.objects.filter(pk=UUID(file_id)).select_related("asking").first()
    if wanted is None:
        return "no longer wanted"
    try:
        done = commands.write_file(actor, wanted=wanted)
    except Refused:
        return "too few answers"
    return f"{done.people} people"


def tidy(actor: Actor) -> str:
    """Remove files of answers after their week."""
    return f"{commands.remove_old_files(actor, today=clock.today())} files"
