"""The row every room builds on, and the tables of the foundation."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from uuid_utils.compat import uuid7

from kith.base import clock, permit, scope, vault
from kith.base.fields import EncryptedTextField, Sealed
from kith.base.privacy import Kind, Privacy

MOST_VALUES = 65_535
"""Values that travel with one statement of PostgreSQL, at most."""


class NoScope(RuntimeError):
    """A row was saved without saying to which organisation it belongs."""


class Rows(models.QuerySet[Any]):
    """Rows that are written only inside a command."""

    def _permitted(self, names: Iterable[str]) -> None:
        permit.require(self.model._meta.label).add(self.model._meta.label, set(names))

    def update(self, **changes: Any) -> int:
        self._permitted(changes)
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._permitted({"-"})
        return super().delete()

    def bulk_create(
        self, objs: Any, batch_size: int | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """However many rows: in statements that PostgreSQL takes."""
        self._permitted({"+"})
        rows = list(objs)
        for row in rows:
            row.fill_organisation()
        most = MOST_VALUES // len(self.model._meta.concrete_fields)
        return super().bulk_create(rows, min(batch_size or most, most), *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        """However many rows; each is named once and twice more for every field."""
        self._permitted(fields)
        most = MOST_VALUES // (1 + 2 * len(fields))
        return super().bulk_update(objs, fields, batch_size=min(batch_size or most, most))


class Row(models.Model):
    """A time-ordered key, guarded writing, and the names of what changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = Rows.as_manager()

    privacy: ClassVar[Privacy]
    vault_subject: ClassVar[str] = ""
    vault_store: Any = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        label = self._meta.label
        permit.require(label).add(label, self.changed_fields())
        self.fill_organisation()
        super().save(*args, **kwargs)
        self._stored = dict(self.__dict__)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        permit.require(self._meta.label).add(self._meta.label, {"-"})
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        row = super().from_db(db, field_names, values)
        row._stored = dict(row.__dict__)
        if cls.vault_subject:
            subject_id = row.__dict__.get(cls.vault_subject) or getattr(row, cls.vault_subject)
            vault.want(subject_id, row.vault_store)
        return row

    def fill_organisation(self) -> None:
        """Nothing to fill here; rows of an organisation do."""

    def changed_fields(self) -> set[str]:
        """Names of the fields that differ from what was loaded; all of them for a new row."""
        stored = getattr(self, "_stored", None)
        names = {field.attname: field.name for field in self._meta.concrete_fields}
        if stored is None:
            return {"+"}
        return {
            name
            for attname, name in names.items()
            if self.__dict__.get(attname) is not stored.get(attname)
            and not isinstance(self.__dict__.get(attname), Sealed)
            and self.__dict__.get(attname) != stored.get(attname)
        }


class Organisation(Row):
    """An NGO or public institution that runs mentoring on this Kith."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    place = models.CharField(max_length=120, blank=True)

    privacy = Privacy(
        id=Kind.TECHNICAL,
        created_at=Kind.TECHNICAL,
        name=Kind.FACT,
        country=Kind.FACT,
        languages=Kind.FACT,
        place=Kind.FACT,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_country_iso", condition=models.Q(country__regex="^[A-Z]{2}$")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Model(Row):
    """A row of one organisation. Row security of the database keeps all others away."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    # Read by visitors before it is known whose page they look for; holds nothing about a person.
    found_by_visitors: ClassVar[bool] = False

    class Meta:
        abstract = True

    def fill_organisation(self) -> None:
        """Take the organisation of the present scope when none was given. Raises NoScope."""
        known = self.__dict__.get("organisation_id") or scope.current().organisation_id
        if known is None:
            raise NoScope(self._meta.label)
        self.organisation_id = known


COMMON = {"id": Kind.TECHNICAL, "created_at": Kind.TECHNICAL, "organisation": Kind.LINK}


class DataKey(Model):
    """One wrapped data key: of a person or matter, for one store."""

    subject_id = models.UUIDField()
    store = models.CharField(max_length=20)
    wrapped = models.CharField(max_length=200)

    privacy = Privacy(**COMMON, subject_id=Kind.LINK, store=Kind.TECHNICAL, wrapped=Kind.SECRET)

    class Meta:
        constraints = [
            # Someone may belong to two organisations: each holds a key of its own.
            models.UniqueConstraint(
                fields=["subject_id", "store", "organisation"], name="datakey_once_per_store"
            ),
            models.CheckConstraint(
                name="datakey_known_store", condition=models.Q(store__in=vault.STORES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} key"


class JobRun(Model):
    """The last run of a job for this organisation, and how it went."""

    name = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=[("running", "running"), ("done", "done"), ("failed", "failed")]
    )
    result = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        **COMMON,
        name=Kind.TECHNICAL,
        started_at=Kind.TECHNICAL,
        ended_at=Kind.TECHNICAL,
        state=Kind.TECHNICAL,
        result=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="job_last_run"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class RetentionMark(Model):
    """A record whose time is over: it is erased on a day, unless it is held."""

    category = models.CharField(max_length=40)
    row_id = models.UUIDField()
    erase_on = models.DateField()

    privacy = Privacy(**COMMON, category=Kind.TECHNICAL, row_id=Kind.LINK, erase_on=Kind.FACT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "category", "row_id"], name="marked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.erase_on}"


class LegalHold(Model):
    """A record that must be kept for now: why, and until when at the latest."""

    row_id = models.UUIDField()
    reason = EncryptedTextField()
    until = models.DateField()

    vault_subject = "row_id"
    vault_store = "audit"
    privacy = Privacy(**COMMON, row_id=Kind.LINK, reason=Kind.FREE_TEXT, until=Kind.FACT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "row_id"], name="held_once"),
        ]

    def __str__(self) -> str:
        return str(self.until)


class RetentionProof(Model):
    """That so many records of a category were erased on a day, sealed by a key of the house."""

    category = models.CharField(max_length=40)
    as_of = models.DateField()
    erased = models.PositiveIntegerField()
    sealed = models.CharField(max_length=64)

    privacy = Privacy(
        **COMMON,
        category=Kind.TECHNICAL,
        as_of=Kind.FACT,
        erased=Kind.FACT,
        sealed=Kind.SECRET,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.category} {self.as_of}: {self.erased}"


class StoredFile(Model):
    """An uploaded file: its content lies encrypted in the files folder, under its row's key."""

    subject_id = models.UUIDField()
    store = models.CharField(max_length=20)
    name = EncryptedTextField()
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    vault_subject = "subject_id"
    privacy = Privacy(
        **COMMON,
        subject_id=Kind.LINK,
        store=Kind.TECHNICAL,
        name=Kind.FREE_TEXT,
        kind=Kind.FACT,
        size=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["subject_id"])]

    def __str__(self) -> str:
        return f"{self.kind}, {self.size} bytes"

    @property
    def vault_store(self) -> str:
        """The store whose key of the subject encrypts this file."""
        return self.store


__all__ = [
    "COMMON",
    "DataKey",
    "JobRun",
    "LegalHold",
    "Model",
    "Organisation",
    "RetentionMark",
    "RetentionProof",
    "Row",
    "Rows",
    "StoredFile",
]
