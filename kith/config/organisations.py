"""One organisation after the other, for commands that concern all of them."""

from collections.abc import Iterator

from kith.base import jobs, scope
from kith.base.models import Organisation
from kith.gate.actor import Actor, job_actor


def actors(job: str) -> Iterator[Actor]:
    """The actor of a named job in each organisation, inside that organisation's scope."""
    for organisation_id in jobs.organisations():
        with scope.entered(organisation_id):
            yield job_actor(job, Organisation.objects.get(pk=organisation_id))
