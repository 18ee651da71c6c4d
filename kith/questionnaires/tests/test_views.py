"""The pages: bringing in, writing, asking, answering on a phone without a script, one's own."""

import io
import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kith.base import scope
from kith.base.models import Organisation
from kith.consent.tests.factories import ConsentFactory
from kith.gate.actor import job_actor
from kith.gate.models import Membership
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.stored import from_plain, to_plain
from kith.methods.instruments.tests.factories import AGREEMENT, form, question, workbook
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.questionnaires import wiring
from kith.questionnaires.commands import take_pack, write_file
from kith.questionnaires.models import Answers, AnswersFile, Asking, Questionnaire, Version
from kith.questionnaires.permissions import EXPORT_JOB
from kith.questionnaires.tests.factories import (
    AnswersFactory,
    AskingFactory,
    QuestionnaireFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
FAMILY = form(
    {"type": "note", "name": "hello", "label::English (en)": "Good day",
     "label::Polski (pl)": "Dzień dobry"},
    {"type": "select_one agree", "name": "alone", "label::English (en)": "Do you live alone?",
     "label::Polski (pl)": "Czy mieszkasz bez innych osób?", "required": "yes"},
    {"type": "begin_repeat", "name": "kids", "label::English (en)": "Child",
     "label::Polski (pl)": "Dziecko", "relevant": "${alone} != '3'"},
    {"type": "text", "name": "kid", "label::English (en)": "First name",
     "label::Polski (pl)": "Imię"},
    {"type": "end_repeat"},
    {"type": "begin_group", "name": "week", "label::English (en)": "Your week",
     "label::Polski (pl)": "Twój tydzień", "appearance": "field-list"},
    {"type": "integer", "name": "hours", "label::English (en)": "Hours of work",
     "label::Polski (pl)": "Godziny pracy", "constraint": ". < 80",
     "constraint_message::English (en)": "Fewer than 80",
     "constraint_message::Polski (pl)": "Mniej niż 80"},
    {"type": "text", "name": "job", "label::English (en)": "Which work?",
     "label::Polski (pl)": "Jaka to praca?", "relevant": "${hours} > 0"},
    {"type": "end_group"},
    choices=[{"list_name": "agree", "name": code, "label::English (en)": en,
              "label::Polski (pl)": pl}
             for code, en, pl in (("1", "No", "Nie"), ("2", "Partly", "Częściowo"),
                                  ("3", "Yes", "Tak"))],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-11-02 12:00:00Z", tick=False):
        yield


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield member


@pytest.fixture
def desk(ewa):
    return sign_in(Client(), ewa)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation, name="Poznań 2026")


@pytest.fixture
def amal(ewa, programme):
    """A participant on her phone."""
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    person = PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)
    EnrolmentFactory(programme=programme, person=person)
    ConsentFactory(person=person)
    return person, sign_in(Client(), member)


@pytest.fixture
def asking(programme):
    found = AskingFactory(programme=programme, questionnaire__title="Family")
    VersionFactory(questionnaire=found.questionnaire, content=to_plain(FAMILY))
    return found


def at(name, *keys):
    return reverse(f"questionnaires:{name}", args=keys)


