"""Supervision: sessions, who came, and what is kept about the care for each mentor."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.rules.mentors import LONGEST_SUPERVISION, SessionForm, SessionState
from kith.people.models import Person
from kith.people.models.choices import stored_choices


class Supervision(Model):
    """A session in which mentors get support. Only areas are kept, no story of anybody."""

    form = models.CharField(max_length=8, choices=stored_choices(SessionForm))
    state = models.CharField(
        max_length=10, choices=stored_choices(SessionState), default=SessionState.PLANNED.value
    )
    planned_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    themes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    led_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        form=Kind.FACT,
        state=Kind.FACT,
        planned_at=Kind.FACT,
        held_on=Kind.FACT,
        minutes=Kind.FACT,
        themes=Kind.FACT,
        led_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="supervision_held_has_a_day",
                condition=~Q(state="held") | Q(held_on__isnull=False, minutes__isnull=False),
            ),
            CheckConstraint(
                name="supervision_minutes_1_480",
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, LONGEST_SUPERVISION)),
            ),
            CheckConstraint(
                name="supervision_planned_has_a_time",
                condition=Q(state="held") | Q(planned_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "planned_at", "id"], name="supervision_by_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.held_on or self.planned_at}"


class Attendance(Model):
    """A mentor invited to a session; whether they came is known after it."""

    supervision = models.ForeignKey(
        Supervision, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    came = models.BooleanField(null=True, blank=True)

    privacy = Privacy(**COMMON, supervision=Kind.LINK, mentor=Kind.LINK, came=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["supervision", "mentor"], name="invited_once_to_a_session")
        ]

    def __str__(self) -> str:
        return str(self.came)


class MentorCare(Model):
    """The dates of the care for somebody who accompanies others; worked out by the commands.

    load_kept  so many matches at once were agreed with the mentor
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    supervised_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    running = models.PositiveSmallIntegerField(default=0)
    load_kept = models.PositiveSmallIntegerField(default=0)
    supervise_on = models.DateField(null=True, blank=True)
    crowded_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        since=Kind.FACT,
        supervised_on=Kind.FACT,
        planned_on=Kind.FACT,
        running=Kind.FACT,
        load_kept=Kind.FACT,
        supervise_on=Kind.FACT,
        crowded_on=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "supervise_on", "id"],
                condition=Q(supervise_on__isnull=False),
                name="mentor_by_supervision",
            ),
            models.Index(
                fields=["organisation", "crowded_on", "id"],
                condition=Q(crowded_on__isnull=False),
                name="mentor_by_load",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
