"""Translating a draft side by side."""

import pytest
import time_machine

from kith.gate.tests.factories import actor_of
from kith.learning.commands import bank, parts
from kith.learning.queries.content import frame_of, part_of
from kith.learning.rules.pieces import fingerprint
from kith.learning.rules.translating import Place, texts_at, with_texts
from kith.learning.tests.factories import NOW
from kith.learning.tests.writing import address, part, seen_in, text_of
from kith.methods.learning.courses.stamps import stale_languages, stale_questions
from kith.methods.learning.questions.reading import read_questions
from kith.methods.learning.questions.schema import Gapped, Single

pytestmark = pytest.mark.django_db

GAPS = b"""[[question]]
key = "gaps"
kind = "gap"
text = { en = "Say what you {1}." }
gaps = [ { right = { en = ["saw"] }, wrong = { en = ["felt", "guessed"] } } ]
right_why = { en = "Yes." }
wrong_why = { en = "No." }
"""


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


def screen_address(module, code, name="first"):
    return address("translate_piece", module.pk, code, "screen", name)


class TestProgress:
    def test_it_counts_texts_and_names_those_whose_english_changed(
        self, page, writer, draft, module
    ) -> None:
        seen = fingerprint(parts.english_of(part_of(module).screen("first")))
        parts.save_screen(
            actor_of(writer), part=module, name="first", heading="First", body="New.", seen=seen
        )

        polish = text_of(page.get(address("translate", draft.pk, "pl")))
        ukrainian = text_of(page.get(address("translate", draft.pk, "uk")))

        # the course; two modules of a title, two screens and six questions; a story of three texts
        assert "21 of 22 texts" in polish
        assert "First the English has changed" in polish
        assert "0 of 22 texts" in ukrainian

    def test_another_language_is_chosen_from_a_list(self, page, draft) -> None:
        here = address("translate_choose", draft.pk)

        words = text_of(page.get(here))
        answer = page.get(here, {"language": "uk"})

        assert "Polish 22 of 22 texts" in words
        assert answer.url == address("translate", draft.pk, "uk")
        assert page.get(address("translate", draft.pk, "en")).status_code == 404


class TestPieces:
    def test_a_screen_is_saved_and_stamped(self, page, module) -> None:
        here = screen_address(module, "uk")
        shown = page.get(here)

        page.post(here, {"text_0": "Перше", "text_1": "Одна думка.", "seen": seen_in(shown)})

        screen = part_of(module).screen("first")
        assert (screen.heading["uk"], screen.body["uk"]) == ("Перше", "Одна думка.")
        assert "uk" in screen.made_from
        assert stale_languages(screen) == ()

    def test_fields_run_in_the_direction_of_their_language(self, page, module) -> None:
        html = page.get(screen_address(module, "ar")).content.decode()

        assert 'lang="ar" dir="rtl"' in html
        assert '<div class="authoring-source" lang="en" dir="ltr">First</div>' in html

    def test_saving_a_stale_text_says_that_it_fits_again(self, page, writer, module) -> None:
        seen = fingerprint(parts.english_of(part_of(module).screen("first")))
        parts.save_screen(
            actor_of(writer), part=module, name="first", heading="First", body="New.", seen=seen
        )
        here = screen_address(module, "pl")
        shown = page.get(here)
        assert "The English text has changed since this was translated." in text_of(shown)

        page.post(here, {"text_0": "Nowe", "text_1": "Nowe.", "seen": seen_in(shown)})

        assert stale_languages(part_of(module).screen("first")) == ("ar",)

    def test_half_a_screen_is_not_kept_and_what_was_typed_stays(self, page, module) -> None:
        here = screen_address(module, "uk")

        answer = page.post(here, {"text_0": "", "text_1": "Одна думка.", "seen": ""})

        assert answer.status_code == 422
        assert "Translate heading and text, or leave both empty." in text_of(answer)
        assert "Одна думка." in answer.content.decode()
        assert "uk" not in part_of(module).screen("first").body

    def test_the_second_of_two_translators_is_told(self, page, module) -> None:
        here = screen_address(module, "uk")
        seen = seen_in(page.get(here))
        page.post(here, {"text_0": "Перше", "text_1": "Їхнє.", "seen": seen})

        answer = page.post(here, {"text_0": "Перше", "text_1": "Моє.", "seen": seen})

        assert "Somebody else saved this text while you were writing." in text_of(answer)
        assert part_of(module).screen("first").body["uk"] == "Їхнє."

    def test_a_question_with_all_its_texts(self, page, writer, module) -> None:
        old = part_of(module).question("q1")
        assert isinstance(old, Single)
        here = address("translate_piece", module.pk, "uk", "question", "q1")
        shown = page.get(here)
        assert "Why it is right or wrong: answer 2 · English No." in text_of(shown)
        values = {f"text_{number}": f"у{number}" for number in range(7)}

        page.post(here, {**values, "seen": seen_in(shown)})

        new = part_of(module).question("q1")
        assert isinstance(new, Single)
        assert (new.stem["uk"], new.options[2].why["uk"]) == ("у0", "у6")
        assert new.options[0].weight == old.options[0].weight
        bank.save_question(
            actor_of(writer),
            part=module,
            key="q1",
            question=Single(key="q1", stem={**new.stem, "en": "Other?"}, options=new.options),
            seen=fingerprint(bank.to_plain(new)),
        )
        assert set(stale_questions(part_of(module), "uk")) == {"q1"}

    def test_lists_of_gaps_have_a_line_for_each_word(self, module, writer) -> None:
        bank.add_question(actor_of(writer), part=module, question=read_questions(GAPS).questions[0])
        content = part_of(module)
        typed = {one.path: "x" for one in texts_at(content, Place.QUESTION, "gaps", "pl")}
        lists = {"gaps.1.answers.right": "widzisz", "gaps.1.answers.wrong": "czujesz\nzgadujesz"}
        assert lists.keys() <= typed.keys()

        new = with_texts(content, Place.QUESTION, "gaps", "pl", {**typed, **lists})

        question = new.question("gaps")
        assert isinstance(question, Gapped)
        polish = question.gaps[0].answers_in("pl")
        assert [(one.text, int(one.weight)) for one in polish] == [
            ("widzisz", 1),
            ("czujesz", 0),
            ("zgadujesz", 0),
        ]
        assert [one.text for one in question.gaps[0].answers_in("en")] == ["saw", "felt", "guessed"]

    def test_a_translation_without_its_gap_is_not_kept(self, page, writer, module) -> None:
        bank.add_question(actor_of(writer), part=module, question=read_questions(GAPS).questions[0])
        here = address("translate_piece", module.pk, "pl", "question", "gaps")
        count = len(page.get(here).context["rows"])

        answer = page.post(here, {f"text_{n}": "x" for n in range(count)} | {"seen": ""})

        assert "exactly once" in text_of(answer)
        assert part_of(module).question("gaps").text == {"en": "Say what you {1}."}

    def test_the_title_of_a_story_and_of_the_course(self, page, draft) -> None:
        story = part(draft, "letter")

        page.post(
            address("translate_piece", story.pk, "uk", "about", "-"), {"text_0": "Лист", "seen": ""}
        )
        page.post(address("translate_course", draft.pk, "uk"), {"text_0": "Курс", "seen": ""})

        draft.refresh_from_db()
        story.refresh_from_db()
        assert story.title["uk"] == "Лист"
        assert frame_of(draft.pk).title["uk"] == "Курс"
        assert draft.languages == ["en", "ar", "pl", "uk"]
