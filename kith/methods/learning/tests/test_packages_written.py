"""Our courses as packages: what is in them, and that they can be read again."""

import io
import json
import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest

from kith.methods.learning.courses.reading import course_of
from kith.methods.learning.courses.stored import picture_files
from kith.methods.learning.packages.reading import read_package
from kith.methods.learning.packages.schema import MoveOn, Standard
from kith.methods.learning.packages.writing.packing import NoSuchLanguage, write_package
from kith.methods.learning.packages.writing.words import FILE, labels_in, words_in
from kith.methods.learning.questions.schema import Option
from kith.methods.learning.tests.factories import EACH, en, true_false
from kith.methods.learning.tests.written import PICTURE, as_files, course_texts


def written(standard=Standard.SCORM_12, language="pl", **changes) -> bytes:
    read = course_of(as_files(course_texts()))
    assert read.course is not None
    assert read.faults == ()
    course = replace(read.course, **changes)
    pictures = {
        one.key: picture_files(one, read.folders[one.key], read.files)
        for one in read.course.modules
    }
    return write_package(course, standard=standard, language=language, pictures=pictures)


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def told(content: bytes) -> dict:
    return json.loads(files(content)["data.js"].removeprefix("self.kithCourse = ")[:-2])


def test_a_package_of_scorm_1_2_can_be_read_again() -> None:
    found = read_package(written()).manifest

    assert (found.standard, found.title) == (Standard.SCORM_12, "Mały kurs")
    assert [(one.path, one.mastery) for one in found.items] == [("index.html", Fraction(4, 5))]
    assert found.remarks == ()


def test_a_package_of_cmi5_can_be_read_again() -> None:
    found = read_package(written(Standard.CMI5)).manifest

    assert (found.standard, found.title) == (Standard.CMI5, "Mały kurs")
    assert [(one.path, one.mastery, one.move_on) for one in found.items] == [
        ("index.html", Fraction(4, 5), MoveOn.COMPLETED_AND_PASSED)
    ]


def test_the_page_holds_every_screen_in_the_language() -> None:
    page = files(written())["index.html"]

    assert re.findall(r'data-screen="([^"]+)"', page) == [
        "rivers/banks",
        "rivers/bridges",
        "rivers/quiz",
        "rivers/sources",
        "the-flood/rain",
        "the-flood/task-first-hour",
        "final",
    ]
    assert '<html lang="pl" dir="ltr">' in page
    assert '<h1 tabindex="-1">Brzegi</h1>' in page
    assert 'href="#rivers-source-1"' in page
    assert '<li id="rivers-source-1">An atlas. A house, 2020.' in page
    assert "Test końcowy" in page
    assert "Znajduję." in page


def test_pictures_come_along_and_nothing_else_is_fetched() -> None:
    found = files(written())

    assert found["pictures/rivers/bridge.svg"] == PICTURE
    assert 'src="pictures/rivers/bridge.svg"' in found["index.html"]
    addresses = re.findall(r'(?:src|href)="([^"#]+)"', found["index.html"])
    assert {one for one in addresses if not one.startswith("https://example.org/")} <= set(found)


def test_a_course_without_questions_asks_for_nothing_to_pass() -> None:
    course = course_of(as_files(course_texts())).course
    modules = tuple(replace(one, questions=()) for one in course.modules)

    content = written(Standard.CMI5, modules=modules)

    assert read_package(content).manifest.items[0].move_on is MoveOn.COMPLETED
    assert 'data-screen="final"' not in files(content)["index.html"]


def test_the_same_course_gives_the_same_bytes() -> None:
    assert written() == written()


def test_a_language_that_a_course_has_not_is_refused() -> None:
    with pytest.raises(NoSuchLanguage):
        written(language="ar")


def test_each_kind_of_question_that_needs_no_trainer_is_there() -> None:
    course = course_of(as_files(course_texts())).course
    bank = tuple(make() for make in EACH)
    modules = (replace(course.modules[0], questions=bank),)

    found = told(written(language="en", modules=modules))["questions"]["rivers"]

    kinds = "single single multiple matching ordering numeric short gap"
    assert [one["kind"] for one in found] == kinds.split()
    assert found[3]["pairs"][1] == {"key": "b", "html": "train", "right": "a"}
    assert found[5]["numbers"] == [{"low": 475.0, "high": 525.0, "weight": 1.0, "why": ""}]
    assert '<span data-gap="3"></span>' in found[7]["text"]


def test_true_and_false_without_words_get_those_of_the_language() -> None:
    course = course_of(as_files(course_texts())).course
    options = (Option("true", {}, Fraction(1)), Option("false", {}))
    modules = (replace(course.modules[0], questions=(true_false(options=options),)),)

    found = told(written(modules=modules))["questions"]["rivers"][0]["options"]

    assert [one["html"] for one in found] == ["Prawda", "Fałsz"]


def test_texts_of_a_course_are_no_script() -> None:
    evil = en('</script><script>alert(1)</script>" onload="x')
    content = files(written(language="en", title=evil, summary=evil))

    assert "<script>alert" not in content["index.html"]
    assert "<script>alert" not in content["imsmanifest.xml"]
    assert read_package(written(Standard.CMI5, language="en", title=evil)).manifest.items


def test_every_language_of_the_player_says_the_same_things() -> None:
    assert set(words_in("pl")) == set(words_in("ar")) == set(words_in("en"))
    for language in ("pl", "ar"):
        for key, text in words_in("en").items():
            holes = re.findall(r"\{\w+\}", text)
            assert sorted(re.findall(r"\{\w+\}", words_in(language)[key])) == sorted(holes)
    assert words_in("uk") == words_in("en")
    assert labels_in("pl").answer == "Pokaż odpowiedź"
    assert FILE.name == "words.toml"
