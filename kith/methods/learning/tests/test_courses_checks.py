"""What is to change and to look at in a course or a unit."""

from collections import Counter
from pathlib import Path

import pytest

from kith.methods.learning.courses.asking import screen_of_question
from kith.methods.learning.courses.checks import Report, check_course, check_unit
from kith.methods.learning.courses.files import files_in
from kith.methods.learning.courses.reading import (
    Reading,
    course_of,
    read_course,
    read_unit,
    unit_of,
)
from kith.methods.learning.tests.written import (
    COURSE,
    ENGLISH,
    MODULE,
    PICTURE,
    POLISH,
    QUESTIONS,
    UNIT,
    VIGNETTE,
    as_files,
    course_texts,
    module_texts,
    unit_files,
)

SHIPPED = Path(__file__).parents[3] / "learning" / "content"
COURSES = sorted((SHIPPED / "courses").iterdir())
UNITS = sorted((SHIPPED / "units").iterdir())
NAMES = {
    "course": "course.toml",
    "module": "01-rivers/module.toml",
    "en": "01-rivers/en.md",
    "pl": "01-rivers/pl.md",
    "questions": "01-rivers/questions.toml",
    "picture": "01-rivers/pictures/bridge.svg",
    "story": "vignettes/the-flood/vignette.toml",
    "story_en": "vignettes/the-flood/en.md",
    "stamps": "translated.toml",
}
Line = tuple[str, str, int | None, str, str]


def lines(report: Report) -> Counter[Line]:
    found = report.findings
    return Counter((one.weight.value, one.file, one.line, one.place, one.reason) for one in found)


def checked(texts: dict[str, str]) -> Counter[Line]:
    return lines(check_course(course_of(as_files(texts))))


def new_with(**changed: str) -> list[Line]:
    """What is found in the small course after a change, and was not before."""
    before = checked(course_texts())
    return list(
        checked(course_texts() | {NAMES[key]: text for key, text in changed.items()}) - before
    )


# --- what ships with Kith ---------------------------------------------------------------------


@pytest.mark.parametrize("folder", COURSES, ids=lambda one: one.name)
def test_a_course_that_ships_has_nothing_to_change_and_is_whole_in_polish(folder) -> None:
    report = check_course(read_course(folder))

    assert list(map(str, report.errors)) == []
    assert [str(one) for one in report.findings if one.reason.startswith("translation")] == []


@pytest.mark.parametrize("folder", UNITS, ids=lambda one: one.name)
def test_a_unit_that_ships_has_nothing_to_change_and_is_whole_in_polish(folder) -> None:
    report = check_unit(read_unit(folder))

    assert list(map(str, report.errors)) == []
    assert [str(one) for one in report.findings if one.reason.startswith("translation")] == []


def test_a_changed_english_screen_makes_its_translation_stale() -> None:
    files = files_in(COURSES[0])
    path = "01-two-ways/en.md"
    changed = files[path].replace(b"Both sides moved.", b"Both sides have moved.")

    report = check_course(course_of(files | {path: changed}))

    (found,) = [one for one in report.findings if one.reason == "translation_stale"]
    assert (found.file, found.place) == ("01-two-ways/pl.md", "staircase")
    assert found.line is not None


# --- the whole --------------------------------------------------------------------------------


def test_the_small_course_lacks_what_a_course_needs() -> None:
    report = check_course(course_of(as_files(course_texts())))

    assert sorted(str(one) for one in report.errors) == [
        "01-rivers/en.md: Boxes “example”: 1; 2 are needed.",
        "01-rivers/en.md: There are 37 English words; 2000 are needed.",
        "01-rivers/module.toml:4: It says 10 minutes; by counting, 5 to 7 are honest.",
        "01-rivers/questions.toml: There are 1 questions; 15 are needed.",
    ]
    assert [one.key for one in report.figures] == ["rivers", "the-flood"]
    assert report.figures[0].words == {"en": 37, "pl": 22}
    assert (report.figures[0].counted, report.figures[1].counted) == (6, None)
    assert report.languages == ("en", "pl")
    assert len(report.errors) + len(report.advice) == len(report.findings)


def test_a_course_or_unit_that_could_not_be_read_has_only_those_faults() -> None:
    course, unit = check_course(course_of({})), check_unit(unit_of({}))

    assert [one.reason for one in course.findings] == ["file_missing"]
    assert [one.reason for one in unit.findings] == ["file_missing"]
    assert (course.figures, unit.languages) == ((), ())


def test_a_unit_needs_fewer_words_and_no_quiz() -> None:
    report = check_unit(unit_of(unit_files()))

    assert sorted(one.reason for one in report.errors) == ["minutes_differ", "words_needed"]
    assert "1300 are needed" in str(report.errors[0])
    lacking = {"unit.toml": UNIT.replace(', pl = "Krótko."', "").encode()}
    found = lines(check_unit(unit_of({**unit_files(), **lacking})))
    assert ("advice", "unit.toml", 7, "summary", "translation_missing") in found


