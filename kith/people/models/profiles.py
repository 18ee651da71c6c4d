"""What participants hope for, and what mentors offer and have shown."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, Subquery

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models.choices import stored_choices
from kith.people.models.persons import Person
from kith.people.rules import CheckKind, Gender, GenderWish


class ParticipantProfile(Model):
    """What someone hopes for from mentoring."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    gender_wish = models.CharField(
        max_length=8, choices=stored_choices(GenderWish), default=GenderWish.NONE
    )
    gender_wish_firm = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)
    # Since when someone has been asking for a mentor; a programme counts the waiting from here.
    asked_on = models.DateField(null=True, blank=True)
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        asked_on=Kind.FACT,
        needs=Kind.FACT,
        interests=Kind.FACT,
        gender_wish=Kind.FACT,
        gender_wish_firm=Kind.FACT,
        interpreter=Kind.FACT,
    )

    def __str__(self) -> str:
        return str(self.person_id)


class MentorProfile(Model):
    """What a mentor offers."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(default=1)
    gender = models.CharField(max_length=8, choices=stored_choices(Gender), default=Gender.UNSAID)
    # "I settled here as a newcomer myself": yes or unsaid, and never from which country.
    settled_here = models.BooleanField(default=False)
    available_since = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    trained_until = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        topics=Kind.FACT,
        interests=Kind.FACT,
        capacity=Kind.FACT,
        gender=Kind.FACT,
        settled_here=Kind.FACT,
        available_since=Kind.FACT,
        trained_on=Kind.FACT,
        trained_until=Kind.FACT,
        paused_until=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="mentor_capacity_0_20", condition=Q(capacity__range=(0, 20))),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "paused_until"],
                condition=Q(paused_until__isnull=False),
                name="mentor_by_pause",
            ),
            models.Index(
                fields=["organisation", "trained_until"],
                condition=Q(trained_until__isnull=False),
                name="mentor_trained_until",
            ),
            models.Index(
                fields=["organisation", "trained_on"],
                condition=Q(trained_until__isnull=True),
                name="mentor_trained_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class MentorCheck(Model):
    """A check of a mentor: when it was done, until when it holds, who saw the paper.

    A list that is brought in may not say when, and the command line has no one who saw it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=stored_choices(CheckKind))
    done_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        kind=Kind.FACT,
        done_on=Kind.FACT,
        valid_until=Kind.FACT,
        seen_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="check_ends_after_it_was_done",
                condition=Q(valid_until__isnull=True)
                | Q(done_on__isnull=True)
                | Q(valid_until__gte=models.F("done_on")),
            )
        ]
        indexes = [models.Index(fields=["organisation", "valid_until"], name="check_by_end")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        note_checks([self.person_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        note_checks([self.person_id])
        return gone


def note_checks(person_ids: Iterable[UUID]) -> None:
    """Note with mentors when the first check ends that no newer one of its kind has taken over;
    after each write in bulk too."""
    keys = list(person_ids)
    same = {"person": OuterRef("person"), "kind": OuterRef("kind")}
    longer = Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until"))
    last = MentorCheck.objects.filter(~Exists(MentorCheck.objects.filter(longer, **same)))
    of_person = last.filter(person=OuterRef("pk"), valid_until__isnull=False)
    first = of_person.order_by("valid_until").values("valid_until")[:1]
    Person.objects.filter(pk__in=keys).update(checks_until=Subquery(first))
