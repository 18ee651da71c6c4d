"""The two shared lists go in through the pages, from the file to people who are found."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.models import ImportBatch, Person

pytestmark = pytest.mark.django_db

LISTS = Path(__file__).parents[3] / "tests" / "imports"


@pytest.fixture
def ewa():
    """A coordinator."""
    return MembershipFactory()


def upload(client, kind: str, name: str):
    content = (LISTS / name).read_bytes()
    answer = client.post(
        reverse("people:imports"),
        {"kind": kind, "file": SimpleUploadedFile(name, content)},
        follow=True,
    )
    batch = ImportBatch.objects.order_by("-id").first()
    assert answer.redirect_chain[-1] == (reverse("people:import_columns", args=[batch.pk]), 302)
    return batch, answer


def accept_columns(client, batch, answer):
    form = answer.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    return client.post(reverse("people:import_columns", args=[batch.pk]), typed, follow=True)


def test_the_list_of_participants_goes_in(client, ewa) -> None:
    sign_in(client, ewa)
    with scope.entered(ewa.organisation_id, user_id=ewa.user_id):
        batch, answer = upload(client, "participants", "lista_uczestnikow.xlsx")
        preview = accept_columns(client, batch, answer)
        assert Person.objects.count() == 0

        result = client.post(
            reverse("people:import_preview", args=[batch.pk]), {"adults": "on"}, follow=True
        )

        tally = result.context["tally"]
        assert (preview.status_code, result.status_code) == (200, 200)
        assert (tally.read, tally.new, tally.same, tally.correct, tally.not_entries) == (
            136,
            125,
            1,
            5,
            5,
        )
        assert Person.objects.count() == 125
