"""Who has which role, and who may change that."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.commands.cards import BelongsElsewhere, NotYoursToGive
from kith.accounts.commands.members import (
    LastAdministrator,
    LastInviter,
    change_roles,
    deactivate,
    reactivate,
    reset_second_factor,
    unlock,
)
from kith.accounts.tests.factories import (
    factors_now,
    member_now,
    member_with_address,
    type_password,
    user_now,
    verbs,
    with_app,
)
from kith.base.errors import Denied
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in

pytestmark = pytest.mark.django_db


def prove(client):
    session = client.session
    session["proved_at"] = datetime.now(tz=UTC).timestamp()
    session.save()


def colleague(of, **traits):
    return MembershipFactory(organisation=of.organisation, **traits)


def test_a_coordinator_gives_and_takes_roles_that_are_no_staff_roles() -> None:
    ewa = MembershipFactory()
    marta = colleague(ewa, mentor=True)

    change_roles(actor_of(ewa), member=marta, roles=[Role.MENTOR, Role.INTERPRETER])

    assert member_now(marta).roles == ["interpreter", "mentor"]
    assert verbs(ewa) == ["accounts.change_roles"]


@pytest.mark.parametrize("role", [Role.PLATFORM_ADMINISTRATOR, Role.SAFEGUARDING_LEAD])
def test_a_coordinator_gives_no_staff_role_they_do_not_hold(role) -> None:
    ewa = MembershipFactory()
    marta = colleague(ewa, mentor=True)

    with pytest.raises(NotYoursToGive):
        change_roles(actor_of(ewa), member=marta, roles=[Role.MENTOR, role])

    assert member_now(marta).roles == ["mentor"]


def test_nobody_lifts_themselves() -> None:
    ewa = MembershipFactory()

    with pytest.raises(NotYoursToGive):
        change_roles(actor_of(ewa), member=ewa, roles=[Role.COORDINATOR, Role.ASSESSOR])


def test_a_coordinator_does_not_touch_an_administrator() -> None:
    ewa = MembershipFactory()
    root = colleague(ewa, administrator=True)

    for act in (deactivate, unlock, reset_second_factor):
        with pytest.raises(Denied):
            act(actor_of(ewa), member=root)
    with pytest.raises(Denied):
        change_roles(actor_of(ewa), member=root, roles=[Role.MENTOR])

    assert (member_now(root).active, member_now(root).roles) == (True, ["platform_administrator"])


def test_a_platform_administrator_gives_any_role() -> None:
    root = MembershipFactory(administrator=True)
    marta = colleague(root, mentor=True)

    change_roles(actor_of(root), member=marta, roles=[Role.SAFEGUARDING_LEAD])

    assert member_now(marta).roles == ["safeguarding_lead"]


@pytest.mark.parametrize("role", ["mentor", "supervisor", "data_protection_lead", "participant"])
def test_others_change_nothing(role) -> None:
    someone = MembershipFactory(roles=[role])
    marta = colleague(someone, mentor=True)

    with pytest.raises(Denied):
        change_roles(actor_of(someone), member=marta, roles=[Role.LEARNER])


def test_the_last_administrator_stays() -> None:
    root = MembershipFactory(administrator=True)
    colleague(root, coordinator=True)

    with pytest.raises(LastAdministrator):
        change_roles(actor_of(root), member=root, roles=[Role.COORDINATOR])
    with pytest.raises(LastAdministrator):
        deactivate(actor_of(root), member=root)

    assert (member_now(root).active, member_now(root).roles) == (True, ["platform_administrator"])


def test_an_administrator_whose_role_another_holds_too_may_go() -> None:
    root = MembershipFactory(administrator=True)
    second = colleague(root, administrator=True)

    deactivate(actor_of(root), member=second)

    assert member_now(second).active is False
    with pytest.raises(LastAdministrator):
        deactivate(actor_of(root), member=root)


def test_the_last_one_who_can_invite_stays() -> None:
    ewa = MembershipFactory()
    colleague(ewa, mentor=True)

    with pytest.raises(LastInviter):
        change_roles(actor_of(ewa), member=ewa, roles=[Role.MENTOR])


def test_someone_deactivated_is_out_at_once(client) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True, organisation=ewa.organisation)
    type_password(client, "marta@example.org")

    deactivate(actor_of(ewa), member=marta)
    answer = client.get("/account/")
    again = type_password(client, "marta@example.org")

    assert answer.headers["Location"].startswith("/sign-in/")
    assert again.status_code == 200


def test_a_session_of_someone_who_belongs_nowhere_ends_even_if_it_was_overlooked(client) -> None:
    marta = MembershipFactory(mentor=True)
    sign_in(client, marta)
    from kith.base import permit, scope

    with scope.entered(marta.organisation_id), permit.lifted():
        marta.active = False
        marta.save()

    answer = client.get("/account/")

    assert answer.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_someone_is_let_in_again_with_the_roles_from_before(client) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True, organisation=ewa.organisation)
    deactivate(actor_of(ewa), member=marta)

    reactivate(actor_of(ewa), member=member_now(marta))

    assert type_password(client, "marta@example.org").headers["Location"] == "/"


def test_a_coordinator_unlocks_someone(client) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True, organisation=ewa.organisation)
    for _ in range(5):
        type_password(client, "marta@example.org", "wrong")

    unlock(actor_of(ewa), member=member_now(marta))

    assert user_now(marta).locked_until is None
    assert type_password(client, "marta@example.org").status_code == 302


def test_a_reset_removes_all_second_factors_and_sessions() -> None:
    ewa = MembershipFactory()
    jan = colleague(ewa, coordinator=True)
    with_app(jan)

    reset_second_factor(actor_of(ewa), member=jan)

    assert factors_now(jan) == []


def test_a_second_factor_is_not_reset_from_another_organisation() -> None:
    jan, ewa = MembershipFactory(), MembershipFactory()
    with_app(jan)
    here = MembershipFactory(user=jan.user, organisation=ewa.organisation)

    with pytest.raises(BelongsElsewhere):
        reset_second_factor(actor_of(ewa), member=here)

    assert factors_now(jan) == ["totp"]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def shown(client, query=""):
    page = client.get(f"/members/{query}")
    return [str(member.name) for member, _roles in page.context["members"]]


def test_a_coordinator_sees_helpers_participants_and_former_members_apart(client) -> None:
    ewa = MembershipFactory(name="Ewa")
    colleague(ewa, mentor=True, name="Marta")
    colleague(ewa, participant=True, name="Amal")
    colleague(ewa, mentor=True, name="Jan", active=False)
    MembershipFactory(name="Stranger")
    sign_in(client, ewa)

    lists = [shown(client, f"?show={kind}") for kind in ("helpers", "participants", "former")]

    assert lists == [["Marta", "Ewa"], ["Amal"], ["Jan"]]


def test_a_platform_administrator_sees_nothing_about_participants(client) -> None:
    root = MembershipFactory(administrator=True, name="Root")
    amal = colleague(root, participant=True, name="Amal")
    sign_in(client, root)

    assert shown(client, "?show=participants") == []
    assert shown(client) == ["Root"]
    assert client.get(f"/members/{amal.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "learner"])
def test_others_see_no_members(client, role) -> None:
    someone = MembershipFactory(roles=[role])
    sign_in(client, someone)

    assert client.get("/members/").status_code == 404


def test_roles_are_changed_on_the_page(client) -> None:
    ewa = MembershipFactory()
    marta = colleague(ewa, mentor=True)
    sign_in(client, ewa)
    prove(client)

    client.post(f"/members/{marta.pk}/roles/", {"roles": ["mentor", "group_lead"]})

    assert member_now(marta).roles == ["group_lead", "mentor"]


def test_what_is_refused_is_said_in_the_form(client) -> None:
    root = MembershipFactory(administrator=True)
    sign_in(client, root)
    prove(client)

    page = client.post(f"/members/{root.pk}/roles/", {"roles": ["coordinator"]})

    assert page.context["form"].non_field_errors() == [
        "This is the last platform administrator. Give the role to someone else first."
    ]


def test_a_member_of_another_organisation_is_unknown(client) -> None:
    ewa, stranger = MembershipFactory(), MembershipFactory()
    sign_in(client, ewa)
    prove(client)

    answers = [
        client.get(f"/members/{stranger.pk}/"),
        client.post(f"/members/{stranger.pk}/act/", {"act": "deactivate"}),
        client.post(f"/members/{stranger.pk}/roles/", {"roles": ["mentor"]}),
        client.post(f"/members/{stranger.pk}/password/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert member_now(stranger).active is True


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(client) -> None:
    ewa = MembershipFactory()
    sign_in(client, ewa)
    client.get("/members/")

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/members/")
    for _ in range(2):
        colleague(ewa, mentor=True)
    with CaptureQueriesContext(connection) as three:
        client.get("/members/")

    assert len(one) == len(three)


def test_a_long_list_goes_on_where_it_stopped(client) -> None:
    ewa = MembershipFactory()
    for _ in range(50):
        colleague(ewa, mentor=True)
    sign_in(client, ewa)

    first = client.get("/members/")
    second = client.get(f"/members/{first.context['next_url']}")

    pages = [[member.pk for member, _ in page.context["members"]] for page in (first, second)]
    assert [len(page) for page in pages] == [50, 1]
    assert pages[1] == [ewa.pk]
