"""Pages of this room, as mentor, coordinator and others open them; lines of Today."""

from datetime import date

import pytest
from django.urls import reverse

from kith.base import clock, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentors import wiring
from kith.mentors.models import ConductAcceptance, ConductEdition
from kith.mentors.tests.factories import ConductAcceptanceFactory, ConductEditionFactory
from kith.people.tests.factories import MentorCheckFactory, MentorFactory, PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: MONDAY)


@pytest.fixture
def ewa():
    return MembershipFactory()


@pytest.fixture
def member(ewa):
    return MembershipFactory(organisation=ewa.organisation, mentor=True)


@pytest.fixture
def jan(ewa, member):
    person = MentorFactory(organisation=ewa.organisation, user=member.user)
    EnrolmentFactory(
        person=person,
        side="mentor",
        programme__organisation=ewa.organisation,
        programme__name="Mosty 2026",
    )
    return person


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_mentor_sees_what_is_still_needed_and_where_to_accept_the_promise(
    client, member, jan
) -> None:
    MentorCheckFactory(person=jan, kind="identity", done_on=date(2026, 10, 1))

    page = text_of(sign_in(client, member).get(reverse("mentors:mine")))

    assert "Mosty 2026" in page
    assert "Done on 1 October 2026." in page
    assert page.count("Still needed") == 5
    assert reverse("mentors:conduct") in page
    assert "Everything is there" not in page


def test_a_mentor_with_everything_reads_so(client, member, jan) -> None:
    for kind in ("identity", "references", "interview", "code_of_conduct"):
        MentorCheckFactory(person=jan, kind=kind, done_on=date(2026, 10, 1))
    from kith.base import permit
    from kith.people.models import MentorProfile

    with scope.entered(jan.organisation_id), permit.lifted():
        MentorProfile.objects.filter(person=jan).update(trained_on=date(2026, 9, 1))

    page = text_of(sign_in(client, member).get(reverse("mentors:mine")))

    assert "Everything is there" in page


def test_who_is_no_mentor_has_no_such_page(client, ewa) -> None:
    assert sign_in(client, ewa).get(reverse("mentors:mine")).status_code == 404


def test_the_record_of_a_mentor_shows_the_checklist_to_the_coordinator(client, ewa, jan) -> None:
    page = text_of(sign_in(client, ewa).get(reverse("mentors:of_person", args=[jan.pk])))

    assert "5 things are still needed before a match." in page
    assert f"{reverse('people:new_check', args=[jan.pk])}?kind=identity" in page


def test_another_mentor_does_not_open_it(client, ewa, jan) -> None:
    other = MembershipFactory(organisation=ewa.organisation, mentor=True)
    MentorFactory(organisation=ewa.organisation, user=other.user)

    answer = sign_in(client, other).get(reverse("mentors:of_person", args=[jan.pk]))

    assert answer.status_code == 404


def test_a_mentor_reads_the_promise_in_a_chosen_language_and_accepts_those_words(
    client, ewa, member, jan
) -> None:
    sign_in(client, member)

    page = text_of(client.get(reverse("mentors:conduct"), {"language": "ar"}))
    refused = client.post(reverse("mentors:conduct"), {"language": "ar"})
    done = client.post(reverse("mentors:conduct"), {"language": "ar", "agrees": "on"})

    assert 'dir="rtl"' in page
    assert "لا أراقب أحدًا" in page
    assert refused.status_code == 200
    assert done.headers["Location"] == reverse("mentors:mine")
    with scope.entered(ewa.organisation_id):
        assert ConductAcceptance.objects.get().language == "ar"
    assert "I promise this" not in text_of(client.get(reverse("mentors:conduct")))


def test_after_a_change_the_page_says_so_and_asks_again(client, ewa, member, jan) -> None:
    ConductAcceptanceFactory(person=jan)
    ConductEditionFactory(organisation=ewa.organisation)

    page = text_of(sign_in(client, member).get(reverse("mentors:conduct")))

    assert "You accepted edition 1 on 2 November 2026. The text has changed since then." in page
    assert "I come to two evenings for mentors a year." in page
    assert "I promise this" in page


