"""Tables of this room: the code of conduct in editions, and who accepted which one."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import MentorCheck, Person


class ConductEdition(Model):
    """The sentences an organisation adds to the code of conduct; a change is a new row."""

    number = models.PositiveIntegerField()
    # Sentences by language. They are the organisation's own and about nobody.
    own = models.JSONField(default=dict)
    in_force_on = models.DateField()
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON, number=Kind.TECHNICAL, own=Kind.FACT, in_force_on=Kind.FACT, by=Kind.LINK
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "number"], name="conduct_edition_once"),
            CheckConstraint(name="conduct_edition_from_1", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ConductAcceptance(Model):
    """Someone accepted one edition, in these very words and in this language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    edition = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    words = models.JSONField(default=list)
    accepted_on = models.DateField()
    # The check by which the gates of programmes know of it.
    noted = models.ForeignKey(
        MentorCheck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        edition=Kind.FACT,
        language=Kind.FACT,
        words=Kind.FACT,
        accepted_on=Kind.FACT,
        noted=Kind.LINK,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "edition"], name="conduct_accepted_once")]
        indexes = [
            models.Index(fields=["organisation", "edition", "-id"], name="conduct_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.accepted_on}"
