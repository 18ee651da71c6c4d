"""What a blind index holds and what a search asks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.names import fold, index_keys, keys, prefixes, query_keys, tokens
from kith.methods.names.folding import readings
from kith.methods.names.romanize import words
from kith.methods.names.skeleton import could_write, written
from kith.methods.names.spellings import GROUPS

LATIN = "abcdefghijklmnopqrstuvwxyząćęłńóśźżäöüßčšžğışçéèñøå'-"
CYRILLIC = "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя'-"
ARABIC = "ابپتثجچحخدذرزژسشصضطظعغفقکكگلمنهويىةءأإآئؤ"
one_script = st.sampled_from([LATIN, LATIN.upper(), CYRILLIC, CYRILLIC.upper(), ARABIC])
word = one_script.flatmap(lambda letters: st.text(letters, min_size=2, max_size=14))
name = st.lists(word, min_size=1, max_size=3).map(" ".join)


def finds(typed, stored):
    return all(asked & index_keys(stored) for asked in query_keys(typed))


@settings(deadline=None)
@given(st.text())
def test_fold_of_any_text_is_settled_and_plain(text):
    folded = fold(text)

    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@settings(deadline=None)
@given(name)
def test_folded_names_hold_only_latin_letters(written_name):
    assert set(fold(written_name)) <= set("abcdefghijklmnopqrstuvwxyz ")


@settings(deadline=None)
@given(st.text())
def test_keys_of_any_text_never_fail(text):
    assert keys(text) <= index_keys(text)
    assert all(asked for asked in query_keys(text))


@settings(deadline=None)
@given(name, st.data())
def test_a_name_is_found_by_the_beginning_of_any_of_its_words(written_name, data):
    lowered = data.draw(st.sampled_from(words(written_name) or ["ab"]))
    length = data.draw(st.integers(min_value=2, max_value=max(2, len(lowered))))

    assert finds(lowered[:length], written_name if words(written_name) else "ab") is True


@settings(deadline=None)
@given(name)
def test_a_name_is_found_by_itself_in_any_order_of_words(written_name):
    assert finds(" ".join(reversed(written_name.split())), written_name) is True


def test_prefixes_are_the_first_two_to_eight_letters_and_the_whole():
    assert prefixes("Kowalczuk") == [
        "ko",
        "kov",
        "kova",
        "koval",
        "kovalch",
        "kovalc",
        "kovalchu",
        "kovalchuk",
    ]


def test_tokens_are_folded_words_in_their_order():
    assert tokens("Hannah  Hope-Andrews") == ["hana", "hope", "andrevs"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Kowal", "Ковальчук"),
        ("Шевч", "Szewczenko"),
        ("Moh", "محمد"),
        ("محم", "Mohammed"),
        ("Abdulh", "عبد الحليم"),
        ("Halim", "عبد الحليم"),
        ("عبد الحليم", "Abdel Halim"),
        ("green car", "Carolyn Green"),
        ("Oksen", "Оксенія Вівчаренко"),
    ],
)
def test_the_beginning_of_a_name_is_found_in_another_script(typed, stored):
    assert finds(typed, stored) is True


def test_two_latin_names_never_meet_by_consonants():
    asked = query_keys("Marek")[0]

    assert {key for key in asked if key.startswith("^")} == set()
    assert "^mrk" in keys("Mirka")


def test_arabic_keeps_the_long_vowels_it_writes():
    assert (written("محمد"), written("محمود")) == ("mhmd", "mhmwd")


def test_a_long_latin_vowel_has_to_be_written_in_arabic():
    assert {"mhmd", "mhmwd"} & set(could_write("mahmoud")) == {"mhmwd"}


def test_the_forms_of_a_long_word_stay_few():
    assert len(could_write("ouagadougoulamasekira")) <= 64
    assert len(readings("chcgcchagocierzyoo")) <= 8


def test_an_index_of_an_ordinary_name_stays_small():
    assert max(len(index_keys(word)) for word in ("Kowalczuk", "Володимирівна", "محمد")) <= 20


def test_no_spelling_stands_in_two_groups():
    folded = [{fold(spelling) for spelling in group.split()} for group in GROUPS]

    assert [len(forms) for forms in folded] == [1] * len(GROUPS)
    assert len(set().union(*folded)) == len(GROUPS)
