"""Questions of a programme at its door: asked, kept as they were typed, read, and taken along."""

import re

import pytest
from django.urls import reverse

from kith.base import clock, permit, scope, vault
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.methods.instruments.stored import to_plain
from kith.methods.instruments.tests.factories import form as instrument
from kith.methods.instruments.tests.factories import question
from kith.people.rules import Side
from kith.programmes.tests.factories import ProgrammeFactory
from kith.questionnaires.models import Answers
from kith.questionnaires.tests.factories import AskingFactory, VersionFactory, version_of
from kith.welcome import commands
from kith.welcome.models import Application, IntakeAnswers
from kith.welcome.queries import intake
from kith.welcome.tests.factories import DoorFactory, FrontFactory, IntakeAnswersFactory
from kith.welcome.tests.test_public import HELPER, MENTOR, REQUEST, address, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def front():
    return FrontFactory(slug="mosty")


@pytest.fixture
def programme(front):
    programme = ProgrammeFactory(organisation=front.organisation, name="Poznań 2026")
    DoorFactory(programme=programme, slug="poznan", for_mentors=True, for_participants=True)
    return programme


def ask(programme, side="mentor", **fields):
    """ "Do you meet often enough?", and what gets in the way where somebody says "1"."""
    asking = AskingFactory(programme=programme, side=side, moment="application", **fields)
    version_of(asking.questionnaire)
    return asking


def kept(front):
    """What was answered, and what was left open."""
    with scope.entered(front.organisation_id):
        rows = IntakeAnswers.objects.order_by("id")
        return [(row.given, row.passed_over) for row in rows]


def answered(programme, **fields):
    """Answers that came with the application of a mentor."""
    return IntakeAnswersFactory(
        application__programme=programme,
        application__organisation=programme.organisation,
        **fields,
    )


def applications(front):
    with scope.entered(front.organisation_id):
        return list(Application.objects.order_by("id"))


def text_of(page):
    return page.content.decode()


def on_page(page):
    return re.search(r'name="asked" value="([^"]*)"', text_of(page)).group(1)


def test_the_questions_stand_behind_the_fixed_fields_and_nothing_must_be_answered(
    client, front, programme
) -> None:
    ask(programme)
    url = address("mentor", "poznan")
    page = client.get(url)

    sent = send(client, url, {**MENTOR, "asked": on_page(page)})

    said = text_of(page)
    assert said.index("Do you meet often enough?") > said.index('name="is_adult"')
    assert "What gets in the way?" not in said
    assert "You may leave any of them open." in said
    assert sent.status_code == 200
    assert kept(front) == [({}, ["hours", "often"])]


def test_answers_are_kept_with_the_application_and_never_what_is_worked_out(
    client, front, programme
) -> None:
    ask(programme)
    url = address("mentor", "poznan")

    send(client, url, {**MENTOR, "asked": "q0-often q0-hours", "q0-often": "2", "q0-hours": "3"})

    assert kept(front) == [({"often": "2", "hours": "3"}, [])]
    assert len(applications(front)) == 1


def test_a_question_that_follows_from_an_answer_is_asked_before_anything_is_kept(
    client, front, programme
) -> None:
    ask(programme)
    url = address("mentor", "poznan")
    typed = {**MENTOR, "asked": "q0-often q0-hours", "q0-often": "1"}

    more = send(client, url, typed)

    assert applications(front) == []
    assert "What gets in the way?" in text_of(more)
    assert "A few more questions" in text_of(more)
    assert 'value="Zofia Nowak"' in text_of(more)
    send(client, url, {**typed, "asked": on_page(more), "q0-why": "The bus"})
    assert kept(front) == [({"often": "1", "why": "The bus"}, ["hours"])]


def test_what_does_not_hold_is_said_at_the_question_and_stays(client, front, programme) -> None:
    ask(programme)
    url = address("mentor", "poznan")

    page = send(client, url, {**MENTOR, "asked": "q0-often q0-hours", "q0-hours": "many"})

    assert applications(front) == []
    assert "Write a whole number, such as 12." in text_of(page)
    assert 'value="many"' in text_of(page)


@pytest.mark.parametrize("who", ["self", "helper"])
def test_the_questions_of_the_programme_that_was_chosen_are_asked(
    client, front, programme, who
) -> None:
    other = ProgrammeFactory(organisation=front.organisation, name="Tandem")
    DoorFactory(programme=other, slug="tandem", for_participants=True)
    ask(other, side="participant")
    url = address("request_for", who)
    fields = {**REQUEST, **(HELPER if who == "helper" else {}), "programme": str(other.pk)}
    assert "Do you meet often enough?" not in text_of(client.get(url))

    more = send(client, url, fields)
    send(client, url, {**fields, "asked": on_page(more), "q0-hours": "3"})

    assert "A few more questions" in text_of(more)
    assert kept(front) == [({"hours": "3"}, ["often"])]


def test_what_nobody_reads_by_name_and_what_has_ended_is_not_asked(
    client, front, programme
) -> None:
    ask(programme, for_nobody=True)
    ended = ask(programme)
    with scope.entered(front.organisation_id), permit.lifted():
        ended.ended_on = clock.today()
        ended.save()
        assert intake.sheets(programme, Side.MENTOR) == []

    assert "Do you meet often enough?" not in text_of(client.get(address("mentor", "poznan")))


