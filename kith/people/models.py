"""Persons, what they bring and wish, families and groups, mentors' checks, and imported lists."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base import clock, permit
from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import COMMON, Model, Rows, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership, User
from kith.people.rules import (
    AGE_BANDS,
    CHANNELS,
    CHILD_BANDS,
    SLOTS,
    CheckKind,
    Choice,
    Gender,
    GenderWish,
    ImportState,
    RowState,
)


def _choices(values: object) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]  # type: ignore[attr-defined]


class Place(Model):
    """A district or town of the organisation, with coordinates where known."""

    name = models.CharField(max_length=120)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    privacy = Privacy(**COMMON, name=Kind.FACT, latitude=Kind.FACT, longitude=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation", "name"], name="place_once")]

    def __str__(self) -> str:
        return self.name


class Person(Model):
    """Someone in the programme. Names and addresses lie in the vault."""

    name = EncryptedTextField()
    called = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    contact_note = EncryptedTextField(blank=True)
    channel = models.CharField(max_length=20, choices=_choices(CHANNELS), default="phone")
    safe_to_write = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    age_band = models.CharField(max_length=8, choices=_choices(AGE_BANDS), blank=True)
    # Someone of the organisation confirmed that this person is 18 or older.
    adult = models.BooleanField(default=False)
    is_participant = models.BooleanField(default=False)
    is_mentor = models.BooleanField(default=False)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    max_km = models.PositiveSmallIntegerField(null=True, blank=True)
    online = models.BooleanField(null=True, blank=True)
    availability = ArrayField(
        models.CharField(max_length=7, choices=_choices(SLOTS)), default=list, blank=True
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose caseload: other staff open the record with a reason.
    responsible = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_event_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        name=Kind.IDENTITY,
        called=Kind.IDENTITY,
        phone=Kind.CONTACT,
        email=Kind.CONTACT,
        contact_note=Kind.FREE_TEXT,
        channel=Kind.FACT,
        safe_to_write=Kind.FACT,
        language=Kind.FACT,
        age_band=Kind.FACT,
        adult=Kind.FACT,
        is_participant=Kind.FACT,
        is_mentor=Kind.FACT,
        place=Kind.LINK,
        max_km=Kind.FACT,
        online=Kind.FACT,
        availability=Kind.FACT,
        user=Kind.LINK,
        responsible=Kind.LINK,
        last_event_at=Kind.FACT,
        archived_at=Kind.FACT,
        erased_at=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(user__isnull=False),
                name="person_one_per_user",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-last_event_at", "-id"], name="person_by_event"),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(is_participant=True, archived_at__isnull=True),
                name="participant_by_event",
            ),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(is_mentor=True, archived_at__isnull=True),
                name="mentor_by_event",
            ),
            models.Index(
                fields=["organisation", "-last_event_at", "-id"],
                condition=Q(archived_at__isnull=False),
                name="person_archived",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Tokens(Rows):
    """Search tokens, written many at a time."""

    def put(self, organisation_id: UUID, pairs: Iterable[tuple[UUID, int]]) -> None:
        """Store tokens of persons; those already there stay as they are."""
        permit.require(self.model._meta.label).add(self.model._meta.label, {"+"})
        persons, tokens = [], []
        for person_id, token in pairs:
            persons.append(person_id)
            tokens.append(token)
        # One statement with two arrays: ten times as fast as rows of values, and COPY is not
        # possible under row security.
        with connection.cursor() as cursor:
            cursor.execute(PUT_TOKENS, [organisation_id, tokens, persons])


PUT_TOKENS = """
    INSERT INTO people_searchtoken (organisation_id, token, person_id)
    SELECT %s, token, person
    FROM unnest(%s::bigint[], %s::uuid[]) AS given (token, person)
    ON CONFLICT DO NOTHING
