"""The end of a match: the closing talk with each side, and talks after it where somebody agreed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.closing import FollowUpState
from kith.mentoring.rules.states import TalkWay
from kith.people.models import Person
from kith.people.models.choices import stored_choices
from kith.people.rules import Side


class ClosingTalk(Model):
    """The coordinator talked with one side alone about the ending; every answer is voluntary.

    The other side never reads it.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=stored_choices(Side))
    on = models.DateField()
    way = models.CharField(max_length=12, choices=stored_choices(TalkWay))
    text_version = models.CharField(max_length=12)
    answers = EncryptedJSONField(null=True, blank=True)
    wants = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    note = EncryptedTextField(blank=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        side=Kind.FACT,
        on=Kind.FACT,
        way=Kind.FACT,
        text_version=Kind.TECHNICAL,
        answers=Kind.FREE_TEXT,
        wants=Kind.FACT,
        note=Kind.FREE_TEXT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["match", "side"], name="closing_talk_once")]

    def __str__(self) -> str:
        return f"{self.side} {self.on}"


class FollowUp(Model):
    """A short talk some months after the end. It exists only while the person's yes is in force.

    months  after how many months it is due
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=stored_choices(FollowUpState), default=FollowUpState.OPEN.value
    )
    on = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=stored_choices(TalkWay), blank=True)
    text_version = models.CharField(max_length=12, blank=True)
    answers = EncryptedJSONField(null=True, blank=True)
    wants = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    note = EncryptedTextField(blank=True)
    noted_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        person=Kind.LINK,
        months=Kind.FACT,
        due_on=Kind.FACT,
        state=Kind.FACT,
        on=Kind.FACT,
        way=Kind.FACT,
        text_version=Kind.TECHNICAL,
        answers=Kind.FREE_TEXT,
        wants=Kind.FACT,
        note=Kind.FREE_TEXT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "months"], name="follow_up_once"),
            CheckConstraint(
                name="follow_up_noted_has_a_day",
                condition=Q(state="open") | Q(on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"],
                condition=Q(state="open"),
                name="follow_up_by_day",
            ),
            models.Index(fields=["person", "on"], name="follow_up_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.months} {self.state}"
