import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kith.web
from kith.progress import rules
from kith.progress.rules import (
    Difference,
    DomainFault,
    Step,
    all_domains,
    difference_text,
    difference_words,
    domain,
    domains_numbered,
    load_domains,
    step_words,
)

LANGUAGES = ("en", "pl", "ar")
ICONS = Path(next(iter(kith.web.__path__))) / "icons"


@pytest.fixture
def own_domains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the domains, which a test may spoil."""
    path = tmp_path / "domains.toml"
    path.write_bytes((rules.CONTENT / "domains.toml").read_bytes())
    monkeypatch.setattr(rules, "CONTENT", tmp_path)
    load_domains.cache_clear()
    yield path
    load_domains.cache_clear()


def test_there_are_eight_domains_in_a_fixed_order():
    assert [(known.number, known.key) for known in all_domains()] == [
        (1, "language"),
        (2, "work"),
        (3, "learning"),
        (4, "housing"),
        (5, "health"),
        (6, "connections"),
        (7, "rights"),
        (8, "belonging"),
    ]


def test_each_domain_has_four_things_to_talk_about_and_a_sentence_for_each_step():
    for known in all_domains():
        assert len(known.indicators) == 4
        assert [rung.step for rung in known.ladder] == list(Step)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sentences_of_a_language_are_the_same(language):
    said = [rung.sentence.say(language) for known in all_domains() for rung in known.ladder]
    said += [item.text.say(language) for known in all_domains() for item in known.indicators]
    said += [words.meaning.say(language) for words in load_domains().steps]

    assert len(said) == 8 * 5 + 8 * 4 + 5
    assert len(set(said)) == len(said)


def test_arabic_texts_are_in_arabic_script_and_the_others_are_not():
    texts = [rung.sentence for known in all_domains() for rung in known.ladder]
    texts += [known.name for known in all_domains()] + [w.name for w in load_domains().steps]

    for text in texts:
        in_arabic = {language: has_arabic_letters(text.say(language)) for language in LANGUAGES}
        assert in_arabic == {"en": False, "pl": False, "ar": True}


def has_arabic_letters(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def test_every_pictogram_of_a_domain_is_drawn():
    missing = [d.key for d in all_domains() if not (ICONS / f"{d.pictogram.key}.svg").is_file()]

    assert missing == []


def test_the_ladder_has_five_steps_with_words():
    names = [step_words(step).name.say("en") for step in Step]

    assert names == ["Not yet", "Starting", "With help", "Mostly on my own", "Could help others"]


def test_a_domain_gives_its_own_sentence_for_a_step():
    said = domain("housing").sentence_for(Step.STARTING).say("en")

    assert said == "I have a place for now and am looking for a home."


def test_the_domains_of_a_programme_keep_its_order():
    assert [known.key for known in domains_numbered((4, 1))] == ["housing", "language"]


def test_an_unknown_domain_is_refused_by_name():
    with pytest.raises(DomainFault, match=r"^domains\.toml: religion: there is no such domain$"):
        domain("religion")


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        (None, Step.NOT_YET, Difference.FIRST_LOOK),
        (None, Step.COULD_HELP_OTHERS, Difference.FIRST_LOOK),
        (Step.WITH_HELP, Step.WITH_HELP, Difference.SAME),
        (Step.NOT_YET, Step.STARTING, Difference.ONE_STEP_ON),
        (Step.MOSTLY_ALONE, Step.COULD_HELP_OTHERS, Difference.ONE_STEP_ON),
        (Step.NOT_YET, Step.WITH_HELP, Difference.SEVERAL_STEPS_ON),
        (Step.NOT_YET, Step.COULD_HELP_OTHERS, Difference.SEVERAL_STEPS_ON),
        (Step.STARTING, Step.NOT_YET, Difference.HARDER_NOW),
        (Step.COULD_HELP_OTHERS, Step.NOT_YET, Difference.HARDER_NOW),
    ],
)
def test_the_difference_is_told_in_words(before, after, difference):
    assert difference_words(before, after) is difference


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_difference_has_words_of_its_own(language):
    said = {difference_text(difference).say(language) for difference in Difference}

    assert len(said) == len(Difference)


LOWEST: Any = Step.NOT_YET
SECOND: Any = Step.STARTING


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: LOWEST + SECOND,
        lambda: sum([LOWEST, SECOND]),
        lambda: sorted([SECOND, LOWEST]),
        lambda: max([LOWEST, SECOND]),
        lambda: LOWEST < SECOND,
        lambda: int(SECOND),
        lambda: SECOND * 2,
    ],
)
def test_steps_cannot_be_added_sorted_or_turned_into_numbers(attempt):
    with pytest.raises(TypeError):
        attempt()


def test_no_function_gives_a_number_or_takes_the_steps_of_several_domains():
    functions = [item for _, item in inspect.getmembers(rules, inspect.isfunction)]
    own = [item for item in functions if item.__module__ == rules.__name__]

    types = {
        str(kind) for item in own for kind in inspect.get_annotations(item, eval_str=True).values()
    }

    assert [kind for kind in types if kind in {"<class 'int'>", "<class 'float'>"}] == []
    assert [kind for kind in types if "Step" in kind and ("[" in kind or "Mapping" in kind)] == []


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ('key = "not_yet"', 'key = "level_1"', "steps.1.key"),
        ('key = "starting"', 'key = "not_yet"', "steps"),
        ('key = "same"', 'key = "first_look"', "differences"),
        ("number = 2", "number = 3", "domains"),
        ('number = 2\nkey = "work"', 'number = 2\nkey = "language"', "domains"),
        ("number = 1\n", "number = 1\nweight = 5\n", "domains.1.weight"),
        ('key = "letters"', 'key = "course"', "domains.1.indicators"),
        ('step = "not_yet"', 'step = "starting"', "domains.1.ladder"),
    ],
)
def test_domains_with_a_fault_are_refused_at_the_key(own_domains, line, instead, key):
    text = own_domains.read_text(encoding="utf-8")
    assert line in text, "the test spoils a line that is not there"
    own_domains.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(DomainFault) as caught:
        load_domains()

    assert (caught.value.file, caught.value.key) == ("domains.toml", key)


def test_the_rules_know_no_django():
    source = inspect.getsource(rules).splitlines()

    imports = [line for line in source if line.startswith(("import ", "from "))]

    assert [line for line in imports if "django" in line] == []
    assert len(imports) >= 5
