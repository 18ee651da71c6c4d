"""Signing in: password, second step, locks and limits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import check_password

from kith.accounts.tests.factories import (
    code_now,
    factors_now,
    member_with_address,
    type_password,
    user_now,
    verbs,
    with_app,
)
from kith.base import scope
from kith.gate.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_mentor_signs_in_with_address_and_password(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)

    answer = type_password(client, "Marta@Example.org ")

    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(marta.user_id)
    assert verbs(marta) == ["accounts.sign_in"]


def test_a_wrong_password_and_an_unknown_address_read_the_same(client) -> None:
    member_with_address("marta@example.org", mentor=True)

    wrong = type_password(client, "marta@example.org", "something else entirely")
    unknown = type_password(client, "nobody@example.org", "something else entirely")

    told = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert told[0] == told[1] == ["That did not match. Check what you typed and try again."]
    assert not is_signed_in(client)


def test_five_wrong_passwords_lock_for_fifteen_minutes_and_are_written_down(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)

    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            last = type_password(client, "marta@example.org", "wrong")
        locked = type_password(client, "marta@example.org")
    with time_machine.travel(NOW + timedelta(minutes=14), tick=False):
        still = type_password(client, "marta@example.org")
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        free = type_password(client, "marta@example.org")

    assert [last.status_code, locked.status_code, still.status_code] == [429, 429, 429]
    assert free.status_code == 302
    assert verbs(marta) == ["accounts.failed_sign_in"] * 5 + ["accounts.sign_in"]


def test_the_lock_holds_when_the_memory_of_tries_is_lost(client, no_tries_yet) -> None:
    from django.core.cache import cache

    marta = member_with_address("marta@example.org", mentor=True)
    for _ in range(5):
        type_password(client, "marta@example.org", "wrong")
    cache.clear()

    answer = type_password(client, "marta@example.org")

    assert answer.status_code == 429
    assert user_now(marta).locked_until is not None


def test_an_unknown_address_is_held_up_like_a_known_one(client) -> None:
    member_with_address("marta@example.org", mentor=True)
    for _ in range(5):
        type_password(client, "nobody@example.org", "wrong")

    answer = type_password(client, "nobody@example.org", "wrong")

    assert answer.status_code == 429


def test_one_place_on_the_network_cannot_try_many_addresses(client) -> None:
    member_with_address("marta@example.org", mentor=True)
    for number in range(40):
        type_password(client, f"nobody{number}@example.org", "wrong")

    answer = type_password(client, "marta@example.org")

    assert answer.status_code == 429


def test_failures_are_written_down_without_names_or_addresses(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)

    type_password(client, "marta@example.org", "a secret that was mistyped")

    with scope.entered(marta.organisation_id):
        line = AuditEvent.objects.get()
    assert (line.actor_kind, line.actor_id, line.row_id) == ("job", "sign-in", marta.user_id)
    assert line.changes == {"gate.User": ["failed_tries"]}
    assert line.reason == ""


def test_a_right_password_takes_back_the_count_of_wrong_ones(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)
    for _ in range(4):
        type_password(client, "marta@example.org", "wrong")

    type_password(client, "marta@example.org")

    assert user_now(marta).failed_tries == 0


def test_a_hash_of_older_settings_is_renewed_at_sign_in(client, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    marta = member_with_address("marta@example.org", mentor=True)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]

    answer = type_password(client, "marta@example.org")

    assert answer.status_code == 302
    assert user_now(marta).password.startswith("argon2$argon2id$")
    assert check_password("a long and quiet sentence", user_now(marta).password)


def test_someone_deactivated_cannot_sign_in(client) -> None:
    member_with_address("marta@example.org", mentor=True, active=False)

    answer = type_password(client, "marta@example.org")

    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_sign_in_leads_back_to_the_page_that_was_wanted_but_never_elsewhere(client) -> None:
    member_with_address("marta@example.org", mentor=True)
    typed = {"address": "marta@example.org", "password": "a long and quiet sentence"}

    ours = client.post("/sign-in/", typed | {"next": "/account/"})
    client.post("/sign-out/")
    foreign = client.post("/sign-in/", typed | {"next": "https://example.com/"})

    assert [ours.headers["Location"], foreign.headers["Location"]] == ["/account/", "/"]


# ── The second step ──────────────────────────────────────────────────────────────────────────────


def test_a_second_factor_is_asked_for_before_the_session_opens(client) -> None:
    ewa = member_with_address("ewa@example.org")
    secret = with_app(ewa)

    first = type_password(client, "ewa@example.org")
    between = is_signed_in(client)
    second = client.post("/sign-in/second/", {"code": code_now(secret)})

    assert first.headers["Location"] == "/sign-in/second/"
    assert not between
    assert second.headers["Location"] == "/"
    assert client.session["second_factor"] is True


def test_a_code_works_only_once(client, client_of_another) -> None:
    ewa = member_with_address("ewa@example.org")
    code = code_now(with_app(ewa))
    for browser in (client, client_of_another):
        type_password(browser, "ewa@example.org")

    client.post("/sign-in/second/", {"code": code})
    client_of_another.post("/sign-in/second/", {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(client_of_another)


def test_a_wrong_code_is_counted_and_written_down(client) -> None:
    ewa = member_with_address("ewa@example.org")
    with_app(ewa)
    type_password(client, "ewa@example.org")

    client.post("/sign-in/second/", {"code": "000000"})

    assert not is_signed_in(client)
    assert user_now(ewa).failed_tries == 1
    assert verbs(ewa) == ["accounts.failed_second_factor", "accounts.failed_sign_in"]


def test_five_wrong_codes_lock(client) -> None:
    ewa = member_with_address("ewa@example.org")
    secret = with_app(ewa)
    type_password(client, "ewa@example.org")
    for _ in range(5):
        client.post("/sign-in/second/", {"code": "000000"})

    client.post("/sign-in/second/", {"code": code_now(secret)})

    assert not is_signed_in(client)


def test_figures_from_an_arabic_keyboard_are_understood(client) -> None:
    ewa = member_with_address("ewa@example.org")
    code = code_now(with_app(ewa)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    type_password(client, "ewa@example.org")

    client.post("/sign-in/second/", {"code": code})

    assert is_signed_in(client)


def test_the_second_step_must_follow_within_ten_minutes(client) -> None:
    ewa = member_with_address("ewa@example.org")
    secret = with_app(ewa)

    with time_machine.travel(NOW, tick=False):
        type_password(client, "ewa@example.org")
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        answer = client.post("/sign-in/second/", {"code": code_now(secret)})

    assert answer.headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_nobody_comes_to_the_second_step_without_the_first(client) -> None:
    ewa = member_with_address("ewa@example.org")
    secret = with_app(ewa)

    answer = client.post("/sign-in/second/", {"code": code_now(secret)})

    assert answer.headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_recovery_code_lets_in_once(client, client_of_another) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    ewa = member_with_address("ewa@example.org")
    with_app(ewa)
    code = RecoveryCodes.activate(ewa.user).get_unused_codes()[0]
    for browser in (client, client_of_another):
        type_password(browser, "ewa@example.org")

    client.post("/sign-in/second/", {"code": f"{code[:4]} {code[4:]}"})
    client_of_another.post("/sign-in/second/", {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(client_of_another)
    assert verbs(ewa)[:2] == ["accounts.used_recovery_code", "accounts.sign_in"]
    assert factors_now(ewa) == ["recovery_codes", "totp"]


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────────


def test_signing_out_ends_the_session_and_is_written_down(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)
    type_password(client, "marta@example.org")

    client.post("/sign-out/")

    assert not is_signed_in(client)
    assert verbs(marta) == ["accounts.sign_in", "accounts.end_own_session"]