def text(answer) -> str:
    """What a reader sees of a page."""
    page = re.sub(r"<(script|style|head).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def uploaded(content, name="form.xlsx", language="en"):
    return {"file": SimpleUploadedFile(name, content), "language": language}


# bringing in


def test_the_first_page_leads_to_the_first_questionnaire(desk) -> None:
    answer = desk.get(at("index"))

    assert "No questionnaire yet" in text(answer)
    assert at("new") in answer.content.decode()


def test_our_pack_is_taken_with_one_click_and_shows_its_licence(desk) -> None:
    assert "How our mentoring goes 5 questions, in English, Polski and العربية." in text(
        desk.get(at("new"))
    )

    answer = desk.post(at("take_pack", "how-our-mentoring-goes"), follow=True)

    assert "Own work; no permission of others is needed." in text(answer)
    assert desk.post(at("take_pack", "nobody")).status_code == 404


def test_a_file_that_cannot_be_taken_names_each_place(desk) -> None:
    content = workbook(
        survey=[question(), question("geopoint", "place"),
                question(name="c", label="Your religion?"), question("start", "begun")]
    )  # fmt: skip

    answer = desk.post(at("upload"), uploaded(content))

    said = text(answer)
    assert answer.status_code == 422
    assert "sheet “survey”, row 3, type" in said
    assert "Kith does not record where somebody is." in said
    assert "sheet “survey”, row 4, label" in said
    assert "“religion” asks for origin" in said
    assert not Questionnaire.objects.exists()


def test_a_file_becomes_a_draft_to_try_and_make_ready(desk) -> None:
    content = workbook(survey=[question("start", "begun"), question(label="How is it?")])

    draft = desk.post(at("upload"), uploaded(content), follow=True)
    version = Version.objects.get()
    tried = desk.get(at("try", version.pk))
    ready = desk.post(at("make_ready", version.pk), follow=True)

    assert "1 remark on the file" in text(draft)
    assert "How is it?" in text(tried)
    assert "The questionnaire is ready." in text(ready)
    assert Version.objects.get().state == "ready"


def test_a_new_version_comes_from_a_file_too(desk) -> None:
    version = VersionFactory(questionnaire__organisation=desk_organisation())
    home = version.questionnaire

    desk.post(at("upload_version", home.pk), uploaded(workbook(survey=[question()])))

    assert list(home_versions(home)) == [(1, "ready"), (2, "draft")]
    assert "Go on with the draft" in text(desk.get(at("questionnaire", home.pk)))


def desk_organisation():
    return Organisation.objects.get(pk=scope.current().organisation_id)


def home_versions(home):
    rows = Version.objects.filter(questionnaire=home).order_by("number")
    return rows.values_list("number", "state")


def test_a_pack_without_a_licence_is_refused(desk) -> None:
    answer = desk.post(at("upload"), uploaded(b'id = "x"', "pack.toml"))

    assert "Without complete licence data nobody may use a pack." in text(answer)


def test_the_questions_are_saved_as_xlsform(desk) -> None:
    version = VersionFactory(questionnaire__organisation=desk_organisation())

    answer = desk.get(at("form", version.pk))

    book = load_workbook(io.BytesIO(answer.content))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="how.xlsx"'
    assert [cell.value for cell in book["survey"]["B"]] == ["name", "often", "why", "hours", "sum"]


# writing


def write(desk, title="Visits", **more):
    desk.post(at("write"), {"title": title, "first": "en", "others": ["pl"], **more})
    return Version.objects.get()


def test_questions_are_written_changed_ordered_and_taken_out(desk) -> None:
    draft = write(desk)
    desk.post(at("add_question", draft.pk, "yes_no"), {"label_en": "Do you work?"})
    desk.post(
        at("add_question", draft.pk, "one_choice"),
        {"label_en": "Where?", "choices_en": "Here\nThere", "choices_pl": "Tu\nTam",
         "after": "q1|yes|", "required": "on"},
    )  # fmt: skip
    desk.post(at("add_question", draft.pk, "note"), {"label_en": "Thank you"})
    desk.post(at("move_question", draft.pk, "q3"), {"to": "up"})
    desk.post(
        at("change_question", draft.pk, "q2"),
        {
            "label_en": "Where do you work?",
            "choices_en": "At home\nHere\nThere",
            "after": "q1|yes|",
        },
    )
    desk.post(at("remove_question", draft.pk, "q3"))

    kept = from_plain(Version.objects.get().content)
    where = kept.item("q2")
    assert [item.name for item in kept.items] == ["q1", "q2"]
    assert (where.label, where.required, where.relevant) == (
        {"en": "Where do you work?"}, "", "${q1} = 'yes'",
    )  # fmt: skip
    # Here and There keep their codes, so that earlier answers keep their meaning.
    assert [(one.code, one.label["en"]) for one in kept.choices["q2"]] == [
        ("a3", "At home"), ("a1", "Here"), ("a2", "There"),
    ]  # fmt: skip
    page = text(desk.get(at("version", draft.pk)))
    assert "Where do you work?" in page
    assert "Only when ${q1} = 'yes'" in page


def test_a_question_that_may_not_be_asked_is_told_at_its_field(desk) -> None:
    draft = write(desk)

    answer = desk.post(
        at("add_question", draft.pk, "short_text"), {"label_en": "Your nationality?"}
    )

    assert "“nationality” asks for origin" in text(answer)
    assert "Your nationality?" in answer.content.decode()
    assert from_plain(Version.objects.get().content).items == ()


def test_a_title_that_may_not_be_is_told_at_its_field(desk) -> None:
    answer = desk.post(at("write"), {"title": "Religion", "first": "en"})

    assert "“religion” asks for origin" in text(answer)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"choices_en": "One"}, "Write two to forty answers."),
        ({"choices_en": "One\nTwo", "choices_pl": "Jeden"},
         "Here are 1 answers, in the first language 2."),
    ],
)  # fmt: skip
def test_choices_come_in_equal_numbers(desk, lines, said) -> None:
    draft = write(desk)

    answer = desk.post(at("add_question", draft.pk, "one_choice"), {"label_en": "Which?", **lines})

    assert said in text(answer)