def test_a_course_without_its_files_is_checked_without_lines() -> None:
    files = as_files(course_texts())
    kept = {"rivers/pictures/bridge.svg": PICTURE.encode()}

    report = check_course(Reading(course_of(files).course, (), kept, {}))

    assert {one.line for one in report.findings} == {None}
    assert Counter(one.reason for one in report.findings) == Counter(
        one.reason for one in check_course(course_of(files)).findings
    )


# --- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "place", "reason", "weight"),
    [
        ("A claim: 40 % of them.", 22, "bridges", "claim_without_source", "advice"),
        ("See [@map].", 22, "bridges", "source_unknown", "error"),
        ("[Here](/there)", 22, "bridges", "link_refused", "error"),
        ("[Here](pictures/bridge.svg)", 22, "bridges", "link_refused", "error"),
        ("::: note\nUp.", 22, "bridges", "box_open", "error"),
        ("![A bridge over it all](pictures/dam.svg)", 22, "bridges", "picture_missing", "error"),
        ("![Short](pictures/bridge.svg)", 22, "bridges", "picture_without_words", "error"),
        ("word " * 376, 11, "bridges", "screen_long", "advice"),
        ("## Boats {#boats}", 22, "boats", "screen_empty", "error"),
        ("## Boats {#boats}\n\nA boat.", 22, "boats", "screen_short", "advice"),
    ],
)
def test_a_text_is_looked_through_line_by_line(text, line, place, reason, weight) -> None:
    added = f"{ENGLISH}{text}\n"

    assert (weight, "01-rivers/en.md", line, place, reason) in new_with(en=added)


def test_a_story_may_be_short_and_state_what_happens_in_it() -> None:
    story = "## Rain {#rain}\n\nIn 2004 it rained.\n"

    assert new_with(story_en=story) == []


def test_a_module_needs_an_activity_and_a_picture() -> None:
    bare = "## Banks {#banks}\n\nTwo [@atlas].\n\n## Bridges {#bridges}\n\nOne.\n"
    reasons = [(one[0], one[4]) for one in new_with(en=bare, pl="")]

    assert ("error", "activities_needed") in reasons
    assert ("error", "pictures_needed") in reasons
    assert ("advice", "picture_unused") in reasons


def test_a_source_that_is_never_cited_is_named() -> None:
    more = MODULE + MODULE.split("minutes = 10\n")[1].replace("atlas", "map")

    assert new_with(module=more) == [
        ("advice", "01-rivers/module.toml", 12, "", "source_never_cited")
    ]


def test_a_picture_that_can_act_is_named_with_its_file() -> None:
    acting = PICTURE.replace("<path", "<script/><path")

    assert new_with(picture=acting) == [("error", NAMES["picture"], None, "", "picture_active")]


# --- questions --------------------------------------------------------------------------------


def question(key: str, tests: str, stem: str, *, right: str = "Two") -> str:
    changed = QUESTIONS.replace('"how-many-banks"', f'"{key}"').replace(
        "A river has two banks.", tests
    )
    return changed.replace("How many banks has a river?", stem).replace('"Two"', f'"{right}"')


def test_a_question_leads_to_the_screen_of_its_sentence() -> None:
    module = course_of(as_files(course_texts())).course.modules[0]

    assert screen_of_question(module, module.questions[0]) == "banks"


def test_a_sentence_is_found_without_its_markup_and_sources() -> None:
    text = ENGLISH.replace("A river has two banks.", "A *river* has\ntwo banks [@atlas].")

    assert "sentence_not_found" not in [one[4] for one in new_with(en=text)]


def test_a_question_tests_a_sentence_of_the_text_which_no_other_tests() -> None:
    lost = question("lost", "A river has no banks.", "What colour are wooden boats usually?")
    same = question("same", "A river has two banks.", "Which boat would somebody choose there?")

    assert new_with(questions=f"{QUESTIONS}\n{lost}\n{same}") == [
        ("error", NAMES["questions"], 13, "lost, tests", "sentence_not_found"),
        ("error", NAMES["questions"], 24, "same, tests", "sentence_twice"),
    ]


def test_a_question_says_what_it_tests_and_why_each_option_is_right_or_wrong() -> None:
    silent = QUESTIONS.replace(', why = { en = "Yes.", pl = "Tak." }', "")

    assert new_with(questions=silent) == [
        ("error", NAMES["questions"], 2, "how-many-banks, options.2.why", "key_missing")
    ]
    untested = QUESTIONS.replace("A river has two banks.", "")
    assert [one[3] for one in new_with(questions=untested)] == ["how-many-banks, tests"]


def test_english_has_to_be_there_and_other_languages_may_come_later() -> None:
    assert new_with(questions=QUESTIONS.replace(', pl = "Dwa"', "")) == [
        ("advice", NAMES["questions"], 2, "how-many-banks, options.2", "translation_missing")
    ]
    assert new_with(questions=QUESTIONS.replace('en = "Two", ', "")) == [
        ("error", NAMES["questions"], 2, "how-many-banks, options.2", "language_missing")
    ]


