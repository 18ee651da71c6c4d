"""Certificates that were given elsewhere: whose are accepted, what they count for, who has one."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.models.courses import Course
from kith.learning.rules.states import BroughtState
from kith.methods.learning.courses.schema import Opens
from kith.people.models.choices import stored_choices


class AcceptedIssuer(Model):
    """Another organisation whose badges count here, with the keys that were compared."""

    # Its identifier, as it stands in each of its badges.
    address = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    keys = models.JSONField()
    reason = EncryptedTextField()
    accepted_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField()
    withdrawn_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = EncryptedTextField(blank=True)

    vault_subject = "id"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        address=Kind.FACT,
        name=Kind.FACT,
        keys=Kind.TECHNICAL,
        reason=Kind.FREE_TEXT,
        accepted_by=Kind.LINK,
        accepted_on=Kind.FACT,
        withdrawn_by=Kind.LINK,
        withdrawn_on=Kind.FACT,
        withdrawn_why=Kind.FREE_TEXT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation", "address"],
                condition=Q(withdrawn_on__isnull=True),
                name="issuer_accepted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.withdrawn_on is None


class Recognised(Model):
    """An achievement of an accepted issuer, and for which of our courses it counts.

    decided_on  None until somebody said; with no course it is shown and opens nothing
    """

    issuer = models.ForeignKey(AcceptedIssuer, on_delete=models.CASCADE, related_name="+")
    achievement = models.CharField(max_length=500)
    title = models.CharField(max_length=300)
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As in the course when it was decided: the same upkeep as for certificates given here.
    refresher_months = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        issuer=Kind.LINK,
        achievement=Kind.FACT,
        title=Kind.FACT,
        course=Kind.LINK,
        refresher_months=Kind.FACT,
        decided_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["issuer", "achievement"], name="achievement_recognised_once"),
        ]

    def __str__(self) -> str:
        return self.title


class BroughtCertificate(Model):
    """A certificate from elsewhere that somebody brought. It counts once it was confirmed that it
    is theirs, while its issuer is accepted."""

    recognised = models.ForeignKey(Recognised, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.UUIDField()
    # The identifier of the credential: none is brought twice.
    credential = models.CharField(max_length=300)
    token = EncryptedTextField()
    issued_on = models.DateField()
    valid_until = models.DateField()
    state = models.CharField(
        max_length=12, choices=stored_choices(BroughtState), default=BroughtState.WAITING.value
    )
    brought_on = models.DateField()
    brought_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The last day on which a list of revoked badges was looked at; None where none was at hand.
    unrevoked_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        recognised=Kind.LINK,
        member=Kind.LINK,
        user=Kind.LINK,
        credential=Kind.FACT,
        token=Kind.FREE_TEXT,
        issued_on=Kind.FACT,
        valid_until=Kind.FACT,
        state=Kind.FACT,
        brought_on=Kind.FACT,
        brought_by=Kind.LINK,
        unrevoked_on=Kind.FACT,
        decided_by=Kind.LINK,
        decided_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "credential"], name="brought_once"),
            CheckConstraint(
                name="brought_days_in_order", condition=Q(issued_on__lte=F("valid_until"))
            ),
            CheckConstraint(
                name="brought_decided_on_a_day",
                condition=Q(state=BroughtState.WAITING.value) | Q(decided_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-valid_until"], name="brought_of_member"),
            models.Index(fields=["organisation", "-id"], name="brought_newest"),
            models.Index(
                fields=["organisation", "id"],
                condition=Q(state=BroughtState.WAITING.value),
                name="brought_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.credential

    # What a certificate given here says of itself, so that both are asked the same.

    @property
    def opens(self) -> str:
        """What its course opens here; nothing where it counts for none."""
        course = self.recognised.course
        return course.opens if course is not None else Opens.NOTHING.value

    @property
    def refresher_months(self) -> int | None:
        return self.recognised.refresher_months

    @property
    def revoked_on(self) -> date | None:
        """The day on which its issuer stopped being accepted."""
        return self.recognised.issuer.withdrawn_on
