"""A course as files, and read again."""

from pathlib import Path

import pytest

from kith.methods.learning.courses.reading import course_of, read_course
from kith.methods.learning.courses.stored import picture_files
from kith.methods.learning.courses.writing import files_of

CONTENT = Path(__file__).parents[3] / "learning" / "content" / "courses"


@pytest.mark.parametrize("name", ["helping-newcomers", "understanding-vulnerability"])
def test_a_course_that_was_written_reads_as_the_same_course(name: str) -> None:
    read = read_course(CONTENT / name)
    assert read.course is not None
    pictures = {
        one.key: picture_files(one, read.folders[one.key], read.files)
        for one in read.course.modules
    }

    again = course_of(files_of(read.course, pictures))

    assert again.faults == ()
    assert again.course == read.course
