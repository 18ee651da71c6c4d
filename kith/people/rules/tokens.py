"""What the search index holds of a person: keyed hashes, found by equality alone.

Names give the strings of `kith.methods.names`, phones their digits and their last 6 to 9, e-mail
addresses the whole and the part before the @. Hashes differ from organisation to organisation.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from kith.base import keyring
from kith.methods import names

SHORTEST_PHONE = 6
LAST_DIGITS = (6, 7, 8, 9)
NATIONAL_DIGITS = (7, 8, 9)
MOST_WORDS = 6
MOST_SKELETONS = 4
_WORD, _PHONE, _EMAIL, _LOCAL, _PAIR = "w", "p", "e", "l", "2"
_PHONE_LIKE = re.compile(r"[\d\s+()./-]+")


@dataclass(frozen=True)
class Spoken:
    """What is known of someone that can be searched."""

    names: tuple[str, ...]
    phone: str = ""
    email: str = ""


class Hasher:
    """Keyed 64-bit hashes for one organisation; remembers the strings it has hashed."""

    def __init__(self, organisation_id: UUID) -> None:
        self._key = hmac.new(
            keyring.secret("index"), f"people|{organisation_id}".encode(), hashlib.sha256
        ).digest()
        self._known: dict[str, int] = {}

    def __call__(self, kind: str, text: str) -> int:
        marked = f"{kind}|{text}"
        known = self._known.get(marked)
        if known is None:
            digest = hashlib.blake2b(marked.encode(), key=self._key, digest_size=8).digest()
            known = self._known[marked] = int.from_bytes(digest, "big", signed=True)
        return known


def digits(phone: str) -> str:
    """The digits of a phone number without leading zeros, in any script."""
    return "".join(str(int(sign)) for sign in phone if sign.isdecimal()).lstrip("0")


def tokens_of(person: Spoken, hashed: Hasher) -> set[int]:
    """Everything the index holds of a person."""
    words = {key for name in person.names for key in names.index_keys(_few_words(name))}
    found = {hashed(_WORD, word) for word in words}
    found |= {hashed(_PAIR, pair) for name in person.names for pair in pairs(name)}
    number = digits(person.phone)
    if len(number) >= SHORTEST_PHONE:
        ends = {number[-length:] for length in LAST_DIGITS}
        found |= {hashed(_PHONE, end) for end in {number, *ends}}
    address = person.email.strip().casefold()
    if address:
        found |= {hashed(_EMAIL, address), hashed(_LOCAL, address.partition("@")[0])}
    return found


def asked(text: str, hashed: Hasher) -> list[set[int]]:
    """What must be held for a typed text: of each set at least one token."""
    if "@" in text:
        return [{hashed(_EMAIL, text.strip().casefold())}]
    if _PHONE_LIKE.fullmatch(text) and len(number := digits(text)) >= SHORTEST_PHONE:
        return [{hashed(_PHONE, number), hashed(_PHONE, number[-max(LAST_DIGITS) :])}]
    words = names.query_keys(_few_words(text))
    # The part before the @ may stand for all words at once: "oksana.k".
    local = hashed(_LOCAL, text.strip().casefold())
    return [{local, *(hashed(_WORD, key) for key in word)} for word in words]


@dataclass(frozen=True)
class Twin:
    """Tokens that two entries about one person are likely to share."""

    phone: int | None = None
    email: int | None = None
    pairs: frozenset[int] = field(default_factory=frozenset)

    def all(self) -> set[int]:
        contacts = {token for token in (self.phone, self.email) if token is not None}
        return contacts | self.pairs


def twin_tokens(person: Spoken, hashed: Hasher) -> Twin:
    """What to look for so that someone stored before is found again."""
    number = digits(person.phone)
    address = person.email.strip().casefold()
    return Twin(
        phone=hashed(_PHONE, number[-max(LAST_DIGITS) :]) if len(number) >= 9 else None,
        email=hashed(_EMAIL, address) if address else None,
        pairs=frozenset(hashed(_PAIR, pair) for name in person.names for pair in pairs(name)),
    )


def contact_tokens(phone: str, email: str, hashed: Hasher) -> set[int]:
    """What people with this phone or e-mail hold; `same_phone` then tells who has it really."""
    found = set()
    number = digits(phone)
    if len(number) >= SHORTEST_PHONE:
        # A number may be written with the code of its country or without it.
        found |= {hashed(_PHONE, number[-length:]) for length in NATIONAL_DIGITS}
    if address := email.strip().casefold():
        found.add(hashed(_EMAIL, address))
    return found


def same_phone(first: str, second: str) -> bool:
    """Whether two numbers are one, with the code of the country or without it."""
    shorter, longer = sorted((digits(first), digits(second)), key=len)
    return len(shorter) >= SHORTEST_PHONE and longer.endswith(shorter)


def pairs(name: str) -> set[str]:
    """Each two words of a name in one spelling and by consonants alone, in any order.

    One word is too common to tell whether two entries are one person; a pair is rare enough.
    """
    words = names.tokens(name)[:MOST_WORDS]
    found = {" ".join(sorted(pair)) for pair in combinations(words, 2)}
    skeletons = [_skeletons(word) for word in name.split()[:MOST_WORDS]]
    for first, second in combinations(skeletons, 2):
        found |= {"^" + " ".join(sorted((a, b))) for a in first for b in second}
    return found


def _skeletons(word: str) -> list[str]:
    """Latin and Cyrillic words hold their consonants, Arabic words ask for those they may have."""
    held = names.keys(word)
    if any(key.startswith("~") for key in held):
        held = {key for keys in names.query_keys(word) for key in keys}
    return sorted(key for key in held if key.startswith("^"))[:MOST_SKELETONS]


def _few_words(text: str) -> str:
    return " ".join(text.split()[:MOST_WORDS])
