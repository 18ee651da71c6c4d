import stat
from pathlib import Path

import pytest

from kith.config import options
from kith.config.home import Home, HomeFault


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "kith").ensure()

    assert mode(home.root) == 0o700
    assert mode(home.keys) == 0o700
    assert {mode(key) for key in home.keys.iterdir()} == {0o600}


def test_ensuring_twice_keeps_the_keys(tmp_path: Path) -> None:
    home = Home(tmp_path / "kith").ensure()
    before = {key.name: key.read_bytes() for key in home.keys.iterdir()}

    home.ensure()

    assert {key.name: key.read_bytes() for key in home.keys.iterdir()} == before


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Anna")

    with pytest.raises(HomeFault, match="holds something that Kith did not make"):
        Home(tmp_path).ensure()

    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_settings_may_lie_there_before(tmp_path: Path) -> None:
    (tmp_path / "kith.toml").write_text("port = 8080\n")

    assert Home(tmp_path).ensure().keys.exists()


def test_an_interrupted_first_start_is_finished(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "files").mkdir()

    assert (Home(tmp_path).ensure().keys / "house.json").exists()


def test_lost_keys_are_never_replaced(tmp_path: Path) -> None:
    home = Home(tmp_path / "kith").ensure()
    (home.keys / "house.json").unlink()

    with pytest.raises(HomeFault, match="bring them back from your backup"):
        home.ensure()

    assert not (home.keys / "house.json").exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(HomeFault, match="cannot be made: Not a directory"):
        Home(tmp_path / "file" / "kith").ensure()


@pytest.mark.parametrize(
    ("user", "expected"), [(0, "/var/lib/kith"), (7, "/home/ana/.local/share/kith")]
)
def test_default_home(monkeypatch: pytest.MonkeyPatch, user: int, expected: str) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/ana")
    monkeypatch.setattr("os.geteuid", lambda: user)

    assert str(options.default_home()) == expected
