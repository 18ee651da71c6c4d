"""A course from its folder, with every fault and its place."""

from pathlib import Path

import pytest

from kith.methods.learning.courses.files import MOST_BYTES, MOST_FILES
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.reading import course_of, read_course, read_unit, unit_of
from kith.methods.learning.courses.schema import Opens, Source
from kith.methods.learning.tests.written import (
    COURSE,
    ENGLISH,
    MODULE,
    POLISH,
    VIGNETTE,
    as_files,
    course_texts,
    module_texts,
    unit_files,
)

EN, PL, TOML = "01-rivers/en.md", "01-rivers/pl.md", "01-rivers/module.toml"
STORY = "vignettes/the-flood/vignette.toml"


def faults(texts) -> list[tuple[str, int | None, str, str]]:
    return [
        (one.file, one.line, one.place, one.reason) for one in course_of(as_files(texts)).faults
    ]


def faults_with(**changed: str) -> list[tuple[str, int | None, str, str]]:
    names = {"course": "course.toml", "module": TOML, "en": EN, "pl": PL, "story": STORY,
             "questions": "01-rivers/questions.toml", "stamps": "translated.toml"}  # fmt: skip
    return faults(course_texts() | {names[key]: text for key, text in changed.items()})


def test_everything_in_the_files_is_in_the_course() -> None:
    reading = course_of(as_files(course_texts()))

    course = reading.course
    module, vignette = course.modules[0], course.vignettes[0]
    assert reading.faults == ()
    assert reading.folders == {"rivers": "01-rivers", "the-flood": "vignettes/the-flood"}
    assert (course.key, course.version, course.opens) == ("small", 1, Opens.MENTORING)
    assert (course.languages, course.refresher_months) == (("en", "pl"), None)
    assert [one.name for one in module.screens] == ["banks", "bridges"]
    assert module.screens[1].heading == {"en": "Bridges", "pl": "Mosty"}
    assert module.screens[1].body["pl"] == "Most stoi na obu brzegach."
    assert module.sources == (
        Source("atlas", "An atlas", "A house", "https://example.org/atlas", 2020),
    )
    assert [one.name for one in module.pictures] == ["pictures/bridge.svg"]
    assert module.questions[0].key == "how-many-banks"
    assert vignette.tasks[0].criteria[0].taught == "rivers/bridges"
    assert vignette.screens[0].languages == ("en",)


def test_parts_of_a_course_are_found_by_their_keys() -> None:
    course = course_of(as_files(course_texts())).course
    module, vignette = course.module("rivers"), course.vignette("the-flood")

    assert (module.screen("banks").name, module.screen("sea")) == ("banks", None)
    assert (module.question("how-many-banks").key, module.question("x")) == ("how-many-banks", None)
    assert (module.source("atlas").year, module.source("x")) == (2020, None)
    assert (vignette.screen("rain").name, vignette.screen("x")) == ("rain", None)
    assert (vignette.task("first-hour").words, vignette.task("x")) == (100, None)
    assert (course.module("x"), course.vignette("x")) == (None, None)


def test_a_unit_is_read_like_a_module_with_a_summary() -> None:
    reading = unit_of(unit_files())

    assert (reading.faults, reading.folders) == ((), {"rivers": ""})
    assert (reading.unit.summary["pl"], reading.unit.for_whom["en"]) == ("Krótko.", "Everybody.")


def test_a_unit_without_a_usable_table_is_none() -> None:
    missing, keyless = unit_of({}), unit_of({"unit.toml": b'key = "Not a key"'})

    assert (missing.unit, [one.reason for one in missing.faults]) == (None, ["file_missing"])
    assert keyless.unit is None
    assert ("unit.toml", "key", "key_wrong") in [
        (f.file, f.place, f.reason) for f in keyless.faults
    ]


# --- the folder -------------------------------------------------------------------------------


