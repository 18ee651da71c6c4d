"""Expressions: shared cases for server and browser, faults by name, properties."""

import json
import math
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.instruments.expressions import (
    FUNCTIONS,
    UNSUPPORTED,
    ExpressionFault,
    Scope,
    as_number,
    as_string,
    columns,
    evaluate,
    parse,
    references,
)
from kith.methods.instruments.expressions.evaluate import CONVERSIONS
from kith.methods.instruments.expressions.patterns import fits, pattern_fault
from kith.methods.instruments.expressions.tree import Call, walk
from kith.methods.instruments.expressions.values import Nodes

CASES = json.loads((Path(__file__).parent / "expression_cases.json").read_text("utf-8"))
KINDS = {str: "text", float: "number", bool: "boolean"}


def scope_of(case: dict) -> Scope:
    labels = case.get("labels", {})
    return Scope(
        values={
            name: Nodes(value) if isinstance(value, list) else value
            for name, value in case.get("values", {}).items()
        },
        current=case.get("current", ""),
        series={name: tuple(found) for name, found in case.get("series", {}).items()},
        position=case.get("position", 0),
        today=case.get("today", ""),
        now=case.get("now", ""),
        columns=case.get("columns", {}),
        label=lambda question, code: labels.get(question, {}).get(code, ""),
    )


def value_of(expression: str, **case):
    return evaluate(parse(expression), scope_of(case))


@pytest.mark.parametrize("case", CASES, ids=[case["expression"] for case in CASES])
def test_a_shared_case_gives_what_it_says(case) -> None:
    found = evaluate(parse(case["expression"]), scope_of(case))

    assert (KINDS[type(found)], as_string(found)) == (case["gives"], case["expected"])


def test_every_function_has_a_shared_case() -> None:
    called = {
        part.name
        for case in CASES
        for part in walk(parse(case["expression"]))
        if isinstance(part, Call)
    }

    assert called == set(FUNCTIONS)


def test_what_is_not_supported_is_not_supported_in_secret() -> None:
    assert set(UNSUPPORTED) & set(FUNCTIONS) == set()
    assert all(UNSUPPORTED.values())


def test_no_shared_case_is_there_twice() -> None:
    written = [json.dumps(case, sort_keys=True) for case in CASES]

    assert len(set(written)) == len(written)


def test_the_table_of_functions_uses_known_kinds_only() -> None:
    kinds = {kind for one in FUNCTIONS.values() for kind in one.takes}

    assert kinds - set(CONVERSIONS) == {"question", "place"}


@pytest.mark.parametrize(
    ("expression", "code", "params"),
    [
        (
            "pulldata('a', 'b', 'c', 'd')",
            "function_unsupported",
            {"name": "pulldata", "why": "all that a questionnaire needs must lie in its own file"},
        ),
        (
            "jr:itext('x')",
            "function_unsupported",
            {"name": "jr:itext", "why": "languages are columns of the file"},
        ),
        ("shout('x')", "function_unknown", {"name": "shout"}),
        ("selected(${a})", "function_arity", {"name": "selected", "needs": "2"}),
        ("round(1, 2, 3)", "function_arity", {"name": "round", "needs": "1 to 2"}),
        ("coalesce('a')", "function_arity", {"name": "coalesce", "needs": "2 or more"}),
        ("true(1)", "function_arity", {"name": "true", "needs": "0"}),
        ("../age > 3", "path_unsupported", {"part": "/age > 3"}),
        ("..", "path_unsupported", {"part": ".."}),
        ("/data/age > 3", "path_unsupported", {"part": "/data/age > 3"}),
        ("instance('x')/root", "path_unsupported", {"part": "/root"}),
        ("${a} | ${b}", "path_unsupported", {"part": "| ${b}"}),
        ("${a}[1]", "path_unsupported", {"part": "[1]"}),
        ("position(.)", "position_of_what", {}),
        ("indexed-repeat('x', ${r}, 1)", "question_needed", {"name": "indexed-repeat"}),
        ("jr:choice-name('a', 'b')", "question_needed", {"name": "jr:choice-name"}),
        ("1 +", "expression_ends", {}),
        ("", "expression_ends", {}),
        ("(1", "bracket_missing", {}),
        ("1 2", "expression_unreadable", {"part": "2"}),
        ("${a", "expression_unreadable", {"part": "${a"}),
        ("'open", "expression_unreadable", {"part": "'open"}),
        ("1 = = 1", "expression_unreadable", {"part": "="}),
        ("${last-saved#a}", "expression_unreadable", {"part": "${last-saved#a}"}),
    ],
)
def test_what_cannot_be_read_is_named(expression, code, params) -> None:
    with pytest.raises(ExpressionFault) as fault:
        parse(expression)

    assert (fault.value.code, fault.value.params) == (code, params)


