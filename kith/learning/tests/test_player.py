"""The player: a course read, tried and written in, as a learner opens it."""

from datetime import timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import reading, trying, writing
from kith.learning.models import Attempt, CoursePicture, Progress, Seat, Work
from kith.learning.queries.content import modules_of, vignettes_of
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import WorkState
from kith.learning.tests.factories import (
    CourseFactory,
    EditionFactory,
    LiveSessionFactory,
    SeatFactory,
    module,
    words,
    written,
)
from kith.methods.learning.courses.schema import Module, Picture, Screen, Source
from kith.methods.learning.questions.schema import (
    ALL,
    Accepted,
    Gap,
    Gapped,
    Item,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Ordering,
    Pair,
    Short,
    Single,
)

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
DIGEST = sha256(SVG).hexdigest()


def options(*right: str):
    share = ALL / len(right)
    return tuple(
        Option(
            key,
            words(f"option {key}"),
            weight=share if key in right else Fraction(0),
            why=words(f"because of {key}"),
        )
        for key in "abc"
    )


def pair(key: str) -> Pair:
    return Pair(key, words(f"left {key}"), words(f"right {key}"))


def gap(right: str, *wrong: str) -> Gap:
    answers = [Accepted(right), *(Accepted(one, weight=Fraction(0)) for one in wrong)]
    return Gap(answers=tuple(answers), chosen=bool(wrong))


def items(*keys: str):
    return tuple(Item(key, words(f"step {key}")) for key in keys)


ALL_KINDS = (
    Single(
        key="single",
        stem=words("Which one?"),
        tests="A sentence to find.",
        options=options("a"),
    ),
    Multiple(key="multiple", stem=words("Which ones?"), options=options("a", "b")),
    Matching(
        key="matching",
        stem=words("What belongs?"),
        pairs=(pair("a"), pair("b")),
        others=(Item("c", words("right c")),),
    ),
    Ordering(key="ordering", stem=words("In which order?"), items=items("a", "b", "c")),
    Numeric(
        key="numeric",
        stem=words("How many?"),
        numbers=(Number(Fraction(3), Fraction(5)),),
        unit=words("people"),
    ),
    Short(key="short", stem=words("Who?"), answers=(Accepted("*coordinator"),)),
    Gapped(
        key="gap",
        stem=words("Fill in."),
        text=words("Say what you {1} & ask what it {2}."),
        gaps=(gap("saw", "guess"), gap("means")),
    ),
)  # fmt: skip
RIGHT: dict[str, dict[str, Any]] = {
    "single": {"answer": "a"},
    "multiple": {"answer": ["a", "b"]},
    "matching": {"answer-a": "a", "answer-b": "b"},
    "ordering": {"answer": ["a", "b", "c"], "moved": "yes"},
    "numeric": {"answer": "4 people"},
    "short": {"answer": "The Coordinator"},
    "gap": {"answer-1": "saw", "answer-2": "Means"},
}
KEPT: dict[str, Any] = {
    "single": "a",
    "multiple": ["a", "b"],
    "matching": ["a", "b"],
    "ordering": ["a", "b", "c"],
    "numeric": "4 people",
    "short": "The Coordinator",
    "gap": ["saw", "Means"],
}


def rich() -> Module:
    """A module with a source, a picture, a box, and every kind of question."""
    picture = "![A bridge](pictures/bridge.svg)"
    body = f"A *sentence to find* [@swaf].\n\n{picture}\n\n::: example A bus\nIt came.\n:::"
    polish = {"en": body, "pl": "Zdanie [@swaf]."}
    return Module(
        key="rich",
        title=words("Rich"),
        aim=words("You can do it."),
        minutes=40,
        sources=(Source("swaf", "Strong people", "A ministry", "https://example.org/s", 2024),),
        screens=(
            Screen("first", words("First *idea*"), polish, made_from={"pl": "another wording"}),
            Screen("second", words("Second"), {"en": "Only in English."}),
        ),
        questions=ALL_KINDS,
        pictures=(Picture("pictures/bridge.svg", DIGEST),),
    )


