import os
import subprocess
import sys
from pathlib import Path

import pytest

from kith.config.match_size import PLAIN, keep_small_rounds_plain

LOADED = """
import sys
from kith.config.cli import main
code = main(sys.argv[1:])
print(code, "numba" in sys.modules)
"""


@pytest.fixture
def lists(tmp_path):
    """Writes two lists of so many people; gives the words of the command."""

    def write(people: int) -> list[str]:
        for name in ("participants", "mentors"):
            rows = "\n".join(f"{name[0]}{number}" for number in range(people))
            (tmp_path / f"{name}.csv").write_text(f"id\n{rows}\n")
        names = [("--participants", "participants.csv"), ("--mentors", "mentors.csv")]
        return [word for option, name in names for word in (option, str(tmp_path / name))]

    return write


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setattr(os, "environ", {k: v for k, v in os.environ.items() if k != PLAIN})


def test_two_short_lists_are_not_compiled(lists) -> None:
    keep_small_rounds_plain([*lists(1_999), "--json"])

    assert os.environ[PLAIN] == "small round"


def test_two_long_lists_are(lists) -> None:
    keep_small_rounds_plain(lists(2_000))

    assert PLAIN not in os.environ


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--participants"],
        ["--participants", "nowhere.csv", "--mentors", "nowhere.csv"],
        ["--mentors", "nowhere.csv"],
    ],
)
def test_what_cannot_be_read_is_left_to_the_command(words) -> None:
    keep_small_rounds_plain(words)

    assert PLAIN not in os.environ


def test_a_small_round_never_loads_the_compiler(lists, tmp_path) -> None:
    words = ["match", *lists(3), "--out", str(tmp_path / "pairs.csv"), "--json"]

    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "0 False"
    assert len(Path(tmp_path / "pairs.csv").read_text().splitlines()) == 4
