"""The checklist on both sides of every day, and the promise of mentors."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from kith.mentors.rules import words
from kith.mentors.rules.checklist import Held, Noted, State, checklist, open_lines
from kith.mentors.rules.conduct import edition_of, house_conduct, own_in, sentences_of
from kith.programmes.rules import all_templates, load_template
from kith.programmes.rules.gates import MentorFacts, missing_before_match

TODAY = date(2026, 11, 2)
BASE = load_template("base")


def held(*checks, trained_on=None, trained_until=None):
    return Held(date(2026, 1, 5), trained_on, trained_until, tuple(checks))


def line(found, kind):
    return next(one for one in found if one.kind == kind)


def test_nothing_noted_leaves_every_line_of_the_programme_open() -> None:
    found = checklist(BASE, held(), TODAY)

    assert [one.kind for one in found] == [
        "identity",
        "references",
        "interview",
        "code_of_conduct",
        "record_check",
        "training",
    ]
    assert {one.state for one in found} == {State.MISSING}
    assert [one.kind for one in open_lines(found)] == [
        "identity",
        "references",
        "interview",
        "code_of_conduct",
        "training",
    ]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, State.ENDED),
        (0, State.ENDS_SOON),
        (30, State.ENDS_SOON),
        (31, State.DONE),
    ],
)
def test_a_check_ends_soon_for_thirty_days_and_has_ended_the_day_after(days, state) -> None:
    until = TODAY + timedelta(days=days)
    noted = Noted("identity", date(2025, 1, 1), until, seen_by="Ewa Nowicka")

    found = line(checklist(BASE, held(noted), TODAY), "identity")

    assert (found.state, found.until, found.seen_by) == (state, until, "Ewa Nowicka")


def test_a_check_without_an_end_holds_as_long_as_the_programme_says() -> None:
    found = checklist(BASE, held(Noted("code_of_conduct", date(2025, 1, 15), None)), TODAY)

    assert line(found, "code_of_conduct").until == date(2027, 1, 15)


def test_a_check_that_holds_for_good_has_no_last_day() -> None:
    found = checklist(BASE, held(Noted("identity", date(2020, 1, 15), None)), TODAY)

    assert (line(found, "identity").state, line(found, "identity").until) == (State.DONE, None)


def test_of_two_references_the_first_to_end_decides_and_one_alone_is_half_of_it() -> None:
    template = load_template("ca_welcome_group")
    kind = next(one for one in load_template("uk_goal_mentor").checks if one.count == 2)
    two = [
        Noted(kind.kind.value, date(2026, 5, 1), date(2026, 11, 20)),
        Noted(kind.kind.value, date(2026, 6, 1), date(2027, 6, 1)),
    ]

    both = line(checklist(load_template("uk_goal_mentor"), held(*two), TODAY), kind.kind.value)
    one = line(checklist(load_template("uk_goal_mentor"), held(two[1]), TODAY), kind.kind.value)

    assert (both.state, both.until) == (State.ENDS_SOON, date(2026, 11, 20))
    assert (one.state, one.held, one.needed) == (State.PARTLY, 1, 2)
    assert template.checks


def test_training_ends_as_noted_or_as_the_programme_says() -> None:
    by_programme = checklist(BASE, held(trained_on=date(2025, 1, 10)), TODAY)
    by_hand = checklist(
        BASE, held(trained_on=date(2025, 1, 10), trained_until=date(2026, 11, 1)), TODAY
    )

    assert line(by_programme, "training").until == date(2027, 1, 10)
    assert line(by_hand, "training").state is State.ENDED


@pytest.mark.parametrize("template", all_templates(), ids=lambda one: one.key)
def test_the_checklist_and_the_gate_of_matching_never_disagree(template) -> None:
    kinds = [one.kind.value for one in template.checks]
    notes = [
        (),
        tuple(Noted(kind, date(2026, 10, 1), None) for kind in kinds),
        tuple(Noted(kind, date(2026, 10, 1), None) for kind in kinds for _ in (1, 2)),
        tuple(Noted(kind, None, None) for kind in kinds),
        tuple(Noted(kind, date(2010, 1, 1), date(2026, 11, 1)) for kind in kinds),
    ]

    for checks in notes:
        for trained in (None, date(2026, 10, 1), date(2012, 1, 1)):
            open_kinds = {
                one.kind
                for one in open_lines(checklist(template, held(*checks, trained_on=trained), TODAY))
            }
            lacks = missing_before_match(template, MentorFacts(trained, None, checks), TODAY)

            assert open_kinds == {one.check or "training" for one in lacks}


def test_every_kind_of_every_template_says_what_to_do_or_has_a_page_of_its_own() -> None:
    own_pages = {"application", "code_of_conduct", "references"}
    kinds = {one.kind.value for template in all_templates() for one in template.checks}

    assert kinds - set(words.HOW) - own_pages == set()


def test_a_line_says_when_it_was_done_who_saw_it_and_until_when_it_holds() -> None:
    noted = Noted("identity", date(2026, 5, 4), date(2027, 5, 4), seen_by="Ewa Nowicka")

    with translation.override("en"):
        said = words.when_of(line(checklist(BASE, held(noted), TODAY), "identity"), TODAY)

    assert said == "Done on 4 May 2026, seen by Ewa Nowicka. It holds until 4 May 2027."


def test_the_promise_has_as_many_sentences_in_each_language() -> None:
    text = house_conduct().sentences.by_language

    assert {len(lines) for lines in text.values()} == {len(text["en"])}


def test_an_edition_is_named_by_the_house_and_the_own_words() -> None:
    assert (edition_of(0), edition_of(3)) == ("1", "1.3")


def test_own_sentences_are_one_a_line_and_fall_back_to_english() -> None:
    own = {"en": ["One."], "pl": ["Jedno."]}

    assert sentences_of("  One.\n\n Two  words. ") == ["One.", "Two words."]
    assert (own_in(own, "pl"), own_in(own, "ar"), own_in({}, "ar")) == (("Jedno.",), ("One.",), ())
