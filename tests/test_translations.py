"""The catalogues of sentences: nothing lost on the way into another language."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation
from django.utils.translation import gettext, ngettext

from kith.web.words import near

translations = import_module("scripts.translations")

TODAY = date(2026, 11, 22)
ENDINGS = {".": ".", "?": "?؟", ":": ":"}
ABBREVIATIONS = {"No."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues compiled anew."""
    folder = tmp_path_factory.mktemp("locale")
    for language in translations.LANGUAGES:
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        translations.write_compiled(language, folder / language / "LC_MESSAGES" / "django.mo")
    return folder


@pytest.fixture
def compiled(folder: Path, settings) -> None:
    """Django reads those, not what lies beside the sources."""
    settings.LOCALE_PATHS = [str(folder)]


def translated(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence with each of its translations."""
    for message in translations.read(language):
        english = message.id if isinstance(message.id, str) else message.id[0]
        texts = (message.string,) if isinstance(message.string, str) else message.string
        yield from ((english, text) for text in texts if english and text)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_no_translation_loses_a_placeholder_or_a_plural_form(language):
    assert translations.faults_of(translations.read(language)) == []


@pytest.mark.parametrize(
    ("english", "polish"),
    [
        ("Call %(name)s", "Zadzwoń"),
        ("Call %(name)s", "Zadzwoń: %(nazwa)s"),
        ("“{text}” is no date.", "„{tekst}” to nie data."),
    ],
)
def test_a_lost_or_renamed_placeholder_is_found(english, polish):
    catalog = Catalog(locale="pl")
    catalog.add(english, polish)

    assert translations.faults_of(catalog) == [f"placeholders differ in {english!r}"]


def test_a_number_may_be_a_word_only_in_a_form_of_one_number():
    catalog = Catalog(locale="pl")
    catalog.add(("%(n)d day", "%(n)d days"), ("jeden dzień", "%(n)d dni", "kilka dni"))

    assert translations.faults_of(catalog) == ["placeholders differ in form 2 of '%(n)d day'"]


def test_a_missing_plural_form_is_found():
    catalog = Catalog(locale="pl")
    catalog.add(("%(n)d day", "%(n)d days"), ("%(n)d dzień", "%(n)d dni", ""))

    assert translations.faults_of(catalog) == [
        "plural forms missing in '%(n)d day'",
        "not translated: '%(n)d day'",
    ]


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_ends_as_its_sentence_does(language):
    ends_otherwise = [
        (english, text)
        for english, text in translated(language)
        if english not in ABBREVIATIONS and text[-1] not in ENDINGS.get(english[-1], text[-1])
    ]

    assert ends_otherwise == []


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("pl", '"“!'), ("ar", '"“”„!,;?')],
)
def test_a_language_has_its_own_signs_and_nobody_shouts(language, foreign):
    wrong = [text for _english, text in translated(language) if set(text) & set(foreign)]

    assert wrong == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 minuta"), (2, "2 minuty"), (5, "5 minut"), (12, "12 minut"), (22, "22 minuty")],
)
def test_polish_counts_in_three_forms(compiled, count, expected):
    with translation.override("pl"):
        said = ngettext("%(minutes)d minute", "%(minutes)d minutes", count) % {"minutes": count}

    assert said == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 دقيقة"),
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "3 دقائق"),
        (10, "10 دقائق"),
        (11, "11 دقيقة"),
        (100, "100 دقيقة"),
        (103, "103 دقائق"),
    ],
)
def test_arabic_counts_in_six_forms(compiled, count, expected):
    with translation.override("ar"):
        said = ngettext("%(minutes)d minute", "%(minutes)d minutes", count) % {"minutes": count}

    assert said == expected


@pytest.mark.parametrize(
    ("language", "days", "expected"),
    [
        ("pl", 0, "dzisiaj"),
        ("pl", -1, "wczoraj"),
        ("pl", 1, "jutro"),
        ("pl", -2, "2 dni temu, 20 listopada"),
        ("pl", -5, "5 dni temu, 17 listopada"),
        ("pl", -22, "22 dni temu, 31 października"),
        ("pl", 12, "za 12 dni, 4 grudnia"),
        ("pl", -90, "24 sierpnia 2026"),
        ("ar", 0, "اليوم"),
        ("ar", 1, "غدًا"),
        ("ar", -2, "قبل يومين، في 20 نوفمبر"),
        ("ar", -5, "قبل 5 أيام، في 17 نوفمبر"),
        ("ar", -22, "قبل 22 يومًا، في 31 أكتوبر"),
        ("ar", 12, "بعد 12 يومًا، في 4 ديسمبر"),
        ("ar", -90, "في 24 أغسطس 2026"),
    ],
)
def test_dates_are_in_words(compiled, language, days, expected):
    with translation.override(language):
        said = near(TODAY + timedelta(days=days), TODAY)

    assert said == expected


def test_one_day_and_two_days_in_polish(compiled):
    sentence = ("%(days)d day ago, on %(date)s", "%(days)d days ago, on %(date)s")
    with translation.override("pl"):
        said = [ngettext(*sentence, days) % {"days": days, "date": "…"} for days in (1, 2, 5, 22)]

    assert said == ["1 dzień temu, …", "2 dni temu, …", "5 dni temu, …", "22 dni temu, …"]


@pytest.mark.parametrize(
    ("language", "expected"), [("pl", "Nazwisko, numer, miejsce"), ("ar", "اسم أو رقم أو مكان")]
)
def test_django_reads_what_was_compiled(compiled, language, expected):
    with translation.override(language):
        assert gettext("A name, a number, a place") == expected


def test_a_word_that_also_has_a_plural_is_found_alone(compiled):
    with translation.override("pl"):
        assert (gettext("mentor"), ngettext("mentor", "mentors", 5)) == ("mentor", "mentorów")


def test_sentences_are_found_in_pages_letters_and_under_other_names_of_gettext():
    found = translations.sentences()

    assert [
        bool(found.get("Go to the content")),
        bool(
            found.get(
                "The link works once and ends after seven days. If you did not expect it,"
                " do nothing."
            )
        ),
        bool(found.get("Starting")),
        bool(found.get("For about", context="meeting")),
    ] == [True, True, True, True]
