"""`kith questions` as it is called."""

import json

import pytest

from kith.config import cli
from kith.config.commands import questions

GIFT = """\
$CATEGORY: Buses

::Stop::When do you press? {=before ~after}

Only a text.

[html]<script>x</script>Who? {=driver}
"""
TOML = """\
[[question]]
key = "who"
kind = "essay"
stem = { en = "Who?" }

[[question]]
key = "odd"
kind = "riddle"
"""


def answer(capsys, *arguments):
    code = cli.main(["questions", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def bank(tmp_path):
    path = tmp_path / "bank.gift"
    path.write_text(GIFT, "utf-8")
    return path


def test_import_says_what_was_taken_and_what_was_not(capsys, bank) -> None:
    out = bank.parent / "questions.toml"

    code, said, _err = answer(capsys, "import", bank, "--out", out)

    assert code == 0
    assert said.splitlines() == [
        "bank.gift: GIFT, utf-8.",
        "Questions taken: 2, short (1), single (1).",
        "Categories: Buses.",
        "Written: questions.toml.",
        "Not taken:",
        "  line 5: This is only a text, no question: “Only a text.”",
        "Works otherwise:",
        "  line 7: What is not text was left out: script.",
    ]
    assert out.read_text("utf-8").startswith('[[question]]\nkey = "stop"\nkind = "single"\n')


def test_import_answers_programs_in_json(capsys, bank) -> None:
    code, said, _err = answer(capsys, "import", bank, "--json", "--language", "pl")
    found = json.loads(said)

    assert code == 0
    assert list(found) == [
        "file", "kind", "encoding", "taken", "kinds", "categories", "written", "notes",
    ]  # fmt: skip
    assert (found["kind"], found["taken"], found["written"]) == ("gift", 2, "")
    assert found["notes"][0]["line"] == 5


def test_export_writes_what_was_imported(capsys, bank) -> None:
    toml, xml = bank.parent / "questions.toml", bank.parent / "bank.xml"
    answer(capsys, "import", bank, "--out", toml)

    code, said, _err = answer(capsys, "export", toml, "--format", "moodle", "--out", xml)

    assert code == 0
    assert said.splitlines()[:2] == ["questions.toml: questions.toml, utf-8.",
                                     "Questions taken: 2, short (1), single (1)."]  # fmt: skip
    assert "<text>Stop</text>" in xml.read_text("utf-8")


def test_export_of_a_folder_names_questions_by_their_module(capsys, tmp_path) -> None:
    for name in ("01-one", "02-two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "questions.toml").write_text(TOML, "utf-8")
    (tmp_path / "questions.toml").write_text(TOML, "utf-8")
    out = tmp_path / "bank.gift"

    code, said, _err = answer(
        capsys, "export", tmp_path, "--format", "gift", "--out", out, "--json"
    )
    found = json.loads(said)

    assert code == 0
    assert found["categories"] == ["01-one", "02-two"]
    assert [(one["where"], one["name"], one["code"]) for one in found["notes"]] == [
        ("01-one/questions.toml", "odd, kind", "kind_unknown"),
        ("02-two/questions.toml", "odd, kind", "kind_unknown"),
        ("questions.toml", "odd, kind", "kind_unknown"),
    ]
    written = out.read_text("utf-8")
    assert [key in written for key in ("[id:01-one-who]", "[id:02-two-who]", "[id:who]")] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("bank.xml", b"<quiz>\n</quzi>", 2, "bank.xml, line 2: This is no XML: mismatched tag"),
        ("bank.xml", b"<!DOCTYPE quiz>\n<quiz/>", 1, "declares a document type"),
        ("questions.toml", b"key = ", 0, "questions.toml: This file cannot be read: "),
        ("bank.zip", b"PK\x03\x04", 0, "It is no zip package, or it is damaged."),
        ("bank.txt", b"", 0, "bank.txt: The file is empty."),
    ],
)
def test_an_unreadable_file_ends_with_2_file_line_and_reason(
    capsys, tmp_path, name, content, line, said
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    code, out, err = answer(capsys, "import", path)
    with_json = answer(capsys, "import", path, "--json")

    assert (code, out) == (2, "")
    assert said in err
    assert with_json[0] == 2
    assert {key: json.loads(with_json[1])[key] for key in ("file", "line")} == {
        "file": name, "line": line,
    }  # fmt: skip


def test_a_missing_file_an_empty_folder_and_a_broken_package_end_with_2(capsys, tmp_path) -> None:
    missing = answer(capsys, "import", tmp_path / "none.txt")
    empty = answer(capsys, "export", tmp_path, "--format", "gift", "--out", tmp_path / "x")

    assert (missing[0], empty[0]) == (2, 2)
    assert "No such file" in missing[2]
    assert "There is no questions.toml in this folder." in empty[2]


def test_a_manifest_that_is_broken_is_named(capsys, tmp_path) -> None:
    import zipfile

    path = tmp_path / "bank.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<a>")

    code, _out, err = answer(capsys, "import", path)

    assert code == 2
    assert err.startswith("bank.zip, line 1: This is no XML")


def test_a_file_that_cannot_be_written_is_a_failure(capsys, bank) -> None:
    code, _out, err = answer(capsys, "import", bank, "--out", bank.parent / "no" / "x.toml")

    assert code == 1
    assert "cannot be written" in err


def test_nothing_taken_ends_with_1(capsys, tmp_path) -> None:
    path = tmp_path / "bank.txt"
    path.write_text("Only a text.", "utf-8")

    assert answer(capsys, "import", path)[0] == questions.FAILED
