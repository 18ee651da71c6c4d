"""Erases what has been kept long enough, and keeps a sealed proof that it did."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import clock, jobs, keyring, retention
from kith.base.models import LegalHold, RetentionMark, RetentionProof
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role

JOB = "gate.retention"

RUN_RETENTION = permission(
    "gate.run_retention",
    _("Erase what has been kept long enough"),
    {Role.DATA_PROTECTION_LEAD: everything},
    jobs=(JOB, "kith retention run"),
)


@dataclass(frozen=True)
class Outcome:
    """What one run did, or would do, in one category."""

    category: str
    due: int
    held: int
    marked: int
    erased: int


@command(RUN_RETENTION)
def run_retention(actor: Actor, *, as_of: date, dry_run: bool = False) -> list[Outcome]:
    """Mark what is due on this day and erase what was marked and whose grace is over."""
    return [_run(category, as_of, dry_run=dry_run) for category in retention.categories()]


def _run(category: retention.Category, as_of: date, *, dry_run: bool) -> Outcome:
    due = set(category.due(retention.began_before(category, as_of)))
    held = set(LegalHold.objects.filter(until__gte=as_of).values_list("row_id", flat=True)) & due
    free = due - held
    marks = RetentionMark.objects.filter(category=category.key)
    known = dict(marks.values_list("row_id", "erase_on"))
    fresh = dict.fromkeys(free - known.keys(), as_of + category.grace)
    ripe = [row_id for row_id in free if (known | fresh)[row_id] <= as_of]
    outcome = Outcome(category.key, len(due), len(held), len(fresh), len(ripe))
    if dry_run:
        return outcome
    marks.exclude(row_id__in=free).delete()
    RetentionMark.objects.bulk_create(
        [
            RetentionMark(category=category.key, row_id=row_id, erase_on=erase_on)
            for row_id, erase_on in fresh.items()
        ]
    )
    if ripe:
        _erase(category, ripe, as_of)
    return outcome


def _erase(category: retention.Category, ripe: list[UUID], as_of: date) -> None:
    erased = category.erase(ripe)
    RetentionMark.objects.filter(category=category.key, row_id__in=ripe).delete()
    text = f"{category.key}|{as_of.isoformat()}|{erased}"
    sealed = hmac.new(keyring.secret("audit"), text.encode(), hashlib.sha256).hexdigest()
    RetentionProof.objects.create(category=category.key, as_of=as_of, erased=erased, sealed=sealed)


def proof_holds(proof: RetentionProof) -> bool:
    """Whether a proof is as it was written."""
    text = f"{proof.category}|{proof.as_of.isoformat()}|{proof.erased}"
    sealed = hmac.new(keyring.secret("audit"), text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(sealed, proof.sealed)


def nightly(actor: Actor) -> str:
    """The job: erase as of today."""
    outcomes = run_retention(actor, as_of=clock.today())
    return f"marked {sum(o.marked for o in outcomes)}, erased {sum(o.erased for o in outcomes)}"


def plug_in() -> None:
    """Register the nightly run."""
    jobs.every(jobs.DAILY, JOB, _("Erase what has been kept long enough"), nightly)