@pytest.fixture
def make(client):
    """A signed-in learner with a seat in a course."""

    def run(*, roles=(Role.MENTOR,), extra=None, **changes):
        changes.setdefault("modules", (rich(), module("two")))
        changes.setdefault("quiz_questions", len(ALL_KINDS))
        edition = EditionFactory(course=CourseFactory(text=written(**changes)))
        with scope.entered(edition.organisation_id):
            member = MembershipFactory(
                roles=[one.value for one in roles], organisation=edition.organisation
            )
            seat = SeatFactory(edition=edition, member=member, **(extra or {}))
        sign_in(client, member)
        return seat

    return run


@pytest.fixture
def seat(make):
    return make()


@pytest.fixture(autouse=True)
def _inside(request):
    """Reading tables in a test happens in the organisation of its seat."""
    if "seat" not in request.fixturenames:
        yield
        return
    with scope.entered(request.getfixturevalue("seat").organisation_id):
        yield


def url(name, seat, *more):
    return reverse(f"learning:{name}", args=[seat.pk, *more])


def text_of(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def read_all(seat, *, now=None):
    for part in [*modules_of(seat.version_id), *vignettes_of(seat.version_id)]:
        for one in part.screens:
            reading.read_screen(
                actor_of(seat.member), seat=seat, part=part, screen=one, seconds=90,
                now=now or clock.now(),
            )  # fmt: skip


def pass_modules(seat):
    read_all(seat)
    for part in modules_of(seat.version_id):
        attempt = trying.begin(
            actor_of(seat.member), seat=seat, part=part.key, language="en", now=clock.now()
        )
        answers = {key: KEPT.get(key.partition("/")[2], "a") for key in attempt.questions}
        keep(seat, attempt, answers)
        trying.finish(actor_of(seat.member), seat=seat, attempt=attempt, now=clock.now())


def keep(seat, attempt, answers):
    trying.keep_answers(
        actor_of(seat.member), seat=seat, attempt=attempt, answers=answers, now=clock.now()
    )


def begin(client, seat, part="rich"):
    client.post(url("quiz", seat, part))
    return Attempt.objects.get(seat=seat, part=part, finished_at=None)


def page_of(attempt, seat, key):
    """The address of one question of an attempt."""
    place = [one.partition("/")[2] for one in attempt.questions].index(key) + 1
    return url("question", seat, attempt.part, attempt.number, place)


class TestTheCourse:
    def test_at_first_it_says_what_it_is_for_and_how_long_it_takes(self, client, seat) -> None:
        page = text_of(client.get(url("seat", seat)))

        assert "A small course" in page
        assert "Do it." in page
        assert "0 of 2 modules are done." in page
        # 40 + 30 + 30 minutes and four questions of the final test, to the next ten
        assert "About 1 hour and 50 minutes are left." in page
        assert (
            f'<a class="btn btn-primary" href="{url("screen", seat, "rich", "first")}">Begin</a>'
            in page
        )
        assert page.count("btn-primary") == 1

    def test_one_goes_on_after_the_screen_that_was_read_last(self, client, seat) -> None:
        client.post(url("screen", seat, "rich", "first"), {"seconds": "130"})

        page = text_of(client.get(url("seat", seat)))

        assert f'href="{url("screen", seat, "rich", "second")}">Go on where you stopped</a>' in page
        assert "1 of 2 screens read" in page
        assert "You have read for 2 minutes so far." in page

    def test_after_the_last_screen_comes_the_quiz(self, client, seat) -> None:
        answers = [client.post(url("screen", seat, "rich", one)) for one in ("first", "second")]

        page = text_of(client.get(url("seat", seat)))

        assert [one["Location"] for one in answers] == [
            url("screen", seat, "rich", "second"), url("quiz", seat, "rich"),
        ]  # fmt: skip
        assert f'href="{url("quiz", seat, "rich")}">Go on to the quiz</a>' in page
        assert "Read; the quiz is open" in page

    def test_then_the_story_then_the_final_test_then_waiting(self, client, seat) -> None:
        pass_modules(seat)
        first = text_of(client.get(url("seat", seat)))
        hand_in(client, seat)
        second = text_of(client.get(url("seat", seat)))
        pass_final(client, seat)
        third = text_of(client.get(url("seat", seat)))

        assert "2 of 2 modules are done." in first
        assert f'href="{url("story", seat, "letter")}">Go on with your answer</a>' in first
        assert f'href="{url("quiz", seat, FINAL)}">Go on to the final test</a>' in second
        assert "A trainer is reading what you wrote." in third
        assert "btn-primary" not in third

    def test_a_live_session_is_named_with_its_day_where_one_is_needed(self, client, make) -> None:
        seat = make(live_session=True)
        LiveSessionFactory(edition=seat.edition, starts_at=clock.now() + timedelta(days=3))

        page = text_of(client.get(url("seat", seat)))

        assert "The certificate needs one live session." in page
        assert "in 3 days" in page
        assert "https://example.org/room" in page

    def test_a_finished_course_says_so(self, client, make) -> None:
        seat = make(extra={"state": "passed", "passed_on": clock.today()})

        assert "You have finished this course" in text_of(client.get(url("seat", seat)))

    def test_who_left_is_told_to_join_again(self, client, make) -> None:
        seat = make(extra={"state": "left"})

        page = text_of(client.get(url("seat", seat)))
        answer = client.post(url("screen", seat, "rich", "first"), follow=True)

        assert "join it again to go on" in page
        assert "You have left this edition" in answer.content.decode()

    def test_nobody_opens_the_place_of_somebody_else(self, client, seat) -> None:
        other = MembershipFactory(mentor=True, organisation=seat.organisation)
        sign_in(client, other)

        names = [("seat",), ("screen", "rich", "first"), ("quiz", "rich"), ("story", "letter"),
                 ("print", "rich")]  # fmt: skip
        assert {client.get(url(name, seat, *rest)).status_code for name, *rest in names} == {404}

    def test_who_is_not_signed_in_is_asked_to(self, client, seat) -> None:
        client.logout()

        assert client.get(url("seat", seat))["Location"].startswith("/sign-in/")


class TestScreens:
    def test_a_screen_shows_one_idea_with_its_source_and_picture(self, client, seat) -> None:
        page = text_of(client.get(url("screen", seat, "rich", "first")))

        part = modules_of(seat.version_id)[0]
        picture = reverse("learning:picture", args=[part.pk, DIGEST[:16], "bridge.svg"])
        assert '<h1 tabindex="-1" data-takes-focus>First <em>idea</em></h1>' in page
        assert "Screen 1 of 2" in page
        assert f'<img src="{picture}" alt="A bridge" loading="lazy">' in page
        assert '<a href="#source-1" aria-label="Source 1">1</a>' in page
        assert '<li id="source-1" value="1"' in page
        assert 'href="https://example.org/s"' in page
        assert "Example" in page

    def test_only_the_last_screen_lists_all_sources(self, client, seat) -> None:
        last = text_of(client.get(url("screen", seat, "rich", "second")))

        assert "Strong people" in last
        assert (
            f'<a class="btn btn-plain" href="{url("screen", seat, "rich", "first")}" rel="prev"'
            in last
        )
        assert "Go on to the quiz" in last

    def test_looking_at_a_screen_notes_nothing(self, client, seat) -> None:
        client.get(url("screen", seat, "rich", "first"))

        assert not Progress.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "noted"), [("95", 95), ("", 0), ("many", 0), ("-5", 0), ("80000", 900)]
    )
    def test_leaving_it_notes_that_it_was_read_and_for_how_long(
        self, client, seat, sent, noted
    ) -> None:
        client.post(url("screen", seat, "rich", "first"), {"seconds": sent})

        progress = Progress.objects.get()
        assert (progress.part, progress.screens, progress.seconds) == ("rich", ["first"], noted)

    @pytest.mark.parametrize(("part", "screen"), [("rich", "third"), ("three", "first")])
    def test_a_screen_that_is_not_there_is_not_found(self, client, seat, part, screen) -> None:
        assert client.get(url("screen", seat, part, screen)).status_code == 404

    def test_the_text_is_read_in_another_language_on_every_device(self, client, seat) -> None:
        here = url("screen", seat, "rich", "first")
        answer = client.post(url("language", seat), {"language": "pl", "next": here})

        first, second = (text_of(client.get(url("screen", seat, "rich", one)))
                         for one in ("first", "second"))  # fmt: skip
        assert answer["Location"] == here
        assert Seat.objects.get().language == "pl"
        assert '<article class="course-text" lang="pl" dir="ltr">' in first
        assert "Zdanie" in first
        assert "has changed since it was translated" in first
        assert '<article class="course-text" lang="en" dir="ltr">' in second
        assert "This screen is not in Polish yet. You read it in English." in second

    def test_a_language_that_the_course_lacks_is_said_and_cannot_be_chosen(
        self, client, make
    ) -> None:
        title = {"en": "Small", "pl": "Mały"}
        seat = make(title=title, extra={"language": "ar"})

        page = text_of(client.get(url("screen", seat, "rich", "first")))
        answer = client.post(url("language", seat), {"language": "ar"}, follow=True)

        assert "This course is not in Arabic yet. You read it in English." in page
        assert "This course does not have this language." in answer.content.decode()

    def test_leading_elsewhere_after_a_change_of_language_is_refused(self, client, seat) -> None:
        answer = client.post(
            url("language", seat), {"language": "pl", "next": "https://elsewhere.example/"}
        )

        assert answer["Location"] == url("seat", seat)

    def test_arabic_runs_from_right_to_left(self, client, make) -> None:
        seat = make(modules=(module("two"),), extra={"language": "ar"})

        page = text_of(client.get(url("screen", seat, "two", "first")))

        assert '<article class="course-text" lang="ar" dir="rtl">' in page
        assert "First (ar)" in page

    def test_a_whole_module_stands_on_one_page_to_print(self, client, seat) -> None:
        page = text_of(client.get(url("print", seat, "rich")))

        assert page.count('<section class="course-text"') == 2
        assert "Strong people" in page
        assert not Progress.objects.exists()

    def test_what_the_text_has_of_html_is_shown_as_letters(self, client, make) -> None:
        evil = Screen("bad", words("<b>Bad</b>"), words("<script>alert(1)</script>"))
        seat = make(modules=(Module(key="one", title=words("One"), aim=words("x"), minutes=30,
                                    screens=(evil,)),))  # fmt: skip

        page = text_of(client.get(url("screen", seat, "one", "bad")))

        assert "<script>alert" not in page
        assert "<b>Bad" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestPictures:
    def address(self, seat, digest=DIGEST[:16], name="bridge.svg"):
        part = modules_of(seat.version_id)[0]
        with permit.lifted():
            CoursePicture.objects.get_or_create(
                part=part,
                name="pictures/bridge.svg",
                defaults={"media_type": "image/svg+xml", "content": SVG},
            )
        return reverse("learning:picture", args=[part.pk, digest, name])

    def test_a_picture_may_do_nothing_and_stays_for_long(self, client, seat) -> None:
        answer = client.get(self.address(seat))

        assert answer.content == SVG
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"

    def test_another_digest_or_name_is_not_found(self, client, seat) -> None:
        addresses = [self.address(seat, digest="0" * 16), self.address(seat, name="other.svg")]

        assert {client.get(one).status_code for one in addresses} == {404}

    def test_another_organisation_does_not_see_it(self, client, seat) -> None:
        address = self.address(seat)
        sign_in(client, MembershipFactory(mentor=True))

        assert client.get(address).status_code == 404


