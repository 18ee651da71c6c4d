"""Questions as plain JSON and back, strictly."""

import json

import pytest
from hypothesis import given

from kith.methods.learning.questions.schema import Criterion, Grading
from kith.methods.learning.questions.stored import (
    BadStored,
    all_from_plain,
    all_to_plain,
    from_plain,
    to_plain,
)
from kith.methods.learning.tests.factories import EACH, en, essay, ordering, questions, single


def test_every_kind_comes_back_from_json_as_it_was() -> None:
    given = [
        *(make() for make in EACH),
        ordering(grading=Grading.NEXT),
        essay(criteria=(Criterion("early", en("Reads the date."), "goals/letters"),), words=150),
        single(tags=("one", "two"), partial=False, why=en("Because.")),
    ]

    back = all_from_plain(json.loads(json.dumps(all_to_plain(given))))

    assert list(back) == given


@given(questions)
def test_any_question_comes_back_from_json(question) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(question)))) == question


def test_what_is_as_usual_is_left_out() -> None:
    assert to_plain(essay()) == {
        "kind": "essay", "key": "essay", "stem": {"en": "What do you do first?"},
    }  # fmt: skip


PLAIN = {"kind": "essay", "key": "k", "stem": {"en": "?"}}
OPTION = {"key": "a", "text": {"en": "x"}}


@pytest.mark.parametrize(
    ("plain", "key"),
    [
        ("text", "question"),
        ({}, "kind"),
        ({**PLAIN, "kind": ["essay"]}, "kind"),
        ({**PLAIN, "kind": "riddle"}, "kind"),
        ({**PLAIN, "colour": 1}, "question.colour"),
        ({"kind": "essay", "key": "k"}, "question.stem"),
        ({**PLAIN, "stem": "?"}, "question.stem"),
        ({**PLAIN, "stem": {"en": 1}}, "question.stem"),
        ({**PLAIN, "key": 1}, "question.key"),
        ({**PLAIN, "words": True}, "question.words"),
        ({**PLAIN, "partial": "yes"}, "question.partial"),
        ({**PLAIN, "tags": "one"}, "question.tags"),
        ({**PLAIN, "tags": [1]}, "question.tags.1"),
        ({**PLAIN, "criteria": [[]]}, "question.criteria.1"),
        ({**PLAIN, "kind": "ordering", "items": [], "grading": "x"}, "question.grading"),
        (
            {**PLAIN, "kind": "single", "options": [{**OPTION, "weight": 1}]},
            "question.options.1.weight",
        ),
        (
            {**PLAIN, "kind": "single", "options": [{**OPTION, "weight": "1/0"}]},
            "question.options.1.weight",
        ),
        (
            {**PLAIN, "kind": "single", "options": [{**OPTION, "weight": "x"}]},
            "question.options.1.weight",
        ),
    ],
)
def test_anything_else_is_refused_with_its_key(plain, key) -> None:
    with pytest.raises(BadStored) as refused:
        from_plain(plain)

    assert refused.value.key == key


def test_questions_are_a_list() -> None:
    with pytest.raises(BadStored, match=r"questions: a list"):
        all_from_plain({})
