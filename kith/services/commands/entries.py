"""Writing entries of the directory: the document first, everything else follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.services.models import (
    EntryReport,
    Mark,
    Opening,
    Provider,
    Publisher,
    Service,
    Spot,
)
from kith.services.permissions import AGREE_WITH_PROVIDER, KEEP_SERVICES
from kith.services.rules.facts import (
    STATUS_OF,
    Facts,
    ServiceState,
    facts_of,
    marks_of,
    on_map,
    sort_key,
)
from kith.services.rules.hsds import Document
from kith.services.rules.writing import Written, rewritten


class AgreementEndsBeforeItBegins(Refused):
    """An agreement has an end, and the end comes after its beginning."""

    sentence = _("The agreement ends before it begins. Check the two days.")


@dataclass(frozen=True)
class Put:
    """A document to store, and where it comes from."""

    document: Document
    publisher: Publisher | None = None


@command(KEEP_SERVICES)
def write_entry(actor: Actor, *, written: Written, service: Service | None, today: date) -> Service:
    """Write an entry, or change one. What it says beside these fields stays as it is."""
    document = rewritten(service.record if service else None, written, today=today)
    publisher = service.publisher if service else None
    return put_documents(actor.organisation_id, [Put(document, publisher)])[0]


@command(KEEP_SERVICES, on="service")
def mark_checked(actor: Actor, *, service: Service, today: date) -> Service:
    """Somebody looked: the entry is right today. What was reported about it is settled."""
    document = {**service.record, "assured_date": today.isoformat()}
    EntryReport.objects.filter(service=service, settled_on__isnull=True).update(settled_on=today)
    return put_documents(service.organisation_id, [Put(document, service.publisher)])[0]


@command(KEEP_SERVICES, on="service")
def set_state(actor: Actor, *, service: Service, state: ServiceState, today: date) -> Service:
    """Open, pause or close a service. Referrals that are on their way stay as they are."""
    document = {
        **service.record,
        "status": STATUS_OF[state],
        "assured_date": today.isoformat(),
    }
    return put_documents(service.organisation_id, [Put(document, service.publisher)])[0]


@command(AGREE_WITH_PROVIDER, on="provider")
def note_agreement(
    actor: Actor, *, provider: Provider, agreed_on: date, agreed_until: date
) -> Provider:
    """Note that a signed agreement on passing on data exists, and until when it counts."""
    if agreed_until < agreed_on:
        raise AgreementEndsBeforeItBegins()
    provider.agreed_on, provider.agreed_until = agreed_on, agreed_until
    provider.save()
    return provider


def put_documents(organisation_id: UUID | None, puts: Sequence[Put]) -> list[Service]:
    """Store documents, new or in the place of those with the same key. Only inside a command."""
    facts = [facts_of(put.document) for put in puts]
    providers = _providers(puts)
    keys = [put.document["id"] for put in puts]
    known = {row.hsds_id: row for row in Service.objects.filter(hsds_id__in=keys)}
    rows = []
    for put, fact in zip(puts, facts, strict=True):
        row = known.get(put.document["id"]) or Service(hsds_id=put.document["id"])
        _fill(row, put, fact)
        row.provider = providers.get(_provider_id(put.document))
        row.save()
        rows.append(row)
    _index(rows, facts)
    return rows


def _fill(row: Service, put: Put, fact: Facts) -> None:
    row.record, row.publisher = put.document, put.publisher
    row.name, row.sort_key = fact.name, sort_key(fact.name)
    row.state, row.needs = fact.state.value, list(fact.needs)
    row.checked_on = fact.checked_on


def _provider_id(document: Document) -> str:
    organisation = document.get("organization") or {}
    return str(organisation.get("id") or "")[:64]


def _providers(puts: Sequence[Put]) -> dict[str, Provider]:
    """The organisations that run these services, written down where they are new."""
    named = {_provider_id(put.document): put.document.get("organization") or {} for put in puts}
    named.pop("", None)
    found = {row.hsds_id: row for row in Provider.objects.filter(hsds_id__in=named)}
    for key, organisation in named.items():
        row = found.setdefault(key, Provider(hsds_id=key))
        name = str(organisation.get("name") or key)[:300]
        if row.name != name:
            row.name = name
            row.save()
    return found


def _index(rows: Sequence[Service], facts: Sequence[Facts]) -> None:
    """What services are found by is written anew."""
    for model in (Mark, Spot, Opening):
        model.objects.filter(service__in=rows).delete()
    pairs = list(zip(rows, facts, strict=True))
    Spot.objects.bulk_create([spot for row, fact in pairs for spot in _spots(row, fact)])
    Opening.objects.bulk_create([one for row, fact in pairs for one in _openings(row, fact)])
    alternate = {row.pk: str(row.record.get("alternate_name") or "") for row in rows}
    if rows:
        Mark.objects.put(
            rows[0].organisation_id,
            [(row.pk, mark) for row, fact in pairs for mark in marks_of(fact, alternate[row.pk])],
        )


def _spots(row: Service, fact: Facts) -> list[Spot]:
    return [_spot(row, *point) for point in _points(fact)]


def _points(fact: Facts) -> list[tuple[float, float]]:
    return [
        (spot.latitude, spot.longitude)
        for spot in fact.spots
        if spot.latitude is not None and spot.longitude is not None
    ]


def _spot(row: Service, latitude: float, longitude: float) -> Spot:
    east, north = on_map(latitude, longitude)
    return Spot(service=row, latitude=latitude, longitude=longitude, east=east, north=north)


def _openings(row: Service, fact: Facts) -> list[Opening]:
    return [Opening(service=row, **vars(one)) for one in fact.openings]


def remove_services(services: Sequence[Service]) -> None:
    """Remove entries nobody was referred to, and organisations left without any. Only inside a
    command."""
    keys: list[Any] = [service.pk for service in services]
    providers = {service.provider_id for service in services if service.provider_id}
    Service.objects.filter(pk__in=keys).delete()
    busy = Service.objects.filter(provider__in=providers).values("provider")
    Provider.objects.filter(pk__in=providers, agreed_on__isnull=True).exclude(pk__in=busy).delete()
