"""Trainers write courses: wordings as drafts, in use, as files."""

from dataclasses import replace
from fractions import Fraction

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import bank, courses, parts, wordings
from kith.learning.models import Course, CourseVersion
from kith.learning.queries.content import part_of
from kith.learning.queries.wordings import reading_of, whole
from kith.learning.rules.pieces import fingerprint
from kith.learning.tests.factories import NOW, CourseFactory, EditionFactory, SeatFactory, written
from kith.learning.tests.way import mentor, pass_all, try_it
from kith.learning.tests.writing import address, part, shipped, text_of, zipped
from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.questions.schema import Single

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


class TestWordings:
    def test_the_list_says_where_each_wording_stands_and_who_learns_from_it(
        self, page, course, draft
    ) -> None:
        SeatFactory(edition=EditionFactory(course=course))

        words = text_of(page.get(address("write")))

        assert "Wording 2 Draft begun on 1 December 2026 Ewa Trenerska 0 people" in words
        assert "Wording 1 In use since 1 December 2026 – 1 person" in words
        assert "Go on with the draft" in words
        assert "Write a new wording" not in words

    def test_three_courses_ask_no_more_than_one(self, page, course) -> None:
        page.get(address("write"))
        with CaptureQueriesContext(connection) as one:
            page.get(address("write"))
        for key in ("second", "third"):
            CourseFactory(key=key, organisation=course.organisation)
        with CaptureQueriesContext(connection) as three:
            page.get(address("write"))

        assert len(three) == len(one)

    def test_those_who_do_not_write_courses_find_no_page(
        self, client, course, draft, module
    ) -> None:
        sign_in(client, MembershipFactory(coordinator=True, organisation=course.organisation))

        addresses = [
            address("write"),
            address("wording_upload"),
            address("wording", draft.pk),
            address("wording_files", draft.pk),
            address("write_part", module.pk),
            address("bank", module.pk),
        ]

        assert {client.get(one).status_code for one in addresses} == {404}

    def test_a_trainer_elsewhere_finds_nothing(self, client, draft, module) -> None:
        sign_in(client, MembershipFactory(roles=[Role.TRAINER.value]))

        addresses = [address("wording", draft.pk), address("write_part", module.pk)]

        assert {client.get(one).status_code for one in addresses} == {404}

    def test_a_new_wording_is_a_copy_of_the_one_in_use(self, page, course, writer) -> None:
        answer = page.post(address("wording_copy", course.pk))

        copy = CourseVersion.objects.get(course=course, state="draft")
        assert answer.url == address("wording", copy.pk)
        assert (copy.number, copy.made_by) == (2, writer)
        assert whole(copy) == whole(CourseVersion.objects.get(course=course, number=1))

    def test_there_is_one_draft_at_a_time(self, page, course, draft) -> None:
        answer = page.post(address("wording_copy", course.pk), follow=True)

        assert "There is a draft of this course already." in text_of(answer)
        assert CourseVersion.objects.filter(course=course).count() == 2

    def test_a_draft_is_thrown_away_after_a_clear_yes(self, page, course, draft) -> None:
        page.get(address("wording_discard", draft.pk))
        assert CourseVersion.objects.filter(pk=draft.pk).exists()

        page.post(address("wording_discard", draft.pk))

        assert not CourseVersion.objects.filter(pk=draft.pk).exists()
        assert CourseVersion.objects.get(course=course).state == "in_use"

    def test_what_was_in_use_is_not_thrown_away(self, course, writer) -> None:
        with pytest.raises(courses.NotADraft):
            wordings.discard_draft(
                actor_of(writer), version=CourseVersion.objects.get(course=course)
            )


