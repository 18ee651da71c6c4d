"""Joint activities of a programme, who signed up, and pictures of them."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.activities.rules.plan import (
    LONGEST_MINUTES,
    MOST_GUESTS,
    MOST_PLACES,
    SHORTEST_MINUTES,
    ActivityState,
    Answer,
    Rhythm,
)
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.people.models import Person
from kith.people.models.choices import stored_choices
from kith.programmes.models import Programme


class Series(Model):
    """A repeating activity: its days are made some weeks ahead, each can be changed alone."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=20, choices=stored_choices(Rhythm))
    title = models.CharField(max_length=120)
    about = EncryptedTextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    first_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    # The last day that was made; later ones are still to come.
    made_upto = models.DateField()

    vault_subject = "id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        rhythm=Kind.FACT,
        title=Kind.FACT,
        about=Kind.FREE_TEXT,
        place=Kind.FACT,
        link=Kind.FACT,
        first_at=Kind.FACT,
        minutes=Kind.FACT,
        places=Kind.FACT,
        until=Kind.FACT,
        made_upto=Kind.TECHNICAL,
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "made_upto"], name="series_to_make")]

    def __str__(self) -> str:
        return self.title


class Activity(Model):
    """Something that people of a programme do together on one day."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=12,
        choices=stored_choices(ActivityState),
        default=ActivityState.PLANNED.value,
    )
    title = models.CharField(max_length=120)
    about = EncryptedTextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    off_note = EncryptedTextField(blank=True)
    # Noted with the activity, so that a list need not count.
    taken = models.PositiveSmallIntegerField(default=0)
    noted_on = models.DateField(null=True, blank=True)
    came = models.PositiveSmallIntegerField(null=True, blank=True)

    vault_subject = "id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        series=Kind.LINK,
        state=Kind.FACT,
        title=Kind.FACT,
        about=Kind.FREE_TEXT,
        place=Kind.FACT,
        link=Kind.FACT,
        starts_at=Kind.FACT,
        minutes=Kind.FACT,
        places=Kind.FACT,
        off_note=Kind.FREE_TEXT,
        taken=Kind.FACT,
        noted_on=Kind.FACT,
        came=Kind.FACT,
    )

    class Meta:
        constraints = [
            CheckConstraint(name="activity_has_a_title", condition=~Q(title="")),
            CheckConstraint(
                name="activity_minutes",
                condition=Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
            ),
            CheckConstraint(
                name="activity_places",
                condition=Q(places__isnull=True) | Q(places__range=(1, MOST_PLACES)),
            ),
            CheckConstraint(
                name="activity_noted_says_how_many",
                condition=Q(noted_on__isnull=True, came__isnull=True)
                | Q(noted_on__isnull=False, came__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_at", "id"], name="activity_by_time"),
            models.Index(fields=["programme", "starts_at", "id"], name="activity_of_programme"),
            models.Index(
                fields=["organisation", "starts_at"],
                condition=Q(noted_on__isnull=True, state="planned"),
                name="activity_to_note",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SignUp(Model):
    """What one person said about one activity, and whether they came."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=12, choices=stored_choices(Answer))
    guests = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField()
    came = models.BooleanField(null=True, blank=True)
    taken_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        activity=Kind.LINK,
        person=Kind.LINK,
        answer=Kind.FACT,
        guests=Kind.FACT,
        answered_at=Kind.FACT,
        came=Kind.FACT,
        taken_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["activity", "person"], name="signed_up_once"),
            CheckConstraint(name="sign_up_guests", condition=Q(guests__lte=MOST_GUESTS)),
        ]
        indexes = [
            models.Index(fields=["activity", "answer", "answered_at"], name="sign_up_in_turn"),
            models.Index(fields=["person", "-answered_at"], name="sign_up_of_person"),
        ]

    def __str__(self) -> str:
        return self.answer


class Picture(Model):
    """A picture of an activity; it is shown only while everybody on it agrees to pictures."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=200)
    # Nobody on it can be recognised: hands, a table, the room.
    nobody = models.BooleanField(default=False)
    added_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        **COMMON,
        activity=Kind.LINK,
        file=Kind.LINK,
        alt=Kind.FACT,
        nobody=Kind.FACT,
        added_by=Kind.LINK,
    )

    class Meta:
        indexes = [models.Index(fields=["activity", "id"], name="picture_of_activity")]

    def __str__(self) -> str:
        return self.alt


class OnPicture(Model):
    """Somebody who can be recognised on a picture."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(**COMMON, picture=Kind.LINK, person=Kind.LINK)

    class Meta:
        constraints = [UniqueConstraint(fields=["picture", "person"], name="on_picture_once")]

    def __str__(self) -> str:
        return str(self.person_id)
