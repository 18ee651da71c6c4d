"""The way through a course, from the door to the certificate."""

from datetime import date, timedelta

import pytest

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.learning.commands import certificates, joining, planning, reading, trying, writing
from kith.learning.commands.courses import take_shipped
from kith.learning.models import Attended, Certificate, Course, CoursePart, Edition, Seat, Tally
from kith.learning.queries.certificates import valid_certificates
from kith.learning.queries.content import asked_in, modules_of, vignettes_of
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import HoursKind, Revoked, WorkState
from kith.learning.tests.factories import (
    NOW,
    TODAY,
    CertificateFactory,
    CourseFactory,
    EditionFactory,
    LiveSessionFactory,
    SeatFactory,
    written,
)
from kith.learning.tests.way import (
    accept,
    do_modules,
    hand_in,
    join,
    mentor,
    pass_all,
    read_all,
    trainer,
    try_it,
)

pytestmark = pytest.mark.django_db


class TestJoining:
    def test_who_works_in_one_of_the_countries_joins(self, edition) -> None:
        seat = join(mentor(edition), edition)

        assert (seat.country, seat.version.number, seat.state) == ("PL", 1, "learning")
        assert Edition.objects.get(pk=edition.pk).taken == 1

    def test_from_another_country_nobody_joins(self, edition) -> None:
        with pytest.raises(joining.OtherCountry):
            join(mentor(edition), edition, country="DE")

    def test_on_the_closing_day_one_joins_and_not_the_day_after(self, edition) -> None:
        join(mentor(edition), edition, today=edition.closes_on)

        with pytest.raises(joining.EditionClosed):
            join(mentor(edition), edition, today=edition.closes_on + timedelta(days=1))

    def test_when_all_seats_are_taken_nobody_joins(self) -> None:
        edition = EditionFactory(seats=1)
        with scope.entered(edition.organisation_id):
            join(mentor(edition), edition)

            with pytest.raises(joining.EditionFull):
                join(mentor(edition), edition)

    def test_an_edition_without_countries_is_for_everybody(self) -> None:
        edition = EditionFactory(countries=[])
        with scope.entered(edition.organisation_id):
            assert join(mentor(edition), edition, country="CA").country == "CA"

    def test_nobody_joins_what_is_called_off(self, edition) -> None:
        planning.call_off(trainer(edition), edition=edition, today=TODAY)

        with pytest.raises(joining.EditionCalledOff):
            join(mentor(edition), edition)

    def test_nobody_joins_twice(self, edition) -> None:
        actor = mentor(edition)
        join(actor, edition)

        with pytest.raises(joining.AlreadyIn):
            join(actor, edition)

    def test_who_left_comes_back_to_what_was_read(self, edition, seat) -> None:
        actor = actor_of(seat.member)
        part = modules_of(seat.version_id)[0]
        reading.read_screen(actor, seat=seat, part=part, screen="first", seconds=5, now=NOW)
        joining.leave(actor, seat=seat)
        seat.refresh_from_db()
        with pytest.raises(reading.HasLeft):
            reading.read_screen(actor, seat=seat, part=part, screen="first", seconds=5, now=NOW)

        again = join(actor, edition)

        assert (again.pk, again.state, again.part) == (seat.pk, "learning", "one")

    def test_who_has_passed_does_not_leave(self, edition, seat) -> None:
        pass_all(edition, seat)
        seat.refresh_from_db()

        with pytest.raises(joining.HasPassed):
            joining.leave(actor_of(seat.member), seat=seat)


class TestReading:
    def test_a_screen_is_noted_once_and_time_adds_up(self, seat) -> None:
        actor, part = actor_of(seat.member), modules_of(seat.version_id)[0]
        for seconds in (40, 5000):
            progress = reading.read_screen(
                actor, seat=seat, part=part, screen="first", seconds=seconds, now=NOW
            )

        assert (progress.screens, progress.seconds) == (["first"], 40 + 900)
        assert (seat.part, seat.screen) == ("one", "first")

    def test_a_screen_that_is_not_there_is_refused(self, seat) -> None:
        with pytest.raises(reading.NoSuchScreen):
            reading.read_screen(
                actor_of(seat.member),
                seat=seat,
                part=modules_of(seat.version_id)[0],
                screen="third",
                seconds=1,
                now=NOW,
            )

    def test_nobody_reads_on_somebody_elses_seat(self, edition, seat) -> None:
        with pytest.raises(Denied):
            reading.read_screen(
                mentor(edition),
                seat=seat,
                part=modules_of(seat.version_id)[0],
                screen="first",
                seconds=1,
                now=NOW,
            )

    def test_a_module_is_done_when_all_is_read_and_its_quiz_is_passed(self, seat) -> None:
        try_it(seat, "one")
        seat.refresh_from_db()
        assert seat.modules_done == 0

        read_all(seat)

        seat.refresh_from_db()
        assert seat.modules_done == 1


