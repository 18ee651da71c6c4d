"""Limits, card numbers, and who may give which role. Data and pure functions."""

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.gate.roles import STAFF, Role

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)
DRAFT_LASTS = timedelta(hours=24)
ENTERING_LASTS = timedelta(minutes=10)  # between password and second factor
PROOF_LASTS = timedelta(minutes=30)  # until a sensitive act asks again
SESSION_LASTS = timedelta(hours=12)  # however busy someone is

# Limits whose figures stand in ACCOUNT_RATE_LIMITS: failed tries from one place on the network;
# tries with one address or card that nobody has (those of known users are counted in their row);
# and looks at invitations and passkeys, where nothing can be guessed.
FAILED_TRIES = "sign_in_failed"
UNKNOWN_TRIES = "sign_in_unknown"
DOOR = "door"

# Without 0 O 1 I L: people copy these letters by hand.
CARD_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CARD_LENGTH = 16
PIN_LENGTH = 6


class Way(StrEnum):
    """How someone came in."""

    PASSWORD = "password"  # noqa: S105 - a word
    CARD = "card"
    PASSKEY = "passkey"
    OPENID = "openid"
    DEMO = "demo"
    INVITATION = "invitation"


class Device(StrEnum):
    """All that is kept of a browser's long description of itself."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"


DEVICE_WORDS: dict[str, str | Promise] = {
    Device.PHONE: _("Phone"),
    Device.TABLET: _("Tablet"),
    Device.COMPUTER: _("Computer"),
}


class Purpose(StrEnum):
    """What a link that someone was given is for."""

    JOIN = "join"
    PASSWORD = "password"  # noqa: S105 - a word
    # Asked for by its holder, who confirmed the address; they come in with that address alone, so
    # that nobody finds out by it which other addresses have an account.
    OWN = "own"


def device_of(description: str) -> Device:
    """Phone, tablet or computer; nothing else of the description is kept."""
    if "iPad" in description or "Tablet" in description:
        return Device.TABLET
    if "Android" in description and "Mobile" not in description:
        return Device.TABLET
    return Device.PHONE if "Mobi" in description else Device.COMPUTER


# What is written down beside the acts that need a permission.
FAILED_FACTOR = "accounts.failed_second_factor"
USED_RECOVERY_CODE = "accounts.used_recovery_code"
FOUNDED = "accounts.founded"
NOTED: dict[str, str | Promise] = {
    FAILED_FACTOR: _("Gave a wrong second factor"),
    USED_RECOVERY_CODE: _("Came in with a recovery code"),
    FOUNDED: _("Began an organisation"),
    "demo.loaded": _("Filled the demo with made-up people"),
    "keys.rotated": _("Changed the keys that lock the records"),
}

# What a line of the audit is about, by the label that stands in it: such lines are older than any
# renaming, and rooms above are known here by that word alone.
RECORDS: dict[str, str | Promise] = {
    "accounts.Card": _("Card"),
    "accounts.Draft": _("Kept form"),
    "accounts.Invitation": _("Invitation"),
    "accounts.Visit": _("Session"),
    "base.Organisation": _("Organisation"),
    "base.StoredFile": _("File"),
    "consent.Consent": _("Consent"),
    "gate.Membership": _("Member"),
    "gate.User": _("Account"),
    "matching.Proposal": _("Proposal"),
    "matching.Round": _("Round"),
    "mentoring.Goal": _("Goal"),
    "mentoring.GoalStep": _("Small step"),
    "mentoring.Match": _("Match"),
    "mentoring.Meeting": _("Meeting"),
    "mentoring.Signature": _("Signature"),
    "people.Family": _("Family"),
    "people.Group": _("Group"),
    "people.ImportBatch": _("Imported list"),
    "people.MentorCheck": _("Check"),
    "people.Note": _("Note"),
    "people.Person": _("Person"),
    "programmes.Enrolment": _("Place in a programme"),
    "programmes.Programme": _("Programme"),
    "progress.DomainMap": _("Domain map"),
}


# ── Cards ────────────────────────────────────────────────────────────────────────────────────────


def new_card_number() -> str:
    """Sixteen letters and figures by chance: about 79 bits."""
    return "".join(secrets.choice(CARD_LETTERS) for _ in range(CARD_LENGTH))


def new_pin() -> str:
    """Six figures by chance, none of those that everyone tries first."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}}"
        if not _is_plain(pin):
            return pin


def _is_plain(pin: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in pairwise(pin)}
    return len(steps) == 1 or len(set(pin)) <= 2


def grouped(number: str) -> str:
    """In groups of four, as it is printed."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def typed_number(text: str) -> str:
    """The number as it was meant: without blanks and dashes, in capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def typed_digits(text: str) -> str:
    """Figures in any script as 0-9: an Arabic keyboard writes others."""
    return "".join(_digit(letter) for letter in text if not letter.isspace())


def _digit(letter: str) -> str:
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)


def card_login(number: str) -> str:
    """What takes the place of an address for someone who signs in with a card."""
    return f"card:{typed_number(number)}"


# ── Roles ────────────────────────────────────────────────────────────────────────────────────────

# The only role that somebody gets without being invited by a person.
OPEN_ROLE = Role.LEARNER
FOUNDER_ROLES = (Role.COORDINATOR, Role.PLATFORM_ADMINISTRATOR, Role.DATA_PROTECTION_LEAD)
FIRST_COORDINATOR_ROLES = (Role.COORDINATOR, Role.DATA_PROTECTION_LEAD)
INVITERS = frozenset({Role.PLATFORM_ADMINISTRATOR, Role.COORDINATOR})


def givable(own: Iterable[Role]) -> frozenset[Role]:
    """The roles that someone may give and take away.

    The platform administrator: all. A coordinator: every role that is no staff role, and of the
    staff roles those held in person, so that nobody can lift another above themselves.
    """
    held = frozenset(own)
    if Role.PLATFORM_ADMINISTRATOR in held:
        return frozenset(Role)
    if Role.COORDINATOR in held:
        return (frozenset(Role) - STAFF) | held
    return frozenset()


def in_order(roles: Iterable[Role]) -> list[Role]:
    """Roles in the order in which they are explained."""
    known = set(roles)
    return [role for role in Role if role in known]


# ── Demo ─────────────────────────────────────────────────────────────────────────────────────────


def demo_address(role: Role) -> str:
    """The address of the made-up person who shows a role in the demo."""
    return f"{role.value}@demo.example"
