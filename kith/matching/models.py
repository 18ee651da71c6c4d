"""Rounds in which pairs are proposed, and what people decided."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.matching.rules.shows import SHELF, Show
from kith.matching.rules.states import Act, Answer, ProposalState, RoundState, RunState
from kith.programmes.models import Enrolment, Programme


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Round(Model):
    """The waiting lists of one or more programmes, looked at together until it is closed.

    is_rolling  new arrivals take part from the day they come
    """

    state = models.CharField(
        max_length=8, choices=_choices(RoundState), default=RoundState.OPEN.value
    )
    is_rolling = models.BooleanField(default=False)
    opened_on = models.DateField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        state=Kind.FACT,
        is_rolling=Kind.FACT,
        opened_on=Kind.FACT,
        by=Kind.LINK,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="round_by_age")]

    def __str__(self) -> str:
        return str(self.opened_on)


class RoundProgramme(Model):
    """A programme whose waiting list a round looks at; in one open round at a time."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)

    privacy = Privacy(**COMMON, round=Kind.LINK, programme=Kind.LINK, is_open=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme"], condition=Q(is_open=True), name="in_one_open_round"
            ),
            UniqueConstraint(fields=["round", "programme"], name="programme_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return str(self.programme_id)


def programmes_of(round_: Round) -> "models.QuerySet[Programme]":
    """The programmes whose waiting lists a round looks at, the oldest first."""
    links = RoundProgramme.objects.filter(round=round_).values("programme")
    return Programme.objects.filter(pk__in=links).order_by("opened_on", "id")


class Run(Model):
    """One solving of a round: what it was asked, what came out, and all it takes to repeat it.

    settings  weights, gates, objective as people set them    counts  how many took part
    proof     the certificate in plain numbers                audit   waiting and groups served
    digest    what came out, as a fingerprint to compare a repetition with
    acts      how many decisions have followed
    repeated  the fingerprint of the last repetition; it must be the same
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=_choices(RunState), default=RunState.ASKED.value)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    is_stop_asked = models.BooleanField(default=False)
    fault = models.CharField(max_length=20, blank=True)
    seed = models.BigIntegerField()
    settings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    proof = models.JSONField(default=dict)
    audit = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    acts = models.PositiveIntegerField(default=0)
    repeated = models.CharField(max_length=64, blank=True)
    repeated_at = models.DateTimeField(null=True, blank=True)
    # Who took part with which wishes, as it was when the round was solved: no name is in it.
    problem = EncryptedJSONField(null=True, blank=True)
    # The solved round with its prices, so that a decision need not begin from nothing.
    standing = EncryptedTextField(blank=True)
    asked_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "round_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        round=Kind.LINK,
        number=Kind.FACT,
        state=Kind.FACT,
        stage=Kind.TECHNICAL,
        done=Kind.TECHNICAL,
        total=Kind.TECHNICAL,
        is_stop_asked=Kind.TECHNICAL,
        fault=Kind.TECHNICAL,
        seed=Kind.TECHNICAL,
        settings=Kind.FACT,
        counts=Kind.FACT,
        proof=Kind.TECHNICAL,
        audit=Kind.FACT,
        digest=Kind.TECHNICAL,
        acts=Kind.TECHNICAL,
        repeated=Kind.TECHNICAL,
        repeated_at=Kind.FACT,
        problem=Kind.FREE_TEXT,
        standing=Kind.FREE_TEXT,
        asked_at=Kind.FACT,
        solved_at=Kind.FACT,
        by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["round", "number"], name="run_once_in_a_round"),
            CheckConstraint(name="run_known_state", condition=Q(state__in=list(RunState))),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"


class Decision(Model):
    """What a person decided after a run, in order: with the run it gives what stands now.

    record  someone who came later, as the engine sees them: no name is in it
    places  of a mentor, from now on
    moves   [participant, mentor before, mentor after] of everybody whose pair it changed, as keys
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=_choices(Act))
    participant = models.ForeignKey(
        Enrolment, null=True, on_delete=models.CASCADE, related_name="+"
    )
    mentor = models.ForeignKey(Enrolment, null=True, on_delete=models.CASCADE, related_name="+")
    places = models.PositiveIntegerField(null=True)
    record = EncryptedJSONField(null=True, blank=True)
    moves = models.JSONField(default=list)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    vault_subject = "round_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        round=Kind.LINK,
        run=Kind.LINK,
        number=Kind.FACT,
        act=Kind.FACT,
        participant=Kind.LINK,
        mentor=Kind.LINK,
        places=Kind.FACT,
        record=Kind.FREE_TEXT,
        moves=Kind.FACT,
        by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["run", "number"], name="decision_once_in_a_run"),
            CheckConstraint(name="decision_known_act", condition=Q(act__in=list(Act))),
        ]

    def __str__(self) -> str:
        return self.act


