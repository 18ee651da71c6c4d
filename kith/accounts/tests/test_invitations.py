"""Invitations: seven days, once, into the roles that were given."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from kith.accounts.commands.cards import BelongsElsewhere, NotYoursToGive
from kith.accounts.commands.invitations import (
    InvitationOver,
    NoRole,
    come_in,
    invite,
    password_link,
    withdraw_invitation,
)
from kith.accounts.events import InvitationAccepted
from kith.accounts.models import Invitation
from kith.accounts.queries import open_invitation
from kith.accounts.tests.factories import (
    member_now,
    member_with_address,
    type_password,
    user_now,
    verbs,
    with_app,
)
from kith.base import events, scope
from kith.base.errors import Denied
from kith.gate.models import Membership, login_token
from kith.gate.roles import Role
from kith.gate.tests.factories import PASSWORD, MembershipFactory, actor_of, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def invited_by(ewa, *roles, **kwargs):
    kwargs.setdefault("now", NOW)
    return invite(
        actor_of(ewa),
        name="Marta Nowa",
        roles=list(roles or [Role.MENTOR]),
        language="pl",
        **kwargs,
    )


def join(client, code, address="marta@example.org", password=PASSWORD):
    typed = {"name": "Marta Nowak", "address": address, "password": password}
    return client.post(f"/invitation/{code}/", typed)


def members_of(organisation_id):
    with scope.entered(organisation_id):
        return [
            (str(member.name), member.roles, str(member.email))
            for member in Membership.objects.order_by("created_at")
        ]


@time_machine.travel(NOW, tick=False)
def test_someone_invited_comes_in_with_an_own_address_and_password(client) -> None:
    ewa = MembershipFactory(name="Ewa", email="ewa@example.org")
    invited = invited_by(ewa)

    answer = join(client, invited.code)

    assert answer.headers["Location"] == "/"
    assert members_of(ewa.organisation_id) == [
        ("Ewa", ["coordinator"], "ewa@example.org"),
        ("Marta Nowak", ["mentor"], "marta@example.org"),
    ]
    assert client.get("/").headers["Content-Language"] == "pl"


@time_machine.travel(NOW, tick=False)
def test_staff_go_on_to_the_second_factor(client) -> None:
    ewa = MembershipFactory()
    invited = invited_by(ewa, Role.COORDINATOR)

    join(client, invited.code)

    assert client.get("/").headers["Location"] == "/account/second-factor/"


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 410), (8, 410)])
def test_a_link_ends_after_seven_days(client, days, status) -> None:
    ewa = MembershipFactory()
    invited = invited_by(ewa)

    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        answer = client.get(f"/invitation/{invited.code}/")

    assert answer.status_code == status


@time_machine.travel(NOW, tick=False)
def test_a_link_works_once(client, client_of_another) -> None:
    ewa = MembershipFactory()
    invited = invited_by(ewa)
    join(client, invited.code)

    answer = join(client_of_another, invited.code, "another@example.org")

    assert answer.status_code == 410
    assert len(members_of(ewa.organisation_id)) == 2


@time_machine.travel(NOW, tick=False)
def test_two_who_follow_one_link_at_once_do_not_both_come_in() -> None:
    ewa = MembershipFactory()
    opened = open_invitation(invited_by(ewa).code, NOW)
    assert opened is not None
    come_in(opened, name="A", address="a@example.org", password=PASSWORD, now=NOW)

    with pytest.raises(InvitationOver):
        come_in(opened, name="B", address="b@example.org", password=PASSWORD, now=NOW)


@time_machine.travel(NOW, tick=False)
def test_a_withdrawn_link_does_not_work(client) -> None:
    ewa = MembershipFactory()
    invited = invited_by(ewa)

    withdraw_invitation(actor_of(ewa), invitation=invited.invitation, now=NOW)

    assert client.get(f"/invitation/{invited.code}/").status_code == 410


@pytest.mark.parametrize("code", ["x", "A" * 54, "%00", "é", "=" * 54])
def test_a_made_up_link_does_not_work(client, code) -> None:
    MembershipFactory()

    assert client.get(f"/invitation/{code}/").status_code == 410


def test_the_secret_of_a_link_is_not_stored() -> None:
    ewa = MembershipFactory()

    invited = invited_by(ewa)

    with scope.entered(ewa.organisation_id):
        stored = Invitation.objects.get()
    assert stored.token not in invited.code
    assert len(invited.code) >= 50


def test_the_room_above_is_told_with_its_own_context() -> None:
    told: list[InvitationAccepted] = []
    events.listen(InvitationAccepted, told.append)
    ewa = MembershipFactory()
    opened = open_invitation(invited_by(ewa, context="elsewhere:17").code, NOW)
    assert opened is not None

    try:
        member = come_in(opened, name="M", address="m@example.org", password=PASSWORD, now=NOW)
    finally:
        events._listeners[InvitationAccepted].remove(told.append)

    assert told == [InvitationAccepted(member, "elsewhere:17")]


def test_a_coordinator_invites_mentors_and_coordinators_but_nobody_above() -> None:
    ewa = MembershipFactory()

    invited_by(ewa, Role.MENTOR, Role.COORDINATOR)
    with pytest.raises(NotYoursToGive):
        invited_by(ewa, Role.PLATFORM_ADMINISTRATOR)
    with pytest.raises(NotYoursToGive):
        invited_by(ewa, Role.MENTOR, Role.SAFEGUARDING_LEAD)

    with scope.entered(ewa.organisation_id):
        assert [one.roles for one in Invitation.objects.all()] == [["coordinator", "mentor"]]


def test_a_platform_administrator_invites_into_any_role() -> None:
    root = MembershipFactory(administrator=True)

    invited = invited_by(root, *Role)

    assert invited.invitation.roles == sorted(Role)


def test_an_invitation_to_no_role_is_refused() -> None:
    ewa = MembershipFactory()

    with pytest.raises(NoRole):
        invite(actor_of(ewa), name="X", roles=[], language="en", now=NOW)


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "data_protection_lead"])
def test_others_invite_nobody(role) -> None:
    someone = MembershipFactory(roles=[role])

    with pytest.raises(Denied):
        invited_by(someone)


@time_machine.travel(NOW, tick=False)
def test_a_weak_password_is_refused_and_the_link_stays(client) -> None:
    ewa = MembershipFactory()
    invited = invited_by(ewa)

    short = join(client, invited.code, password="short")
    common = join(client, invited.code, password="password1234")

    assert [answer.status_code for answer in (short, common)] == [200, 200]
    assert join(client, invited.code).status_code == 302


# ── People who have an account already ───────────────────────────────────────────────────────────


@time_machine.travel(NOW, tick=False)
def test_someone_of_another_organisation_joins_with_the_own_account(client) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True)
    invited = invited_by(ewa, Role.INTERPRETER)

    join(client, invited.code)

    with scope.entered(ewa.organisation_id):
        joined = Membership.objects.get(user_id=marta.user_id)
        assert (joined.roles, str(joined.name)) == (["interpreter"], "Marta Nowak")
    assert client.session["organisation"] == str(ewa.organisation_id)


@time_machine.travel(NOW, tick=False)
def test_an_invitation_does_not_open_the_account_of_someone_else(client) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True)
    invited = invited_by(ewa)

    answer = join(client, invited.code, password="not the right password")

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert user_now(marta).failed_tries == 1


@time_machine.travel(NOW, tick=False)
def test_an_account_with_a_second_factor_is_asked_for_it(client) -> None:
    ewa = MembershipFactory()
    with_app(member_with_address("marta@example.org", mentor=True))
    invited = invited_by(ewa)

    answer = join(client, invited.code)

    assert answer.headers["Location"] == "/sign-in/second/"
    assert "_auth_user_id" not in client.session


@time_machine.travel(NOW, tick=False)
def test_someone_signed_in_joins_with_one_click(client) -> None:
    ewa, marta = MembershipFactory(), MembershipFactory(mentor=True, name="Marta")
    invited = invited_by(ewa)
    sign_in(client, marta)

    client.post(f"/invitation/{invited.code}/")

    joined = [row[:2] for row in members_of(ewa.organisation_id)]
    assert sorted(joined) == sorted([(str(ewa.name), ["coordinator"]), ("Marta", ["mentor"])])
    assert client.session["organisation"] == str(ewa.organisation_id)


# ── A new password ───────────────────────────────────────────────────────────────────────────────


@time_machine.travel(NOW, tick=False)
def test_a_link_gives_a_new_password_and_ends_old_sessions(client, client_of_another) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True, organisation=ewa.organisation)
    type_password(client_of_another, "marta@example.org")
    link = password_link(actor_of(ewa), member=marta, now=NOW)

    typed = {"address": "marta@example.org", "password": "another long and quiet sentence"}
    client.post(f"/invitation/{link.code}/", typed)

    assert client.session["_auth_user_id"] == str(marta.user_id)
    assert client_of_another.get("/").status_code == 302
    assert user_now(marta).check_password("another long and quiet sentence")
    assert member_now(marta).roles == ["mentor"]


def test_a_coordinator_gives_no_password_link_to_an_administrator() -> None:
    ewa = MembershipFactory()
    root = MembershipFactory(administrator=True, organisation=ewa.organisation)

    with pytest.raises(Denied):
        password_link(actor_of(ewa), member=root, now=NOW)


def test_nobody_gets_a_link_to_an_account_that_is_also_used_elsewhere() -> None:
    ewa, marta = MembershipFactory(), MembershipFactory(mentor=True)
    here = MembershipFactory(mentor=True, user=marta.user, organisation=ewa.organisation)

    with pytest.raises(BelongsElsewhere):
        password_link(actor_of(ewa), member=here, now=NOW)


# ── Pages and mail ───────────────────────────────────────────────────────────────────────────────


def invite_on_page(client, **typed):
    session = client.session
    session["proved_at"] = datetime.now(tz=UTC).timestamp()
    session.save()
    fields = {"name": "Marta Nowa", "language": "pl", "roles": ["mentor"], **typed}
    return client.post("/members/invite/", fields)


def test_the_page_shows_the_link_once_and_it_leads_in(client, client_of_another) -> None:
    ewa = MembershipFactory()
    sign_in(client, ewa)

    page = invite_on_page(client)
    joined = client_of_another.get(page.context["link"])

    assert joined.status_code == 200
    assert str(joined.context["organisation"]) == str(ewa.organisation)
    assert mail.outbox == []


def test_the_link_is_mailed_in_the_language_of_the_invited_where_mail_is_set_up(
    client, settings
) -> None:
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    ewa = MembershipFactory()
    sign_in(client, ewa)

    page = invite_on_page(client, email="marta@example.org")

    assert [message.to for message in mail.outbox] == [["marta@example.org"]]
    assert page.context["link"] in mail.outbox[0].body
    assert page.context["is_sent"] is True


def test_the_form_offers_a_coordinator_no_role_above(client) -> None:
    ewa = MembershipFactory()
    sign_in(client, ewa)

    page = invite_on_page(client, roles=["platform_administrator"])

    assert page.status_code == 200
    assert "roles" in page.context["form"].errors
    assert verbs(ewa) == []


def test_the_login_of_an_invitation_is_a_keyed_hash() -> None:
    ewa = MembershipFactory()
    opened = open_invitation(invited_by(ewa).code, NOW)
    assert opened is not None

    member = come_in(opened, name="M", address="M@Example.org", password=PASSWORD, now=NOW)

    assert user_now(member).login == login_token("m@example.org")
