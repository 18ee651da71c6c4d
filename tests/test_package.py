"""The wheel holds everything that Kith needs to run, and no tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKED = {".py", ".html", ".css", ".js", ".svg", ".toml", ".typ", ".txt", ".mo", ".woff2", ".ttf"}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    place = tmp_path_factory.mktemp("wheel")
    words = ["--wheel", "--no-isolation", "--outdir", str(place / "dist"), str(copied(place))]
    subprocess.run([sys.executable, "-m", "build", *words], check=True, capture_output=True)  # noqa: S603
    (wheel,) = (place / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if name.startswith("kith/")}


def copied(place: Path) -> Path:
    """The sources in a folder of their own: building leaves its scraps there."""
    source = place / "source"
    source.mkdir()
    names = ["kith", "requirements", "pyproject.toml", "README.md"]
    subprocess.run(["/bin/cp", "-r", *[ROOT / name for name in names], source], check=True)  # noqa: S603
    return source


def needed() -> set[str]:
    files = [path.relative_to(ROOT) for path in (ROOT / "kith").rglob("*") if path.is_file()]
    return {
        str(path)
        for path in files
        if path.suffix in PACKED and "tests" not in path.parts and "__pycache__" not in path.parts
    }


def test_every_file_that_runs_is_in_the_wheel(packed: set[str]) -> None:
    assert needed() - packed == set()


def test_no_test_is_in_the_wheel(packed: set[str]) -> None:
    assert [name for name in packed if "/tests/" in name] == []


@pytest.mark.parametrize(
    "name",
    [
        "kith/web/static/web/vendor/tabler.min.css",
        "kith/web/static/web/vendor/htmx.min.js",
        "kith/locale/pl/LC_MESSAGES/django.mo",
    ],
)
def test_front_end_files_and_catalogues_are_in_the_wheel(packed: set[str], name: str) -> None:
    assert name in packed
