"""Occasions, questions written here, and words for everything a file may be told."""

import re
from datetime import date

import pytest

from kith.methods.instruments.checks import check_instrument
from kith.methods.instruments.expressions import UNSUPPORTED
from kith.methods.instruments.filling import fill
from kith.methods.instruments.findings import SENTENCES, Finding
from kith.methods.instruments.schema import Choice, Kind
from kith.methods.instruments.xlsform import columns, types
from kith.methods.instruments.xlsform.read import read_xlsform
from kith.methods.instruments.xlsform_out import write_xlsform
from kith.people.rules import Side
from kith.questionnaires.rules import (
    OPEN_WEEKS,
    Moment,
    Readers,
    Source,
    VersionState,
    due_occasions,
    occasion_of,
    request_occasion,
    words,
)
from kith.questionnaires.rules.editing import (
    Condition,
    Draft,
    QuestionKind,
    draft_of,
    empty_instrument,
    may_depend_on,
    moved,
    named,
    next_name,
    with_question,
    without_question,
)
from kith.questionnaires.rules.findings import (
    FINDING_WORDS,
    REASONS,
    finding_words,
    place_words,
)

# occasions


@pytest.mark.parametrize(
    ("moment", "weeks", "week", "taken", "due"),
    [
        (Moment.START, [], 0, [], ["start"]),
        (Moment.START, [], None, [], ["start"]),
        (Moment.START, [], 0, ["start"], []),
        (Moment.START, [], OPEN_WEEKS - 1, [], ["start"]),
        (Moment.START, [], OPEN_WEEKS, [], []),
        (Moment.WEEKS, [6, 12], 5, [], []),
        (Moment.WEEKS, [6, 12], 6, [], ["week-6"]),
        (Moment.WEEKS, [6, 12], 6 + OPEN_WEEKS - 1, [], ["week-6"]),
        (Moment.WEEKS, [6, 20], 6 + OPEN_WEEKS, [], []),
        (Moment.WEEKS, [6, 8], 8, [], ["week-8"]),
        (Moment.WEEKS, [6, 8], 8, ["week-8"], []),
        (Moment.WEEKS, [6], None, [], []),
        (Moment.REQUEST, [], 3, [], []),
        (Moment.WELCOME, [], 0, [], []),
        (Moment.APPLICATION, [], 0, [], []),
    ],
)
def test_an_occasion_is_due_in_its_weeks_and_once(moment, weeks, week, taken, due) -> None:
    found = due_occasions(moment, weeks, week=week, taken=taken)

    assert [one.key for one in found] == due


@pytest.mark.parametrize(
    "key", ["start", "welcome", "application", "week-12", "request-2026-11-02"]
)
def test_an_occasion_is_known_by_its_key(key) -> None:
    assert occasion_of(key).key == key


@pytest.mark.parametrize("key", ["never", "week-x", "request-soon", ""])
def test_a_key_that_is_none_is_refused(key) -> None:
    with pytest.raises(ValueError, match=r".*"):
        occasion_of(key)


def test_an_occasion_is_told_in_words() -> None:
    assert words.occasion_words(occasion_of("week-12")) == "In week 12"
    assert words.occasion_words(request_occasion(date(2026, 11, 2))) == "2 November 2026"
    assert words.occasion_words(occasion_of("start")) == "When someone gets a place"


def test_support_and_assessment_have_no_moment() -> None:
    assert {str(one) for one in Moment} == {
        "application", "welcome", "start", "weeks", "request",
    }  # fmt: skip


# questions written here


BOTH = ("en", "pl")
EMPTY = empty_instrument(key="visits", title={"en": "Visits", "pl": "Wizyty"}, languages=BOTH)


def draft(kind=QuestionKind.SHORT_TEXT, label="Say it", **more) -> Draft:
    return Draft(kind=kind, label={"en": label, "pl": label}, **more)


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"en": code, "pl": code}) for code in codes)


def names(instrument) -> list[str]:
    return [item.name for item in instrument.items]


def test_questions_are_added_in_order_under_names_of_their_own() -> None:
    first = with_question(EMPTY, next_name(EMPTY), draft())
    second = with_question(first, next_name(first), draft(QuestionKind.NUMBER))

    assert names(second) == ["q1", "q2"]
    assert next_name(without_question(second, "q1")) == "q3"


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_each_kind_can_be_changed_again(kind) -> None:
    given = draft(
        kind,
        hint={"en": "H", "pl": "H"},
        required=kind is not QuestionKind.NOTE,
        choices=choices("a", "b") if "choice" in kind else (),
    )

    made = with_question(EMPTY, "q1", given)

    assert draft_of(made, "q1") == given
    assert [one for one in check_instrument(made) if one.refuses] == []


