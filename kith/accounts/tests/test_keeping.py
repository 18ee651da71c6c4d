"""A form that arrives after the session ended is kept and offered again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.accounts.models import Draft
from kith.accounts.tests.factories import member_now, member_with_address, type_password
from kith.base import scope
from kith.gate.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
FORM = "/account/name/"


def drafts(membership):
    with scope.entered(membership.organisation_id):
        return [draft.content for draft in Draft.objects.all()]


def token_in(page):
    return re.search(r'name="kept_for" value="([^"]+)"', page.content.decode()).group(1)


def form_left_open(client):
    """Marta opens a form at nine and is still on it when the session has ended."""
    with time_machine.travel(NOW, tick=False):
        marta = member_with_address("marta@example.org", mentor=True, name="Marta")
        type_password(client, "marta@example.org")
        token = token_in(client.get(FORM))
    return marta, token


def send_late(client, token, **typed):
    fields = {"name": "Marta Nowak", **typed}
    return client.post(FORM, {**fields, "kept_for": token})


def test_what_was_typed_is_kept_and_leads_to_the_sign_in_page(client) -> None:
    marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        answer = send_late(client, token)
        page = client.get(answer.headers["Location"])

    assert answer.headers["Location"] == "/sign-in/"
    assert "You were signed out meanwhile. We kept what you typed." in page.content.decode()
    assert drafts(marta) == [{"path": FORM, "fields": [["name", "Marta Nowak"]]}]
    assert str(member_now(marta).name) == "Marta"


def test_after_signing_in_it_is_shown_and_sent_with_one_click(client) -> None:
    marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        send_late(client, token)
        entered = type_password(client, "marta@example.org")
        page = client.get("/kept/")
        client.post(page.context["path"], dict(page.context["fields"]) | {"kept_form": "yes"})

    assert entered.headers["Location"] == "/kept/"
    assert page.context["words"] == ["Marta Nowak"]
    assert str(member_now(marta).name) == "Marta Nowak"
    assert drafts(marta) == []


def test_a_form_that_is_refused_when_sent_again_is_shown_with_what_was_typed(client) -> None:
    _marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        send_late(client, token, name="")
        type_password(client, "marta@example.org")
        page = client.post(FORM, {"name": "", "kept_form": "yes"})

    assert page.status_code == 200
    assert page.context["form"].errors != {}


def test_it_can_be_thrown_away(client) -> None:
    marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        send_late(client, token)
        type_password(client, "marta@example.org")
        client.post("/kept/drop/")

    assert drafts(marta) == []


def test_it_is_offered_to_its_writer_alone(client, client_of_another) -> None:
    _marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        member_with_address("jan@example.org", mentor=True)
        send_late(client, token)
        entered = type_password(client, "jan@example.org")
        page = client.get("/kept/")

    assert entered.headers["Location"] == "/"
    assert page.headers["Location"] == "/"


def test_it_is_gone_after_a_day(client) -> None:
    _marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        send_late(client, token)
    with time_machine.travel(LATER + timedelta(hours=25), tick=False):
        entered = type_password(client, "marta@example.org")

    assert entered.headers["Location"] == "/"


def test_it_lies_encrypted(client) -> None:
    from django.db import connection

    marta, token = form_left_open(client)
    with time_machine.travel(LATER, tick=False):
        send_late(client, token)

    with scope.entered(marta.organisation_id), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM accounts_draft")
        [[stored]] = cursor.fetchall()
    assert b"Nowak" not in bytes(stored)


def test_passwords_are_never_kept(client) -> None:
    marta, token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        send_late(client, token, password=PASSWORD, new_password="x", pin="123456", code="1")

    assert drafts(marta) == [{"path": FORM, "fields": [["name", "Marta Nowak"]]}]


@pytest.mark.parametrize("token", ["", "made-up", "WyJhIiwiYiJd:1abc:xyz"])
def test_a_form_that_was_drawn_for_nobody_is_not_kept(client, token) -> None:
    marta, _token = form_left_open(client)

    with time_machine.travel(LATER, tick=False):
        answer = send_late(client, token)

    assert answer.headers["Location"] == f"/sign-in/?next={FORM}"
    assert drafts(marta) == []


def test_a_form_drawn_more_than_a_day_ago_is_not_kept(client) -> None:
    marta, token = form_left_open(client)

    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        send_late(client, token)

    assert drafts(marta) == []


def test_a_form_that_was_sent_without_its_token_of_the_browser_is_not_kept() -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    marta, token = form_left_open(Client())

    with time_machine.travel(LATER, tick=False):
        answer = send_late(strict, token)

    assert answer.status_code == 403
    assert drafts(marta) == []


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client) -> None:
    member_with_address("marta@example.org", mentor=True)

    answer = client.get("/account/", headers={"HX-Request": "true", "HX-Current-URL": "/account/"})

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Faccount%2F"
