"""Fields that keep their content in the vault."""

import json
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from kith.base import vault

ERASED = _("erased")

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field


class Sealed:
    """A value as it lies in the database, not opened yet."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


class VaultAttribute(DeferredAttribute):
    """Opens a sealed value when it is first looked at."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.open(instance, value)
            instance.__dict__[self.field.attname] = value
            # Reading is no change: what counts as stored is now the opened value.
            instance.__dict__.get("_stored", {})[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(AnyField):
    """Text under the data key of its row's person or matter.

    The model says whose key: `vault_subject` names the attribute with the id of the person or
    matter, `vault_store` the store. Reading gives str; `ERASED` once the key was destroyed.
    """

    descriptor_class = VaultAttribute
    empty_strings_allowed = True

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        faults = super().check(**kwargs)
        for needed in ("vault_subject", "vault_store"):
            if not getattr(self.model, needed, ""):
                faults.append(checks.Error(f"{self.model.__name__} lacks {needed}", obj=self))
        return faults

    def get_default(self) -> Any:
        return "" if not self.has_default() else super().get_default()

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | str | None:
        if value is None:
            return None
        content = bytes(value)
        return Sealed(content) if content else ""

    def place(self, instance: models.Model) -> bytes:
        """Where a value belongs: table, column, row."""
        return f"{self.model._meta.db_table}|{self.column}|{instance.pk}".encode()

    def to_text(self, value: Any) -> str:
        """The text to encrypt."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """The value of a decrypted text."""
        return text

    def erased(self) -> Any:
        """What a reader sees once the key is gone."""
        return ERASED

    def open(self, instance: Any, sealed: Sealed) -> Any:
        """Decrypt one value of a row."""
        subject_id = getattr(instance, instance.vault_subject)
        key = vault.key(subject_id, instance.vault_store)
        if key is None:
            return self.erased()
        text = vault.unseal(key, sealed.content, place=self.place(instance)).decode()
        return self.from_text(text)

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:  # noqa: FBT001 - Django's signature
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None if self.null else b""
        if isinstance(value, Sealed):
            return value.content
        if value is ERASED:
            return b""
        text = self.to_text(value)
        if not text:
            return b""
        subject_id = getattr(model_instance, model_instance.vault_subject)
        key = vault.key_for_writing(subject_id, model_instance.vault_store)
        return vault.seal(key, text.encode(), place=self.place(model_instance))

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError(
                f"{self.name} is encrypted: save the row, do not update or filter by it"
            )
        return value

    def value_from_object(self, obj: models.Model) -> Any:
        return getattr(obj, self.attname)


class EncryptedJSONField(EncryptedTextField):
    """A small structure of plain values, kept in the vault as text."""

    def get_default(self) -> Any:
        return None if not self.has_default() else super().get_default()

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def erased(self) -> Any:
        return None
