"""The data folder: everything that Kith keeps lies in here."""

from dataclasses import dataclass
from pathlib import Path

from kith.base import keyring
from kith.config import options

MARK = "kith-home"
# What may lie in a folder before Kith moves in: its settings, what a new disk brings, and what
# an interrupted first start left.
HARMLESS = {"kith.toml", "lost+found", "keys", "files", "audit-heads", "static", "logs"}


class HomeFault(RuntimeError):
    """The data folder cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Home:
    """Where things are. `keys` never lies in a copy of the database."""

    root: Path

    @property
    def keys(self) -> Path:
        """Keys and passwords, readable by their owner alone."""
        return self.root / "keys"

    @property
    def files(self) -> Path:
        """Uploaded files, encrypted."""
        return self.root / "files"

    @property
    def postgres(self) -> Path:
        """The embedded database."""
        return self.root / "postgres"

    @property
    def heads(self) -> Path:
        """The last link of each audit chain, outside the database."""
        return self.root / "audit-heads"

    @property
    def static(self) -> Path:
        """Style sheets, scripts and fonts, compressed."""
        return self.root / "static"

    @property
    def logs(self) -> Path:
        """What the server says; without texts about people."""
        return self.root / "logs"

    def ensure(self) -> "Home":
        """Make the folders and keys. Raises HomeFault with one clear sentence."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._refuse_foreign()
            self._refuse_lost_keys()
            for folder in (self.files, self.heads, self.static, self.logs):
                folder.mkdir(exist_ok=True, mode=0o700)
            keyring.ensure(self.keys)
            (self.root / MARK).touch()
        except PermissionError as fault:
            raise HomeFault(
                f"The data folder {self.root} cannot be read or written. "
                "Give yourself the rights to it, or name another with KITH_HOME."
            ) from fault
        except OSError as fault:
            raise HomeFault(
                f"The data folder {self.root} cannot be made: {fault.strerror}."
            ) from fault
        return self

    def _refuse_foreign(self) -> None:
        found = {entry.name for entry in self.root.iterdir()}
        if MARK not in found and found - HARMLESS:
            raise HomeFault(
                f"The folder {self.root} holds something that Kith did not make: "
                "choose an empty folder with KITH_HOME."
            )

    def _refuse_lost_keys(self) -> None:
        # New keys beside old records would hide that nothing can be read any more.
        if (self.root / MARK).exists() and not (self.keys / "house.json").exists():
            raise HomeFault(
                f"The keys of this data folder are missing from {self.keys}: "
                "bring them back from your backup; without them the records cannot be read."
            )


def current() -> Home:
    """The home named by KITH_HOME, or the user's own."""
    return Home(options.home_folder())