class TestQuiz:
    def test_before_it_begins_one_knows_what_comes(self, client, seat) -> None:
        page = text_of(client.get(url("quiz", seat, "rich")))

        assert "7 questions, one on a page." in page
        assert "80 percent are needed to pass." in page
        assert "There is no time limit." in page
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("key", list(RIGHT))
    def test_every_kind_of_answer_is_kept_at_once_and_shown_again(self, client, seat, key) -> None:
        attempt = begin(client, seat)
        here = page_of(attempt, seat, key)
        assert client.get(here).status_code == 200

        answer = client.post(here, RIGHT[key] | {"go": "list"})

        attempt.refresh_from_db()
        assert answer["Location"] == url("hand_in", seat, "rich", 1)
        assert attempt.answers == {f"rich/{key}": KEPT[key]}
        again = text_of(client.get(here))
        for one in KEPT[key] if isinstance(KEPT[key], list) else [KEPT[key]]:
            assert f'value="{one}"' in again

    def test_all_right_is_a_hundred_percent_with_every_reason(self, client, seat) -> None:
        attempt = begin(client, seat)
        for key, sent in RIGHT.items():
            client.post(page_of(attempt, seat, key), sent)

        answer = client.post(url("hand_in", seat, "rich", 1), follow=True)

        attempt.refresh_from_db()
        page = text_of(answer)
        assert (attempt.percent, attempt.passed) == (100, True)
        assert "You have 100 percent; 80 are needed. Passed." in page
        assert "7 of 7 questions are right." in page
        assert "because of a" in page

    def test_afterwards_one_sees_what_was_right_and_where_it_stands(self, client, seat) -> None:
        attempt = begin(client, seat)
        client.post(page_of(attempt, seat, "single"), {"answer": "b"})
        client.post(page_of(attempt, seat, "matching"), {"answer-a": "a"})

        page = text_of(client.post(url("hand_in", seat, "rich", 1), follow=True))

        assert "Not passed yet." in page
        assert "because of b" in page
        assert "Partly right" in page
        assert "You gave no answer." in page
        assert f'<a href="{url("screen", seat, "rich", "first")}">First <em>idea</em></a>' in page
        for right in ("option a", "right b", "step c", "from 3 to 5 people", "…coordinator", "saw"):
            assert right in page
        assert '<span class="told-before">left b</span> –' in page

    def test_an_order_is_moved_without_a_script_and_is_no_answer_before(self, client, seat) -> None:
        attempt = begin(client, seat)
        here = page_of(attempt, seat, "ordering")
        client.post(here, {"answer": ["b", "a", "c"], "moved": ""})
        attempt.refresh_from_db()
        untouched = attempt.answers["rich/ordering"]

        answer = client.post(here, {"answer": ["b", "a", "c"], "moved": "", "move": "a:up"})

        attempt.refresh_from_db()
        assert untouched == []
        assert answer["Location"] == f"{here}#order"
        assert attempt.answers["rich/ordering"] == ["a", "b", "c"]

    def test_a_word_for_a_number_is_said_at_the_field_and_stays(self, client, seat) -> None:
        attempt = begin(client, seat)

        page = text_of(client.post(page_of(attempt, seat, "numeric"), {"answer": "four"}))

        attempt.refresh_from_db()
        assert "Write a number in digits, such as 12 or 3.5." in page
        assert 'value="four"' in page
        assert 'aria-invalid="true"' in page
        assert attempt.answers == {}

    def test_options_that_are_not_there_are_no_answer(self, client, seat) -> None:
        attempt = begin(client, seat)
        client.post(page_of(attempt, seat, "single"), {"answer": "z"})
        client.post(page_of(attempt, seat, "matching"), {"answer-a": "z"})

        attempt.refresh_from_db()
        assert attempt.answers == {"rich/single": "", "rich/matching": []}

    def test_a_script_keeps_an_answer_without_leaving_the_page(self, client, seat) -> None:
        attempt = begin(client, seat)

        answer = client.post(page_of(attempt, seat, "single"), {"answer": "b", "go": "stay"})

        attempt.refresh_from_db()
        assert answer.status_code == 204
        assert attempt.answers == {"rich/single": "b"}

    def test_next_and_before_lead_to_the_neighbours(self, client, seat) -> None:
        attempt = begin(client, seat)
        second = url("question", seat, "rich", 1, 2)

        ways = [client.post(second, {"go": go})["Location"] for go in ("back", "next", "list")]

        assert ways == [
            url("question", seat, "rich", 1, 1),
            url("question", seat, "rich", 1, 3),
            url("hand_in", seat, "rich", 1),
        ]
        last = client.post(url("question", seat, "rich", 1, len(attempt.questions)), {"go": "next"})
        assert last["Location"] == url("hand_in", seat, "rich", 1)

    def test_before_handing_in_one_sees_what_is_open(self, client, seat) -> None:
        attempt = begin(client, seat)
        client.post(page_of(attempt, seat, "single"), {"answer": "a"})
        client.post(page_of(attempt, seat, "matching"), {"answer-a": "a"})

        page = text_of(client.get(url("hand_in", seat, "rich", 1)))

        assert "6 questions have no whole answer yet." in page
        assert page.count("Not answered yet") == 5
        assert "Partly answered" in page

    def test_what_was_begun_goes_on_at_the_first_open_question(self, client, seat) -> None:
        attempt = begin(client, seat)
        first = attempt.questions[0].partition("/")[2]
        client.post(url("question", seat, "rich", 1, 1), RIGHT[first])

        page = text_of(client.get(url("quiz", seat, "rich")))
        answer = client.post(url("quiz", seat, "rich"))

        assert "Go on with what you began" in page
        assert answer["Location"] == url("question", seat, "rich", 1, 2)

    def test_what_is_handed_in_leads_to_its_review(self, client, seat) -> None:
        begin(client, seat)
        client.post(url("hand_in", seat, "rich", 1))

        review = url("review", seat, "rich", 1)
        places = [url("question", seat, "rich", 1, 1), url("hand_in", seat, "rich", 1)]
        assert [client.get(one)["Location"] for one in places] == [review, review]
        assert "Attempt 1: 0 percent" in text_of(client.get(url("quiz", seat, "rich")))

    def test_an_unfinished_attempt_has_no_review(self, client, seat) -> None:
        begin(client, seat)

        answer = client.get(url("review", seat, "rich", 1))

        assert answer["Location"] == url("quiz", seat, "rich")

    def test_questions_and_attempts_that_are_not_there_are_not_found(self, client, seat) -> None:
        begin(client, seat)

        places = [url("question", seat, "rich", 1, 8), url("question", seat, "rich", 1, 0),
                  url("question", seat, "rich", 2, 1), url("quiz", seat, "three"),
                  url("quiz", seat, "letter")]  # fmt: skip
        assert {client.get(one).status_code for one in places} == {404}

    def test_a_colour_never_says_alone_how_it_went(self, client, seat) -> None:
        begin(client, seat)

        page = text_of(client.post(url("hand_in", seat, "rich", 1), follow=True))

        assert page.count("Not answered</span>") == 7


