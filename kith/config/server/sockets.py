"""Where the socket of the database lies: a path of at most 107 bytes, plain enough for a URL."""

import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from kith.config.server.errors import PathTooLong, UnreadableFolder
from kith.config.server.install import Account

PORT = 5432
LONGEST = 100  # Linux allows 107 bytes, macOS 103
# A comma or a quote would be read by PostgreSQL or by the driver as more than a path.
PLAIN = re.compile(r"[A-Za-z0-9/._+-]+")


def socket_folder(folder: Path, *, account: Account, run_folder: Path | None) -> Path:
    if run_folder is not None and fits(run_folder):
        return _private(run_folder, account)
    if fits(folder):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    for place in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - made private below
        if fits(place / f"kith-{name}") and account.can("-x", place):
            return _private(place / f"kith-{name}", account)
    raise PathTooLong(folder)


def fits(folder: Path) -> bool:
    name = str(folder / f".s.PGSQL.{PORT}")
    return len(os.fsencode(name)) <= LONGEST and PLAIN.fullmatch(name) is not None


def _private(place: Path, account: Account) -> Path:
    """A folder that nobody else made or can enter: the socket asks for our passwords."""
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        found = place.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
            raise UnreadableFolder(place, account=account.name)
        place.chmod(0o700)
        account.give(place)
    except OSError as error:
        raise UnreadableFolder(place, account=account.name) from error
    return place
