"""Domain maps: where someone sees themselves, in eight domains, in their own choice of words."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.progress.rules import Step, all_domains

STEPS = tuple(step.value for step in Step)
DOMAINS = tuple(domain.key for domain in all_domains())


class DomainMap(Model):
    """One map on one day. It is never summed, averaged or ranked."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_on = models.DateField()
    # Whole weeks of mentoring on that day, 0 before the first meeting; empty outside a programme.
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    made_with = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chosen_by_person = models.BooleanField(default=True)

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        made_on=Kind.FACT,
        week=Kind.FACT,
        made_with=Kind.LINK,
        chosen_by_person=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "made_on"], name="one_map_a_day")]

    def __str__(self) -> str:
        return str(self.made_on)


class DomainStep(Model):
    """The step chosen in one domain, and the person's own words about it."""

    domain_map = models.ForeignKey(DomainMap, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20, choices=[(key, key) for key in DOMAINS])
    step = models.CharField(max_length=24, choices=[(step, step) for step in STEPS])
    words = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        domain_map=Kind.LINK,
        person=Kind.LINK,
        domain=Kind.FACT,
        step=Kind.FACT,
        words=Kind.FREE_TEXT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["domain_map", "domain"], name="domain_once"),
            CheckConstraint(name="step_is_known", condition=Q(step__in=STEPS)),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.step}"
