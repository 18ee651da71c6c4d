"""Cards: how participants come in without e-mail."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.accounts.commands.cards import (
    BelongsElsewhere,
    CardChanged,
    NoCardForStaff,
    NotYoursToGive,
    issue_card,
    make_card,
    open_account_for,
    revoke_card,
)
from kith.accounts.models import Card
from kith.accounts.queries import member_of
from kith.accounts.rules import CARD_LETTERS, grouped
from kith.accounts.tests.factories import (
    member_now,
    member_with_address,
    type_password,
    user_now,
    verbs,
)
from kith.base import clock, scope
from kith.base.errors import Denied
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def amal_of(ewa):
    """A participant of Ewa's organisation, with a card."""
    issued = issue_card(actor_of(ewa), name="أمل الحداد", role=Role.PARTICIPANT, language="ar")
    with scope.entered(ewa.organisation_id):
        return issued, Membership.objects.select_related("user").get(user=issued.user)


def type_card(client, issued, pin=None):
    return client.post("/sign-in/card/", {"number": issued.number, "pin": pin or issued.pin})


def prove(client):
    session = client.session
    session["proved_at"] = clock.now().timestamp()
    session.save()


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_participant_comes_in_with_number_and_pin(client) -> None:
    ewa = MembershipFactory()
    issued, amal = amal_of(ewa)

    answer = type_card(client, issued)

    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(amal.user_id)
    assert amal.roles == ["participant"]


def test_number_and_pin_may_be_typed_as_people_type(client) -> None:
    ewa = MembershipFactory()
    issued, _amal = amal_of(ewa)
    typed = grouped(issued.number).lower().replace(" ", " - ")
    pin = issued.pin.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    client.post("/sign-in/card/", {"number": typed, "pin": f" {pin} "})

    assert is_signed_in(client)


def test_the_language_of_the_card_greets_the_one_who_comes_in(client) -> None:
    ewa = MembershipFactory()
    issued, _amal = amal_of(ewa)

    type_card(client, issued)

    assert client.get("/").headers["Content-Language"] == "ar"


def test_five_wrong_pins_lock_the_card_for_fifteen_minutes(client) -> None:
    ewa = MembershipFactory()
    issued, amal = amal_of(ewa)
    wrong = f"{(int(issued.pin) + 1) % 10**6:06}"

    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            type_card(client, issued, wrong)
        type_card(client, issued)
        locked = is_signed_in(client)
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        type_card(client, issued)
        free = is_signed_in(client)

    assert (locked, free) == (False, True)
    assert verbs(amal).count("accounts.failed_sign_in") == 5


def test_number_and_pin_are_stored_nowhere() -> None:
    ewa = MembershipFactory()

    issued, amal = amal_of(ewa)

    user = user_now(amal)
    assert issued.number not in (user.login, user.password)
    assert issued.pin not in user.password
    assert user.login != issued.number.casefold()


def test_the_number_is_long_and_without_letters_that_look_alike() -> None:
    ewa = MembershipFactory()
    numbers = [amal_of(ewa)[0].number for _ in range(5)]

    assert len(set(numbers)) == 5
    assert {len(number) for number in numbers} == {16}
    assert set("".join(numbers)) <= set(CARD_LETTERS)
    assert not set("01OIL") & set(CARD_LETTERS)


def test_a_card_taken_back_lets_nobody_in_and_ends_the_session(client, client_of_another) -> None:
    ewa = MembershipFactory()
    issued, amal = amal_of(ewa)
    type_card(client, issued)

    revoke_card(actor_of(ewa), member=amal, now=NOW)
    type_card(client_of_another, issued)

    assert client.get("/").status_code == 302
    assert not is_signed_in(client_of_another)


def test_a_new_card_stops_the_old_one(client, client_of_another) -> None:
    ewa = MembershipFactory()
    old, amal = amal_of(ewa)

    new = make_card(actor_of(ewa), member=amal, now=NOW)
    type_card(client, old)
    type_card(client_of_another, new)

    assert (is_signed_in(client), is_signed_in(client_of_another)) == (False, True)
    with scope.entered(ewa.organisation_id):
        states = list(Card.objects.order_by("created_at").values_list("revoked_at", flat=True))
    assert states == [NOW, None]


def test_pressing_the_button_twice_makes_one_card() -> None:
    ewa = MembershipFactory()
    amal = MembershipFactory(participant=True, organisation=ewa.organisation)
    make_card(actor_of(ewa), member=amal, now=NOW, seen=None)

    with pytest.raises(CardChanged):
        make_card(actor_of(ewa), member=member_now(amal), now=NOW, seen=None)

    with scope.entered(ewa.organisation_id):
        assert Card.objects.count() == 1


def test_a_mentor_who_wishes_gets_a_card_instead_of_the_address(client, client_of_another) -> None:
    ewa = MembershipFactory()
    marta = member_with_address("marta@example.org", mentor=True, organisation=ewa.organisation)

    issued = issue_card(actor_of(ewa), user=marta.user)
    type_card(client, issued)
    type_password(client_of_another, "marta@example.org")

    assert (is_signed_in(client), is_signed_in(client_of_another)) == (True, False)


