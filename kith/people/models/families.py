"""Families, and groups of volunteers."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.people.models.choices import stored_choices
from kith.people.models.persons import Person
from kith.people.rules import CHILD_BANDS


class Family(Model):
    """People who belong together. Children are a number and an age band, nothing else."""

    label = EncryptedTextField()

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(**COMMON, label=Kind.IDENTITY)

    def __str__(self) -> str:
        return str(self.pk)


class FamilyMember(Model):
    """An adult of a family."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(**COMMON, family=Kind.LINK, person=Kind.LINK)

    class Meta:
        constraints = [UniqueConstraint(fields=["person"], name="person_in_one_family")]

    def __str__(self) -> str:
        return str(self.person_id)


class Children(Model):
    """How many children of an age band a family has; an empty band when nobody said."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    age_band = models.CharField(max_length=8, choices=stored_choices(CHILD_BANDS), blank=True)
    count = models.PositiveSmallIntegerField()

    privacy = Privacy(**COMMON, family=Kind.LINK, age_band=Kind.FACT, count=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["family", "age_band"], name="children_band_once"),
            CheckConstraint(name="children_count_1_15", condition=Q(count__range=(1, 15))),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.age_band}"


class Group(Model):
    """A ready-made group of volunteers, such as a welcome group."""

    name = EncryptedTextField()
    lead = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(**COMMON, name=Kind.FREE_TEXT, lead=Kind.LINK)

    def __str__(self) -> str:
        return str(self.pk)


class GroupMember(Model):
    """A volunteer in a group, with the role taken there."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24, blank=True)

    privacy = Privacy(**COMMON, group=Kind.LINK, person=Kind.LINK, role=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["group", "person"], name="in_a_group_once")]

    def __str__(self) -> str:
        return str(self.person_id)
