"""References: named, answered by link, read, decided, erased."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kith.base import clock, scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.mentors import commands, wiring
from kith.mentors.models import Reference
from kith.mentors.queries import references as queries
from kith.mentors.rules.references import KEEP_DECIDED, questions
from kith.mentors.tests.factories import ReferenceFactory
from kith.people.models import MentorCheck
from kith.people.tests.factories import MentorFactory
from kith.programmes.tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ANSWERS = {one.key: f"Words about {one.key}" for one in questions().questions}


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
    return MentorFactory(
        organisation=ewa.organisation,
        user=member.user,
        name="Jan Kowalski",
        email="jan@example.org",
    )


def name(member, jan, *, email="krystyna@example.org"):
    return commands.name_referee(
        actor_of(member),
        person=jan,
        name="Krystyna Zając",
        email=email,
        language="pl",
        today=MONDAY,
    )


def page_of(asked):
    text = queries.link_of(asked.reference.organisation_id, asked.secret)
    return reverse("mentors:answer", args=["en", text])


def answered(member, jan, ewa):
    asked = name(member, jan)
    Client().post(page_of(asked), ANSWERS)
    with scope.entered(ewa.organisation_id):
        return Reference.objects.select_related("person", "organisation").get()


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_link_opens_without_an_account_sets_no_cookie_and_takes_one_answer(
    client, ewa, member, jan
) -> None:
    asked = name(member, jan)

    page = client.get(page_of(asked))
    sent = client.post(page_of(asked), ANSWERS)
    again = client.get(page_of(asked))

    assert "Jan Kowalski" in text_of(page)
    assert dict(client.cookies) == {}
    assert "Your answers have arrived." in text_of(sent)
    assert (again.status_code, "Jan Kowalski" in text_of(again)) == (404, False)
    with scope.entered(ewa.organisation_id):
        row = Reference.objects.get()
        assert row.answers["said"] == ANSWERS
    assert (row.state, row.code, row.answered_on) == ("answered", None, MONDAY)


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
def test_a_link_opens_for_thirty_days(client, member, jan, monkeypatch, days, status) -> None:
    asked = name(member, jan)
    monkeypatch.setattr(clock, "today", lambda: MONDAY + timedelta(days=days))

    assert client.get(page_of(asked)).status_code == status


def test_a_made_up_link_opens_nothing(client, member, jan) -> None:
    asked = name(member, jan)
    text = queries.link_of(asked.reference.organisation_id, "guessed")

    assert client.get(reverse("mentors:answer", args=["en", text])).status_code == 404
    assert client.get(reverse("mentors:answer", args=["en", "guessed"])).status_code == 404


def test_an_answer_that_leaves_a_question_out_is_not_taken(client, ewa, member, jan) -> None:
    asked = name(member, jan)

    page = client.post(page_of(asked), ANSWERS | {"alone": ""})

    assert page.status_code == 200
    with scope.entered(ewa.organisation_id):
        assert Reference.objects.get().state == "asked"


def test_somebody_may_rather_not_answer(client, ewa, member, jan) -> None:
    asked = name(member, jan)

    page = client.post(page_of(asked), {"act": "refuse"})

    assert "That is all right." in text_of(page)
    with scope.entered(ewa.organisation_id):
        assert Reference.objects.get().state == "refused"


def test_naming_sends_one_letter_with_the_link_and_nothing_personal_in_the_subject(
    client, ewa, member, jan, settings, mailoutbox
) -> None:
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    sign_in(client, member)
    typed = {"name": "Krystyna Zając", "email": "k@example.org", "language": "en", "agrees": "on"}

    done = client.post(reverse("mentors:references"), typed)

    assert done.headers["Location"] == reverse("mentors:references")
    assert [letter.to for letter in mailoutbox] == [["k@example.org"]]
    assert mailoutbox[0].subject == "A few questions for you"
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    assert Client().get(link.replace("http://testserver", "")).status_code == 200
    with scope.entered(ewa.organisation_id):
        assert Reference.objects.get().is_mailed


def test_the_mentor_sees_that_it_was_answered_and_not_what(client, ewa, member, jan) -> None:
    row = answered(member, jan, ewa)
    sign_in(client, member)

    page = text_of(client.get(reverse("mentors:references")))

    assert "Krystyna Zając" in page
    assert "Words about" not in page
    assert client.get(reverse("mentors:reference", args=[row.pk])).status_code == 404
    with pytest.raises(Denied):
        commands.read_reference(actor_of(member), reference=row)


def test_the_coordinator_reads_it_the_look_is_noted_and_a_yes_is_a_check(
    client, ewa, member, jan
) -> None:
    EnrolmentFactory(
        person=jan,
        side="mentor",
        programme__organisation=ewa.organisation,
        programme__template_key="base",
    )
    row = answered(member, jan, ewa)
    sign_in(client, ewa)

    page = text_of(client.get(reverse("mentors:reference", args=[row.pk])))
    client.post(reverse("mentors:decide_reference", args=[row.pk]), {"counts": "yes"})

    assert all(words in page for words in ANSWERS.values())
    with scope.entered(ewa.organisation_id):
        check = MentorCheck.objects.get(person=jan)
        verbs = list(AuditEvent.objects.values_list("verb", flat=True))
        row.refresh_from_db()
    assert (check.kind, check.done_on, check.seen_by_id) == ("references", MONDAY, ewa.pk)
    assert verbs.count("mentors.read_reference") == 2
    assert (row.state, row.decided_on) == ("counts", MONDAY)


def test_a_no_notes_no_check_and_nothing_is_decided_twice(ewa, member, jan) -> None:
    row = answered(member, jan, ewa)
    ask = {"reference": row, "counts": False, "today": MONDAY, "now": NOON}

    commands.decide_reference(actor_of(ewa), **ask)

    with pytest.raises(commands.NotOpenAnyMore):
        commands.decide_reference(actor_of(ewa), **ask | {"counts": True})
    with scope.entered(ewa.organisation_id):
        assert list(MentorCheck.objects.all()) == []


def test_a_coordinator_who_is_a_mentor_does_not_read_about_themselves(ewa) -> None:
    both = MembershipFactory(organisation=ewa.organisation, roles=["coordinator", "mentor"])
    jan = MentorFactory(organisation=ewa.organisation, user=both.user)
    row = answered(both, jan, ewa)

    with scope.entered(ewa.organisation_id):
        readable = list(queries.to_read(actor_of(both)))

    assert readable == []
    with pytest.raises(Denied):
        commands.decide_reference(
            actor_of(both), reference=row, counts=True, today=MONDAY, now=NOON
        )


@pytest.mark.parametrize(
    ("email", "refusal"),
    [("JAN@example.org ", commands.NamedOneself), ("Krystyna@example.org", commands.AlreadyNamed)],
)
def test_nobody_names_themselves_or_one_person_twice(ewa, member, jan, email, refusal) -> None:
    name(member, jan)

    with pytest.raises(refusal):
        name(member, jan, email=email)


def test_six_names_are_enough(ewa, member, jan) -> None:
    for number in range(6):
        name(member, jan, email=f"k{number}@example.org")

    with pytest.raises(commands.TooManyNamed):
        name(member, jan, email="k7@example.org")


def test_a_name_is_taken_back_until_there_is_an_answer(client, ewa, member, jan) -> None:
    asked = name(member, jan)
    sign_in(client, member)

    client.post(reverse("mentors:take_name_back", args=[asked.reference.pk]))
    link = client.get(page_of(asked)).status_code
    row = answered(member, jan, ewa)

    assert link == 404
    with pytest.raises(commands.NotOpenAnyMore):
        commands.take_name_back(actor_of(member), person=jan, reference=row)


def test_a_new_link_without_mail_is_shown_once_and_the_old_one_is_dead(
    client, ewa, member, jan
) -> None:
    asked = name(member, jan)
    sign_in(client, ewa)

    page = text_of(client.post(reverse("mentors:new_reference_link", args=[asked.reference.pk])))

    assert "Hand this link over" in page
    assert Client().get(page_of(asked)).status_code == 404


@pytest.mark.parametrize(("days", "gone"), [(29, False), (30, True)])
def test_answers_are_erased_thirty_days_after_the_decision(ewa, member, jan, days, gone) -> None:
    row = answered(member, jan, ewa)
    commands.decide_reference(actor_of(ewa), reference=row, counts=True, today=MONDAY, now=NOON)
    as_of = MONDAY + timedelta(days=days)

    with scope.entered(ewa.organisation_id):
        due = queries.decided_before(as_of - KEEP_DECIDED)

    assert due == ([row.pk] if gone else [])


def test_today_leads_a_coordinator_to_the_answer(ewa, member, jan) -> None:
    row = answered(member, jan, ewa)
    ReferenceFactory(person=jan)

    with scope.entered(ewa.organisation_id):
        lines = list(wiring.references_to_read(actor_of(ewa), MONDAY))

    assert [line.url for line in lines] == [reverse("mentors:reference", args=[row.pk])]


def test_who_is_erased_takes_the_references_along(ewa, member, jan) -> None:
    from kith.people.commands import erase_person

    name(member, jan)

    erase_person(actor_of(ewa), person=jan, today=MONDAY, now=NOON)

    with scope.entered(ewa.organisation_id):
        assert list(Reference.objects.all()) == []
