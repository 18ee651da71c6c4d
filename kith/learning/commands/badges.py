"""The key of an organisation, and badges that are signed with it."""

import secrets
from base64 import b64encode
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import BadgeKey, Certificate
from kith.learning.permissions import OWN_CERTIFICATES
from kith.learning.queries.badges import (
    achievement_of,
    issuer_of,
    keys_address,
    place_of,
    signing_key,
)
from kith.methods.learning.credentials.issuing import Award, Learner, hashed_email, issue
from kith.methods.learning.credentials.keys import SigningKey, key_from_seed, public_jwk

SALT_BYTES = 18


@command(OWN_CERTIFICATES, on="certificate")
def make_badge(actor: Actor, *, certificate: Certificate) -> str:
    """The signed badge of a certificate: made once, the same text ever after.

    It holds the learner's address as a salted hash, never the name: who shows it says who they are.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not str(certificate.badge):
        key = _key(certificate.organisation_id)
        certificate.badge = issue(_award(certificate), key=key)
        certificate.save(update_fields=["badge"])
    return str(certificate.badge)


def _award(certificate: Certificate) -> Award:
    salt = b64encode(secrets.token_bytes(SALT_BYTES)).decode()
    learner = Learner(
        f"urn:uuid:{certificate.pk}", (hashed_email(str(certificate.member.email), salt=salt),)
    )
    return Award(
        id=f"urn:uuid:{certificate.pk}",
        issuer=issuer_of(certificate.organisation),
        achievement=achievement_of(
            certificate.course, certificate.organisation, certificate.language
        ),
        learner=learner,
        valid_from=_moment(certificate.issued_on, time()),
        valid_until=_moment(certificate.valid_until, time(23, 59, 59)),
        status=place_of(certificate),
    )


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _key(organisation_id: UUID) -> SigningKey:
    """The key in use; the first badge of an organisation makes one."""
    found = signing_key()
    if found is not None:
        return found
    seed = secrets.token_bytes(32)
    key = key_from_seed(seed, address=keys_address(organisation_id))
    BadgeKey.objects.create(
        kid=key.kid,
        private=b64encode(seed).decode(),
        public=public_jwk(key.public, kid=key.kid),
    )
    return key
