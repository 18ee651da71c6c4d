"""Whatever somebody writes or uploads, a course is read to its end, and soon."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.courses.checks import check_course
from kith.methods.learning.courses.reading import course_of
from kith.methods.learning.tests.written import (
    COURSE,
    ENGLISH,
    MODULE,
    VIGNETTE,
    as_files,
    course_texts,
)

EN, PL = "01-rivers/en.md", "01-rivers/pl.md"
VALUES = ["1", "-1", "true", '"x"', '""', "[]", "[1]", "[{}]", "{}", "{ en = 1 }", "inf"]
LINES = [line for line in f"{COURSE}{MODULE}{VIGNETTE}".splitlines() if " = " in line]
PIECES = [
    " ", "#", "{#", "## ", "::: note\n", ":", "[@", "![", "](", "„", "“", "[", "study ", "1", "*",
    "`", "> ", "\n## a {#a}\n", "| a |\n",
]  # fmt: skip


@given(st.sampled_from(LINES), st.sampled_from(VALUES), st.text(max_size=30), st.text(max_size=30))
def test_reading_never_stops_whatever_the_files_hold(line, value, text, table) -> None:
    key = line.partition(" = ")[0]
    texts = {name: one.replace(line, f"{key} = {value}") for name, one in course_texts().items()}
    texts |= {EN: f"{ENGLISH}\n{text}", "translated.toml": table, "02-more/module.toml": table}

    check_course(course_of(as_files(texts)))


@pytest.mark.parametrize("piece", PIECES)
def test_very_much_of_anything_is_read_in_a_moment(piece) -> None:
    text = f"{ENGLISH}\n## Much {{#much}}\n\n## {piece * 20_000}x\n\na{piece * 20_000}b\n"
    texts = course_texts() | {EN: text, PL: text}
    begun = time.process_time()

    check_course(course_of(as_files(texts)))

    assert time.process_time() - begun < 10
