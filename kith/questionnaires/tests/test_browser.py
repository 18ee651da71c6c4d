"""The browser's engine gives what the server gives: shared cases, and made-up forms and answers."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.methods.instruments.expressions import FUNCTIONS, as_string, evaluate, parse
from kith.methods.instruments.expressions.values import Nodes
from kith.methods.instruments.filling import fill
from kith.methods.instruments.portable import portable, tree_of
from kith.methods.instruments.screens import keyed
from kith.methods.instruments.tests.factories import AGREEMENT, form, question
from kith.methods.instruments.tests.test_cases import CASES as FILLING_CASES
from kith.methods.instruments.tests.test_cases import MOMENTS, instrument_of
from kith.methods.instruments.tests.test_expressions import CASES, KINDS, scope_of

HERE = Path(__file__).parent
SORTS = {**KINDS, Nodes: "series"}
ENGINE = HERE.parent / "static" / "questionnaires" / "engine.js"


def node() -> str:
    """Node of the machine, or the one that set-up brought."""
    places = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    found = shutil.which("node", path=places)
    assert found, "Run make setup first: it brings Node where the machine has none."
    return found


class Browser:
    """The browser's engine in a process of its own: it answers line by line."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [node(), str(HERE / "browser.js"), str(ENGINE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *work):
        """What the engine gives for each piece of work."""
        self.process.stdin.write(json.dumps(work) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "The engine ended; see its message above."
        return json.loads(line)

    def close(self) -> None:
        self.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def in_browser():
    browser = Browser()
    yield browser
    browser.close()


def shown(instrument, filled):
    """What both sides say of every cell."""
    return [
        {
            "key": key,
            "relevant": cell.relevant,
            "shown": cell.shown,
            "value": cell.value,
            "required": cell.required,
            "readOnly": cell.read_only,
            "label": cell.label,
            "hint": cell.hint,
            "options": [list(one) for one in cell.options],
            "fault": [cell.fault.code, cell.fault.own] if cell.fault else None,
        }
        for key, cell in keyed(instrument, filled)
    ]


def of_browser(found):
    cells = [
        {**cell, "fault": [cell["fault"]["code"], cell["fault"]["own"]] if cell["fault"] else None}
        for cell in found["cells"]
    ]
    keys = ("key", "relevant", "shown", "value", "required", "readOnly", "label", "hint", "options",
            "fault")  # fmt: skip
    return [{key: cell[key] for key in keys} for cell in cells]


def agree(in_browser, instrument, answers, language=""):
    """Whether both sides say the same of a form with these answers."""
    filled = fill(instrument, answers, language=language, **MOMENTS)
    [found] = in_browser(
        {
            "work": "fill",
            "instrument": portable(instrument),
            "answers": answers,
            "moments": {**MOMENTS, "language": language},
        }
    )
    assert of_browser(found) == shown(instrument, filled)
    assert found["answers"] == filled.answers
    assert found["calculated"] == {name: list(values) for name, values in filled.calculated.items()}
    assert found["entries"] == filled.entries


def test_both_sides_know_the_same_functions(in_browser) -> None:
    [found] = in_browser({"work": "functions"})

    assert found == {one.name: list(one.takes) for one in FUNCTIONS.values()}


def test_every_shared_case_of_expressions_gives_the_same(in_browser) -> None:
    found = in_browser(
        *({**case, "work": "evaluate", "tree": tree_of(case["expression"])} for case in CASES)
    )

    assert {
        case["expression"]: given
        for case, given in zip(CASES, found, strict=True)
        if given != [case["gives"], case["expected"]]
    } == {}


@pytest.mark.parametrize("case", FILLING_CASES, ids=[case["about"] for case in FILLING_CASES])
def test_every_shared_case_of_filling_in_gives_the_same(in_browser, case) -> None:
    agree(in_browser, instrument_of(case), case["answers"], case.get("language", ""))


# made-up expressions

TEXTS = st.text("abżسł 👩0123456789.-:T\n\u00a0", max_size=12)
ANSWERS = st.one_of(
    TEXTS,
    st.sampled_from(
        ["", "0", "-0", "1.5", "-2.25", "1e3", "NaN", "2026-03-31", "2026-03-31T18:30",
         "a b c", "2024-02-29", "99999999999999999999", "0.1", "-7", "100.5", "1970-01-01",
         "12:30", "OK"]
    ),
)  # fmt: skip
NAMES = ["a", "b", "c"]


def written(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def leaves():
    return st.one_of(
        st.sampled_from([f"${{{name}}}" for name in NAMES] + ["."]),
        st.integers(-50, 50).map(str),
        st.floats(0, 1e6, allow_nan=False).map(lambda number: f"{number:.4f}"),
        st.sampled_from(["a", "1", "2026-03-31", "", "ż", "a b"]).map(written),
    )


def grown(inner):
    operators = ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
    pairs = st.tuples(inner, st.sampled_from(operators), inner).map(lambda p: f"({' '.join(p)})")
    return st.one_of(pairs, calls(inner), inner.map(lambda one: f"-({one})"))


APART = {"regex", "format-date", "format-date-time", "position"}
PLAIN = [one for one in FUNCTIONS.values() if one.name not in APART]


@st.composite
def calls(draw, inner):
    function = draw(st.sampled_from(PLAIN))
    number = draw(st.integers(function.fewest, min(function.largest, function.fewest + 2)))
    arguments = [
        f"${{{draw(st.sampled_from(NAMES))}}}"
        if function.kind_of(at) == "question"
        else draw(inner)
        for at in range(number)
    ]
    return f"{function.name}({', '.join(arguments)})"


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.recursive(leaves(), grown, max_leaves=8), min_size=40, max_size=60),
    st.fixed_dictionaries(
        {name: st.one_of(ANSWERS, st.lists(ANSWERS, max_size=3)) for name in NAMES}
    ),
    ANSWERS,
)
def test_made_up_expressions_give_the_same(in_browser, expressions, values, current) -> None:
    series = {name: given if isinstance(given, list) else [given] for name, given in values.items()}
    around = {"values": values, "current": current, "series": series, "position": 2,
              "today": "2026-03-31", "now": "2026-03-31T18:30:00"}  # fmt: skip

    found = in_browser(
        *({**around, "work": "evaluate", "tree": tree_of(one)} for one in expressions)
    )

    here = [evaluate(parse(one), scope_of(around)) for one in expressions]
    said = [[SORTS[type(value)], as_string(value)] for value in here]
    assert {
        one: (there, own)
        for one, there, own in zip(expressions, found, said, strict=True)
        if there != own
    } == {}