def pass_final(client, seat, *, answer=None):
    attempt = begin(client, seat, FINAL)
    answers = {key: answer or KEPT.get(key.partition("/")[2], "a") for key in attempt.questions}
    keep(seat, attempt, answers)
    return client.post(url("hand_in", seat, FINAL, attempt.number), follow=True)


class TestFinalTest:
    def test_it_waits_for_the_modules_and_says_for_which(self, client, seat) -> None:
        page = text_of(client.get(url("quiz", seat, FINAL)))

        assert "First finish these modules" in page
        assert "Rich" in page
        assert 'class="postbutton"' not in page

    def test_passed_it_shows_every_answer(self, client, seat) -> None:
        pass_modules(seat)

        page = text_of(pass_final(client, seat))

        assert "Passed." in page
        assert page.count("Your answer") == 4

    def test_not_passed_it_shows_only_what_to_read_again(self, client, seat) -> None:
        pass_modules(seat)

        page = text_of(pass_final(client, seat, answer="b"))

        assert "Not passed yet." in page
        assert "Which ones stays open until you pass." in page
        assert "Your answer" not in page
        assert "The right answer" not in page
        assert "because of" not in page
        assert "No." not in page

    def test_the_screens_to_read_again_are_those_of_the_questions(self, client, make) -> None:
        seat = make(final_questions_per_module=7)
        with scope.entered(seat.organisation_id):
            pass_modules(seat)

            page = text_of(pass_final(client, seat, answer="b"))

        assert "Read these again" in page
        assert f'href="{url("screen", seat, "rich", "first")}"' in page

    def test_time_is_said_before_and_while_it_runs_with_extra_time(self, client, make) -> None:
        seat = make(final_minutes=20, extra={"extra_percent": 50})
        with scope.entered(seat.organisation_id):
            pass_modules(seat)
            before = text_of(client.get(url("quiz", seat, FINAL)))

            begin(client, seat, FINAL)
            page = text_of(client.get(url("question", seat, FINAL, 1, 1)))

        assert "You have 30 minutes, with your extra time." in before
        assert "About 30 minutes left" in page

    def test_when_the_time_is_over_what_was_kept_is_handed_in(
        self, client, make, monkeypatch
    ) -> None:
        seat = make(final_minutes=20)
        with scope.entered(seat.organisation_id):
            pass_modules(seat)
            attempt = begin(client, seat, FINAL)
            later = clock.now() + timedelta(minutes=21)
            monkeypatch.setattr(clock, "now", lambda: later)

            first = url("question", seat, FINAL, 1, 1)
            moved, late = client.get(first), client.post(first, {"answer": "4"})
            page = text_of(client.get(url("hand_in", seat, FINAL, 1)))

            attempt.refresh_from_db()
        assert moved["Location"] == url("hand_in", seat, FINAL, 1)
        assert late.status_code == 302
        assert attempt.answers == {}
        assert "The time is over" in page

    def test_three_attempts_a_day_are_enough(self, client, seat) -> None:
        pass_modules(seat)
        for _ in range(3):
            pass_final(client, seat, answer="b")

        page = text_of(client.get(url("quiz", seat, FINAL)))

        assert "You have tried three times today." in page
        assert 'class="postbutton"' not in page


