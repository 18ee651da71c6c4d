"""`kith course` as it is called, and the preview over HTTP."""

import json
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest

import kith
from kith.config import cli
from kith.config.preview.pages import overview
from kith.config.preview.reading import read_written
from kith.config.preview.server import PreviewServer
from kith.methods.learning.tests.written import MODULE, QUESTIONS, course_texts, unit_files

SHIPPED = Path(kith.__file__).parent / "learning" / "content" / "courses"
EVERY_KIND = f"""\
{QUESTIONS}
[[question]]
key = "pairs"
kind = "matching"
tests = "A bridge stands on both banks."
stem = {{ en = "Match.", pl = "Dopasuj." }}
pairs = [ {{ left = {{ en = "Bank" }}, right = {{ en = "Left" }} }},
  {{ left = {{ en = "Boat" }}, right = {{ en = "<Right>" }} }} ]
others = [ {{ en = "Middle" }} ]
right_why = {{ en = "Well matched." }}
[[question]]
key = "order"
kind = "ordering"
stem = {{ en = "Order." }}
items = [ {{ en = "First" }}, {{ en = "Second" }} ]
[[question]]
key = "number"
kind = "numeric"
stem = {{ en = "How many?" }}
answer = 500
tolerance = 25
unit = {{ en = "rivers" }}
[[question]]
key = "numbers"
kind = "numeric"
stem = {{ en = "How many?" }}
numbers = [ {{ low = 5, high = 5 }}, {{ high = 9, weight = 0.5 }} ]
[[question]]
key = "typed"
kind = "short"
stem = {{ en = "What?" }}
answers = [ {{ text = "bridge" }}, {{ text = "dam", weight = 0.5 }},
  {{ text = "sea", weight = 0 }} ]
[[question]]
key = "gaps"
kind = "gap"
text = {{ en = "It has {{1}} and {{2}}." }}
gaps = [ {{ right = {{ en = ["banks"] }}, wrong = {{ en = ["ends"] }} }},
  {{ numbers = [ {{ low = 1 }} ] }} ]
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in course_texts().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def unit(tmp_path) -> Path:
    for name, content in unit_files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def answer(capsys, *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["course", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


# --- check ------------------------------------------------------------------------------------


def test_a_course_without_errors_ends_with_0_and_a_table_of_its_modules(capsys) -> None:
    code, out, err = answer(capsys, "check", str(SHIPPED / "helping-newcomers"))

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].split() == [
        "words", "en", "words", "pl", "screens", "examples", "activities", "questions", "minutes",
        "counted",
    ]  # fmt: skip
    assert lines[1].split()[0] == "two-ways"
    assert lines[-1].startswith("0 to change, ")


def test_a_course_with_errors_ends_with_1_and_names_file_line_and_place(capsys, folder) -> None:
    code, out, _err = answer(capsys, "check", str(folder))

    assert code == 1
    assert "To change:\n" in out
    assert "  01-rivers/module.toml:4: It says 10 minutes; by counting, 5 to 7 are honest.\n" in out
    assert "To look at:\n" in out
    assert "  01-rivers/en.md:1, banks: The screen “banks” has 23 words; fewer than 60" in out


def test_the_answer_for_programs_has_everything(capsys, folder) -> None:
    code, out, _err = answer(capsys, "check", str(folder), "--json")

    found = json.loads(out)
    assert code == 1
    assert list(found) == ["key", "usable", "languages", "parts", "findings"]
    assert (found["key"], found["usable"], found["languages"]) == ("small", False, ["en", "pl"])
    assert found["parts"][0] == {
        "key": "rivers", "words": {"en": 37, "pl": 22}, "screens": 2, "examples": 1,
        "activities": [5], "questions": 1, "minutes": 10, "counted": 6,
    }  # fmt: skip
    (minutes,) = [one for one in found["findings"] if one["reason"] == "minutes_differ"]
    assert minutes == {
        "weight": "error", "file": "01-rivers/module.toml", "line": 4, "place": "",
        "reason": "minutes_differ", "params": {"said": 10, "least": 5, "most": 7},
        "sentence": "It says 10 minutes; by counting, 5 to 7 are honest.",
    }  # fmt: skip


def test_a_unit_is_checked_as_a_unit(capsys, unit) -> None:
    code, out, _err = answer(capsys, "check", str(unit), "--json")

    assert code == 1
    assert json.loads(out)["key"] == "rivers"


def test_a_folder_that_is_no_course_ends_with_2(capsys, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = answer(capsys, "check", str(tmp_path / "empty"))

    assert (code, out) == (2, "")
    assert err.endswith("empty holds neither course.toml nor unit.toml.\n")


def test_a_folder_that_cannot_be_read_ends_with_2(capsys, folder, monkeypatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kith.config.preview.reading.read_course", refuse)
    code, _out, err = answer(capsys, "check", str(folder))

    assert code == 2
    assert err.endswith("cannot be read: Permission denied.\n")


@pytest.mark.parametrize("name", ["course.toml", "unit.toml"])
def test_a_course_whose_table_is_broken_ends_with_2_and_says_where(capsys, tmp_path, name) -> None:
    (tmp_path / name).write_text("key = \n")
    code, out, _err = answer(capsys, "check", str(tmp_path))

    assert code == 2
    assert f"  {name}:1: This file cannot be read" in out


# --- stamp ------------------------------------------------------------------------------------


def test_stamping_says_how_many_texts_it_stamped(capsys, folder) -> None:
    code, out, _err = answer(capsys, "stamp", str(folder), "pl")

    assert code == 0
    assert out == "4 texts in “pl” are stamped with the English wording of today.\n"
    assert "[pl.screens]" in (folder / "translated.toml").read_text()


def test_a_language_without_texts_cannot_be_stamped(capsys, folder) -> None:
    assert answer(capsys, "stamp", str(folder), "ar") == (
        1,
        "",
        "There is no text in the language “ar”.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["stamp", ".", "Polish!"],
        ["preview", ".", "--port", "many"],
        ["preview", ".", "--port", "70000"],
    ],
)
def test_wrong_use_ends_with_2(capsys, words) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["course", *words])

    assert ended.value.code == 2


# --- preview ----------------------------------------------------------------------------------


@pytest.fixture
def server(folder) -> Iterator[PreviewServer]:
    with PreviewServer(folder, port=0, language="pl") as one:
        thread = Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def asked(server: PreviewServer, path: str, host: str = "127.0.0.1:80") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


def test_the_overview_lists_parts_figures_and_findings(server) -> None:
    response, page = asked(server, "/")

    assert (response.status, response.getheader("Content-Type")) == (
        200,
        "text/html; charset=utf-8",
    )
    assert "<h1>Mały kurs</h1>" in page
    assert "<a href='/rivers?language=pl'>Rzeki</a></th><td>22</td><td>2</td>" in page
    assert "<code>01-rivers/module.toml:4</code>" in page
    assert "<a href='/?language=pl' aria-current='true'>pl</a>" in page


def test_a_part_shows_screens_sources_questions_and_feedback(server) -> None:
    _response, page = asked(server, "/rivers?language=en")

    assert "<article id='banks' lang='en' dir='ltr'><h2>Banks <small>banks</small></h2>" in page
    assert (
        '<img src="/rivers/pictures/bridge.svg" alt="Two banks and a bridge between them"' in page
    )
    assert "<li id='source-1'>An atlas. A house, 2020. <a href='https://example.org/atlas'" in page
    assert "<li>✓ Two<p class='why'>Yes.</p></li>" in page
    assert "<li>✗ None<p class='why'>Look again.</p></li>" in page
    assert "<p class='tests'><a href='#banks'>A river has two banks.</a></p>" in page


def test_questions_of_every_kind_show_what_is_right(server, folder) -> None:
    (folder / "01-rivers" / "questions.toml").write_text(EVERY_KIND, encoding="utf-8")

    _response, page = asked(server, "/rivers?language=en")

    for shown in (
        "<ul><li>Bank → Left</li><li>Boat → &lt;Right&gt;</li><li> → Middle</li></ul>",
        "<p class='why'>Right: Well matched.</p>",
        "<ol><li>First</li><li>Second</li></ol>",
        "<ul><li>475 to 525 rivers</li></ul>",
        "<ul><li>5 </li><li>… to 9 </li></ul>",
        "<ul><li>✓ bridge</li><li>½ dam</li><li>✗ sea</li></ul>",
        "<ol><li>✓ banks · ✗ ends</li><li>1 to …</li></ol>",
    ):
        assert shown in page


def test_a_story_shows_its_tasks_and_says_what_is_not_translated(server) -> None:
    _response, page = asked(server, "/the-flood")

    assert (
        "<p class='stale'>Not translated yet; this is the English text.</p><p>It rains.</p>" in page
    )
    assert "<li>Znajduje. <small>rivers/bridges</small></li>" in page
    assert "<h2>Tasks</h2>" in page


def test_files_are_read_again_for_each_page_and_stale_screens_say_so(server, folder) -> None:
    (folder / "translated.toml").write_text('[pl.screens]\n"rivers/banks" = "x"\n')
    (folder / "01-rivers" / "module.toml").write_text(MODULE.replace("Rzeki", "Potoki"))

    _response, page = asked(server, "/rivers")

    assert "<h1>Potoki</h1>" in page
    assert page.count("The English text has changed since this translation was made.") == 1


def test_a_picture_and_the_style_sheet_are_served_and_nothing_else(server) -> None:
    picture, _content = asked(server, "/rivers/pictures/bridge.svg")
    sheet, style = asked(server, "/preview.css")

    assert (picture.status, picture.getheader("Content-Type")) == (200, "image/svg+xml")
    assert "sandbox" in picture.getheader("Content-Security-Policy", "")
    assert (sheet.status, sheet.getheader("Content-Type")) == (200, "text/css; charset=utf-8")
    assert "--pine" in style
    for path in ("/sea", "/rivers/pictures/../en.md", "/rivers/module.toml", "/the-flood/en.md"):
        assert asked(server, path)[0].status == 404


def test_pages_hold_no_script_and_no_style_of_their_own(server) -> None:
    for path in ("/", "/rivers", "/the-flood"):
        response, page = asked(server, path)
        assert response.getheader("Content-Security-Policy", "").startswith("default-src 'none'")
        assert not any(one in page for one in ("<script", "style=", "onclick"))


def test_a_page_elsewhere_cannot_ask_through_a_name_of_its_own(server) -> None:
    response, page = asked(server, "/", host="evil.example:80")

    assert response.status == 403
    assert "Mały kurs" not in page
    assert asked(server, "/", host="localhost:80")[0].status == 200


def test_a_folder_that_went_away_or_broke_is_said_on_the_page(server, folder) -> None:
    (folder / "course.toml").write_text("=")
    broken, page = asked(server, "/")
    shutil.rmtree(folder)
    gone, said = asked(server, "/")

    assert (broken.status, "No course yet" in page) == (200, True)
    assert (gone.status, "holds neither" in said) == (404, True)


def test_a_course_with_nothing_to_change_says_so() -> None:
    page = overview(read_written(SHIPPED / "helping-newcomers"), "en").decode()

    assert "<p class='well'>Nothing to change and nothing to look at.</p>" in page


def test_a_unit_has_one_page(unit) -> None:
    with PreviewServer(unit, port=0, language="en") as one:
        thread = Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        _response, page = asked(one, "/rivers")
        one.shutdown()
        thread.join()

    assert "<code>unit.toml:4</code>" in page


def test_the_preview_says_its_address_and_ends_with_ctrl_c(capsys, folder, monkeypatch) -> None:
    def interrupted(_server: PreviewServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PreviewServer, "serve_forever", interrupted)
    code, out, _err = answer(capsys, "preview", str(folder), "--port", "0")

    assert code == 0
    assert out.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_said_with_another(capsys, folder, server) -> None:
    code, _out, err = answer(capsys, "preview", str(folder), "--port", str(server.server_port))

    assert code == 1
    assert err.startswith(f"Port {server.server_port} cannot be used (Address already in use).")