def test_another_language_is_added(desk) -> None:
    draft = write(desk)

    desk.post(at("titles", draft.pk), {"title_en": "Visits", "title_pl": "Wizyty",
                                       "others": ["pl", "ar"]})  # fmt: skip

    kept = from_plain(Version.objects.get().content)
    assert (kept.languages, kept.title) == (("en", "pl", "ar"), {"en": "Visits", "pl": "Wizyty"})
    assert "Question · العربية" in text(desk.get(at("add_question", draft.pk, "number")))


def test_a_draft_is_forgotten_and_a_ready_one_changed_in_a_new_version(desk) -> None:
    draft = write(desk)
    desk.post(at("add_question", draft.pk, "day"), {"label_en": "When?"})
    desk.post(at("make_ready", draft.pk))

    desk.post(at("begin_draft", draft.questionnaire_id))
    second = Version.objects.get(state="draft")
    assert desk.get(at("change_question", draft.pk, "q1")).status_code == 404
    desk.post(at("throw_away", second.pk))

    assert [version.number for version in Version.objects.all()] == [1]


def test_questions_of_a_file_have_no_editor(desk) -> None:
    draft = VersionFactory(questionnaire__organisation=desk_organisation(), draft=True)

    assert desk.get(at("add_question", draft.pk, "day")).status_code == 404
    assert desk.get(at("change_question", draft.pk, "often")).status_code == 404
    assert desk.get(at("add_question", draft.pk, "essay")).status_code == 404


def test_a_questionnaire_is_retired_when_nobody_asks_it(desk, asking) -> None:
    refused = desk.post(at("retire", asking.questionnaire_id))
    desk.post(at("stop_asking", asking.pk))
    desk.post(at("retire", asking.questionnaire_id))

    assert "A programme still asks this questionnaire." in text(refused)
    assert Questionnaire.objects.get().retired_on == TODAY
    assert "Family" in text(desk.get(at("index"), {"show": "retired"}))


# asking


def test_a_programme_asks_from_its_own_page(desk, programme) -> None:
    version = take_pack(actor_of(MembershipFactory(organisation=programme.organisation)),
                        key="how-our-mentoring-goes", today=TODAY)  # fmt: skip
    chosen = desk.get(at("choose_programme"), {"questionnaire": version.questionnaire_id})
    empty = desk.get(at("programme", programme.pk))

    desk.post(
        at("ask", programme.pk),
        {"questionnaire": version.questionnaire_id, "side": "participant", "moment": "weeks",
         "weeks": "6, 12 24، 36؛48", "readers": "nobody"},
    )  # fmt: skip

    row = Asking.objects.get()
    assert (row.weeks, row.moment, row.readers) == ([6, 12, 24, 36, 48], "weeks", "nobody")
    assert at("ask", programme.pk) in chosen.content.decode()
    assert "This programme asks no questions of its own." in text(empty)
    assert "Weeks: 6, 12, 24, 36, 48" in text(desk.get(at("programme", programme.pk)))


