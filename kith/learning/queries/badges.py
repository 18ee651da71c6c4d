"""What an organisation publishes about its badges: itself, its keys, what was revoked."""

from base64 import b64decode
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kith.base.models import Organisation
from kith.learning.models import BadgeKey, Certificate, Course, CourseVersion, ErasedCertificate
from kith.learning.queries.content import frame_of
from kith.learning.rules.passing import LIST_PLACES
from kith.learning.rules.states import VersionState
from kith.methods.learning.credentials.issuing import Achievement, Issuer
from kith.methods.learning.credentials.keys import SigningKey, key_from_seed
from kith.methods.learning.credentials.status import Place, StatusList, issue_list
from kith.methods.learning.questions.schema import say

LIST_HOLDS = timedelta(days=2)
"""Whoever checks a badge fetches the list anew after that."""


def address(path: str) -> str:
    """A path of this Kith as others reach it."""
    return f"{settings.KITH_ADDRESS.rstrip('/')}{path}"


def keys_address(organisation_id: UUID) -> str:
    """Where the public keys of an organisation lie."""
    return address(reverse("learning:keys", args=[organisation_id]))


def issuer_of(organisation: Organisation) -> Issuer:
    """An organisation as badges name it."""
    return Issuer(
        id=address(reverse("learning:issuer", args=[organisation.pk])),
        name=organisation.name,
        url=address("/"),
    )


def achievement_of(course: Course, organisation: Organisation, language: str) -> Achievement:
    """What the badge of a course says, in one language."""
    used = CourseVersion.objects.filter(course=course, state=VersionState.IN_USE.value)
    frame = frame_of(used.values_list("pk", flat=True).get())
    path = reverse("learning:achievement", args=[organisation.pk, course.key, language])
    return Achievement(
        id=address(path),
        name=say(frame.title, language),
        description=say(frame.summary, language),
        narrative="\n".join(f"- {say(one, language)}" for one in frame.outcomes),
        language=language,
        kind="Course",
    )


def place_of(certificate: Certificate) -> Place:
    """Where a revocation of a certificate will be published."""
    number, index = divmod(certificate.listed, LIST_PLACES)
    return Place(_list_address(certificate.organisation_id, number), index)


def _list_address(organisation_id: UUID, number: int) -> str:
    return address(reverse("learning:revoked", args=[organisation_id, number]))


def signing_key() -> SigningKey | None:
    """The key in use of the present organisation."""
    row = BadgeKey.objects.filter(in_use=True).first()
    if row is None:
        return None
    seed = b64decode(str(row.private))
    return key_from_seed(seed, address=keys_address(row.organisation_id))


def published_keys() -> dict[str, Any]:
    """All public keys of the present organisation, older ones too."""
    rows = BadgeKey.objects.order_by("created_at", "id")
    return {"keys": list(rows.values_list("public", flat=True))}


def revoked_list(organisation: Organisation, number: int, *, today: date) -> str | None:
    """The signed list of revoked badges; None while there is no key, or no such list."""
    key, first = signing_key(), number * LIST_PLACES
    places = (first, first + LIST_PLACES - 1)
    tables = (Certificate.objects, ErasedCertificate.objects)
    here = [rows.filter(listed__range=places) for rows in tables]
    if key is None or not any(rows.exists() for rows in here):
        return None
    revoked = sorted(
        place
        for rows in here
        for place in rows.filter(revoked_on__lte=today).values_list("listed", flat=True)
    )
    begin = timezone.make_aware(datetime.combine(today, time()))
    listed = StatusList(
        address=_list_address(organisation.pk, number),
        issuer=issuer_of(organisation).id,
        revoked=[place - first for place in revoked],
        valid_from=begin,
        valid_until=begin + LIST_HOLDS,
    )
    return issue_list(listed, key=key)
