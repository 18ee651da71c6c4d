"""Courses and their wordings. A wording that was in use never changes: learners finish it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.learning.rules.states import PartKind, VersionState
from kith.methods.learning.courses.schema import Opens
from kith.people.models.choices import stored_choices


class Course(Model):
    """A course of this organisation. Its title is noted from the wording in use."""

    key = models.SlugField(max_length=60)
    title = models.JSONField()
    opens = models.CharField(max_length=12, choices=stored_choices(Opens))
    # The version number of the files that came with Kith; None for the organisation's own.
    shipped = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy = Privacy(
        **COMMON, key=Kind.FACT, title=Kind.FACT, opens=Kind.FACT, shipped=Kind.TECHNICAL
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "key"], name="course_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class CourseVersion(Model):
    """One wording of a course; its modules and stories lie beside it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=stored_choices(VersionState))
    # The course without its parts (kith.methods.learning.courses.stored).
    frame = models.JSONField()
    languages = ArrayField(models.CharField(max_length=8))
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_use_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        course=Kind.LINK,
        number=Kind.FACT,
        state=Kind.FACT,
        frame=Kind.FACT,
        languages=Kind.FACT,
        note=Kind.FACT,
        made_by=Kind.LINK,
        in_use_at=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["course", "number"], name="course_version_once"),
            UniqueConstraint(
                fields=["course"],
                condition=Q(state=VersionState.IN_USE.value),
                name="course_one_version_in_use",
            ),
            CheckConstraint(
                name="course_version_in_use_since",
                condition=Q(state=VersionState.DRAFT.value) | Q(in_use_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class CoursePart(Model):
    """A module or a story of one wording, read one at a time."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=stored_choices(PartKind))
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    screens = ArrayField(models.CharField(max_length=60))
    content = models.JSONField()

    privacy = Privacy(
        **COMMON,
        version=Kind.LINK,
        kind=Kind.FACT,
        position=Kind.FACT,
        key=Kind.FACT,
        title=Kind.FACT,
        minutes=Kind.FACT,
        screens=Kind.FACT,
        content=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["version", "kind", "key"], name="course_part_once"),
        ]
        indexes = [models.Index(fields=["version", "kind", "position"], name="course_part_order")]

    def __str__(self) -> str:
        return self.key


class CoursePicture(Model):
    """A picture of one part; its name says the language where it has words."""

    part = models.ForeignKey(CoursePart, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()

    privacy = Privacy(
        **COMMON,
        part=Kind.LINK,
        name=Kind.FACT,
        media_type=Kind.TECHNICAL,
        content=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["part", "name"], name="course_picture_once"),
        ]

    def __str__(self) -> str:
        return self.name