def hand_in(client, seat, text="I ask her.", go="send"):
    return client.post(url("story", seat, "letter"), {"act": text, "go": go}, follow=True)


def answer_work(seat, *, accept):
    trainer = MembershipFactory(roles=[Role.TRAINER.value], organisation=seat.organisation)
    writing.answer_work(
        actor_of(trainer),
        work=Work.objects.get(seat=seat),
        accept=accept,
        judged={"act/asks": "there" if accept else "not_yet"},
        feedback="Whom else\nwould you ask?",
        now=clock.now(),
    )


class TestStories:
    def test_the_last_screen_of_a_story_leads_to_its_tasks(self, client, seat) -> None:
        page = text_of(client.get(url("screen", seat, "letter", "letter")))
        answer = client.post(url("screen", seat, "letter", "letter"))

        assert "Go on to the tasks" in page
        assert answer["Location"] == url("story", seat, "letter")
        assert "About 100 words." in text_of(client.get(answer["Location"]))

    def test_a_draft_is_kept_by_a_button_and_by_a_script(self, client, seat) -> None:
        page = text_of(hand_in(client, seat, "I", go="keep"))
        answer = client.post(url("story", seat, "letter"), {"act": "I would", "go": "stay"})

        assert "Your draft is kept." in page
        assert answer.status_code == 204
        assert "I would</textarea>" in text_of(client.get(url("story", seat, "letter")))
        assert Work.objects.get().state == WorkState.DRAFT.value

    def test_without_words_it_is_not_handed_in_and_says_why(self, client, seat) -> None:
        page = text_of(hand_in(client, seat, " "))

        assert "Write something for each task before you hand it in." in page

    def test_too_many_words_stay_in_the_field(self, client, seat) -> None:
        page = text_of(hand_in(client, seat, "a" * 6001))

        assert "a" * 6001 in page
        assert not Work.objects.exists()

    def test_handed_in_it_waits_for_the_trainer(self, client, seat) -> None:
        page = text_of(hand_in(client, seat))
        again = client.post(url("story", seat, "letter"), {"act": "More", "go": "keep"})

        assert "A trainer is reading your answer" in page
        assert "<textarea" not in page
        assert "A trainer is reading this answer." in text_of(again)

    def test_what_comes_back_says_each_point_and_can_be_written_on(self, client, seat) -> None:
        hand_in(client, seat)
        answer_work(seat, accept=False)

        page = text_of(client.get(url("story", seat, "letter")))

        assert "The trainer asks for more" in page
        assert "Whom else\nwould you ask?" in page
        assert "Asks first." in page
        assert "Not yet" in page
        assert "<textarea" in page
        assert "I ask." not in page

    def test_accepted_it_shows_one_more_good_answer(self, client, seat) -> None:
        hand_in(client, seat)
        answer_work(seat, accept=True)

        page = text_of(client.get(url("story", seat, "letter")))

        assert "Your answer is accepted" in page
        assert ">There</span>" in page
        assert "An answer that would be good" in page
        assert "<p>I ask.</p>" in page


