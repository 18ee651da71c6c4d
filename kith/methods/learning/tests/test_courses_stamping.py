"""Which English wording a translation was made from."""

import pytest

from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.courses.reading import Reading, course_of, read_course, unit_of
from kith.methods.learning.courses.stamping import NothingToStamp, stamp, stamped
from kith.methods.learning.courses.stamps import (
    is_stale,
    question_fingerprint,
    screen_fingerprint,
    stale_languages,
    stale_questions,
)
from kith.methods.learning.questions.reading import read_questions
from kith.methods.learning.tests.written import (
    ENGLISH,
    QUESTIONS,
    as_files,
    course_texts,
    unit_files,
)


def with_stamps(texts: dict[str, str], stamps: str) -> Reading:
    return course_of(as_files(texts | {"translated.toml": stamps}))


@pytest.fixture
def stamps() -> str:
    return stamped(course_of(as_files(course_texts())), "pl")[0]


def test_every_text_in_the_language_is_stamped(stamps) -> None:
    lines = [line.split(" = ")[0] for line in stamps.splitlines()]

    assert lines == [
        "# Written by kith course stamp: the English wording each text was made from.",
        "",
        "[pl.screens]",
        '"rivers/banks"',
        '"rivers/bridges"',
        "",
        "[pl.questions]",
        '"rivers/how-many-banks"',
        '"the-flood/first-hour"',
    ]


def test_what_was_just_stamped_is_not_stale(stamps) -> None:
    reading = with_stamps(course_texts(), stamps)
    reasons = {one.reason for one in check_course(reading).findings}
    module = reading.course.modules[0]

    assert reading.faults == ()
    assert reasons.isdisjoint({"translation_stale", "translation_unstamped"})
    assert [stale_languages(one) for one in module.screens] == [(), ()]
    assert stale_questions(module, "pl") == ()


def test_a_changed_english_wording_makes_only_its_own_translation_stale(stamps) -> None:
    texts = course_texts()
    texts["01-rivers/en.md"] = ENGLISH.replace("A bridge stands", "Each bridge stands")
    texts["01-rivers/questions.toml"] = QUESTIONS.replace('en = "Two"', 'en = "It has two"')

    module = with_stamps(texts, stamps).course.modules[0]

    assert [is_stale(one, "pl") for one in module.screens] == [False, True]
    assert not is_stale(module.screens[1], "ar")
    assert stale_questions(module, "pl") == ("how-many-banks",)
    assert stale_questions(module, "ar") == ()


def test_a_stamp_without_a_text_is_not_stale(stamps) -> None:
    texts = course_texts() | {"01-rivers/en.md": ENGLISH.replace("stands", "lies")}
    del texts["01-rivers/pl.md"]

    module = with_stamps(texts, stamps).course.modules[0]

    assert stale_languages(module.screens[1]) == ()


def test_where_lines_break_makes_no_difference() -> None:
    texts = course_texts()
    texts["01-rivers/en.md"] = ENGLISH.replace("A bridge stands", "A bridge\nstands")
    first, second = (course_of(as_files(one)).course.modules[0] for one in (course_texts(), texts))

    assert list(map(screen_fingerprint, first.screens)) == list(
        map(screen_fingerprint, second.screens)
    )


@pytest.mark.parametrize(
    ("english", "changed"),
    [
        ('accepted = { en = ["two"], pl = ["dwa"] }', 'accepted = { en = ["2"], pl = ["dwa"] }'),
        ('accepted = { en = ["two"], pl = ["dwa"] }', 'accepted = { en = ["two"], pl = ["2"] }'),
    ],
)
def test_typed_answers_belong_to_the_english_wording(english, changed) -> None:
    written = '[[question]]\nkey = "x"\nkind = "short"\nstem = { en = "?" }\n'
    first, second = (
        question_fingerprint(read_questions((written + one).encode()).questions[0])
        for one in (english, changed)
    )

    assert (first == second) == ('"2"], pl' not in changed)


def test_gaps_belong_to_the_english_wording() -> None:
    written = (
        '[[question]]\nkey = "x"\nkind = "gap"\ntext = { en = "{1}" }\n'
        'gaps = [ { right = { en = ["a"] } } ]'
    )
    first, second = (
        question_fingerprint(read_questions(one.encode()).questions[0])
        for one in (written, written.replace('"a"', '"b"'))
    )

    assert first != second


def test_stamping_writes_the_file_and_leaves_other_languages_alone(tmp_path) -> None:
    for name, text in course_texts().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    arabic = '[ar.screens]\n"rivers/banks" = "abc"\n'
    (tmp_path / "translated.toml").write_text(arabic)

    count = stamp(tmp_path, read_course(tmp_path), "pl")

    written = (tmp_path / "translated.toml").read_text()
    assert count == 4
    assert '[ar.screens]\n"rivers/banks" = "abc"\n\n[pl.screens]\n' in written
    assert stamped(read_course(tmp_path), "pl") == (written, 4)


def test_a_unit_is_stamped_too() -> None:
    assert stamped(unit_of(unit_files()), "pl")[1] == 3


@pytest.mark.parametrize(
    "reading", [course_of(as_files(course_texts())), course_of({}), unit_of({})]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_there_must_be_something_to_stamp(reading, language) -> None:
    with pytest.raises(NothingToStamp, match="There is no text"):
        stamped(reading, language)
