"""The vault: texts about people are encrypted, one data key per person or matter and store.

AES-256-GCM; table, column and row are bound in, so a text cannot be moved to another place.
Data keys lie in the database, wrapped by the house key, which does not. Destroying a data key
makes every text under it unreadable, in older copies of the database too once they are re-keyed
by the house, and at once in this one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kith.base import keyring, scope
from kith.base.scope import KeyName

NONCE = 12
MOST_KEYS_AT_ONCE = 2000
STORES = ("identity", "mentoring", "support", "account", "audit", "draft")


class Unreadable(RuntimeError):
    """A stored text does not belong where it stands, or was changed."""


def _place(*parts: object) -> bytes:
    return "|".join(str(part) for part in parts).encode()


def seal(key: bytes, text: bytes, *, place: bytes) -> bytes:
    """Encrypt; 12 bytes nonce, then the text with its 16-byte tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, place)


def unseal(key: bytes, sealed: bytes, *, place: bytes) -> bytes:
    """Decrypt. Raises Unreadable when key, place or content do not fit."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place)
    except InvalidTag as fault:
        raise Unreadable("A stored text does not fit its place.") from fault


def wrap(key: bytes, *, subject_id: UUID, store: str) -> str:
    """Wrap a data key by the current house key: version, colon, hexadecimal."""
    version, keys = keyring.house()
    place = _place("key", subject_id, store, version)
    return f"{version}:{seal(keys[version], key, place=place).hex()}"


def unwrap(wrapped: str, *, subject_id: UUID, store: str) -> bytes:
    """The data key inside. Raises Unreadable, KeysMissing."""
    version, _, sealed = wrapped.partition(":")
    _, keys = keyring.house()
    if version not in keys:
        raise keyring.KeysMissing(f"House key version {version} is missing.")
    place = _place("key", subject_id, store, version)
    return unseal(keys[version], bytes.fromhex(sealed), place=place)


def want(subject_id: UUID, store: str) -> None:
    """Note that this key may be needed soon, so that one query fetches all of a page."""
    here = scope.current()
    if (subject_id, store) not in here.opened:
        here.wanted.add((subject_id, store))


def key(subject_id: UUID, store: str) -> bytes | None:
    """The data key of a person or matter in a store; None when it was destroyed or never made."""
    here = scope.current()
    name = (subject_id, store)
    if name not in here.opened:
        _fetch({name, *list(here.wanted)[:MOST_KEYS_AT_ONCE]})
    return here.opened.get(name)


def _fetch(names: set[KeyName]) -> None:
    from kith.base.models import DataKey  # noqa: PLC0415 - models use the vault's fields

    here = scope.current()
    found = DataKey.objects.filter(subject_id__in={subject for subject, _ in names})
    for row in found.values_list("subject_id", "store", "wrapped"):
        subject_id, store, wrapped = row
        if (subject_id, store) in names:
            here.opened[subject_id, store] = unwrap(wrapped, subject_id=subject_id, store=store)
    for name in names:
        here.opened.setdefault(name, None)
    here.wanted -= names


def key_for_writing(subject_id: UUID, store: str) -> bytes:
    """The data key, made now if the person or matter has none in this store."""
    known = key(subject_id, store)
    if known is not None:
        return known
    make_keys([(subject_id, store)])
    return scope.current().opened[subject_id, store] or b""


def make_keys(names: Iterable[KeyName]) -> None:
    """Make fresh data keys in one write. Raises IntegrityError when one exists."""
    from kith.base.models import DataKey  # noqa: PLC0415 - models use the vault's fields

    here = scope.current()
    rows = []
    for subject_id, store in names:
        fresh = secrets.token_bytes(32)
        here.opened[subject_id, store] = fresh
        wrapped = wrap(fresh, subject_id=subject_id, store=store)
        rows.append(DataKey(subject_id=subject_id, store=store, wrapped=wrapped))
    DataKey.objects.bulk_create(rows, batch_size=2000)


def rewrap() -> int:
    """Wrap every data key of the present scope anew by the current house key; gives how many."""
    from kith.base.models import DataKey  # noqa: PLC0415 - models use the vault's fields

    current, _ = keyring.house()
    old = list(DataKey.objects.exclude(wrapped__startswith=f"{current}:").iterator(2000))
    for row in old:
        plain = unwrap(row.wrapped, subject_id=row.subject_id, store=row.store)
        row.wrapped = wrap(plain, subject_id=row.subject_id, store=row.store)
    DataKey.objects.bulk_update(old, ["wrapped"], batch_size=2000)
    return len(old)


def forget(subject_id: UUID, *, store: str | None = None) -> int:
    """Destroy the data keys of a person or matter; gives how many there were."""
    from kith.base.models import DataKey  # noqa: PLC0415 - models use the vault's fields

    doomed = DataKey.objects.filter(subject_id=subject_id)
    if store is not None:
        doomed = doomed.filter(store=store)
    count, _ = doomed.delete()
    here = scope.current()
    for name in list(here.opened):
        if name[0] == subject_id and store in (None, name[1]):
            here.opened[name] = None
    return count


def blind(kind: str, value: str) -> int:
    """A keyed 64-bit token of a value, for looking it up without storing it (signed, as SQL)."""
    digest = hmac.new(keyring.secret("index"), _place(kind, value), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def blind_hex(kind: str, value: str) -> str:
    """A keyed 256-bit token as hexadecimal, where it must be unique."""
    return hmac.new(keyring.secret("index"), _place(kind, value), hashlib.sha256).hexdigest()