def test_the_words_of_the_version_stay_when_the_questions_change(front, programme) -> None:
    row = answered(programme)
    changed = instrument(question("text", "why", "Something else entirely?"))
    VersionFactory(questionnaire=row.asking.questionnaire, number=2, content=to_plain(changed))

    with scope.entered(front.organisation_id):
        (sheet,) = intake.answered(row.application, language="en", now=clock.now())

    assert ("What gets in the way?", "The bus") in sheet.lines
    assert "Something else entirely?" not in dict(sheet.lines)


def test_the_coordinator_reads_the_answers_and_no_list_does(client, front, programme) -> None:
    row = answered(programme)
    browser = sign_in(client, MembershipFactory(organisation=front.organisation))

    page = text_of(browser.get(reverse("welcome:application", args=[row.application_id])))
    desk = text_of(browser.get(reverse("welcome:desk")))

    assert "What gets in the way?" in page
    assert "The bus" in page
    assert "The bus" not in desk


def accept(front, row):
    ewa = actor_of(MembershipFactory(organisation=front.organisation))
    with scope.entered(front.organisation_id):
        application = Application.objects.select_related("programme").get(pk=row.application_id)
        return commands.accept_mentor(
            ewa,
            application=application,
            programme=application.programme,
            person=None,
            interview_on=None,
            text="",
            today=clock.today(),
            now=clock.now(),
        )


def test_after_the_yes_the_answers_follow_the_person(front, programme) -> None:
    row = answered(programme)

    person = accept(front, row)

    with scope.entered(front.organisation_id):
        (answers,) = Answers.objects.filter(person=person)
        assert (answers.version_id, answers.occasion) == (row.version_id, "application")
        assert answers.given == {"often": "1", "why": "The bus"}


def test_what_was_left_open_does_not_stand_in_the_way_of_a_yes(front, programme) -> None:
    row = answered(programme, given={}, passed_over=["often", "hours"])

    person = accept(front, row)

    with scope.entered(front.organisation_id):
        (answers,) = Answers.objects.filter(person=person)
        assert answers.passed_over == ["hours", "often"]


def test_the_answers_go_with_their_application(front, programme) -> None:
    row = answered(programme)

    with scope.entered(front.organisation_id), permit.lifted():
        commands.forget_applications([row.application_id])

    assert kept(front) == []
    with scope.entered(front.organisation_id):
        assert vault.key(row.application_id, "identity") is None


# ── Entries that people add themselves ───────────────────────────────────────────────────────────


@pytest.fixture
def sports(programme):
    """ "Which sports do you do?", as many as somebody likes."""
    plain = to_plain(
        instrument(
            question("begin repeat", "sport", "Sport"),
            question("text", "name", "Which one?"),
            question("integer", "years", "For how many years?"),
            question("end repeat", ""),
        )
    )
    asking = AskingFactory(programme=programme, side="mentor", moment="application")
    VersionFactory(questionnaire=asking.questionnaire, content=plain)
    return asking


def one_more(client, url, page, **typed):
    return send(client, url, {**MENTOR, **typed, "asked": on_page(page), "more": "q0-sport"})


def test_as_many_entries_as_somebody_needs_are_added_and_nothing_typed_is_lost(
    client, front, sports
) -> None:
    url = address("mentor", "poznan")
    first = one_more(client, url, client.get(url))
    second = one_more(client, url, first, **{"q0-sport.0.name": "Chess"})

    sent = {**MENTOR, "asked": on_page(second), "q0-sport.0.name": "Chess"}
    send(client, url, {**sent, "q0-sport.1.name": "Rowing", "q0-sport.1.years": "3"})

    assert "One more: Sport" in text_of(client.get(url))
    assert "Sport 2" in text_of(second)
    assert "another look" not in text_of(second)
    assert re.search(r'<input[^>]*name="q0-sport.2.name"[^>]*data-takes-focus', text_of(second))
    assert 'value="Chess"' in text_of(second)
    assert kept(front) == [
        ({"sport": [{"name": "Chess"}, {"name": "Rowing", "years": "3"}]}, ["sport.0.years"])
    ]


def test_an_entry_that_stayed_empty_is_none(client, front, sports) -> None:
    url = address("mentor", "poznan")
    page = one_more(client, url, one_more(client, url, client.get(url)))

    send(client, url, {**MENTOR, "asked": on_page(page), "q0-sport.1.name": "Rowing"})

    assert kept(front) == [({"sport": [{"name": "Rowing"}]}, ["sport.0.years"])]


def test_a_fault_in_an_entry_is_said_there(client, front, sports) -> None:
    url = address("mentor", "poznan")
    page = one_more(client, url, one_more(client, url, client.get(url)))

    again = send(client, url, {**MENTOR, "asked": on_page(page), "q0-sport.1.years": "many"})

    assert applications(front) == []
    assert "Write a whole number, such as 12." in text_of(again)
    assert 'value="many"' in text_of(again)


@pytest.mark.parametrize(
    "asked", ["q0-sport.999.name", f"q0-sport.{'9' * 5000}.name", "q0-sport.x.name", "q0-sport."]
)
def test_a_made_up_number_of_entries_does_no_harm(client, front, sports, asked) -> None:
    typed = {**MENTOR, "asked": f"q0-sport.{asked}", "more": "q0-sport"}

    page = send(client, address("mentor", "poznan"), typed)

    assert page.status_code == 200
    assert text_of(page).count("Which one?") <= 100


def test_the_key_enter_sends_the_form(client, sports) -> None:
    page = text_of(client.get(address("mentor", "poznan")))
    form = page[page.index('name="asked"') :]

    assert form.index('<button type="submit" hidden>') < form.index('name="more"')
