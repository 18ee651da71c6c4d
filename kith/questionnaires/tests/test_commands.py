"""Bringing in, writing, asking, answering and saving, and who may."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from kith.base import events, files, scope
from kith.base.errors import Denied
from kith.base.models import StoredFile
from kith.consent.tests.factories import ConsentFactory
from kith.gate.actor import job_actor
from kith.gate.commands import command
from kith.gate.permissions import visible
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.methods.instruments.answers import Fault
from kith.methods.instruments.schema import Choice
from kith.methods.instruments.stored import from_plain, to_plain
from kith.methods.instruments.tests.factories import AGREEMENT, form, question, workbook
from kith.people.commands import erase_person
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.questionnaires import commands
from kith.questionnaires.commands import answering, making
from kith.questionnaires.commands import asking as asking_commands
from kith.questionnaires.events import AnswersSent
from kith.questionnaires.models import Answers, AnswersFile, Asking, Questionnaire, Version
from kith.questionnaires.permissions import EXPORT_JOB, READ_ANSWERS, TIDY, TIDY_JOB
from kith.questionnaires.rules import Moment, Readers, occasion_at, occasion_of, request_occasion
from kith.questionnaires.rules.editing import Draft, QuestionKind
from kith.questionnaires.tests.factories import (
    HOW_IT_GOES,
    AnswersFactory,
    AnswersFileFactory,
    AskingFactory,
    QuestionnaireFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
START = occasion_at(Moment.START)
PACK = "how-our-mentoring-goes"


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def asking(ewa):
    found = AskingFactory(programme__organisation=ewa.organisation)
    VersionFactory(questionnaire=found.questionnaire)
    return found


@pytest.fixture
def amal(ewa, asking):
    """A participant with a sign-in of her own, a place, and the yes to mentoring."""
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    person = PersonFactory(
        organisation=ewa.organisation, user=member.user, is_participant=True, responsible=None
    )
    EnrolmentFactory(programme=asking.programme, person=person)
    ConsentFactory(person=person)
    return person, actor_of(member)


def begin(actor, person, asking, occasion=START):
    return commands.begin_answers(
        actor, asking=asking, person=person, occasion=occasion, language="en", today=TODAY
    )


def keep(actor, answers, passed_over=(), **given):
    return commands.keep_answers(
        actor, answers=answers, given=given, passed_over=passed_over, today=TODAY, now=NOON
    )


def send(actor, answers):
    return commands.send_answers(actor, answers=answers, today=TODAY, now=NOON)


def take(actor, content, filename="form.xlsx", **more):
    return commands.take_file(actor, content=content, filename=filename, language="en", **more)


# bringing in


def test_a_form_becomes_a_draft_with_its_notes(ewa) -> None:
    content = workbook(
        survey=[{"type": "start", "name": "begun"}, question("calculate", "s", "", calculation="1"),
                question()],
        settings=[{"form_title": "Visits"}],
    )  # fmt: skip

    made = take(ewa, content)

    home = Questionnaire.objects.get()
    assert (home.title, home.source, home.pack_key) == ("Visits", "file", "")
    assert (made.number, made.state, made.made_by) == (1, "draft", ewa.membership)
    assert [note["code"] for note in made.notes] == ["type_left_out", "calculated_not_listed"]
    assert [item.name for item in from_plain(made.content).items] == ["s", "q"]


def test_a_form_that_asks_for_belief_is_refused_and_nothing_is_kept(ewa) -> None:
    content = workbook(survey=[question(), question(name="b", label="What is your religion?")])

    with pytest.raises(commands.FileRefused) as refusal:
        take(ewa, content)

    [found] = [one for one in refusal.value.findings if one.refuses]
    assert (found.code, found.row, found.column) == ("asks_origin", 3, "label")
    assert not Questionnaire.objects.exists()


def test_a_new_version_of_a_form_stands_beside_the_one_that_is_ready(ewa) -> None:
    first = take(ewa, workbook(survey=[question(label="Old")]))
    commands.make_ready(ewa, version=first, today=TODAY)

    second = take(ewa, workbook(survey=[question(label="New")]), questionnaire=first.questionnaire)
    third = take(
        ewa, workbook(survey=[question(label="Newest")]), questionnaire=first.questionnaire
    )

    assert list(Version.objects.order_by("number").values_list("number", "state")) == [
        (1, "ready"), (2, "draft"),
    ]  # fmt: skip
    assert not Version.objects.filter(pk=second.pk).exists()
    assert third.number == 2


def test_a_pack_of_ours_is_taken_once_and_ready_at_once(ewa) -> None:
    first = commands.take_pack(ewa, key=PACK, today=TODAY)
    again = commands.take_pack(ewa, key=PACK, today=TODAY)

    home = Questionnaire.objects.get()
    assert (first.state, again.pk) == ("ready", first.pk)
    assert (home.pack_key, home.source) == (PACK, "pack")
    assert home.titled("ar") == "كيف يسير إرشادنا"
    assert from_plain(first.content).licence.users == "Everybody"
    with pytest.raises(KeyError):
        commands.take_pack(ewa, key="nobody", today=TODAY)


def test_an_older_pack_gets_the_newer_version(ewa) -> None:
    home = QuestionnaireFactory(organisation=ewa.organisation, source="pack", pack_key=PACK)
    VersionFactory(questionnaire=home)

    made = commands.take_pack(ewa, key=PACK, today=TODAY)

    assert (made.questionnaire, made.number) == (home, 2)


def test_a_pack_is_no_new_version_of_another_questionnaire(ewa) -> None:
    home = QuestionnaireFactory(organisation=ewa.organisation, source="pack", pack_key=PACK)

    with pytest.raises(commands.LicensedElsewhere):
        take(ewa, workbook(survey=[question()]), questionnaire=home)


# writing


@pytest.fixture
def draft(ewa):
    return commands.write_questionnaire(
        ewa, title={"en": "Visits", "pl": "Wizyty"}, languages=("en", "pl")
    )


def asks(label="When do you like to meet?", kind=QuestionKind.SHORT_TEXT, **more):
    return Draft(kind=kind, label={"en": label, "pl": label}, **more)


def test_questions_are_written_ordered_and_made_ready(ewa, draft) -> None:
    commands.put_question(ewa, version=draft, draft=asks("Where?"))
    commands.put_question(ewa, version=draft, draft=asks("When?"))
    commands.put_question(ewa, version=draft, name="q1", draft=asks("Where do you like to meet?"))
    commands.move_question(ewa, version=draft, name="q2", by=-1)
    commands.make_ready(ewa, version=draft, today=TODAY)

    kept = from_plain(Version.objects.get().content)
    assert [(item.name, item.label["en"]) for item in kept.items] == [
        ("q2", "When?"), ("q1", "Where do you like to meet?"),
    ]  # fmt: skip
    assert Version.objects.get().ready_on == TODAY


def test_a_question_that_may_not_be_asked_is_refused_in_either_language(ewa, draft) -> None:
    polish = Draft(kind=QuestionKind.SHORT_TEXT, label={"en": "Tell us", "pl": "Narodowość"})
    chosen = asks(
        kind=QuestionKind.ONE_CHOICE, choices=(Choice("1", {"en": "Muslim", "pl": "Tak"}),)
    )

    for refused in (polish, chosen):
        with pytest.raises(commands.FileRefused) as refusal:
            commands.put_question(ewa, version=draft, draft=refused)
        assert {one.code for one in refusal.value.findings} == {"asks_origin"}
    assert from_plain(Version.objects.get().content).items == ()


def test_a_title_that_may_not_be_is_refused(ewa, draft) -> None:
    with pytest.raises(commands.FileRefused):
        commands.write_questionnaire(ewa, title={"en": "Your religion"}, languages=("en",))
    with pytest.raises(commands.FileRefused):
        commands.name_questionnaire(
            ewa, version=draft, title={"en": "Nationality"}, languages=("en",)
        )


def test_a_title_in_other_languages(ewa, draft) -> None:
    commands.put_question(ewa, version=draft, draft=asks())
    commands.name_questionnaire(ewa, version=draft, title={"pl": "Czas"}, languages=("pl", "en"))
    commands.make_ready(ewa, version=draft, today=TODAY)

    assert (Questionnaire.objects.get().title, draft.questionnaire.titled("pl")) == ("Czas", "Czas")


def test_nothing_without_a_question_is_made_ready(ewa, draft) -> None:
    commands.put_question(ewa, version=draft, draft=asks(kind=QuestionKind.NOTE))

    with pytest.raises(commands.HasNoQuestions):
        commands.make_ready(ewa, version=draft, today=TODAY)


def test_a_version_that_is_ready_stays_as_it_is(ewa, draft) -> None:
    commands.put_question(ewa, version=draft, draft=asks())
    commands.make_ready(ewa, version=draft, today=TODAY)

    acts = (
        lambda: commands.put_question(ewa, version=draft, draft=asks()),
        lambda: commands.move_question(ewa, version=draft, name="q1", by=1),
        lambda: commands.remove_question(ewa, version=draft, name="q1"),
        lambda: commands.make_ready(ewa, version=draft, today=TODAY),
        lambda: commands.throw_draft_away(ewa, version=draft),
        lambda: commands.name_questionnaire(
            ewa, version=draft, title={"en": "X"}, languages=("en",)
        ),
    )
    for act in acts:
        with pytest.raises(commands.NotADraft):
            act()


def test_a_new_draft_begins_where_the_last_version_ended(ewa, draft) -> None:
    commands.put_question(ewa, version=draft, draft=asks())
    commands.make_ready(ewa, version=draft, today=TODAY)

    second = commands.begin_draft(ewa, questionnaire=draft.questionnaire)
    same = commands.begin_draft(ewa, questionnaire=draft.questionnaire)
    commands.remove_question(ewa, version=second, name="q1")

    assert (second.number, second.pk) == (2, same.pk)
    assert [from_plain(one.content).items == () for one in Version.objects.order_by("number")] == [
        False, True,
    ]  # fmt: skip


def test_the_words_of_a_file_and_of_a_pack_are_not_changed_here(ewa) -> None:
    file = take(ewa, workbook(survey=[question()]))
    pack = commands.take_pack(ewa, key=PACK, today=TODAY)

    with pytest.raises(commands.LicensedElsewhere):
        commands.put_question(ewa, version=file, draft=asks())
    with pytest.raises(commands.LicensedElsewhere):
        commands.begin_draft(ewa, questionnaire=pack.questionnaire)


def test_no_more_questions_than_anybody_answers(ewa, draft, monkeypatch) -> None:
    monkeypatch.setattr(making, "MOST_QUESTIONS", 1)
    commands.put_question(ewa, version=draft, draft=asks())

    with pytest.raises(making.TooManyQuestions):
        commands.put_question(ewa, version=draft, draft=asks())
    commands.put_question(ewa, version=draft, name="q1", draft=asks("Changed"))


def test_a_draft_is_thrown_away_with_a_questionnaire_that_has_nothing_else(ewa, draft) -> None:
    commands.throw_draft_away(ewa, version=draft)

    assert not Questionnaire.objects.exists()


def test_a_questionnaire_that_is_asked_is_not_retired(ewa, asking) -> None:
    with pytest.raises(making.StillAsked):
        commands.retire(ewa, questionnaire=asking.questionnaire, today=TODAY)

    commands.stop_asking(ewa, asking=asking, today=TODAY)
    commands.retire(ewa, questionnaire=asking.questionnaire, today=TODAY)
    assert Questionnaire.objects.get().retired_on == TODAY


# asking


def ask(actor, programme, questionnaire, moment=Moment.START, side=Side.PARTICIPANT, **more):
    return commands.ask_in_programme(
        actor,
        programme=programme,
        questionnaire=questionnaire,
        side=side,
        moment=moment,
        readers=Readers.NOBODY,
        today=TODAY,
        **more,
    )


def test_a_programme_asks_what_is_ready_at_a_moment_once(ewa) -> None:
    version = VersionFactory(questionnaire__organisation=ewa.organisation)
    programme = ProgrammeFactory(organisation=ewa.organisation)

    made = ask(ewa, programme, version.questionnaire, Moment.WEEKS, weeks=[12, 6, 6])

    assert (made.weeks, made.readers, made.begun_on) == ([6, 12], "nobody", TODAY)
    with pytest.raises(commands.AskedAlready):
        ask(ewa, programme, version.questionnaire, Moment.WEEKS, weeks=[3])
    commands.stop_asking(ewa, asking=made, today=TODAY)
    assert ask(ewa, programme, version.questionnaire, Moment.WEEKS, weeks=[3]).pk != made.pk


def test_a_draft_and_what_is_retired_are_not_asked(ewa) -> None:
    programme = ProgrammeFactory(organisation=ewa.organisation)
    draft = VersionFactory(questionnaire__organisation=ewa.organisation, draft=True)
    retired = VersionFactory(
        questionnaire__organisation=ewa.organisation, questionnaire__retired_on=TODAY
    )

    for version in (draft, retired):
        with pytest.raises(commands.NothingToAsk):
            ask(ewa, programme, version.questionnaire)


@pytest.mark.parametrize(
    ("moment", "weeks"), [(Moment.WEEKS, []), (Moment.WEEKS, [0]), (Moment.START, [3])]
)
def test_weeks_are_given_where_they_are_needed_and_nowhere_else(ewa, moment, weeks) -> None:
    version = VersionFactory(questionnaire__organisation=ewa.organisation)
    programme = ProgrammeFactory(organisation=ewa.organisation)

    with pytest.raises(commands.WeeksMissing):
        ask(ewa, programme, version.questionnaire, moment, weeks=weeks)


def test_mentors_are_not_asked_by_weeks(ewa) -> None:
    version = VersionFactory(questionnaire__organisation=ewa.organisation)
    programme = ProgrammeFactory(organisation=ewa.organisation)

    with pytest.raises(asking_commands.ParticipantsOnly):
        ask(ewa, programme, version.questionnaire, Moment.WEEKS, Side.MENTOR, weeks=[6])


# answering


def test_answers_are_kept_at_every_step_and_sent(amal, asking) -> None:
    person, actor = amal
    heard = []
    events.listen(AnswersSent, heard.append)

    answers = begin(actor, person, asking)
    keep(actor, answers, often="1")
    keep(actor, answers, why="work")
    again = begin(actor, person, asking)
    send(actor, again)

    row = Answers.objects.get()
    assert (again.pk, row.state, row.sent_on, row.together_with) == (
        answers.pk,
        "sent",
        TODAY,
        None,
    )
    assert row.given == {"often": "1", "why": "work"}
    assert heard == [AnswersSent(row.pk, person.pk, asking.programme_id, "start")]


def test_what_is_not_asked_any_more_is_not_sent_and_calculations_are_never_kept(
    amal, asking
) -> None:
    person, actor = amal
    answers = begin(actor, person, asking)
    keep(actor, answers, often="1", hours="3")
    keep(actor, answers, why="work", sum="99")
    keep(actor, answers, often="2")

    send(actor, answers)

    assert Answers.objects.get().given == {"often": "2", "hours": "3"}


def test_an_answer_that_does_not_hold_is_told_and_not_kept(amal, asking) -> None:
    person, actor = amal
    answers = begin(actor, person, asking)

    with pytest.raises(answering.AnswersUnfit) as unfit:
        keep(actor, answers, hours="99")

    assert unfit.value.faults == {"hours": Fault("constraint")}
    assert Answers.objects.get().given is None


def test_a_question_is_answered_or_passed_over_before_sending(amal, asking) -> None:
    person, actor = amal
    answers = begin(actor, person, asking)
    with pytest.raises(answering.AnswersUnfit):
        keep(actor, answers, often="")
    with pytest.raises(answering.AnswersMissing) as missing:
        send(actor, Answers.objects.get())

    keep(actor, Answers.objects.get(), passed_over=["often"])
    send(actor, Answers.objects.get())

    assert list(missing.value.faults) == ["often"]
    assert (Answers.objects.get().given, Answers.objects.get().passed_over) == ({}, ["often"])


def test_passing_over_takes_an_earlier_answer_out_and_answering_takes_the_passing_back(
    amal, asking
) -> None:
    person, actor = amal
    answers = begin(actor, person, asking)
    keep(actor, answers, often="2")
    keep(actor, answers, passed_over=["often"])
    passed = (dict(answers.given), list(answers.passed_over))
    keep(actor, answers, often="3")

    assert passed == ({}, ["often"])
    assert (answers.given, answers.passed_over) == ({"often": "3"}, [])


def test_answers_that_were_sent_stay_as_they_are(amal, asking) -> None:
    person, actor = amal
    answers = AnswersFactory(asking=asking, person=person, sent=True)

    for act in (
        lambda: keep(actor, answers, often="1"),
        lambda: send(actor, answers),
        lambda: begin(actor, person, asking),
        lambda: commands.decline(
            actor, asking=asking, person=person, occasion=START, language="en", today=TODAY
        ),
    ):
        with pytest.raises(commands.AnswersOver):
            act()


def test_who_would_rather_not_leaves_nothing_behind_and_may_begin_after_all(amal, asking) -> None:
    person, actor = amal
    answers = begin(actor, person, asking)
    keep(actor, answers, often="1", why="work")

    commands.decline(
        actor, asking=asking, person=person, occasion=START, language="en", today=TODAY
    )
    row = Answers.objects.get()
    declined = (row.state, row.given, row.passed_over)
    begin(actor, person, asking)

    assert declined == ("declined", None, [])
    assert Answers.objects.get().state == "open"


def test_one_may_say_no_before_a_single_question(amal, asking) -> None:
    person, actor = amal

    commands.decline(
        actor, asking=asking, person=person, occasion=START, language="en", today=TODAY
    )

    assert Answers.objects.get().state == "declined"


def test_answers_can_be_taken_back_after_they_were_sent(amal, asking) -> None:
    person, actor = amal
    answers = AnswersFactory(asking=asking, person=person, sent=True)

    commands.forget_answers(actor, answers=answers, today=TODAY)

    row = Answers.objects.get()
    assert (row.state, row.given, row.sent_on) == ("declined", None, None)


def test_nobody_answers_without_a_place_a_consent_and_a_question(ewa, amal, asking) -> None:
    person, actor = amal
    stranger = PersonFactory(organisation=ewa.organisation, is_participant=True)
    waiting = PersonFactory(organisation=ewa.organisation, is_participant=True)
    EnrolmentFactory(programme=asking.programme, person=waiting)

    with pytest.raises(commands.NotAsked):
        begin(ewa, stranger, asking)
    with pytest.raises(commands.ConsentMissing):
        begin(ewa, waiting, asking)
    with pytest.raises(commands.NotAsked):
        begin(actor, person, asking, occasion_of("week-6"))
    with pytest.raises(commands.NotAsked):
        begin(actor, person, asking, request_occasion(TODAY))
    commands.stop_asking(ewa, asking=asking, today=TODAY)
    with pytest.raises(commands.NotAsked):
        begin(actor, person, asking)


def test_a_week_that_the_programme_does_not_ask_in_is_refused(ewa, amal, asking) -> None:
    person, actor = amal
    weekly = AskingFactory(programme=asking.programme, moment="weeks", weeks=[6])
    VersionFactory(questionnaire=weekly.questionnaire)

    assert begin(actor, person, weekly, occasion_of("week-6")).occasion == "week-6"
    with pytest.raises(commands.NotAsked):
        begin(actor, person, weekly, occasion_of("week-7"))


def test_at_the_welcome_talk_neither_place_nor_consent_is_needed_yet(ewa) -> None:
    welcome = AskingFactory(programme__organisation=ewa.organisation, moment="welcome")
    VersionFactory(questionnaire=welcome.questionnaire)
    person = PersonFactory(organisation=ewa.organisation, is_participant=True)

    answers = begin(ewa, person, welcome, occasion_at(Moment.WELCOME))

    assert (answers.occasion, answers.together_with) == ("welcome", ewa.membership)


REPEAT = form(
    question("begin_repeat", "kids", "Child"),
    question("text", "kid", required="yes"),
    {"type": "end_repeat"},
)


def test_entries_of_a_repeat_are_added_and_taken_out(ewa, amal) -> None:
    person, actor = amal
    asking = AskingFactory(programme__organisation=ewa.organisation)
    VersionFactory(questionnaire=asking.questionnaire, content=to_plain(REPEAT))
    answers = AnswersFactory(asking=asking, person=person, passed_over=["kids.0.kid"])
    at = {"today": TODAY, "now": NOON}

    commands.add_entry(actor, answers=answers, repeat="kids", **at)
    commands.keep_answers(actor, answers=answers, given={"kids.1.kid": "Ola"}, **at)
    commands.remove_entry(actor, answers=answers, repeat="kids", entry=0, **at)
    send(actor, answers)

    assert (answers.given, answers.passed_over) == ({"kids": [{"kid": "Ola"}]}, [])


def test_answers_of_an_application_are_taken_over_whole_or_not(ewa) -> None:
    applied = AskingFactory(programme__organisation=ewa.organisation, moment="application")
    version = VersionFactory(questionnaire=applied.questionnaire)
    person = PersonFactory(organisation=ewa.organisation, is_participant=True)

    def over(**given):
        return commands.take_over_answers(
            ewa, person=person, asking=applied, version=version, given=given, language="pl",
            today=TODAY, now=NOON,
        )  # fmt: skip

    with pytest.raises(answering.AnswersMissing):
        over(hours="3")
    row = over(often="2", hours="3", sum="12")
    with pytest.raises(commands.AnswersOver):
        over(often="2")

    assert (row.state, row.given, row.occasion) == (
        "sent", {"often": "2", "hours": "3"}, "application",
    )  # fmt: skip


def test_erasing_a_person_removes_what_they_answered(ewa, amal, asking) -> None:
    person, _actor = amal
    AnswersFactory(asking=asking, person=person, sent=True)

    erase_person(ewa, person=person, today=TODAY, now=NOON)

    assert not Answers.objects.exists()


# who may


def test_only_oneself_and_those_the_person_was_told_of_read_answers(ewa, amal, asking) -> None:
    person, own = amal
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))
    hidden = AskingFactory(programme=asking.programme, readers="nobody")
    told = AnswersFactory(asking=asking, person=person, sent=True)
    own_only = AnswersFactory(asking=hidden, person=person, sent=True)

    def read_by(actor):
        return set(visible(actor, READ_ANSWERS, Answers.objects.all()))

    assert read_by(own) == {told, own_only}
    assert read_by(ewa) == {told}
    assert read_by(mentor) == set()


def test_a_coordinator_does_not_touch_answers_that_nobody_reads(ewa, amal, asking) -> None:
    person, _actor = amal
    hidden = AskingFactory(programme=asking.programme, readers="nobody")
    answers = AnswersFactory(asking=hidden, person=person)

    for act in (
        lambda: keep(ewa, answers, often="1"),
        lambda: send(ewa, answers),
        lambda: commands.forget_answers(ewa, answers=answers, today=TODAY),
    ):
        with pytest.raises(Denied):
            act()


def test_another_participant_can_do_nothing(ewa, amal, asking) -> None:
    person, _actor = amal
    other = actor_of(MembershipFactory(organisation=ewa.organisation, participant=True))
    answers = AnswersFactory(asking=asking, person=person)

    for act in (
        lambda: begin(other, person, asking),
        lambda: keep(other, answers, often="1"),
        lambda: take(other, b""),
        lambda: commands.ask_for_file(other, asking=asking, form="csv", today=TODAY),
    ):
        with pytest.raises(Denied):
            act()


# saving


def answered(asking, number, *, counted=True):
    for at in range(number):
        person = PersonFactory(organisation=asking.organisation, is_participant=True)
        if counted:
            ConsentFactory(person=person, purpose="statistics")
        AnswersFactory(
            asking=asking, person=person, sent=True, version=Version.objects.get(),
            given={"often": "1", "why": f"reason {at}", "hours": "3"},
        )  # fmt: skip


def written(ewa, asking, kind="xlsx"):
    wanted = AnswersFileFactory(asking=asking, form=kind)
    commands.write_file(job_actor(EXPORT_JOB, ewa.organisation), wanted=wanted)
    return files.content_of(wanted.file), wanted


def test_a_file_is_asked_for_and_written_behind_the_page(ewa, asking) -> None:
    answered(asking, 1)

    wanted = commands.ask_for_file(ewa, asking=asking, form="xlsx", today=TODAY)
    assert (wanted.file, wanted.people, wanted.asked_by) == (None, None, ewa.membership)

    done = commands.write_file(job_actor(EXPORT_JOB, ewa.organisation), wanted=wanted)
    assert done.people == 1


def test_what_the_coordinator_reads_is_saved_without_names_and_calculations(ewa, asking) -> None:
    answered(asking, 2)

    content, _wanted = written(ewa, asking)

    book = load_workbook(io.BytesIO(content))
    rows = [[cell.value for cell in row] for row in book["answers"].iter_rows()]
    assert rows[0] == ["no", "occasion", "often", "why", "hours"]
    assert sorted(row[3] for row in rows[1:]) == ["reason 0", "reason 1"]
    names = [str(row.person.name) for row in Answers.objects.select_related("person")]
    assert [name for name in names if name.encode() in content] == []


def test_what_nobody_reads_is_saved_from_ten_on_and_without_texts(ewa, asking) -> None:
    hidden = AskingFactory(programme=asking.programme, readers="nobody")
    answered(hidden, 9)
    answered(hidden, 1, counted=False)

    with pytest.raises(commands.TooFewAnswers):
        commands.ask_for_file(ewa, asking=hidden, form="csv", today=TODAY)

    answered(hidden, 1)
    content, wanted = written(ewa, hidden, "csv")
    table = zipfile.ZipFile(io.BytesIO(content)).read("answers.csv").decode("utf-8-sig")
    assert wanted.people == 10
    assert table.splitlines()[0] == "no,occasion,often,hours"
    assert len(table.splitlines()) == 11


def test_a_file_for_which_too_many_took_their_answers_back_is_not_written(ewa, asking) -> None:
    hidden = AskingFactory(programme=asking.programme, readers="nobody")
    answered(hidden, 9)

    with pytest.raises(commands.TooFewAnswers):
        written(ewa, hidden)


def test_the_day_on_which_someone_wanted_to_answer_is_not_in_the_file(ewa, asking) -> None:
    asked = AskingFactory(programme=asking.programme, moment="request")
    AnswersFactory(
        asking=asked, version=Version.objects.get(), sent=True, occasion="request-2026-11-02"
    )

    content, _wanted = written(ewa, asked)

    rows = load_workbook(io.BytesIO(content))["answers"].iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["occasion", "request"]


def test_files_go_after_a_week_and_answers_that_nobody_finishes_are_due(ewa, asking) -> None:
    answered(asking, 1)
    _content, wanted = written(ewa, asking)
    tidy = job_actor(TIDY_JOB, ewa.organisation)

    kept = commands.remove_old_files(tidy, today=wanted.asked_on + timedelta(days=6))
    gone = commands.remove_old_files(tidy, today=wanted.asked_on + timedelta(days=7))

    assert (kept, gone) == (0, 1)
    assert not AnswersFile.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_open_answers_are_removed_as_unfinished(ewa, amal, asking) -> None:
    person, _actor = amal
    open_one = AnswersFactory(asking=asking, person=person)
    sent = AnswersFactory(asking=asking, person=person, sent=True, occasion="week-6")

    @command(TIDY)
    def tidy(_actor):
        return commands.remove_unfinished([open_one.pk, sent.pk])

    assert tidy(job_actor(TIDY_JOB, ewa.organisation)) == 1
    assert list(Answers.objects.all()) == [sent]


def test_the_instrument_of_the_tests_has_no_faults() -> None:
    assert HOW_IT_GOES.calculated == {"sum"}
    assert len(AGREEMENT) == 3
    assert Asking._meta.label == "questionnaires.Asking"