class TestUse:
    def test_errors_stand_in_the_way_and_are_named_by_screen(self, page, draft) -> None:
        shown = text_of(page.get(address("wording_use", draft.pk)))
        answer = page.post(address("wording_use", draft.pk))

        assert "are to change first" in shown
        assert "One There is no picture." in shown
        assert answer.status_code == 422
        assert CourseVersion.objects.get(pk=draft.pk).state == "draft"

    def test_a_wording_without_errors_comes_into_use(self, page, writer, course) -> None:
        draft = shipped(actor_of(writer))
        assert check_course(reading_of(draft)).errors == ()

        answer = page.post(address("wording_use", draft.pk))

        assert answer.url == address("write")
        draft.refresh_from_db()
        assert (draft.state, draft.in_use_at) == ("in_use", NOW)

    def test_it_says_what_changes_by_name(self, page, draft, module, writer) -> None:
        actor = actor_of(writer)
        seen = fingerprint(parts.english_of(part_of(module).screen("second")))
        parts.save_screen(
            actor, part=module, name="second", heading="Now", body="Another.", seen=seen
        )
        parts.add_screen(actor, part=module, heading="A third one", body="New.")
        bank.remove_question(actor, part=module, key="q0")

        words = text_of(page.get(address("wording_use", draft.pk)))

        assert (
            "One changed Screen “ Now ”: changed Screen “ A third one ”: new"
            " Question “ Question 0? ”: taken out" in words
        )
        assert "Two changed" not in words

    def test_learners_finish_the_wording_they_began(self, course, writer) -> None:
        edition = EditionFactory(course=course)
        seat = SeatFactory(edition=edition)
        actor = actor_of(writer)
        draft = wordings.copy_wording(actor, course=course)
        module = part(draft, "one")
        for old in part_of(module).questions:
            assert isinstance(old, Single)
            turned = tuple(replace(one, weight=Fraction(one.key == "b")) for one in old.options)
            bank.save_question(
                actor,
                part=module,
                key=old.key,
                question=replace(old, options=turned),
                seen=fingerprint(bank.to_plain(old)),
            )
        courses.use(actor, version=draft, now=NOW)
        later = SeatFactory(edition=edition, member=mentor(edition).membership)

        old_way = try_it(seat, "one", option="a")
        new_way = try_it(later, "one", option="a")

        seat.refresh_from_db()
        assert seat.version.number == 1
        assert later.version.number == 2
        assert (old_way.percent, new_way.percent) == (100, 0)
        assert pass_all(edition, seat).seat == seat


class TestFiles:
    def test_a_wording_comes_back_as_the_same_draft(self, page, course, draft) -> None:
        saved = page.get(address("wording_files", draft.pk))
        before = whole(draft)
        page.post(address("wording_discard", draft.pk))

        file = SimpleUploadedFile("small.zip", saved.content)
        answer = page.post(address("wording_upload"), {"file": file})

        again = CourseVersion.objects.get(course=course, state="draft")
        assert answer.url == address("wording", again.pk)
        assert whole(again) == before

    def test_files_with_faults_are_named_by_line_and_nothing_is_kept(self, page, course) -> None:
        file = zipped({
            "small/course.toml": 'key = "small"\nversion = 1\ntitel = { en = "X" }\n',
            "small/01-one/module.toml": 'key = "one"\n',
            "small/01-one/en.md": "Stray\n\n## One {#one}\n\nText.\n",
        })  # fmt: skip

        answer = page.post(address("wording_upload"), {"file": file})

        words = text_of(answer)
        assert answer.status_code == 422
        assert "01-one/en.md:1 There is text before the first heading" in words
        assert "course.toml:3, titel Nothing reads this key." in words
        assert CourseVersion.objects.filter(course=course).count() == 1

    def test_a_new_course_begins_with_its_files(self, page, course, writer) -> None:
        shipped(actor_of(writer))

        assert Course.objects.get(key="helping-newcomers").shipped is None

    def test_a_zip_that_leads_out_is_refused(self, page, course) -> None:
        answer = page.post(address("wording_upload"), {"file": zipped({"../course.toml": b"x"})})

        assert answer.status_code == 422
        assert "leads out of the package" in text_of(answer)

    def test_files_wait_while_there_is_a_draft(self, page, course, draft) -> None:
        saved = page.get(address("wording_files", draft.pk))

        file = SimpleUploadedFile("small.zip", saved.content)
        answer = page.post(address("wording_upload"), {"file": file})

        assert "There is a draft of this course already." in text_of(answer)
        assert CourseVersion.objects.filter(course=course).count() == 2

    def test_names_that_no_table_holds_are_refused(self, writer) -> None:
        with pytest.raises(wordings.NamesTooLong):
            wordings.take_files(actor_of(writer), written=written(key="k" * 61), pictures={})