def written_at(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_without_what_nobody_reads_and_without_what_links_out(tmp_path) -> None:
    folder = written_at(tmp_path / "course", course_texts())
    written_at(folder, {"notes.txt": "mine", ".git/config.toml": "", "a/b/c/d/e.md": "too deep"})
    (tmp_path / "outside.md").write_text("## Secret {#secret}")
    (folder / "01-rivers" / "de.md").symlink_to(tmp_path / "outside.md")

    reading = read_course(folder)

    assert sorted(reading.files) == sorted(course_texts())
    assert (reading.course.key, reading.faults) == ("small", ())


def test_a_folder_that_is_not_there_cannot_be_read(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        read_course(tmp_path / "nowhere")


@pytest.mark.parametrize("read", [read_course, read_unit])
def test_a_folder_of_very_many_files_is_not_read(tmp_path, read) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.md").touch()

    assert [str(one) for one in read(tmp_path).faults] == ["There are more than 1000 files."]


def test_a_unit_is_read_from_its_folder(tmp_path) -> None:
    written_at(tmp_path, {name: text.decode() for name, text in unit_files().items()})

    assert read_unit(tmp_path).unit.key == "rivers"


# --- course.toml ------------------------------------------------------------------------------


def test_a_course_without_its_table_key_or_title_is_none_but_its_modules_are_looked_at() -> None:
    texts = course_texts() | {TOML: MODULE + "colour = 1"}
    del texts["course.toml"]

    assert course_of(as_files(texts)).course is None
    assert faults(texts) == [
        (TOML, 6, "sources.atlas.colour", "key_unknown"),
        ("course.toml", None, "", "file_missing"),
    ]
    assert course_of(as_files(course_texts() | {"course.toml": "version = 1"})).course is None


def test_a_table_that_is_no_toml_names_its_line() -> None:
    (fault,) = course_of({"course.toml": b'key = "small"\n=\n'}).faults

    assert (fault.line, fault.reason) == (2, "file_unreadable")
    assert fault.at == "course.toml:2"


@pytest.mark.parametrize(
    ("written", "wrong", "line", "place", "reason"),
    [
        ("version = 1", "version = 0", 2, "version", "number_outside"),
        ("version = 1", "version = -1", 2, "version", "key_wrong"),
        ("version = 1", 'version = "1"', 2, "version", "key_wrong"),
        ("version = 1\n", "", None, "version", "key_missing"),
        ("pass_percent = 80", "pass_percent = 101", 11, "pass_percent", "number_outside"),
        ('opens = "mentoring"', 'opens = "doors"', 13, "opens", "key_wrong"),
        ('licence = "CC-BY-4.0"\n', "", None, "licence", "key_missing"),
        ('licence = "CC-BY-4.0"', "licence = 4", 7, "licence", "key_wrong"),
        ("live_session = false", "live_session = false\nlive = 1", 13, "live", "key_unknown"),
        ('pl = "Mały kurs"', 'pl = ""', 3, "title.pl", "key_wrong"),
    ],
)
def test_a_fault_of_course_toml_has_its_line_and_key(written, wrong, line, place, reason) -> None:
    found = faults_with(course=COURSE.replace(written, wrong))

    assert found == [("course.toml", line, place, reason)]


def test_a_refresher_has_its_months() -> None:
    texts = course_texts() | {"course.toml": COURSE + "refresher_months = 12"}

    assert course_of(as_files(texts)).course.refresher_months == 12


def test_a_course_needs_a_module() -> None:
    assert faults({"course.toml": COURSE}) == [("course.toml", None, "", "modules_missing")]


def test_a_folder_of_a_module_begins_with_digits() -> None:
    texts = course_texts() | {"rivers/module.toml": MODULE}

    assert faults(texts) == [("rivers/module.toml", None, "", "folder_without_digits")]


def test_a_key_belongs_to_one_module_or_vignette() -> None:
    texts = course_texts() | {"02-more/module.toml": MODULE, **module_texts("02-more/")}
    texts[STORY] = VIGNETTE.replace("the-flood", "rivers")

    assert faults(texts) == [
        ("02-more/module.toml", None, "key", "part_twice"),
        (STORY, None, "key", "part_twice"),
    ]


# --- a module ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "wrong", "line", "place", "reason"),
    [
        ("minutes = 10", "minutes = 0", 4, "minutes", "number_outside"),
        ("https://example", "ftp://example", 6, "sources.atlas.address", "key_wrong"),
        ("[sources.atlas]", "[sources.Atlas]", 6, "sources.Atlas", "key_wrong"),
        ("year = 2020", "year = 0", 6, "sources.atlas.year", "number_outside"),
        ('publisher = "A house"\n', "", 6, "sources.atlas.publisher", "key_missing"),
    ],
)
def test_a_fault_of_module_toml_has_its_line_and_key(written, wrong, line, place, reason) -> None:
    found = faults_with(module=MODULE.replace(written, wrong))

    assert found == [(TOML, line, place, reason)]


def test_sources_are_tables() -> None:
    plain = MODULE.split("[sources")[0]

    assert faults_with(module=plain + "sources = { atlas = 1 }") == [
        (TOML, 6, "sources", "key_wrong")
    ]
    assert faults_with(module=plain + "sources = 1") == [(TOML, 6, "sources", "key_wrong")]


def test_a_module_without_key_or_table_is_left_out() -> None:
    assert faults_with(module=MODULE.replace('"rivers"', '"Two rivers"')) == [
        (TOML, 1, "key", "key_wrong"),
        ("course.toml", None, "", "modules_missing"),
    ]
    assert ("01-rivers/module.toml", 1, "", "file_unreadable") in faults_with(module="=")


def test_faults_of_questions_come_with_the_line_of_their_question() -> None:
    broken = '[[question]]\nkind = "single"\nkey = "x"\nstem = { en = "?" }\n'

    assert faults_with(questions=broken) == [
        ("01-rivers/questions.toml", 3, "x, options", "key_missing")
    ]
    assert faults_with(questions="a\n") == [("01-rivers/questions.toml", 1, "", "file_unreadable")]


def test_a_module_may_have_no_questions_and_no_pictures() -> None:
    texts = course_texts()
    del texts["01-rivers/questions.toml"], texts["01-rivers/pictures/bridge.svg"]
    module = course_of(as_files(texts)).course.modules[0]

    assert (module.questions, module.pictures) == ((), ())


def test_a_file_may_not_be_larger_than_is_read() -> None:
    files = dict(as_files(course_texts()))
    files["01-rivers/questions.toml"] = b"#" * (MOST_BYTES + 1)
    files["01-rivers/pictures/bridge.svg"] = b"#" * (MOST_BYTES + 1)
    files["01-rivers/pictures/notes.toml"] = b""

    reading = course_of(files)

    assert [(one.file, one.reason) for one in reading.faults] == [
        ("01-rivers/pictures/bridge.svg", "file_too_large"),
        ("01-rivers/questions.toml", "file_too_large"),
    ]
    assert (reading.course.modules[0].questions, reading.course.modules[0].pictures) == ((), ())


# --- texts ------------------------------------------------------------------------------------


def test_the_english_text_must_be_there_and_in_utf_8() -> None:
    texts = course_texts()
    del texts[EN]
    found = faults(texts)

    assert found[0] == (EN, None, "", "file_missing")
    assert {one[3] for one in found[1:]} == {"screen_unknown"}
    broken = dict(as_files(course_texts())) | {PL: b"\xff"}
    assert [(f.file, f.reason) for f in course_of(broken).faults] == [(PL, "file_unreadable")]


@pytest.mark.parametrize(
    ("text", "line", "place", "reason"),
    [
        ("Before.\n\n" + ENGLISH, 1, "", "text_before_screens"),
        (ENGLISH + "\n## Nameless\n\nText.\n", 23, "Nameless", "screen_without_name"),
        (ENGLISH + "\n## Odd {#Odd Name}\n\nText.\n", 23, "Odd", "screen_without_name"),
        (ENGLISH + "\n## Again {#banks}\n\nText.\n", 23, "banks", "screen_twice"),
    ],
)
def test_every_screen_has_a_name_of_its_own(text, line, place, reason) -> None:
    assert faults_with(en=text) == [(EN, line, place, reason)]


def test_a_heading_inside_code_begins_no_screen() -> None:
    code = "\n```\n## Not a screen\n~~~\n```\n\n## Boats {#boats} ##\n\nA boat.\n"
    module = course_of(as_files(course_texts() | {EN: ENGLISH + code})).course.modules[0]

    assert [one.name for one in module.screens] == ["banks", "bridges", "boats"]
    assert module.screens[1].body["en"].endswith("~~~\n```")
    assert module.screens[2].heading == {"en": "Boats"}


def test_a_text_may_be_empty_or_a_screen_without_body() -> None:
    assert faults_with(en="", pl="") == []
    assert faults_with(en=ENGLISH + "\n## Boats {#boats}\n") == []


def test_a_translation_has_the_screens_of_the_english_text_in_their_order() -> None:
    assert faults_with(pl=POLISH + "\n## Morze {#sea}\n\nMorze.\n") == [
        (PL, 11, "sea", "screen_unknown")
    ]
    first, second = POLISH.split("## Mosty")
    assert faults_with(pl=f"## Mosty{second}\n{first}") == [
        (PL, None, "", "screens_in_other_order")
    ]


def test_files_that_are_named_like_no_language_are_left_alone() -> None:
    assert faults(course_texts() | {"01-rivers/README.md": "Notes."}) == []


# --- vignettes --------------------------------------------------------------------------------


def test_a_vignette_needs_its_tasks_and_a_key() -> None:
    empty = VIGNETTE.split("[[task]]")[0]
    twice = VIGNETTE + "[[task]]" + VIGNETTE.split("[[task]]")[1]

    assert faults_with(story=empty) == [(STORY, None, "task", "key_missing")]
    assert faults_with(story=twice) == [(STORY, 11, "task.2.key", "key_twice")]
    assert faults_with(story="=") == [(STORY, 1, "", "file_unreadable")]
    assert (STORY, 1, "key", "key_wrong") in faults_with(story=VIGNETTE.replace("the-flood", "A B"))


def test_a_criterion_has_a_text_and_a_key() -> None:
    found = faults_with(
        story=VIGNETTE.replace('key = "bridge", ', "").replace('en = "Finds it.", ', "")
    )

    assert [one[2:] for one in found] == [("task.1.criteria.1.key", "key_missing")]


# --- stamps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stamps",
    ['pl = "x"', "[pl]\nscreens = 1", "[pl.screens]\nx = 1", '[pl.pages]\nx = "y"', "['?']"],
)
def test_stamps_are_what_the_command_writes(stamps) -> None:
    (found,) = faults_with(stamps=stamps)

    assert (found[0], found[3]) == ("translated.toml", "key_wrong")


def test_stamps_that_are_no_toml_are_a_fault() -> None:
    assert faults_with(stamps="=") == [("translated.toml", 1, "", "file_unreadable")]


def test_a_fault_is_said_with_its_place() -> None:
    (fault,) = course_of(as_files({"course.toml": COURSE})).faults

    assert fault.sentence == "There is no folder of a module, such as 01-name."
    assert str(fault) == f"course.toml: {fault.sentence}"
    assert str(Finding("", None, "", fault.reason)) == fault.sentence
