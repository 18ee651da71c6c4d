"""Pages of work and qualifications as participant, mentor and coordinator open them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.tests.factories import PersonFactory
from kith.reminders.rules.kinds import About
from kith.work import wiring
from kith.work.models import Application, Interview, Job, Qualification, Sharing
from kith.work.queries import due
from kith.work.tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    JobFactory,
    QualificationFactory,
    SharingFactory,
)

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"work:{name}", args=args)


def rows(ewa, model):
    with scope.entered(ewa.organisation_id):
        return list(model.objects.order_by("id"))


def planted(ewa, factory, **given):
    with scope.entered(ewa.organisation_id):
        return factory(**given)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def own(client, me, amal):
    return sign_in(client, me)


# ── The participant ──────────────────────────────────────────────────────────────────────────────


def test_a_participant_writes_down_what_they_learned(own, ewa, amal) -> None:
    answer = own.post(
        url("new_qualification", amal.pk),
        {"title": "Nurse", "school": "Nursing school", "finished_in": "2014"},
    )

    row = rows(ewa, Qualification)[0]
    with scope.entered(ewa.organisation_id):
        assert (row.title, row.finished_in) == ("Nurse", 2014)
    assert answer.url == url("mine")
    assert "Nursing school" in text_of(own.get(url("mine")))


def test_recognition_moves_on_by_a_form_that_offers_only_what_can_follow(own, ewa, amal) -> None:
    row = planted(ewa, QualificationFactory, person=amal)
    page = url("qualification", amal.pk, row.pk)

    offered = text_of(own.get(page))
    answer = own.post(page, {"state": "translating", "on": "2026-11-02"})

    assert (offered.count('type="radio"'), 'value="recognised"' in offered) == (3, False)
    assert answer.url == page
    assert rows(ewa, Qualification)[0].state == "translating"


def test_a_no_without_a_next_step_is_asked_again(own, ewa, amal) -> None:
    row = planted(ewa, QualificationFactory, person=amal, state="handed_in")

    answer = own.post(
        url("qualification", amal.pk, row.pk), {"state": "not_recognised", "on": "2026-11-02"}
    )

    assert answer.status_code == 422
    assert "There is always a way on." in text_of(answer)


@pytest.mark.parametrize("year", ["14", "1939", "3000"])
def test_a_year_has_four_digits_and_is_near(own, amal, year) -> None:
    answer = own.post(url("new_job", amal.pk), {"title": "Nurse", "begun_in": year})

    assert answer.status_code == 422
    assert answer.context["form"].errors["begun_in"] == [
        "Write a year with four digits, such as 2015."
    ]


def test_work_is_written_down_changed_and_removed(own, ewa, amal) -> None:
    own.post(url("new_job", amal.pk), {"title": "Nurse", "begun_in": "2014"})
    row = rows(ewa, Job)[0]

    own.post(url("job", amal.pk, row.pk), {"title": "Head nurse", "begun_in": "2014"})
    page = text_of(own.get(url("mine")))
    own.post(url("remove_job", amal.pk, row.pk))

    assert ("Head nurse" in page, "2014–" in page) == (True, True)
    assert rows(ewa, Job) == []


def test_an_application_is_followed_to_its_interview(own, ewa, amal) -> None:
    own.post(url("new_application", amal.pk), {"way": "job", "title": "Cook"})
    row = rows(ewa, Application)[0]
    page = url("application", amal.pk, row.pk)

    own.post(page, {"stage": "sent", "on": "2026-11-02", "answer_due_on": "2026-11-20"})
    own.post(
        url("new_interview", amal.pk, row.pk),
        {"day": "2030-01-15", "time": "10:30", "place": "Wodna 8", "bring": "CV"},
    )

    assert rows(ewa, Application)[0].stage == "invited"
    assert "Wodna 8" in text_of(own.get(page))
    assert "Wodna 8" in text_of(own.get(url("mine")))
    own.post(url("remove_interview", amal.pk, rows(ewa, Interview)[0].pk))
    assert rows(ewa, Interview) == []


def test_what_the_mentor_sees_begins_with_nothing_and_is_ticked_by_the_person(
    own, ewa, amal
) -> None:
    before = text_of(own.get(url("sharing", amal.pk)))

    own.post(url("sharing", amal.pk), {"parts": ["jobs", "applications"]})

    assert before.count(" checked") == 0
    assert rows(ewa, Sharing)[0].parts == ["jobs", "applications"]
    assert text_of(own.get(url("sharing", amal.pk))).count(" checked") == 2


def test_nobody_finds_the_page_of_another_participant(own, ewa, amal) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)

    assert own.get(url("person", other.pk)).status_code == 404
    assert own.get(url("person", amal.pk)).url == url("mine")


# ── The mentor ───────────────────────────────────────────────────────────────────────────────────


def test_a_mentor_finds_no_page_while_nothing_is_shown(client, ewa, amal, jan) -> None:
    planted(ewa, JobFactory, person=amal)
    planted(ewa, SharingFactory, person=amal, parts=[])

    assert sign_in(client, jan).get(url("person", amal.pk)).status_code == 404


def test_a_mentor_reads_the_parts_that_are_shown_and_no_other(client, ewa, amal, jan) -> None:
    job = planted(ewa, JobFactory, person=amal, title="Seamstress")
    planted(ewa, QualificationFactory, person=amal, title="Nurse of the heart")
    planted(ewa, SharingFactory, person=amal, parts=["qualifications"])
    mentor = sign_in(client, jan)

    page = text_of(mentor.get(url("person", amal.pk)))

    assert ("Nurse of the heart" in page, "Seamstress" in page) == (True, False)
    assert mentor.get(url("job", amal.pk, job.pk)).status_code in {403, 404}
    assert mentor.get(url("sharing", amal.pk)).status_code in {403, 404}


def test_a_mentor_reads_nothing_after_the_match(client, ewa, amal, jan, monkeypatch) -> None:
    planted(ewa, SharingFactory, person=amal, parts=["qualifications"])
    monkeypatch.setattr("kith.progress.permissions._sources", [])

    assert sign_in(client, jan).get(url("person", amal.pk)).status_code == 404


# ── The coordinator ──────────────────────────────────────────────────────────────────────────────


def test_a_coordinator_reads_numbers_without_names_and_ones_own_people(client, ewa, amal) -> None:
    away = PersonFactory(
        organisation=ewa.organisation,
        is_participant=True,
        name="Maryam Far",
        responsible=MembershipFactory(organisation=ewa.organisation),
    )
    planted(ewa, QualificationFactory, person=amal)
    planted(ewa, QualificationFactory, person=away)

    answer = sign_in(client, ewa).get(url("start"))

    assert [number for _label, number in answer.context["recognitions"]] == [2]
    assert [name for _url, name in answer.context["lines"]] == ["Amal Haddad"]
    assert "Maryam Far" not in text_of(answer)


def test_the_page_of_someone_elses_people_opens_with_a_reason(client, ewa) -> None:
    away = PersonFactory(
        organisation=ewa.organisation,
        is_participant=True,
        responsible=MembershipFactory(organisation=ewa.organisation),
    )
    planted(ewa, JobFactory, person=away, title="Seamstress")

    page = text_of(sign_in(client, ewa).get(url("person", away.pk)))

    assert "Seamstress" not in page
    assert "not among those you work with" in page


@pytest.mark.parametrize("role", ["volunteer_matcher", "supervisor", "mentor", "participant"])
def test_numbers_are_for_coordinators(client, ewa, role) -> None:
    member = MembershipFactory(organisation=ewa.organisation, roles=[role])

    assert sign_in(client, member).get(url("start")).status_code in {403, 404}


def test_a_long_list_costs_no_more_questions(client, ewa, amal) -> None:
    counted = []
    for number in (1, 9):
        for _one in range(number):
            planted(ewa, ApplicationFactory, person=amal)
        sign_in(client, ewa)
        client.get(url("person", amal.pk))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url("person", amal.pk))
        counted.append(len(asked))

    assert counted[0] == counted[1]


# ── Today and reminders ──────────────────────────────────────────────────────────────────────────


def said(member, day: date) -> list[str]:
    with scope.entered(member.organisation_id):
        return [str(line.what) for line in wiring.lines(actor_of(member), day)]


def test_today_says_what_is_due_and_nothing_before_its_day(ewa, me, amal) -> None:
    today = clock.today()
    late, early = today - timedelta(days=1), today
    for day in (late, early):
        planted(
            ewa, ApplicationFactory, person=amal, stage="sent", title=f"{day}", answer_due_on=day
        )
        planted(
            ewa,
            QualificationFactory,
            person=amal,
            state="handed_in",
            title=f"Q{day}",
            answer_due_on=day,
        )
    for day in (today, today + timedelta(days=1)):
        planted(ewa, ApplicationFactory, person=amal, next_step=f"Write {day}", next_on=day)

    lines = said(me, today)

    assert [line.replace("\u2068", "").replace("\u2069", "") for line in lines] == [
        f"Ask for the answer: {late}",
        f"Ask for the answer: Q{late}",
        f"Write {today}",
    ]


def test_an_interview_stands_on_today_two_days_before(ewa, me, amal) -> None:
    row = planted(ewa, ApplicationFactory, person=amal, stage="invited")
    for days in (1, 4):
        planted(
            ewa, InterviewFactory, application=row, starts_at=clock.now() + timedelta(days=days)
        )

    assert len(said(me, clock.today())) == 1


def test_a_mentor_reads_it_only_while_it_is_shown(ewa, amal, jan) -> None:
    row = planted(ewa, ApplicationFactory, person=amal, stage="invited")
    planted(ewa, InterviewFactory, application=row, starts_at=clock.now() + timedelta(hours=20))
    sharing = planted(ewa, SharingFactory, person=amal, parts=["jobs"])

    before = said(jan, clock.today())
    with scope.entered(ewa.organisation_id), permit.lifted():
        sharing.parts = ["applications"]
        sharing.save()
    after = said(jan, clock.today())

    assert (before, len(after)) == ([], 1)
    assert "Amal" in after[0]


def test_the_person_is_reminded_of_an_interview_until_it_begins(ewa, me, amal) -> None:
    today, soon = clock.today(), clock.now() + timedelta(days=1)
    row = planted(ewa, ApplicationFactory, person=amal, stage="invited")
    ahead = planted(ewa, InterviewFactory, application=row, starts_at=soon)
    past = planted(ewa, InterviewFactory, application=row, starts_at=soon - timedelta(days=3))
    asked = [About(me.user_id, ahead.pk), About(me.user_id, past.pk)]

    with scope.entered(ewa.organisation_id):
        found = list(due.interviews_between(today, today + timedelta(days=2)))
        still = list(due.interviews_still(asked))

    assert [(one.user_id, one.subject) for one in found] == [(me.user_id, ahead.pk)]
    assert still == asked[:1]
