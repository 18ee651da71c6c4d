"""Style sheets, scripts and fonts: collected and compressed once for each version of them."""

import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path

from kith.config.home import Home

PACKAGE = Path(__file__).resolve().parent.parent
DONE = "collected.txt"


def fingerprint() -> str:
    """A print of the files that are served; sizes and times are enough to see a change."""
    digest = hashlib.sha256(version("django-allauth").encode())
    for file in sorted(PACKAGE.glob("*/static/**/*")):
        if file.is_file():
            facts = file.stat()
            digest.update(
                f"{file.relative_to(PACKAGE)} {facts.st_size} {facts.st_mtime_ns}".encode()
            )
    return digest.hexdigest()


def is_current(home: Home) -> bool:
    done = home.static / DONE
    return done.exists() and done.read_text() == fingerprint()


def share(source: Home, home: Home) -> None:
    """Take over what another home has collected already: the files are the same."""
    if is_current(source) and not is_current(home):
        shutil.rmtree(home.static, ignore_errors=True)
        shutil.copytree(source.static, home.static)


def collect(home: Home) -> None:
    """Collect all files with a print of their content in the name, with brotli and gzip beside."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    now = fingerprint()
    for entry in home.static.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    # Fonts for papers are read from the package, no browser asks for them.
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["paper"])
    (home.static / DONE).write_text(now)
