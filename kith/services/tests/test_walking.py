"""Marks hold the order of the names of their services."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.services.commands.entries import Put, put_documents
from kith.services.models import Mark, Service
from kith.services.tests.factories import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


def put(actor, *documents) -> list[Service]:
    with permit.lifted():
        return put_documents(actor.organisation_id, [Put(one) for one in documents])


@pytest.fixture
def many(ewa) -> list[Service]:
    return put(ewa, *[document(f"Office {number}") for number in range(100)])


def test_each_mark_holds_the_order_of_its_service(ewa, many) -> None:
    put(ewa, document("Yellow", id=many[0].hsds_id))

    orders = set(Mark.objects.values_list("service_id", "sort_key"))

    assert orders == set(Service.objects.values_list("pk", "sort_key"))


def test_marks_from_before_take_the_order_of_their_services(ewa, many, monkeypatch) -> None:
    step = import_module("kith.services.migrations.0007_fill_order_of_marks")
    monkeypatch.setattr(step, "AT_ONCE", 40)
    with permit.lifted():
        Mark.objects.update(sort_key=0)

    step.fill(None, SimpleNamespace(connection=connection))

    orders = set(Mark.objects.values_list("service_id", "sort_key"))
    assert orders == set(Service.objects.values_list("pk", "sort_key"))