def matching(pattern: str) -> str:
    return f"regex(${{a}}, {written(pattern)})"


PATTERNS = [
    r"[0-9]{2}-[0-9]{3}", r"\d+", r"\w+\s\w+", r".*", r"a.c", r"[^a]*", r"(?:ab)+", r"a|b", r"^a$",
    r"[a\-z]+", r"\S+", r"[\s]*", r"a\-b", r"\.", r"[\w.]+@[\w.]+", r"(?=a).*", r"a?b*?c+",
    r"a{2,}",
    r"\'", r"[\&]", r"\u0061+", r"ż+", r"[👩ż]+",
]  # fmt: skip


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text("abc12-. \n\u00a0żśأ👩&'@_", max_size=6), min_size=30, max_size=30))
def test_patterns_fit_the_same_texts(in_browser, texts) -> None:
    work = [
        {"work": "evaluate", "tree": tree_of(matching(one)), "values": {"a": text}}
        for one in PATTERNS
        for text in texts
    ]  # fmt: skip

    found = in_browser(*work)

    here = [
        evaluate(parse(matching(one)), scope_of({"values": {"a": text}}))
        for one in PATTERNS
        for text in texts
    ]
    assert [value == "true" for _kind, value in found] == here


# made-up answers

EVERYTHING = form(
    question("integer", "a", constraint=". > ${b}", constraint_message="More than ${b}"),
    question("decimal", "b", default="1.5"),
    question("date", "c", relevant="${a} < 5"),
    question("select_multiple agree", "d", "Choose ${a}", choice_filter="name != ${a}"),
    question("begin_group", "g", "Group", relevant="count-selected(${d}) > 0"),
    question("rank agree", "r"),
    question("range", "s", parameters="start=0 end=3 step=0.5", required="${a} = 2"),
    {"type": "end_group"},
    question("begin_repeat", "kids", "Child", repeat_count="count-selected(${d})"),
    question("text", "kid", "Name ${n}", required="${a} = 1"),
    question("calculate", "n", "", calculation="position(..) + sum(${a})"),
    question("select_one agree", "e", choice_filter="name != position(..)"),
    {"type": "end_repeat"},
    question("begin_repeat", "pets", "Pet"),
    question("text", "pet", default="concat('pet ', position(..))"),
    question("time", "at", relevant="${pet} != 'x'"),
    {"type": "end_repeat"},
    question("calculate", "all", "", calculation="join('/', ${kid}, ${pet}) "),
    question("calculate", "x", "", calculation="${a} div ${b} + count(${kids}) + count(${pet})"),
    question("note", "told", "${all} and ${x}, first ${kid}"),
    choices=AGREEMENT,
)  # fmt: skip
SOME = st.one_of(ANSWERS, st.sampled_from(["1", "2", "3", "1 2", "3 1", "1 2 3", "0.5", "4"]))
KIDS = st.lists(st.dictionaries(st.sampled_from(["kid", "e", "n"]), SOME), max_size=4)
PETS = st.lists(st.dictionaries(st.sampled_from(["pet", "at"]), SOME), max_size=3)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(["a", "b", "c", "d", "r", "s", "x", "stranger"], SOME),
            "kids": KIDS,
            "pets": PETS,
        },
    )
)
def test_made_up_answers_give_the_same(in_browser, answers) -> None:
    agree(in_browser, EVERYTHING, answers)