class TestTrying:
    def test_a_wrong_quiz_is_not_passed_and_the_next_asks_something_else(self, seat) -> None:
        first = try_it(seat, "one", option="b")
        second = try_it(seat, "one")

        assert (first.percent, first.passed) == (0, False)
        assert (second.percent, second.passed, second.number) == (100, True, 2)
        assert not set(first.questions) & set(second.questions)

    def test_what_was_begun_goes_on(self, seat) -> None:
        actor = actor_of(seat.member)
        attempts = [
            trying.begin(actor, seat=seat, part="one", language="en", now=NOW) for _ in range(2)
        ]

        assert attempts[0] == attempts[1]

    def test_the_final_test_waits_for_the_modules(self, seat) -> None:
        with pytest.raises(trying.NotRead):
            try_it(seat, FINAL)

    def test_three_final_tests_a_day_are_enough(self, seat) -> None:
        do_modules(seat)
        for _ in range(3):
            assert try_it(seat, FINAL, option="b").passed is False

        with pytest.raises(trying.EnoughToday):
            try_it(seat, FINAL)
        assert try_it(seat, FINAL, now=NOW + timedelta(days=1)).passed

    def test_after_the_time_no_answer_is_taken_but_what_was_kept_counts(self) -> None:
        course = CourseFactory(text=written(final_minutes=20))
        edition = EditionFactory(course=course)
        with scope.entered(edition.organisation_id):
            seat = SeatFactory(edition=edition, extra_percent=50)
            do_modules(seat)
            actor = actor_of(seat.member)
            attempt = trying.begin(actor, seat=seat, part=FINAL, language="en", now=NOW)
            assert attempt.due_at == NOW + timedelta(minutes=30)
            for minutes, some in ((29, attempt.questions[:3]), (31, attempt.questions)):
                trying.keep_answers(
                    actor,
                    seat=seat,
                    attempt=attempt,
                    answers=dict.fromkeys(some, "a"),
                    now=NOW + timedelta(minutes=minutes),
                )

            done = trying.finish(actor, seat=seat, attempt=attempt, now=NOW + timedelta(minutes=31))

        assert (done.percent, done.passed) == (75, False)

    def test_what_is_handed_in_stays(self, seat) -> None:
        attempt, actor = try_it(seat, "one"), actor_of(seat.member)

        with pytest.raises(trying.IsFinished):
            trying.finish(actor, seat=seat, attempt=attempt, now=NOW)
        with pytest.raises(trying.IsFinished):
            trying.keep_answers(actor, seat=seat, attempt=attempt, answers={}, now=NOW)

    def test_garbage_is_no_answer(self, seat) -> None:
        actor = actor_of(seat.member)
        attempt = trying.begin(actor, seat=seat, part="one", language="en", now=NOW)
        garbage = {attempt.questions[0]: {"a": 1}, attempt.questions[1]: ["a"] * 500, "x/y": "a"}

        kept = trying.keep_answers(actor, seat=seat, attempt=attempt, answers=garbage, now=NOW)

        assert set(kept.answers) == set(attempt.questions)
        assert trying.finish(actor, seat=seat, attempt=attempt, now=NOW).percent == 0

    def test_a_part_without_questions_cannot_be_tried(self, seat) -> None:
        with pytest.raises(trying.NoQuestions):
            try_it(seat, "nothing")

    def test_only_the_first_answers_are_counted_for_the_trainer(self, seat) -> None:
        first = try_it(seat, "one", option="b")
        try_it(seat, "one")

        tallies = list(Tally.objects.order_by("question"))

        assert {f"one/{one.question}" for one in tallies} == set(first.questions)
        assert [(one.number, one.points, one.chosen) for one in tallies] == [(1, 0, {"b": 1})] * 2

    def test_asked_questions_are_those_of_the_wording_begun(self, seat) -> None:
        attempt = try_it(seat, "one")

        assert list(asked_in(attempt, seat.version_id)) == attempt.questions


class TestWriting:
    def test_an_empty_answer_is_kept_and_not_handed_in(self, seat) -> None:
        part = vignettes_of(seat.version_id)[0]
        with pytest.raises(writing.TaskUnanswered):
            writing.hand_in(
                actor_of(seat.member), seat=seat, part=part, answers={"act": " "}, now=NOW
            )

    def test_a_trainer_asks_for_more_and_the_learner_writes_on(self, edition, seat) -> None:
        work = hand_in(seat)
        with pytest.raises(writing.WithTheTrainer):
            hand_in(seat)

        back = writing.answer_work(
            trainer(edition),
            work=work,
            accept=False,
            judged={"act/asks": "not_yet"},
            feedback="Whom would you ask?",
            now=NOW,
        )

        assert (back.state, str(back.feedback)) == ("returned", "Whom would you ask?")
        assert hand_in(seat).state == WorkState.HANDED_IN.value

    def test_without_words_nothing_goes_back(self, edition, seat) -> None:
        work = hand_in(seat)

        with pytest.raises(writing.FeedbackMissing):
            writing.answer_work(
                trainer(edition), work=work, accept=True, judged={}, feedback=" ", now=NOW
            )
        with pytest.raises(writing.JudgementMissing):
            writing.answer_work(
                trainer(edition),
                work=work,
                accept=True,
                judged={"act/asks": "9"},
                feedback="Good.",
                now=NOW,
            )

    def test_what_was_read_is_not_read_again(self, edition, seat) -> None:
        work = hand_in(seat)
        accept(edition, work)

        with pytest.raises(writing.NotHandedIn):
            accept(edition, work)

    def test_a_coordinator_does_not_read_answers(self, edition, seat) -> None:
        work = hand_in(seat)
        coordinator = actor_of(MembershipFactory(organisation=edition.organisation))

        with pytest.raises(Denied):
            writing.answer_work(
                coordinator, work=work, accept=True, judged={}, feedback="x", now=NOW
            )