def test_weeks_that_are_no_numbers_are_told(desk, programme) -> None:
    version = VersionFactory(questionnaire__organisation=programme.organisation)

    answer = desk.post(
        at("ask", programme.pk),
        {"questionnaire": version.questionnaire_id, "side": "participant", "moment": "weeks",
         "weeks": "soon", "readers": "nobody"},
    )  # fmt: skip

    assert "Write numbers of weeks up to 104, such as 6, 12, 24." in text(answer)


def test_who_asks_sees_numbers_and_saves_answers_without_names(desk, ewa, asking) -> None:
    AnswersFactory(asking=asking, sent=True, given={"alone": "1", "hours": "8"})

    desk.post(at("save", asking.pk), {"form": "xlsx"})
    waiting = text(desk.get(at("asking", asking.pk)))
    write_file(job_actor(EXPORT_JOB, ewa.organisation), wanted=AnswersFile.objects.get())
    page = desk.get(at("asking", asking.pk))
    file = desk.get(at("saved", AnswersFile.objects.get().pk))

    assert "Answered 1 Begun 0 Rather not 0" in waiting
    assert "being written" in waiting
    assert "answers of 1 person" in text(page)
    book = load_workbook(io.BytesIO(file.content))
    assert [cell.value for cell in book["answers"][1]] == [
        "no",
        "occasion",
        "alone",
        "hours",
        "job",
    ]


def test_too_few_answers_are_told_and_no_file_is_made(desk, asking) -> None:
    hidden = AskingFactory(programme=asking.programme, readers="nobody")

    answer = desk.post(at("save", hidden.pk), {"form": "csv"}, follow=True)

    assert "Fewer than ten people who agreed to counting have answered." in text(answer)
    assert not AnswersFile.objects.exists()


# answering


def begin(phone, asking):
    answer = phone.post(at("begin", asking.pk, "start"))
    return answer["Location"]


def test_before_the_first_question_one_is_told_who_reads_it_and_may_say_no(amal, asking) -> None:
    _person, phone = amal

    page = phone.get(at("start", asking.pk, "start"))
    phone.post(at("decline", asking.pk, "start"))

    assert "Your coordinator reads your answers. Nobody else does." in text(page)
    assert Answers.objects.get().state == "declined"
    assert phone.get(at("start", asking.pk, "start")).status_code == 404


def test_one_question_a_screen_each_kept_at_once_and_sent_at_the_end(amal, asking) -> None:
    _person, phone = amal
    first = begin(phone, asking)
    page = phone.get(first)
    second = phone.post(first, {"alone": "1", "in": "en"})["Location"]
    third = phone.post(second, {"kids.0.kid": "Ola"})["Location"]
    fourth = phone.post(third, {"another": "yes"})["Location"]
    fifth = phone.post(fourth, {"kids.1.kid": "Jan"})["Location"]
    sixth = phone.post(fifth, {"on": "yes"})["Location"]
    review = phone.post(sixth, {"hours": "8", "job": "baker"})["Location"]
    looked = text(phone.get(review))
    done = phone.post(review, follow=True)

    row = Answers.objects.get()
    assert "Good day" in text(page)
    assert "1 of 4" in text(page)
    assert [one.rsplit("/", 2)[1] for one in (first, second, third, fourth, fifth, sixth)] == [
        "alone", "kids.0.kid", "kids.another", "kids.1.kid", "kids.another", "week",
    ]  # fmt: skip
    assert "Do you live alone? No" in looked
    assert (row.state, row.given) == (
        "sent",
        {"alone": "1", "kids": [{"kid": "Ola"}, {"kid": "Jan"}], "hours": "8", "job": "baker"},
    )  # fmt: skip
    assert "Thank you." in text(done)


def test_an_answer_that_does_not_hold_is_told_and_what_was_typed_stays(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)
    answers = Answers.objects.get()
    week = at("screen", answers.pk, "week")

    answer = phone.post(week, {"hours": "99", "job": "baker"})

    assert answer.status_code == 422
    assert "Fewer than 80" in text(answer)
    assert 'value="baker"' in answer.content.decode()
    assert Answers.objects.get().given is None


