"""Letting someone with a record come in, by card and by invitation."""

from datetime import date

import pytest
from django.urls import reverse

from kith.accounts.models import Invitation
from kith.base import clock, scope
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people import commands
from kith.people.tests.factories import MentorFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    """A coordinator."""
    return MembershipFactory(roles=[Role.COORDINATOR.value])


@pytest.fixture
def page(client, ewa):
    """The browser of a coordinator, inside the organisation."""
    sign_in(client, ewa)
    session = client.session
    session["proved_at"] = clock.now().timestamp()
    session.save()
    with scope.entered(ewa.organisation_id, user_id=ewa.user_id):
        yield client


def open_sign_in(page, person):
    return page.post(reverse("people:open_sign_in", args=[person.pk]))


def invite_address(person) -> str:
    return f"{reverse('accounts:invite')}?for=person:{person.pk}"


def roles_of_sign_in(person) -> list[str]:
    person.refresh_from_db()
    return Membership.objects.get(user=person.user).roles


def test_a_card_is_made_for_the_sign_in_of_the_record(page, ewa):
    person = ParticipantFactory(organisation=ewa.organisation, language="ar")

    answer = open_sign_in(page, person)

    assert roles_of_sign_in(person) == [Role.PARTICIPANT.value]
    assert person.user.language == "ar"
    assert answer.headers["Location"] == reverse("accounts:card", args=[person.user_id])


def test_someone_on_both_sides_comes_in_with_both_roles(page, ewa):
    person = ParticipantFactory(organisation=ewa.organisation)
    commands.take_side(actor_of(ewa), person=person, side="mentor", today=date(2026, 11, 22))

    open_sign_in(page, person)

    assert roles_of_sign_in(person) == [Role.MENTOR.value, Role.PARTICIPANT.value]


def test_a_second_sign_in_is_refused(page, ewa):
    person = MentorFactory(organisation=ewa.organisation)
    commands.open_sign_in(actor_of(ewa), person=person)

    with pytest.raises(commands.AlreadyIn):
        commands.open_sign_in(actor_of(ewa), person=person)


def test_an_invitation_is_filled_in_from_the_record(page, ewa):
    person = MentorFactory(organisation=ewa.organisation, name="Aniela Bartocha")

    form = page.get(invite_address(person)).context["form"]

    assert form.initial == {
        "name": "Aniela Bartocha",
        "email": str(person.email),
        "language": "en",
        "roles": [Role.MENTOR.value],
    }


def test_who_follows_the_invitation_of_a_record_signs_in_as_that_person(page, ewa):
    person = MentorFactory(organisation=ewa.organisation)
    typed = {"name": "Aniela", "language": "en", "roles": [Role.MENTOR.value]}
    link = page.post(invite_address(person), typed).context["link"]
    page.logout()

    page.post(link, {"name": "Aniela", "address": "a@b.example", "password": "seven birches lamp"})

    assert Invitation.objects.get().accepted_at is not None
    assert roles_of_sign_in(person) == [Role.MENTOR.value]


def test_nobody_invites_a_record_of_another_house(page):
    stranger = MentorFactory()

    answer = page.get(invite_address(stranger))

    assert answer.status_code == 404


def test_a_record_that_has_a_sign_in_is_not_invited_again(page, ewa):
    person = MentorFactory(organisation=ewa.organisation)
    commands.open_sign_in(actor_of(ewa), person=person)

    answer = page.get(invite_address(person))

    assert answer.status_code == 404


def test_the_record_leads_to_the_card_of_who_can_sign_in(page, ewa):
    person = MentorFactory(organisation=ewa.organisation)
    user = commands.open_sign_in(actor_of(ewa), person=person)

    links = page.get(reverse("people:person", args=[person.pk])).context["sign_in"]

    assert links == {"card": reverse("accounts:card", args=[user.pk])}


def test_a_mentor_is_offered_no_way_to_let_others_in(client):
    member = MembershipFactory(roles=[Role.MENTOR.value])
    sign_in(client, member)
    with scope.entered(member.organisation_id, user_id=member.user_id):
        person = MentorFactory(organisation=member.organisation, user=member.user)

        links = client.get(reverse("people:person", args=[person.pk])).context["sign_in"]

    assert links == {}
