"""Tables of this room: qualifications, work done, applications, interviews, the CV."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.people.models.choices import stored_choices
from kith.work.rules import ANSWER_OPEN, AWAITED, OVER, Part, Recognition, Shown, Stage, Way

OPEN_STAGES = sorted(stage.value for stage in Stage if stage not in OVER)


class Sharing(Model):
    """What a person shows their mentor. Nothing is shown before they say so."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    parts = ArrayField(
        models.CharField(max_length=16, choices=stored_choices(Part)), default=list, blank=True
    )
    changed_on = models.DateField()
    # Empty when the person said it themselves.
    noted_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        parts=Kind.FACT,
        changed_on=Kind.FACT,
        noted_by=Kind.LINK,
    )

    def __str__(self) -> str:
        return " ".join(self.parts)


class Qualification(Model):
    """Something a person has learned, and how its recognition stands."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    title = EncryptedTextField()
    school = EncryptedTextField(blank=True)
    finished_in = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=16, choices=stored_choices(Recognition), default=Recognition.AT_HOME.value
    )
    state_on = models.DateField()
    office = EncryptedTextField(blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    next_step = EncryptedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        title=Kind.FREE_TEXT,
        school=Kind.FREE_TEXT,
        finished_in=Kind.FACT,
        state=Kind.FACT,
        state_on=Kind.FACT,
        office=Kind.FREE_TEXT,
        answer_due_on=Kind.FACT,
        next_step=Kind.FREE_TEXT,
        next_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="qualification_answer_awaited",
                condition=Q(answer_due_on__isnull=True)
                | Q(state__in=sorted(one.value for one in AWAITED)),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="qualification_of_person"),
            models.Index(fields=["organisation", "state", "id"], name="qualification_by_state"),
            models.Index(
                fields=["organisation", "answer_due_on", "id"],
                condition=Q(answer_due_on__isnull=False),
                name="qualification_awaited",
            ),
            models.Index(
                fields=["organisation", "next_on", "id"],
                condition=Q(next_on__isnull=False),
                name="qualification_next",
            ),
        ]

    def __str__(self) -> str:
        return self.state

    @property
    def since(self) -> date:
        """Since when it stands where it stands."""
        return self.state_on


class Job(Model):
    """Work someone has done, paid or not, in their own words."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    title = EncryptedTextField()
    employer = EncryptedTextField(blank=True)
    what = EncryptedTextField(blank=True)
    begun_in = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_in = models.PositiveSmallIntegerField(null=True, blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        title=Kind.FREE_TEXT,
        employer=Kind.FREE_TEXT,
        what=Kind.FREE_TEXT,
        begun_in=Kind.FACT,
        ended_in=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="job_ends_after_it_begins",
                condition=Q(begun_in__isnull=True)
                | Q(ended_in__isnull=True)
                | Q(ended_in__gte=F("begun_in")),
            )
        ]
        indexes = [models.Index(fields=["person", "id"], name="job_of_person")]

    def __str__(self) -> str:
        return str(self.pk)


class Application(Model):
    """Work or a place someone applies for: where it stands, and what comes next."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=12, choices=stored_choices(Way))
    title = EncryptedTextField()
    employer = EncryptedTextField(blank=True)
    stage = models.CharField(
        max_length=12, choices=stored_choices(Stage), default=Stage.PLANNED.value
    )
    stage_on = models.DateField()
    answer_due_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    next_step = EncryptedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        way=Kind.FACT,
        title=Kind.FREE_TEXT,
        employer=Kind.FREE_TEXT,
        stage=Kind.FACT,
        stage_on=Kind.FACT,
        answer_due_on=Kind.FACT,
        starts_on=Kind.FACT,
        next_step=Kind.FREE_TEXT,
        next_on=Kind.FACT,
        closed_on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="application_over_has_a_day",
                condition=Q(stage__in=OPEN_STAGES, closed_on__isnull=True)
                | (~Q(stage__in=OPEN_STAGES) & Q(closed_on__isnull=False)),
            ),
            CheckConstraint(
                name="application_answer_open",
                condition=Q(answer_due_on__isnull=True)
                | Q(stage__in=sorted(one.value for one in ANSWER_OPEN)),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="application_of_person"),
            models.Index(fields=["organisation", "stage", "id"], name="application_by_stage"),
            models.Index(
                fields=["organisation", "answer_due_on", "id"],
                condition=Q(answer_due_on__isnull=False),
                name="application_awaited",
            ),
            models.Index(
                fields=["organisation", "next_on", "id"],
                condition=Q(next_on__isnull=False),
                name="application_next",
            ),
            models.Index(
                fields=["organisation", "closed_on"],
                condition=Q(closed_on__isnull=False),
                name="application_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.stage

    @property
    def since(self) -> date:
        """Since when it stands where it stands."""
        return self.stage_on


class Move(Model):
    """On which day a qualification or an application came to stand where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    qualification = models.ForeignKey(
        Qualification, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(
        max_length=16, choices=stored_choices(sorted({*map(str, Recognition), *map(str, Stage)}))
    )
    on = models.DateField()

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        qualification=Kind.LINK,
        application=Kind.LINK,
        state=Kind.FACT,
        on=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="move_of_one",
                condition=Q(qualification__isnull=False, application__isnull=True)
                | Q(qualification__isnull=True, application__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class Interview(Model):
    """A talk somebody is invited to: when, where, and what to bring."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    place = EncryptedTextField(blank=True)
    bring = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        application=Kind.LINK,
        person=Kind.LINK,
        starts_at=Kind.FACT,
        place=Kind.FREE_TEXT,
        bring=Kind.FREE_TEXT,
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "starts_at", "id"], name="interview_by_time"),
            models.Index(fields=["person", "starts_at"], name="interview_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)


class Cv(Model):
    """What a person wrote about themselves in one language, and what shall stand in the CV."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    about = EncryptedTextField(blank=True)
    skills = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)
    shows = ArrayField(
        models.CharField(max_length=16, choices=stored_choices(Shown)), default=list, blank=True
    )
    changed_on = models.DateField()

    vault_subject = "person_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        language=Kind.FACT,
        about=Kind.FREE_TEXT,
        skills=Kind.FREE_TEXT,
        contact=Kind.FREE_TEXT,
        shows=Kind.FACT,
        changed_on=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "language"], name="cv_once_a_language")]

    def __str__(self) -> str:
        return self.language
