"""What anybody can find out who holds the code of a certificate."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from kith.base import scope
from kith.base.models import Organisation
from kith.gate.actor import Actor, visitor_of
from kith.gate.permissions import visible
from kith.learning.models import Certificate, PublicCode
from kith.learning.permissions import CHECK_CERTIFICATE
from kith.learning.queries.certificates import Shown, shown


def check_path(code: str) -> str:
    """The page that tells what a code stands for."""
    return reverse("learning:check_code", args=[code])


@dataclass(frozen=True)
class Found:
    """A certificate as the public page shows it. Of an erased one nothing is left to show."""

    shown: Shown | None
    organisation: str


def checked(code: str, *, on: date) -> Found | None:
    """What a code stands for; None where it stands for nothing."""
    with scope.entered(signing_in=True):
        row = PublicCode.objects.filter(code=code).first()
    if row is None:
        return None
    with scope.entered(row.organisation_id):
        organisation = Organisation.objects.get(pk=row.organisation_id)
        if row.certificate_id is None:
            return Found(None, organisation.name)
        rows = visible(visitor_of(organisation), CHECK_CERTIFICATE, Certificate.objects.all())
        found = rows.select_related("course", "member", "organisation").get(pk=row.certificate_id)
        # The name is opened here, while its key is at hand.
        str(found.name)
        return Found(shown([found], on=on)[0], organisation.name)


@contextmanager
def publishing(organisation_id: UUID) -> Iterator[tuple[Organisation, Actor]]:
    """Inside an organisation as somebody without an account. Raises Organisation.DoesNotExist."""
    with scope.entered(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        yield organisation, visitor_of(organisation)