def test_a_coordinator_adds_sentences_and_sees_who_accepted(client, ewa, jan) -> None:
    ConductAcceptanceFactory(person=jan)
    sign_in(client, ewa)

    done = client.post(reverse("mentors:own_sentences"), {"en": "One.\nTwo.", "pl": "Raz."})
    page = text_of(client.get(reverse("mentors:kept_conduct")))

    assert done.headers["Location"] == reverse("mentors:kept_conduct")
    with scope.entered(ewa.organisation_id):
        assert ConductEdition.objects.get().own == {"en": ["One.", "Two."], "pl": ["Raz."]}
    assert "Edition 1.1" in page
    assert "0 of 1 mentors have accepted this edition in Kith." in page
    assert str(jan.name) in page


def test_those_who_accepted_come_in_pages(client, ewa, monkeypatch) -> None:
    from kith.mentors.queries import conduct

    monkeypatch.setattr(conduct, "PAGE", 2)
    people = [MentorFactory(organisation=ewa.organisation, name=f"Mentor {n}") for n in range(3)]
    rows = [ConductAcceptanceFactory(person=one) for one in people]
    sign_in(client, ewa)

    first = text_of(client.get(reverse("mentors:kept_conduct")))
    second = text_of(client.get(reverse("mentors:kept_conduct"), {"before": str(rows[1].pk)}))

    assert [name in first for name in ("Mentor 0", "Mentor 1", "Mentor 2")] == [False, True, True]
    assert [name in second for name in ("Mentor 0", "Mentor 1", "Mentor 2")] == [True, False, False]


@pytest.mark.parametrize("name", ["kept_conduct", "own_sentences"])
def test_mentors_do_not_keep_the_text(client, member, jan, name) -> None:
    assert sign_in(client, member).get(reverse(f"mentors:{name}")).status_code in {403, 404}


def test_today_tells_a_mentor_what_is_missing_and_a_participant_nothing(ewa, member, jan) -> None:
    guest = MembershipFactory(organisation=ewa.organisation, participant=True)
    PersonFactory(organisation=ewa.organisation, user=guest.user, is_participant=True)

    with scope.entered(ewa.organisation_id):
        lines = list(wiring.own_needs(actor_of(member), MONDAY))
        none = list(wiring.own_needs(actor_of(guest), MONDAY))

    assert [line.what for line in lines] == ["5 things are still needed before a match"]
    assert none == []


def everything_of(person, **last):
    from kith.base import permit
    from kith.people.models import MentorProfile

    for kind in ("identity", "references", "interview", "code_of_conduct"):
        MentorCheckFactory(person=person, kind=kind, done_on=date(2026, 10, 1))
    with scope.entered(person.organisation_id), permit.lifted():
        MentorProfile.objects.filter(person=person).update(trained_on=date(2026, 9, 1))


def test_today_tells_a_mentor_who_waits_that_nothing_is_missing(client, member, jan) -> None:
    everything_of(jan)

    page = text_of(sign_in(client, member).get(reverse("web:today")))

    assert "Nothing needs you today." in page
    assert "You are on the list of Mosty 2026" in page
    assert "Nothing of yours is missing." in page


@pytest.mark.parametrize("state", ["paused", "matched"])
def test_a_mentor_who_does_not_wait_reads_of_no_list(client, member, jan, state) -> None:
    from kith.base import permit
    from kith.programmes.models import Enrolment

    everything_of(jan)
    with scope.entered(jan.organisation_id), permit.lifted():
        Enrolment.objects.filter(person=jan).update(state=state)

    page = text_of(sign_in(client, member).get(reverse("web:today")))

    assert "You are on the list" not in page


def test_today_tells_what_ends_when_nothing_is_missing(ewa, member, jan) -> None:
    from kith.base import permit
    from kith.people.models import MentorProfile

    for kind in ("references", "interview", "code_of_conduct"):
        MentorCheckFactory(person=jan, kind=kind, done_on=date(2026, 10, 1))
    MentorCheckFactory(
        person=jan, kind="identity", done_on=date(2025, 1, 1), valid_until=date(2026, 12, 2)
    )
    with scope.entered(ewa.organisation_id), permit.lifted():
        MentorProfile.objects.filter(person=jan).update(trained_on=date(2026, 9, 1))

    with scope.entered(ewa.organisation_id):
        lines = list(wiring.own_needs(actor_of(member), MONDAY))

    assert [(line.what, line.why) for line in lines] == [
        ("Something of yours ends soon", "Identity")
    ]
