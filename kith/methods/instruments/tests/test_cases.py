"""The shared cases of filling in: the browser gives the same (see tests of questionnaires)."""

import json
from pathlib import Path

import pytest

from kith.methods.instruments.filling import fill
from kith.methods.instruments.portable import portable, table_of_functions
from kith.methods.instruments.screens import keyed
from kith.methods.instruments.tests.factories import form, question

CASES = json.loads((Path(__file__).parent / "filling_cases.json").read_text("utf-8"))
MOMENTS = {"today": "2026-03-31", "now": "2026-03-31T18:30:00"}


def instrument_of(case):
    sheets = {"choices": case["choices"]} if "choices" in case else {}
    return form(*case["survey"], **sheets)


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_a_shared_case_gives_what_it_says(case) -> None:
    instrument = instrument_of(case)

    filled = fill(instrument, case["answers"], language=case.get("language", ""), **MOMENTS)

    cells = dict(keyed(instrument, filled))
    assert [key for key, cell in cells.items() if cell.shown] == case["shown"]
    assert {key: cell.fault.code for key, cell in cells.items() if cell.fault} == case["faults"]
    assert filled.answers == case["kept"]
    assert {k: list(v) for k, v in filled.calculated.items()} == case.get("calculated", {})
    assert {key: cells[key].label for key in case.get("labels", {})} == case.get("labels", {})
    assert {key: [list(one) for one in cells[key].options] for key in case.get("options", {})} == (
        case.get("options", {})
    )
    assert {key: cells[key].fault.own for key in case.get("messages", {})} == (
        case.get("messages", {})
    )


def test_what_goes_to_the_browser_is_plain_json_with_trees() -> None:
    instrument = form(
        question("text", "a"),
        question("text", "b", relevant="${a} = 'x' or -1 > 2 div 2"),
        question("text", "c", constraint="regex(., '\\d+\\s.')"),
    )

    sent = json.loads(json.dumps(portable(instrument)))

    assert sent["items"][1]["relevant"] == [
        "op", "or", ["op", "=", ["answer", "a"], ["text", "x"]],
        ["op", ">", ["minus", ["number", 1.0]], ["op", "div", ["number", 2.0], ["number", 2.0]]],
    ]  # fmt: skip
    assert sent["items"][2]["constraint"] == [
        "call", "regex", [["this"], ["text", r"\d+[ \t\n\r\f\v][^\n]"]],
    ]  # fmt: skip
    assert "relevant" not in sent["items"][0]


def test_the_table_says_what_the_browser_needs_to_know() -> None:
    assert table_of_functions()["round"] == {"takes": ["number", "number"], "least": 1, "most": 2}
