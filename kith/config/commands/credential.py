"""kith credential: whether a credential of learning is genuine and still holds."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kith.config.commands.answers import add_json, answer
from kith.methods.learning.credentials.files import Unreadable, text_in, token_in
from kith.methods.learning.credentials.findings import printable
from kith.methods.learning.credentials.keys import BadKeys, PublicKeys, read_keys
from kith.methods.learning.credentials.pictures import MOST_BYTES
from kith.methods.learning.credentials.shape import issuer_of
from kith.methods.learning.credentials.verifying import Outcome, verify

VALID, NOT_VALID, UNREADABLE = 0, 1, 2
NO_KEYS = PublicKeys(())
CHECKED = {
    "form": "its form",
    "signature": "the signature",
    "issuer": "the issuer",
    "dates": "its dates",
    "status": "whether it was revoked",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Checks an Open Badges 3.0 credential. Nothing is fetched: get the issuer's key set and "
        "status list from the addresses that are named, and give the files.\n"
        "Exit codes: 0 valid, 1 not valid or not known to be, 2 unreadable."
    )
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify")
    parser = acts.add_parser(
        "verify",
        help="check one credential",
        description=parser.description,
        epilog="Example: kith credential verify badge.png --key keys.json --status list.jwt",
        formatter_class=parser.formatter_class,
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a token, JSON with “credential”, or a PNG or SVG"
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the issuer's key set, one JSON Web Key, or PEM"
    )
    parser.add_argument("--status", type=Path, metavar="FILE", help="the issuer's status list")
    parser.add_argument(
        "--issuer", action="append", metavar="ID", help="an issuer you accept; may be repeated"
    )
    parser.add_argument(
        "--at", type=_day, metavar="DATE", help="as of this day or moment (now), such as 2026-03-01"
    )
    add_json(parser)


def _day(written: str) -> date:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(written)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError("it is a date such as 2026-03-01")


def run(options: argparse.Namespace) -> int:
    try:
        token = token_in(_content(options.file))
        keys = read_keys(_content(options.key)) if options.key else NO_KEYS
        listed = text_in(_content(options.status)) if options.status else None
    except (Unreadable, BadKeys) as fault:
        answer({"problem": str(fault)}, [str(fault)], as_json=options.json)
        return UNREADABLE
    outcome = verify(
        token,
        key_of=keys.named,
        status_of=lambda _address: listed,
        accepted_issuers=options.issuer,
        today=options.at or datetime.now(UTC),
    )
    answer(_found(outcome), _sentences(outcome), as_json=options.json)
    return VALID if outcome.is_valid else NOT_VALID


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path.name}: It is too large.")
        return path.read_bytes()
    except OSError as fault:
        said = fault.strerror or "unknown"
        raise Unreadable(f"{path.name}: It cannot be read ({said}).") from fault


def _found(outcome: Outcome) -> dict[str, Any]:
    return {
        "valid": outcome.is_valid,
        "checked": [name for name in CHECKED if name in outcome.checked],
        "not_checked": [name for name in CHECKED if name not in outcome.checked],
        "findings": [
            {"reason": one.reason, "values": one.values, "sentence": one.sentence}
            for one in outcome.findings
        ],
        "credential": outcome.credential,
    }


def _sentences(outcome: Outcome) -> Iterator[str]:
    yield from _told(outcome.credential)
    yield _verdict(outcome)
    yield from (f"- {one.sentence}" for one in outcome.findings)
    yield f"Checked: {_names(outcome, lambda name: name in outcome.checked)}."
    yield f"Not checked: {_names(outcome, lambda name: name not in outcome.checked)}."
    if outcome.credential is not None and "issuer" not in outcome.checked:
        yield "Whether you accept this issuer is yours to say: --issuer."


def _verdict(outcome: Outcome) -> str:
    if outcome.is_valid:
        return "It is valid."
    if outcome.is_open:
        return "It is not known to be valid: something is missing."
    return "It is not valid."


def _names(outcome: Outcome, holds: Callable[[str], bool]) -> str:
    return ", ".join(words for name, words in CHECKED.items() if holds(name)) or "nothing"


def _told(credential: dict[str, Any] | None) -> Iterator[str]:
    """What the credential says of itself."""
    if credential is None:
        return
    subject = credential["credentialSubject"]
    yield f"Achievement: {printable(subject['achievement']['name'])}"
    yield f"Issuer: {printable(_issuer(credential))}"
    identifiers = subject.get("identifier", [])
    for one in identifiers if isinstance(identifiers, list) else [identifiers]:
        if one["identityType"] == "name" and not one["hashed"]:
            yield f"Name: {printable(one['identityHash'])}"
    yield f"Valid from: {credential['validFrom']}"
    yield f"Valid until: {credential.get('validUntil', 'no end')}"
    if "credentialStatus" not in credential:
        yield "It names no status list: it cannot be revoked."


def _issuer(credential: dict[str, Any]) -> str:
    issuer = credential["issuer"]
    name = issuer.get("name", "") if isinstance(issuer, dict) else ""
    return f"{name} ({issuer_of(credential)})" if name else issuer_of(credential)