def test_staff_get_no_card() -> None:
    ewa = MembershipFactory()
    jan = MembershipFactory(organisation=ewa.organisation, roles=["coordinator", "mentor"])

    with pytest.raises(NoCardForStaff):
        issue_card(actor_of(ewa), user=jan.user)


def test_a_coordinator_makes_no_card_for_another_organisation() -> None:
    ewa, stranger = MembershipFactory(), MembershipFactory(participant=True)

    with pytest.raises(Denied):
        make_card(actor_of(ewa), member=stranger, now=NOW)


def test_a_card_cannot_take_over_someone_who_also_belongs_elsewhere() -> None:
    ewa = MembershipFactory()
    marta = MembershipFactory(mentor=True)
    here = MembershipFactory(mentor=True, user=marta.user, organisation=ewa.organisation)
    before = user_now(marta).login

    with pytest.raises(BelongsElsewhere):
        make_card(actor_of(ewa), member=here, now=NOW)

    assert user_now(marta).login == before


@pytest.mark.parametrize("role", ["mentor", "participant", "platform_administrator"])
def test_only_a_coordinator_makes_cards(role) -> None:
    someone = MembershipFactory(roles=[role])
    amal = MembershipFactory(participant=True, organisation=someone.organisation)

    with pytest.raises(Denied):
        make_card(actor_of(someone), member=amal, now=NOW)


def test_an_account_opened_without_a_card_lets_nobody_in() -> None:
    ewa = MembershipFactory()

    user = open_account_for(actor_of(ewa), name="Amal", roles=[Role.PARTICIPANT], language="ar")

    assert not user.has_usable_password()
    with scope.entered(ewa.organisation_id):
        member = member_of(actor_of(ewa), user.pk)
    assert member is not None
    assert member.roles == ["participant"]
    assert verbs(ewa) == ["accounts.open_account"]


def test_a_coordinator_opens_no_account_above_the_own_roles() -> None:
    ewa = MembershipFactory()

    with pytest.raises(NotYoursToGive):
        open_account_for(
            actor_of(ewa), name="X", roles=[Role.PLATFORM_ADMINISTRATOR], language="en"
        )


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def test_the_card_is_shown_once_with_its_picture_and_as_pdf(client) -> None:
    ewa = MembershipFactory()
    amal = MembershipFactory(
        participant=True, organisation=ewa.organisation, name="أمل", user__language="ar"
    )
    sign_in(client, ewa)
    prove(client)

    made = client.post(f"/cards/{amal.user_id}/", {"seen": ""})
    issued = made.context["issued"]
    typed = {"number": issued.number, "pin": issued.pin}
    paper = client.post(f"/cards/{amal.user_id}/paper/", typed)
    again = client.get(f"/cards/{amal.user_id}/")

    page = made.content.decode()
    assert (grouped(issued.number) in page, issued.pin in page) == (True, True)
    assert re.search(r'<article class="paper-card" lang="ar" dir="rtl">', page)
    assert made.context["face"].address == f"http://testserver/sign-in/card/#{issued.number}"
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content[:5] == b"%PDF-"
    assert issued.pin not in again.content.decode()


@pytest.mark.parametrize("name", ["ሰላም ገብረ", "王 Amina 😀", "\x07Amina"])
def test_a_card_is_printed_whatever_the_name_is_written_in(client, name) -> None:
    ewa = MembershipFactory()
    amal = MembershipFactory(participant=True, organisation=ewa.organisation, name=name)
    sign_in(client, ewa)
    prove(client)

    issued = client.post(f"/cards/{amal.user_id}/", {"seen": ""}).context["issued"]
    typed = {"number": issued.number, "pin": issued.pin}
    paper = client.post(f"/cards/{amal.user_id}/paper/", typed)

    assert paper.content[:5] == b"%PDF-"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in paper.content


def test_no_paper_is_made_for_a_number_that_is_not_theirs(client) -> None:
    ewa = MembershipFactory()
    amal = MembershipFactory(participant=True, organisation=ewa.organisation)
    sign_in(client, ewa)

    answer = client.post(f"/cards/{amal.user_id}/paper/", {"number": "2" * 16, "pin": "123456"})

    assert answer.status_code == 404


def test_the_number_stands_in_no_address_and_no_log(client, caplog) -> None:
    ewa = MembershipFactory()
    issued, _amal = amal_of(ewa)

    with caplog.at_level(logging.DEBUG):
        answer = type_card(client, issued)

    assert issued.number not in answer.headers["Location"]
    assert issued.number not in caplog.text


def test_a_mentor_sees_no_card_page(client) -> None:
    marta = MembershipFactory(mentor=True)
    amal = MembershipFactory(participant=True, organisation=marta.organisation)
    sign_in(client, marta)
    prove(client)

    assert client.get(f"/cards/{amal.user_id}/").status_code == 404
