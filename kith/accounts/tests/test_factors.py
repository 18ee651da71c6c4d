"""Second factors: compulsory for staff, set up by app or passkey, recovery codes once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from kith.accounts.commands.factors import LastFactor, turn_off_app, turn_on_app
from kith.accounts.queries import factors_of
from kith.accounts.tests.factories import (
    code_now,
    factors_now,
    member_with_address,
    type_password,
    verbs,
    with_app,
)
from kith.base.errors import Denied
from kith.gate.roles import STAFF, Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_a_second_factor_reach_nothing_but_its_set_up(client, role) -> None:
    member_with_address("ewa@example.org", roles=[role.value])
    type_password(client, "ewa@example.org")

    answers = [client.get(path) for path in ("/", "/account/", "/members/", "/search/")]
    set_up = client.get("/account/second-factor/")

    assert {answer.headers["Location"] for answer in answers} == {"/account/second-factor/"}
    assert set_up.status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_others_may_do_without(client, role) -> None:
    member_with_address("marta@example.org", roles=[role.value])
    type_password(client, "marta@example.org")

    assert client.get("/").status_code == 200


def test_the_demo_asks_nobody_for_a_second_factor(client, settings) -> None:
    settings.KITH_DEMO = True
    member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")

    assert client.get("/").status_code == 200


def test_a_coordinator_sets_up_an_app_and_is_let_through(client) -> None:
    ewa = member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")

    page = client.get("/account/second-factor/app/")
    secret = page.context["letters"].replace(" ", "").upper()
    done = client.post("/account/second-factor/app/", {"code": code_now(secret)})

    assert "<svg" in page.context["picture"]
    assert done.headers["Location"] == "/account/recovery-codes/"
    assert factors_now(ewa) == ["recovery_codes", "totp"]
    assert client.get("/").status_code == 200


def test_the_secret_of_an_app_lies_sealed_in_the_database_and_in_the_session(client) -> None:
    ewa = member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")
    page = client.get("/account/second-factor/app/")
    secret = page.context["letters"].replace(" ", "").upper()

    waiting = str(dict(client.session.items()))
    client.post("/account/second-factor/app/", {"code": code_now(secret)})

    stored = str(Authenticator.objects.get(user_id=ewa.user_id, type="totp").data)
    assert (secret in waiting, secret in stored) == (False, False)


def test_a_wrong_code_sets_nothing_up_and_keeps_the_picture(client) -> None:
    ewa = member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")
    before = client.get("/account/second-factor/app/").context["letters"]

    answer = client.post("/account/second-factor/app/", {"code": "000000"})

    assert answer.context["letters"] == before
    assert factors_now(ewa) == []


def test_recovery_codes_are_shown_until_they_were_put_away_and_never_again(client) -> None:
    ewa = member_with_address("ewa@example.org")
    type_password(client, "ewa@example.org")
    secret = client.get("/account/second-factor/app/").context["letters"].replace(" ", "")
    client.post("/account/second-factor/app/", {"code": code_now(secret)})

    shown = client.get("/account/recovery-codes/")
    client.post("/account/recovery-codes/")
    again = client.get("/account/recovery-codes/")

    assert len(re.findall(r"<li>\d{4} \d{4}</li>", shown.content.decode())) == 10
    assert again.headers["Location"] == "/account/"
    assert factors_of(ewa.user_id).codes_left == 10


def test_new_recovery_codes_replace_the_old_ones(client) -> None:
    ewa = MembershipFactory()
    with_app(ewa)
    sign_in(client, ewa)
    prove(client)

    client.post("/account/recovery-codes/renew/")
    first = client.get("/account/recovery-codes/").context["codes"]
    client.post("/account/recovery-codes/renew/")
    second = client.get("/account/recovery-codes/").context["codes"]

    assert not set(first) & set(second)


def prove(client) -> None:
    session = client.session
    session["proved_at"] = datetime.now(tz=UTC).timestamp()
    session.save()


def test_staff_cannot_give_up_the_last_second_factor() -> None:
    ewa = MembershipFactory()
    with_app(ewa)

    with pytest.raises(LastFactor):
        turn_off_app(actor_of(ewa), user=ewa.user)

    assert factors_now(ewa) == ["totp"]


def test_a_mentor_may_give_it_up_and_the_codes_go_with_it() -> None:
    marta = MembershipFactory(mentor=True)
    secret = with_app(marta)
    turn_on_app(actor_of(marta), user=marta.user, secret=secret, code=code_now(secret))

    turn_off_app(actor_of(marta), user=marta.user)

    assert factors_now(marta) == []


def test_nobody_sets_up_a_second_factor_for_someone_else() -> None:
    ewa, jan = MembershipFactory(), MembershipFactory()

    with pytest.raises(Denied):
        turn_on_app(actor_of(ewa), user=jan.user, secret="A" * 32, code="000000")

    assert factors_now(jan) == []


def test_staff_who_became_staff_while_signed_in_are_asked_at_the_next_click(client) -> None:
    marta = member_with_address("marta@example.org", mentor=True)
    type_password(client, "marta@example.org")
    from kith.base import permit, scope

    with scope.entered(marta.organisation_id), permit.lifted():
        marta.roles = ["supervisor"]
        marta.save()

    assert client.get("/").headers["Location"] == "/account/second-factor/"


def test_a_second_factor_that_exists_is_asked_for_instead_of_a_new_one(client) -> None:
    ewa = MembershipFactory()
    with_app(ewa)
    sign_in(client, ewa)
    session = client.session
    session["second_factor"] = False
    session.save()

    answer = client.get("/")
    set_up = client.get("/account/second-factor/app/")

    assert answer.headers["Location"] == "/sign-in/again/?next=%2F"
    assert set_up.headers["Location"].startswith("/sign-in/again/")


# ── Proving again ────────────────────────────────────────────────────────────────────────────────


def test_a_sensitive_page_asks_again_after_half_an_hour(client) -> None:
    ewa = member_with_address("ewa@example.org")
    secret = with_app(ewa)
    with time_machine.travel(NOW, tick=False):
        type_password(client, "ewa@example.org")
        client.post("/sign-in/second/", {"code": code_now(secret)})
    with time_machine.travel(NOW + timedelta(minutes=29), tick=False):
        fresh = client.get("/members/invite/")
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        client.get("/")
        stale = client.get("/members/invite/")
        proven = client.post(
            "/sign-in/again/", {"code": code_now(secret), "next": "/members/invite/"}
        )
        then = client.get("/members/invite/")

    assert fresh.status_code == 200
    assert stale.headers["Location"] == "/sign-in/again/?next=%2Fmembers%2Finvite%2F"
    assert proven.headers["Location"] == "/members/invite/"
    assert then.status_code == 200


def test_a_wrong_code_proves_nothing(client) -> None:
    ewa = MembershipFactory()
    with_app(ewa)
    sign_in(client, ewa)

    client.post("/sign-in/again/", {"code": "000000"})

    assert client.get("/members/invite/").headers["Location"].startswith("/sign-in/again/")
    assert verbs(ewa) == ["accounts.failed_second_factor", "accounts.failed_sign_in"]


def test_what_was_typed_waits_while_someone_proves_again(client) -> None:
    ewa = MembershipFactory()
    secret = with_app(ewa)
    sign_in(client, ewa)
    typed = {"name": "Marta Nowa", "language": "pl", "roles": ["mentor"]}

    answer = client.post("/members/invite/", typed)
    client.post("/sign-in/again/", {"code": code_now(secret)})
    kept = client.get("/kept/")

    assert answer.headers["Location"] == "/sign-in/again/?next=%2Fkept%2F"
    assert kept.context["path"] == "/members/invite/"
    assert kept.context["fields"] == [
        ("name", "Marta Nowa"),
        ("language", "pl"),
        ("roles", "mentor"),
    ]
