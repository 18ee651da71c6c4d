"""No back door: nothing asks for origin, belief, dress or looks."""

import pytest

from kith.methods.instruments.refusals import word_in_choice, word_in_name, word_that_asks
from kith.methods.instruments.tests.factories import AGREEMENT, question, read, said

ASKING = """
What is your religion? | Your nationality | Which country are you from? | Where were you born?
Do you pray every day? | Do you go to a mosque? | What is your ethnic group? | Your skin colour
Do you wear a headscarf? | Where do you come from? | Country of origin | Are you a Muslim?
Jaka jest Twoja religia? | Narodowość | Z jakiego kraju pochodzisz? | Czy nosisz hidżab?
Kolor skóry | Obywatelstwo | Gdzie się urodziłaś? | Czy chodzisz do kościoła? | Wyznanie
ما هي ديانتك؟ | ما جنسيتك؟ | من أي بلد أنت؟ | هل تصلي؟ | لون البشرة | هل ترتدين الحجاب؟
Welche Staatsangehörigkeit haben Sie? | Woher kommen Sie? | Ihre Religion | Tragen Sie ein Kopftuch?
Ваша національність | Звідки ви? | Яка у вас релігія? | Колір шкіри
Where is your family from? | Which passport do you hold? | Do you fast in Ramadan? | re<b>li</b>gion
r e l i g i o n | n-a-t-i-o-n-a-l-i-t-y | Czy nosisz chustę? | Skąd jest Twoja rodzina? | هل تصوم؟
Какая у вас национальность? | Откуда вы? | Ваше вероисповедание
"""
HARMLESS = """
How long have you lived in this country? | Which languages do you speak? | Do you speak Arabic?
Do you need clothes for winter? | How should I dress for an interview? | I have faith in the future
A < B and C > D | Where did you hear of us? | Skąd wiesz o programie? | من أين عرفت عن البرنامج؟
Your address | In which year were you born? | I believe in myself | How is your week going?
Do you feel accepted in your new country? | Do you use the national health service?
W jakich językach mówisz? | Jak długo mieszkasz w tym kraju? | Czy masz wiarę w siebie?
كم مضى على وجودك في هذا البلد؟ | هل عليك دين؟ | ما اللغات التي تتحدثها؟
Wie lange leben Sie in diesem Land? | Welche Sprachen sprechen Sie?
Скільки ви живете в цій країні? | Якими мовами ви розмовляєте?
"""


def each(text: str) -> list[str]:
    return [one.strip() for line in text.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("text", each(ASKING))
def test_a_question_that_asks_is_found(text) -> None:
    assert word_that_asks(text) != ""


@pytest.mark.parametrize("text", each(HARMLESS))
def test_a_question_that_does_not_ask_is_left_alone(text) -> None:
    assert word_that_asks(text) == ""


@pytest.mark.parametrize("name", ["nationality", "countryOfBirth", "q_religion", "skin-colour"])
def test_a_name_that_asks_is_found(name) -> None:
    assert word_in_name(name) != ""


@pytest.mark.parametrize("name", ["often_enough", "address", "q1", "meetingDay"])
def test_a_name_that_does_not_ask_is_left_alone(name) -> None:
    assert word_in_name(name) == ""


@pytest.mark.parametrize("text", ["Syria", "Ukraina", "أفغانستان", "Muslim", "Katolik", "Румунія"])
def test_a_choice_that_is_a_country_or_a_belief_is_found(text) -> None:
    assert word_in_choice(text) != ""


@pytest.mark.parametrize("text", ["Yes", "From nine to twelve", "Library", "Po polsku", "عربي"])
def test_an_ordinary_choice_is_left_alone(text) -> None:
    assert word_in_choice(text) == ""


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"name": "nationality"}, "name"),
        ({"label": "What is your religion?"}, "label"),
        ({"hint": "Your religion, please"}, "hint"),
        ({"guidance_hint": "Ask for the nationality"}, "guidance_hint"),
        (
            {"constraint": ". != ''", "constraint_message": "Say your religion"},
            "constraint_message",
        ),
        ({"required": "yes", "required_message": "Say your religion"}, "required_message"),
    ],
)
def test_a_form_that_asks_is_refused_with_the_row_and_column(cells, column) -> None:
    reading = read(question(name="first"), question(**cells))

    assert said(reading) == [("asks_origin", "survey", 3, column)]
    assert reading.instrument is None


@pytest.mark.parametrize(
    ("choice", "column"),
    [
        ({"list_name": "agree", "name": "4", "label": "Muslim"}, "label"),
        ({"list_name": "agree", "name": "religion", "label": "Something"}, "name"),
        ({"list_name": "agree", "name": "4", "label": "City", "kind": "Syria"}, "kind"),
    ],
)
def test_a_choice_that_asks_is_refused_with_the_row_and_column(choice, column) -> None:
    reading = read(question("select_one agree"), choices=[*AGREEMENT, choice])

    assert said(reading) == [("asks_origin", "choices", 5, column)]


def test_a_list_and_a_title_that_ask_are_refused() -> None:
    listed = read(
        question("select_one nationality"),
        choices=[{"list_name": "nationality", "name": "1", "label": "One"}],
    )
    titled = read(question(), settings=[{"form_title": "Religion", "form_id": "f"}])

    assert said(listed) == [("asks_origin", "choices", 2, "list_name")]
    assert said(titled) == [("asks_origin", "settings", 2, "form_title")]


def test_another_language_of_the_form_is_looked_at_too() -> None:
    reading = read(
        {
            "type": "text",
            "name": "q",
            "label::English (en)": "Tell us",
            "label::ar": "ما هي ديانتك؟",
        }
    )

    assert said(reading) == [("asks_origin", "survey", 2, "label")]