class TestFinishing:
    def test_modules_final_test_and_story_make_a_certificate(self, edition, seat) -> None:
        certificate = pass_all(edition, seat)

        assert (certificate.issued_on, certificate.valid_until) == (TODAY, date(2028, 12, 1))
        assert str(certificate.name) == str(seat.member.name)
        assert len(certificate.code) == 12
        assert Seat.objects.get(pk=seat.pk).passed_on == TODAY

    def test_without_the_story_there_is_none(self, seat) -> None:
        do_modules(seat)
        try_it(seat, FINAL)

        assert not Certificate.objects.exists()

    def test_a_course_with_a_live_session_waits_for_it(self) -> None:
        edition = EditionFactory(course=CourseFactory(text=written(live_session=True)))
        with scope.entered(edition.organisation_id):
            seat = SeatFactory(edition=edition)
            with pytest.raises(Certificate.DoesNotExist):
                pass_all(edition, seat)

            planning.note_attendance(
                trainer(edition),
                session=LiveSessionFactory(edition=edition),
                members=[seat.member_id],
                now=NOW,
                today=TODAY,
            )

            assert Certificate.objects.get(seat=seat).issued_on == TODAY
            assert Attended.objects.count() == 1

    def test_a_certificate_opens_until_its_last_day_and_not_after_it(self) -> None:
        certificate = CertificateFactory()
        with scope.entered(certificate.organisation_id):
            days = [TODAY - timedelta(days=1), TODAY, certificate.valid_until]
            days.append(certificate.valid_until + timedelta(days=1))

            held = [bool(valid_certificates(certificate.member, day)) for day in days]

        assert held == [False, True, True, False]

    def test_a_revoked_certificate_opens_nothing_from_that_day(self) -> None:
        certificate = CertificateFactory()
        with scope.entered(certificate.organisation_id):
            actor = trainer(certificate.seat.edition)
            certificates.revoke(
                actor, certificate=certificate, why=Revoked.MISTAKE, note="", today=TODAY
            )

            assert valid_certificates(certificate.member, TODAY) == []
            with pytest.raises(certificates.RevokedBefore):
                certificates.revoke(
                    actor, certificate=certificate, why=Revoked.MISTAKE, note="", today=TODAY
                )

    def test_one_for_the_sheet_needs_refresher_and_supervision_after_a_year(self) -> None:
        certificate = CertificateFactory(opens="assessment", refresher_months=12)
        with scope.entered(certificate.organisation_id):
            actor, member = trainer(certificate.seat.edition), certificate.member
            later = date(2027, 12, 2)
            assert valid_certificates(member, date(2027, 12, 1))
            assert not valid_certificates(member, later)

            for kind, minutes in ((HoursKind.REFRESHER, 90), (HoursKind.SUPERVISION, 240)):
                assert not valid_certificates(member, later)
                certificates.note_hours(
                    actor,
                    member=member,
                    kind=kind,
                    done_on=date(2027, 6, 1),
                    minutes=minutes,
                    today=later,
                )

            assert valid_certificates(member, later)
            assert valid_certificates(member, date(2028, 6, 1))
            assert not valid_certificates(member, date(2028, 6, 2))

    def test_hours_to_come_are_not_noted(self) -> None:
        certificate = CertificateFactory()
        with (
            scope.entered(certificate.organisation_id),
            pytest.raises(certificates.NotYetDone),
        ):
            certificates.note_hours(
                trainer(certificate.seat.edition),
                member=certificate.member,
                kind=HoursKind.REFRESHER,
                done_on=TODAY + timedelta(days=1),
                minutes=60,
                today=TODAY,
            )


class TestShipped:
    def test_both_courses_come_once_with_seven_modules_and_two_stories(self, edition) -> None:
        actor = trainer(edition)
        first = take_shipped(actor, now=NOW)

        again = take_shipped(actor, now=NOW)

        assert [course.key for course in first] == [
            "helping-newcomers",
            "understanding-vulnerability",
        ]
        assert again == []
        for course in Course.objects.exclude(shipped=None):
            parts = CoursePart.objects.filter(version__course=course)
            assert parts.filter(kind="module").count() == 7
            assert parts.filter(kind="vignette").count() == 2
