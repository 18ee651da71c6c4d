"""What a mentor lacks before a match."""

from dataclasses import replace
from datetime import date

import pytest

from kith.base.days import months_later
from kith.programmes.rules import (
    CheckKind,
    Lack,
    MentorCheck,
    MentorFacts,
    Missing,
    RecordedCheck,
    load_template,
    missing_before_match,
)
from kith.programmes.rules.words import missing_sentence, missing_sentences

TODAY = date(2026, 11, 2)
BASE = load_template("base")
ALWAYS = ("identity", "references", "interview", "code_of_conduct")


def noted(*kinds: str, done_on: date | None = date(2026, 6, 1), until: date | None = None):
    return tuple(RecordedCheck(kind, done_on, until) for kind in kinds)


READY = MentorFacts(trained_on=date(2026, 5, 1), checks=noted(*ALWAYS))


def lacks(facts: MentorFacts, template=BASE, **where) -> tuple[Missing, ...]:
    return missing_before_match(template, facts, TODAY, **where)


def test_who_has_training_and_every_check_lacks_nothing():
    assert lacks(READY) == ()


def test_who_has_nothing_lacks_training_and_every_check():
    assert [(one.lack, one.check) for one in lacks(MentorFacts())] == [
        (Lack.TRAINING_MISSING, ""),
        *((Lack.CHECK_MISSING, kind) for kind in ALWAYS),
    ]


@pytest.mark.parametrize(
    ("trained_on", "trained_until", "expected"),
    [
        (date(2024, 11, 2), None, ()),
        (date(2024, 11, 1), None, (Missing(Lack.TRAINING_ENDED, on=date(2026, 11, 1)),)),
        (date(2020, 1, 1), TODAY, ()),
        (
            date(2026, 1, 1),
            date(2026, 11, 1),
            (Missing(Lack.TRAINING_ENDED, on=date(2026, 11, 1)),),
        ),
        (None, None, (Missing(Lack.TRAINING_MISSING),)),
    ],
)
def test_training_holds_as_noted_else_as_long_as_the_programme_says(
    trained_on, trained_until, expected
):
    facts = replace(READY, trained_on=trained_on, trained_until=trained_until)

    assert lacks(facts) == expected


def test_a_programme_without_training_asks_for_none():
    free = replace(BASE, training=replace(BASE.training, hours=0))

    assert lacks(replace(READY, trained_on=None), free) == ()


def test_a_check_ends_with_its_months_and_holds_on_its_last_day():
    old = noted("code_of_conduct", done_on=date(2024, 11, 2))
    older = noted("code_of_conduct", done_on=date(2024, 11, 1))
    others = noted("identity", "references", "interview")

    assert lacks(replace(READY, checks=others + old)) == ()
    assert lacks(replace(READY, checks=others + older)) == (
        Missing(Lack.CHECK_ENDED, check="code_of_conduct", on=date(2026, 11, 1)),
    )


def test_the_end_that_was_noted_counts_before_the_months_of_the_programme():
    others = noted("identity", "references", "interview")
    ended = noted("code_of_conduct", until=date(2026, 10, 31))

    assert lacks(replace(READY, checks=others + ended)) == (
        Missing(Lack.CHECK_ENDED, check="code_of_conduct", on=date(2026, 10, 31)),
    )


def test_a_check_made_once_holds_for_good_also_without_a_day():
    checks = noted("identity", "references", "interview", done_on=None) + noted("code_of_conduct")

    assert lacks(replace(READY, checks=checks)) == ()


def test_a_check_that_ends_needs_the_day_it_was_done():
    checks = noted("identity", "references", "interview") + noted("code_of_conduct", done_on=None)

    assert lacks(replace(READY, checks=checks)) == (
        Missing(Lack.CHECK_WITHOUT_DAY, check="code_of_conduct"),
    )


def test_two_references_are_two():
    two = MentorCheck(CheckKind.REFERENCES, count=2, valid_months=None, only_with_minors=False)
    template = replace(BASE, checks=(two,))

    one_noted = replace(READY, checks=noted("references"))
    both_noted = replace(READY, checks=noted("references", "references"))

    assert lacks(one_noted, template) == (
        Missing(Lack.CHECK_TOO_FEW, check="references", held=1, needed=2),
    )
    assert lacks(both_noted, template) == ()


def test_some_checks_are_needed_only_where_children_are_about():
    assert lacks(READY, with_minors=True) == (Missing(Lack.CHECK_MISSING, check="record_check"),)


def test_the_written_application_is_the_profile_itself():
    application = MentorCheck(CheckKind.APPLICATION, 1, None, only_with_minors=False)

    assert lacks(READY, replace(BASE, checks=(application,))) == ()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (Missing(Lack.TRAINING_MISSING), "No training is noted."),
        (
            Missing(Lack.TRAINING_ENDED, on=date(2026, 11, 1)),
            "The training was valid until 1 November 2026.",
        ),
        (Missing(Lack.CHECK_MISSING, check="interview"), "Not noted: Interview."),
        (
            Missing(Lack.CHECK_ENDED, check="record_check", on=date(2026, 9, 3)),
            "Valid until 3 September 2026 and not renewed: Criminal record check.",
        ),
        (
            Missing(Lack.CHECK_WITHOUT_DAY, check="identity"),
            "The day is not noted: Identity.",
        ),
        (
            Missing(Lack.CHECK_TOO_FEW, check="references", held=1, needed=2),
            "1 of 2 noted: References.",
        ),
    ],
)
def test_each_thing_that_is_missing_has_its_sentence(missing, sentence):
    assert missing_sentence(missing) == sentence


def test_checks_that_are_not_noted_stand_in_one_sentence():
    assert missing_sentences(lacks(MentorFacts())) == [
        "No training is noted.",
        "Not noted: Identity, References, Interview and Signed code of conduct.",
    ]


def test_a_month_later_than_the_last_of_january_is_the_last_of_february():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
