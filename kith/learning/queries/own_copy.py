"""Everything that somebody left in courses, for themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.learning.models import (
    Attempt,
    Attended,
    BroughtCertificate,
    Certificate,
    CoursePart,
    Hours,
    PackageRun,
    Progress,
    Seat,
    Work,
    XapiState,
    XapiStatement,
)
from kith.learning.permissions import OWN_COPY


@dataclass(frozen=True)
class SeatCopy:
    """A seat with everything on it."""

    seat: Seat
    parts: Mapping[str, CoursePart]
    progress: list[Progress]
    attempts: list[Attempt]
    works: list[Work]


@dataclass(frozen=True)
class RunCopy:
    """A way through a package with what the package kept."""

    run: PackageRun
    states: list[XapiState]
    statements: list[XapiStatement]


@dataclass(frozen=True)
class OwnCopy:
    """All of it, the oldest first."""

    seats: list[SeatCopy]
    attended: list[Attended]
    certificates: list[Certificate]
    brought: list[BroughtCertificate]
    hours: list[Hours]
    runs: list[RunCopy]


def own_copy(actor: Actor) -> OwnCopy:
    """What is kept of one's own learning; as many queries for one seat as for many."""

    def mine(rows: Any) -> Any:
        return visible(actor, OWN_COPY, rows).filter(member=actor.membership).order_by("id")

    return OwnCopy(
        seats=_seats(mine(Seat.objects.select_related("edition__course"))),
        attended=list(mine(Attended.objects.select_related("session__edition__course"))),
        certificates=list(mine(Certificate.objects.all())),
        brought=list(
            mine(
                BroughtCertificate.objects.select_related(
                    "recognised__issuer", "recognised__course"
                )
            )
        ),
        hours=list(mine(Hours.objects.all())),
        runs=_runs(mine(PackageRun.objects.select_related("package"))),
    )


def _seats(rows: Iterable[Seat]) -> list[SeatCopy]:
    seats = list(rows)
    versions = {one.version_id for one in seats}
    parts: dict[UUID, dict[str, CoursePart]] = {key: {} for key in versions}
    told = CoursePart.objects.filter(version__in=versions).defer("content")
    for part in told.select_related("version").order_by("position"):
        parts[part.version_id][part.key] = part
    progress, attempts, works = (
        _by(model.objects.filter(seat__in=seats).order_by("id"), "seat_id")
        for model in (Progress, Attempt, Work)
    )
    return [
        SeatCopy(
            one,
            parts[one.version_id],
            progress.get(one.pk, []),
            attempts.get(one.pk, []),
            works.get(one.pk, []),
        )
        for one in seats
    ]


def _runs(rows: Iterable[PackageRun]) -> list[RunCopy]:
    runs = list(rows)
    states, statements = (
        _by(model.objects.filter(run__in=runs).order_by("id"), "run_id")
        for model in (XapiState, XapiStatement)
    )
    return [RunCopy(one, states.get(one.pk, []), statements.get(one.pk, [])) for one in runs]


def _by(rows: Iterable[Any], link: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, link), []).append(row)
    return found
