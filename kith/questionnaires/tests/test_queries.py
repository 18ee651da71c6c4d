"""What waits for a person, what staff may know of it, and one's own line."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import permit, scope
from kith.base.errors import Denied, ReasonNeeded
from kith.consent.tests.factories import ConsentFactory
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.schema import Instrument, Published, Scale
from kith.methods.instruments.stored import to_plain
from kith.methods.trajectories.change import Outcome
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.progress import queries as progress
from kith.questionnaires.queries import answers as queries
from kith.questionnaires.queries import lists
from kith.questionnaires.queries.content import NoVersion, fill_version, newest_ready
from kith.questionnaires.queries.lines import own_lines
from kith.questionnaires.rules import Moment
from kith.questionnaires.tests.factories import (
    AnswersFactory,
    AnswersFileFactory,
    AskingFactory,
    QuestionnaireFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


@pytest.fixture
def amal(ewa, programme):
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    person = PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)
    EnrolmentFactory(programme=programme, person=person)
    ConsentFactory(person=person)
    return person, actor_of(member)


@pytest.fixture
def week(monkeypatch):
    """Says which week of mentoring it is."""
    monkeypatch.setattr(progress, "_weeks", [])

    def say(number):
        progress._weeks[:] = [lambda _person, _day: number]

    return say


def asked(programme, **more):
    found = AskingFactory(programme=programme, **more)
    VersionFactory(questionnaire=found.questionnaire)
    return found


def waiting(person) -> list[tuple[str, bool]]:
    return [(one.occasion.key, one.is_begun) for one in queries.asked_of(person, today=TODAY)]


def test_what_is_due_and_what_waits_for_whoever_likes(programme, amal, week) -> None:
    person, _actor = amal
    for moment, weeks in (("start", []), ("weeks", [6, 12]), ("request", []), ("welcome", [])):
        asked(programme, moment=moment, weeks=weeks)
    week(12)

    page = queries.own_page(person, today=TODAY)

    assert waiting(person) == [("week-12", False), ("request-2026-11-02", False)]
    assert [one.occasion.key for one in page.due] == ["week-12"]
    assert [one.occasion.key for one in page.on_request] == ["request-2026-11-02"]


def test_what_was_begun_waits_until_it_is_sent(programme, amal, week) -> None:
    person, _actor = amal
    asking = asked(programme, moment="weeks", weeks=[6, 12])
    week(12)
    begun = AnswersFactory(asking=asking, person=person, occasion="week-6")
    AnswersFactory(asking=asking, person=person, occasion="week-12", sent=True)

    assert waiting(person) == [("week-6", True)]
    assert queries.own_page(person, today=TODAY).due[0].answers == begun


def test_nobody_is_asked_without_the_yes_to_mentoring_or_a_place(ewa, programme) -> None:
    asked(programme)
    undecided = PersonFactory(organisation=ewa.organisation, is_participant=True)
    EnrolmentFactory(programme=programme, person=undecided)
    elsewhere = PersonFactory(organisation=ewa.organisation, is_participant=True)
    ConsentFactory(person=elsewhere)
    gone = PersonFactory(organisation=ewa.organisation, is_participant=True)
    ConsentFactory(person=gone)
    EnrolmentFactory(programme=programme, person=gone, ended=True)

    assert [waiting(one) for one in (undecided, elsewhere, gone)] == [[], [], []]


def test_mentors_are_asked_what_is_for_mentors(ewa, programme) -> None:
    for_mentors = asked(programme, side="mentor")
    asked(programme, side="participant")
    mentor = PersonFactory(organisation=ewa.organisation, is_mentor=True)
    EnrolmentFactory(programme=programme, person=mentor, mentor=True)
    ConsentFactory(person=mentor)

    found = queries.asked_of(mentor, today=TODAY)

    assert [one.asking for one in found] == [for_mentors]
    assert queries.has_questions(mentor)


@pytest.mark.parametrize("number", [1, 3])
def test_asking_what_waits_costs_the_same_for_one_and_for_three(programme, amal, number) -> None:
    person, _actor = amal
    for _ in range(number):
        asked(programme)

    with CaptureQueriesContext(connection) as asked_database:
        assert len(queries.asked_of(person, today=TODAY)) == number

    assert len(asked_database) == 4


def test_staff_know_of_hidden_answers_only_that_they_are_asked(ewa, programme, amal) -> None:
    person, _actor = amal
    told, hidden = asked(programme), asked(programme, readers="nobody")
    row = AnswersFactory(asking=told, person=person, sent=True)
    AnswersFactory(asking=hidden, person=person, sent=True)

    found = {one.asking: one for one in queries.told_of(ewa, person)}

    assert (found[told].answers, found[told].is_read) == ([row], True)
    assert (found[hidden].answers, found[hidden].is_read) == ([], False)


def test_looking_at_answers_is_noted_and_needs_a_reason_outside_of_the_caseload(
    ewa, programme, amal
) -> None:
    person, _actor = amal
    row = AnswersFactory(asking=asked(programme), person=person, sent=True)

    queries.opened(ewa, answers=row)
    seen = AuditEvent.objects.filter(verb="questionnaires.read").count()
    person.responsible = MembershipFactory(organisation=ewa.organisation)
    with permit.lifted():
        person.save()

    assert seen == 1
    with pytest.raises(ReasonNeeded):
        queries.opened(ewa, answers=row)


@pytest.mark.parametrize(
    ("moment", "weeks", "number", "key"),
    [
        ("start", [], 0, "start"), ("welcome", [], None, "welcome"),
        ("application", [], None, "application"), ("weeks", [6], 6, "week-6"),
        ("weeks", [6], 3, None), ("request", [], 0, "request-2026-11-02"),
    ],
)  # fmt: skip
def test_together_one_asks_what_is_due_now(
    programme, amal, week, moment, weeks, number, key
) -> None:
    person, _actor = amal
    asking = asked(programme, moment=moment, weeks=weeks)
    week(number)

    now = queries.occasion_now(asking, person, today=TODAY)

    assert (now.key if now else None) == key


def test_an_occasion_that_is_over_is_not_asked_again(programme, amal, week) -> None:
    person, _actor = amal
    asking = asked(programme)
    AnswersFactory(asking=asking, person=person, state="declined")

    assert queries.occasion_now(asking, person, today=TODAY) is None


def test_only_what_staff_read_anyway_is_asked_together(ewa, programme) -> None:
    told = asked(programme)
    asked(programme, readers="nobody")
    asked(programme, ended_on=TODAY)

    assert list(queries.askings_to_ask(ewa)) == [told]


def test_answers_of_a_moment_are_there_for_the_room_that_holds_it(programme, amal) -> None:
    person, _actor = amal
    welcome = asked(programme, moment="welcome")
    row = AnswersFactory(asking=welcome, person=person, occasion="welcome", sent=True)
    AnswersFactory(asking=asked(programme), person=person)

    assert queries.answered_at(person, Moment.WELCOME) == [row]


def test_the_rooms_above_ask_in_the_order_of_the_programme(programme) -> None:
    second = asked(programme, moment="welcome", place=2)
    first = asked(programme, moment="welcome", place=1)
    asked(programme, moment="welcome", side="mentor")
    asked(programme, moment="welcome", ended_on=TODAY)

    assert lists.asked_at(programme, Moment.WELCOME, Side.PARTICIPANT) == [first, second]


# the list


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(ewa, programme, number) -> None:
    for _ in range(number):
        asked(programme)

    with CaptureQueriesContext(connection) as asked_database:
        lines, after = lists.part_of_list(ewa, after=None)

    assert [(line.is_ready, line.has_draft, line.programmes) for line in lines] == [
        (True, False, 1)
    ] * number
    assert (len(asked_database), after) == (3, None)


def test_the_list_comes_in_parts(ewa, monkeypatch) -> None:
    monkeypatch.setattr(lists, "LINES_AT_ONCE", 2)
    rows = [QuestionnaireFactory(organisation=ewa.organisation) for _ in range(3)]

    first, after = lists.part_of_list(ewa, after=None)
    second, end = lists.part_of_list(ewa, after=after)

    assert [line.questionnaire for line in first] == [rows[2], rows[1]]
    assert ([line.questionnaire for line in second], end) == ([rows[0]], None)


def test_what_is_retired_is_in_a_list_of_its_own(ewa) -> None:
    gone = QuestionnaireFactory(organisation=ewa.organisation, retired_on=TODAY)

    assert lists.part_of_list(ewa, after=None) == ([], None)
    [line] = lists.part_of_list(ewa, after=None, retired=True)[0]
    assert line.questionnaire == gone


def test_numbers_of_several_come_in_one_query(programme) -> None:
    one, none = asked(programme), asked(programme)
    AnswersFactory(asking=one, sent=True)
    AnswersFactory(asking=one, state="declined")

    with CaptureQueriesContext(connection) as asked_database:
        numbers = lists.numbers_of([one, none])

    assert (numbers[one.pk].sent, numbers[one.pk].declined, numbers[one.pk].total) == (1, 1, 2)
    assert numbers[none.pk].total == 0
    assert len(asked_database) == 1


def test_files_are_for_those_who_may_save_answers(ewa, programme) -> None:
    file = AnswersFileFactory(asking=asked(programme))
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))

    assert lists.files_of(ewa, file.asking) == [file]
    assert list(lists.files(mentor)) == []


def test_a_questionnaire_that_was_never_ready_has_no_version_to_ask(ewa) -> None:
    draft = VersionFactory(questionnaire__organisation=ewa.organisation, draft=True)

    with pytest.raises(NoVersion):
        newest_ready(draft.questionnaire)


def test_the_day_of_a_page_is_that_of_this_installation(ewa) -> None:
    version = VersionFactory(questionnaire__organisation=ewa.organisation)

    found = fill_version(version, {"hours": "2"}, now=NOON, language="en")

    assert found.calculated == {"sum": ("8",)}


# one's own line

ALL = ["often_enough", "my_goals", "can_say_no", "hard_to_reach", "moves_on"]


def measured() -> Instrument:
    """Our pack with made-up figures, as if somebody had published how far it wavers."""
    [pack] = shipped_packs()
    [scale] = pack.scales
    figures = {
        "reliability": Published(0.8, "Doe 2020"),
        "standard_deviation": Published(0.5, "Doe"),
    }
    told = Scale(scale.key, scale.title, scale.items, scale.reverse, scale.transform, **figures)
    return Instrument(
        pack.id, "1", pack.title, pack.languages, "en", pack.items, pack.choices, pack.licence,
        (told,),
    )  # fmt: skip


def answered(programme, person, *steps, instrument=None):
    """Answers that are the same step in every item, the last one turned round."""
    asking = AskingFactory(programme=programme, moment="weeks", weeks=[6, 12, 24], readers="nobody")
    [pack] = shipped_packs()
    VersionFactory(questionnaire=asking.questionnaire, content=to_plain(instrument or pack))
    for at, step in enumerate(steps):
        given = {**dict.fromkeys(ALL, str(step)), "hard_to_reach": str(6 - step)}
        AnswersFactory(
            asking=asking, person=person, occasion=f"week-{(6, 12, 24)[at]}", state="sent",
            sent_on=TODAY + timedelta(weeks=at), given=given,
        )  # fmt: skip
    return asking


def test_the_line_tells_when_and_near_which_answer(programme, amal) -> None:
    person, actor = amal
    answered(programme, person, 1, 3, 5)

    [line] = own_lines(actor, person, "pl")

    assert (line.title, line.low, line.high) == ("Jak się układa", "Wcale nie", "Całkowicie")
    assert [(point.on, point.at, point.nearest) for point in line.points] == [
        (TODAY, 0.0, "Wcale nie"),
        (TODAY + timedelta(weeks=1), 0.5, "Częściowo"),
        (TODAY + timedelta(weeks=2), 1.0, "Całkowicie"),
    ]
    assert (line.since_last, line.since_first) == (None, None)


@pytest.mark.parametrize(
    ("steps", "since_last", "since_first"),
    [
        # Figures below 1.96 * 0.5 * sqrt(2 * 0.2) = 0.62 apart come by chance.
        ((3, 4), Outcome.UP, None),
        ((4, 3), Outcome.DOWN, None),
        ((3, 3), Outcome.NO_CLEAR_CHANGE, None),
        ((2, 3, 3), Outcome.NO_CLEAR_CHANGE, Outcome.UP),
    ],
)
def test_a_clear_change_is_told_where_figures_are_published(
    programme, amal, steps, since_last, since_first
) -> None:
    person, actor = amal
    answered(programme, person, *steps, instrument=measured())

    [line] = own_lines(actor, person, "en")

    assert (line.since_last, line.since_first, line.source) == (
        since_last, since_first, "Doe 2020",
    )  # fmt: skip


def test_figures_of_two_versions_are_never_held_against_each_other(programme, amal) -> None:
    person, actor = amal
    asking = answered(programme, person, 2, instrument=measured())
    second = VersionFactory(
        questionnaire=asking.questionnaire, number=2, content=to_plain(measured())
    )
    AnswersFactory(
        asking=asking, person=person, version=second, occasion="week-12", state="sent",
        sent_on=TODAY + timedelta(weeks=6), given=dict.fromkeys(ALL, "5"),
    )  # fmt: skip

    [line] = own_lines(actor, person, "en")

    assert (len(line.points), line.since_last) == (2, None)


def test_a_gap_has_no_point_and_other_forms_have_no_line(programme, amal) -> None:
    person, actor = amal
    asking = answered(programme, person)
    AnswersFactory(
        asking=asking, person=person, occasion="week-6", sent=True, given={"my_goals": "3"}
    )
    AnswersFactory(asking=asked(programme), person=person, sent=True)

    assert own_lines(actor, person, "en") == []


def test_nobody_else_sees_a_line(ewa, programme, amal) -> None:
    person, _actor = amal
    answered(programme, person, 3)
    mentor = actor_of(MembershipFactory(organisation=ewa.organisation, mentor=True))

    for other in (ewa, mentor):
        with pytest.raises(Denied):
            own_lines(other, person, "en")