def test_a_list_that_grows_by_its_own_answers_is_shown_again_without_a_script(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)
    week = at("screen", Answers.objects.get().pk, "week")

    grown = phone.post(week, {"hours": "8", "job": ""})
    page = phone.get(grown["Location"]).content.decode()
    further = phone.post(week, {"hours": "8", "job": ""})

    assert re.search(r'data-key="job"\s*hidden', phone.get(week).content.decode()) is None
    assert (grown["Location"], 'name="job"' in page) == (week, True)
    assert further["Location"] == at("review", Answers.objects.get().pk)


def test_rather_not_say_is_one_button_and_goes_on(amal, asking) -> None:
    _person, phone = amal
    first = begin(phone, asking)

    without = phone.post(first, {"in": "en"})
    passed = phone.post(first, {"pass": "yes"})

    assert "Answer this question, or choose “Rather not say”." in text(without)
    assert passed["Location"].endswith("/kids.0.kid/")
    assert Answers.objects.get().passed_over == ["alone"]
    assert "Rather not say" in text(phone.get(at("review", Answers.objects.get().pk)))


def test_an_entry_is_left_out_again(amal, asking) -> None:
    _person, phone = amal
    first = begin(phone, asking)
    second = phone.post(first, {"alone": "1"})["Location"]

    third = phone.post(second, {"without": "yes"})["Location"]

    assert third.endswith("/kids.another/")
    assert Answers.objects.get().given == {"alone": "1", "kids": []}
    assert "Is there one to write down?" in text(phone.get(third))


def test_one_goes_on_where_one_stopped_on_another_device(amal, ewa, asking) -> None:
    person, phone = amal
    first = begin(phone, asking)
    phone.post(first, {"alone": "3", "in": "pl"})
    member = Membership.objects.get(user=person.user)
    tablet = sign_in(Client(), member)

    again = tablet.post(at("begin", asking.pk, "start"))["Location"]
    page = tablet.get(again)

    assert again == first
    assert "Czy mieszkasz bez innych osób?" in text(page)
    assert re.search(r'value="3"[^>]*checked', page.content.decode())


def test_the_language_of_the_questions_is_switched_by_a_link(amal, asking) -> None:
    _person, phone = amal
    first = begin(phone, asking)

    polish = phone.get(first, {"in": "pl"})
    elvish = phone.get(first, {"in": "xx"})

    assert "Czy mieszkasz bez innych osób?" in text(polish)
    assert 'lang="pl"' in polish.content.decode()
    assert "Do you live alone?" in text(elvish)


def test_a_screen_that_is_not_asked_is_not_there(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)
    answers = Answers.objects.get()

    assert phone.get(at("screen", answers.pk, "nobody")).status_code == 404
    phone.post(at("screen", answers.pk, "alone"), {"alone": "3"})
    assert phone.get(at("screen", answers.pk, "kids.0.kid")).status_code == 404


def test_stopping_keeps_everything_for_another_day_or_nothing(amal, asking) -> None:
    _person, phone = amal
    first = begin(phone, asking)
    phone.post(first, {"alone": "1"})
    answers = Answers.objects.get()

    page = phone.get(at("stop", answers.pk))
    kept = Answers.objects.get().given
    phone.post(at("stop", answers.pk))

    assert "You need not say why, and nothing follows from it." in text(page)
    assert kept == {"alone": "1"}
    assert (Answers.objects.get().state, Answers.objects.get().given) == ("declined", None)


def test_sending_with_a_question_open_names_it(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)

    answer = phone.post(at("review", Answers.objects.get().pk))

    assert answer.status_code == 422
    assert "Some questions wait for an answer" in text(answer)
    assert answer.content.decode().count("said-missing") == 1


def test_what_was_sent_can_be_read_and_taken_back_and_not_changed(amal, asking) -> None:
    person, phone = amal
    row = AnswersFactory(asking=asking, person=person, sent=True, given={"alone": "3"})

    read = text(phone.get(at("read", row.pk)))
    screen = phone.get(at("screen", row.pk, "alone"))
    phone.post(at("forget", row.pk))

    assert "Do you live alone? Yes" in read
    assert screen["Location"] == at("read", row.pk)
    assert Answers.objects.get().state == "declined"


