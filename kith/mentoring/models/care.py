"""Care for a match: talks, answers to the six statements, reminders, and pauses."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.rising import REMINDED_OF
from kith.mentoring.rules.states import PauseReason, TalkWay
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
    again_on = models.DateField(null=True, blank=True)
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
        again_on=Kind.FACT,
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


class CareReminder(Model):
    """One side of a match was reminded of one thing, once."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=stored_choices(sorted(REMINDED_OF)))
    side = models.CharField(max_length=12, choices=stored_choices(Side))
    # Which silence or week is meant: the day from which it is counted.
    since = models.DateField()
    on = models.DateField()

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        reason=Kind.FACT,
        side=Kind.FACT,
        since=Kind.FACT,
        on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["match", "reason", "side", "since"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.on}"


class Pause(Model):
    """A time in which a match rests and nobody is reminded."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=stored_choices(PauseReason))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        reason=Kind.FACT,
        from_on=Kind.FACT,
        until_on=Kind.FACT,
        ended_on=Kind.FACT,
        noted_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["match"], condition=Q(ended_on__isnull=True), name="pause_one_at_a_time"
            ),
            CheckConstraint(
                name="pause_ends_after_it_began",
                condition=(Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on"))),
            ),
        ]
        indexes = [models.Index(fields=["match", "from_on"], name="pause_by_match")]

    def __str__(self) -> str:
        return f"{self.reason} {self.from_on}"
