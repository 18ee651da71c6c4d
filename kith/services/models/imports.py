"""Directories that are brought in, entry by entry, so that each can be looked at and taken back."""

from django.db import models
from django.db.models import UniqueConstraint

from kith.base.models import COMMON, Model, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.services.models.directory import Publisher, Service
from kith.services.rules.bringing import EntryState, ImportState


class DirectoryImport(Model):
    """A file that is brought in: what is in it, and how far it went."""

    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in ImportState],
        default=ImportState.CHECKED.value,
    )
    filename = models.CharField(max_length=200)
    form = models.CharField(max_length=4, blank=True)
    publisher_name = models.CharField(max_length=200)
    licence = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rest = models.JSONField(default=dict, blank=True)
    # What the publisher kept of rows without a service before this file, to give it back.
    rest_before = models.JSONField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        state=Kind.FACT,
        filename=Kind.FACT,
        form=Kind.TECHNICAL,
        publisher_name=Kind.FACT,
        licence=Kind.FACT,
        address=Kind.FACT,
        publisher=Kind.LINK,
        file=Kind.LINK,
        rest=Kind.FACT,
        rest_before=Kind.FACT,
        counts=Kind.FACT,
        progress=Kind.TECHNICAL,
        total=Kind.TECHNICAL,
        by=Kind.LINK,
        stored_at=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="directory_import_newest")]

    def __str__(self) -> str:
        return f"{self.filename} {self.state}"


class ImportedEntry(Model):
    """One service of a file: new, changed, the same as before, or unreadable with its reasons."""

    batch = models.ForeignKey(DirectoryImport, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=80)
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in EntryState])
    wrongs = models.JSONField(default=list, blank=True)
    document = models.JSONField(default=dict, blank=True)
    before = models.JSONField(null=True, blank=True)
    publisher_before = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_done = models.BooleanField(default=False)

    privacy = Privacy(
        **COMMON,
        batch=Kind.LINK,
        number=Kind.FACT,
        place=Kind.FACT,
        name=Kind.FACT,
        state=Kind.FACT,
        wrongs=Kind.FACT,
        document=Kind.FACT,
        before=Kind.FACT,
        publisher_before=Kind.LINK,
        service=Kind.LINK,
        is_done=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["batch", "number"], name="entry_once")]
        indexes = [models.Index(fields=["batch", "state", "number"], name="entry_by_state")]

    def __str__(self) -> str:
        return str(self.number)