class TestManyLearners:
    def queries(self, client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def test_a_cohort_of_three_hundred_costs_a_learner_no_query_more(self, client, seat) -> None:
        pass_modules(seat)
        begin(client, seat, FINAL)
        addresses = [
            url("seat", seat), url("screen", seat, "rich", "first"), url("quiz", seat, "rich"),
            url("question", seat, FINAL, 1, 1), url("review", seat, "rich", 1),
            url("story", seat, "letter"),
        ]  # fmt: skip
        before = [self.queries(client, one) for one in addresses]

        members = [MembershipFactory(mentor=True, organisation=seat.organisation) for _ in range(3)]
        for member in members:
            read_all(SeatFactory(edition=seat.edition, member=member))
        with permit.lifted():
            Seat.objects.bulk_create(
                Seat(
                    edition=EditionFactory(course=seat.edition.course),
                    version=seat.version, member=members[n % 3], country="PL", language="en",
                    joined_on=clock.today(), organisation=seat.organisation,
                )
                for n in range(297)
            )  # fmt: skip

        assert [self.queries(client, one) for one in addresses] == before

    def test_a_screen_asks_few_questions(self, client, seat) -> None:
        address = url("screen", seat, "rich", "first")
        start = self.queries(client, reverse("web:more"))

        # The seat with its course, the part: nothing else beside what every page asks.
        assert self.queries(client, address) - start <= 2