def test_another_participant_finds_nothing_of_it(ewa, amal, asking) -> None:
    person, _phone = amal
    row = AnswersFactory(asking=asking, person=person)
    other = MembershipFactory(organisation=ewa.organisation, participant=True)
    PersonFactory(organisation=ewa.organisation, user=other.user, is_participant=True)
    phone = sign_in(Client(), other)

    for name, keys in (
        ("screen", (row.pk, "alone")), ("review", (row.pk,)), ("stop", (row.pk,)),
        ("all", (row.pk,)), ("answers_questions", (row.pk,)), ("read", (row.pk,)),
        ("start", (asking.pk, "start")),
    ):  # fmt: skip
        assert phone.get(at(name, *keys)).status_code == 404
    assert phone.post(at("forget", row.pk)).status_code == 404


# all questions on one page


def test_all_questions_stand_on_one_page_and_what_holds_is_kept(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)
    answers = Answers.objects.get()
    page = at("all", answers.pk)

    shown = phone.get(page)
    wrong = phone.post(page, {"alone": "1", "kids.0.kid": "Ola", "hours": "99", "job": ""})
    right = phone.post(
        page, {"alone": "1", "kids.0.kid": "Ola", "hours": "8", "job": "baker", "send": "yes"}
    )

    assert re.search(r'data-key="job"[^>]*hidden', shown.content.decode())
    assert wrong.status_code == 422
    assert "Fewer than 80" in text(wrong)
    assert right["Location"] == at("review", answers.pk)
    assert Answers.objects.get().given == {
        "alone": "1", "kids": [{"kid": "Ola"}], "hours": "8", "job": "baker",
    }  # fmt: skip


def test_entries_come_and_go_on_one_page(amal, asking) -> None:
    _person, phone = amal
    begin(phone, asking)
    page = at("all", Answers.objects.get().pk)

    phone.post(page, {"alone": "1", "kids.0.kid": "Ola", "another": "kids"})
    phone.post(page, {"alone": "1", "kids.0.kid": "Ola", "kids.1.kid": "Jan", "without": "kids.0"})

    assert Answers.objects.get().given == {"alone": "1", "kids": [{"kid": "Jan"}]}


def test_trying_a_form_keeps_nothing_and_looks_again(desk, asking) -> None:
    version = Version.objects.get()
    page = at("try", version.pk)

    shown = desk.post(
        page,
        {"alone": "1", "hours": "8", "entries.kids": "1", "kids.0.kid": "Ola", "another": "kids"},
    )
    left = desk.post(
        page, {"entries.kids": "2", "kids.0.kid": "Ola", "kids.1.kid": "Jan", "without": "kids.0"}
    )

    html = shown.content.decode()
    assert not re.search(r'data-key="job"[^>]*hidden', html)
    assert ('name="kids.1.kid"' in html, 'value="Ola"' in html) == (True, True)
    assert ('value="Ola"' in left.content.decode(), 'value="Jan"' in left.content.decode()) == (
        False, True,
    )  # fmt: skip
    assert not Answers.objects.exists()


def test_the_questions_for_the_browser_may_be_kept_there_once_they_are_ready(desk, asking) -> None:
    draft = VersionFactory(questionnaire=asking.questionnaire, number=2, draft=True)

    ready = desk.get(at("version_questions", Version.objects.get(number=1).pk))
    fresh = desk.get(at("version_questions", draft.pk))

    assert ready.json()["items"][1]["name"] == "alone"
    assert ready.headers["Cache-Control"] == "private, max-age=86400"
    assert "Cache-Control" not in fresh.headers


# one's own page, and the record


def test_ones_own_page_says_what_waits_and_what_was_answered(amal, asking) -> None:
    person, phone = amal
    empty_of_lines = text(phone.get(at("mine")))
    AnswersFactory(asking=asking, person=person, sent=True)

    page = text(phone.get(at("mine")))

    assert "Waiting for you Family" in empty_of_lines
    assert "Answered Family" in page
    assert "Waiting for you" not in page


