"""The chain of what was done: each link is sealed with the one before by a key of the house.

The head of the chain is also kept in a file outside the database, so that cutting off the
newest rows is seen too. Links are added last in a transaction, so writers wait only briefly.
"""

import fcntl
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kith.base import clock, keyring, permit
from kith.base.fields import Sealed
from kith.base.models import Organisation
from kith.gate.actor import Actor
from kith.gate.models import AuditEvent, AuditHead


@dataclass
class Line:
    """One line to be written: what was done to which row."""

    verb: str
    row_model: str = ""
    row_id: UUID | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)
    reason: str = ""


def _seal(event: AuditEvent, *, seq: int | None = None) -> str:
    reason = event.__dict__["reason"]
    content = [
        str(event.organisation_id),
        seq or event.seq,
        event.at.isoformat(),
        event.actor_kind,
        event.actor_id,
        event.verb,
        event.row_model,
        str(event.row_id or ""),
        event.changes,
        hashlib.sha256(reason.content).hexdigest() if isinstance(reason, Sealed) else "",
        event.previous,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(keyring.secret("audit"), text.encode(), hashlib.sha256).hexdigest()


def write(actor: Actor, lines: list[Line]) -> None:
    """Add the lines to the chain of the actor's organisation. Call last in a transaction."""
    if not lines or actor.organisation is None:
        return
    with permit.lifted():
        head = _locked_head(actor.organisation)
        events = list(_links(actor, lines, head))
        AuditEvent.objects.bulk_create(events)
        head.seq, head.sealed = events[-1].seq, events[-1].sealed
        head.save(update_fields=["seq", "sealed"])
    organisation_id, seq, sealed = actor.organisation.pk, head.seq, head.sealed
    transaction.on_commit(lambda: keep_outside(organisation_id, seq, sealed))


def _locked_head(organisation: Organisation) -> AuditHead:
    heads = AuditHead.objects.select_for_update().filter(organisation=organisation)
    head: AuditHead | None = heads.first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(organisation=organisation)], ignore_conflicts=True)
        return heads.get()  # type: ignore[no-any-return]
    return head


def _links(actor: Actor, lines: list[Line], head: AuditHead) -> Iterator[AuditEvent]:
    previous, seq = head.sealed, head.seq
    for line in lines:
        seq += 1
        event = AuditEvent(
            organisation=actor.organisation,
            seq=seq,
            at=clock.now(),
            actor_kind=actor.kind.value,
            actor_id=actor.identity,
            verb=line.verb,
            row_model=line.row_model,
            row_id=line.row_id,
            changes=line.changes,
            reason=line.reason,
            previous=previous,
        )
        # The text is sealed first: the chain covers what lies in the database, byte by byte.
        secret = AuditEvent._meta.get_field("reason").pre_save(event, True)  # noqa: FBT003
        event.reason = Sealed(secret) if secret else ""
        event.sealed = previous = _seal(event)
        yield event


def _outside(organisation_id: UUID) -> Path:
    return Path(settings.KITH_HEADS) / f"{organisation_id}.json"


def keep_outside(organisation_id: UUID, seq: int, sealed: str) -> None:
    """Remember the head in a file outside the database; it only ever moves forward."""
    path = _outside(organisation_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = json.loads(file.read() or '{"seq": 0}')
        if known["seq"] < seq:
            file.truncate(0)
            file.write(json.dumps({"seq": seq, "sealed": sealed}))


@dataclass(frozen=True)
class Fault:
    """A place where the chain is broken, and how."""

    seq: int
    kind: str  # edited | moved | inserted | missing | cut off
    event_id: UUID | None = None


# How far a moved row is looked for from its place.
REACH = 1000


def verify(organisation: Organisation) -> tuple[int, list[Fault]]:
    """Check an organisation's chain from its first link; gives how many links and all faults."""
    known = _known_head(organisation)
    last = max(int(known.get("seq", 0)), _head_seq(organisation))
    check = _Check(last)
    for event in AuditEvent.objects.filter(organisation=organisation).order_by("seq").iterator():
        check.look_at(event)
        if event.seq == known.get("seq") and event.sealed != known["sealed"]:
            check.add(event, "edited")
    if check.expected <= last:
        check.faults.append(Fault(check.expected, "cut off"))
    return check.count, list(dict.fromkeys(check.faults))


class _Check:
    """Walks along a chain and remembers where it does not hold."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.count = 0
        self.expected = 1
        self.previous = ""
        self.sound = True
        self.faults: list[Fault] = []

    def add(self, event: AuditEvent, kind: str) -> None:
        self.faults.append(Fault(event.seq, kind, event.pk))

    def look_at(self, event: AuditEvent) -> None:
        self.count += 1
        if event.seq > self.expected:
            self.faults.append(Fault(self.expected, "missing"))
            self.sound = False
        genuine = event.sealed == _seal(event)
        if not genuine:
            self.add(event, self._kind(event))
        elif self.sound and event.previous != self.previous:
            self.add(event, "moved")
        # What follows a broken link cannot fit it; only the break itself is a fault.
        self.sound = genuine
        self.previous, self.expected = event.sealed, event.seq + 1

    def _kind(self, event: AuditEvent) -> str:
        near = range(max(1, event.seq - REACH), event.seq + REACH)
        if any(_seal(event, seq=seq) == event.sealed for seq in near):
            return "moved"
        return "inserted" if event.seq > self.last else "edited"


def _known_head(organisation: Organisation) -> dict[str, Any]:
    path = _outside(organisation.pk)
    if not path.exists():
        return {}
    known: dict[str, Any] = json.loads(path.read_text() or "{}")
    return known


def _head_seq(organisation: Organisation) -> int:
    head = AuditHead.objects.filter(organisation=organisation).first()
    return head.seq if head else 0
