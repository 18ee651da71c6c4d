"""E-mail addresses: whether they can be one, and slips of typing in well-known domains."""

import re

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import clean, says_none

KNOWN_DOMAINS = (
    "gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "proton.me", "live.com",
    "protonmail.com", "wp.pl", "onet.pl", "o2.pl", "interia.pl", "gazeta.pl", "op.pl", "poczta.fm",
    "gmx.de", "web.de", "t-online.de", "freenet.de", "gmx.net", "yahoo.de", "ukr.net", "i.ua",
    "meta.ua", "mail.ru", "yandex.ru", "bk.ru", "hotmail.co.uk", "yahoo.co.uk", "me.com",
)  # fmt: skip

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}",
    re.IGNORECASE,
)
_AROUND = " \t\n<>()[]\"'.,;:"
_BETWEEN = re.compile(r"[\s;,|/]+")
LONGEST = 254


def read_email(value: Value) -> tuple[str | None, Remark | None]:
    """The first address of a cell, domain in lower case; None with a remark when it is none."""
    written = clean(str(value)) if value is not None else ""
    if says_none(written):
        return None, None
    addresses = read_emails(written)
    if not addresses:
        return None, remark("email_unreadable", text=written)
    if len(addresses) > 1:
        return addresses[0], remark("email_second", others=", ".join(addresses[1:]))
    return addresses[0], _typo(addresses[0])


def read_emails(written: str) -> list[str]:
    """All addresses of a cell in order, without doubles."""
    parts = [_address(part) for part in _BETWEEN.split(written.replace("mailto:", ""))]
    return list(dict.fromkeys(part for part in parts if part))


def _address(text: str) -> str:
    text = text.strip(_AROUND)
    if len(text) > LONGEST or not _ADDRESS.fullmatch(text):
        return ""
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def _typo(address: str) -> Remark | None:
    local, _, domain = address.rpartition("@")
    if domain in KNOWN_DOMAINS:
        return None
    near = next((known for known in KNOWN_DOMAINS if _one_slip(domain, known)), "")
    return remark("email_typo", text=address, suggestion=f"{local}@{near}") if near else None


def _one_slip(written: str, known: str) -> bool:
    """One letter added, dropped, changed, or two neighbours swapped; never for very short names."""
    if abs(len(written) - len(known)) > 1 or len(known) < 7:
        return False
    differs = (at for at, (a, b) in enumerate(zip(written, known, strict=False)) if a != b)
    at = next(differs, min(len(written), len(known)))
    after, rest = written[at + 1 :], known[at + 1 :]
    swapped = written[at : at + 2] == known[at : at + 2][::-1] and after[1:] == rest[1:]
    return after == rest or swapped or after == known[at:] or written[at:] == rest