"""


class SearchToken(Model):
    """A keyed hash of a name part, phone or address: found by equality, readable by nobody."""

    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("organisation_id", "token", "person_id")
    token = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = Tokens.as_manager()

    privacy = Privacy(organisation=Kind.LINK, token=Kind.SECRET, person=Kind.LINK)

    def __str__(self) -> str:
        return str(self.token)


class PersonLanguage(Model):
    """A language someone speaks, and how well: 1 a few words … 5 like a first language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()

    privacy = Privacy(**COMMON, person=Kind.LINK, code=Kind.FACT, level=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person", "code"], name="language_once"),
            CheckConstraint(name="language_level_1_5", condition=Q(level__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.level}"


class ParticipantProfile(Model):
    """What someone hopes for from mentoring."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    gender_wish = models.CharField(
        max_length=8, choices=_choices(GenderWish), default=GenderWish.NONE
    )
    gender_wish_firm = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)
    # Since when someone has been asking for a mentor; a programme counts the waiting from here.
    asked_on = models.DateField(null=True, blank=True)
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        asked_on=Kind.FACT,
        needs=Kind.FACT,
        interests=Kind.FACT,
        gender_wish=Kind.FACT,
        gender_wish_firm=Kind.FACT,
        interpreter=Kind.FACT,
    )

    def __str__(self) -> str:
        return str(self.person_id)


class MentorProfile(Model):
    """What a mentor offers."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(default=1)
    gender = models.CharField(max_length=8, choices=_choices(Gender), default=Gender.UNSAID)
    # "I settled here as a newcomer myself": yes or unsaid, and never from which country.
    settled_here = models.BooleanField(default=False)
    available_since = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    trained_until = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        topics=Kind.FACT,
        interests=Kind.FACT,
        capacity=Kind.FACT,
        gender=Kind.FACT,
        settled_here=Kind.FACT,
        available_since=Kind.FACT,
        trained_on=Kind.FACT,
        trained_until=Kind.FACT,
        paused_until=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="mentor_capacity_0_20", condition=Q(capacity__range=(0, 20))),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "paused_until"],
                condition=Q(paused_until__isnull=False),
                name="mentor_by_pause",
            )
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Note(Model):
    """What is kept of someone in free words. What was seen, what the person said, what others said
    and what the writer makes of it stand apart, so that nobody takes one for the other.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    written_on = models.DateField()
    # Nobody where the command line brought in a list.
    written_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_list = models.BooleanField(default=False)
    observed = EncryptedTextField(blank=True)
    told_by_person = EncryptedTextField(blank=True)
    told_by_others = EncryptedTextField(blank=True)
    interpretation = EncryptedTextField(blank=True)

    vault_subject = "person_id"
    vault_store = "identity"
    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        written_on=Kind.FACT,
        written_by=Kind.LINK,
        from_list=Kind.FACT,
        observed=Kind.FREE_TEXT,
        told_by_person=Kind.FREE_TEXT,
        told_by_others=Kind.FREE_TEXT,
        interpretation=Kind.FREE_TEXT,
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-written_on", "-id"], name="note_newest")]

    def __str__(self) -> str:
        return str(self.written_on)


class MentorCheck(Model):
    """A check of a mentor: when it was done, until when it holds, who saw the paper.

    A list that is brought in may not say when, and the command line has no one who saw it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=_choices(CheckKind))
    done_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        person=Kind.LINK,
        kind=Kind.FACT,
        done_on=Kind.FACT,
        valid_until=Kind.FACT,
        seen_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="check_ends_after_it_was_done",
                condition=Q(valid_until__isnull=True)
                | Q(done_on__isnull=True)
                | Q(valid_until__gte=models.F("done_on")),
            )
        ]
        indexes = [models.Index(fields=["organisation", "valid_until"], name="check_by_end")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_on}"


class Family(Model):
    """People who belong together. Children are a number and an age band, nothing else."""

    label = EncryptedTextField()

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(**COMMON, label=Kind.IDENTITY)

    def __str__(self) -> str:
        return str(self.pk)


class FamilyMember(Model):
    """An adult of a family."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(**COMMON, family=Kind.LINK, person=Kind.LINK)

    class Meta:
        constraints = [UniqueConstraint(fields=["person"], name="person_in_one_family")]

    def __str__(self) -> str:
        return str(self.person_id)


class Children(Model):
    """How many children of an age band a family has; an empty band when nobody said."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    age_band = models.CharField(max_length=8, choices=_choices(CHILD_BANDS), blank=True)
    count = models.PositiveSmallIntegerField()

    privacy = Privacy(**COMMON, family=Kind.LINK, age_band=Kind.FACT, count=Kind.FACT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["family", "age_band"], name="children_band_once"),
            CheckConstraint(name="children_count_1_15", condition=Q(count__range=(1, 15))),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.age_band}"


class Group(Model):
    """A ready-made group of volunteers, such as a welcome group."""

    name = EncryptedTextField()
    lead = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "id"
    vault_store = "identity"
    privacy = Privacy(**COMMON, name=Kind.FREE_TEXT, lead=Kind.LINK)

    def __str__(self) -> str:
        return str(self.pk)


