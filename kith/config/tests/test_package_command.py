"""`kith package` as it is called."""

import json

import pytest

from kith.config import cli
from kith.methods.learning.packages.reading import read_package
from kith.methods.learning.tests.written import as_files, course_texts


@pytest.fixture
def folder(tmp_path):
    for path, content in as_files(course_texts()).items():
        file = tmp_path / "course" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path / "course"


def answer(capsys, *arguments: str):
    code = cli.main(["package", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("kind", ["scorm12", "cmi5"])
def test_a_course_is_written_as_a_package(capsys, folder, tmp_path, kind) -> None:
    out = tmp_path / "small.zip"

    code, said, _err = answer(
        capsys, str(folder), "--format", kind, "--language", "pl", "--out", str(out), "--json"
    )

    found = read_package(out.read_bytes()).manifest
    assert code == 0
    assert (found.standard, found.title) == (kind, "Mały kurs")
    assert json.loads(said) == {
        "course": "small",
        "format": kind,
        "language": "pl",
        "screens": 2,
        "questions": 1,
        "bytes": out.stat().st_size,
        "written": "small.zip",
        "faults": [],
    }


def test_a_course_with_faults_is_not_written(capsys, folder, tmp_path) -> None:
    (folder / "01-rivers" / "questions.toml").write_text("[[question]]\nkind = 'riddle'\n")
    out = tmp_path / "small.zip"

    code, said, _err = answer(capsys, str(folder), "--format", "cmi5", "--out", str(out))

    assert code == 1
    assert "01-rivers/questions.toml" in said
    assert not out.exists()


def test_a_language_that_the_course_has_not_is_named(capsys, folder, tmp_path) -> None:
    options = ("--format", "cmi5", "--language", "ar", "--out", str(tmp_path / "x.zip"))

    code, _out, err = answer(capsys, str(folder), *options)

    assert code == 1
    assert "The course has no texts in ar; it has en, pl." in err


def test_a_folder_that_is_not_there_is_named(capsys, tmp_path) -> None:
    options = ("--format", "cmi5", "--out", str(tmp_path / "x.zip"))

    code, _out, err = answer(capsys, str(tmp_path / "gone"), *options)

    assert code == 1
    assert "gone" in err
