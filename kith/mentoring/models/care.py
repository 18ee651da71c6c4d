"""Care for a match: talks with each side, and what each side answers about it."""

from django.db import models
from django.db.models import UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.states import TalkWay
from kith.people.models.choices import stored_choices
from kith.people.rules import Side


class Talk(Model):
    """The coordinator asks one of the two how it is going; also when nobody was reached."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=stored_choices(Side))
    on = models.DateField()
    way = models.CharField(max_length=12, choices=stored_choices(TalkWay))
    reached = models.BooleanField()
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
        reached=Kind.FACT,
        note=Kind.FREE_TEXT,
        noted_by=Kind.LINK,
    )

    class Meta:
        indexes = [models.Index(fields=["match", "-on", "-id"], name="talk_by_match")]

    def __str__(self) -> str:
        return f"{self.side} {self.on}"


class RelationshipCheck(Model):
    """What one side answered to the six statements about the match, or that they would rather not.

    Only the coordinator reads the answers; the other side never does.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12, choices=stored_choices(Side))
    week = models.PositiveSmallIntegerField()
    answered_on = models.DateField()
    text_version = models.CharField(max_length=12)
    # Empty where somebody would rather not answer.
    answers = EncryptedTextField(blank=True)
    # A talk is to be offered; the next talk with this side ends it.
    offers_talk = models.BooleanField(default=False)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        side=Kind.FACT,
        week=Kind.FACT,
        answered_on=Kind.FACT,
        text_version=Kind.TECHNICAL,
        answers=Kind.FREE_TEXT,
        offers_talk=Kind.FACT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "side", "week"], name="relationship_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.week}"
