"""What trainers do: plan, hold sessions, tell, look who is where, read answers, look at figures."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.learning.models import (
    Announcement,
    Attempt,
    Attended,
    Certificate,
    CoursePart,
    Edition,
    LiveSession,
    Progress,
    Seat,
    Tally,
)
from kith.learning.queries import cohort as queries
from kith.learning.queries import figures, works
from kith.learning.rules.joining import PARTNER_COUNTRIES
from kith.learning.tests.factories import (
    NOW,
    TODAY,
    EditionFactory,
    LiveSessionFactory,
    SeatFactory,
    WorkFactory,
)

pytestmark = pytest.mark.django_db

PLAN = {
    "title": "Spring",
    "starts_on": "2027-03-01",
    "closes_on": "2027-03-20",
    "ends_on": "2027-06-30",
    "where": "partners",
    "countries": [],
    "seats": "40",
    "trainer": "",
}
PASSED = {"percent": 90, "passed": True, "finished_at": NOW}


@pytest.fixture(autouse=True)
def _first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition():
    edition = EditionFactory()
    with scope.entered(edition.organisation_id):
        yield edition


@pytest.fixture
def trainer(client, edition):
    member = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
    return sign_in(client, member)


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


def text_of(answer):
    return answer.content.decode()


def keep(model, **fields):
    with permit.lifted():
        return model.objects.create(**fields)


class TestPlanning:
    def test_an_edition_is_planned_for_the_seven_partner_countries(self, trainer, edition) -> None:
        answer = trainer.post(address("new_edition", edition.course_id), PLAN)

        made = Edition.objects.get(title="Spring")
        assert answer["Location"] == address("cohort", made.pk)
        assert made.countries == sorted(PARTNER_COUNTRIES)
        assert (made.closes_on, made.seats, made.is_public) == (date(2027, 3, 20), 40, False)

    @pytest.mark.parametrize(
        ("changed", "kept"),
        [
            ({"where": "everywhere", "countries": ["PL"]}, []),
            ({"where": "chosen", "countries": ["UA", "PL"]}, ["PL", "UA"]),
        ],
    )
    def test_countries_are_those_that_were_chosen(self, trainer, edition, changed, kept) -> None:
        trainer.post(address("new_edition", edition.course_id), {**PLAN, **changed})

        assert Edition.objects.get(title="Spring").countries == kept

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"where": "chosen"}, "countries"),
            ({"ends_on": "2027-02-01"}, "__all__"),
            ({"seats": "0"}, "seats"),
            ({"title": ""}, "title"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, trainer, edition, changed, field
    ) -> None:
        answer = trainer.post(address("new_edition", edition.course_id), {**PLAN, **changed})

        form = answer.context["form"]
        assert list(form.errors) == [field]
        assert form["closes_on"].value() == "2027-03-20"
        assert not Edition.objects.filter(title="Spring").exists()

    def test_an_edition_is_changed_but_not_below_those_who_are_in(self, trainer, edition) -> None:
        with permit.lifted():
            Edition.objects.filter(pk=edition.pk).update(taken=5)

        small = trainer.post(address("change", edition.pk), {**PLAN, "seats": "4"})
        trainer.post(address("change", edition.pk), {**PLAN, "seats": "5"})

        assert "More people than that have a seat already." in text_of(small)
        edition.refresh_from_db()
        assert (edition.title, edition.seats) == ("Spring", 5)

    def test_the_form_begins_with_what_is_planned(self, trainer, edition) -> None:
        form = trainer.get(address("change", edition.pk)).context["form"]

        assert form["where"].value() == "chosen"
        assert form["countries"].value() == ["PL", "SK"]

    def test_it_is_called_off_after_a_clear_yes(self, trainer, edition) -> None:
        trainer.get(address("off", edition.pk))
        before = Edition.objects.get(pk=edition.pk).called_off_on

        trainer.post(address("off", edition.pk))

        assert (before, Edition.objects.get(pk=edition.pk).called_off_on) == (None, TODAY)

    @pytest.mark.parametrize(
        "name", ["change", "off", "tell", "new_session", "cohort", "give_certificates"]
    )
    def test_learners_plan_nothing(self, client, edition, name) -> None:
        seat = SeatFactory(edition=edition)
        sign_in(client, seat.member)

        assert client.get(address(name, edition.pk)).status_code in {404, 405}
        assert client.post(address(name, edition.pk), PLAN).status_code in {404, 405}
        assert client.get(address("new_edition", edition.course_id)).status_code == 404
        assert client.get(address("learner", seat.pk)).status_code == 404
        edition.refresh_from_db()
        assert (edition.title, edition.called_off_on) == ("Winter", None)

    def test_everybody_is_told_something(self, trainer, edition) -> None:
        empty = trainer.post(address("tell", edition.pk), {"title": "Room", "body": ""})
        trainer.post(address("tell", edition.pk), {"title": "Room", "body": "We meet upstairs."})

        assert list(empty.context["form"].errors) == ["body"]
        assert empty.context["form"]["title"].value() == "Room"
        [told] = Announcement.objects.all()
        assert (told.title, told.body) == ("Room", "We meet upstairs.")

    def test_certificates_in_bulk_go_to_those_who_have_everything(self, trainer, edition) -> None:
        ready, not_ready = SeatFactory(edition=edition), SeatFactory(edition=edition)
        for seat in (ready, not_ready):
            fields = {"number": 1, "seed": "s", "questions": [], "language": "en", "begun_at": NOW}
            keep(Attempt, seat=seat, part="final", **fields, **PASSED)
            keep(Progress, seat=seat, part="one", done_on=TODAY)
        keep(Progress, seat=ready, part="two", done_on=TODAY)
        for seat in (ready, not_ready):
            WorkFactory(seat=seat, state="accepted")

        answer = trainer.post(address("give_certificates", edition.pk), follow=True)

        assert "1 certificate given." in text_of(answer)
        assert [one.seat_id for one in Certificate.objects.all()] == [ready.pk]


class TestSessions:
    def test_a_session_is_planned_moved_and_taken_off(self, trainer, edition) -> None:
        fields = {"day": "2026-12-10", "time": "17:00", "minutes": "90", "place": "Hall"}
        trainer.post(address("new_session", edition.pk), fields)
        [session] = LiveSession.objects.all()
        trainer.post(address("change_session", session.pk), {**fields, "minutes": "60"})
        session.refresh_from_db()
        assert (session.minutes, session.place) == (60, "Hall")

        trainer.post(address("remove_session", session.pk))

        assert list(LiveSession.objects.all()) == []

    def test_a_session_says_where_it_is(self, trainer, edition) -> None:
        fields = {"day": "2026-12-10", "time": "17:00", "minutes": "90", "place": "", "link": ""}

        answer = trainer.post(address("new_session", edition.pk), fields)

        assert list(answer.context["form"].errors) == ["place"]

    def test_attendance_is_noted_and_put_right(self, trainer, edition) -> None:
        session = LiveSessionFactory(edition=edition)
        first, second = SeatFactory(edition=edition), SeatFactory(edition=edition)
        gone = SeatFactory(edition=edition, state="left")
        here = address("session", session.pk)

        for chosen in ([first, second], [second]):
            trainer.post(here, {"came": [str(one.member_id) for one in chosen]})

        found = Attended.objects.values_list("member", flat=True)
        assert list(found) == [second.member_id]
        form = trainer.get(here).context["form"]
        assert form["came"].value() == [str(second.member_id)]
        assert str(gone.member_id) not in dict(form.fields["came"].choices)
        session.refresh_from_db()
        assert session.noted_on == TODAY

    def test_a_big_cohort_is_noted_sheet_by_sheet(self, trainer, edition, monkeypatch) -> None:
        monkeypatch.setattr(queries, "ON_A_SHEET", 2)
        session = LiveSessionFactory(edition=edition)
        seats = [SeatFactory(edition=edition) for _ in range(3)]
        here = address("session", session.pk)

        first = trainer.post(here, {"came": [str(seats[0].member_id)]})
        trainer.post(first["Location"], {"came": [str(seats[2].member_id)]})

        came = set(Attended.objects.values_list("member", flat=True))
        assert came == {seats[0].member_id, seats[2].member_id}

    def test_before_it_begins_nothing_is_noted(self, trainer, edition) -> None:
        session = LiveSessionFactory(edition=edition, starts_at=NOW + timedelta(minutes=1))
        seat = SeatFactory(edition=edition)

        page = text_of(trainer.get(address("session", session.pk)))
        trainer.post(address("session", session.pk), {"came": [str(seat.member_id)]})

        assert "This session has not begun yet." in page
        assert list(Attended.objects.all()) == []

    def test_what_was_noted_is_not_moved_any_more(self, trainer, edition) -> None:
        session = LiveSessionFactory(edition=edition, noted_on=TODAY)

        trainer.post(address("remove_session", session.pk))

        assert LiveSession.objects.get() == session


class TestCohort:
    def names(self, answer):
        return [line["seat"].pk for line in answer.context["lines"]]

    def test_who_is_quiet_for_more_than_two_weeks_comes_first(self, trainer, edition) -> None:
        border = SeatFactory(edition=edition, last_at=NOW - timedelta(days=14))
        quiet = SeatFactory(edition=edition, last_at=NOW - timedelta(days=14, seconds=1))
        longer = SeatFactory(edition=edition, last_at=NOW - timedelta(days=40))
        active = SeatFactory(edition=edition)

        first = trainer.get(address("cohort", edition.pk))
        everybody = trainer.get(address("cohort", edition.pk), {"show": "learning"})

        assert self.names(first) == [longer.pk, quiet.pk]
        assert self.names(everybody) == [active.pk, border.pk, quiet.pk, longer.pk]
        assert [one.count for one in first.context["filters"]] == [2, 4, 0, 0]

    def test_it_says_how_many_stopped_where(self, trainer, edition) -> None:
        for part in ("one", "one", "two", "letter", ""):
            SeatFactory(edition=edition, part=part)
        SeatFactory(edition=edition, part="one", state="passed", passed_on=TODAY)

        answer = trainer.get(address("cohort", edition.pk))
        one = trainer.get(address("cohort", edition.pk), {"show": "learning", "part": "one"})

        found = [(place["title"], place["number"]) for place in answer.context["places"]]
        assert found == [("Not begun yet", 1), ("One", 2), ("Two", 1), ("A letter", 1)]
        assert len(one.context["lines"]) == 2
        assert one.context["part"] == "One"

    @pytest.mark.parametrize("show", ["quiet", "learning"])
    def test_pages_follow_each_other_without_gaps(
        self, trainer, edition, monkeypatch, show
    ) -> None:
        monkeypatch.setattr(queries, "AT_ONCE", 2)
        at = NOW - timedelta(days=20)
        seats = [SeatFactory(edition=edition, last_at=at).pk for _ in range(5)]
        here, seen, query = address("cohort", edition.pk), [], f"?show={show}"

        while query:
            answer = trainer.get(here + query)
            seen += self.names(answer)
            query = answer.context["next_url"]

        assert sorted(seen) == sorted(seats)

    def test_three_learners_ask_no_more_than_one(self, trainer, edition) -> None:
        SeatFactory(edition=edition)
        trainer.get(address("cohort", edition.pk))
        with CaptureQueriesContext(connection) as one:
            trainer.get(address("cohort", edition.pk))
        for _ in range(3):
            SeatFactory(edition=edition, part="two")
            LiveSessionFactory(edition=edition)

        with CaptureQueriesContext(connection) as more:
            answer = trainer.get(address("cohort", edition.pk))

        assert len(answer.context["lines"]) == 4
        assert len(more) == len(one)

    def test_one_learner_is_seen_by_what_is_done_and_not_by_scores(self, trainer, edition) -> None:
        seat = SeatFactory(edition=edition, modules_done=1)
        keep(
            Progress,
            seat=seat,
            part="one",
            screens=["first", "second"],
            best_percent=83,
            done_on=TODAY,
        )
        keep(Progress, seat=seat, part="two", screens=["first"], best_percent=41)
        WorkFactory(seat=seat)

        answer = trainer.get(address("learner", seat.pk))

        steps = [
            (one.part.key, one.read, one.is_done, one.work) for one, _ in answer.context["steps"]
        ]
        assert steps == [
            ("one", 2, True, ""),
            ("two", 1, False, ""),
            ("letter", 0, False, "handed_in"),
        ]
        words = re.sub(r"<[^>]+>", " ", text_of(answer)).split()
        assert {"83", "41"} & set(words) == set()

    def test_extra_time_is_at_most_double(self, trainer, edition) -> None:
        seat = SeatFactory(edition=edition)

        trainer.post(address("learner", seat.pk), {"percent": "50"})
        answer = trainer.post(address("learner", seat.pk), {"percent": "101"})

        assert list(answer.context["form"].errors) == ["percent"]
        assert Seat.objects.get(pk=seat.pk).extra_percent == 50


class TestFigures:
    def tally(self, edition, question, answers, chosen=None):
        """Keep the sums of (own points, points of the rest) as the answers come in."""
        part = CoursePart.objects.get(version__course=edition.course, key="one")
        return keep(
            Tally,
            part=part,
            question=question,
            number=len(answers),
            points=sum(own for own, _ in answers),
            points_squared=sum(own * own for own, _ in answers),
            rest=sum(rest for _, rest in answers),
            rest_squared=sum(rest * rest for _, rest in answers),
            product=sum(own * rest for own, rest in answers),
            chosen=chosen or {},
        )

    def test_the_worst_question_comes_first_with_words_and_shares(self, trainer, edition) -> None:
        good = [(1.0, 0.9), (1.0, 0.8), (0.0, 0.3), (0.0, 0.2)] * 3
        against = [(0.0, 0.9), (0.0, 0.8), (1.0, 0.3), (0.0, 0.2)] * 3
        self.tally(edition, "q1", good)
        self.tally(edition, "q3", against, chosen={"a": 3, "b": 9})
        self.tally(edition, "q5", good[:9])

        answer = trainer.get(address("figures", edition.course_id))

        lines = {line["figure"].question.key: line for line in answer.context["lines"][:2]}
        assert list(lines) == ["q3", "q1"]
        assert (lines["q3"]["share"], str(lines["q3"]["share_words"])) == ("25%", "few know it")
        assert str(lines["q3"]["tells_words"]) == "those who know the rest get it wrong"
        assert [one["percent"] for one in lines["q3"]["shares"]] == ["25%", "75%", "0%"]
        assert lines["q1"]["tells"] == "0.99"
        assert "Question 3?" in text_of(answer)

    def test_under_ten_answers_nothing_is_said(self, trainer, edition) -> None:
        self.tally(edition, "q1", [(1.0, 0.9), (0.0, 0.2)] * 4 + [(1.0, 0.5)], chosen={"a": 9})

        answer = trainer.get(address("figures", edition.course_id))

        [line] = [one for one in answer.context["lines"] if one["figure"].number]
        assert (line["share"], line["tells"]) == ("", "")
        assert str(line["share_words"]) == "too few answers yet"
        assert {one["percent"] for one in line["shares"]} == {""}

    def test_pages_and_modules_narrow_the_list(self, trainer, edition, monkeypatch) -> None:
        monkeypatch.setattr(figures, "AT_ONCE", 4)
        part = CoursePart.objects.get(version__course=edition.course, key="two")
        here = address("figures", edition.course_id)

        first = trainer.get(here, {"part": str(part.pk)})
        second = trainer.get(here + first.context["next_url"])

        shown = first.context["lines"] + second.context["lines"]
        assert [one["figure"].question.key for one in shown] == [f"q{n}" for n in range(6)]
        assert {one["module"] for one in shown} == {"Two"}
        assert second.context["next_url"] == ""

    def test_the_wording_is_shown_in_all_languages(self, trainer, edition) -> None:
        part = CoursePart.objects.get(version__course=edition.course, key="one")

        page = text_of(trainer.get(address("question_wording", part.pk, "q2")))

        assert "Question 2? (pl)" in page
        assert "right 2 (ar)" in page
        assert address("write") in page
        assert trainer.get(address("question_wording", part.pk, "q9")).status_code == 404

    def test_learners_see_no_figures(self, client, edition) -> None:
        sign_in(client, SeatFactory(edition=edition).member)
        part = CoursePart.objects.get(version__course=edition.course, key="one")

        assert client.get(address("figures", edition.course_id)).status_code == 404
        assert client.get(address("question_wording", part.pk, "q2")).status_code == 404


class TestReadingWork:
    READ = {"judged-act/asks": "there", "feedback": "You ask first. Good.", "act": "accept"}

    def test_the_oldest_answer_comes_first_and_drafts_are_nobodys_business(
        self, trainer, edition
    ) -> None:
        new = WorkFactory(seat=SeatFactory(edition=edition))
        old = WorkFactory(seat=SeatFactory(edition=edition), handed_in_at=NOW - timedelta(days=3))
        draft = WorkFactory(seat=SeatFactory(edition=edition), state="draft", handed_in_at=None)

        answer = trainer.get(address("works"))

        found = [(one["work"].pk, one["story"]) for one in answer.context["lines"]]
        assert found == [(old.pk, "A letter"), (new.pk, "A letter")]
        assert trainer.get(address("work", draft.pk)).status_code == 404

    def test_pages_follow_each_other(self, trainer, edition, monkeypatch) -> None:
        monkeypatch.setattr(works, "AT_ONCE", 2)
        rows = [WorkFactory(seat=SeatFactory(edition=edition)).pk for _ in range(3)]

        first = trainer.get(address("works"))
        second = trainer.get(address("works"), {"after": first.context["next_url"][7:]})

        shown = [one["work"].pk for one in first.context["lines"] + second.context["lines"]]
        assert shown == sorted(rows)

    def test_three_answers_ask_no_more_than_one(self, trainer, edition) -> None:
        WorkFactory(seat=SeatFactory(edition=edition))
        trainer.get(address("works"))
        with CaptureQueriesContext(connection) as one:
            trainer.get(address("works"))
        WorkFactory(seat=SeatFactory(edition=edition))
        WorkFactory(seat=SeatFactory(edition=EditionFactory(course=edition.course, title="B")))

        with CaptureQueriesContext(connection) as more:
            trainer.get(address("works"))

        assert len(more) == len(one)

    def test_the_page_shows_story_answer_example_and_what_to_look_for(
        self, trainer, edition
    ) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))

        page = text_of(trainer.get(address("work", work.pk)))

        said = (
            "It came on Friday.",
            "What do you do?",
            "I ask her first.",
            "I ask.",
            "Asks first.",
        )
        assert [words for words in said if words not in page] == []

    def test_an_answer_is_accepted_with_words_back(self, trainer, edition) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))

        answer = trainer.post(address("work", work.pk), self.READ)

        work.refresh_from_db()
        assert answer["Location"] == address("works")
        assert (work.state, str(work.feedback)) == ("accepted", "You ask first. Good.")
        assert work.judged == {"act/asks": "there"}
        page = text_of(trainer.get(address("work", work.pk)))
        assert "You ask first. Good." in page
        assert 'value="accept"' not in page

    def test_more_is_asked_for(self, trainer, edition) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))

        trainer.post(address("work", work.pk), {**self.READ, "act": "more"})

        work.refresh_from_db()
        assert work.state == "returned"

    @pytest.mark.parametrize(
        ("missing", "field"), [("feedback", "feedback"), ("judged-act/asks", "judged-act/asks")]
    )
    def test_what_is_missing_is_said_at_its_field(self, trainer, edition, missing, field) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))

        answer = trainer.post(address("work", work.pk), {**self.READ, missing: ""})

        assert list(answer.context["form"].errors) == [field]
        work.refresh_from_db()
        assert work.state == "handed_in"

    def test_a_draft_is_kept_out_of_the_learners_sight(self, trainer, edition) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))
        draft = {"judged-act/asks": "partly", "feedback": "Not sure yet", "act": "keep"}

        trainer.post(address("work", work.pk), draft)

        work.refresh_from_db()
        assert (work.state, str(work.feedback), work.judged) == ("handed_in", "", {})
        form = trainer.get(address("work", work.pk)).context["form"]
        assert form["feedback"].value() == "Not sure yet"
        assert form["judged-act/asks"].value() == "partly"
        trainer.post(address("work", work.pk), self.READ)
        work.refresh_from_db()
        assert str(work.reading) == ""

    def test_somebody_else_was_faster(self, trainer, edition) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition), state="returned")

        answer = trainer.post(address("work", work.pk), self.READ)

        page = text_of(answer)
        assert "This answer is not waiting to be read." in page
        # What was typed is there to be copied.
        assert "You ask first. Good." in page

    @pytest.mark.parametrize("role", ["coordinator", "mentor"])
    def test_only_trainers_read(self, client, edition, role) -> None:
        work = WorkFactory(seat=SeatFactory(edition=edition))
        sign_in(client, MembershipFactory(roles=[role], organisation=edition.organisation))

        assert client.get(address("works")).status_code == 404
        assert client.get(address("work", work.pk)).status_code == 404
        assert client.post(address("work", work.pk), self.READ).status_code == 404
