"""The list behind the bell, what people choose, and the page behind the link in a mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.programmes.tests.factories import ProgrammeFactory
from kith.reminders.models import Choice, ProgrammePlan, Reminder, Wishes
from kith.reminders.queries.settings import link_for
from kith.reminders.tests.factories import (
    NOW,
    TODAY,
    ChoiceFactory,
    LetterFactory,
    PlanFactory,
    ReminderFactory,
    WishesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
MINE, SETTINGS = "/reminders/", "/reminders/settings/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mentor():
    member = MembershipFactory(mentor=True, email="marta@example.org")
    with scope.entered(member.organisation_id):
        yield member


@pytest.fixture
def page(client, mentor):
    sign_in(client, mentor)
    return client


def words(answer):
    """The words of the main part of a page."""
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def bell(answer):
    """The number at the bell."""
    found = re.search(r'class="corner".*?</a>', answer.content.decode(), re.DOTALL)
    assert found is not None
    number = re.search(r'aria-hidden="true">(\d+)<', found[0])
    return int(number[1]) if number else 0


# ── The bell and the list ────────────────────────────────────────────────────────────────────────


def test_the_bell_counts_what_nobody_has_looked_at(page, mentor) -> None:
    for _ in range(2):
        ReminderFactory(member=mentor)
    ReminderFactory(member=mentor, seen_at=NOW)
    ReminderFactory(member=mentor, over_at=NOW)
    ReminderFactory(member=mentor, in_kith=False)
    ReminderFactory(member__organisation=mentor.organisation)

    assert bell(page.get("/")) == 2


def test_a_participant_has_the_bell_on_every_page_too(client, mentor) -> None:
    member = MembershipFactory(participant=True, organisation=mentor.organisation)
    ReminderFactory(member=member)
    sign_in(client, member)

    assert bell(client.get("/")) == 1


def test_the_list_says_it_in_one_sentence_with_the_day_and_one_button(page, mentor) -> None:
    ReminderFactory(member=mentor)

    said = words(page.get(MINE))

    assert "A meeting is planned for tomorrow." in said
    assert "Today" in said


def test_an_empty_list_is_a_friendly_page(page) -> None:
    assert "Nothing waits for you" in words(page.get(MINE))


def test_opening_a_line_leads_to_the_act_and_counts_no_longer(page, mentor) -> None:
    row = ReminderFactory(member=mentor, link="/matches/mine/")

    answer = page.post(reverse("reminders:open", args=[row.pk]))

    row.refresh_from_db()
    assert answer.headers["Location"] == "/matches/mine/"
    assert (row.seen_at, row.mail, row.over_at) == (NOW, "needless", None)
    assert bell(page.get("/")) == 0


def test_looking_at_the_list_changes_nothing(page, mentor) -> None:
    row = ReminderFactory(member=mentor)

    page.get(MINE)
    refused = page.get(reverse("reminders:open", args=[row.pk]))

    row.refresh_from_db()
    assert refused.status_code == 405
    assert (row.seen_at, row.mail) == (None, "waiting")


def test_what_was_done_meanwhile_is_said_to_be_done(ground, page, mentor) -> None:
    from kith.reminders.rules.kinds import About

    row = ReminderFactory(member=mentor)
    ground.done = {About(mentor.user_id, row.subject)}

    answer = page.get(MINE)

    assert "done" in words(answer)
    assert reverse("reminders:open", args=[row.pk]) not in answer.content.decode()


def test_nobody_opens_the_reminder_of_somebody_else(page, mentor) -> None:
    row = ReminderFactory(member__organisation=mentor.organisation)

    answer = page.post(reverse("reminders:open", args=[row.pk]))

    row.refresh_from_db()
    assert answer.status_code == 404
    assert row.seen_at is None


def test_one_button_looks_at_everything(page, mentor) -> None:
    ReminderFactory(member=mentor)
    other = ReminderFactory(member__organisation=mentor.organisation)

    page.post(reverse("reminders:see_all"))

    other.refresh_from_db()
    assert list(Reminder.objects.filter(member=mentor).values_list("seen_at", "mail")) == [
        (NOW, "needless")
    ]
    assert other.seen_at is None


def test_a_long_list_comes_page_by_page(page, mentor) -> None:
    rows = [
        ReminderFactory(member=mentor, due_on=TODAY - timedelta(days=number // 3))
        for number in range(31)
    ]

    first = page.get(MINE)
    after = re.search(r'href="(/reminders/\?after=[^"]+)"', first.content.decode())
    assert after is not None
    second = page.get(after[1].replace("&amp;", "&"))

    def shown(answer):
        return set(re.findall(r'action="/reminders/([0-9a-f-]{36})/"', answer.content.decode()))

    assert len(shown(first)) == 30
    assert shown(first) | shown(second) == {str(row.pk) for row in rows}
    assert shown(first) & shown(second) == set()


def test_three_lines_ask_the_database_as_often_as_one(
    page, mentor, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ReminderFactory(member=mentor)
    page.get(MINE)
    with CaptureQueriesContext(connection) as one:
        page.get(MINE)
    for _ in range(2):
        ReminderFactory(member=mentor)

    with django_assert_num_queries(len(one)):
        page.get(MINE)


# ── What one chooses ─────────────────────────────────────────────────────────────────────────────


def chosen(**said):
    usual = {"hour": "8", "zone": "", "wants_mail": "on"}
    kinds = {
        f"{way}-test-{kind}": "on" for way in ("mail", "kith") for kind in ("meeting", "message")
    }
    return {name: value for name, value in {**usual, **kinds, **said}.items() if value is not None}


def test_one_chooses_of_what_how_and_when_one_is_reminded(page, mentor) -> None:
    row = ReminderFactory(member=mentor, due_on=TODAY + timedelta(days=1), mail_at=NOW)

    answer = page.post(
        SETTINGS,
        chosen(hour="18", zone="Asia/Tehran", only_daily="on", **{"mail-test-message": None}),
    )

    assert answer.status_code == 302
    wishes = Wishes.objects.get(member=mentor)
    assert (wishes.hour, wishes.zone, wishes.wants_mail, wishes.only_daily) == (
        18,
        "Asia/Tehran",
        True,
        True,
    )
    assert list(Choice.objects.values_list("member", "kind", "channel", "is_wanted")) == [
        (mentor.pk, "test.message", "mail", False)
    ]
    row.refresh_from_db()
    # Six in the evening in Tehran is half past three in Warsaw.
    assert row.mail_at == NOW.replace(hour=15, minute=30) + timedelta(days=1)


def test_what_is_as_usual_is_not_kept(page, mentor) -> None:
    ChoiceFactory(member=mentor)

    page.post(SETTINGS, chosen())

    assert Choice.objects.count() == 0


def test_the_choice_shows_what_was_chosen(page, mentor) -> None:
    ChoiceFactory(member=mentor)
    WishesFactory(member=mentor, hour=6)

    content = page.get(SETTINGS).content.decode()

    ticked = set(re.findall(r'name="((?:mail|kith)-[a-z-]+)"[^>]*checked', content))
    assert ticked == {"kith-test-meeting", "kith-test-message", "mail-test-message"}
    assert re.search(r'<option value="6" selected>', content)


def test_only_kinds_for_ones_own_roles_are_offered(page) -> None:
    said = words(page.get(SETTINGS))

    assert "A meeting comes up" in said
    assert "Something rare" not in said


@pytest.mark.parametrize("wrong", [{"hour": "3"}, {"zone": "Mars/Base"}])
def test_a_choice_that_is_not_possible_is_an_error_and_keeps_the_rest(page, mentor, wrong) -> None:
    answer = page.post(SETTINGS, chosen(**{**wrong, "only_daily": "on"}))

    assert answer.status_code == 422
    assert re.search(r'name="only_daily"[^>]*checked', answer.content.decode())
    assert Wishes.objects.count() == 0


# ── The link in a mail ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def link(mentor):
    return reverse("reminders:stop", args=[link_for(mentor)])


@pytest.fixture
def stranger():
    """A browser in which nobody is signed in, and which insists on the proof of forms."""
    return Client(enforce_csrf_checks=True)


def test_the_link_shows_what_may_stop_and_changes_nothing(stranger, link, mentor) -> None:
    answer = stranger.get(link)

    assert answer.status_code == 200
    assert "Nothing has changed yet" in words(answer)
    assert "A meeting comes up" in words(answer)
    assert str(mentor.name) not in answer.content.decode()
    assert (Wishes.objects.count(), Choice.objects.count()) == (0, 0)


def test_one_button_stops_one_kind_and_another_takes_it_up_again(stranger, link, mentor) -> None:
    stranger.post(link, {"about": "test.meeting", "wants": "no"})
    stopped = list(Choice.objects.values_list("member", "kind", "channel", "is_wanted"))
    stranger.post(link, {"about": "test.meeting", "wants": "yes"})

    assert stopped == [(mentor.pk, "test.meeting", "mail", False)]
    assert Choice.objects.get().is_wanted is True


def test_a_program_that_reads_mail_stops_everything_with_one_click(stranger, link, mentor) -> None:
    answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 302
    assert Wishes.objects.get().wants_mail is False
    assert "No e-mails come to you any more" in words(stranger.get(link))


def test_what_the_link_did_stands_in_the_audit_under_its_own_name(stranger, link, mentor) -> None:
    from kith.gate.models import AuditEvent

    stranger.post(link, {"about": "all"})

    line = AuditEvent.objects.get(verb="reminders.choose")
    assert (line.actor_kind, line.actor_id) == ("job", "reminders.link")


@pytest.mark.parametrize(
    "change", [lambda code: code[:-1], lambda code: "x" + code, lambda code: "x"]
)
def test_a_link_that_was_not_made_here_says_nothing_about_anybody(stranger, mentor, change) -> None:
    code = change(link_for(mentor))

    answers = [ask(reverse("reminders:stop", args=[code])) for ask in (stranger.get, stranger.post)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Wishes.objects.count() == 0


def test_the_link_of_somebody_who_left_does_not_work_any_more(stranger, mentor, link) -> None:
    from kith.base import permit

    mentor.active = False
    with permit.lifted():
        mentor.save()

    assert stranger.get(link).status_code == 404


# ── Programmes, and how the mails go ─────────────────────────────────────────────────────────────


@pytest.fixture
def ewa(client, mentor):
    member = MembershipFactory(organisation=mentor.organisation)
    sign_in(client, member)
    return client


def planned(**said):
    usual = {"quiet_from": "21", "quiet_until": "7"}
    kinds = {
        "on-test-meeting": "on",
        "days-test-meeting": "2",
        "on-test-message": "on",
        "days-test-rare": "3",
    }
    return {**usual, **kinds, **said}


def test_a_coordinator_sets_how_a_programme_reminds(ewa, mentor) -> None:
    programme = ProgrammeFactory(organisation=mentor.organisation)

    answer = ewa.post(reverse("reminders:plan", args=[programme.pk]), planned())

    assert answer.headers["Location"] == reverse("programmes:programme", args=[programme.pk])
    plan = ProgrammePlan.objects.get()
    assert (plan.programme, plan.quiet_from, plan.quiet_until, plan.on_weekends) == (
        programme,
        21,
        7,
        False,
    )
    assert plan.timings == {
        "test.meeting": {"on": True, "days": 2},
        "test.message": {"on": True, "days": 0},
        "test.rare": {"on": False, "days": 3},
    }


def test_the_section_of_a_programme_says_it_in_words(ewa, mentor) -> None:
    programme = ProgrammeFactory(organisation=mentor.organisation)
    PlanFactory(
        programme=programme,
        organisation=mentor.organisation,
        timings={"test.meeting": {"on": False, "days": 1}},
    )

    said = words(ewa.get(reverse("reminders:of_programme", args=[programme.pk])))

    assert "No e-mail goes between 20:00 and 08:00. None on Saturday and Sunday." in said
    assert "Nobody is reminded of: A meeting comes up." in said


def test_days_that_are_not_possible_are_an_error(ewa) -> None:
    answer = ewa.post(reverse("reminders:plan_house"), planned(**{"days-test-meeting": "91"}))

    assert answer.status_code == 422
    assert ProgrammePlan.objects.count() == 0


def test_a_mentor_sets_nothing_for_others(page) -> None:
    assert page.get(reverse("reminders:plan_house")).status_code == 404
    assert page.post(reverse("reminders:plan_house"), planned()).status_code == 404
    assert page.get(reverse("reminders:letters")).status_code == 404


def test_a_coordinator_sees_how_mails_go_and_whom_to_ask_for_the_address(
    ewa, mentor, sends_mail
) -> None:
    LetterFactory(member=mentor)
    LetterFactory(member=mentor, day=None, state="failed")
    ReminderFactory(member=mentor, mail="held", why_held="no_address", mail_at=None)

    said = words(ewa.get(reverse("reminders:letters")))

    assert f"{mentor.name} , today: given up" in said
    assert "The person has no e-mail address here. 1" in said
