"""`kith agreement` as it is called."""

import json

import pytest

from kith.config import cli

# Krippendorff 2011: four observers, twelve units.
OBSERVERS = """\
A,B,C,D
1,1,,1
2,2,3,2
3,3,3,3
3,3,3,3
2,2,2,2
1,2,3,4
4,4,4,4
1,1,2,1
2,2,2,2
,5,5,5
,,1,1
,3,,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text(OBSERVERS)
    return path


def answer(capsys, *arguments: str):
    code = cli.main(["agreement", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_answer_for_programs_has_every_figure_or_says_why_not(capsys, file) -> None:
    code, out, _err = answer(capsys, str(file), "--level", "ordinal", "--draws", "100", "--json")
    found = json.loads(out)

    assert code == 0
    assert list(found) == [
        "cases", "rated_twice", "raters", "level", "values", "percent_agreement",
        "weighted_kappa", "fleiss_kappa", "krippendorff_alpha", "icc", "draws", "seed",
    ]  # fmt: skip
    assert (found["cases"], found["rated_twice"]) == (12, 11)
    assert round(found["krippendorff_alpha"]["value"], 3) == 0.815
    assert found["krippendorff_alpha"]["lower"] < 0.815 < found["krippendorff_alpha"]["upper"]
    assert found["fleiss_kappa"]["value"] is None
    assert found["icc"] == {"value": None, "why_not": "It is for numbers: --level interval."}


def test_the_same_seed_gives_the_same_answer(capsys, file) -> None:
    first, again, other = (
        answer(capsys, str(file), "--draws", "50", "--seed", seed, "--json")[1]
        for seed in ("3", "3", "4")
    )

    assert first == again
    assert first != other


def test_the_answer_for_people_is_a_line_for_each_figure(capsys, file) -> None:
    code, out, _err = answer(capsys, str(file), "--level", "interval", "--draws", "0")

    assert code == 0
    assert out.splitlines() == [
        "12 cases, 4 raters, interval values.",
        "equal pairs of ratings: 0.818",
        "weighted kappa, mean over pairs of raters: 0.775",
        "Fleiss' kappa: none. Fleiss' kappa needs the same number of ratings for each case.",
        "Krippendorff's alpha: 0.849",
        "intraclass correlation: none. Each rater has to rate each case.",
    ]


def test_a_coefficient_that_has_no_figure_is_null(capsys, file) -> None:
    file.write_text("A,B\n1,2\n2,1\n")

    _code, out, _err = answer(capsys, str(file), "--level", "interval", "--draws", "0", "--json")
    found = json.loads(out, parse_constant=pytest.fail)
    _code, words, _err = answer(capsys, str(file), "--level", "interval", "--draws", "0")

    assert found["icc"]["one_way_mean"] is None
    assert found["icc"]["one_way"] == -1
    assert "intraclass correlation, one way mean: none" in words


def test_a_place_that_cannot_be_read_is_named(capsys, file) -> None:
    file.write_text("A,B\n1,2\nmuch,2\n")

    code, out, err = answer(capsys, str(file))

    assert (code, out) == (1, "")
    assert "ratings.csv: line 3, column 1: “much”: It is no number." in err


def test_a_file_that_is_not_there_is_said(capsys, tmp_path) -> None:
    code, _out, err = answer(capsys, str(tmp_path / "none.csv"))

    assert code == 1
    assert "none.csv: It cannot be read (No such file or directory)." in err