class GroupMember(Model):
    """A volunteer in a group, with the role taken there."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24, blank=True)

    privacy = Privacy(**COMMON, group=Kind.LINK, person=Kind.LINK, role=Kind.FACT)

    class Meta:
        constraints = [UniqueConstraint(fields=["group", "person"], name="in_a_group_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class ImportBatch(Model):
    """A list that is brought in: its file, its mapping, its counts, and what became of it."""

    kind = models.CharField(max_length=16)
    state = models.CharField(
        max_length=10, choices=_choices(ImportState), default=ImportState.UPLOADED
    )
    filename = EncryptedTextField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A keyed hash of the headings: the next list of this shape finds its mapping again.
    headings = models.CharField(max_length=64, blank=True)
    reading = EncryptedJSONField(null=True, blank=True)
    mapping = EncryptedJSONField(null=True, blank=True)
    findings = EncryptedJSONField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "draft"
    privacy = Privacy(
        **COMMON,
        kind=Kind.FACT,
        state=Kind.FACT,
        filename=Kind.FREE_TEXT,
        file=Kind.LINK,
        headings=Kind.SECRET,
        reading=Kind.FREE_TEXT,
        mapping=Kind.FREE_TEXT,
        findings=Kind.FREE_TEXT,
        counts=Kind.FACT,
        progress=Kind.TECHNICAL,
        total=Kind.TECHNICAL,
        stop_asked=Kind.TECHNICAL,
        by=Kind.LINK,
        stored_at=Kind.FACT,
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-id"], name="import_newest"),
            models.Index(fields=["organisation", "kind", "headings"], name="import_by_headings"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ImportRows(Rows):
    """Rows of a list, settled many at a time."""

    def settle(self, settled: Iterable["ImportRow"]) -> None:
        """Say of rows that are done whom they became and whether these are new."""
        permit.require(self.model._meta.label).add(
            self.model._meta.label, {"person", "state", "choice", "created"}
        )
        rows = list(settled)
        keys: list[Any] = [row.pk for row in rows]
        persons: list[Any] = [row.person_id for row in rows]
        created: list[Any] = [row.created for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(SETTLE_ROWS, [keys, persons, created])


SETTLE_ROWS = """
    UPDATE people_importrow AS row
    SET person_id = given.person, created = given.created, state = 'done',
        choice = CASE WHEN given.created THEN 'new' ELSE 'same' END
    FROM unnest(%s::uuid[], %s::uuid[], %s::boolean[]) AS given (id, person, created)
    WHERE row.id = given.id
"""


class ImportRow(Model):
    """One row of a list: what it says, what is to be corrected, and which person it became."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=_choices(RowState))
    choice = models.CharField(max_length=6, choices=_choices(Choice), default=Choice.NEW)
    values = EncryptedJSONField(null=True, blank=True)
    cells = EncryptedJSONField(null=True, blank=True)
    remarks = EncryptedJSONField(null=True, blank=True)
    has_remarks = models.BooleanField(default=False)
    # A keyed hash of the whole row: the same row is known again in the next list.
    fingerprint = models.CharField(max_length=64)
    # Who this may be: someone stored, or an earlier row of the same list, and why.
    twin = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    twin_row = models.PositiveIntegerField(null=True, blank=True)
    twin_reason = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.BooleanField(default=False)
    # Someone corrected the row by hand: its cells stand above those of the file.
    corrected = models.BooleanField(default=False)

    objects: ClassVar[Any] = ImportRows.as_manager()

    vault_subject = "batch_id"
    vault_store = "draft"
    privacy = Privacy(
        **COMMON,
        batch=Kind.LINK,
        number=Kind.FACT,
        state=Kind.FACT,
        choice=Kind.FACT,
        values=Kind.FREE_TEXT,
        cells=Kind.FREE_TEXT,
        remarks=Kind.FREE_TEXT,
        has_remarks=Kind.FACT,
        fingerprint=Kind.SECRET,
        twin=Kind.LINK,
        twin_row=Kind.FACT,
        twin_reason=Kind.FACT,
        person=Kind.LINK,
        created=Kind.FACT,
        corrected=Kind.FACT,
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["batch", "state", "number"], name="import_row_by_state"),
            models.Index(fields=["organisation", "fingerprint"], name="import_row_known"),
        ]

    def __str__(self) -> str:
        return str(self.number)