def test_a_question_may_be_asked_only_after_an_answer() -> None:
    yes_no = with_question(EMPTY, "q1", draft(QuestionKind.YES_NO))
    several = with_question(
        yes_no, "q2", draft(QuestionKind.SEVERAL_CHOICES, choices=choices("a", "b"))
    )
    after_no = Condition("q1", "no")
    without_a = Condition("q2", "a", negated=True)
    made = with_question(several, "q3", draft(condition=after_no))
    made = with_question(made, "q4", draft(condition=without_a))

    found = fill(made, {"q1": "no", "q2": "a b"}, today="", now="")

    assert [made.item(name).relevant for name in ("q3", "q4")] == [
        "${q1} = 'no'", "not(selected(${q2}, 'a'))",
    ]  # fmt: skip
    assert (draft_of(made, "q3").condition, draft_of(made, "q4").condition) == (
        after_no, without_a,
    )  # fmt: skip
    assert [one.item.name for one in found.shown] == ["q1", "q2", "q3"]
    assert [one.name for one in may_depend_on(made, "q2")] == ["q1"]


def test_a_question_that_leaned_on_one_that_is_gone_is_asked_always() -> None:
    made = with_question(EMPTY, "q1", draft(QuestionKind.YES_NO))
    made = with_question(made, "q2", draft(condition=Condition("q1", "yes")))

    left = without_question(made, "q1")

    assert left.item("q2").relevant == ""
    assert left.choices == {}


def test_questions_move_up_and_down_and_not_past_the_ends() -> None:
    made = EMPTY
    for name in ("q1", "q2", "q3"):
        made = with_question(made, name, draft())

    assert names(moved(made, "q3", by=-1)) == ["q1", "q3", "q2"]
    assert names(moved(made, "q1", by=1)) == ["q2", "q1", "q3"]
    assert names(moved(made, "q1", by=-1)) == ["q1", "q2", "q3"]
    assert names(moved(made, "nobody", by=1)) == ["q1", "q2", "q3"]


def test_another_first_language_is_the_one_it_is_written_in() -> None:
    found = named(EMPTY, title={"pl": "Wizyty"}, languages=("pl",))

    assert (found.default_language, found.title) == ("pl", {"pl": "Wizyty"})


def test_what_is_written_here_reads_back_from_xlsform() -> None:
    made = with_question(EMPTY, "q1", draft(QuestionKind.YES_NO, required=True))
    made = with_question(made, "q2", draft(QuestionKind.LONG_TEXT, condition=Condition("q1", "no")))

    found = read_xlsform(write_xlsform(made), filename="visits.xlsx").taken()

    assert found.items == made.items
    assert found.item("q2").kind is Kind.TEXT


# words


def test_every_finding_has_the_same_sentence_here_and_in_the_methods() -> None:
    params = re.compile(r"\{(\w+)\}")
    told = {
        code: {name: f"‹{name}›" for name in params.findall(sentence.replace("{{", ""))}
        for code, (_weight, sentence) in SENTENCES.items()
    }

    assert list(FINDING_WORDS) == list(SENTENCES)
    assert {code: finding_words(Finding(code, told[code])) for code in SENTENCES} == {
        code: Finding(code, told[code]).sentence for code in SENTENCES
    }


def test_every_reason_of_the_methods_can_be_said_here() -> None:
    tables = (
        types.LEFT_OUT, types.REFUSED, columns.SURVEY_REFUSED, columns.SETTINGS_REFUSED,
        columns.SHEETS_REFUSED, columns.APPEARANCES_REFUSED, UNSUPPORTED,
    )  # fmt: skip
    reasons = {why for table in tables for why in table.values()} | {types.OUTSIDE, types.LOOP}

    assert reasons - set(REASONS) == set()
    assert {english: str(said) for english, said in REASONS.items() if str(said) != english} == {}


def test_a_place_is_told_as_people_look_for_it() -> None:
    assert place_words("survey", 4, "relevant") == "sheet “survey”, row 4, relevant"
    assert place_words("Ideas", 0, "") == "Ideas"
    assert place_words("", 0, "") == ""


def test_there_are_words_for_everything_a_page_shows() -> None:
    assert set(words.MOMENTS) == set(words.MOMENT_HELP) == set(Moment)
    assert set(words.READERS) == set(words.READERS_HELP) == set(words.READERS_TOLD) == set(Readers)
    assert set(words.SIDES) == set(Side)
    assert set(words.SOURCES) == set(Source)
    assert set(words.VERSION_STATES) == set(VersionState)
    assert set(words.QUESTION_KINDS) == set(QuestionKind)
    assert set(words.ITEM_KINDS) == set(Kind)
    assert set(words.SINCE_LAST) == set(words.SINCE_FIRST)
