"""Rounds in which pairs are proposed, and what people decided."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.programmes.models import Enrolment, Programme

ROUND_STATES = ("open", "closed")
PROPOSAL_STATES = ("proposed", "locked", "rejected", "offered", "agreed", "declined", "dropped")
ANSWERS = ("", "yes", "no")


class Round(Model):
    """One solving of the waiting list of a programme; every solving can be run again."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(state, state) for state in ROUND_STATES], default="open"
    )
    opened_on = models.DateField()
    solved_at = models.DateTimeField(null=True, blank=True)
    seed = models.BigIntegerField()
    settings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        state=Kind.FACT,
        opened_on=Kind.FACT,
        solved_at=Kind.FACT,
        seed=Kind.TECHNICAL,
        settings=Kind.FACT,
        counts=Kind.FACT,
        by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme"], condition=Q(state="open"), name="one_open_round"
            ),
        ]

    def __str__(self) -> str:
        return str(self.opened_on)


class Proposal(Model):
    """A pair put forward for a reason in words; people decide, and both sides are asked."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in PROPOSAL_STATES], default="proposed"
    )
    # Shared points as codes with parameters; the page says them in the reader's language.
    points = models.JSONField(default=list)
    why = EncryptedTextField(blank=True)
    reject_reason = models.CharField(max_length=30, blank=True)
    reject_note = EncryptedTextField(blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant_answer = models.CharField(max_length=3, blank=True, default="")
    mentor_answer = models.CharField(max_length=3, blank=True, default="")
    offered_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    vault_subject = "participant_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        round=Kind.LINK,
        participant=Kind.LINK,
        mentor=Kind.LINK,
        state=Kind.FACT,
        points=Kind.FACT,
        why=Kind.FREE_TEXT,
        reject_reason=Kind.FACT,
        reject_note=Kind.FREE_TEXT,
        decided_by=Kind.LINK,
        participant_answer=Kind.FACT,
        mentor_answer=Kind.FACT,
        offered_on=Kind.FACT,
        answer_by=Kind.FACT,
        agreed_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["participant"],
                condition=Q(state__in=["offered", "agreed"]),
                name="one_offer_at_a_time",
            ),
            CheckConstraint(name="proposal_known_state", condition=Q(state__in=PROPOSAL_STATES)),
            CheckConstraint(
                name="proposal_answers_known",
                condition=Q(participant_answer__in=ANSWERS, mentor_answer__in=ANSWERS),
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="proposal_by_round")]

    def __str__(self) -> str:
        return self.state