def _on_its_shelf() -> Q:
    """Each state stands on one list of the board."""
    condition = Q()
    for state, show in SHELF.items():
        condition |= Q(state=state.value, shelf=show.value)
    return condition


class Proposal(Model):
    """A pair put forward for a reason in words; people decide, and both sides are asked.

    points         shared points as codes with parameters; the page says them in words
    parts          what each criterion gave of what it could, for the details of a coordinator
    shelf          the list of the board on which the pair stands, from its state
    waiting_since  of the participant, so that a long board is read in its order
    suggested_by   the volunteer matcher who suggests the pair; why says why, and staff ask both
    despite        soft rules that a person set aside for this pair; despite_why says why
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, choices=_choices(ProposalState), default=ProposalState.PROPOSED.value
    )
    shelf = models.CharField(max_length=8, choices=_choices(Show), default=Show.DECIDE.value)
    waiting_since = models.DateField(null=True)
    points = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    despite = models.JSONField(default=list)
    despite_why = EncryptedTextField(blank=True)
    why = EncryptedTextField(blank=True)
    suggested_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    suggested_on = models.DateField(null=True, blank=True)
    reject_reason = models.CharField(max_length=30, blank=True)
    reject_note = EncryptedTextField(blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant_answer = models.CharField(max_length=3, blank=True, default="")
    mentor_answer = models.CharField(max_length=3, blank=True, default="")
    offered_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    vault_subject = "participant_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        round=Kind.LINK,
        participant=Kind.LINK,
        mentor=Kind.LINK,
        state=Kind.FACT,
        shelf=Kind.FACT,
        waiting_since=Kind.FACT,
        points=Kind.FACT,
        parts=Kind.FACT,
        despite=Kind.FACT,
        despite_why=Kind.FREE_TEXT,
        why=Kind.FREE_TEXT,
        suggested_by=Kind.LINK,
        suggested_on=Kind.FACT,
        reject_reason=Kind.FACT,
        reject_note=Kind.FREE_TEXT,
        decided_by=Kind.LINK,
        participant_answer=Kind.FACT,
        mentor_answer=Kind.FACT,
        offered_on=Kind.FACT,
        answer_by=Kind.FACT,
        reminded_on=Kind.FACT,
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
            CheckConstraint(name="proposal_on_its_shelf", condition=_on_its_shelf()),
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
            models.Index(fields=["round", "shelf", "waiting_since", "id"], name="proposal_board"),
            models.Index(fields=["organisation", "state", "answer_by"], name="proposal_by_answer"),
            models.Index(fields=["mentor", "state"], name="proposal_by_mentor"),
            models.Index(
                fields=["organisation", "suggested_on", "id"],
                condition=Q(suggested_on__isnull=False, state="locked"),
                name="proposal_suggested",
            ),
        ]

    def __str__(self) -> str:
        return self.state

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_board()
        super().save(*args, **kwargs)

    def fill_board(self) -> None:
        """Note where this pair stands on the board; also before it is made in bulk."""
        self.shelf = SHELF[ProposalState(self.state)].value
        if self.waiting_since is None:
            self.waiting_since = self.participant.waiting_since

    def propose_again(self, fresh: "Proposal") -> None:
        """The same pair came out once more: what speaks for it is new, answers are not kept."""
        self.points, self.parts = fresh.points, fresh.parts
        if self.state in {ProposalState.DROPPED.value, ProposalState.EXPIRED.value}:
            self.state = ProposalState.PROPOSED.value
            self.participant_answer = self.mentor_answer = ""
            self.offered_on = self.answer_by = self.reminded_on = None
            self.despite, self.despite_why = [], ""
        if self.changed_fields():
            self.save()


class Unmatched(Model):
    """Someone for whom a round found nobody, and the reason in codes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    waiting_since = models.DateField(null=True)
    steps = models.JSONField(default=list)
    change = models.JSONField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        round=Kind.LINK,
        participant=Kind.LINK,
        waiting_since=Kind.FACT,
        steps=Kind.FACT,
        change=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["round", "participant"], name="unmatched_once_in_a_round")
        ]
        indexes = [
            models.Index(fields=["round", "waiting_since", "id"], name="unmatched_by_waiting")
        ]

    def __str__(self) -> str:
        return str(self.participant_id)
