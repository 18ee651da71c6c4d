"""Questions of a draft: written, taken from files, saved as files."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.base import permit
from kith.learning.models import CourseVersion, Tally
from kith.learning.queries.content import part_of
from kith.learning.queries.wordings import content_of
from kith.learning.tests.factories import NOW
from kith.learning.tests.writing import address, part, seen_in, text_of
from kith.methods.learning.questions.schema import Single

pytestmark = pytest.mark.django_db

GIFT = "::Bridges:: Who builds a bridge? {=Both sides#Yes. ~One side#No. ~Nobody#No.}\n"
ESSAY = "::Long:: Write about a bridge. {}\n"
ODD = "::Odd:: Too many braces {=a ~b} and {=c ~d}\n"


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


class TestBank:
    def test_the_list_says_kind_stem_and_how_first_answers_did(self, page, course, module) -> None:
        used = part(CourseVersion.objects.get(course=course, number=1), "one")
        with permit.lifted():
            Tally.objects.create(part=used, question="q1", number=4, points=3.0)

        words = text_of(page.get(address("bank", module.pk)))

        assert "Question 1? One right answer 4, 75 % of the points Remove" in words
        assert "Question 2? One right answer – Remove" in words

    def test_a_question_with_options_is_a_form(self, page, module) -> None:
        here = address("write_question", module.pk, "q1")
        values = {
            "stem": "Who?",
            "tests": "Another.",
            "text_0": "wrong now",
            "why_0": "No.",
            "text_1": "right now",
            "right_1": "on",
            "why_1": "Yes.",
            "text_2": "",
            "seen": seen_in(page.get(here)),
        }

        page.post(here, values)

        new = part_of(module).question("q1")
        assert isinstance(new, Single)
        assert (new.stem["en"], new.stem["pl"]) == ("Who?", "Question 1? (pl)")
        assert [(one.key, one.text["en"], one.weight) for one in new.options] == [
            ("a", "wrong now", 0),
            ("b", "right now", 1),
        ]

    def test_a_new_question_has_a_key_made_of_its_words(self, page, module) -> None:
        here = address("new_question", module.pk, "multiple")
        values = {"stem": "Which two?", "text_0": "x", "right_0": "on", "text_1": "y",
                  "right_1": "on", "text_2": "z"}  # fmt: skip

        page.post(here, values)

        new = part_of(module).question("which-two")
        assert [str(one.weight) for one in new.options] == ["1/2", "1/2", "-1"]

    def test_a_form_without_a_right_answer_says_so_at_the_field(self, page, module) -> None:
        answer = page.post(
            address("new_question", module.pk, "single"),
            {"stem": "Which?", "text_0": "x", "text_1": "y"},
        )

        assert answer.status_code == 422
        assert "Tick the answer that is right." in text_of(answer)
        assert (
            'value="Which?"' in answer.content.decode() or ">\nWhich?<" in answer.content.decode()
        )

    def test_any_kind_is_written_as_text(self, page, module) -> None:
        block = '[[question]]\nkey = "how-many"\nkind = "numeric"\nstem = { en = "How many?" }\n'

        page.post(address("new_question", module.pk, "numeric"), {"block": block + "answer = 5\n"})

        assert part_of(module).question("how-many").numbers[0].low == 5

    def test_faults_of_a_text_are_named_by_line_and_nothing_is_kept(self, page, module) -> None:
        block = '[[question]]\r\nkey = "q9"\r\nkind = "numeric"\r\nstem = { en = "How many?" }\r\n'
        block += "anser = 5\r\n"

        answer = page.post(address("new_question", module.pk, "numeric"), {"block": block})

        words = text_of(answer)
        assert answer.status_code == 422
        assert "line 2, q9, answer It is missing." in words
        assert "line 2, q9, anser Nothing reads this key." in words
        assert "anser = 5" in words
        assert part_of(module).question("q9") is None

    def test_a_key_that_another_question_has_is_refused(self, page, module) -> None:
        here = address("question_text", module.pk, "q1")
        block = (
            '[[question]]\nkey = "q2"\nkind = "numeric"\nstem = { en = "How many?" }\nanswer = 5\n'
        )

        answer = page.post(here, {"block": block, "seen": seen_in(page.get(here))})

        assert "Another question here has this key already." in text_of(answer)
        assert len(part_of(module).questions) == 6

    def test_a_story_has_open_tasks_only(self, page, draft) -> None:
        story = part(draft, "letter")
        block = (
            '[[question]]\nkey = "then"\nkind = "essay"\nstem = { en = "And then?" }\nwords = 90\n'
        )

        page.post(address("new_question", story.pk, "essay"), {"block": block})

        assert [one.key for one in content_of(story).tasks] == ["act", "then"]
        assert page.get(address("new_question", story.pk, "single")).status_code == 404
        assert page.get(address("bank_look", story.pk)).status_code == 404

    def test_a_question_is_removed_after_a_clear_yes(self, page, module) -> None:
        page.get(address("remove_question", module.pk, "q0"))
        assert part_of(module).question("q0")

        page.post(address("remove_question", module.pk, "q0"))

        assert part_of(module).question("q0") is None

    def test_a_file_is_looked_at_before_anything_is_taken(self, page, module) -> None:
        file = SimpleUploadedFile("bank.txt", "\n".join([GIFT, ESSAY, ODD]).encode())

        looked = page.post(address("bank_look", module.pk), {"file": file, "language": "en"})

        words = text_of(looked)
        assert "1 question can be taken from this file (GIFT)" in words
        assert "Open tasks are not taken" in words
        assert "Not taken There is a second answer in braces." in words
        assert "Who builds a bridge? One right answer" in words
        assert len(part_of(module).questions) == 6

        found = looked.context["take"].initial["found"]
        page.post(address("bank_take", module.pk), {"found": found})

        new = part_of(module).questions[-1]
        assert (new.key, new.stem["en"]) == ("bridges", "Who builds a bridge?")
        assert new.options[0].why["en"] == "Yes."

    def test_a_file_that_is_none_is_refused_in_words(self, page, module) -> None:
        file = SimpleUploadedFile("bank.xml", b"<quiz><question")

        answer = page.post(address("bank_look", module.pk), {"file": file, "language": "en"})

        assert answer.status_code == 422
        assert "This is no XML" in text_of(answer)

    @pytest.mark.parametrize("kind", ["toml", "gift", "moodle", "aiken", "qti22", "qti30"])
    def test_a_bank_that_was_saved_can_be_taken_again(self, page, draft, module, kind) -> None:
        saved = page.get(address("bank_file", module.pk), {"kind": kind, "language": "en"})
        other = part(draft, "two")
        file = SimpleUploadedFile("bank", saved.content)

        looked = page.post(address("bank_look", other.pk), {"file": file, "language": "en"})
        page.post(
            address("bank_take", other.pk), {"found": looked.context["take"].initial["found"]}
        )

        stems = [one.stem["en"] for one in part_of(other).questions]
        assert stems[6:] == stems[:6]

    def test_what_a_format_cannot_hold_is_said_before_saving(self, page, module) -> None:
        words = text_of(page.get(address("bank_export", module.pk), {"kind": "aiken"}))

        assert "Not everything fits." in words
        assert "q0 Taken with a change Aiken cannot hold: options" in words
