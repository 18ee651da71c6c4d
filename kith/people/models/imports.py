"""Lists that are brought in, and their rows."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import UniqueConstraint

from kith.base import permit
from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model, Rows, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models.choices import stored_choices
from kith.people.models.persons import Person
from kith.people.rules import Choice, ImportState, RowState


class ImportBatch(Model):
    """A list that is brought in: its file, its mapping, its counts, and what became of it."""

    kind = models.CharField(max_length=16)
    state = models.CharField(
        max_length=10, choices=stored_choices(ImportState), default=ImportState.UPLOADED
    )
    filename = EncryptedTextField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A keyed hash of the headings: the next list of this shape finds its mapping again.
    headings = models.CharField(max_length=64, blank=True)
    reading = EncryptedJSONField(null=True, blank=True)
    mapping = EncryptedJSONField(null=True, blank=True)
    findings = EncryptedJSONField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "draft"
    privacy = Privacy(
        **COMMON,
        kind=Kind.FACT,
        state=Kind.FACT,
        filename=Kind.FREE_TEXT,
        file=Kind.LINK,
        headings=Kind.SECRET,
        reading=Kind.FREE_TEXT,
        mapping=Kind.FREE_TEXT,
        findings=Kind.FREE_TEXT,
        counts=Kind.FACT,
        progress=Kind.TECHNICAL,
        total=Kind.TECHNICAL,
        stop_asked=Kind.TECHNICAL,
        by=Kind.LINK,
        stored_at=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-id"], name="import_newest"),
            models.Index(fields=["organisation", "kind", "headings"], name="import_by_headings"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ImportRows(Rows):
    """Rows of a list, settled many at a time."""

    def settle(self, settled: Iterable["ImportRow"]) -> None:
        """Say of rows that are done whom they became and whether these are new."""
        permit.require(self.model._meta.label).add(
            self.model._meta.label, {"person", "state", "choice", "created"}
        )
        rows = list(settled)
        keys: list[Any] = [row.pk for row in rows]
        persons: list[Any] = [row.person_id for row in rows]
        created: list[Any] = [row.created for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(SETTLE_ROWS, [keys, persons, created])


SETTLE_ROWS = """
    UPDATE people_importrow AS row
    SET person_id = given.person, created = given.created, state = 'done',
        choice = CASE WHEN given.created THEN 'new' ELSE 'same' END
    FROM unnest(%s::uuid[], %s::uuid[], %s::boolean[]) AS given (id, person, created)
    WHERE row.id = given.id
"""


class ImportRow(Model):
    """One row of a list: what it says, what is to be corrected, and which person it became."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=stored_choices(RowState))
    choice = models.CharField(max_length=6, choices=stored_choices(Choice), default=Choice.NEW)
    values = EncryptedJSONField(null=True, blank=True)
    cells = EncryptedJSONField(null=True, blank=True)
    remarks = EncryptedJSONField(null=True, blank=True)
    has_remarks = models.BooleanField(default=False)
    # A keyed hash of the whole row: the same row is known again in the next list.
    fingerprint = models.CharField(max_length=64)
    # Who this may be: someone stored, or an earlier row of the same list, and why.
    twin = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    twin_row = models.PositiveIntegerField(null=True, blank=True)
    twin_reason = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.BooleanField(default=False)
    # Someone corrected the row by hand: its cells stand above those of the file.
    corrected = models.BooleanField(default=False)

    objects: ClassVar[Any] = ImportRows.as_manager()

    vault_subject = "batch_id"
    vault_store = "draft"
    privacy = Privacy(
        **COMMON,
        batch=Kind.LINK,
        number=Kind.FACT,
        state=Kind.FACT,
        choice=Kind.FACT,
        values=Kind.FREE_TEXT,
        cells=Kind.FREE_TEXT,
        remarks=Kind.FREE_TEXT,
        has_remarks=Kind.FACT,
        fingerprint=Kind.SECRET,
        twin=Kind.LINK,
        twin_row=Kind.FACT,
        twin_reason=Kind.FACT,
        person=Kind.LINK,
        created=Kind.FACT,
        corrected=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["batch", "state", "number"], name="import_row_by_state"),
            models.Index(fields=["organisation", "fingerprint"], name="import_row_known"),
        ]

    def __str__(self) -> str:
        return str(self.number)
