"""Rounds in which pairs are proposed, and what people decided."""

from collections.abc import Iterable

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.matching.rules.states import Answer, ProposalState, RoundState
from kith.programmes.models import Enrolment, Programme


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Round(Model):
    """One solving of the waiting list of a programme; every solving can be run again."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=_choices(RoundState), default=RoundState.OPEN.value
    )
    opened_on = models.DateField()
    solved_at = models.DateTimeField(null=True, blank=True)
    seed = models.BigIntegerField()
    settings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    # Who took part with which wishes, as it was when the round was solved: no name is in it.
    problem = EncryptedJSONField(null=True, blank=True)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        state=Kind.FACT,
        opened_on=Kind.FACT,
        solved_at=Kind.FACT,
        seed=Kind.TECHNICAL,
        settings=Kind.FACT,
        counts=Kind.FACT,
        problem=Kind.FREE_TEXT,
        by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme"], condition=Q(state="open"), name="one_open_round"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="round_by_age")]

    def __str__(self) -> str:
        return str(self.opened_on)


class Proposal(Model):
    """A pair put forward for a reason in words; people decide, and both sides are asked."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, choices=_choices(ProposalState), default=ProposalState.PROPOSED.value
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
            UniqueConstraint(
                fields=["round", "participant", "mentor"], name="pair_once_in_a_round"
            ),
            CheckConstraint(
                name="proposal_known_state", condition=Q(state__in=list(ProposalState))
            ),
            CheckConstraint(
                name="proposal_answers_known",
                condition=Q(participant_answer__in=list(Answer), mentor_answer__in=list(Answer)),
            ),
            CheckConstraint(
                name="offer_has_a_last_day",
                condition=~Q(state="offered")
                | Q(offered_on__isnull=False, answer_by__isnull=False),
            ),
            CheckConstraint(
                name="agreed_means_both_said_yes",
                condition=~Q(state="agreed")
                | Q(participant_answer="yes", mentor_answer="yes", agreed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="proposal_by_round"),
            models.Index(fields=["organisation", "state", "answer_by"], name="proposal_by_answer"),
        ]

    def __str__(self) -> str:
        return self.state


class Unmatched(Model):
    """Someone for whom a round found nobody, and the reason in codes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    steps = models.JSONField(default=list)
    change = models.JSONField(null=True, blank=True)

    privacy = Privacy(
        **COMMON, round=Kind.LINK, participant=Kind.LINK, steps=Kind.FACT, change=Kind.FACT
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["round", "participant"], name="unmatched_once_in_a_round")
        ]

    def __str__(self) -> str:
        return str(self.participant_id)
