"""One's own account: name, address, password, devices."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.accounts.models import Visit
from kith.accounts.tests.factories import (
    VisitFactory,
    member_now,
    member_with_address,
    type_password,
    user_now,
    verbs,
)
from kith.base import scope
from kith.gate.models import login_token
from kith.gate.tests.factories import PASSWORD, MembershipFactory, sign_in

pytestmark = pytest.mark.django_db

NEW = "another long and quiet sentence"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Mobile Safari/537.36"


def marta_signed_in(client):
    marta = member_with_address("marta@example.org", mentor=True, name="Marta")
    type_password(client, "marta@example.org")
    return marta


def visits(membership):
    with scope.entered(membership.organisation_id):
        return list(Visit.objects.order_by("created_at"))


def test_someone_changes_the_own_name(client) -> None:
    marta = marta_signed_in(client)

    client.post("/account/name/", {"name": "Marta Nowak"})

    assert str(member_now(marta).name) == "Marta Nowak"
    assert verbs(marta)[-1] == "accounts.change_own"


def test_someone_changes_the_own_language_and_reads_it_at_once(client) -> None:
    marta = marta_signed_in(client)

    client.post("/account/language/", {"language": "ar"})

    assert user_now(marta).language == "ar"
    assert client.get("/account/").headers["Content-Language"] == "ar"


def test_a_new_password_keeps_this_device_and_signs_out_the_others(
    client, client_of_another
) -> None:
    marta = marta_signed_in(client)
    type_password(client_of_another, "marta@example.org")

    client.post("/account/password/", {"password": PASSWORD, "new_password": NEW})

    assert user_now(marta).check_password(NEW)
    assert client.get("/account/").status_code == 200
    assert client_of_another.get("/account/").status_code == 302
    assert len(visits(marta)) == 1


def test_the_present_password_is_needed_for_a_new_one(client) -> None:
    marta = marta_signed_in(client)

    page = client.post("/account/password/", {"password": "wrong", "new_password": NEW})

    assert page.status_code == 200
    assert user_now(marta).check_password(PASSWORD)


def test_guessing_the_present_password_locks(client) -> None:
    marta = marta_signed_in(client)
    for _ in range(5):
        client.post("/account/password/", {"password": "wrong", "new_password": NEW})

    client.post("/account/password/", {"password": PASSWORD, "new_password": NEW})

    assert user_now(marta).check_password(PASSWORD)


def test_someone_signs_in_with_another_address_afterwards(client, client_of_another) -> None:
    marta = marta_signed_in(client)

    client.post("/account/address/", {"address": "new@example.org", "new_password": NEW})
    old = type_password(client_of_another, "marta@example.org")
    new = type_password(client_of_another, "new@example.org", NEW)

    assert (old.status_code, new.status_code) == (200, 302)
    assert str(member_now(marta).email) == "new@example.org"
    assert client.get("/account/").status_code == 200


def test_an_address_of_someone_else_is_refused(client) -> None:
    member_with_address("ewa@example.org")
    marta = marta_signed_in(client)

    page = client.post("/account/address/", {"address": "ewa@example.org", "new_password": NEW})

    assert page.status_code == 200
    assert user_now(marta).login == login_token("marta@example.org")


def test_another_address_is_kept_in_every_organisation(client) -> None:
    marta = marta_signed_in(client)
    there = MembershipFactory(user=marta.user, email="marta@example.org")

    client.post("/account/address/", {"address": "new@example.org", "new_password": NEW})

    assert str(member_now(there).email) == "new@example.org"


# ── Devices ──────────────────────────────────────────────────────────────────────────────────────


def test_only_a_coarse_word_is_kept_of_the_device(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)
    typed = {"address": "marta@example.org", "password": PASSWORD}

    client.post("/sign-in/", typed, HTTP_USER_AGENT=PHONE, REMOTE_ADDR="192.0.2.7")

    [visit] = visits(marta)
    stored = " ".join(str(value) for value in visit.__dict__.values())
    assert (visit.device, visit.way) == ("phone", "password")
    assert [word in stored for word in ("Pixel", "Android", "192.0.2.7")] == [False] * 3


def test_all_own_devices_are_listed_the_present_one_first(client, client_of_another) -> None:
    marta_signed_in(client)
    client_of_another.defaults["HTTP_USER_AGENT"] = PHONE
    type_password(client_of_another, "marta@example.org")

    page = client.get("/account/")

    places = [(str(word), place.is_here) for place, word in page.context["places"]]
    assert places == [("Computer", True), ("Phone", False)]


def test_one_device_is_signed_out_from_another(client, client_of_another) -> None:
    marta = marta_signed_in(client)
    type_password(client_of_another, "marta@example.org")
    other = visits(marta)[1]

    client.post(f"/account/sessions/{other.pk}/end/")

    assert client.get("/account/").status_code == 200
    assert client_of_another.get("/account/").status_code == 302


def test_nobody_signs_out_the_device_of_someone_else(client) -> None:
    ewa = MembershipFactory()
    marta = MembershipFactory(mentor=True, organisation=ewa.organisation)
    visit = VisitFactory(organisation=ewa.organisation, user=ewa.user)
    sign_in(client, marta)

    answer = client.post(f"/account/sessions/{visit.pk}/end/")

    assert answer.status_code == 404
    assert [one.pk for one in visits(ewa)] == [visit.pk]


def test_someone_signs_out_everywhere(client, client_of_another) -> None:
    marta = marta_signed_in(client)
    type_password(client_of_another, "marta@example.org")

    client.post("/account/sessions/end/")

    assert [client.get("/account/").status_code] == [302]
    assert client_of_another.get("/account/").status_code == 302
    assert visits(marta) == []


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_session_slides_with_every_click_and_ends_when_there_is_none(client, settings) -> None:
    minutes = settings.SESSION_COOKIE_AGE // 60
    with time_machine.travel(NOW, tick=False):
        marta_signed_in(client)
    with time_machine.travel(NOW + timedelta(minutes=minutes - 1), tick=False):
        first = client.get("/account/")
    with time_machine.travel(NOW + timedelta(minutes=2 * minutes - 3), tick=False):
        second = client.get("/account/")
    with time_machine.travel(NOW + timedelta(minutes=3 * minutes), tick=False):
        third = client.get("/account/")

    assert [answer.status_code for answer in (first, second, third)] == [200, 200, 302]


def test_a_session_ends_after_a_long_day_however_busy(client) -> None:
    with time_machine.travel(NOW, tick=False):
        marta_signed_in(client)
    for minutes in range(20, 12 * 60 + 1, 20):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            last = client.get("/account/")
    with time_machine.travel(NOW + timedelta(hours=12, minutes=1), tick=False):
        over = client.get("/account/")

    assert (last.status_code, over.headers["Location"]) == (200, "/sign-in/")


def test_the_page_of_a_card_holder_offers_an_address_instead(client) -> None:
    from kith.accounts.commands.cards import issue_card
    from kith.gate.tests.factories import actor_of

    ewa = MembershipFactory()
    issued = issue_card(actor_of(ewa), name="Amal")
    client.post("/sign-in/card/", {"number": issued.number, "pin": issued.pin})

    page = client.get("/account/")
    client.post("/account/address/", {"address": "amal@example.org", "new_password": NEW})
    after = client.get("/account/")

    assert page.context["card"] is not None
    assert after.context["card"] is None
