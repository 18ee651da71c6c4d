"""What people wish for their own calendars, and what each was told of each meeting."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.calendars.rules.states import OPEN, InvitationState
from kith.gate.models import Membership
from kith.mentoring.models import Meeting
from kith.people.models.choices import stored_choices


class CalendarWish(Model):
    """Whether a member has a secret address, the number it holds, and invitations by mail."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    # 0 while there is no address; each new one has the next number.
    number = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=True)

    privacy = Privacy(
        **COMMON,
        member=Kind.LINK,
        number=Kind.TECHNICAL,
        is_open=Kind.FACT,
        by_mail=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["member"], name="calendar_wish_once"),
            CheckConstraint(
                name="calendar_open_has_a_number", condition=Q(is_open=False) | Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.is_open}"


class Invitation(Model):
    """What one member is told of one meeting by mail.

    sequence  of the meeting, as it is to be told; told_sequence as it was told last
    told_for  the time that was told last
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=stored_choices(InvitationState),
        default=InvitationState.WAITING.value,
    )
    sequence = models.PositiveSmallIntegerField(default=0)
    told_sequence = models.PositiveSmallIntegerField(null=True, blank=True)
    told_for = models.DateTimeField(null=True, blank=True)
    send_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        **COMMON,
        meeting=Kind.LINK,
        member=Kind.LINK,
        state=Kind.TECHNICAL,
        sequence=Kind.TECHNICAL,
        told_sequence=Kind.TECHNICAL,
        told_for=Kind.FACT,
        send_at=Kind.FACT,
        tries=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["meeting", "member"], name="one_invitation_to_a_meeting")
        ]
        indexes = [
            models.Index(
                fields=["organisation", "send_at", "id"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="invitation_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.sequence}"
