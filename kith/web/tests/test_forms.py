import base64

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from kith.base.errors import Refused
from kith.web.forms import (
    CardText,
    ChoiceCards,
    KithForm,
    LanguageLevel,
    LanguagesField,
    Signature,
    SignatureField,
    WeekField,
    error_links,
    refuse,
    slot_label,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
DRAWN = "data:image/png;base64," + base64.b64encode(PNG).decode()


class WeekForm(KithForm):
    week = WeekField(label="Week")


class LanguageForm(KithForm):
    spoken = LanguagesField(label="Languages", languages=[("uk", "Ukrainian"), ("pl", "Polish")])


class SignatureForm(KithForm):
    signed = SignatureField(label="Signature")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def errors(form: forms.Form) -> list[str]:
    return [link.sentence for link in error_links(form)]


def test_the_week_is_kept_in_its_order():
    form = WeekForm({"week": ["sun-eve", "mon-am"]})

    assert form.is_valid()
    assert form.cleaned_data["week"] == ["mon-am", "sun-eve"]


def test_the_week_grid_has_a_labelled_box_for_each_part_of_each_day():
    html = str(WeekForm(initial={"week": ["wed-eve"]})["week"])

    assert html.count('type="checkbox"') == 21
    assert html.count("checked") == 1
    assert '<span class="visually-hidden">Wednesday, Evening</span>' in html
    assert str(slot_label("wed-eve")) == "Wednesday, Evening"


def test_a_part_of_the_day_that_does_not_exist_is_refused():
    assert not WeekForm({"week": ["mon-night"]}).is_valid()


def test_rows_of_languages_become_pairs_and_empty_rows_are_left_out():
    answers = QueryDict(
        "spoken-language=uk&spoken-level=native&spoken-language=&spoken-level="
        "&spoken-language=pl&spoken-level=a2"
    )

    form = LanguageForm(answers)

    assert form.is_valid()
    assert form.cleaned_data["spoken"] == [
        LanguageLevel("uk", "native"),
        LanguageLevel("pl", "a2"),
    ]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ("", "Add at least one language."),
        (
            "spoken-language=uk&spoken-level=",
            "Choose both the language and how well it is spoken.",
        ),
        (
            "spoken-language=xx&spoken-level=a1",
            "Choose a language and a level from the lists.",
        ),
        (
            "spoken-language=uk&spoken-level=a1&spoken-language=uk&spoken-level=a2",
            "One language is there twice. Keep one of the two rows.",
        ),
    ],
)
def test_what_is_wrong_with_languages_is_said_in_one_sentence(answers, sentence):
    assert errors(LanguageForm(QueryDict(answers))) == [sentence]


def test_three_empty_rows_stand_ready_without_a_script():
    html = str(LanguageForm(initial={"spoken": [LanguageLevel("uk", "b1")]})["spoken"])

    assert html.count("data-row>") == 4
    assert html.count("selected") == 2


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"signed-drawn": DRAWN, "signed-typed": ""}, Signature(png=PNG)),
        (
            {"signed-drawn": "", "signed-typed": "  Olena   Kowalczuk "},
            Signature(name="Olena Kowalczuk"),
        ),
    ],
)
def test_a_signature_is_drawn_or_typed(answers, expected):
    form = SignatureForm(answers)

    assert form.is_valid()
    assert form.cleaned_data["signed"] == expected


@pytest.mark.parametrize(
    "drawn",
    [
        "data:image/svg+xml;base64,AAAA",
        "data:image/png;base64,not-base64!",
        "data:image/png;base64," + base64.b64encode(b"GIF89a").decode(),
        DRAWN + "A" * 300_000,
    ],
)
def test_a_drawing_that_is_no_small_png_is_refused(drawn):
    form = SignatureForm({"signed-drawn": drawn, "signed-typed": "Olena"})

    assert errors(form) == ["The drawing could not be read. Draw it again or type the name."]


def test_a_signature_is_needed():
    form = SignatureForm({"signed-drawn": "", "signed-typed": " "})

    assert errors(form) == ["Draw your signature or type your full name."]


def test_what_a_command_refused_becomes_an_error_of_the_form():
    form = WeekForm({"week": ["mon-am"]})
    form.is_valid()

    refuse(form, Refused("Marta has two open matches already."))

    assert errors(form) == ["Marta has two open matches already."]


def test_a_choice_card_says_what_the_choice_means():
    class MatchForm(KithForm):
        kind = forms.ChoiceField(
            label="Kind",
            choices=[("pair", "One to one")],
            widget=ChoiceCards({"pair": CardText("Two people meet.", "match")}),
        )

    html = str(MatchForm()["kind"])

    assert '<span class="choicecard-label">One to one</span>' in html
    assert '<span class="choicecard-help">Two people meet.</span>' in html


class WordsForm(KithForm):
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    one = forms.ChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    number = forms.IntegerField(min_value=1)
    own = forms.CharField(error_messages={"required": "Say where you met."})


def test_errors_are_told_in_our_words_unless_a_form_has_its_own():
    form = WordsForm({"day": "tomorrow", "number": "0"})

    assert errors(form) == [
        "Choose at least one answer.",
        "Choose an answer.",
        "Choose a day from the calendar.",
        "Write 1 or more.",
        "Say where you met.",
    ]


def test_a_day_is_asked_with_the_calendar_of_the_browser():
    assert 'type="date"' in str(WordsForm()["day"])
