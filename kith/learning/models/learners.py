"""Somebody's way through a course: what was read, tried, written."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base import clock
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.models.courses import CoursePart, CourseVersion
from kith.learning.models.editions import Edition
from kith.learning.rules.passing import MOST_EXTRA_PERCENT
from kith.learning.rules.states import SeatState, WorkState
from kith.people.models.choices import stored_choices


class Seat(Model):
    """One person's place in an edition. The wording is the one in use when they joined."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=8)
    # What somebody said who came without an account; empty for everybody else.
    works_at = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=8, choices=stored_choices(SeatState), default=SeatState.LEARNING.value
    )
    extra_percent = models.PositiveSmallIntegerField(default=0)
    joined_on = models.DateField()
    passed_on = models.DateField(null=True, blank=True)
    last_at = models.DateTimeField(default=clock.now)
    # Where they stopped: a module or a story, and its screen.
    part = models.CharField(max_length=60, blank=True)
    screen = models.CharField(max_length=60, blank=True)
    modules_done = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        **COMMON,
        edition=Kind.LINK,
        version=Kind.LINK,
        member=Kind.LINK,
        country=Kind.FACT,
        language=Kind.FACT,
        works_at=Kind.FACT,
        state=Kind.FACT,
        extra_percent=Kind.FACT,
        joined_on=Kind.FACT,
        passed_on=Kind.FACT,
        last_at=Kind.FACT,
        part=Kind.FACT,
        screen=Kind.FACT,
        modules_done=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["edition", "member"], name="course_seat_once"),
            CheckConstraint(
                name="course_seat_extra_time", condition=Q(extra_percent__lte=MOST_EXTRA_PERCENT)
            ),
            CheckConstraint(
                name="course_seat_passed_on_a_day",
                condition=~Q(state=SeatState.PASSED.value) | Q(passed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="course_seat_of_member"),
            models.Index(fields=["edition", "state", "-last_at", "id"], name="course_seat_by_last"),
            models.Index(fields=["edition", "state", "part"], name="course_seat_by_part"),
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class Progress(Model):
    """What somebody has of one module or story."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=60)
    screens = ArrayField(models.CharField(max_length=60), default=list)
    seconds = models.PositiveIntegerField(default=0)
    best_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        seat=Kind.LINK,
        part=Kind.FACT,
        screens=Kind.FACT,
        seconds=Kind.FACT,
        best_percent=Kind.FACT,
        done_on=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["seat", "part"], name="progress_once")]

    def __str__(self) -> str:
        return self.part


class Attempt(Model):
    """One try at a quiz or at the final test: which questions, which answers, what came out."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    # The key of a module, or `final`.
    part = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    # module/question, in the order they are asked
    questions = ArrayField(models.CharField(max_length=125))
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        seat=Kind.LINK,
        part=Kind.FACT,
        number=Kind.FACT,
        seed=Kind.TECHNICAL,
        questions=Kind.FACT,
        answers=Kind.FACT,
        language=Kind.FACT,
        begun_at=Kind.FACT,
        due_at=Kind.FACT,
        finished_at=Kind.FACT,
        percent=Kind.FACT,
        passed=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["seat", "part", "number"], name="attempt_once"),
            UniqueConstraint(
                fields=["seat", "part"],
                condition=Q(finished_at__isnull=True),
                name="attempt_one_at_a_time",
            ),
            CheckConstraint(
                name="attempt_finished_has_a_result",
                condition=Q(finished_at__isnull=True, percent__isnull=True, passed__isnull=True)
                | Q(finished_at__isnull=False, percent__lte=100, passed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class Tally(Model):
    """What all first answers to one question add up to, so that no page has to count them.

    Sums are of the question's points (0 to 1) and of the points of the rest of the same attempt
    (0 to 1): enough for difficulty and discrimination.
    """

    part = models.ForeignKey(CoursePart, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    number = models.PositiveIntegerField(default=0)
    points = models.FloatField(default=0)
    points_squared = models.FloatField(default=0)
    rest = models.FloatField(default=0)
    rest_squared = models.FloatField(default=0)
    product = models.FloatField(default=0)
    # option -> how many chose it
    chosen = models.JSONField(default=dict)

    privacy = Privacy(
        **COMMON,
        part=Kind.LINK,
        question=Kind.FACT,
        number=Kind.FACT,
        points=Kind.FACT,
        points_squared=Kind.FACT,
        rest=Kind.FACT,
        rest_squared=Kind.FACT,
        product=Kind.FACT,
        chosen=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["part", "question"], name="tally_once")]

    def __str__(self) -> str:
        return self.question


class Work(Model):
    """Somebody's answer to a made-up story, and what a trainer wrote back."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    user = models.UUIDField()
    part = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10, choices=stored_choices(WorkState), default=WorkState.DRAFT.value
    )
    # A JSON object: task -> text.
    answers = EncryptedTextField(blank=True)
    feedback = EncryptedTextField(blank=True)
    # A JSON object: what a trainer has written so far; the learner does not see it.
    reading = EncryptedTextField(blank=True)
    # task/criterion -> there, partly, not_yet
    judged = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "user"
    vault_store = "account"
    privacy = Privacy(
        **COMMON,
        seat=Kind.LINK,
        user=Kind.LINK,
        part=Kind.FACT,
        state=Kind.FACT,
        answers=Kind.FREE_TEXT,
        feedback=Kind.FREE_TEXT,
        reading=Kind.FREE_TEXT,
        judged=Kind.FACT,
        handed_in_at=Kind.FACT,
        read_by=Kind.LINK,
        read_at=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["seat", "part"], name="work_once"),
            CheckConstraint(
                name="work_handed_in_at",
                condition=Q(state=WorkState.DRAFT.value) | Q(handed_in_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "handed_in_at", "id"],
                condition=Q(state=WorkState.HANDED_IN.value),
                name="work_to_read",
            ),
        ]

    def __str__(self) -> str:
        return self.part