def test_an_expression_may_be_long_and_deep_within_limits() -> None:
    parse("(" * 30 + "1" + ")" * 30)

    with pytest.raises(ExpressionFault, match="expression_too_deep"):
        parse("(" * 60 + "1" + ")" * 60)
    with pytest.raises(ExpressionFault, match="expression_too_long"):
        parse("1" + "+1" * 6_000)


def test_references_and_columns_are_found_wherever_they_stand() -> None:
    tree = parse("region = ${a} and -${b} < count(${c}) or jr:choice-name('x', '${d}') = name")

    assert references(tree) == {"a", "b", "c", "d"}
    assert columns(tree) == {"region", "name"}


def test_a_word_such_as_div_is_a_name_where_a_value_is_due() -> None:
    assert columns(parse("div = 1 div div")) == {"div"}


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("[0-9]{2}", ""),
        (r"(?:\+48)?\d{9}", ""),
        (r"[A-Za-z]+(?:-[A-Za-z]+)?", ""),
        ("(?i)a", "(?"),
        (r"\p{L}+", r"\p"),
        (r"(a)\1", r"\1"),
        (r"[\S]", r"\S"),
        (r"\0", r"\0"),
        ("a{", "{"),
        ("a}", "}"),
        ("a]", "]"),
        ("[]a]", "[]"),
        ("a{2}+", "}+"),
        ("a\\", "\\"),
        ("a++", "++"),
        ("a{,3}", "{,"),
        ("[a[b]]", "[["),
        ("[a&&b]", "&&"),
        ("(a+)+", "(a+)+"),
        ("(", "("),
    ],
)
def test_patterns_that_a_browser_reads_otherwise_are_refused(pattern, fault) -> None:
    assert pattern_fault(pattern) == fault


def test_a_pattern_is_not_tried_on_endless_texts() -> None:
    assert fits("a" * 1_000, "a*")
    assert not fits("a" * 1_001, "a*")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_as_text_is_the_same_number(number) -> None:
    assert as_number(as_string(number)) == number


@given(st.text(max_size=30), st.text(max_size=30))
def test_texts_are_equal_when_they_are_the_same(one, other) -> None:
    assert value_of("${a} = ${b}", values={"a": one, "b": other}) is (one == other)


@given(st.text(max_size=40))
def test_reading_ends_with_a_tree_or_a_fault(text) -> None:
    with suppress(ExpressionFault):
        parse(text)


ANY = st.one_of(
    st.text(max_size=12), st.sampled_from(["", "1", "-2.5", "2026-03-31", "a b", "NaN"])
)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(ANY, min_size=4, max_size=4))
def test_no_answer_makes_a_function_fail(name, answers) -> None:
    function = FUNCTIONS[name]
    written = {"question": "${a}", "place": ".."}
    places = range(function.fewest)
    arguments = ", ".join(written.get(function.kind_of(at), f"${{{'abcd'[at]}}}") for at in places)

    found = value_of(f"{name}({arguments})", values=dict(zip("abcd", answers, strict=True)))

    assert isinstance(found, str | float | bool)


def test_arithmetic_with_what_is_no_number_gives_no_number() -> None:
    assert math.isnan(value_of("${a} * 2", values={"a": "many"}))
