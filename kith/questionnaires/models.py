"""Questionnaires in versions, where they are asked, and what people answered."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.fields import EncryptedJSONField
from kith.base.models import COMMON, Model, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.questionnaires.rules import (
    MOST_WEEK,
    AnswersState,
    Moment,
    Readers,
    Source,
    VersionState,
)


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Questionnaire(Model):
    """Questions under one name, in versions; it is never changed into another questionnaire."""

    # In the language it was written in, for lists; in all of its languages for those who answer.
    title = models.CharField(max_length=200)
    titles = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=8, choices=_choices(Source))
    # Of a pack: its own key, so that a newer version of the pack finds its place.
    pack_key = models.CharField(max_length=120, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        title=Kind.FACT,
        titles=Kind.FACT,
        source=Kind.FACT,
        pack_key=Kind.FACT,
        retired_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="questionnaire_has_a_title", condition=~Q(title="")),
            UniqueConstraint(
                fields=["organisation", "pack_key"],
                condition=~Q(pack_key=""),
                name="pack_taken_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="questionnaire_newest")]

    def __str__(self) -> str:
        return self.title

    def titled(self, language: str) -> str:
        """The title in a language, or in the one it was written in."""
        return str(self.titles.get(language) or self.title)


class Version(Model):
    """The questions as they were at one time. Ready ones stay as they are: answers lean on them."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=6, choices=_choices(VersionState), default=VersionState.DRAFT.value
    )
    # The instrument as `methods.instruments.stored` writes it.
    content = models.JSONField()
    # What the file says that works otherwise here, or not at all.
    notes = models.JSONField(default=list, blank=True)
    filename = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ready_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        questionnaire=Kind.LINK,
        number=Kind.FACT,
        state=Kind.FACT,
        content=Kind.FACT,
        notes=Kind.FACT,
        filename=Kind.FACT,
        made_by=Kind.LINK,
        ready_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["questionnaire", "number"], name="version_numbered_once"),
            UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(state=VersionState.DRAFT.value),
                name="one_draft_at_a_time",
            ),
            CheckConstraint(
                name="version_ready_has_a_day",
                condition=Q(ready_on__isnull=True) ^ Q(state=VersionState.READY.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Asking(Model):
    """A questionnaire that a programme asks: when, whom, and who reads the answers."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=_choices(Side))
    moment = models.CharField(max_length=12, choices=_choices(Moment))
    weeks = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    # Never changed: whoever answered was told who reads it.
    readers = models.CharField(max_length=12, choices=_choices(Readers))
    place = models.PositiveSmallIntegerField(default=0)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        questionnaire=Kind.LINK,
        side=Kind.FACT,
        moment=Kind.FACT,
        weeks=Kind.FACT,
        readers=Kind.FACT,
        place=Kind.FACT,
        begun_on=Kind.FACT,
        ended_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "questionnaire", "side", "moment"],
                condition=Q(ended_on__isnull=True),
                name="asked_once_at_a_moment",
            ),
            CheckConstraint(
                name="asking_has_weeks_when_it_needs_them",
                condition=(
                    Q(moment=Moment.WEEKS.value, weeks__len__gt=0)
                    | (~Q(moment=Moment.WEEKS.value) & Q(weeks__len=0))
                ),
            ),
            CheckConstraint(
                name="asking_known_moment", condition=Q(moment__in=[str(one) for one in Moment])
            ),
            CheckConstraint(
                name="asking_known_readers", condition=Q(readers__in=[str(one) for one in Readers])
            ),
            CheckConstraint(
                name="asking_weeks_within_two_years",
                condition=Q(weeks__contained_by=list(range(1, MOST_WEEK + 1))),
            ),
        ]
        indexes = [models.Index(fields=["programme", "moment", "side"], name="asking_by_moment")]

    def __str__(self) -> str:
        return f"{self.moment} {self.side}"


class Answers(Model):
    """What one person answered on one occasion, in the words of one version."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=24)
    state = models.CharField(
        max_length=8, choices=_choices(AnswersState), default=AnswersState.OPEN.value
    )
    language = models.CharField(max_length=16)
    # What the person answered; calculated values are worked out anew and never kept.
    given = EncryptedJSONField(null=True)
    # Keys of questions the person would rather not answer.
    passed_over = models.JSONField(default=list, blank=True)
    at_screen = models.CharField(max_length=200, blank=True)
    begun_on = models.DateField()
    changed_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    # Who sat beside the person; empty when the person answered alone.
    together_with = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        asking=Kind.LINK,
        version=Kind.LINK,
        person=Kind.LINK,
        occasion=Kind.FACT,
        state=Kind.FACT,
        language=Kind.FACT,
        given=Kind.FREE_TEXT,
        passed_over=Kind.FACT,
        at_screen=Kind.TECHNICAL,
        begun_on=Kind.FACT,
        changed_on=Kind.FACT,
        sent_on=Kind.FACT,
        together_with=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["asking", "person", "occasion"], name="answered_once"),
            CheckConstraint(
                name="answers_sent_have_a_day",
                condition=Q(sent_on__isnull=True) ^ Q(state=AnswersState.SENT.value),
            ),
            CheckConstraint(
                name="answers_declined_hold_nothing",
                condition=~Q(state=AnswersState.DECLINED.value)
                | Q(given__isnull=True, passed_over=[]),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="answers_by_person"),
            models.Index(fields=["organisation", "state", "changed_on"], name="answers_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.state}"


class AnswersFile(Model):
    """Answers of many people as a file, without names, made behind the page and kept for a week."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=4, choices=[("xlsx", "xlsx"), ("csv", "csv")])
    asked_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # How many people's answers are in it; empty while it is being made.
    people = models.PositiveIntegerField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        asking=Kind.LINK,
        form=Kind.FACT,
        asked_by=Kind.LINK,
        asked_on=Kind.FACT,
        file=Kind.LINK,
        people=Kind.FACT,
    )

    class Meta:
        indexes = [models.Index(fields=["asking", "-id"], name="answers_file_newest")]

    def __str__(self) -> str:
        return f"{self.form} {self.asked_on}"