def test_two_questions_that_ask_the_same_are_named_also_across_modules() -> None:
    first = question("first", "A river has two banks.", "Which boat would somebody choose?")
    again = question("again", "A bridge stands on both banks.", "Which boat would people choose?")
    more = {"01-rivers/questions.toml": first, "02-more/questions.toml": again}
    more["02-more/module.toml"] = MODULE.replace('"rivers"', '"more"')
    more = module_texts("02-more/") | more

    found = [one for one in checked(course_texts() | more) if one[4] == "stems_alike"]

    assert found == [("advice", "02-more/questions.toml", 2, "again, stem", "stems_alike")]


def test_stems_of_few_words_are_compared_with_their_options() -> None:
    first = question("one", "A river has two banks.", "What now?", right="Two boats together")
    second = question("two", "A bridge stands on both banks.", "What now?", right="Another plank")
    gap = (
        '[[question]]\nkey = "gap"\nkind = "gap"\ntests = "Draw one."\n'
        'text = { en = "What {1}?", pl = "Co {1}?" }\n'
        'gaps = [ { right = { en = ["now"], pl = ["dalej"] } } ]\n'
        'right_why = { en = "Yes.", pl = "Tak." }\nwrong_why = { en = "No.", pl = "Nie." }\n'
    )
    unlike = second.replace("Look again.", "Wood floats.").replace("There is another.", "No.")

    assert [one[4] for one in new_with(questions=first + second)] == ["stems_alike"]
    assert new_with(questions=first + unlike + gap) == []


def test_right_options_that_stand_out_by_their_length_are_a_pattern() -> None:
    stems = [
        "Alpha boats",
        "Gamma ships",
        "Delta rafts",
        "Omega canoe",
        "Theta ferry",
        "Kappa barge",
    ]
    long = "".join(
        question(f"q-{stem.split()[0].lower()}", "", f"{stem} {stem[::-1]}", right="Two of them")
        for stem in stems
    )

    found = [one for one in new_with(questions=long) if one[4] == "right_is_longest"]

    assert found == [("advice", NAMES["questions"], None, "", "right_is_longest")]
    even = long.replace("Two of them", "Two", 3)
    assert "right_is_longest" not in [one[4] for one in new_with(questions=even)]


# --- vignettes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "wrong", "expected"),
    [
        ("rivers/bridges", "rivers/dams", ("error", "first-hour, bridge", "taught_unknown")),
        ("rivers/bridges", "seas/bridges", ("error", "first-hour, bridge", "taught_unknown")),
        ('taught = "rivers/bridges", ', "", ("advice", "first-hour, bridge", "taught_missing")),
        (', pl = "Co robisz?"', "", ("advice", "first-hour, stem", "translation_missing")),
        ("criteria", "# criteria", ("error", "first-hour", "criteria_missing")),
    ],
)
def test_a_task_has_criteria_that_are_taught_somewhere(written, wrong, expected) -> None:
    weight, place, reason = expected

    assert new_with(story=VIGNETTE.replace(written, wrong)) == [
        (weight, NAMES["story"], 6, place, reason)
    ]


# --- languages --------------------------------------------------------------------------------


def test_titles_are_there_in_every_language() -> None:
    found = new_with(
        course=COURSE.replace(', pl = "Wszystko."', "").replace('en = "Everybody.", ', ""),
        module=MODULE.replace(', pl = "Potrafisz przejść."', ""),
        story=VIGNETTE.replace(', pl = "Powódź"', ""),
    )

    assert sorted(found) == [
        ("advice", "01-rivers/module.toml", 3, "aim", "translation_missing"),
        ("advice", "course.toml", 4, "summary", "translation_missing"),
        ("advice", "vignettes/the-flood/vignette.toml", 2, "title", "translation_missing"),
        ("error", "course.toml", 5, "for_whom", "language_missing"),
    ]


def test_a_course_has_three_to_seven_outcomes() -> None:
    one = '{ en = "Explain it.", pl = "Wyjaśnić to." }'
    three = COURSE.replace(one, ", ".join([one] * 3))
    reasons = [line[4] for line in checked(course_texts() | {"course.toml": three})]

    assert "number_of_parts" in [line[4] for line in checked(course_texts())]
    assert "number_of_parts" not in reasons


def test_a_screen_that_a_language_lacks_is_named_at_the_english_one() -> None:
    assert new_with(pl=POLISH.split("## Mosty")[0]) == [
        ("advice", "01-rivers/en.md", 11, "bridges", "translation_missing")
    ]


def test_a_stamp_of_something_that_there_is_not_is_named() -> None:
    assert ("advice", "translated.toml", None, "rivers/dams", "stamp_unknown") in new_with(
        stamps='[pl.screens]\n"rivers/dams" = "x"\n'
    )


def test_stale_questions_are_named_with_their_line() -> None:
    assert ("advice", NAMES["questions"], 2, "how-many-banks", "translation_stale") in new_with(
        stamps='[pl.questions]\n"rivers/how-many-banks" = "x"\n'
    )
