from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pytest

from kith.base.content import (
    ContentFault,
    ParticipantSentences,
    ParticipantText,
    StaffText,
    Unfit,
    placeholders,
    read_content,
)


class Colour(Enum):
    PINE = "pine"
    CLAY = "clay"


@dataclass(frozen=True)
class Leaf:
    key: str
    weeks: tuple[int, ...]

    def __post_init__(self):
        if self.key == "bad":
            raise Unfit("key", "it is bad")


@dataclass(frozen=True)
class Tree:
    key: str
    colour: Colour
    is_old: bool
    height: int | None
    name: StaffText
    leaf: Leaf


@dataclass(frozen=True)
class Words:
    greeting: ParticipantText


@dataclass(frozen=True)
class Sentences:
    easy: ParticipantSentences


TREE = """
key = "oak"
colour = "pine"
is_old = true
name = { en = "Oak of {place}", pl = "Dąb z {place}" }
leaf = { key = "small", weeks = [1, 2] }
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tree.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fault_of(path: Path, kind: type) -> tuple[str, str, str]:
    with pytest.raises(ContentFault) as caught:
        read_content(path, kind)
    return caught.value.file, caught.value.key, caught.value.problem


def test_a_file_becomes_a_dataclass(tmp_path):
    tree = read_content(written(tmp_path, TREE), Tree)

    assert (tree.key, tree.colour, tree.is_old, tree.height) == ("oak", Colour.PINE, True, None)
    assert tree.leaf == Leaf(key="small", weeks=(1, 2))


def test_a_text_is_said_in_the_language_asked_for_and_else_in_english(tmp_path):
    tree = read_content(written(tmp_path, TREE), Tree)

    said = [tree.name.say(language, place="Poznań") for language in ("pl", "pl-pl", "uk")]

    assert said == ["Dąb z Poznań", "Dąb z Poznań", "Oak of Poznań"]


@pytest.mark.parametrize(
    ("line", "instead", "key", "problem"),
    [
        ('key = "oak"', 'key = "oak"\nage = 3', "age", "no code reads this key"),
        ('key = "oak"', "", "key", "this key is missing"),
        ('key = "oak"', 'key = ""', "key", "the text is empty or has blanks around it"),
        ('key = "oak"', 'key = " oak"', "key", "the text is empty or has blanks around it"),
        ('key = "oak"', 'key = "{0}"', "key", "braces hold something that is not a name"),
        ('colour = "pine"', 'colour = "red"', "colour", "'red' is not one of: pine, clay"),
        ("is_old = true", "is_old = 1", "is_old", "bool is expected here, not 1"),
        (
            "is_old = true",
            "is_old = true\nheight = true",
            "height",
            "int is expected here, not True",
        ),
        ("[1, 2]", '[1, "2"]', "leaf.weeks.2", "int is expected here, not '2'"),
        ("[1, 2]", "1", "leaf.weeks", "a list is expected here"),
        ('key = "small"', 'key = "small", size = 1', "leaf.size", "no code reads this key"),
        ('key = "small"', 'key = "bad"', "leaf.key", "it is bad"),
        ('{ key = "small", weeks = [1, 2] }', "3", "leaf", "a table is expected here"),
        (', pl = "Dąb z {place}"', "", "name.pl", "this language is missing"),
        ("Dąb z {place}", "Dąb", "name.pl", "other names in braces than the English text"),
    ],
)
def test_a_fault_names_the_file_the_key_and_the_problem(tmp_path, line, instead, key, problem):
    path = written(tmp_path, TREE.replace(line, instead, 1))

    assert fault_of(path, Tree) == ("tree.toml", key, problem)


def test_braces_that_do_not_close_are_a_fault(tmp_path):
    path = written(tmp_path, TREE.replace('"oak"', '"oak {"'))

    file, key, problem = fault_of(path, Tree)

    assert (file, key, problem.split(" (")[0]) == ("tree.toml", "key", "braces do not close")


def test_a_missing_file_is_a_fault_of_the_kind_asked_for(tmp_path):
    class TreeFault(ContentFault):
        pass

    with pytest.raises(TreeFault, match=r"^none\.toml: the file: there is no such file$"):
        read_content(tmp_path / "none.toml", Tree, fault=TreeFault)


def test_a_file_that_is_no_toml_is_a_fault(tmp_path):
    file, key, problem = fault_of(written(tmp_path, "key = "), Tree)

    assert (file, key, problem.split(" (")[0]) == ("tree.toml", "", "not valid TOML")


def test_texts_for_participants_need_arabic_too(tmp_path):
    path = written(tmp_path, 'greeting = { en = "Hello", pl = "Cześć" }')

    assert fault_of(path, Words) == ("tree.toml", "greeting.ar", "this language is missing")


def test_sentences_are_said_one_by_one_with_names_filled_in(tmp_path):
    path = written(
        tmp_path,
        """
        easy = { en = ["Hi {who}.", "Sit."], pl = ["Cześć {who}."], ar = ["أهلًا {who}."] }
        """,
    )

    words = read_content(path, Sentences)

    assert words.easy.say("en", who="Amal") == ("Hi Amal.", "Sit.")


def test_sentences_name_the_same_things_in_every_language(tmp_path):
    path = written(
        tmp_path,
        """
        easy = { en = ["Hi {who}."], pl = ["Cześć."], ar = ["أهلًا {who}."] }
        """,
    )

    expected = ("tree.toml", "easy.pl", "other names in braces than the English text")
    assert fault_of(path, Sentences) == expected


def test_placeholders_are_the_names_in_braces():
    assert placeholders("We keep {what} for {period}.") == frozenset({"what", "period"})