def test_ones_own_line_is_drawn_and_told_in_words_for_oneself(amal, programme, desk) -> None:
    person, phone = amal
    home = QuestionnaireFactory(organisation=programme.organisation, title="Our pack")
    [pack] = shipped_packs()
    VersionFactory(questionnaire=home, content=to_plain(pack))
    row = AskingFactory(programme=programme, questionnaire=home, readers="nobody")
    names = [item.name for item in pack.items]
    for occasion, step in (("week-6", "2"), ("week-12", "4")):
        AnswersFactory(asking=row, person=person, occasion=occasion, sent=True,
                       given=dict.fromkeys(names, step))  # fmt: skip

    page = phone.get(at("mine"))
    record = text(desk.get(at("person", person.pk)))

    assert "Over time: How it goes Only you see this." in text(page)
    assert page.content.decode().count("own-line-point") == 2
    assert "near “A little” " in text(page)
    assert "near “Mostly”" in text(page)
    assert "Over time" not in record
    assert "Nobody here reads these answers, or sees whether there are any." in record


def test_a_coordinator_asks_together_and_reads_the_answers_on_the_record(
    desk, ewa, amal, asking
) -> None:
    person, _phone = amal
    record = desk.get(at("person", person.pk))
    first = desk.post(at("ask_person", person.pk, asking.pk))["Location"]
    desk.post(first, {"alone": "3"})
    desk.post(at("screen", Answers.objects.get().pk, "week"), {"hours": "0"})
    desk.post(at("review", Answers.objects.get().pk))

    row = Answers.objects.get()
    assert "Ask now, together" in text(record)
    assert (row.state, row.together_with) == ("sent", ewa)
    assert "read the answers of 2 November 2026" in text(desk.get(at("person", person.pk)))
    assert f"Answered together with {ewa.name}." in text(desk.get(at("read", row.pk)))


def test_what_nobody_reads_is_not_asked_together(desk, amal, programme) -> None:
    person, _phone = amal
    hidden = AskingFactory(programme=programme, readers="nobody")
    VersionFactory(questionnaire=hidden.questionnaire)

    assert desk.post(at("ask_person", person.pk, hidden.pk)).status_code == 404


def test_a_form_of_which_nothing_is_asked_goes_straight_to_the_end(amal, programme) -> None:
    _person, phone = amal
    found = AskingFactory(programme=programme)
    never = form(question(relevant="1 = 2"))
    VersionFactory(questionnaire=found.questionnaire, content=to_plain(never))

    first = begin(phone, found)

    assert first == at("review", Answers.objects.get().pk)
    assert phone.get(first).status_code == 200


# Today, menus, panels


def test_today_has_a_line_for_what_waits_and_none_for_others(ewa, amal, asking) -> None:
    person, _phone = amal
    own = actor_of(Membership.objects.get(user=person.user))

    [new] = wiring.lines(own, TODAY)
    AnswersFactory(asking=asking, person=person)
    [begun] = wiring.lines(own, TODAY)

    assert (str(new.what), new.url) == (
        "A few questions: “Family”", at("start", asking.pk, "start"),
    )  # fmt: skip
    assert str(begun.what) == "Go on with “Family”"
    assert list(wiring.lines(actor_of(ewa), TODAY)) == []


def test_the_section_on_a_record_is_for_staff_about_people_with_a_side(ewa, amal) -> None:
    person, _phone = amal
    nobody = PersonFactory(organisation=ewa.organisation)
    own = actor_of(Membership.objects.get(user=person.user))

    assert wiring.may_see_on_record(actor_of(ewa), person)
    assert not wiring.may_see_on_record(actor_of(ewa), nobody)
    assert not wiring.may_see_on_record(own, person)


@pytest.mark.parametrize("number", [1, 3])
def test_a_long_list_of_choices_is_a_list_to_open(amal, programme, number) -> None:
    _person, phone = amal
    found = AskingFactory(programme=programme)
    many = [{"list_name": "many", "name": f"c{at}", "label": f"Choice {at}"} for at in range(31)]
    few = form(question("select_one many"), choices=many if number == 3 else AGREEMENT_OF_MANY)
    VersionFactory(questionnaire=found.questionnaire, content=to_plain(few))

    page = phone.get(begin(phone, found)).content.decode()

    assert ("<select" in page, "choicecards" in page) == (number == 3, number == 1)


AGREEMENT_OF_MANY = [{**one, "list_name": "many"} for one in AGREEMENT]
