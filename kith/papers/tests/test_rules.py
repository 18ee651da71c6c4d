"""The rules of this room."""

from datetime import date

import pytest
from django.utils import translation

from kith.papers.rules.letters import LETTER_LANGUAGES, LetterKind, letter_text
from kith.papers.rules.levels import level_steps
from kith.papers.rules.said import Surroundings, months_from, said, sums
from kith.papers.rules.shapes import SHAPES, Cell, Column
from kith.programmes.rules.loading import all_templates

AROUND = Surroundings(names={"p1": "Olena"}, roles={"health": "Health"}, currency="CAD")


def test_every_paper_a_template_names_exists_here_section_by_section() -> None:
    named = {
        document.key: [section.key for section in document.sections]
        for template in all_templates()
        for document in template.documents
    }

    assert named == {key: list(sections) for key, sections in SHAPES.items()}


def test_each_national_model_brings_its_own_papers() -> None:
    brought = {one.key: [document.key for document in one.documents] for one in all_templates()}

    assert brought == {
        "base": ["mentoring_plan"],
        "de_tandem": ["tandem_agreement"],
        "se_buddy": ["circle_plan"],
        "uk_goal_mentor": ["goal_sheet"],
        "ca_welcome_group": ["settlement_plan", "duty_list", "rota"],
        "au_language_tutor": ["lesson_log"],
    }


def test_can_do_sentences_carry_no_level() -> None:
    groups = level_steps().groups
    sentences = [one.sentence.say("en") for group in groups for one in group.sentences]

    assert len(sentences) == 18
    assert [one for one in sentences if not one.startswith("I can ")] == []


def test_income_is_no_expense() -> None:
    found = sums(
        [
            {"head": "rent", "planned": 90000, "spent": 88000},
            {"head": "food", "planned": 40050},
            {"head": "income", "planned": 150000, "spent": 150000},
        ]
    )

    assert (found.planned, found.spent, found.income) == (130050, 88000, 150000)


def test_months_go_over_the_year() -> None:
    assert months_from(date(2026, 11, 30), 3) == ["2026-11", "2026-12", "2027-01"]


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (Cell.DAY, "2026-12-01", "1 December 2026"),
        (Cell.MONTH, "2026-12", "December 2026"),
        (Cell.TIME, "17:30:00", "17:30"),
        (Cell.MONEY, 1250, "CA$12.50"),
        (Cell.ROLE, "health", "Health"),
        (Cell.ANYONE, "p1", "Olena"),
        (Cell.ANYONE, "gone", "somebody who left"),
        (Cell.SEVERAL, ["p1", "gone"], "\u2068Olena\u2069"),
        (Cell.DONE, True, "yes"),
        (Cell.TEXT, "Library", "Library"),
    ],
)
def test_a_cell_is_said_in_words(cell, value, words) -> None:
    column = Column("one", cell, "One")

    with translation.override("en"):
        assert said(column, {"one": value}, AROUND) == words
        assert said(column, {}, AROUND) == ""


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_letter_is_whole_in_each_language(kind, language) -> None:
    names = dict.fromkeys(("name", "programme", "organisation", "first", "last"), "—")

    text = letter_text(kind)

    said_there = text.opening.say(language, **names) + text.ending.say(language, **names)
    assert "{" not in said_there
