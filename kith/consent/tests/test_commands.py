"""Yes, no, and taking a yes back."""

from datetime import UTC, date, datetime

import pytest

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.consent.commands import (
    AlreadyDecided,
    NotExplained,
    Signed,
    let_run_out,
    record_answer,
    withdraw,
)
from kith.consent.models import Consent
from kith.consent.queries import in_force, persons_agreed, unasked, unasked_number
from kith.consent.rules import State
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TYPED = Signed("typed", "Olena Kowalczuk")


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def olena(ewa):
    return PersonFactory(organisation=ewa.organisation, is_participant=True)


def answer(actor, person, state=State.GIVEN, **changes):
    signed = TYPED if state is State.GIVEN else Signed("none")
    wanted = {"purpose": "mentoring", "language": "uk", "now": NOON, "signed": signed}
    return record_answer(actor, person=person, state=state, **(wanted | changes))


def test_a_yes_keeps_who_explained_it_in_which_words_and_the_signature(ewa, olena) -> None:
    answer(ewa, olena, interpreter="Irina, by phone")

    row = Consent.objects.get()
    assert (row.purpose, row.version, row.language, row.state) == ("mentoring", "1", "uk", "given")
    assert row.decided_on == date(2026, 11, 2)
    assert row.explained_by == ewa.membership
    assert (row.interpreter, row.signature_kind, row.signature) == (
        "Irina, by phone",
        "typed",
        "Olena Kowalczuk",
    )
    assert in_force(olena, "mentoring")


def test_a_yes_without_a_signature_is_refused(ewa, olena) -> None:
    with pytest.raises(NotExplained):
        answer(ewa, olena, signed=Signed("none"))

    assert Consent.objects.count() == 0


def test_a_no_needs_no_signature_and_is_not_in_force(ewa, olena) -> None:
    answer(ewa, olena, State.REFUSED)

    assert Consent.objects.get().state == "refused"
    assert not in_force(olena, "mentoring")


def test_one_purpose_says_nothing_about_another(ewa, olena) -> None:
    answer(ewa, olena)

    assert not in_force(olena, "statistics")
    assert list(persons_agreed("mentoring")) == [olena.pk]
    assert list(persons_agreed("statistics")) == []


def test_a_withdrawal_counts_at_once_and_keeps_what_was_said_before(ewa, olena) -> None:
    answer(ewa, olena)

    withdraw(ewa, person=olena, purpose="mentoring", now=NOON)

    states = Consent.objects.order_by("id").values_list("state", "latest")
    assert list(states) == [("given", False), ("withdrawn", True)]
    assert not in_force(olena, "mentoring")


def test_after_a_withdrawal_a_new_yes_may_follow(ewa, olena) -> None:
    answer(ewa, olena)
    withdraw(ewa, person=olena, purpose="mentoring", now=NOON)

    answer(ewa, olena)

    assert in_force(olena, "mentoring")


@pytest.mark.parametrize("state", [State.GIVEN, State.REFUSED])
def test_a_yes_is_not_overwritten_by_a_second_answer(ewa, olena, state) -> None:
    answer(ewa, olena)

    with pytest.raises(AlreadyDecided):
        answer(ewa, olena, state)

    assert Consent.objects.count() == 1


def test_what_was_never_given_cannot_be_withdrawn(ewa, olena) -> None:
    with pytest.raises(AlreadyDecided):
        withdraw(ewa, person=olena, purpose="mentoring", now=NOON)

    assert Consent.objects.count() == 0


def test_a_participant_answers_for_oneself_and_for_nobody_else(ewa, olena) -> None:
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    me = PersonFactory(organisation=ewa.organisation, user=member.user)

    answer(actor_of(member), me)

    assert in_force(me, "mentoring")
    with pytest.raises(Denied):
        answer(actor_of(member), olena)
    assert not in_force(olena, "mentoring")


def test_who_was_asked_is_noted_with_the_person_until_a_yes_runs_out(ewa, olena) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)

    row = answer(ewa, olena)
    assert list(unasked(ewa)) == [other]

    with permit.lifted():
        let_run_out([row.pk])
    assert list(unasked(ewa)) == [other, olena]


def test_a_no_is_an_answer_too(ewa, olena) -> None:
    answer(ewa, olena, State.REFUSED)

    assert unasked_number(ewa) == 0


def test_an_answer_about_another_purpose_leaves_mentoring_to_ask(ewa, olena) -> None:
    answer(ewa, olena, purpose="statistics")

    assert list(unasked(ewa)) == [olena]


def test_counting_who_was_not_asked_stops_at_a_limit(ewa, olena, monkeypatch) -> None:
    PersonFactory(organisation=ewa.organisation, is_participant=True)
    PersonFactory(organisation=ewa.organisation, is_participant=True)
    monkeypatch.setattr("kith.consent.queries.MOST_COUNTED", 1)

    assert unasked_number(ewa) == 2
