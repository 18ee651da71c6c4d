"""What a unit of cmi5 said and keeps, for whoever holds its token."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from kith.base import scope
from kith.gate.actor import Actor, member_actor
from kith.gate.permissions import visible
from kith.learning.models import PackageLaunch, PackageRun, XapiState, XapiStatement
from kith.learning.permissions import LEARN
from kith.learning.queries.packages import item_of
from kith.learning.rules.xapi import Party, activity_of

if TYPE_CHECKING:
    from datetime import datetime

BASIC = "Basic "
KEY = 32


@dataclass(frozen=True)
class Opened:
    """A start that somebody proved to hold, and for whom it was made."""

    actor: Actor
    run: PackageRun
    launch: PackageLaunch


def party_of(run: PackageRun) -> Party:
    """Who is spoken of in a way through a part."""
    item = item_of(run.package, run.item)
    return Party(run.pk, activity_of(run.package_id, item) if item else "")


def carried(launch: PackageLaunch, secret: str) -> str:
    """A secret with the keys of what it belongs to: nothing is known about who comes with it."""
    return f"{launch.organisation_id.hex}{launch.pk.hex}~{secret}"


def as_basic(launch: PackageLaunch, token: str) -> str:
    """A token as units send it with every question."""
    name = f"{launch.organisation_id.hex}{launch.pk.hex}"
    return base64.b64encode(f"{name}:{token}".encode()).decode()


def opened_by_secret(run: UUID, text: str) -> tuple[Opened, str] | None:
    """The start of a secret that is fetched with, and the secret. It is not checked yet."""
    names, _sign, secret = text.partition("~")
    found = _opened(run, names)
    return (found, secret) if found else None


def opened_by_token(run: UUID, header: str, *, now: datetime) -> Opened | None:
    """The start whose token stands in a header; None when it is not right or over."""
    try:
        text = base64.b64decode(header.removeprefix(BASIC), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    names, _sign, token = text.partition(":")
    found = _opened(run, names)
    if found is None or not found.launch.token_hash or found.launch.ends_at < now:
        return None
    given = hashlib.sha256(token.encode()).hexdigest()
    return found if secrets.compare_digest(found.launch.token_hash, given) else None


def _opened(run: UUID, names: str) -> Opened | None:
    try:
        organisation, launch = UUID(names[:KEY]), UUID(names[KEY:])
    except ValueError:
        return None
    with scope.entered(organisation):
        rows = PackageLaunch.objects.select_related("run__package", "run__member__organisation")
        found = rows.filter(pk=launch, run=run, run__member__active=True).first()
    if found is None:
        return None
    return Opened(member_actor(found.run.member), found.run, found)


def document(opened: Opened, name: str) -> XapiState | None:
    """A document that a unit keeps."""
    found: XapiState | None = visible_states(opened).filter(name=name).first()
    return found


def document_names(opened: Opened) -> list[str]:
    return list(visible_states(opened).order_by("name").values_list("name", flat=True))


def visible_states(opened: Opened) -> QuerySet[XapiState]:
    runs = visible(opened.actor, LEARN, PackageRun.objects.filter(pk=opened.run.pk))
    return XapiState.objects.filter(run__in=runs)


def statements(opened: Opened, *, key: UUID | None = None, most: int = 100) -> list[str]:
    """What was said on this way, the newest first, as it was written."""
    runs = visible(opened.actor, LEARN, PackageRun.objects.filter(pk=opened.run.pk))
    rows = XapiStatement.objects.filter(run__in=runs).order_by("-id")
    found = rows.filter(statement=key) if key else rows
    return [row.content for row in found[:most]]
