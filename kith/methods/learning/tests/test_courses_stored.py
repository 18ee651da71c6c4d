"""Courses as JSON and back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kith.methods.learning.courses.reading import read_course, unit_of
from kith.methods.learning.courses.stored import (
    BadStored,
    course_from_plain,
    course_to_plain,
    picture_files,
    unit_from_plain,
    unit_to_plain,
)
from kith.methods.learning.tests.written import unit_files

SHIPPED = Path(__file__).parents[3] / "learning" / "content" / "courses"


@pytest.mark.parametrize("name", ["helping-newcomers", "understanding-vulnerability"])
def test_a_shipped_course_is_the_same_after_it_was_kept_as_json(name) -> None:
    course = read_course(SHIPPED / name).course

    kept = json.dumps(course_to_plain(course))

    assert course_from_plain(json.loads(kept)) == course


def test_a_unit_is_the_same_after_it_was_kept_as_json() -> None:
    unit = unit_of(unit_files()).unit

    assert unit_from_plain(json.loads(json.dumps(unit_to_plain(unit)))) == unit


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "1"}, "course.version: a whole number"),
        ({"colour": "red"}, "course.colour: not known"),
        ({"opens": "doors"}, "course.opens: one of its values"),
        ({"modules": {}}, "course.modules: a list"),
        ({"title": {"en": 1}}, "course.title: a text for each language"),
    ],
)
def test_plain_values_that_are_no_course_are_refused_with_their_key(change, said) -> None:
    plain = course_to_plain(read_course(SHIPPED / "helping-newcomers").course) | change

    with pytest.raises(BadStored, match=said):
        course_from_plain(plain)


def test_a_task_has_to_be_an_open_question() -> None:
    plain = course_to_plain(read_course(SHIPPED / "helping-newcomers").course)
    plain["vignettes"][0]["tasks"][0] = plain["modules"][0]["questions"][0]

    with pytest.raises(BadStored, match="a question of another kind"):
        course_from_plain(plain)


def test_pictures_are_kept_apart_by_their_names() -> None:
    reading = read_course(SHIPPED / "helping-newcomers")
    module = reading.course.module("two-ways")

    kept = picture_files(module, reading.folders["two-ways"], reading.files)

    assert list(kept) == ["pictures/bridge.en.svg", "pictures/bridge.pl.svg"]
    assert kept["pictures/bridge.en.svg"].startswith(b"<svg")


def test_a_text_finds_the_picture_in_its_language_then_without_one_then_in_english() -> None:
    module = read_course(SHIPPED / "helping-newcomers").course.module("two-ways")
    assert module is not None
    polish, plain = module.pictures[1], replace(module.pictures[0], name="pictures/bridge.svg")

    assert module.picture("pictures/bridge.svg", "pl") == polish
    assert module.picture("pictures/bridge.svg", "ar").name == "pictures/bridge.en.svg"
    assert replace(module, pictures=(plain,)).picture("pictures/bridge.svg", "pl") == plain
    assert module.picture("pictures/river.svg", "en") is None
