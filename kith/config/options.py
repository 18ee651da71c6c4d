"""Every setting of Kith: from the environment (KITH_…) or one TOML file, in that order."""

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


class OptionFault(ValueError):
    """A setting has a value that cannot be used; the sentence names it."""


@dataclass(frozen=True)
class Option:
    """One setting: its environment name, its default as text, and what it is for."""

    name: str
    default: str
    kind: type
    help: str

    @property
    def key(self) -> str:
        """The name in the TOML file."""
        return self.name.removeprefix("KITH_").lower()


OPTIONS = [
    Option("KITH_HOME", "", str, "Folder for data and keys. Default: a folder of the user's own."),
    Option("KITH_CONFIG", "", str, "TOML file with settings. Default: kith.toml in KITH_HOME."),
    Option("KITH_PORT", "8000", int, "Port of the web server."),
    Option(
        "KITH_BIND",
        "127.0.0.1",
        str,
        "Address the server listens on, such as 0.0.0.0 behind a proxy.",
    ),
    Option(
        "KITH_HOSTS", "localhost", str, "Names under which people reach Kith, separated by commas."
    ),
    Option("KITH_HTTPS", "no", bool, "Whether people reach Kith by https (through a proxy)."),
    Option(
        "KITH_DATABASE_URL",
        "",
        str,
        "PostgreSQL 15 or later, as its owner: postgresql://user:password@host/name. "
        "Default: an embedded server in KITH_HOME.",
    ),
    Option(
        "KITH_DATABASE_APP_URL",
        "",
        str,
        "The same database as the serving role, which owns nothing. "
        "Default: made by Kith where the owner may make roles.",
    ),
    Option("KITH_TIME_ZONE", "Europe/Warsaw", str, "Time zone of dates and times."),
    Option("KITH_LANGUAGE", "en", str, "Language when a browser asks for none we have."),
    Option(
        "KITH_COUNTRY_CODE", "48", str, "Country calling code for telephone numbers without one."
    ),
    Option(
        "KITH_IDLE_MINUTES", "30", int, "Minutes without a click until people must sign in again."
    ),
    Option(
        "KITH_MAIL_URL",
        "",
        str,
        "Outgoing mail: smtp://user:password@host:587, or smtps:// on port 465. Default: none.",
    ),
    Option("KITH_MAIL_FROM", "kith@localhost", str, "Sender of mail."),
    Option("KITH_UPLOAD_MB", "20", int, "Largest file that may be uploaded, in megabytes."),
    Option("KITH_OIDC_ISSUER", "", str, "OpenID Connect issuer for staff sign-in. Default: none."),
    Option("KITH_OIDC_CLIENT", "", str, "OpenID Connect client name."),
    Option("KITH_OIDC_SECRET", "", str, "OpenID Connect client secret."),
    Option("KITH_THREADS", "4", int, "Threads of the web server."),
    Option("KITH_DEMO", "no", bool, "Serve the demo programme; loopback only."),
    Option(
        "KITH_CLOCK",
        "",
        str,
        "File with the seconds by which the clock is ahead, to tell stories in tests; "
        "loopback only.",
    ),
]

HTTP_PORT = 80
BY_NAME = {option.name: option for option in OPTIONS}
TRUE = {"1", "yes", "true", "on"}
FALSE = {"0", "no", "false", "off", ""}


def default_home() -> Path:
    """The user's own data folder for Kith; as root one that the database's user may enter too."""
    usual = "/var/lib" if os.geteuid() == 0 else str(Path.home() / ".local" / "share")
    return Path(os.environ.get("XDG_DATA_HOME") or usual) / "kith"


def home_folder() -> Path:
    """KITH_HOME, or the user's own data folder."""
    named = os.environ.get("KITH_HOME", "")
    return Path(named).expanduser() if named else default_home()


@lru_cache(maxsize=8)
def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise OptionFault(f"{path} is no readable TOML: {fault}.") from fault


def in_file() -> dict[str, Any]:
    """What the TOML file says, by key. Raises OptionFault."""
    return _file(Path(os.environ.get("KITH_CONFIG") or home_folder() / "kith.toml"))


def _text(option: Option) -> str:
    named = os.environ.get(option.name)
    if named is not None:
        return named
    stored = in_file().get(option.key)
    if stored is None:
        return option.default
    return (
        {True: "yes", False: "no"}.get(stored, str(stored))
        if isinstance(stored, bool)
        else str(stored)
    )


def text(name: str) -> str:
    """A setting as text."""
    return _text(BY_NAME[name]).strip()


def number(name: str) -> int:
    """A setting as a whole number. Raises OptionFault."""
    value = text(name)
    if not value.lstrip("-").isdigit():
        raise OptionFault(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def flag(name: str) -> bool:
    """A setting as yes or no. Raises OptionFault."""
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise OptionFault(f"{name} must be yes or no, not “{value}”.")
    return value in TRUE


def is_loopback(address: str) -> bool:
    """Whether nobody but this machine itself reaches an address."""
    return address in {"localhost", "::1"} or address.startswith("127.")


def public_address() -> str:
    """The address that people type: through a proxy by https, else on the port."""
    host, port = (listed("KITH_HOSTS") or ["localhost"])[0], number("KITH_PORT")
    if flag("KITH_HTTPS"):
        return f"https://{host}/"
    return f"http://{host}/" if port == HTTP_PORT else f"http://{host}:{port}/"


def clock_file() -> str:
    """The file that moves the clock; empty for the right time. Raises OptionFault."""
    named = text("KITH_CLOCK")
    if named and not is_loopback(text("KITH_BIND")):
        raise OptionFault("KITH_CLOCK moves the clock, so it works on this machine only.")
    if named and not Path(named).is_file():
        raise OptionFault(f"KITH_CLOCK names {named}, which is no file.")
    return named


def listed(name: str) -> list[str]:
    """A setting as a list of words."""
    return [word.strip() for word in text(name).split(",") if word.strip()]
