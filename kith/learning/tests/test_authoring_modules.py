"""Whole modules of a draft: added, moved, taken out; the wording in use keeps its own."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import bank, modules
from kith.learning.commands.courses import NotADraft
from kith.learning.commands.parts import Gone, Head, TooMuch
from kith.learning.models import CoursePart, CoursePicture, CourseVersion, Seat
from kith.learning.queries.content import part_of
from kith.learning.queries.wordings import reading_of, whole
from kith.learning.tests.factories import NOW, EditionFactory, SeatFactory
from kith.learning.tests.test_authoring_parts import SVG
from kith.learning.tests.writing import address, part, shipped, text_of
from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.courses.reading import course_of
from kith.methods.learning.courses.writing import files_of

pytestmark = pytest.mark.django_db

THIRD = {"title": "Getting around", "aim": "You can find your way.", "minutes": "35"}


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


def order(version) -> list[tuple[str, int]]:
    rows = CoursePart.objects.filter(version=version, kind="module").order_by("position")
    return list(rows.values_list("key", "position"))


def used_version(course) -> CourseVersion:
    return CourseVersion.objects.get(course=course, state="in_use")


class TestAdding:
    def test_a_module_comes_at_the_end_with_an_empty_screen_and_an_empty_bank(
        self, page, draft
    ) -> None:
        answer = page.post(address("new_module", draft.pk), THIRD)

        row = part(draft, "getting-around")
        assert answer.url == address("write_part", row.pk)
        assert order(draft) == [("one", 0), ("two", 1), ("getting-around", 2)]
        module = part_of(row)
        assert (dict(module.title), dict(module.aim)) == (
            {"en": "Getting around"},
            {"en": "You can find your way."},
        )
        assert [(one.name, dict(one.body)) for one in module.screens] == [("first", {"en": ""})]
        assert (module.minutes, module.questions) == (35, ())
        shown = page.get(answer.url)
        assert "The module stands at the end." in text_of(shown)
        assert page.get(address("write_screen", row.pk, "first")).status_code == 200
        assert page.get(address("bank", row.pk)).status_code == 200

    def test_two_of_one_title_and_a_story_of_that_name_have_keys_of_their_own(
        self, page, draft
    ) -> None:
        for title in ("One", "Letter", "ברוכים"):
            page.post(address("new_module", draft.pk), {**THIRD, "title": title})

        assert [key for key, _at in order(draft)][2:] == ["one-2", "letter-2", "module"]

    @pytest.mark.parametrize(
        ("changed", "field"), [({"title": ""}, "title"), ({"minutes": "0"}, "minutes")]
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, page, draft, changed, field
    ) -> None:
        answer = page.post(address("new_module", draft.pk), {**THIRD, **changed})

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert answer.context["form"]["aim"].value() == THIRD["aim"]
        assert len(order(draft)) == 2

    def test_forty_modules_are_enough(self, draft, writer, monkeypatch) -> None:
        monkeypatch.setattr(modules, "MOST_MODULES", 2)

        with pytest.raises(TooMuch):
            modules.add_module(actor_of(writer), version=draft, head=Head("More", 30, "Aim."))

        assert len(order(draft)) == 2

    def test_the_checks_name_what_it_lacks_beside_it_and_keep_it_out_of_use(
        self, page, writer, course
    ) -> None:
        version = shipped(actor_of(writer))
        before = text_of(page.get(address("wording", version.pk)))
        page.post(address("new_module", version.pk), THIRD)

        words = text_of(page.get(address("wording", version.pk)))

        assert "things to change" not in before
        assert "things to change : Getting around" in words
        assert check_course(reading_of(version)).errors
        page.post(address("wording_use", version.pk))
        version.refresh_from_db()
        assert version.state == "draft"

    def test_it_goes_out_as_files_and_the_rest_comes_back(self, page, draft) -> None:
        page.post(address("new_module", draft.pk), THIRD)

        read = course_of(files_of(whole(draft), {}))

        assert read.course is not None
        assert [one.key for one in read.course.modules] == ["one", "two", "getting-around"]


class TestMoving:
    def test_earlier_and_later_stop_at_the_ends(self, page, draft) -> None:
        page.post(address("new_module", draft.pk), THIRD)
        row = part(draft, "getting-around")

        for _again in range(3):
            page.post(address("move_module", row.pk), {"to": "earlier"})
        assert order(draft) == [("getting-around", 0), ("one", 1), ("two", 2)]

        page.post(address("move_module", row.pk), {"to": "later"})
        assert order(draft) == [("one", 0), ("getting-around", 1), ("two", 2)]

    def test_another_order_is_named_before_it_comes_into_use(self, page, draft) -> None:
        here = address("wording_use", draft.pk)
        assert "stand in another order" not in text_of(page.get(here))

        page.post(address("move_module", part(draft, "two").pk), {"to": "earlier"})

        assert "The modules stand in another order" in text_of(page.get(here))


class TestRemoving:
    def test_what_goes_with_it_is_said_before_and_nothing_else_goes(
        self, page, writer, course, draft
    ) -> None:
        one = part(draft, "one")
        file = SimpleUploadedFile("a.svg", SVG, content_type="image/svg+xml")
        page.post(address("new_picture", one.pk), {"file": file})
        assert CoursePicture.objects.filter(part=one).count() == 1
        here = address("remove_module", one.pk)

        words = text_of(page.get(here))

        assert "2 screens" in words
        assert "6 questions" in words
        assert "1 picture" in words
        assert "The wording in use keeps the module" in words
        assert len(order(draft)) == 2

        answer = page.post(here)

        assert answer.url == address("wording", draft.pk)
        assert order(draft) == [("two", 0)]
        assert not CoursePicture.objects.filter(part__version=draft).exists()
        assert [key for key, _at in order(used_version(course))] == ["one", "two"]

    def test_stories_that_lead_back_to_it_are_named(self, page, writer, course) -> None:
        version = shipped(actor_of(writer))
        story = whole(version).vignettes[0]
        taught = story.tasks[0].criteria[0].taught.partition("/")[0]

        words = text_of(page.get(address("remove_module", part(version, taught).pk)))

        assert "Stories lead back to this module" in words
        assert escape(story.title["en"]) in words

    def test_the_last_one_stays(self, page, draft) -> None:
        page.post(address("remove_module", part(draft, "one").pk))

        answer = page.post(address("remove_module", part(draft, "two").pk), follow=True)

        assert "This is the only module." in text_of(answer)
        assert order(draft) == [("two", 0)]

    def test_who_learns_keeps_what_was_begun(self, page, course, draft, writer) -> None:
        seat = SeatFactory(edition=EditionFactory(course=course))

        page.post(address("remove_module", part(draft, "one").pk))

        begun = Seat.objects.get(pk=seat.pk)
        assert [key for key, _at in order(begun.version)] == ["one", "two"]


class TestWhatCannotBe:
    def test_a_wording_that_was_in_use_stays_as_it_is(self, page, course, writer) -> None:
        used = used_version(course)
        row = part(used, "one")

        assert page.get(address("new_module", used.pk)).status_code == 404
        for act in (
            lambda: page.post(address("new_module", used.pk), THIRD),
            lambda: page.post(address("move_module", row.pk), {"to": "later"}, follow=True),
            lambda: page.post(address("remove_module", row.pk), follow=True),
        ):
            assert "This wording was in use already." in text_of(act())
        assert order(used) == [("one", 0), ("two", 1)]
        with pytest.raises(NotADraft):
            modules.remove_module(actor_of(writer), part=row)

    def test_a_story_is_no_module(self, page, draft) -> None:
        row = part(draft, "letter")

        assert page.get(address("remove_module", row.pk)).status_code == 404
        assert page.post(address("remove_module", row.pk)).status_code == 404
        assert page.post(address("move_module", row.pk), {"to": "later"}).status_code == 404

    def test_what_somebody_removed_meanwhile_is_gone(self, draft, writer) -> None:
        actor, row = actor_of(writer), part(draft, "one")
        modules.remove_module(actor, part=row)

        with pytest.raises(Gone):
            modules.move_module(actor, part=row, by=1)
        with pytest.raises(Gone):
            bank.remove_question(actor, part=row, key="q1")

    def test_those_who_do_not_write_courses_find_no_page(self, client, draft, course) -> None:
        learner = MembershipFactory(roles=[Role.LEARNER.value], organisation=course.organisation)
        browser, row = sign_in(client, learner), part(draft, "one")

        answers = [
            browser.post(address("new_module", draft.pk), THIRD),
            browser.post(address("move_module", row.pk), {"to": "later"}),
            browser.post(address("remove_module", row.pk)),
        ]

        assert {one.status_code for one in answers} <= {403, 404}
        assert order(draft) == [("one", 0), ("two", 1)]
