"""Goals and the small steps towards them."""

from django.db import models
from django.db.models import Q

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.mentoring.models.matches import Match
from kith.mentoring.rules.states import ChosenBy, GoalState, Who
from kith.people.models.choices import stored_choices


class Goal(Model):
    """Something the participant wants to reach; at most three at a time."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20)
    title = EncryptedTextField()
    chosen_by = models.CharField(max_length=12, choices=stored_choices(ChosenBy))
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=stored_choices(GoalState), default=GoalState.ACTIVE.value
    )
    ended_on = models.DateField(null=True, blank=True)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        domain=Kind.FACT,
        title=Kind.FREE_TEXT,
        chosen_by=Kind.FACT,
        due_on=Kind.FACT,
        state=Kind.FACT,
        ended_on=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(fields=["match", "state"], name="goal_by_match"),
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(state="active"),
                name="goal_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class GoalStep(Model):
    """A small step towards a goal: who does it, by when if a day is wanted, and when it was done.

    let_go_on  the day on which it was no longer needed; nobody says why
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField()
    who = models.CharField(max_length=12, choices=stored_choices(Who))
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    let_go_on = models.DateField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        goal=Kind.LINK,
        match=Kind.LINK,
        text=Kind.FREE_TEXT,
        who=Kind.FACT,
        due_on=Kind.FACT,
        let_go_on=Kind.FACT,
        done_on=Kind.FACT,
        place=Kind.TECHNICAL,
    )

    class Meta:
        indexes = [
            models.Index(fields=["match", "place"], name="step_by_match"),
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(done_on__isnull=True, let_go_on__isnull=True, due_on__isnull=False),
                name="step_by_day",
            ),
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(
                    who="coordinator",
                    done_on__isnull=True,
                    let_go_on__isnull=True,
                    due_on__isnull=False,
                ),
                name="step_of_coordinator",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="step_done_or_let_go",
                condition=Q(done_on__isnull=True) | Q(let_go_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
