"""Messages of a match, what waits for whom, what was shown to staff, and words side by side."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.attachments import PICTURES
from kith.base.fields import EncryptedTextField
from kith.base.models import COMMON, Model, StoredFile
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.mentoring.models import Match
from kith.people.models import Person


class Message(Model):
    """One message between the people of a match. It is never changed."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    text = EncryptedTextField(blank=True)
    # A picture or a paper is a message of its own, without a text.
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        sender=Kind.LINK,
        sent_at=Kind.FACT,
        text=Kind.FREE_TEXT,
        file=Kind.LINK,
    )

    class Meta:
        indexes = [
            models.Index(fields=["match", "-sent_at", "-id"], name="message_of_match"),
            models.Index(fields=["organisation", "sent_at"], name="message_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_picture(self) -> bool:
        """Whether it shows a picture."""
        return self.file is not None and self.file.kind in PICTURES


class Seat(Model):
    """Someone's place in the messages of a match: how many wait, when the last one came.

    Counted with each message, so that the menu need not look at messages.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    unread = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        **COMMON, match=Kind.LINK, person=Kind.LINK, unread=Kind.FACT, last_at=Kind.FACT
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["match", "person"], name="seat_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(unread__gt=0), name="seat_with_unread"),
        ]

    def __str__(self) -> str:
        return str(self.unread)


class Report(Model):
    """One message that somebody of the match showed to the coordinators, and their answer.

    note    what whoever showed it added; read by coordinators alone
    answer  what the coordinators tell everybody of the match
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True)
    reported_at = models.DateTimeField()
    answer = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        message=Kind.LINK,
        match=Kind.LINK,
        reporter=Kind.LINK,
        note=Kind.FREE_TEXT,
        reported_at=Kind.FACT,
        answer=Kind.FREE_TEXT,
        answered_at=Kind.FACT,
        answered_by=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["message", "reporter"], name="reported_once"),
            CheckConstraint(
                name="report_answered_by_someone",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["match", "-reported_at", "-id"], name="message_report_of_match"),
            models.Index(
                fields=["organisation", "-reported_at", "-id"], name="message_report_newest"
            ),
            models.Index(
                fields=["organisation", "reported_at", "id"],
                condition=Q(answered_at__isnull=True),
                name="message_report_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class WordPair(Model):
    """One thing in the words of both sides, typed by themselves. One of the two may still lack."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+", db_index=False)
    participant_word = EncryptedTextField(blank=True)
    mentor_word = EncryptedTextField(blank=True)

    vault_subject = "match_id"
    vault_store = "mentoring"
    privacy = Privacy(
        **COMMON,
        match=Kind.LINK,
        participant_word=Kind.FREE_TEXT,
        mentor_word=Kind.FREE_TEXT,
    )

    class Meta:
        indexes = [models.Index(fields=["match", "-id"], name="word_pair_of_match")]

    def __str__(self) -> str:
        return str(self.pk)
